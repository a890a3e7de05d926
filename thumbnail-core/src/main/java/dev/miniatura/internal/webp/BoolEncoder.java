package dev.miniatura.internal.webp;

import dev.miniatura.internal.bytes.ByteViews;
import java.util.Arrays;

/**
 * Encodes bools with given probabilities (RFC 6386, section 7.3) for {@link BoolDecoder}.
 *
 * <p>The RFC's splits are added to the lowest 8 bits of {@code low}; the bits above are written
 * once there are 32 of them, with any carry that has occurred in the meantime.
 */
final class BoolEncoder {

  private byte[] bytes;
  private int size;
  private long low;
  private int range = 255;
  private int pending; // bits of low above the lowest 8, without a carry

  BoolEncoder() {
    this(64);
  }

  /** Creates an encoder that expects a number of bytes. */
  BoolEncoder(int expected) {
    bytes = new byte[Math.max(16, expected)];
  }

  /**
   * Encodes one bool.
   *
   * @param probability of a 0, in 1/256
   */
  BoolEncoder bit(int probability, int bit) {
    int split = 1 + (((range - 1) * probability) >> 8);
    int left;
    if (bit == 0) {
      left = split;
    } else {
      low += split;
      left = range - split;
    }
    int shift = Integer.numberOfLeadingZeros(left) - 24;
    range = left << shift;
    low <<= shift;
    pending += shift;
    if (pending >= Integer.SIZE) {
      flush();
    }
    return this;
  }

  BoolEncoder flag(boolean flag) {
    return bit(128, flag ? 1 : 0);
  }

  /** Encodes a number with the given number of bits, the most significant first. */
  BoolEncoder literal(int count, int number) {
    for (int i = count - 1; i >= 0; i--) {
      bit(128, number >> i & 1);
    }
    return this;
  }

  /** Encodes a flag, then the number and its sign if it is not 0. */
  BoolEncoder optionalSigned(int count, int number) {
    flag(number != 0);
    return number == 0 ? this : literal(count, Math.abs(number)).flag(number < 0);
  }

  /**
   * Encodes a value of a tree (RFC 6386, section 8.1).
   *
   * @param tree pairs of branches: the next pair, or a value's complement
   * @param probabilities of the first branch of each pair, starting at {@code from}
   */
  void tree(int[] tree, int[] probabilities, int from, int value) {
    int node = 0;
    while (node >= 0) {
      int bit = reaches(tree, tree[node], value) ? 0 : 1;
      bit(probabilities[from + (node >> 1)], bit);
      node = tree[node + bit];
    }
  }

  /** Returns whether a branch leads to a value. */
  static boolean reaches(int[] tree, int branch, int value) {
    return branch < 0
        ? ~branch == value
        : reaches(tree, tree[branch], value) || reaches(tree, tree[branch + 1], value);
  }

  /** Returns all bytes. */
  byte[] finish() {
    int rest = (pending + 8 + 7) >> 3;
    low <<= 8 * rest - 8 - pending;
    pending = 8 * rest - 8;
    if (low >>> (8 * rest) != 0) {
      carry();
    }
    byte[] all = Arrays.copyOf(bytes, size + rest);
    for (int i = 0; i < rest; i++) {
      all[size + i] = (byte) (low >>> (8 * (rest - 1 - i)));
    }
    return all;
  }

  private void flush() {
    if (size + Integer.BYTES > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    pending -= Integer.SIZE;
    long upper = low >>> (8 + pending);
    if (upper >>> Integer.SIZE != 0) {
      carry();
    }
    ByteViews.putIntBe(bytes, size, (int) upper);
    size += Integer.BYTES;
    low &= (1L << (8 + pending)) - 1;
  }

  private void carry() {
    int at = size - 1;
    while (bytes[at] == (byte) 255) {
      bytes[at--] = 0;
    }
    bytes[at]++;
  }
}
