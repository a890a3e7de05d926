package dev.miniatura.internal.inflate;

import static dev.miniatura.internal.inflate.CodeTable.END;
import static dev.miniatura.internal.inflate.CodeTable.LINK;
import static dev.miniatura.internal.inflate.CodeTable.OTHER;
import static dev.miniatura.internal.inflate.CodeTable.VALUE_SHIFT;

import dev.miniatura.internal.bytes.ByteViews;
import dev.miniatura.internal.inflate.BitInput.EndOfInput;
import java.io.IOException;

/** Decodes the symbols of a compressed block (RFC 1951, section 3.2.3) into a window. */
final class SymbolDecoder {

  /**
   * The maximum number of bytes that {@link #copyMatch} writes for a match of 258 bytes, with some
   * to spare.
   */
  private static final int MATCH_ROOM = 258 + 40;

  /**
   * The room that the window keeps after its last byte: for a stride and one more symbol, with more
   * than {@link ZlibWindow#READABLE} bytes to spare.
   */
  static final int OUTPUT_SLACK = 2 * (6 + MATCH_ROOM);

  /** The bytes that one stride may load: eight at its start, and eight more at a match. */
  private static final int INPUT_SLACK = 16;

  private static final int LITERAL_MASK = (1 << BlockCodes.LITERAL_ROOT_BITS) - 1;
  private static final int DISTANCE_MASK = (1 << BlockCodes.DISTANCE_ROOT_BITS) - 1;

  private SymbolDecoder() {}

  /**
   * Decodes until the block ends or the window is full.
   *
   * @return whether the block has ended
   */
  static boolean decode(BitInput in, BlockCodes codes, ZlibWindow window)
      throws IOException, EndOfInput {
    do {
      strides(in, codes, window);
      if (symbol(in, codes, window)) {
        return true;
      }
    } while (window.limit <= window.full);
    return false;
  }

  /**
   * Decodes in strides of up to six literals, or up to five and a match, while the segment has
   * {@value #INPUT_SLACK} bytes left to load and the window has room. The end of the block and
   * errors are left to {@link #symbol}, before any of their bits are consumed.
   *
   * <p>Bits: a refill raises {@code count} to at least 56 by loading eight bytes and counting those
   * that fit completely; the surplus bits above {@code count} belong to the stream, so that loading
   * them again changes nothing. Three lookups take at most 33 of them, and the third sees at least
   * 34. A match has a refill of its own, and takes at most 15 + 5 + 15 + 13 = 48.
   *
   * <p>The output is not checked per byte: {@code full} leaves {@link #OUTPUT_SLACK} after it. Two
   * literals are always written, and one literal before each match, whether or not the entry has
   * them; {@code outputAt} advances only by those it has.
   *
   * <p>The cold paths stay out of the loop because C2 allocates registers for all of it: with them
   * inside, the same code ran at one of two speeds, 15 % apart, depending on the compilation.
   *
   * <p>Reference: java.util.zip.Inflater (InflateDifferentialTest, InflateFuzzTest).
   */
  private static void strides(BitInput in, BlockCodes codes, ZlibWindow window) {
    byte[] input = in.source.array;
    int inputAt = in.source.position;
    int lastInput = in.source.limit - INPUT_SLACK;
    byte[] output = window.array;
    int outputAt = window.limit;
    int full = window.full;
    long bits = in.bits;
    int count = in.count;
    int[] literals = codes.literals.entries;
    int[] distances = codes.distances.entries;
    int literalSubMask = (1 << codes.literals.subtableBits) - 1;
    int distanceSubMask = (1 << codes.distances.subtableBits) - 1;
    while (inputAt <= lastInput && outputAt <= full) {
      bits |= ByteViews.longLe(input, inputAt) << count;
      inputAt += (63 - count) >> 3;
      count |= 56;
      int entry = literals[(int) bits & LITERAL_MASK];
      if (entry >= 0) {
        ByteViews.putShortLe(output, outputAt, literalPair(entry));
        outputAt += 1 + (entry >>> 30);
        bits >>>= entry;
        count -= entry & 63;
        entry = literals[(int) bits & LITERAL_MASK];
        if (entry >= 0) {
          ByteViews.putShortLe(output, outputAt, literalPair(entry));
          outputAt += 1 + (entry >>> 30);
          bits >>>= entry;
          count -= entry & 63;
          entry = literals[(int) bits & LITERAL_MASK];
          if (entry >= 0) {
            ByteViews.putShortLe(output, outputAt, literalPair(entry));
            outputAt += 1 + (entry >>> 30);
            bits >>>= entry;
            count -= entry & 63;
            continue;
          }
        }
        bits |= ByteViews.longLe(input, inputAt) << count;
        inputAt += (63 - count) >> 3;
        count |= 56;
      }
      if ((entry & OTHER) != 0) {
        if ((entry & LINK) != LINK) {
          break;
        }
        int index = (int) (bits >>> BlockCodes.LITERAL_ROOT_BITS) & literalSubMask;
        entry = literals[CodeTable.subtable(entry) + index];
        if (entry >= 0) {
          output[outputAt++] = (byte) (entry >>> VALUE_SHIFT);
          bits >>>= entry;
          count -= entry & 63;
          continue;
        }
      }
      long ahead = bits >>> entry;
      int distanceEntry = distances[(int) ahead & DISTANCE_MASK];
      if ((distanceEntry & LINK) == LINK) {
        int index = (int) (ahead >>> BlockCodes.DISTANCE_ROOT_BITS) & distanceSubMask;
        distanceEntry = distances[CodeTable.subtable(distanceEntry) + index];
      }
      if (((entry | distanceEntry) & OTHER) != 0) {
        break;
      }
      output[outputAt] = (byte) (entry >>> VALUE_SHIFT);
      outputAt += CodeTable.literalsBeforeLength(entry);
      int length = CodeTable.length(entry) + extra(bits, entry);
      int distance = CodeTable.distance(distanceEntry) + extra(ahead, distanceEntry);
      if (distance > outputAt) {
        outputAt -= CodeTable.literalsBeforeLength(entry);
        break;
      }
      bits = ahead >>> distanceEntry;
      count -= (entry & 63) + (distanceEntry & 63);
      copyMatch(output, outputAt, distance, length);
      outputAt += length;
    }
    in.source.position = inputAt;
    in.bits = bits & ((1L << count) - 1);
    in.count = count;
    window.limit = outputAt;
  }

