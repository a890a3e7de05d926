package dev.miniatura.internal.av1;

/**
 * The positions of a tile's cumulative distributions in one array, and their defaults (clause 9.3).
 * A distribution of N values takes N + 1 entries: 32768 minus the cumulative probability of each
 * value, the last of which is 0, then the number of its uses.
 */
final class Cdfs {

  static final int Y_MODE = 0; // [ 5 ][ 5 ], 13 values
  static final int UV_MODE = Y_MODE + 25 * 14; // [ 13 ], 13 values: without CfL
  static final int UV_MODE_CFL = UV_MODE + 13 * 14; // [ 13 ], 14 values
  static final int ANGLE_DELTA = UV_MODE_CFL + 13 * 15; // [ 8 ], 7 values
  static final int INTRABC = ANGLE_DELTA + 8 * 8;
  static final int PARTITION_8 = INTRABC + 3; // [ 4 ], 4 values
  static final int PARTITION_16 = PARTITION_8 + 4 * 5; // [ 3 ][ 4 ], 10 values: 16, 32, 64
  static final int PARTITION_128 = PARTITION_16 + 12 * 11; // [ 4 ], 8 values
  static final int SEGMENT_ID = PARTITION_128 + 4 * 9; // [ 3 ], 8 values
  static final int SKIP = SEGMENT_ID + 3 * 9; // [ 3 ]
  static final int DELTA_Q = SKIP + 3 * 3; // 4 values
  static final int DELTA_LF = DELTA_Q + 5; // 4 values
  static final int TX_8 = DELTA_LF + 5; // [ 3 ], 2 values
  static final int TX_16 = TX_8 + 3 * 3; // [ 3 ][ 3 ], 3 values: 16, 32, 64
  static final int TXFM_SPLIT = TX_16 + 9 * 4; // [ 21 ]
  static final int FILTER_INTRA_MODE = TXFM_SPLIT + 21 * 3; // 5 values
  static final int FILTER_INTRA = FILTER_INTRA_MODE + 6; // [ 22 ]
  static final int PALETTE_Y_MODE = FILTER_INTRA + 22 * 3; // [ 7 ][ 3 ]
  static final int PALETTE_UV_MODE = PALETTE_Y_MODE + 21 * 3; // [ 2 ]
  static final int PALETTE_Y_SIZE = PALETTE_UV_MODE + 2 * 3; // [ 7 ], 7 values
  static final int PALETTE_UV_SIZE = PALETTE_Y_SIZE + 7 * 8; // [ 7 ], 7 values
  static final int PALETTE_Y_COLOR = PALETTE_UV_SIZE + 7 * 8; // n = 2..8: [ 5 ], n values
  static final int PALETTE_UV_COLOR = PALETTE_Y_COLOR + paletteColor(9);
  static final int CFL_SIGN = PALETTE_UV_COLOR + paletteColor(9); // 8 values
  static final int CFL_ALPHA = CFL_SIGN + 9; // [ 6 ], 16 values
  static final int USE_WIENER = CFL_ALPHA + 6 * 17;
  static final int USE_SGRPROJ = USE_WIENER + 3;
  static final int RESTORATION_TYPE = USE_SGRPROJ + 3; // 3 values
  static final int INTRA_TX_1 = RESTORATION_TYPE + 4; // [ 2 ][ 13 ], 7 values
  static final int INTRA_TX_2 = INTRA_TX_1 + 26 * 8; // [ 3 ][ 13 ], 5 values
  static final int INTER_TX_1 = INTRA_TX_2 + 39 * 6; // [ 2 ], 16 values
  static final int INTER_TX_2 = INTER_TX_1 + 2 * 17; // 12 values
  static final int INTER_TX_3 = INTER_TX_2 + 13; // [ 4 ], 2 values
  static final int MV_JOINT = INTER_TX_3 + 4 * 3; // 4 values
  static final int MV_COMPONENT = MV_JOINT + 5; // [ 2 ] of the following
  static final int MV_CLASS = 0; // within a component, 11 values
  static final int MV_CLASS0_BIT = MV_CLASS + 12;
  static final int MV_BIT = MV_CLASS0_BIT + 3; // [ 10 ]
  static final int MV_SIGN = MV_BIT + 10 * 3;
  static final int MV_COMPONENT_SIZE = MV_SIGN + 3;
  static final int DELTA_LF_MULTI = MV_COMPONENT + 2 * MV_COMPONENT_SIZE; // [ 4 ], 4 values

