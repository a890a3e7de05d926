package dev.miniatura.internal.jpeg.encode;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Raster;
import java.util.Random;

/** Pictures for the encoder's tests. */
final class EncoderRasters {

  private EncoderRasters() {}

  /** Slow waves, different in every channel. */
  static Raster smooth(int width, int height, ColorKind color) {
    Raster raster = Raster.opaque(width, height, color);
    for (int c = 0; c < raster.channelCount(); c++) {
      for (int i = 0; i < width * height; i++) {
        int x = i % width;
        int y = i / width;
        double wave = Math.sin(x / (9.0 + c)) + Math.cos(y / (11.0 - c));
        raster.channel(c)[i] = (byte) Math.round(128 + 50 * wave);
      }
    }
    return raster;
  }

  /** Independent samples in YCBCR of so many levels, the first 0 and the last 255. */
  static Raster noise(int width, int height, boolean halved, int levels, long seed) {
    Random random = new Random(seed);
    Raster raster =
        halved ? Raster.halvedChroma(width, height) : Raster.opaque(width, height, ColorKind.YCBCR);
    for (int c = 0; c < raster.channelCount(); c++) {
      byte[] samples = raster.channel(c);
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (byte) (random.nextInt(levels) * 255 / (levels - 1));
      }
    }
    return raster;
  }

  /** Slow waves and noise of up to 32 levels. */
  static Raster noisy(int width, int height, ColorKind color, long seed) {
    Random random = new Random(seed);
    Raster raster = smooth(width, height, color);
    for (int c = 0; c < raster.channelCount(); c++) {
      byte[] samples = raster.channel(c);
      for (int i = 0; i < samples.length; i++) {
        int value = (samples[i] & 0xff) + random.nextInt(-16, 17);
        samples[i] = (byte) Math.max(0, Math.min(value, 255));
      }
    }
    return raster;
  }
}
