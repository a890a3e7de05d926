package dev.miniatura.internal.webp;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Raster;
import java.util.Random;

/** Pictures to be encoded: noise, waves, checks and tints, drawn from a seed. */
final class EncodedPictures {

  private static final int KINDS = 4;

  private EncodedPictures() {}

  static Raster random(int width, int height, long seed) {
    Random random = new Random(seed);
    int kind = random.nextInt(KINDS);
    int amplitude = 1 + random.nextInt(255);
    double across = random.nextDouble(0.5);
    double down = random.nextDouble(0.5);
    Raster raster = Raster.opaque(width, height, ColorKind.RGB);
    for (int c = 0; c < 3; c++) {
      byte[] samples = raster.channel(c);
      for (int i = 0; i < samples.length; i++) {
        int x = i % width;
        int y = i / width;
        samples[i] =
            InverseTransform.clamp(
                switch (kind) {
                  case 0 -> random.nextInt(256);
                  case 1 -> 128 + (int) (127 * Math.sin(across * x + down * y * (c + 1)));
                  case 2 -> (x / 5 + y / 7) % 2 * amplitude;
                  default -> 100 + 40 * c + random.nextInt(amplitude) / 4;
                });
      }
    }
    return raster;
  }

  /** Returns a smooth picture with some texture, as photographs have. */
  static Raster landscape(int width, int height) {
    Random random = new Random(7);
    Raster raster = Raster.opaque(width, height, ColorKind.RGB);
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i++) {
        boolean ground = y > (height >> 1) + 9 * Math.sin(x / 11.0);
        int grain = ground ? random.nextInt(-30, 31) : random.nextInt(-2, 3);
        raster.channel(0)[i] = InverseTransform.clamp((ground ? 110 : 120 + y / 2) + grain);
        raster.channel(1)[i] = InverseTransform.clamp((ground ? 130 - x / 8 : 150 + y / 3) + grain);
        raster.channel(2)[i] = InverseTransform.clamp((ground ? 60 : 220) + grain);
      }
    }
    return raster;
  }
}
