package dev.miniatura.heic;

import dev.miniatura.MalformedImageException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The arithmetic decoder (H.265, 9.3.4.3).
 *
 * <p>{@code ivlOffset} is held with the bits read ahead: it is {@code value >> bits}, and {@code
 * value} stays below {@code range << bits}. Consuming a bit lowers {@code bits}; nothing moves.
 *
 * <p>Tests extend it by a writer that chooses bins instead of reading them.
 */
class CabacReader {

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  /** Table 9-46, for each pStateIdx the four columns. */
  private static final String RANGE_LPS =
      "128 176 208 240 128 167 197 227 128 158 187 216 123 150 178 205 116 142 169 195 "
          + "111 135 160 185 105 128 152 175 100 122 144 166 95 116 137 158 90 110 130 150 "
          + "85 104 123 142 81 99 117 135 77 94 111 128 73 89 105 122 69 85 100 116 "
          + "66 80 95 110 62 76 90 104 59 72 86 99 56 69 81 94 53 65 77 89 "
          + "51 62 73 85 48 59 69 80 46 56 66 76 43 53 63 72 41 50 59 69 "
          + "39 48 56 65 37 45 54 62 35 43 51 59 33 41 48 56 32 39 46 53 "
          + "30 37 43 50 29 35 41 48 27 33 39 45 26 31 37 43 24 30 35 41 "
          + "23 28 33 39 22 27 32 37 21 26 30 35 20 24 29 33 19 23 27 31 "
          + "18 22 26 30 17 21 25 28 16 20 23 27 15 19 22 25 14 18 21 24 "
          + "14 17 20 23 13 16 19 22 12 15 18 21 12 14 17 20 11 14 16 19 "
          + "11 13 15 18 10 12 15 17 10 12 14 16 9 11 13 15 9 11 12 14 "
          + "8 10 12 14 8 9 11 13 7 9 11 12 7 9 10 12 7 8 10 11 "
          + "6 8 9 11 6 7 9 10 6 7 8 9 2 2 2 2";

  /** Table 9-47, transIdxLps. */
  private static final byte[] NEXT_LPS = {
    0, 0, 1, 2, 2, 4, 4, 5, 6, 7, 8, 9, 9, 11, 11, 12, 13, 13, 15, 15, 16, 16, 18, 18, 19, 19, 21,
    21, 22, 22, 23, 24, 24, 25, 26, 26, 27, 27, 28, 29, 29, 30, 30, 30, 31, 32, 32, 33, 33, 33, 34,
    34, 35, 35, 35, 36, 36, 36, 37, 37, 37, 38, 38, 63
  };

  static final short[] LPS = new short[128 * 4]; // by state << 2 | qRangeIdx
  static final byte[] NEXT = new byte[256]; // by state, and 128 + state for the LPS

  /** Bins of equal probabilities that are decoded at once, at most. */
  private static final int AT_ONCE = 16;

  /**
   * Division by a range, of 256 to 510: {@code a / range} is {@code a * RECIPROCAL[range] >>
   * PRECISION} for all a below 2^25, since the reciprocal's error is below 2^-PRECISION.
   */
  private static final int[] RECIPROCAL = new int[511];

  private static final int PRECISION = 34;

  static {
    String[] numbers = RANGE_LPS.split(" ");
    for (int i = 0; i < LPS.length; i++) {
      LPS[i] = Short.parseShort(numbers[(i >> 3 << 2) + (i & 3)]);
    }
    for (int i = 256; i < RECIPROCAL.length; i++) {
      RECIPROCAL[i] = (int) ((1L << PRECISION) / i) + 1;
    }
    for (int state = 0; state < 128; state++) {
      int index = state >> 1;
      int mps = state & 1;
      NEXT[state] = (byte) (Math.min(index + 1, index == 63 ? 63 : 62) << 1 | mps);
      NEXT[128 + state] = (byte) (NEXT_LPS[index] << 1 | (index == 0 ? 1 - mps : mps));
    }
  }

  /** Bytes that {@link #store} needs. */
  static final int STORED = Contexts.COUNT + 4;

  final byte[] states = new byte[Contexts.COUNT];

  /** Counters of persistent_rice_adaptation_enabled_flag (StatCoeff, 9.3.4.2.6). */
  final byte[] statCoeff = new byte[4];

