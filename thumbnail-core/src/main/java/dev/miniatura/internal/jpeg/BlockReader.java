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

  /** Most bits of a DC difference taken without a refill after it: 9 + 11. */
  private static final int DC_SIZE_MOST = 11;

  private final EntropyReader in;

  BlockReader(EntropyReader in) {
    this.in = in;
  }

  /**
   * Reads a block.
   *
   * <p>AC coefficients up to zigzag index {@code last} are decoded one by one, most of them with
   * one lookup (see {@link HuffmanTable#coefficients}): the entry is the distance of the shift as
   * well, because shifts use their distance's low six bits. The rest is skipped, several symbols
   * per lookup (see {@link HuffmanTable#skips}).
   *
   * <p>A block may end at index 64 without an EOB, and the skip that gets there may have eaten into
   * the next block. The final index tells: 64 is right, and so is 128 to 191, where an EOB came at
   * or before 64. Anything else, which includes windows that decode nothing, takes back the last
   * skip and goes on symbol by symbol.
   *
   * @param last largest zigzag index to keep, 0 to 63
   * @param dequantizer factors in zigzag order, up to {@code last}
   * @param batch takes the products; not written where nothing is coded, nor at 0
   * @param block index of the block in the batch
   * @return the DC difference
   */
  int read(
      HuffmanTable dc, HuffmanTable ac, int last, int[] dequantizer, BlockBatch batch, int block)
      throws IOException {
    EntropyReader in = this.in;
    int[] lines = batch.lines;
    int[] places = batch.places;
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
    int[] coefficients = ac.coefficients();
    while (k <= last) {
      if (count < HuffmanTable.COEFFICIENT_BITS) {
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
      entry = coefficients[(int) (bits >>> (64 - HuffmanTable.COEFFICIENT_BITS))];
      if (entry == 0) {
        in.restore(bits, count, position);
        entry = in.coefficient(ac);
        bits = in.bits;
        count = in.count;
        position = in.position;
      }
      bits <<= entry;
      count -= entry & 63;
      k += (entry >>> 8) & 255;
      if (k > last + 1) {
        break;
      }
      lines[places[k - 1] + block] = (entry >> 16) * dequantizer[k - 1];
    }
    if (k >= 64) {
      in.restore(bits, count, position);
      if (k > 64 && k < HuffmanTable.SKIP_END) {
        in.markCorrupt();
      }
      return difference;
    }

    char[] skips = ac.skips();
    long before;
    do {
      if (count < HuffmanTable.SKIP_MOST) {
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
      before = bits;
      entry = skips[(int) (bits >>> (64 - HuffmanTable.SKIP_BITS))];
      bits <<= entry;
      count -= entry & 63;
      k += entry >>> 6;
    } while (k < 64);
    if (k == 64 || (k >= HuffmanTable.SKIP_END && k < HuffmanTable.SKIP_END + 64)) {
      in.restore(bits, count, position);
    } else {
      in.restore(before, count + (entry & 63), position);
      in.skipBlock(ac, k - (entry >>> 6));
    }
    return difference;
  }
}