  private static short literalPair(int entry) {
    return (short) (entry >>> VALUE_SHIFT);
  }

  /** Returns the extra bits that follow an entry's code: the bits it consumes, minus the code. */
  private static int extra(long bits, int entry) {
    return (int) ((bits & ~(-1L << entry)) >>> (entry >>> 8));
  }

  /**
   * Copies a match, possibly onto itself, in steps of eight bytes; bytes after it are overwritten.
   * While source and target are closer than that, a step copies only one period correctly, which
   * doubles the period available before the target. The first 24 bytes are copied without a loop:
   * most matches in images are shorter, with unpredictable lengths.
   */
  private static void copyMatch(byte[] output, int at, int distance, int length) {
    int from = at - distance;
    int to = at;
    int end = at + length;
    while (to - from < 8) {
      copyEight(output, from, to);
      to += to - from;
    }
    copyEight(output, from, to);
    copyEight(output, from + 8, to + 8);
    copyEight(output, from + 16, to + 16);
    from += 24;
    to += 24;
    while (to < end) {
      int step = Math.min(to - from, end - to);
      System.arraycopy(output, from, output, to, step);
      to += step;
    }
  }

  private static void copyEight(byte[] array, int from, int to) {
    ByteViews.putLongLe(array, to, ByteViews.longLe(array, from));
  }

  /**
   * Decodes one symbol with no bits to spare: near the end of a segment, where a code may continue
   * in the next.
   *
   * @return whether it was the end of the block
   */
  private static boolean symbol(BitInput in, BlockCodes codes, ZlibWindow window)
      throws IOException, EndOfInput {
    int entry = entry(in, codes.literals);
    if (entry >= 0) {
      // Only the first literal: the second may depend on bits that are not available.
      in.drop(entry >>> 8 & 63);
      window.array[window.limit++] = (byte) (entry >>> VALUE_SHIFT);
      return false;
    }
    if ((entry & OTHER) != 0) {
      in.drop(entry & 63);
      if ((entry & END) != END) {
        throw in.malformed("invalid literal or length code");
      }
      return true;
    }
    window.array[window.limit] = (byte) (entry >>> VALUE_SHIFT);
    window.limit += CodeTable.literalsBeforeLength(entry);
    int length = CodeTable.length(entry) + value(in, entry);
    entry = entry(in, codes.distances);
    if ((entry & OTHER) != 0) {
      throw in.malformed("invalid distance code");
    }
    int distance = CodeTable.distance(entry) + value(in, entry);
    if (distance > window.limit) {
      throw in.malformed("distance too far back");
    }
    copyMatch(window.array, window.limit, distance, length);
    window.limit += length;
    return false;
  }

  /** Returns the entry of the next code, pulling bytes until all of it is available. */
  private static int entry(BitInput in, CodeTable table) throws IOException, EndOfInput {
    while (true) {
      int entry = table.entries[(int) in.bits & ((1 << table.rootBits) - 1)];
      if ((entry & LINK) == LINK) {
        int index = (int) (in.bits >>> table.rootBits) & ((1 << table.subtableBits) - 1);
        entry = table.entries[CodeTable.subtable(entry) + index];
      }
      if ((entry >>> 8 & 63) <= in.count) {
        return entry;
      }
      in.pull();
    }
  }

  /** Drops a code and takes its extra bits. */
  private static int value(BitInput in, int entry) throws IOException, EndOfInput {
    in.drop(entry >>> 8 & 63);
    return in.take((entry & 63) - (entry >>> 8 & 63));
  }
}