  private byte[] bytes = new byte[NalUnit.PADDING];
  private int limit;
  private int position;
  private long value;
  private int range;
  private int bits; // read ahead; negative only between two calls
  private long offset;

  /** Starts a slice segment's data. */
  void start(NalUnit unit, int from) throws MalformedImageException {
    bytes = unit.payload();
    limit = unit.length();
    offset = unit.offset();
    restart(from);
  }

  /** Sets contexts to their start (9.3.2.2). */
  void initialize(int sliceQp) {
    Contexts.initialize(states, sliceQp);
    Arrays.fill(statCoeff, (byte) 0);
  }

  /** Stores the contexts (9.3.2.3). */
  void store(byte[] to) {
    System.arraycopy(states, 0, to, 0, Contexts.COUNT);
    System.arraycopy(statCoeff, 0, to, Contexts.COUNT, 4);
  }

  /** Takes over stored contexts (9.3.2.4). */
  void load(byte[] from) {
    System.arraycopy(from, 0, states, 0, Contexts.COUNT);
    System.arraycopy(from, Contexts.COUNT, statCoeff, 0, 4);
  }

  private void restart(int from) throws MalformedImageException {
    if (from + 2 > limit) {
      throw malformed("slice data ends early");
    }
    position = from;
    value = 0;
    bits = -9;
    range = 510;
    refill();
  }

  private void refill() throws MalformedImageException {
    if (position + 4 > bytes.length) {
      throw malformed("slice data ends early");
    }
    value = value << 32 | ((int) INTS.get(bytes, position) & 0xffffffffL);
    position += 4;
    bits += 32;
  }

  /** Decodes a bin with a context (9.3.4.3.2). */
  int bin(int context) throws MalformedImageException {
    int state = states[context];
    int lps = LPS[state << 2 | (range >> 6 & 3)];
    if (bits < 8) {
      refill();
    }
    int mps = range - lps;
    long scaled = (long) mps << bits;
    if (value < scaled) {
      states[context] = NEXT[state];
      int shift = mps < 256 ? 1 : 0;
      range = mps << shift;
      bits -= shift;
      return state & 1;
    }
    value -= scaled;
    states[context] = NEXT[128 + state];
    int shift = Integer.numberOfLeadingZeros(lps) - 23;
    range = lps << shift;
    bits -= shift;
    return ~state & 1;
  }

  /** Decodes a bin of equal probabilities (9.3.4.3.4). */
  int bypass() throws MalformedImageException {
    if (bits < 1) {
      refill();
    }
    bits--;
    long scaled = (long) range << bits;
    if (value < scaled) {
      return 0;
    }
    value -= scaled;
    return 1;
  }

  /** Decodes {@code count} bins of equal probabilities, 0 to 31, the first highest. */
  int bypass(int count) throws MalformedImageException {
    if (count <= AT_ONCE) {
      return take(count, peek());
    }
    int high = take(AT_ONCE, peek());
    int rest = count - AT_ONCE;
    return high << rest | take(rest, peek());
  }

  /** Returns the next {@link #AT_ONCE} bins if they are of equal probabilities. */
  private int peek() throws MalformedImageException {
    if (bits < AT_ONCE) {
      refill();
    }
    return (int) (((value >> (bits - AT_ONCE)) * RECIPROCAL[range]) >> PRECISION);
  }

  /** Consumes the first {@code count} of the bins that were peeked at, and returns them. */
  private int take(int count, int bins) {
    int taken = bins >> (AT_ONCE - count);
    bits -= count;
    value -= ((long) taken * range) << bits;
    return taken;
  }

  /**
   * Decodes the {@code sig_coeff_flag}s of a sub-block from a position down.
   *
   * @param contexts by position, relative to {@code base}
   * @param from first position
   * @param to last position, at least 0
   * @return a bit for each position
   */
  int significance(int base, byte[] contexts, int from, int to) throws MalformedImageException {
    byte[] states = this.states;
    int range = this.range;
    int bits = this.bits;
    long value = this.value;
    int flags = 0;
    for (int n = from; n >= to; n--) {
      if (bits < 8) {
        this.value = value;
        this.bits = bits;
        refill();
        value = this.value;
        bits = this.bits;
      }
      int context = base + contexts[n];
      int state = states[context];
      int lps = LPS[state << 2 | (range >> 6 & 3)];
      int mps = range - lps;
      long scaled = (long) mps << bits;
      long above = value - scaled;
      long least = ~(above >> 63); // -1 for the LPS
      value -= scaled & least;
      int chosen = mps + ((lps - mps) & (int) least);
      states[context] = NEXT[state | ((int) least & 128)];
      int shift = Integer.numberOfLeadingZeros(chosen) - 23;
      range = chosen << shift;
      bits -= shift;
      flags |= ((state ^ (int) least) & 1) << n;
    }
    this.range = range;
    this.bits = bits;
    this.value = value;
    return flags;
  }

