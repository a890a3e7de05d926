package dev.miniatura.internal.jpeg.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The coefficients that a run has of one row of blocks: DC coefficients block by block, and the
 * others, which have 16 bits at most (T.81, F.1.2.2), in batches, two in an int. So they take half
 * the memory of an {@link IdctBatch}: one processor writes them and another one reads them, which
 * is what they cost.
 */
final class RunRow implements BatchTarget {

  private static final int BLOCKS = IdctBatch.BLOCKS;

  /** For how many batches there is room at first. */
  static final int BATCHES = 16;

  final int[] dc;
  private final List<Integer> ends = new ArrayList<>();
  private final int pairs;
  private int[] packed = {};

  /** Creates a row with room for a number of blocks. */
  RunRow(int idctSize, int blocks) {
    dc = new int[blocks];
    pairs = pairs(idctSize);
  }

  private static int pairs(int idctSize) {
    return idctSize * idctSize / 2; // with an odd number of coefficients, the unused lane is one
  }

  /** Returns the number of bytes that a block takes. */
  static long blockBytes(int idctSize) {
    return Integer.BYTES * (1L + pairs(idctSize));
  }

  void clear() {
    ends.clear();
  }

  @Override
  public void take(IdctBatch batch, int count) {
    int[] lanes = batch.lanes;
    System.arraycopy(lanes, 0, dc, batch.first, count);
    int at = ends.size() * pairs * BLOCKS;
    if (at == packed.length) {
      packed = Arrays.copyOf(packed, Math.max(2 * at, BATCHES * pairs * BLOCKS));
    }
    for (int pair = 0; pair < pairs; pair++) {
      pack(lanes, (1 + 2 * pair) * BLOCKS, packed, at + pair * BLOCKS);
    }
    Arrays.fill(lanes, 0);
    ends.add(batch.first + count);
  }

  private static void pack(int[] lanes, int lane, int[] packed, int at) {
    for (int i = 0; i < BLOCKS; i++) {
      packed[at + i] = (lanes[lane + i] & 0xffff) | (lanes[lane + BLOCKS + i] << 16);
    }
  }

  /**
   * Restores the lanes of a batch, dequantized.
   *
   * @param first the number of its first block
   * @param prediction to be added to DC coefficients
   * @param factors one for each lane but the unused one, which may hold anything afterwards
   */
  void dequantize(int index, int first, int prediction, int[] factors, int[] lanes) {
    for (int i = first; i < end(index); i++) {
      lanes[i - first] = (dc[i] + prediction) * factors[0];
    }
    int at = index * pairs * BLOCKS;
    for (int lane = 1; lane < factors.length; lane += 2, at += BLOCKS) {
      dequantizeLow(packed, at, factors[lane], lanes, lane * BLOCKS);
      if (lane + 1 < factors.length) {
        dequantizeHigh(packed, at, factors[lane + 1], lanes, (lane + 1) * BLOCKS);
      }
    }
  }

  private static void dequantizeLow(int[] packed, int at, int factor, int[] lanes, int lane) {
    for (int i = 0; i < BLOCKS; i++) {
      lanes[lane + i] = (packed[at + i] << 16 >> 16) * factor;
    }
  }

  private static void dequantizeHigh(int[] packed, int at, int factor, int[] lanes, int lane) {
    for (int i = 0; i < BLOCKS; i++) {
      lanes[lane + i] = (packed[at + i] >> 16) * factor;
    }
  }

  /** Returns the number of the block after a batch's last. */
  int end(int index) {
    return ends.get(index);
  }
}
