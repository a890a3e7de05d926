package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.internal.jpeg.Zigzag;
import java.util.Arrays;

/**
 * The quantized coefficients of one component that its idctSize needs, gathered over the scans of a
 * progressive frame, and their precision so far.
 *
 * <p>Block rows are allocated when a scan first reaches them, so a file that ends early takes only
 * memory for the rows it contains. A block has idctSize² coefficients in natural order.
 *
 * <p>Up to idctSize {@value #COARSE_SIZE} the low bits of finely quantized coefficients do not
 * show. Scans with nothing else are not {@linkplain #needs needed}, and decoding ends as soon as no
 * further scan is needed.
 */
final class CoefficientPlane {

  /** Stands for the point transform of a coefficient that no scan has sent yet. */
  private static final int UNSENT = -1;

  /** Largest idctSize that does without low bits; beyond it, too many coefficients add up. */
  private static final int COARSE_SIZE = 4;

  /**
   * The largest amount that missing low bits may contribute to a DC coefficient at reduced sizes.
   * The reconstruction is off by at most half of it, which is a quarter of a level.
   */
  private static final int FINE_DC = 4;

  /**
   * The same for AC coefficients: an error of 8 in one of them changes samples by up to 2 levels.
   */
  private static final int FINE_AC = 16;

  final FrameComponent component;
  final int idctSize;
  private final int last; // zigzag index of the last coefficient kept
  private final byte[] slots = new byte[64]; // index in a block per zigzag index, or −1
  private final short[][] rows;
  private final long[][] nonzero; // per block, bit k: coefficient k in zigzag order is not zero
  private final int[] precision = new int[64]; // Al of the last scan per zigzag index
  final int[] quantization; // in zigzag order
  private final int[] factors; // by slot, as the inverse DCT needs them
  private final int[] halves; // by slot, half a step of a coefficient that is not fully refined

  /**
   * Creates a plane without coefficients.
   *
   * @param quantization the table in effect at the component's first scan
   */
  CoefficientPlane(ComponentPlan planned, int[] quantization) {
    this.component = planned.component();
    this.idctSize = planned.idctSize();
    this.quantization = quantization;
    last = InverseDct.lastNeeded(idctSize);
    rows = new short[component.paddedBlocksY()][];
    nonzero = new long[idctSize == 1 ? 0 : component.paddedBlocksY()][];
    factors = new int[idctSize * idctSize];
    halves = new int[idctSize * idctSize];
    int[] dequantizer = InverseDct.dequantizer(idctSize, quantization);
    for (int k = 0; k < 64; k++) {
      int natural = Zigzag.natural(k);
      boolean needed = InverseDct.isNeeded(idctSize, natural);
      slots[k] = (byte) (needed ? (natural >> 3) * idctSize + (natural & 7) : -1);
      if (needed) {
        factors[slots[k]] = dequantizer[k];
      }
    }
    Arrays.fill(precision, UNSENT);
  }

  /** Returns the maximum number of bytes that a plane takes. */
  static long bytes(ComponentPlan planned) {
    FrameComponent component = planned.component();
    int idctSize = planned.idctSize();
    long blocks = (long) component.paddedBlocksX() * component.paddedBlocksY();
    return blocks * (2L * idctSize * idctSize + (idctSize == 1 ? 0 : Long.BYTES));
  }

  /** Returns the slot of a zigzag index within a block, or −1 if it is not kept. */
  int slot(int k) {
    return slots[k];
  }

  /** Returns a block row to write to. */
  short[] row(int y) {
    short[] row = rows[y];
    if (row == null) {
      row = new short[component.paddedBlocksX() * factors.length];
      rows[y] = row;
    }
    return row;
  }

  /** Returns the nonzero bits of a block row to write to. */
  long[] nonzeroRow(int y) {
    long[] row = nonzero[y];
    if (row == null) {
      row = new long[component.paddedBlocksX()];
      nonzero[y] = row;
    }
    return row;
  }

