package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.internal.bytes.ByteViews;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decodes MCUs of a sequential scan (T.81, F.2.2) of which only the means of blocks are needed: all
 * components have idctSize 1.
 *
 * <p>{@link #read} keeps the state of {@link EntropyReader} in local variables from one MCU to the
 * next. The time goes into one chain of dependent steps: look up, shift, look up. Bits are refilled
 * eight bytes at a time where none of them is {@code FF}; everything rare (stuffed bytes, markers,
 * the end of the window, codes longer than the tables) goes through {@link EntropyReader} and back.
 *
 * <p>The refills are inlined because C1, with which the Lambda function runs, inlines no method of
 * that size. Measured as in {@link BlockReader}, at 256 pixels. Result, with a call of {@link
 * EntropyReader#refill} in place of one of them: 3 to 8 % more with C1 at a block's start, 1 to 4 %
 * behind its skips; no difference with C2.
 */
final class MeanReader implements McuReader {

  /** How many MCUs are read at a time: few, so that the JVM soon counts enough calls to compile. */
  private static final int MCUS = 16;

  private static final int START = 1 << 6; // state of skipping at the first AC coefficient

  /**
   * The largest DC difference decoded at once: 9 bits plus these leave room for two skips within a
   * refill.
   */
  private static final int MAX_FAST_DC_SIZE = 11;

  /** One block of an MCU. */
  private static final class Block {

    final ScanComponent<PlaneBand> component;
    final int index; // of the component in the scan
    final HuffmanDecoder dc;
    final HuffmanDecoder ac;
    final int x; // within the MCU
    final int y;
    final int step; // to the same block of the next MCU
    final short[] lookup;
    final char[] skips;
    final int factor;
    final byte[] means;
    final int @Nullable [] values; // takes DC coefficients instead of means
    int at; // index of the next one

    Block(ScanComponent<PlaneBand> component, int index, int x, int y, int @Nullable [] values) {
      this.component = component;
      this.index = index;
      dc = Objects.requireNonNull(component.dc());
      ac = Objects.requireNonNull(component.ac());
      this.x = x;
      this.y = y;
      step = component.h();
      lookup = dc.lookup();
      skips = ac.skips();
      factor = component.quantization()[0];
      means = component.target().samples;
      this.values = values;
    }

    void startAt(int mcuX) {
      int blockX = mcuX * step + x;
      at = values == null ? component.target().at(blockX, y) : blockX;
    }
  }

  private final EntropyReader in;
  private final Block[] mcu;
  private int resume; // the block at which reading goes on in the MCU
  private int rest; // zigzag index from which the one before it is still to be skipped

  /** Creates a reader that stores means in the components' bands. */
  MeanReader(EntropyReader in, List<ScanComponent<PlaneBand>> components) {
    this(in, components, List.of());
  }

  /**
   * Creates a reader.
   *
   * @param rows take the DC coefficients of rows of blocks in an MCU, component by component; none
   *     to store means
   */
  MeanReader(EntropyReader in, List<ScanComponent<PlaneBand>> components, List<RunRow> rows) {
    this.in = in;
    int row = 0;
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < components.size(); i++) {
      ScanComponent<PlaneBand> component = components.get(i);
      for (int y = 0; y < component.v(); y++) {
        int[] values = rows.isEmpty() ? null : rows.get(row++).dc;
        for (int x = 0; x < component.h(); x++) {
          blocks.add(new Block(component, i, x, y, values));
        }
      }
    }
    mcu = blocks.toArray(new Block[0]);
  }

  @Override
  public void lose(int x) {
    for (Block block : mcu) {
      block.component.target().blank(x * block.component.h() + block.x, block.y);
    }
  }

  /**
   * Reads at most {@value #MCUS} MCUs of one row until one uses more data than there is.
   *
   * <p>After the DC difference, a block's AC coefficients are skipped, several symbols per lookup
   * (see {@link HuffmanDecoder#skips}). {@code state} is the zigzag index, shifted left by 6, plus
   * the bits consumed since the last refill: at most 3 * 18, or 9 + 11 + 2 * 18, less than 64 and
   * no more than the 56 that a refill provides. One addition per entry updates both, and because
   * shifts use their distance's low six bits, the entry itself is the distance.
   *
   * <p>The final index shows how a block ended, and what is rare is left to this method, as in
   * {@link BlockReader}.
   */
  @Override
  public int read(int x, int max, int[] predictions) throws IOException {
    for (Block block : mcu) {
      block.startAt(x);
    }
    int done = 0;
    do {
      done += readSome(Math.min(MCUS, max - done), predictions);
      if (resume > 0) {
        in.skipBlock(mcu[resume - 1].ac, rest);
      }
    } while (resume > 0 || (done < max && !in.isOverrun()));
    return done;
  }

  private int readSome(int max, int[] predictions) throws IOException {
    EntropyReader in = this.in;
    Block[] mcu = this.mcu;
    long bits = in.bits;
    int count = in.count;
    int position = in.position;
    int from = resume;
    resume = 0;
    for (int done = 1; done <= max; done++) {
      for (int b = from; b < mcu.length; b++) {
        Block block = mcu[b];
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
        int state = START;
        int difference;
        int entry = block.lookup[(int) (bits >>> (64 - HuffmanDecoder.LOOKUP_BITS))];
        int size = entry & 0xff;
        if (entry == 0 || size > MAX_FAST_DC_SIZE) {
          in.restore(bits, count, position);
          difference = in.receiveSigned(in.symbol(block.dc, block.lookup));
          in.refill();
          bits = in.bits;
          count = in.count;
          position = in.position;
        } else {
          int length = entry >>> 8;
          difference = Extend.signed((int) (bits << length >>> 1 >>> (63 - size)), size);
          bits <<= length + size;
          state += length + size;
        }
        int prediction = predictions[block.index] + difference;
        predictions[block.index] = prediction;
        if (block.values == null) {
          block.means[block.at] = InverseDct.mean(prediction * block.factor);
        } else {
          block.values[block.at] = prediction;
        }
        block.at += block.step;

        char[] skips = block.skips;
        long before = bits;
        entry = skips[(int) (bits >>> (64 - HuffmanDecoder.SKIP_BITS))];
        bits <<= entry;
        state += entry;
        if (state < HuffmanDecoder.SKIPPED) {
          before = bits;
          entry = skips[(int) (bits >>> (64 - HuffmanDecoder.SKIP_BITS))];
          bits <<= entry;
          state += entry;
        }
        while (state < HuffmanDecoder.SKIPPED) {
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
        }
        int k = state >>> 6;
        if (k == 64 || (k >= HuffmanDecoder.SKIP_END && k < HuffmanDecoder.SKIP_END + 64)) {
          count -= state & 63;
        } else {
          in.restore(before, count - ((state - entry) & 63), position);
          resume = b + 1;
          rest = (state - entry) >>> 6;
          return done - 1;
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
