package dev.miniatura.internal.zstd;

import java.util.Arrays;

/** A decoding table for the prefix codes of literals (RFC 8878, section 4.2.1). */
final class HuffmanTable {

  private static final int MAX_BITS = 11;
  private static final int MAX_WEIGHT_ACCURACY = 6;
  private static final int MAX_SYMBOLS = 256;

  private final int maxBits;
  private final byte[] symbols; // indexed by the next maxBits bits
  private final byte[] lengths;

  /** A table and the end of its description. */
  record Described(HuffmanTable table, int end) {}

  private HuffmanTable(int[] weights, int count) throws BrokenBlock {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      BrokenBlock.check(weights[i] <= MAX_BITS, "a prefix code of too many bits");
      sum += 1 << weights[i] >> 1;
    }
    maxBits = 32 - Integer.numberOfLeadingZeros(sum);
    int rest = (1 << maxBits) - sum; // for the last symbol, which is not described
    boolean complete = sum > 0 && maxBits <= MAX_BITS && Integer.bitCount(rest) == 1;
    BrokenBlock.check(complete, "prefix codes that are not complete");
    weights[count] = 32 - Integer.numberOfLeadingZeros(rest);
    symbols = new byte[1 << maxBits];
    lengths = new byte[1 << maxBits];
    int at = 0;
    for (int weight = 1; weight <= maxBits; weight++) {
      for (int s = 0; s <= count; s++) {
        if (weights[s] == weight) {
          int end = at + (1 << (weight - 1));
          Arrays.fill(symbols, at, end, (byte) s);
          Arrays.fill(lengths, at, end, (byte) (maxBits + 1 - weight));
          at = end;
        }
      }
    }
  }

  /** Reads a description. */
  static Described read(byte[] array, int start, int end) throws BrokenBlock {
    BrokenBlock.check(start < end, "prefix codes without a description");
    int header = array[start] & 0xff;
    int[] weights = new int[MAX_SYMBOLS + 1];
    int first = start + 1;
    if (header < 128) {
      int after = first + header;
      BrokenBlock.check(after <= end, "prefix codes that end early");
      int count = compressedWeights(array, first, after, weights);
      return new Described(new HuffmanTable(weights, count), after);
    }
    int count = header - 127;
    int after = first + (count + 1) / 2;
    BrokenBlock.check(after <= end, "prefix codes that end early");
    for (int i = 0; i < count; i++) {
      int two = array[first + i / 2];
      weights[i] = (i % 2 == 0 ? two >> 4 : two) & 15;
    }
    return new Described(new HuffmanTable(weights, count), after);
  }

  /** Two states alternate until there are too few bits for one of them. */
  private static int compressedWeights(byte[] array, int start, int end, int[] weights)
      throws BrokenBlock {
    FseTable.Described described =
        FseTable.read(array, start, end, MAX_WEIGHT_ACCURACY, MAX_BITS + 2);
    FseTable table = described.table();
    BackwardBits in = BackwardBits.of(array, described.end(), end);
    int state = in.read(table.accuracy);
    int other = in.read(table.accuracy);
    int count = 0;
    while (in.left >= 0) {
      BrokenBlock.check(count < MAX_SYMBOLS - 2, "too many prefix codes");
      weights[count++] = table.symbols[state];
      int next = table.next(state, in);
      state = other;
      other = next;
    }
    BrokenBlock.check(count > 0, "prefix codes that end early");
    weights[count++] = table.symbols[state];
    return count;
  }

  /** Decodes an entire bitstream, which must give the requested number of bytes. */
  void decode(byte[] array, int start, int end, byte[] target, int from, int to)
      throws BrokenBlock {
    BackwardBits in = BackwardBits.of(array, start, end);
    for (int at = from; at < to; at++) {
      int code = in.peek(maxBits);
      target[at] = symbols[code];
      in.left -= lengths[code];
    }
    BrokenBlock.check(in.left == 0, "literals that do not end with their bits");
  }
}
