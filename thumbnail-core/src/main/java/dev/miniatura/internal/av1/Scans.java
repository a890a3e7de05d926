package dev.miniatura.internal.av1;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The orders of coefficients (clause 9.2), made by rule: of the diagonals, those of a square run
 * down and up in turn, those of a tall rectangle down, those of a wide one up.
 */
final class Scans {

  private static final AtomicReferenceArray<short[]> TABLES = new AtomicReferenceArray<>(3 * 64);

  private Scans() {}

  /**
   * Returns get_scan( ): positions as row × width + column, at most 32 × 32.
   *
   * @param txClass of the type; IDTX is of two dimensions
   */
  static short[] scan(int txSize, int txClass) {
    int width = Math.min(Blocks.TX_WIDTH_LOG2[txSize], 5);
    int height = Math.min(Blocks.TX_HEIGHT_LOG2[txSize], 5);
    int key = txClass << 6 | width << 3 | height;
    short[] scan = TABLES.get(key);
    if (scan == null) {
      scan = make(1 << width, 1 << height, txClass);
      TABLES.set(key, scan);
    }
    return scan;
  }

  private static short[] make(int width, int height, int txClass) {
    short[] scan = new short[width * height];
    if (txClass == Modes.TX_CLASS_VERT) { // Mrow_Scan
      for (int i = 0; i < scan.length; i++) {
        scan[i] = (short) i;
      }
    } else if (txClass == Modes.TX_CLASS_HORIZ) { // Mcol_Scan
      for (int i = 0; i < scan.length; i++) {
        scan[i] = (short) (i % height * width + i / height);
      }
    } else {
      diagonals(scan, width, height);
    }
    return scan;
  }

  private static void diagonals(short[] scan, int width, int height) {
    int index = 0;
    for (int sum = 0; sum < width + height - 1; sum++) {
      boolean down = width < height || (width == height && (sum & 1) == 1);
      int first = Math.max(0, sum - width + 1);
      int last = Math.min(sum, height - 1);
      for (int i = first; i <= last; i++) {
        int row = down ? i : first + last - i;
        scan[index++] = (short) (row * width + sum - row);
      }
    }
  }
}
