package dev.miniatura.internal.jpeg;

import java.io.IOException;

/**
 * Decodes the blocks of sequential scans (T.81, F.2.2), keeping only the coefficients asked for.
 *
 * <p>{@link #read} holds the reader's state in local variables. It refills eight bytes at a time
 * where none of them is {@code FF}; everything rare (stuffed bytes, markers, the end of the window,
 * codes longer than the tables) goes through {@link EntropyReader} and back.
 */
final class BlockReader {

  private static final int END = 64 << 6; // state of skipping at the end of a block

  /** Most bits of a DC difference taken without a refill after it: 9 + 11. */
  private static final int DC_SIZE_MOST = 11;

  /** Bits that one AC symbol can need: 16 for the code, 15 for the value. */
  private static final int SYMBOL_MOST = 31;

  private final EntropyReader in;

  BlockReader(EntropyReader in) {
    this.in = in;
  }

  /**
   * Reads a block.
   *
   * <p>AC coefficients up to zigzag index {@code last} are decoded one by one. The rest is skipped,
   * several symbols per lookup (see {@link HuffmanTable#skips}). There, {@code state} is the zigzag
   * index, shifted left by 6, plus the bits consumed since the last refill: at most 3 * 18, less
   * than 64 and than the 56 that a refill provides. One addition per entry updates both, and
   * because shifts use their distance's low six bits, the entry itself is the distance.
   *
   * <p>A block may end at index 64 without an EOB, and the entry that gets there may have eaten
   * into the next block. The final index tells: 64 is right, and so is 128 to 191, where an EOB
   * came at or before 64. Anything else, which includes windows that decode nothing, takes back the
   * last entry and goes on symbol by symbol.
   *
   * @param last largest zigzag index to keep, 0 to 63
   * @param dequantizer factors in zigzag order, up to {@code last}
   * @param block takes the products, in natural order; not written where nothing is coded, nor at 0
   * @return the DC difference
   */
  int read(HuffmanTable dc, HuffmanTable ac, int last, int[] dequantizer, int[] block)
      throws IOException {
    EntropyReader in = this.in;
    byte[] zigzag = Zigzag.NATURAL;
    long bits = in.bits;
    int count = in.count;
    int position = in.position;

    long next = position <= in.fastEnd ? EightBytes.get(in.array, position) : -1;
    if (!EightBytes.containFF(next)) {
      bits |= next >>> count;
      position += (63 - count) >>> 3;
      count |= 56;
    } else {
      bits = in.refill(bits, count, position);
      count = in.count;
      position = in.position;
    }
    int entry = dc.lookup()[(int) (bits >>> (64 - HuffmanTable.LOOKUP_BITS))];
    int size = entry & 0xff;
    int difference;
    if (entry == 0 || size > DC_SIZE_MOST) {
      in.restore(bits, count, position);
      difference = in.receiveSigned(in.symbol(dc, dc.lookup()));
      bits = in.bits;
      count = in.count;
      position = in.position;
    } else {
      bits <<= entry >>> 8;
      difference = EntropyReader.signed((int) (bits >>> 1 >>> (63 - size)), size);
      bits <<= size;
      count -= (entry >>> 8) + size;
    }

    int k = 1;
    if (last > 0) {
      short[] lookup = ac.lookup();
      while (k <= last) {
        if (count < SYMBOL_MOST) {
          next = position <= in.fastEnd ? EightBytes.get(in.array, position) : -1;
          if (!EightBytes.containFF(next)) {
            bits |= next >>> count;
            position += (63 - count) >>> 3;
            count |= 56;
          } else {
            bits = in.refill(bits, count, position);
            count = in.count;
            position = in.position;
          }
        }
        entry = lookup[(int) (bits >>> (64 - HuffmanTable.LOOKUP_BITS))];
        if (entry == 0) {
          entry = in.longCode(ac, bits);
        }
        bits <<= entry >>> 8;
        size = entry & 15;
        count -= (entry >>> 8) + size;
        k += (entry >>> 4) & 15;
        if (size == 0) {
          if ((entry & 0xf0) != 0xf0) {
            in.restore(bits, count, position);
            return difference;
          }
        } else if (k <= last) {
          int value = EntropyReader.signed((int) (bits >>> 1 >>> (63 - size)), size);
          block[zigzag[k]] = value * dequantizer[k];
        }
        bits <<= size;
        k++;
      }
      if (k >= 64) {
        in.restore(bits, count, position);
        if (k > 64) {
          in.markCorrupt();
        }
        return difference;
      }
    }

    char[] skips = ac.skips();
    int state = k << 6;
    long before = bits;
    if (count >= 2 * HuffmanTable.SKIP_MOST) { // what the DC difference has left over
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
    while (state < END) {
      count -= state & 63;
      state &= ~63;
      next = position <= in.fastEnd ? EightBytes.get(in.array, position) : -1;
      if (!EightBytes.containFF(next)) {
        bits |= next >>> count;
        position += (63 - count) >>> 3;
        count |= 56;
      } else {
        bits = in.refill(bits, count, position);
        count = in.count;
        position = in.position;
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
    }
    k = state >>> 6;
    if (k == 64 || (k >= HuffmanTable.SKIP_END && k < HuffmanTable.SKIP_END + 64)) {
      in.restore(bits, count - (state & 63), position);
    } else {
      in.restore(before, count - ((state - entry) & 63), position);
      in.skipBlock(ac, (state - entry) >>> 6);
    }
    return difference;
  }
}
