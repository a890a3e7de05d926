package dev.miniatura.internal.jpeg.decode;

import java.io.IOException;

/**
 * The binary decisions that make up one component's coefficients, and the bins of each (T.81, F.2.4
 * and G.2.3).
 */
final class ArithmeticModel {

  private static final int X1_DC = 20; // table F.4
  private static final int X2_LOW = 189; // table F.5: up to Kx, and beyond it
  private static final int X2_HIGH = 217;
  private static final int TO_M = 14; // from the bin of a magnitude category to that of its bits
  private static final int MAX_MAGNITUDE = 1 << 15;

  private final ArithmeticDecoder decoder;
  private final byte[] dc;
  private final byte[] ac;
  private final int zeroLimit; // DC differences up to here count as zero
  private final int smallLimit;
  private final int kx;
  private int context; // first bin for the class of the previous difference

  /**
   * Creates the model of a component.
   *
   * @param dc its statistics area for DC
   * @param ac its statistics area for AC
   * @param dcConditioning {@code U << 4 | L}
   * @param kx the last zigzag index of low frequencies
   */
  ArithmeticModel(ArithmeticDecoder decoder, byte[] dc, byte[] ac, int dcConditioning, int kx) {
    this.decoder = decoder;
    this.dc = dc;
    this.ac = ac;
    this.zeroLimit = (1 << (dcConditioning & 15)) >> 1;
    this.smallLimit = 1 << (dcConditioning >> 4);
    this.kx = kx;
  }

  /** Forgets the previous difference. */
  void start() {
    context = 0;
  }

  /** Decodes the difference of a DC coefficient (F.2.4.1), and classifies it (F.1.4.4.1.2). */
  int difference() throws IOException {
    int s0 = context;
    context = 0;
    if (!decoder.decode(dc, s0)) {
      return 0;
    }
    boolean negative = decoder.decode(dc, s0 + 1);
    int magnitude = 1;
    if (decoder.decode(dc, s0 + (negative ? 3 : 2))) {
      magnitude = magnitude(dc, X1_DC, 2);
    }
    if (magnitude > zeroLimit) {
      context = (magnitude > smallLimit ? 12 : 4) + (negative ? 4 : 0);
    }
    return negative ? -magnitude : magnitude;
  }

  /** Decodes whether a block has no further coefficients from zigzag index {@code k} on. */
  boolean isEnd(int k) throws IOException {
    return decoder.decode(ac, 3 * (k - 1));
  }

  /** Decodes whether the coefficient at zigzag index {@code k} is not zero. */
  boolean isNonzero(int k) throws IOException {
    return decoder.decode(ac, 3 * (k - 1) + 1);
  }

  /** Decodes the value of a coefficient that is not zero (F.2.4.2). */
  int value(int k) throws IOException {
    boolean negative = decoder.decodeFixed();
    int x1 = 3 * (k - 1) + 2; // also the bin of SP and SN
    int magnitude = 1;
    if (decoder.decode(ac, x1)) {
      magnitude = decoder.decode(ac, x1) ? magnitude(ac, k <= kx ? X2_LOW : X2_HIGH, 4) : 2;
    }
    return negative ? -magnitude : magnitude;
  }

  /** Decodes a bit that is as likely 0 as 1: of a DC coefficient, or a sign (G.1.3.1, G.1.3.3). */
  boolean bit() throws IOException {
    return decoder.decodeFixed();
  }

  /** Decodes whether a coefficient gains the bit of a refinement (G.1.3.3). */
  boolean isCorrected(int k) throws IOException {
    return decoder.decode(ac, 3 * (k - 1) + 2);
  }

  /** Gives up the segment because of what no encoder writes. */
  void markCorrupt() {
    decoder.markCorrupt();
  }

  /**
   * Decodes the category and the bits of a magnitude (figures F.23 and F.24).
   *
   * @param bin of the first decision on the category
   * @param limit M after a decision of 1 there
   */
  private int magnitude(byte[] area, int bin, int limit) throws IOException {
    int x = bin;
    int m = limit;
    while (decoder.decode(area, x)) {
      m <<= 1;
      x++;
      if (m == MAX_MAGNITUDE) {
        decoder.markCorrupt();
        return 1;
      }
    }
    m >>= 1;
    int size = m;
    for (m >>= 1; m != 0; m >>= 1) {
      if (decoder.decode(area, x + TO_M)) {
        size |= m;
      }
    }
    return size + 1;
  }
}