  /** Returns whether a scan can improve the picture. */
  boolean needs(ScanHeader scan) {
    if (scan.ss() == 0) {
      return scan.ah() == 0 || !isFine(0, scan.ah());
    }
    if (idctSize == 1 || idctSize == 8) {
      return idctSize == 8;
    }
    boolean worthwhile = scan.ss() <= last || isRefinementOf(scan.al());
    return scan.ah() == 0 ? worthwhile : worthwhile && continues(scan) && !areAcFine(scan.ah());
  }

  /**
   * Returns whether coefficients of this Al will be refined, which requires knowing all nonzero
   * ones, even those that are not kept.
   */
  boolean isRefinementOf(int al) {
    return al > 0 && !areAcFine(al);
  }

  /**
   * Returns whether every coefficient of a refinement scan has been decoded down to the preceding
   * bit.
   */
  private boolean continues(ScanHeader scan) {
    for (int k = scan.ss(); k <= scan.se(); k++) {
      if (precision[k] != scan.ah()) {
        return false;
      }
    }
    return true;
  }

  /** Records that a scan has been decoded. */
  void received(ScanHeader scan) {
    Arrays.fill(precision, scan.ss(), scan.se() + 1, scan.al());
  }

  /** Returns whether no further scan is needed. */
  boolean isComplete() {
    for (int k = 0; k <= last; k++) {
      if (slots[k] >= 0 && (precision[k] == UNSENT || !isFine(k, precision[k]))) {
        return false;
      }
    }
    return true;
  }

  private boolean areAcFine(int al) {
    for (int k = 1; k <= last; k++) {
      if (slots[k] >= 0 && !isFine(k, al)) {
        return false;
      }
    }
    return true;
  }

  private boolean isFine(int k, int al) {
    return al == 0
        || (idctSize <= COARSE_SIZE
            && quantization[k] * missing(al) <= (k == 0 ? FINE_DC : FINE_AC));
  }

  /** Returns the largest value of the low bits dropped by a point transform. */
  private static int missing(int al) {
    return (1 << al) - 1;
  }

  /** Prepares {@link #dequantize} for the precision that was reached. */
  void finish() {
    for (int k = 0; k <= last; k++) {
      if (slots[k] >= 0 && precision[k] > 0) {
        halves[slots[k]] = (factors[slots[k]] * missing(precision[k])) >> 1;
      }
    }
  }

  /** Returns whether no scan has reached a block row. */
  boolean isBlank(int y) {
    return rows[y] == null;
  }

  /**
   * Dequantizes blocks side by side. The point transform rounds DC values down and AC values
   * towards zero (T.81, G.1.2.1), so half of the largest missing amount is added, away from zero
   * for AC.
   *
   * <p>Loops over blocks, one coefficient at a time, of which C2 vectorizes the second.
   *
   * @param x the first block
   * @param batch receives the coefficients, one for each slot
   * @param blocks how many there are
   */
  void dequantize(int x, int y, IdctBatch batch, int blocks) {
    short[] row = rows[y];
    int[] lanes = batch.lanes;
    int size = factors.length;
    for (int b = 0; b < blocks; b++) {
      lanes[b] = dc(row[(x + b) * size]);
    }
    for (int slot = 1; slot < size; slot++) {
      int to = slot * IdctBatch.BLOCKS;
      spread(row, x * size + slot, size, lanes, to, blocks);
      scale(lanes, to, factors[slot], halves[slot]);
    }
  }

  private static void spread(short[] row, int from, int step, int[] lanes, int to, int blocks) {
    for (int b = 0, at = from; b < blocks; b++, at += step) {
      lanes[to + b] = row[at];
    }
  }

  private static void scale(int[] lanes, int from, int factor, int half) {
    for (int i = from; i < from + IdctBatch.BLOCKS; i++) {
      int value = lanes[i];
      int signum = value >> 31 | -value >>> 31;
      lanes[i] = value * factor + signum * half;
    }
  }

  /** Dequantizes a row of blocks of which only the means are needed. */
  void means(int y, byte[] out, int at, int blocks) {
    short[] row = rows[y];
    for (int x = 0; x < blocks; x++) {
      out[at + x] = InverseDct.mean(dc(row[x]));
    }
  }

  private int dc(int value) {
    return value * factors[0] + halves[0];
  }
}
