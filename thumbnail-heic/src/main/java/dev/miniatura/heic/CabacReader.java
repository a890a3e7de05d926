package dev.miniatura.heic;

import static dev.miniatura.heic.CabacTables.LPS;
import static dev.miniatura.heic.CabacTables.NEXT;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.bytes.ByteViews;
import java.util.Arrays;

/**
 * The arithmetic decoder (H.265, 9.3.4.3).
 *
 * <p>{@code ivlOffset} is held with the bits read ahead: it is {@code value >> bits}, and {@code
 * value} stays below {@code range << bits}. Consuming a bit lowers {@code bits}; nothing moves.
 *
 * <p>Tests extend it with a writer that chooses bins instead of reading them.
 */
class CabacReader {

  /** The maximum number of bypass bins decoded at once. */
  private static final int AT_ONCE = 16;

  /**
   * Division by a range, of 256 to 510: {@code a / range} is {@code a * RECIPROCAL[range] >>
   * PRECISION} for all a below 2^25, since the reciprocal's error is below 2^-PRECISION.
   */
  private static final int[] RECIPROCAL = new int[511];

  private static final int PRECISION = 34;

  static {
    for (int i = 256; i < RECIPROCAL.length; i++) {
      RECIPROCAL[i] = (int) ((1L << PRECISION) / i) + 1;
    }
  }

  /** The number of bytes that {@link #store} needs. */
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

  /** Initializes the contexts (9.3.2.2). */
  void initialize(int sliceQp) {
    Contexts.initialize(states, sliceQp);
    Arrays.fill(statCoeff, (byte) 0);
  }

  /** Stores the contexts (9.3.2.3). */
  void store(byte[] to) {
    System.arraycopy(states, 0, to, 0, Contexts.COUNT);
    System.arraycopy(statCoeff, 0, to, Contexts.COUNT, 4);
  }

  /** Restores stored contexts (9.3.2.4). */
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
    value = value << 32 | (ByteViews.intBe(bytes, position) & 0xffffffffL);
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

  /** Decodes a bypass bin (9.3.4.3.4). */
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

  /** Decodes {@code count} bypass bins, 0 to 31, the first in the highest place. */
  int bypass(int count) throws MalformedImageException {
    if (count <= AT_ONCE) {
      return take(count, peek());
    }
    int high = take(AT_ONCE, peek());
    int rest = count - AT_ONCE;
    return high << rest | take(rest, peek());
  }

  /** Returns the next {@link #AT_ONCE} bins, provided that they are bypass bins. */
  private int peek() throws MalformedImageException {
    if (bits < AT_ONCE) {
      refill();
    }
    return (int) (((value >> (bits - AT_ONCE)) * RECIPROCAL[range]) >> PRECISION);
  }

  /** Consumes the first {@code count} of the peeked bins, and returns them. */
  private int take(int count, int bins) {
    int taken = bins >> (AT_ONCE - count);
    bits -= count;
    value -= ((long) taken * range) << bits;
    return taken;
  }

  /**
   * Decodes the {@code sig_coeff_flag}s of a sub-block from a position downwards.
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
   * @param base index of the four contexts of the set
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

  /** Decodes {@code end_of_subset_one_bit} and restarts after it (9.3.2.5). */
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

  /** Returns the aligned position after the consumed data, after a bin that ended it. */
  private int alignedPosition() {
    return position - (bits >> 3);
  }

  /** Returns a reader of {@code pcm_sample()} after the consumed data. */
  PcmReader pcm(int totalBits) throws MalformedImageException {
    int from = alignedPosition();
    int end = from + ((totalBits + 7) >> 3);
    restart(end);
    return new PcmReader(bytes, from);
  }

  /** Fails if more data was consumed than there is. */
  void checkEnd() throws MalformedImageException {
    if (alignedPosition() > limit) {
      throw malformed("slice data ends early");
    }
  }

  MalformedImageException malformed(String reason) {
    return Malformed.at(offset, reason);
  }
}