  /**
   * Decodes {@code coeff_abs_level_greater1_flag}s (9.3.4.2.6).
   *
   * @param base of the four contexts of the set
   * @return the flags, the last in bit 0
   */
  int greater1(int base, int count) throws MalformedImageException {
    int flags = 0;
    int context = 1;
    for (int k = 0; k < count; k++) {
      int flag = bin(base + context);
      flags = flags << 1 | flag;
      context = flag != 0 ? 0 : context == 0 || context == 3 ? context : context + 1;
    }
    return flags;
  }

  /** Decodes {@code coeff_abs_level_remaining} (9.3.3.11). */
  int remaining(int rice) throws MalformedImageException {
    int bins = peek();
    int prefix = Integer.numberOfLeadingZeros(~(bins << (32 - AT_ONCE)));
    int suffix = prefix <= 3 ? rice : prefix - 3 + rice;
    int length = prefix + 1 + suffix;
    if (length <= AT_ONCE) {
      int tail = take(length, bins) & ((1 << suffix) - 1);
      return tail + (prefix <= 3 ? prefix << rice : ((1 << (prefix - 3)) + 2) << rice);
    }
    return longRemaining(rice);
  }

  private int longRemaining(int rice) throws MalformedImageException {
    int prefix = 0;
    while (bypass() != 0) {
      if (++prefix > 32) {
        throw malformed("coeff_abs_level_remaining is out of range");
      }
    }
    if (prefix <= 3) {
      return (prefix << rice) + bypass(rice);
    }
    long value = (((1L << (prefix - 3)) + 2) << rice) + bypass(Math.min(31, prefix - 3 + rice));
    return (int) Math.min(1 << 24, value);
  }

  /** Decodes {@code pcm_flag}. */
  boolean pcmFlag() throws MalformedImageException {
    return terminate();
  }

  /** Decodes {@code end_of_slice_segment_flag}. */
  boolean endOfSliceSegment() throws MalformedImageException {
    return terminate();
  }

  /** Decodes {@code end_of_subset_one_bit} and starts over behind it (9.3.2.5). */
  void endOfSubset() throws MalformedImageException {
    if (!terminate()) {
      throw malformed("end_of_subset_one_bit is missing");
    }
    restart(alignedPosition());
  }

  /** Decodes a bin that may end the data (9.3.4.3.5). */
  private boolean terminate() throws MalformedImageException {
    if (bits < 8) {
      refill();
    }
    range -= 2;
    if (value >= (long) range << bits) {
      return true;
    }
    if (range < 256) {
      range <<= 1;
      bits--;
    }
    return false;
  }

  /** Returns the byte behind what was consumed and aligned, after a bin that ended the data. */
  private int alignedPosition() {
    return position - (bits >> 3);
  }

  /** Returns a reader of {@code pcm_sample()} behind what was consumed. */
  PcmReader pcm(int totalBits) throws MalformedImageException {
    int from = alignedPosition();
    int end = from + ((totalBits + 7) >> 3);
    restart(end);
    return new PcmReader(bytes, from);
  }

  /** Refuses data that were consumed beyond their end. */
  void checkEnd() throws MalformedImageException {
    if (alignedPosition() > limit) {
      throw malformed("slice data ends early");
    }
  }

  MalformedImageException malformed(String reason) {
    return new MalformedImageException("HEIC", offset, reason);
  }

  /** Reads the bits of PCM samples. */
  static final class PcmReader {
    private final byte[] bytes;
    private long position;

    PcmReader(byte[] bytes, int from) {
      this.bytes = bytes;
      position = from * 8L;
    }

    int sample(int depth) {
      int value = 0;
      for (int i = 0; i < depth; i++, position++) {
        value = value << 1 | (bytes[(int) (position >> 3)] >> (7 - (position & 7)) & 1);
      }
      return value;
    }
  }
}
