package dev.miniatura.internal.jpeg;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes MCUs of a sequential scan (T.81, F.2.2), keeping only the coefficients that their
 * components' idctSizes ask for.
 *
 * <p>{@link #read} keeps the reader's state in local variables from one MCU to the next. It refills
 * eight bytes at a time where none of them is {@code FF}; everything rare (stuffed bytes, markers,
 * the end of the window, codes longer than the tables) goes through {@link EntropyReader} and back.
 */
final class BlockReader implements McuReader {

  /** Most bits of a DC difference taken without a refill after it: 9 + 11. */
  private static final int DC_SIZE_MOST = 11;

  /** One block of an MCU. */
  private static final class Block {

    final SequentialScan.Part part;
    final int component; // index in the scan
    final BlockBatch batch;
    final int x; // within the MCU
    final int y;
    final short[] lookup;
    final int[] coefficients;
    final char[] skips;
    final int[] dequantizer; // in zigzag order, up to last
    final int[] places;
    final int last; // zigzag index of the last coefficient kept

    Block(SequentialScan.Part part, int component, BlockBatch batch, int x, int y) {
      this.part = part;
      this.component = component;
      this.batch = batch;
      this.x = x;
      this.y = y;
      lookup = part.dc().lookup();
      coefficients = part.ac().coefficients();
      skips = part.ac().skips();
      dequantizer = InverseDct.dequantizer(batch.idctSize, part.quantization());
      places = batch.places;
      last = InverseDct.lastNeeded(batch.idctSize);
    }

    int indexInBatch(int mcuX) {
      return (mcuX * part.h() + x) % BlockBatch.BLOCKS;
    }

    /** Stores the batch once it is full or a row of blocks ends. */
    void finish(int mcuX) {
      PlaneBand band = part.band();
      int blockX = mcuX * part.h() + x;
      int at = blockX % BlockBatch.BLOCKS;
      if (at == BlockBatch.BLOCKS - 1 || blockX == band.blocksX - 1) {
        batch.store(at + 1, band.samples, band.at(blockX - at, y), band.stride);
      }
    }
  }

  private final EntropyReader in;
  private final Block[] mcu;

  BlockReader(EntropyReader in, List<SequentialScan.Part> parts) {
    this.in = in;
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      SequentialScan.Part part = parts.get(i);
      for (int y = 0; y < part.v(); y++) {
        BlockBatch batch = BlockBatch.of(part.band().idctSize);
        for (int x = 0; x < part.h(); x++) {
          blocks.add(new Block(part, i, batch, x, y));
        }
      }
    }
    mcu = blocks.toArray(new Block[0]);
  }

  @Override
  public void lose(int x) {
    for (Block block : mcu) {
      block.finish(x);
    }
  }

  /**
   * Reads MCUs of one row until one uses more data than there is.
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
   */
  @Override
  public int read(int x, int most, int[] predictions) throws IOException {
    EntropyReader in = this.in;
    Block[] mcu = this.mcu;
    long bits = in.bits;
    int count = in.count;
    int position = in.position;
    for (int done = 1; done <= most; done++) {
      int mcuX = x + done - 1;
      for (Block block : mcu) {
        int at = block.indexInBatch(mcuX);
        int[] lines = block.batch.lines;
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
        int entry = block.lookup[(int) (bits >>> (64 - HuffmanTable.LOOKUP_BITS))];
        int size = entry & 0xff;
        int difference;
        if (entry == 0 || size > DC_SIZE_MOST) {
          in.restore(bits, count, position);
          difference = in.receiveSigned(in.symbol(block.part.dc(), block.lookup));
          bits = in.bits;
          count = in.count;
          position = in.position;
        } else {
          bits <<= entry >>> 8;
          difference = EntropyReader.signed((int) (bits >>> 1 >>> (63 - size)), size);
          bits <<= size;
          count -= (entry >>> 8) + size;
        }
        int prediction = predictions[block.component] + difference;
        predictions[block.component] = prediction;
        lines[at] = prediction * block.dequantizer[0];

        int k = 1;
        int[] coefficients = block.coefficients;
        int[] dequantizer = block.dequantizer;
        int[] places = block.places;
        int last = block.last;
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
            entry = in.coefficient(block.part.ac());
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
          lines[places[k - 1] + at] = (entry >> 16) * dequantizer[k - 1];
        }
        if (k < 64) {
          char[] skips = block.skips;
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
          if (k != 64 && (k < HuffmanTable.SKIP_END || k >= HuffmanTable.SKIP_END + 64)) {
            in.restore(before, count + (entry & 63), position);
            in.skipBlock(block.part.ac(), k - (entry >>> 6));
            bits = in.bits;
            count = in.count;
            position = in.position;
          }
        } else if (k > 64 && k < HuffmanTable.SKIP_END) {
          in.restore(bits, count, position);
          in.markCorrupt();
        }
        block.finish(mcuX);
      }
      if (in.isOverrun(count)) {
        in.restore(bits, count, position);
        return done;
      }
    }
    in.restore(bits, count, position);
    return most;
  }
}
