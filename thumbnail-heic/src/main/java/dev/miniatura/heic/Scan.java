package dev.miniatura.heic;

/** Scan orders of coefficients (H.265, 6.5.3 to 6.5.5). */
final class Scan {

  static final int DIAGONAL = 0;
  static final int HORIZONTAL = 1;
  static final int VERTICAL = 2;

  private static final byte[][][] POSITIONS = new byte[3][4][];

  static {
    for (int log2 = 0; log2 < 4; log2++) {
      POSITIONS[DIAGONAL][log2] = diagonal(log2);
      POSITIONS[HORIZONTAL][log2] = straight(log2, false);
      POSITIONS[VERTICAL][log2] = straight(log2, true);
    }
  }

  private static final byte[][][] INDICES = new byte[3][4][];

  static {
    for (int order = 0; order < 3; order++) {
      for (int log2 = 0; log2 < 4; log2++) {
        byte[] positions = POSITIONS[order][log2];
        INDICES[order][log2] = new byte[positions.length];
        for (int i = 0; i < positions.length; i++) {
          INDICES[order][log2][positions[i]] = (byte) i;
        }
      }
    }
  }

  private Scan() {}

  /** Returns the index in a scan of a position, {@code y << log2 | x}. */
  static int indexOf(int order, int log2, int position) {
    return INDICES[order][log2][position];
  }

  /**
   * Returns the positions of a square block in scan order, each as {@code y << log2 | x}.
   *
   * @param order {@code scanIdx}
   * @param log2 log2 of the side, 0 to 3
   */
  static byte[] positions(int order, int log2) {
    return POSITIONS[order][log2];
  }

  private static byte[] diagonal(int log2) {
    int size = 1 << log2;
    byte[] positions = new byte[size * size];
    int i = 0;
    for (int sum = 0; sum < 2 * size - 1; sum++) {
      for (int x = Math.max(0, sum - size + 1); x <= Math.min(sum, size - 1); x++) {
        positions[i++] = (byte) ((sum - x) << log2 | x);
      }
    }
    return positions;
  }

  private static byte[] straight(int log2, boolean vertical) {
    int size = 1 << log2;
    byte[] positions = new byte[size * size];
    for (int i = 0; i < positions.length; i++) {
      int major = i >> log2;
      int minor = i & (size - 1);
      positions[i] = (byte) (vertical ? minor << log2 | major : major << log2 | minor);
    }
    return positions;
  }
}
