package dev.miniatura.internal.resample;

import dev.miniatura.internal.raster.Raster;
import dev.miniatura.internal.raster.SrgbCurve;
import java.util.Arrays;

/**
 * Converts stored samples to values that may be averaged, and back. Values have {@value #BITS}
 * fraction bits below a stored sample's unit: 0 is black, {@value #ONE} is white.
 */
final class TransferFunction {

  /** Fraction bits. */
  static final int BITS = Raster.REMAINDER_BITS;

  /** The value of sample 255. */
  static final int ONE = 255 << BITS;

  private final int[] values; // by sample
  private final byte[] samples; // by value, 0 to ONE

  /** Builds the tables from the values of the 255 thresholds between one sample and the next. */
  private TransferFunction(int[] values, int[] thresholds) {
    this.values = values;
    samples = new byte[ONE + 1];
    for (int sample = 1; sample < 256; sample++) {
      int end = sample < 255 ? thresholds[sample] : ONE + 1;
      Arrays.fill(samples, thresholds[sample - 1], end, (byte) sample);
    }
  }

  /** Returns the function that averages samples as stored. */
  static TransferFunction encoded() {
    return Encoded.FUNCTION;
  }

  /** Returns the function that averages light: IEC 61966-2-1 (sRGB) decoded and encoded again. */
  static TransferFunction linearLight() {
    return LinearLight.FUNCTION;
  }

  /** Returns the value of each sample. */
  int[] values() {
    return values;
  }

  /** Returns the sample nearest to a value, which may lie outside 0 to {@value #ONE}. */
  byte sample(int value) {
    return samples[Math.max(0, Math.min(ONE, value))];
  }

  private static final class Encoded {
    static final TransferFunction FUNCTION = build();

    private static TransferFunction build() {
      int[] values = new int[256];
      int[] thresholds = new int[255];
      for (int i = 0; i < 256; i++) {
        values[i] = i << BITS;
        if (i < 255) {
          thresholds[i] = values[i] + (1 << (BITS - 1));
        }
      }
      return new TransferFunction(values, thresholds);
    }
  }

  private static final class LinearLight {
    static final TransferFunction FUNCTION = build();

    private static TransferFunction build() {
      int[] values = new int[256];
      int[] thresholds = new int[255];
      for (int i = 0; i < 256; i++) {
        values[i] = (int) Math.rint(ONE * SrgbCurve.toLinear(i / 255.0));
        if (i < 255) {
          thresholds[i] = (int) Math.ceil(ONE * SrgbCurve.toLinear((i + 0.5) / 255));
        }
      }
      return new TransferFunction(values, thresholds);
    }
  }
}