  // Distributions of coefficients, by quantizer.
  static final int TXB_SKIP = DELTA_LF_MULTI + 4 * 5; // [ 5 ][ 13 ]
  static final int EOB_PT_16 = TXB_SKIP + 65 * 3; // [ 2 ][ 2 ], 5 values
  static final int EOB_PT_32 = EOB_PT_16 + 4 * 6; // 6 values
  static final int EOB_PT_64 = EOB_PT_32 + 4 * 7; // 7 values
  static final int EOB_PT_128 = EOB_PT_64 + 4 * 8; // 8 values
  static final int EOB_PT_256 = EOB_PT_128 + 4 * 9; // 9 values
  static final int EOB_PT_512 = EOB_PT_256 + 4 * 10; // [ 2 ], 10 values
  static final int EOB_PT_1024 = EOB_PT_512 + 2 * 11; // [ 2 ], 11 values
  static final int EOB_EXTRA = EOB_PT_1024 + 2 * 12; // [ 5 ][ 2 ][ 9 ]
  static final int DC_SIGN = EOB_EXTRA + 90 * 3; // [ 2 ][ 3 ]
  static final int COEFF_BASE_EOB = DC_SIGN + 6 * 3; // [ 5 ][ 2 ][ 4 ], 3 values
  static final int COEFF_BASE = COEFF_BASE_EOB + 40 * 4; // [ 5 ][ 2 ][ 42 ], 4 values
  static final int COEFF_BR = COEFF_BASE + 420 * 5; // [ 5 ][ 2 ][ 21 ], 4 values
  static final int SIZE = COEFF_BR + 210 * 5;

  private static final int Q_CONTEXTS = 4;

  /**
   * Returns the number of entries of the color distributions of palettes smaller than {@code size}.
   */
  static int paletteColor(int size) {
    return 5 * ((size + 3) * (size - 2) / 2); // 5 contexts of 3 + 4 + ... + size entries
  }

  private Cdfs() {}

  /** Returns the defaults for a frame, which must not be changed. */
  static char[] defaults(int baseQIndex) {
    int context = baseQIndex <= 20 ? 0 : baseQIndex <= 60 ? 1 : baseQIndex <= 120 ? 2 : 3;
    return Defaults.ALL[context];
  }

  /** Loaded with the first frame. */
  private static final class Defaults {

    static final char[][] ALL = load();

    private static char[][] load() {
      char[] common = new char[SIZE];
      TableReader in = new TableReader("cdfs.txt");
      fill(common, Y_MODE, in.next("Intra_Frame_Y_Mode", 300), 13);
      fill(common, UV_MODE, in.next("Uv_Mode_Cfl_Not_Allowed", 156), 13);
      fill(common, UV_MODE_CFL, in.next("Uv_Mode_Cfl_Allowed", 169), 14);
      fill(common, ANGLE_DELTA, in.next("Angle_Delta", 48), 7);
      fill(common, INTRABC, in.next("Intrabc", 1), 2);
      fill(common, PARTITION_8, in.next("Partition_W8", 12), 4);
      fill(common, PARTITION_16, in.next("Partition_W16", 36), 10);
      fill(common, PARTITION_16 + 44, in.next("Partition_W32", 36), 10);
      fill(common, PARTITION_16 + 88, in.next("Partition_W64", 36), 10);
      fill(common, PARTITION_128, in.next("Partition_W128", 28), 8);
      fill(common, SEGMENT_ID, in.next("Segment_Id", 21), 8);
      fill(common, SKIP, in.next("Skip", 3), 2);
      fill(common, DELTA_Q, in.next("Delta_Q", 3), 4);
      int[] deltaLf = in.next("Delta_Lf", 3);
      fill(common, DELTA_LF, deltaLf, 4);
      for (int i = 0; i < 4; i++) {
        fill(common, DELTA_LF_MULTI + 5 * i, deltaLf, 4);
      }
      fill(common, TX_8, in.next("Tx_8x8", 3), 2);
      fill(common, TX_16, in.next("Tx_16x16", 6), 3);
      fill(common, TX_16 + 12, in.next("Tx_32x32", 6), 3);
      fill(common, TX_16 + 24, in.next("Tx_64x64", 6), 3);
      fill(common, TXFM_SPLIT, in.next("Txfm_Split", 21), 2);
      fill(common, FILTER_INTRA_MODE, in.next("Filter_Intra_Mode", 4), 5);
      fill(common, FILTER_INTRA, in.next("Filter_Intra", 22), 2);
      fill(common, PALETTE_Y_MODE, in.next("Palette_Y_Mode", 21), 2);
      fill(common, PALETTE_UV_MODE, in.next("Palette_Uv_Mode", 2), 2);
      fill(common, PALETTE_Y_SIZE, in.next("Palette_Y_Size", 42), 7);
      fill(common, PALETTE_UV_SIZE, in.next("Palette_Uv_Size", 42), 7);
      paletteColors(common, PALETTE_Y_COLOR, in, "_Y_Color");
      paletteColors(common, PALETTE_UV_COLOR, in, "_Uv_Color");
      fill(common, CFL_SIGN, in.next("Cfl_Sign", 7), 8);
      fill(common, CFL_ALPHA, in.next("Cfl_Alpha", 90), 16);
      fill(common, USE_WIENER, in.next("Use_Wiener", 1), 2);
      fill(common, USE_SGRPROJ, in.next("Use_Sgrproj", 1), 2);
      fill(common, RESTORATION_TYPE, in.next("Restoration_Type", 2), 3);
      fill(common, INTRA_TX_1, in.next("Intra_Tx_Set1", 156), 7);
      fill(common, INTRA_TX_2, in.next("Intra_Tx_Set2", 156), 5);
      fill(common, INTER_TX_1, in.next("Inter_Tx_Set1", 30), 16);
      fill(common, INTER_TX_2, in.next("Inter_Tx_Set2", 11), 12);
      fill(common, INTER_TX_3, in.next("Inter_Tx_Set3", 4), 2);
      motionVectors(common, in);
      return coefficients(common, in);
    }

