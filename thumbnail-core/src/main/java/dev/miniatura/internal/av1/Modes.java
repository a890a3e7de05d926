package dev.miniatura.internal.av1;

/** Intra modes and transform types, in the order of the specification. */
final class Modes {

  static final int DC_PRED = 0;
  static final int V_PRED = 1;
  static final int H_PRED = 2;
  static final int D67_PRED = 8;
  static final int SMOOTH_PRED = 9;
  static final int SMOOTH_V_PRED = 10;
  static final int SMOOTH_H_PRED = 11;
  static final int PAETH_PRED = 12;
  static final int UV_CFL_PRED = 13;

  static final int[] MODE_TO_ANGLE = {0, 90, 180, 45, 135, 113, 157, 203, 67, 0, 0, 0, 0};

  /** Intra_Mode_Context. */
  static final int[] CONTEXT = {0, 1, 2, 3, 4, 4, 4, 4, 3, 0, 1, 2, 0};

  static final int DCT_DCT = 0;
  static final int ADST_DCT = 1;
  static final int DCT_ADST = 2;
  static final int ADST_ADST = 3;
  static final int FLIPADST_DCT = 4;
  static final int DCT_FLIPADST = 5;
  static final int FLIPADST_FLIPADST = 6;
  static final int ADST_FLIPADST = 7;
  static final int FLIPADST_ADST = 8;
  static final int IDTX = 9;
  static final int V_DCT = 10;
  static final int H_DCT = 11;
  static final int V_ADST = 12;
  static final int H_ADST = 13;
  static final int V_FLIPADST = 14;
  static final int H_FLIPADST = 15;

  /** Mode_To_Txfm, by the mode of chroma. */
  static final int[] MODE_TO_TXFM = {
    DCT_DCT, ADST_DCT, DCT_ADST, DCT_DCT, ADST_ADST, ADST_DCT, DCT_ADST, DCT_ADST, ADST_DCT,
    ADST_ADST, ADST_DCT, DCT_ADST, ADST_ADST, DCT_DCT
  };

  static final int TX_CLASS_2D = 0;
  static final int TX_CLASS_HORIZ = 1;
  static final int TX_CLASS_VERT = 2;

  private Modes() {}

  static boolean directional(int mode) {
    return mode >= V_PRED && mode <= D67_PRED;
  }

  static boolean smooth(int mode) {
    return mode >= SMOOTH_PRED && mode <= SMOOTH_H_PRED;
  }

  /** Returns get_tx_class( ). */
  static int txClass(int txType) {
    if (txType < V_DCT) {
      return TX_CLASS_2D;
    }
    return (txType & 1) == 0 ? TX_CLASS_VERT : TX_CLASS_HORIZ;
  }
}
