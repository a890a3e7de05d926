package dev.miniatura.testing;

import java.util.Arrays;
import java.util.List;

/** Codes the coefficients of one scan arithmetically (T.81, F.1.4 and G.1.3). */
final class JpegArithmetic implements JpegScan.BlockEncoder {

  private final JpegScan scan;
  private final ByteWriter out;
  private ArithmeticEncoder coder = new ArithmeticEncoder();
  private final byte[][] dc = new byte[2][49];
  private final byte[][] ac = new byte[2][245];
  private final int[] predictions;
  private final int[] contexts;
  private final Conditioning conditioning;
  private int restarts;

  /** The classes of DC differences, and the last zigzag index of low frequencies (B.2.4.3). */
  record Conditioning(int lower, int upper, int kx) {

    static final Conditioning DEFAULT = new Conditioning(0, 1, 5);

    /** Returns the class of a difference: 0 for zero, 1 for small, 2 for large (F.1.4.4.1.2). */
    int of(int difference) {
      int magnitude = Math.abs(difference);
      boolean zero = lower == 0 ? magnitude == 0 : magnitude <= 1 << (lower - 1);
      return zero ? 0 : magnitude <= 1 << upper ? 1 : 2;
    }
  }

  JpegArithmetic(JpegScan scan, List<JpegPlane> planes, Conditioning conditioning, ByteWriter out) {
    this.conditioning = conditioning;
    this.scan = scan;
    this.out = out;
    predictions = new int[planes.size()];
    contexts = new int[planes.size()];
  }

  @Override
  public void restart() {
    end();
    out.u16(0xffd0 | (restarts++ & 7));
    coder = new ArithmeticEncoder();
    for (int i = 0; i < 2; i++) {
      Arrays.fill(dc[i], (byte) 0);
      Arrays.fill(ac[i], (byte) 0);
    }
    Arrays.fill(predictions, 0);
    Arrays.fill(contexts, 0);
  }

  @Override
  public void end() {
    coder.finish(out);
  }

  @Override
  public void block(JpegPlane plane, int component, int at) {
    if (scan.ss() == 0) {
      int value = plane.coefficients[at] >> scan.al();
      if (scan.ah() > 0) {
        coder.fixed((value & 1) != 0);
      } else {
        contexts[component] =
            difference(dc[plane.table], contexts[component], value - predictions[component]);
        predictions[component] = value;
      }
    }
    if (scan.se() > 0 && scan.ah() == 0) {
      coefficients(ac[plane.table], plane.coefficients, at);
    } else if (scan.se() > 0) {
      refine(ac[plane.table], plane.coefficients, at);
    }
  }

  /** F.1.4.1; returns the context of the next difference. */
  private int difference(byte[] area, int context, int value) {
    coder.code(area, context, value != 0);
    if (value == 0) {
      return 0;
    }
    boolean negative = value < 0;
    int size = Math.abs(value) - 1;
    coder.code(area, context + 1, negative);
    coder.code(area, context + (negative ? 3 : 2), size > 0);
    if (size > 0) {
      magnitude(area, 20, 0, size);
    }
    int kind = conditioning.of(value);
    return kind == 0 ? 0 : 8 * kind - (negative ? 0 : 4);
  }

  /**
   * Codes the category of a magnitude less one, and the bits below its highest.
   *
   * @param bin of the first decision
   * @param first the category that a 0 there means
   */
  private void magnitude(byte[] area, int bin, int first, int size) {
    int category = 31 - Integer.numberOfLeadingZeros(size);
    int x = bin;
    for (int i = first; i < category; i++) {
      coder.code(area, x++, true);
    }
    coder.code(area, x, false);
    for (int bit = category - 1; bit >= 0; bit--) {
      coder.code(area, x + 14, (size >> bit & 1) != 0);
    }
  }

  /** F.1.4.2 and G.1.3.2. */
  private void coefficients(byte[] area, short[] coefficients, int at) {
    int last = 0;
    int from = Math.max(1, scan.ss());
    for (int k = from; k <= scan.se(); k++) {
      last = reduced(coefficients[at + k]) != 0 ? k : last;
    }
    for (int k = from; k <= last; k++) {
      coder.code(area, 3 * (k - 1), false);
      for (; reduced(coefficients[at + k]) == 0; k++) {
        coder.code(area, 3 * (k - 1) + 1, false);
      }
      int value = reduced(coefficients[at + k]);
      int x1 = 3 * (k - 1) + 2;
      int size = Math.abs(value) - 1;
      coder.code(area, x1 - 1, true);
      coder.fixed(value < 0);
      coder.code(area, x1, size > 0);
      if (size > 0) {
        coder.code(area, x1, size > 1);
      }
      if (size > 1) {
        magnitude(area, k <= conditioning.kx ? 189 : 217, 1, size);
      }
    }
    if (last < scan.se()) {
      coder.code(area, 3 * Math.max(from - 1, last), true);
    }
  }

  private int reduced(int coefficient) {
    return coefficient / (1 << scan.al());
  }

  /** G.1.3.3. */
  private void refine(byte[] area, short[] coefficients, int at) {
    int last = 0;
    int lastBefore = 0;
    for (int k = scan.ss(); k <= scan.se(); k++) {
      int magnitude = Math.abs(coefficients[at + k]) >> scan.al();
      last = magnitude > 0 ? k : last;
      lastBefore = magnitude > 1 ? k : lastBefore;
    }
    int k = scan.ss();
    for (; k <= last; k++) {
      if (k > lastBefore) {
        coder.code(area, 3 * (k - 1), false);
      }
      for (; reduced(coefficients[at + k]) == 0; k++) {
        coder.code(area, 3 * (k - 1) + 1, false);
      }
      int magnitude = Math.abs(coefficients[at + k]) >> scan.al();
      if (magnitude > 1) {
        coder.code(area, 3 * (k - 1) + 2, (magnitude & 1) != 0);
      } else {
        coder.code(area, 3 * (k - 1) + 1, true);
        coder.fixed(coefficients[at + k] < 0);
      }
    }
    if (k <= scan.se()) {
      coder.code(area, 3 * (k - 1), true);
    }
  }
}