    private static void paletteColors(char[] to, int at, TableReader in, String suffix) {
      for (int n = 2; n <= 8; n++) {
        fill(to, at + paletteColor(n), in.next("Palette_Size_" + n + suffix, 5 * (n - 1)), n);
      }
    }

    private static void motionVectors(char[] to, TableReader in) {
      fill(to, MV_JOINT, in.next("Mv_Joint", 3), 4);
      int[] classes = in.next("Mv_Class", 10);
      int[] class0Bit = in.next("Mv_Class0_Bit", 1);
      int[] bits = in.next("Mv_Bit", 10);
      for (int i = 0; i < 2; i++) {
        int at = MV_COMPONENT + i * MV_COMPONENT_SIZE;
        fill(to, at + MV_CLASS, classes, 11);
        fill(to, at + MV_CLASS0_BIT, class0Bit, 2);
        fill(to, at + MV_BIT, bits, 2);
        fill(to, at + MV_SIGN, new int[] {128 * 128}, 2);
      }
    }

    private static char[][] coefficients(char[] common, TableReader in) {
      char[][] all = new char[Q_CONTEXTS][];
      for (int i = 0; i < Q_CONTEXTS; i++) {
        all[i] = common.clone();
      }
      split(all, TXB_SKIP, in.next("Txb_Skip", 260), 2);
      split(all, EOB_PT_16, in.next("Eob_Pt_16", 64), 5);
      split(all, EOB_PT_32, in.next("Eob_Pt_32", 80), 6);
      split(all, EOB_PT_64, in.next("Eob_Pt_64", 96), 7);
      split(all, EOB_PT_128, in.next("Eob_Pt_128", 112), 8);
      split(all, EOB_PT_256, in.next("Eob_Pt_256", 128), 9);
      split(all, EOB_PT_512, in.next("Eob_Pt_512", 72), 10);
      split(all, EOB_PT_1024, in.next("Eob_Pt_1024", 80), 11);
      split(all, EOB_EXTRA, in.next("Eob_Extra", 360), 2);
      split(all, DC_SIGN, in.next("Dc_Sign", 24), 2);
      split(all, COEFF_BASE_EOB, in.next("Coeff_Base_Eob", 320), 3);
      split(all, COEFF_BASE, in.next("Coeff_Base", 5040), 4);
      split(all, COEFF_BR, in.next("Coeff_Br", 2520), 4);
      return all;
    }

    private static void split(char[][] to, int at, int[] values, int count) {
      int part = values.length / Q_CONTEXTS;
      for (int i = 0; i < Q_CONTEXTS; i++) {
        fill(to[i], at, values, i * part, part, count);
      }
    }

    private static void fill(char[] to, int at, int[] values, int count) {
      fill(to, at, values, 0, values.length, count);
    }

    private static void fill(char[] to, int at, int[] values, int from, int length, int count) {
      int index = at;
      for (int i = from; i < from + length; i += count - 1) {
        for (int k = 0; k < count - 1; k++) {
          to[index + k] = (char) (32768 - values[i + k]);
        }
        index += count + 1;
      }
    }
  }
}
