package dev.miniatura.internal.jpeg.decode;

import java.io.IOException;

/**
 * The adaptive binary arithmetic decoder of T.81, annex D.2: one decision at a time, each with the
 * probability estimate that its statistics bin holds.
 *
 * <p>A bin is a byte: the index of table D.3 shifted left by one, plus the more probable symbol.
 */
final class ArithmeticDecoder {

  /** Table D.3: {@code Qe << 16 | Next_Index_LPS << 8 | Next_Index_MPS}, by index. */
  private static final int[] ESTIMATES = {
    0x5a1d0101, 0x25860e02, 0x11141003, 0x080b1204, 0x03d81405, 0x01da1706, 0x00e51907, 0x006f1c08,
    0x00361e09, 0x001a210a, 0x000d230b, 0x0006090c, 0x00030a0d, 0x00010c0d, 0x5a7f0f0f, 0x3f252410,
    0x2cf22611, 0x207c2712, 0x17b92813, 0x11822a14, 0x0cef2b15, 0x09a12d16, 0x072f2e17, 0x055c3018,
    0x04063119, 0x0303331a, 0x0240341b, 0x01b1361c, 0x0144381d, 0x00f5391e, 0x00b73b1f, 0x008a3c20,
    0x00683e21, 0x004e3f22, 0x003b2023, 0x002c2109, 0x5ae12525, 0x484c4026, 0x3a0d4127, 0x2ef14328,
    0x261f4429, 0x1f33452a, 0x19a8462b, 0x1518482c, 0x1177492d, 0x0e744a2e, 0x0bfb4b2f, 0x09f84d30,
    0x08614e31, 0x07064f32, 0x05cd3033, 0x04de3234, 0x040f3235, 0x03633336, 0x02d43437, 0x025c3538,
    0x01f83639, 0x01a4373a, 0x0160383b, 0x0125393c, 0x00f63a3d, 0x00cb3b3e, 0x00ab3d3f, 0x008f3d20,
    0x5b124141, 0x4d045042, 0x412c5143, 0x37d85244, 0x2fe85345, 0x293c5446, 0x23795647, 0x1edf5748,
    0x1aa95749, 0x174e484a, 0x1424484b, 0x119c4a4c, 0x0f6b4a4d, 0x0d514b4e, 0x0bb64d4f, 0x0a404d30,
    0x58325051, 0x4d1c5852, 0x438e5953, 0x3bdd5a54, 0x34ee5b55, 0x2eae5c56, 0x299a5d57, 0x25165647,
    0x55705859, 0x4ca95f5a, 0x44d9605b, 0x3e22615c, 0x3824635d, 0x32b4635e, 0x2e175d56, 0x56a85f60,
    0x4f466561, 0x47e56662, 0x41cf6763, 0x3c3d6864, 0x375e635d, 0x52316966, 0x4c0f6a67, 0x46396b68,
    0x415e6763, 0x5627696a, 0x50e76c6b, 0x4b856d67, 0x55976e6d, 0x504f6f6b, 0x5a106e6f, 0x5522706d,
    0x59eb706f
  };

  /** The indexes after whose LPS the symbols trade places (Switch_MPS): Qe is about one half. */
  private static final int[] SWITCHES = {0, 14, 36, 64, 80, 88, 95, 105, 110, 112};

  /** By the value of a bin: {@code Qe << 16 | bin after LPS << 8 | bin after MPS}. */
  private static final int[] BINS = bins();

  /** The estimate of one half that never changes (F.1.4.4.2). */
  private static final int FIXED_QE = 0x5a1d;

  /** Bytes that the code register holds ahead of the decision that needs them. */
  private static final int LOOKAHEAD = 2;

  private final EntropyReader in;
  private int code; // Cx is its upper half
  private int interval;
  private int shifts; // left until the next byte
  private int missing; // bytes since the source ended

  ArithmeticDecoder(EntropyReader in) {
    this.in = in;
  }

  private static int[] bins() {
    int[] bins = new int[2 * ESTIMATES.length];
    for (int index = 0; index < ESTIMATES.length; index++) {
      int estimate = ESTIMATES[index];
      for (int mps = 0; mps < 2; mps++) {
        int lps = (estimate >> 8 & 0xff) << 1 | mps;
        int afterMps = (estimate & 0xff) << 1 | mps;
        bins[index << 1 | mps] = (estimate & 0xffff0000) | lps << 8 | afterMps;
      }
    }
    for (int index : SWITCHES) {
      bins[index << 1] ^= 1 << 8;
      bins[index << 1 | 1] ^= 1 << 8;
    }
    return bins;
  }

  /** Starts an entropy-coded segment (figure D.22, Initdec). */
  void start() throws IOException {
    missing = 0;
    interval = 0x10000;
    code = nextByte() << 24;
    code |= nextByte() << 16;
    shifts = 0;
  }

  /**
   * Returns the next byte. At a marker zeros follow, which encoders may leave out at the end of a
   * segment (D.1.8). If the source ends instead, the data counts as overrun once a decision follows
   * from such zeros alone.
   */
  private int nextByte() throws IOException {
    int next = in.nextByte();
    if (next >= 0) {
      return next;
    }
    if (in.hasSourceEnded() && ++missing > LOOKAHEAD) {
      in.overrun();
    }
    return 0;
  }

  /** Decodes a decision and adapts its bin (figure D.14, Decode, and the figures it refers to). */
  boolean decode(byte[] area, int bin) throws IOException {
    int state = area[bin] & 0xff;
    int entry = BINS[state];
    int qe = entry >>> 16;
    interval -= qe;
    boolean mps = (state & 1) != 0;
    if (code >>> 16 < interval) {
      if (interval >= 0x8000) {
        return mps;
      }
      boolean exchanged = interval < qe;
      area[bin] = (byte) (exchanged ? entry >> 8 : entry);
      renormalize();
      return mps != exchanged;
    }
    boolean exchanged = interval < qe;
    code -= interval << 16;
    interval = qe;
    area[bin] = (byte) (exchanged ? entry : entry >> 8);
    renormalize();
    return mps == exchanged;
  }

  /** Decodes a decision whose symbols stay equally probable. */
  boolean decodeFixed() throws IOException {
    interval -= FIXED_QE;
    boolean upper = code >>> 16 >= interval;
    boolean exchanged = interval < FIXED_QE;
    if (upper) {
      code -= interval << 16;
      interval = FIXED_QE;
    } else if (interval >= 0x8000) {
      return false;
    }
    renormalize();
    return upper != exchanged;
  }

  private void renormalize() throws IOException {
    do {
      if (shifts == 0) {
        code |= nextByte() << 8;
        shifts = 8;
      }
      interval <<= 1;
      code <<= 1;
      shifts--;
    } while (interval < 0x8000);
  }

  /** Marks data that no encoder writes; what follows in the segment has no meaning. */
  void markCorrupt() {
    in.markCorrupt();
    in.overrun();
  }
}
