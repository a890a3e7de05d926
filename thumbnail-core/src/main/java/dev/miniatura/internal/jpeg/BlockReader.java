package dev.miniatura.internal.jpeg;

import java.io.IOException;

/**
 * Decodes the blocks of sequential scans (T.81, F.2.2), keeping only the coefficients asked for.
 */
final class BlockReader {

  private static final int END = 64 << 6; // accumulated advance at the end of a block

  private final EntropyReader in;

  BlockReader(EntropyReader in) {
    this.in = in;
  }

  /** Returns a block's DC difference. */
  int readDc(HuffmanTable table) throws IOException {
    return in.receiveSigned(in.symbol(table, table.lookup()));
  }

  /**
   * Reads a block's AC coefficients, dequantizing those up to zigzag index {@code last} and
   * skipping the rest.
   *
   * @param dequantizer factors in zigzag order
   * @param block takes the products in natural order; zero where no coefficient is coded
   * @return the largest zigzag index stored, 0 if none
   */
  int readAc(HuffmanTable table, int last, int[] dequantizer, int[] block) throws IOException {
    short[] lookup = table.lookup();
    int stored = 0;
    int k = 1;
    while (k <= last) {
      int symbol = in.symbol(table, lookup);
      int run = symbol >>> 4;
      int size = symbol & 15;
      if (size == 0) {
        if (run < 15) {
          return stored;
        }
        k += 16;
        continue;
      }
      k += run;
      int value = in.receiveSigned(size);
      if (k <= last) {
        block[Zigzag.NATURAL[k]] = value * dequantizer[k];
        stored = k;
      }
      k++;
    }
    if (k < 64) {
      skipAc(table, k);
    } else if (k > 64) {
      in.markCorrupt();
    }
    return stored;
  }

  /**
   * Skips a block's AC coefficients from zigzag index {@code from}, several symbols per lookup (see
   * {@link HuffmanTable#skips}).
   *
   * <p>{@code state} is the zigzag index, shifted left by 6, plus the bits consumed since the last
   * refill: at most 3 * 18, which is less than both 64 and the 56 bits that a refill provides. One
   * addition per entry updates both, and because shifts use their distance's low six bits, the
   * entry itself is the distance.
   *
   * <p>A block may end at index 64 without an EOB, and the entry that gets there may have eaten
   * into the next block. The final index tells: 64 is right, and so is 128 to 191, where an EOB
   * came at or before 64. Anything else, which includes windows that decode nothing, takes back the
   * last entry and goes on symbol by symbol.
   */
  void skipAc(HuffmanTable table, int from) throws IOException {
    EntropyReader in = this.in;
    char[] skips = table.skips();
    long bits = in.bits;
    int count = in.count;
    int position = in.position;
    int state = from << 6;
    long before;
    int entry;
    do {
      count -= state & 63;
      state &= ~63;
      if (count < EntropyReader.REFILLED) {
        long next = position <= in.fastEnd ? EightBytes.get(in.array, position) : -1;
        if (!EightBytes.containFF(next)) {
          bits |= next >>> count;
          position += (63 - count) >>> 3;
          count |= 56;
        } else {
          in.bits = bits;
          in.count = count;
          in.position = position;
          in.refill();
          bits = in.bits;
          count = in.count;
          position = in.position;
        }
      }
      before = bits;
      entry = skips[(int) (bits >>> (64 - HuffmanTable.SKIP_BITS))];
      bits <<= entry;
      state += entry;
      if (state < END) {
        before = bits;
        entry = skips[(int) (bits >>> (64 - HuffmanTable.SKIP_BITS))];
        bits <<= entry;
        state += entry;
        if (state < END) {
          before = bits;
          entry = skips[(int) (bits >>> (64 - HuffmanTable.SKIP_BITS))];
          bits <<= entry;
          state += entry;
        }
      }
    } while (state < END);
    in.position = position;
    int k = state >>> 6;
    if (k == 64 || (k >= HuffmanTable.SKIP_END && k < HuffmanTable.SKIP_END + 64)) {
      in.bits = bits;
      in.count = count - (state & 63);
    } else {
      in.bits = before;
      in.count = count - ((state - entry) & 63);
      skipAcBySymbol(table, (state - entry) >>> 6);
    }
  }

  private void skipAcBySymbol(HuffmanTable table, int from) throws IOException {
    short[] lookup = table.lookup();
    int k = from;
    while (k < 64) {
      int symbol = in.symbol(table, lookup);
      int size = symbol & 15;
      if (size == 0 && symbol >>> 4 < 15) {
        return;
      }
      in.receive(size);
      k += (symbol >>> 4) + 1;
    }
    if (k > 64) {
      in.markCorrupt();
    }
  }
}
