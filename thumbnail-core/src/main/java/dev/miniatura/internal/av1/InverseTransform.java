package dev.miniatura.internal.av1;

import java.util.Arrays;

/** The two-dimensional inverse transforms, added to the prediction (clause 7.13.3). */
final class InverseTransform {

  private static final int[] ROW_SHIFT = {0, 1, 2, 2, 2, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2};

  private static final int DCT = 0;
  private static final int ADST = 1; // and 2 the identity
  private static final int[] COLUMN_KIND = {0, 1, 0, 1, 1, 0, 1, 1, 1, 2, 0, 2, 1, 2, 1, 2};
  private static final int[] ROW_KIND = {0, 0, 1, 1, 0, 1, 1, 1, 1, 2, 2, 0, 2, 1, 2, 1};

  private final int bitDepth;
  private final int[] coefficients;
  private final int[] residual;
  private final int[] line;
  private final int[] permuted;

  InverseTransform(int bitDepth, Workspace workspace) {
    this.bitDepth = bitDepth;
    coefficients = workspace.coefficients;
    residual = workspace.residual;
    line = workspace.line;
    permuted = workspace.permuted;
  }

  /** Transforms the coefficients, adds them to the block at (x, y), and clears them. */
  void add(int txType, int txSize, boolean lossless, int eob, Plane plane, int x, int y) {
    int widthLog2 = Blocks.TX_WIDTH_LOG2[txSize];
    int heightLog2 = Blocks.TX_HEIGHT_LOG2[txSize];
    int width = 1 << widthLog2;
    int height = 1 << heightLog2;
    transformRows(txType, txSize, lossless, widthLog2, heightLog2);
    int kind = COLUMN_KIND[txType];
    int range = Math.max(bitDepth + 6, 16);
    int most = (1 << bitDepth) - 1;
    boolean flipY =
        txType == Modes.FLIPADST_DCT
            || txType == Modes.FLIPADST_ADST
            || txType == Modes.V_FLIPADST
            || txType == Modes.FLIPADST_FLIPADST;
    boolean flipX =
        txType == Modes.DCT_FLIPADST
            || txType == Modes.ADST_FLIPADST
            || txType == Modes.H_FLIPADST
            || txType == Modes.FLIPADST_FLIPADST;
    short[] samples = plane.samples;
    for (int k = 0; k < width; k++) {
      for (int i = 0; i < height; i++) {
        line[i] = residual[i << widthLog2 | k];
      }
      if (lossless) {
        walshHadamard(line, 0);
      } else {
        transform(kind, heightLog2, range);
      }
      int to = plane.at(flipX ? x + width - 1 - k : x + k, flipY ? y + height - 1 : y);
      int step = flipY ? -plane.stride : plane.stride;
      for (int i = 0; i < height; i++) {
        int value = lossless ? line[i] : (line[i] + 8) >> 4;
        samples[to] = (short) Math.max(0, Math.min(most, samples[to] + value));
        to += step;
      }
    }
  }

  private void transformRows(
      int txType, int txSize, boolean lossless, int widthLog2, int heightLog2) {
    int width = 1 << widthLog2;
    int height = 1 << heightLog2;
    int codedWidth = Math.min(32, width);
    int codedHeight = Math.min(32, height);
    int kind = ROW_KIND[txType];
    int shift = lossless ? 0 : ROW_SHIFT[txSize];
    int rounding = 1 << shift >> 1;
    int limit = 1 << (Math.max(bitDepth + 6, 16) - 1);
    boolean rectangular = Math.abs(widthLog2 - heightLog2) == 1;
    for (int i = 0; i < height; i++) {
      int any = 0;
      if (i < codedHeight) {
        for (int k = 0; k < codedWidth; k++) {
          int value = coefficients[i * codedWidth + k];
          any |= value;
          line[k] = rectangular ? (value * 2896 + 2048) >> 12 : value;
        }
        Arrays.fill(coefficients, i * codedWidth, (i + 1) * codedWidth, 0);
      }
      if (any == 0) {
        Arrays.fill(residual, i << widthLog2, (i + 1) << widthLog2, 0);
        continue;
      }
      Arrays.fill(line, codedWidth, width, 0);
      if (lossless) {
        walshHadamard(line, 2);
      } else {
        transform(kind, widthLog2, bitDepth + 8);
      }
      for (int k = 0; k < width; k++) {
        int value = (line[k] + rounding) >> shift;
        residual[i << widthLog2 | k] = Math.max(-limit, Math.min(limit - 1, value));
      }
    }
  }

  private void transform(int kind, int log2, int range) {
    switch (kind) {
      case DCT -> InverseDct.transform(line, permuted, log2, range);
      case ADST -> InverseAdst.transform(line, permuted, log2, range);
      default -> identity(line, log2);
    }
  }

  private static void identity(int[] t, int log2) {
    for (int i = 0; i < 1 << log2; i++) {
      t[i] =
          switch (log2) {
            case 2 -> (int) ((t[i] * 5793L + 2048) >> 12);
            case 3 -> t[i] * 2;
            case 4 -> (int) ((t[i] * 11586L + 2048) >> 12);
            default -> t[i] * 4;
          };
    }
  }

  /** The inverse Walsh-Hadamard transform (clause 7.13.2.10). */
  private static void walshHadamard(int[] t, int shift) {
    int a = t[0] >> shift;
    int c = t[1] >> shift;
    int d = t[2] >> shift;
    int b = t[3] >> shift;
    a += c;
    d -= b;
    int e = (a - d) >> 1;
    b = e - b;
    c = e - c;
    a -= b;
    d += c;
    t[0] = a;
    t[1] = b;
    t[2] = c;
    t[3] = d;
  }
}
