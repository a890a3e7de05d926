package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.internal.bytes.ByteViews;
import dev.miniatura.internal.io.InputWindow;
import java.io.IOException;
import java.util.Arrays;

/**
 * The bits of entropy-coded data (T.81, F.2.2.5), without the zeros stuffed after {@code FF}.
 *
 * <p>{@link #bits} holds the next {@link #count} bits at its top end. Below them there may be more
 * bits of the stream, but never anything else, so that a refill can OR the same bytes in again.
 * After the end of the data (at a marker, or at the end of the source), an endless run of zeros
 * follows; {@link #isOverrun} returns whether any of them has been used.
 *
 * <p>{@link BlockReader} works on copies of the fields and takes eight bytes at a time while {@link
 * #position} is not beyond {@link #fastEnd}; {@link #refill} does everything else.
 */
final class EntropyReader {

  /** The minimum number of bits after a refill. */
  static final int REFILLED = 56;

  /** The maximum number of bits of an AC coefficient: 16 for the code, 15 for the value. */
  private static final int MAX_COEFFICIENT_BITS = 31;

  private final InputWindow window;
  byte[] array;
  int position;
  int fastEnd; // last index at which eight bytes can be read
  private int end;
  long bits;
  int count;
  int padding; // zeros appended since the data ended
  private boolean ended;
  private long corruptAt = -1;

  EntropyReader(InputWindow window) {
    this.window = window;
    this.array = window.array;
    start();
  }

  /** Starts at the window's position, with no bits buffered. */
  void start() {
    bits = 0;
    count = 0;
    padding = 0;
    reload();
  }

  private void reload() {
    array = window.array;
    position = window.position;
    end = window.limit;
    fastEnd = end - EightBytes.COUNT;
    if (fastEnd < 0) {
      array = Arrays.copyOf(array, 2 * EightBytes.COUNT);
      Arrays.fill(array, end, array.length, (byte) 0xff);
      fastEnd = EightBytes.COUNT; // where FF follows
    }
  }

  /**
   * Moves the window to the next marker, dropping the bits buffered; see {@link MarkerSearch#next}.
   */
  int findMarker() throws IOException {
    window.position = position;
    int marker = MarkerSearch.next(window);
    ended |= marker == MarkerSearch.NONE;
    start();
    return marker;
  }

  /** Moves past the marker that {@link #findMarker} found. */
  void passMarker() {
    window.position += 2;
    start();
  }

  /** Moves the window to the end of the data that was read, for the next reader. */
  void finish() {
    window.position = position;
  }

  /** Returns whether more bits have been used than there were. */
  boolean isOverrun() {
    return isOverrun(count);
  }

  /** The same for a copy of {@link #count}. */
  boolean isOverrun(int remaining) {
    return padding > remaining;
  }

  /** Makes the data count as used up, for readers of bytes. */
  void overrun() {
    padding = count + 1;
  }

  /** Returns whether the source has ended, as opposed to the entropy-coded data before a marker. */
  boolean hasSourceEnded() {
    return ended;
  }

  /** Returns the offset in the source up to which bytes have been taken. */
  long offset() {
    return window.offset() + position - window.position;
  }

  /** Remembers that the data is corrupt near this position. */
  void markCorrupt() {
    if (corruptAt < 0) {
      corruptAt = offset();
    }
  }

  /** Returns the position at which the data was first found to be corrupt, or −1. */
  long corruptAt() {
    return corruptAt;
  }

  void checkDeadline() throws IOException {
    window.checkDeadline();
  }

  /** Sets the fields of which {@link BlockReader} uses copies. */
  void restore(long newBits, int newCount, int newPosition) {
    bits = newBits;
    count = newCount;
    position = newPosition;
  }

  /** Restores, refills byte by byte, and returns the bits. */
  long refill(long newBits, int newCount, int newPosition) throws IOException {
    restore(newBits, newCount, newPosition);
    refillByteByByte();
    return bits;
  }

  /** Brings {@link #count} to at least {@link #REFILLED} and at most 63. */
  void refill() throws IOException {
    long eight = ByteViews.longBe(array, Math.min(position, fastEnd));
    if (EightBytes.areData(eight, fastEnd - position)) {
      bits |= eight >>> count;
      position += (63 - count) >>> 3;
      count |= 56;
    } else {
      refillByteByByte();
    }
  }

  /**
   * Takes bytes up to a marker or the end of the window in local variables, without a call, because
   * C2 makes it a part of whatever refills; then the rest, which is rare.
   */
  private void refillByteByByte() throws IOException {
    byte[] from = array;
    int at = position;
    int last = end - 2;
    long taken = bits;
    int have = count;
    while (have < REFILLED && at <= last) {
      int value = from[at] & 0xff;
      if (value == 0xff) {
        if (from[at + 1] != 0) {
          break;
        }
        at++;
      }
      at++;
      taken |= (long) value << (56 - have);
      have += 8;
    }
    restore(taken, have, at);
    if (have < REFILLED) {
      refillAtEnd();
    }
  }

