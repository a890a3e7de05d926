package dev.miniatura.internal.color;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Raster;
import java.util.Random;

/** Rasters for color tests, and the differences between two of them. */
final class TestRasters {

  private TestRasters() {}

  static Raster random(int width, int height, ColorKind color, boolean alpha, long seed) {
    Raster raster = Raster.of(width, height, color, alpha);
    Random random = new Random(seed);
    for (int c = 0; c < raster.channelCount(); c++) {
      random.nextBytes(raster.channel(c));
    }
    return raster;
  }

  /** Every combination of {@code levels} equally spaced values per color channel, first fastest. */
  static Raster lattice(ColorKind color, int levels) {
    int pixels = (int) Math.pow(levels, color.channels());
    Raster raster = Raster.opaque(levels, pixels / levels, color);
    for (int i = 0; i < pixels; i++) {
      int rest = i;
      for (int c = 0; c < color.channels(); c++) {
        raster.channel(c)[i] = (byte) Math.round(255.0 * (rest % levels) / (levels - 1));
        rest /= levels;
      }
    }
    return raster;
  }

  static Raster of(ColorKind color, int... samples) {
    Raster raster = Raster.of(1, 1, color, samples.length > color.channels());
    for (int c = 0; c < samples.length; c++) {
      raster.channel(c)[0] = (byte) samples[c];
    }
    return raster;
  }

  static int[] pixel(Raster raster, int index) {
    int[] pixel = new int[raster.channelCount()];
    for (int c = 0; c < pixel.length; c++) {
      pixel[c] = raster.channel(c)[index] & 0xff;
    }
    return pixel;
  }

  /** Returns how often each difference of samples occurs; index 0 counts equal ones. */
  static int[] differences(Raster a, Raster b) {
    int[] histogram = new int[256];
    for (int c = 0; c < a.channelCount(); c++) {
      for (int i = 0; i < a.channel(c).length; i++) {
        histogram[Math.abs((a.channel(c)[i] & 0xff) - (b.channel(c)[i] & 0xff))]++;
      }
    }
    return histogram;
  }

  static int largest(int[] histogram) {
    int last = histogram.length - 1;
    while (last > 0 && histogram[last] == 0) {
      last--;
    }
    return last;
  }

  static double mean(int[] histogram) {
    double sum = 0;
    double count = 0;
    for (int i = 0; i < histogram.length; i++) {
      sum += (double) i * histogram[i];
      count += histogram[i];
    }
    return sum / count;
  }
}
