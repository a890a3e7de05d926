package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.internal.bytes.ByteViews;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Decodes MCUs of a sequential scan (T.81, F.2.2), keeping only the coefficients that their
 * components' idctSizes need.
 *
 * <p>{@link #read} keeps the reader's state in local variables from one MCU to the next. It refills
 * eight bytes at a time where none of them is {@code FF}; everything rare (stuffed bytes, markers,
 * the end of the window, codes longer than the tables) goes through {@link EntropyReader} and back.
 *
 * <p>The refills are inlined because C1, with which the Lambda function runs, inlines no method of
 * that size. Measured with the work of {@code JpegBenchmark.decode} in pairs of processes, four
 * photos of 5 to 16 megapixels, processor time. Result, with calls of {@link EntropyReader#refill}
 * in place of all three: 1 to 3 % more with C1 at 1024 pixels, no difference with C2.
 */
final class BlockReader implements McuReader {

  /** The largest DC difference decoded without a refill after it: 9 + 11 bits. */
  private static final int MAX_FAST_DC_SIZE = 11;

  /**
   * How many MCUs are read at a time. Batches are stored between two such calls: from within the
   * loop, C2 would compile every inverse DCT as a part of it.
   */
  private static final int MCUS = 8;

  private static final int END = HuffmanDecoder.COEFFICIENTS_END;

  /**
   * The last zigzag index from which two coefficients may be decoded at once: the first, even after
   * the longest run, cannot be the block's last, so that the second is of this block too.
   */
  private static final int LAST_PAIR = 47;

  /** One block of an MCU. */
  private static final class Block {

    final int index; // of the component in the scan
    final HuffmanDecoder dc;
    final HuffmanDecoder ac;
    final IdctBatch batch;
    final int x; // within the MCU
    final int step; // to the same block of the next MCU
    final short[] lookup; // of dc
    final short[] acLookup;
    final int[] coefficients;
    final char[] skips;
    final BatchTarget target;
    final int rowEnd; // in blocks
    final int[] places;
    final int last; // zigzag index of the last coefficient kept
    final int lastPair; // the last one from which two may be decoded at once

    Block(
        ScanComponent<PlaneBand> component,
        int index,
        IdctBatch batch,
        BatchTarget target,
        int rowEnd,
        int x) {
      this.index = index;
      dc = Objects.requireNonNull(component.dc());
      ac = Objects.requireNonNull(component.ac());
      this.batch = batch;
      this.x = x;
      step = component.h();
      lookup = dc.lookup();
      acLookup = ac.lookup();
      coefficients = ac.coefficients();
      skips = ac.skips();
      this.target = target;
      this.rowEnd = rowEnd;
      places = batch.places;
      last = InverseDct.lastNeeded(batch.idctSize);
      lastPair = Math.min(last, LAST_PAIR);
    }

    int blockX(int mcuX) {
      return mcuX * step + x;
    }

    /** Decodes one coefficient after zigzag index {@code k - 1}, and returns the new k. */
    int one(EntropyReader in, int at, int k) throws IOException {
      int entry = in.coefficient(ac, acLookup);
      in.bits <<= entry;
      in.count -= entry & 63;
      int next = k + ((entry >>> 8) & 255);
      batch.lanes[places[next] + at] = entry >> 16;
      return next;
    }

    /** Passes the batch on if the next MCUs may not fit into it or a row of blocks has ended. */
    void finish(int mcuX) {
      int end = mcuX * step;
      int count = end - batch.first;
      if (count > IdctBatch.BLOCKS - MCUS * step || end == rowEnd) {
        target.take(batch, count);
        batch.first = end == rowEnd ? 0 : end;
      }
    }
  }

  private final EntropyReader in;
  private final Block[] mcu;
  private final Block[] batches; // one block of each
  private int resume; // the block at which reading goes on in the MCU
  private int rest; // zigzag index from which the one before it is still to be skipped

  /** Creates a reader that stores samples in the components' bands, row by row. */
  BlockReader(EntropyReader in, List<ScanComponent<PlaneBand>> components) {
    this(in, components, Storing.rows(components), false);
  }

  /**
   * Creates a reader.
   *
   * @param targets of the rows of blocks in an MCU, component by component
   * @param endless whether rows have no end
   */
  BlockReader(
      EntropyReader in,
      List<ScanComponent<PlaneBand>> components,
      List<? extends BatchTarget> targets,
      boolean endless) {
    this.in = in;
    List<Block> blocks = new ArrayList<>();
    List<Block> ends = new ArrayList<>();
    for (int i = 0; i < components.size(); i++) {
      ScanComponent<PlaneBand> component = components.get(i);
      int rowEnd = endless ? Integer.MAX_VALUE : component.target().blocksX;
      for (int y = 0; y < component.v(); y++) {
        IdctBatch batch = new IdctBatch(component.target().idctSize);
        BatchTarget target = targets.get(ends.size());
        for (int x = 0; x < component.h(); x++) {
          blocks.add(new Block(component, i, batch, target, rowEnd, x));
        }
        ends.add(blocks.get(blocks.size() - 1));
      }
    }
    mcu = blocks.toArray(new Block[0]);
    batches = ends.toArray(new Block[0]);
  }

  @Override
  public void startAt(int x) {
    for (Block block : batches) {
      block.batch.first = x * block.step;
      Arrays.fill(block.batch.lanes, 0);
    }
  }

  @Override
  public void flush(int mcuX) {
    for (Block block : batches) {
      int count = mcuX * block.step - block.batch.first;
      if (count > 0) {
        block.target.take(block.batch, count);
      }
    }
  }

  @Override
  public void lose(int x) {
    finish(x + 1);
  }

  @Override
  public int read(int x, int max, int[] predictions) throws IOException {
    int done = 0;
    do {
      int end = Math.min(done + MCUS, max);
      done += readSome(x + done, end - done, predictions);
      while (resume > 0) {
        in.skipBlock(mcu[resume - 1].ac, rest);
        done += readSome(x + done, end - done, predictions);
      }
      finish(x + done);
    } while (done < max && !in.isOverrun());
    return done;
  }

  /** Stores the batches that are full before an MCU. */
  private void finish(int mcuX) {
    for (Block block : batches) {
      block.finish(mcuX);
    }
  }

  /**
   * Reads at most {@value #MCUS} MCUs of one row until one uses more data than there is.
   *
   * <p>AC coefficients up to zigzag index {@code last} are decoded with one lookup for most pairs
   * (see {@link HuffmanDecoder#coefficients}): the entry also serves as the shift distance, because
   * shifts use only its low six bits. Both are stored without asking whether there is a second: if
   * not, it goes to the place of the first, which follows, and what lies beyond {@code last} goes
   * to the lane that nothing reads. The rest is skipped, several symbols per lookup (see {@link
   * HuffmanDecoder#skips}). Values are multiplied later, a batch at a time.
   *
   * <p>A block may end at index 64 without an EOB, and the skip that gets there may have eaten into
   * the next block. The final index tells: 64 is right, and so is 128 to 191, where an EOB came at
   * or before 64. For anything else, which includes windows that decode nothing, the last skip is
   * undone, and {@link #read} lets {@link EntropyReader#skipBlock} continue: called from here, C2
   * would compile it as a part of this loop. Pairs end before they could do the same.
   */
  private int readSome(int x, int max, int[] predictions) throws IOException {
    EntropyReader in = this.in;
    Block[] mcu = this.mcu;
    long bits = in.bits;
    int count = in.count;
    int position = in.position;
    int from = resume;
    resume = 0;
    for (int done = 1; done <= max; done++) {
      int mcuX = x + done - 1;
      for (int b = from; b < mcu.length; b++) {
        Block block = mcu[b];
        IdctBatch batch = block.batch;
        int at = block.blockX(mcuX) - batch.first;
        int[] lanes = batch.lanes;
        // Inlined because C1 does not; measured and result: see the class
        long next = ByteViews.longBe(in.array, Math.min(position, in.fastEnd));
        if (EightBytes.areData(next, in.fastEnd - position)) {
          bits |= next >>> count;
          position += (63 - count) >>> 3;
          count |= 56;
        } else {
          bits = in.refill(bits, count, position);
          count = in.count;
          position = in.position;
        }
        int entry = block.lookup[(int) (bits >>> (64 - HuffmanDecoder.LOOKUP_BITS))];
        int size = entry & 0xff;
        int difference;
        if (entry == 0 || size > MAX_FAST_DC_SIZE) {
          in.restore(bits, count, position);
          difference = in.receiveSigned(in.symbol(block.dc, block.lookup));
          bits = in.bits;
          count = in.count;
          position = in.position;
        } else {
          int length = entry >>> 8;
          difference = Extend.signed((int) (bits << length >>> 1 >>> (63 - size)), size);
          bits <<= length + size;
          count -= length + size;
        }
        int prediction = predictions[block.index] + difference;
        predictions[block.index] = prediction;
        lanes[at] = prediction;

        int k = 1;
        int[] coefficients = block.coefficients;
        int[] places = block.places;
        int lastPair = block.lastPair;
        while (k <= lastPair) {
          if (count < HuffmanDecoder.COEFFICIENT_BITS) {
            // Inlined because C1 does not; measured and result: see the class
            next = ByteViews.longBe(in.array, Math.min(position, in.fastEnd));
            if (EightBytes.areData(next, in.fastEnd - position)) {
              bits |= next >>> count;
              position += (63 - count) >>> 3;
              count |= 56;
            } else {
              bits = in.refill(bits, count, position);
              count = in.count;
              position = in.position;
            }
          }
          entry = coefficients[(int) (bits >>> (64 - HuffmanDecoder.COEFFICIENT_BITS))];
          if (entry != 0) {
            bits <<= entry;
            count -= entry & 63;
            int first = k + ((entry >>> 6) & 127);
            k = first + ((entry >>> 13) & 127);
            lanes[places[k] + at] = entry << 9 >> 29;
            lanes[places[first] + at] = entry >> 23;
          } else {
            in.restore(bits, count, position);
            k = block.one(in, at, k);
            bits = in.bits;
            count = in.count;
            position = in.position;
          }
        }
        if (k <= block.last) {
          in.restore(bits, count, position);
          do {
            k = block.one(in, at, k);
          } while (k <= block.last);
          bits = in.bits;
          count = in.count;
          position = in.position;
        }
        if (k < 64) {
          char[] skips = block.skips;
          int state = k << 6;
          long before;
          do {
            count -= state & 63;
            state &= ~63;
            // Inlined because C1 does not; measured and result: see the class
            next = ByteViews.longBe(in.array, Math.min(position, in.fastEnd));
            if (EightBytes.areData(next, in.fastEnd - position)) {
              bits |= next >>> count;
              position += (63 - count) >>> 3;
              count |= 56;
            } else {
              bits = in.refill(bits, count, position);
              count = in.count;
              position = in.position;
            }
            before = bits;
            entry = skips[(int) (bits >>> (64 - HuffmanDecoder.SKIP_BITS))];
            bits <<= entry;
            state += entry;
            if (state < HuffmanDecoder.SKIPPED) {
              before = bits;
              entry = skips[(int) (bits >>> (64 - HuffmanDecoder.SKIP_BITS))];
              bits <<= entry;
              state += entry;
              if (state < HuffmanDecoder.SKIPPED) {
                before = bits;
                entry = skips[(int) (bits >>> (64 - HuffmanDecoder.SKIP_BITS))];
                bits <<= entry;
                state += entry;
              }
            }
          } while (state < HuffmanDecoder.SKIPPED);
          k = state >>> 6;
          if (k == 64 || (k >= HuffmanDecoder.SKIP_END && k < HuffmanDecoder.SKIP_END + 64)) {
            count -= state & 63;
          } else {
            in.restore(before, count - ((state - entry) & 63), position);
            resume = b + 1;
            rest = (state - entry) >>> 6;
            return done - 1;
          }
        } else if (k > 64 && (k <= END || k >= END + 64)) {
          in.restore(bits, count, position);
          in.markCorrupt();
        }
      }
      from = 0;
      if (in.isOverrun(count)) {
        in.restore(bits, count, position);
        return done;
      }
    }
    in.restore(bits, count, position);
    return max;
  }
}