  private void refillAtEnd() throws IOException {
    while (count < REFILLED) {
      int next = nextByte();
      if (next < 0) {
        padding += 8;
      } else {
        bits |= (long) next << (56 - count);
      }
      count += 8;
    }
  }

  /**
   * Returns the next byte of data, or −1 at a marker or the end of the source. Only with no bits
   * buffered is it the one after the last bit used.
   */
  int nextByte() throws IOException {
    if (end - position < 2) {
      ahead(2);
    }
    if (position == end) {
      ended = true;
      return -1;
    }
    int value = array[position] & 0xff;
    if (value != 0xff) {
      position++;
      return value;
    }
    while (end - position >= 2) {
      int code = array[position + 1] & 0xff;
      if (code == 0) {
        position += 2;
        return 0xff;
      }
      if (code != 0xff) {
        return -1;
      }
      position++; // a fill byte
      if (end - position < 2) {
        ahead(2);
      }
    }
    ended = true;
    return -1;
  }

  /**
   * Makes bytes available, fewer only if the source ends, and returns the window, which is here.
   */
  InputWindow ahead(int bytes) throws IOException {
    window.position = position;
    window.require(bytes);
    reload();
    return window;
  }

  /** Starts at an index of the window, with some bits before it, as if nothing had been read. */
  void startAt(int index, long newBits, int newCount) {
    window.position = index;
    start();
    restore(newBits, newCount, index);
    ended = false;
    corruptAt = -1;
  }

  /** Moves to an offset in the source within the window, with some bits before it. */
  void moveTo(long offset, long newBits, int newCount) {
    restore(newBits, newCount, position + (int) (offset - offset()));
    padding = 0;
  }

  /** Decodes one symbol. */
  int symbol(HuffmanDecoder table, short[] lookup) throws IOException {
    if (count < 16) {
      refill();
    }
    int entry = lookup[(int) (bits >>> (64 - HuffmanDecoder.LOOKUP_BITS))];
    if (entry == 0) {
      entry = longCode(table, bits);
    }
    int length = entry >>> 8;
    bits <<= length;
    count -= length;
    return entry & 0xff;
  }

  /**
   * Decodes a code longer than the lookup; if no code matches, one bit that means symbol 0: EOB, or
   * no difference.
   *
   * @return {@code length << 8 | symbol}
   */
  int longCode(HuffmanDecoder table, long next) {
    int entry = table.longCode((int) (next >>> 48));
    if (entry == 0) {
      markCorrupt();
      return 1 << 8;
    }
    return entry;
  }

  /**
   * Decodes an AC coefficient of a sequential block without moving past it.
   *
   * @return see {@link HuffmanDecoder#coefficient}
   */
  int coefficient(HuffmanDecoder table, short[] lookup) throws IOException {
    if (count < MAX_COEFFICIENT_BITS) {
      refill();
    }
    int symbol = lookup[(int) (bits >>> (64 - HuffmanDecoder.LOOKUP_BITS))];
    if (symbol == 0) {
      symbol = longCode(table, bits);
    }
    return HuffmanDecoder.coefficient(symbol, bits);
  }

  /**
   * Skips the AC coefficients of a sequential block from zigzag index {@code from} on: a symbol at
   * a time where its table of skips does not get further or would leave the block.
   */
  void skipBlock(HuffmanDecoder table, int from) throws IOException {
    char[] skips = table.skips();
    int k = from;
    while (k < 64) {
      if (count < HuffmanDecoder.MAX_SKIP_BITS) {
        refill();
      }
      int entry = skips[(int) (bits >>> (64 - HuffmanDecoder.SKIP_BITS))];
      int next = k + (entry >>> 6);
      if (next <= 64 || (next >= HuffmanDecoder.SKIP_END && next < HuffmanDecoder.SKIP_END + 64)) {
        bits <<= entry;
        count -= entry & 63;
        k = next;
      } else {
        k = skipOne(table, k);
      }
    }
  }

  /** Skips one symbol at zigzag index {@code k}, and returns the next index, or 64 at the end. */
  private int skipOne(HuffmanDecoder table, int k) throws IOException {
    int symbol = symbol(table, table.lookup());
    int size = symbol & 15;
    int run = symbol >>> 4;
    if (size == 0 && run < 15) {
      return 64;
    }
    receive(size);
    if (k + run + 1 > 64) {
      markCorrupt();
    }
    return Math.min(64, k + run + 1);
  }

  /** Returns the next {@code size} bits, 0 to 16. */
  int receive(int size) throws IOException {
    if (count < size) {
      refill();
    }
    int value = (int) (bits >>> 1 >>> (63 - size));
    bits <<= size;
    count -= size;
    return value;
  }

  /** Returns a signed number of {@code size} bits, 0 to 16. */
  int receiveSigned(int size) throws IOException {
    return Extend.signed(receive(size), size);
  }
}
