package dev.miniatura.heic;

import dev.miniatura.MalformedImageException;

/** Scaling factors of the inverse quantization (H.265, 7.3.4, 7.4.5). */
final class ScalingLists {

  private static final byte[] DEFAULT_INTRA = {
    16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 17, 16, 17, 16, 17, 18, //
    17, 18, 18, 17, 18, 21, 19, 20, 21, 20, 19, 21, 24, 22, 22, 24, //
    24, 22, 22, 24, 25, 25, 27, 30, 27, 25, 25, 29, 31, 35, 35, 31, //
    29, 36, 41, 44, 41, 36, 47, 54, 54, 47, 65, 70, 65, 88, 88, 115
  };
  private static final byte[] DEFAULT_INTER = {
    16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 17, 17, 17, 17, 17, 18, //
    18, 18, 18, 18, 18, 20, 20, 20, 20, 20, 20, 20, 24, 24, 24, 24, //
    24, 24, 24, 24, 25, 25, 25, 25, 25, 25, 25, 28, 28, 28, 28, 28, //
    28, 33, 33, 33, 33, 33, 41, 41, 41, 41, 54, 54, 54, 71, 71, 91
  };

  /** Table 7-5 and 7-6, used if the sequence enables scaling lists but sends none. */
  static final ScalingLists DEFAULT = defaults();

  // by sizeId and matrixId: coefficients in diagonal scan order, and the DC of sizes 16 and 32
  private final int[][][] lists = new int[4][6][];
  private final int[][] dc = new int[4][6];
  private final byte[][][] factors = new byte[4][6][];

  private static ScalingLists defaults() {
    ScalingLists all = new ScalingLists();
    for (int size = 0; size < 4; size++) {
      for (int matrix = 0; matrix < 6; matrix++) {
        all.setDefault(size, matrix);
      }
    }
    all.expand();
    return all;
  }

  /** Reads {@code scaling_list_data()}. */
  static ScalingLists read(BitReader in) throws MalformedImageException {
    ScalingLists all = new ScalingLists();
    for (int size = 0; size < 4; size++) {
      int step = size == 3 ? 3 : 1;
      for (int matrix = 0; matrix < 6; matrix += step) {
        if (in.flag()) {
          all.readList(in, size, matrix);
        } else {
          int delta = in.ue(matrix / step, "scaling_list_pred_matrix_id_delta") * step;
          if (delta == 0) {
            all.setDefault(size, matrix);
          } else {
            all.lists[size][matrix] = all.lists[size][matrix - delta];
            all.dc[size][matrix] = all.dc[size][matrix - delta];
          }
        }
      }
    }
    for (int matrix = 0; matrix < 6; matrix++) {
      if (matrix % 3 != 0) { // only 4:4:4 has chroma blocks of 32 (7.4.5)
        all.lists[3][matrix] = all.lists[2][matrix];
        all.dc[3][matrix] = all.dc[2][matrix];
      }
    }
    all.expand();
    return all;
  }

  private void readList(BitReader in, int size, int matrix) throws MalformedImageException {
    int next = 8;
    dc[size][matrix] = 16;
    if (size > 1) {
      next = in.se(-7, 247, "scaling_list_dc_coef_minus8") + 8;
      dc[size][matrix] = next;
    }
    int[] list = new int[size == 0 ? 16 : 64];
    for (int i = 0; i < list.length; i++) {
      next = (next + in.se(-128, 127, "scaling_list_delta_coef") + 256) & 0xff;
      list[i] = next;
    }
    lists[size][matrix] = list;
  }

  private void setDefault(int size, int matrix) {
    int[] list = new int[size == 0 ? 16 : 64];
    for (int i = 0; i < list.length; i++) {
      list[i] = size == 0 ? 16 : (matrix < 3 ? DEFAULT_INTRA : DEFAULT_INTER)[i];
    }
    lists[size][matrix] = list;
    dc[size][matrix] = 16;
  }

  private void expand() {
    for (int size = 0; size < 4; size++) {
      for (int matrix = 0; matrix < 6; matrix++) {
        factors[size][matrix] = expand(size, lists[size][matrix], dc[size][matrix]);
      }
    }
  }

  private static byte[] expand(int size, int[] list, int dc) {
    int log2 = size + 2;
    int shift = Math.max(0, size - 1);
    byte[] scan = Scan.positions(Scan.DIAGONAL, size == 0 ? 2 : 3);
    byte[] factors = new byte[1 << (2 * log2)];
    for (int i = 0; i < list.length; i++) {
      int log2List = size == 0 ? 2 : 3;
      int x = scan[i] & ((1 << log2List) - 1);
      int y = scan[i] >> log2List;
      for (int j = 0; j < 1 << (2 * shift); j++) {
        int column = (x << shift) + (j & ((1 << shift) - 1));
        int row = (y << shift) + (j >> shift);
        factors[(row << log2) + column] = (byte) list[i];
      }
    }
    if (size > 1) {
      factors[0] = (byte) dc;
    }
    return factors;
  }

  /**
   * Returns m[x][y] of intra blocks (8.6.4.2) as unsigned bytes, row by row.
   *
   * @param log2 log2 of the block's side, 2 to 5
   * @param component 0 to 2
   */
  byte[] factors(int log2, int component) {
    return factors[log2 - 2][component];
  }
}
