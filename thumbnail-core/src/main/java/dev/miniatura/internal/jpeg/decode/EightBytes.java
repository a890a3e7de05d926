package dev.miniatura.internal.jpeg.decode;

/** Eight bytes at a time, the first one in the top bits. */
final class EightBytes {

  static final int COUNT = 8;

  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private EightBytes() {}

  /**
   * Returns the number of bytes before the first that is {@code FF}; {@value #COUNT} if none is.
   */
  static int beforeFF(long bytes) {
    // The top bit of a byte: whether adding 1 to its low bits carries into it, and it is set
    long found = ((bytes & ~HIGH_BITS) + LOW_BITS) & bytes & HIGH_BITS;
    return Long.numberOfLeadingZeros(found) >>> 3;
  }

  /**
   * Returns whether none of the bytes is {@code FF} and {@code left} is not negative; as one test,
   * because a compiler that never saw the rarer reason leaves it out and has to start again.
   */
  static boolean areData(long bytes, int left) {
    return ((((~bytes - LOW_BITS) & bytes) | (left >> 31)) & HIGH_BITS) == 0;
  }
}
