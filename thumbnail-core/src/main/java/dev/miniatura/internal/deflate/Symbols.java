package dev.miniatura.internal.deflate;

/** The alphabets of DEFLATE (RFC 1951, section 3.2.5). */
final class Symbols {

  static final int END = 256;
  static final int LENGTHS = 257; // the first that stands for lengths
  static final int LITERALS = 286; // literals, the end of a block, and lengths
  static final int DISTANCES = 30;

  static final int MIN_LENGTH = 3;
  static final int MAX_LENGTH = 258;
  static final int FARTHEST = 32 << 10;

  static final int LENGTH_CODES = LITERALS - LENGTHS;

  /** The least length of each length symbol, and the number of bits that follow it. */
  static final int[] LENGTH_BASE = new int[LENGTH_CODES];

  static final int[] LENGTH_EXTRA = new int[LENGTH_CODES];

  /** The least distance of each distance symbol, and the number of bits that follow it. */
  static final int[] DISTANCE_BASE = new int[DISTANCES];

  static final int[] DISTANCE_EXTRA = new int[DISTANCES];

  private static final byte[] LENGTH_CODE = new byte[MAX_LENGTH + 1];

  /** The symbols of distances up to 256, then those of every 128th beyond. */
  private static final byte[] DISTANCE_SYMBOL = new byte[512];

  static {
    for (int code = 0, next = MIN_LENGTH; code < LENGTH_CODES; code++) {
      LENGTH_EXTRA[code] = code < 8 ? 0 : (code >> 2) - 1;
      LENGTH_BASE[code] = next;
      for (int end = next + (1 << LENGTH_EXTRA[code]); next < end && next <= MAX_LENGTH; next++) {
        LENGTH_CODE[next] = (byte) code;
      }
    }
    int last = LENGTH_CODES - 1; // 258 has a symbol of its own
    LENGTH_EXTRA[last] = 0;
    LENGTH_BASE[last] = MAX_LENGTH;
    LENGTH_CODE[MAX_LENGTH] = (byte) last;
    for (int symbol = 0, next = 1; symbol < DISTANCES; symbol++) {
      DISTANCE_EXTRA[symbol] = symbol < 4 ? 0 : (symbol >> 1) - 1;
      DISTANCE_BASE[symbol] = next;
      int end = next + (1 << DISTANCE_EXTRA[symbol]);
      for (; next < end; next += next <= 256 ? 1 : 128) {
        DISTANCE_SYMBOL[next <= 256 ? next - 1 : 256 + ((next - 1) >> 7)] = (byte) symbol;
      }
    }
  }

  private Symbols() {}

  /** Returns the index of a length's symbol among those for lengths. */
  static int lengthCode(int length) {
    return LENGTH_CODE[length];
  }

  /** Returns the symbol of a distance. */
  static int distance(int distance) {
    int before = distance - 1;
    return DISTANCE_SYMBOL[before < 256 ? before : 256 + (before >> 7)];
  }

  /** Returns the number of extra bits of all symbols. */
  static long extraBits(int[] counts) {
    long bits = 0;
    for (int code = 0; code < LENGTH_CODES; code++) {
      bits += (long) counts[LENGTHS + code] * LENGTH_EXTRA[code];
    }
    for (int symbol = 0; symbol < DISTANCES; symbol++) {
      bits += (long) counts[LITERALS + symbol] * DISTANCE_EXTRA[symbol];
    }
    return bits;
  }
}
