package dev.miniatura.heic;

/**
 * Context variables of I slices (H.265, 9.3.2.2): the first index for each syntax element, and the
 * initial values. A state is {@code pStateIdx << 1 | valMps} in a byte.
 */
final class Contexts {

  static final int SAO_MERGE = 0;
  static final int SAO_TYPE = 1;
  static final int SPLIT_CU = 2;
  static final int TRANSQUANT_BYPASS = 5;
  static final int PART_MODE = 6;
  static final int PREV_INTRA_LUMA_PRED = 7;
  static final int INTRA_CHROMA_PRED = 8;
  static final int SPLIT_TRANSFORM = 9;
  static final int CBF_LUMA = 12;
  static final int CBF_CHROMA = 14;
  static final int CU_QP_DELTA = 19;
  static final int TRANSFORM_SKIP = 21;
  static final int LAST_X = 23;
  static final int LAST_Y = 41;
  static final int CODED_SUB_BLOCK = 59;
  static final int SIG_COEFF = 63;
  static final int SIG_COEFF_SKIP = 105; // transform_skip_context_enabled_flag: luma, chroma
  static final int GREATER1 = 107;
  static final int GREATER2 = 131;
  static final int CU_CHROMA_QP_OFFSET_FLAG = 137;
  static final int CU_CHROMA_QP_OFFSET_IDX = 138;
  static final int LOG2_RES_SCALE = 139;
  static final int RES_SCALE_SIGN = 147;
  static final int COUNT = 149;

  /** Tables 9-5 to 9-37, the columns of initType 0. */
  private static final int[] INIT = {
    153, // sao_merge_left_flag, sao_merge_up_flag
    200, // sao_type_idx_luma, sao_type_idx_chroma
    139,
    141,
    157, // split_cu_flag
    154, // cu_transquant_bypass_flag
    184, // part_mode
    184, // prev_intra_luma_pred_flag
    63, // intra_chroma_pred_mode
    153,
    138,
    138, // split_transform_flag
    111,
    141, // cbf_luma
    94,
    138,
    182,
    154,
    154, // cbf_cb, cbf_cr
    154,
    154, // cu_qp_delta_abs
    139,
    139, // transform_skip_flag
    110,
    110,
    124,
    125,
    140,
    153,
    125,
    127,
    140,
    109,
    111,
    143,
    127,
    111,
    79,
    108,
    123,
    63, // x
    110,
    110,
    124,
    125,
    140,
    153,
    125,
    127,
    140,
    109,
    111,
    143,
    127,
    111,
    79,
    108,
    123,
    63, // y
    91,
    171,
    134,
    141, // coded_sub_block_flag
    111,
    111,
    125,
    110,
    110,
    94,
    124,
    108,
    124,
    107,
    125,
    141,
    179,
    153, // sig_coeff_flag
    125,
    107,
    125,
    141,
    179,
    153,
    125,
    107,
    125,
    141,
    179,
    153,
    125,
    140, //
    139,
    182,
    182,
    152,
    136,
    152,
    136,
    153,
    136,
    139,
    111,
    136,
    139,
    111, //
    141,
    111, // sig_coeff_flag with transform_skip_context_enabled_flag
    140,
    92,
    137,
    138,
    140,
    152,
    138,
    139,
    153,
    74,
    149,
    92, // coeff_abs_level_greater1_flag
    139,
    107,
    122,
    152,
    140,
    179,
    166,
    182,
    140,
    227,
    122,
    197, //
    138,
    153,
    136,
    167,
    152,
    152, // coeff_abs_level_greater2_flag
    154, // cu_chroma_qp_offset_flag
    154, // cu_chroma_qp_offset_idx
    154,
    154,
    154,
    154,
    154,
    154,
    154,
    154, // log2_res_scale_abs_plus1
    154,
    154 // res_scale_sign_flag
  };

  private Contexts() {}

  /** Initializes every state for a slice's quantization parameter (9.3.2.2). */
  static void initialize(byte[] states, int sliceQp) {
    int qp = Math.max(0, Math.min(51, sliceQp));
    for (int i = 0; i < COUNT; i++) {
      int slope = (INIT[i] >> 4) * 5 - 45;
      int offset = ((INIT[i] & 15) << 3) - 16;
      int start = Math.max(1, Math.min(126, ((slope * qp) >> 4) + offset));
      states[i] = (byte) (start <= 63 ? (63 - start) << 1 : (start - 64) << 1 | 1);
    }
  }
}
