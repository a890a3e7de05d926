package dev.miniatura.heic;

import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import org.jspecify.annotations.Nullable;

/** A picture parameter set (H.265, 7.3.2.3), as far as intra pictures need it. */
final class PictureParameters {

  private static final int SCREEN_CONTENT_EXTENSION =
      1 << 4; // among the seven flags after the range flag

  final int id;
  final int sequenceId;
  final boolean dependentSlices;
  final boolean outputFlagPresent;
  final int extraSliceHeaderBits;
  final boolean signDataHiding;
  final int initQp;
  final boolean transformSkip;
  final boolean cuQpDelta;
  final int diffCuQpDeltaDepth;
  final int cbQpOffset;
  final int crQpOffset;
  final boolean sliceChromaQpOffsets;
  final boolean transquantBypass;
  final boolean tiles;
  final boolean entropyCodingSync;
  final int tileColumns;
  final int tileRows;
  private final int @Nullable [] tileColumnWidths; // null if uniform
  private final int @Nullable [] tileRowHeights;
  final boolean loopFilterAcrossTiles;
  final boolean loopFilterAcrossSlices;
  final boolean deblockingOverride;
  final boolean deblockingDisabled;
  final int betaOffset;
  final int tcOffset;
  final @Nullable ScalingLists scalingLists;
  final boolean sliceHeaderExtension;
  final int log2MaxTransformSkip;
  final boolean crossComponentPrediction;
  final boolean chromaQpOffsetList;
  final int diffCuChromaQpOffsetDepth;
  final int[] cbQpOffsetList;
  final int[] crQpOffsetList;
  final int log2SaoOffsetScaleLuma;
  final int log2SaoOffsetScaleChroma;

  PictureParameters(BitReader in) throws MalformedImageException, UnsupportedImageException {
    id = in.ue(63, "pps_pic_parameter_set_id");
    sequenceId = in.ue(15, "pps_seq_parameter_set_id");
    dependentSlices = in.flag();
    outputFlagPresent = in.flag();
    extraSliceHeaderBits = in.u(3);
    signDataHiding = in.flag();
    in.skip(1); // cabac_init_present_flag
    in.skipUe(); // num_ref_idx_l0_default_active_minus1
    in.skipUe(); // num_ref_idx_l1_default_active_minus1
    initQp = in.se(-74, 25, "init_qp_minus26") + 26;
    in.skip(1); // constrained_intra_pred_flag: in intra pictures everything is intra
    transformSkip = in.flag();
    cuQpDelta = in.flag();
    diffCuQpDeltaDepth = cuQpDelta ? in.ue(3, "diff_cu_qp_delta_depth") : 0;
    cbQpOffset = in.se(-12, 12, "pps_cb_qp_offset");
    crQpOffset = in.se(-12, 12, "pps_cr_qp_offset");
    sliceChromaQpOffsets = in.flag();
    in.skip(2); // weighted prediction
    transquantBypass = in.flag();
    tiles = in.flag();
    entropyCodingSync = in.flag();
    tileColumns = tiles ? in.ue(1 << 14, "num_tile_columns_minus1") + 1 : 1;
    tileRows = tiles ? in.ue(1 << 14, "num_tile_rows_minus1") + 1 : 1;
    boolean uniform = !tiles || in.flag();
    tileColumnWidths = uniform ? null : readSizes(in, tileColumns);
    tileRowHeights = uniform ? null : readSizes(in, tileRows);
    loopFilterAcrossTiles = !tiles || in.flag();
    loopFilterAcrossSlices = in.flag();
    boolean control = in.flag();
    deblockingOverride = control && in.flag();
    deblockingDisabled = control && in.flag();
    boolean offsets = control && !deblockingDisabled;
    betaOffset = offsets ? in.se(-6, 6, "pps_beta_offset_div2") * 2 : 0;
    tcOffset = offsets ? in.se(-6, 6, "pps_tc_offset_div2") * 2 : 0;
    scalingLists = in.flag() ? ScalingLists.read(in) : null;
    in.skip(1); // lists_modification_present_flag
    in.skipUe(); // log2_parallel_merge_level_minus2
    sliceHeaderExtension = in.flag();
    boolean extension = in.flag();
    boolean range = extension && in.flag();
    if (extension && (in.u(7) & SCREEN_CONTENT_EXTENSION) != 0) {
      throw new UnsupportedImageException("HEIC: screen content extensions of HEVC");
    }
    log2MaxTransformSkip =
        range && transformSkip ? in.ue(3, "log2_max_transform_skip_block_size_minus2") + 2 : 2;
    crossComponentPrediction = range && in.flag();
    chromaQpOffsetList = range && in.flag();
    diffCuChromaQpOffsetDepth = chromaQpOffsetList ? in.ue(3, "diff_cu_chroma_qp_offset_depth") : 0;
    int length = chromaQpOffsetList ? in.ue(5, "chroma_qp_offset_list_len_minus1") + 1 : 0;
    cbQpOffsetList = new int[length];
    crQpOffsetList = new int[length];
    for (int i = 0; i < length; i++) {
      cbQpOffsetList[i] = in.se(-12, 12, "cb_qp_offset_list");
      crQpOffsetList[i] = in.se(-12, 12, "cr_qp_offset_list");
    }
    log2SaoOffsetScaleLuma = range ? in.ue(6, "log2_sao_offset_scale_luma") : 0;
    log2SaoOffsetScaleChroma = range ? in.ue(6, "log2_sao_offset_scale_chroma") : 0;
  }

  private static int[] readSizes(BitReader in, int count) throws MalformedImageException {
    int[] sizes = new int[count - 1];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = in.ue(1 << 16, "a tile's size") + 1;
    }
    return sizes;
  }

  /** Returns the first column of each tile column in CTBs, and the picture's width (6.5.1). */
  int[] columnBounds(int widthInCtbs) throws MalformedImageException {
    return bounds(tileColumns, tileColumnWidths, widthInCtbs);
  }

  /** Returns the first row of each tile row in CTBs, and the picture's height (6.5.1). */
  int[] rowBounds(int heightInCtbs) throws MalformedImageException {
    return bounds(tileRows, tileRowHeights, heightInCtbs);
  }

  private static int[] bounds(int count, int @Nullable [] sizes, int total)
      throws MalformedImageException {
    if (count > total) {
      throw Malformed.at(-1, "more tiles than coding tree blocks");
    }
    int[] bounds = new int[count + 1];
    for (int i = 1; i < count; i++) {
      bounds[i] = sizes == null ? (int) ((long) i * total / count) : bounds[i - 1] + sizes[i - 1];
      if (bounds[i] >= total) {
        throw Malformed.at(-1, "tiles are larger than the picture");
      }
    }
    bounds[count] = total;
    return bounds;
  }
}
