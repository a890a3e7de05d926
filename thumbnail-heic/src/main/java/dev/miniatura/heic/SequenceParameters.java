package dev.miniatura.heic;

import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.codec.PictureFormat;
import org.jspecify.annotations.Nullable;

/** A sequence parameter set (H.265, 7.3.2.2), as far as intra pictures need it. */
final class SequenceParameters {

  private static final int SCREEN_CONTENT_EXTENSION =
      1 << 4; // among the seven flags after the range flag

  final int id;
  final int chromaFormat; // chroma_format_idc
  final boolean separatePlanes;
  final int width;
  final int height;
  final int cropLeft; // in luma samples
  final int cropRight;
  final int cropTop;
  final int cropBottom;
  final int bitDepthLuma;
  final int bitDepthChroma;
  final int log2MaxPocLsb;
  final int log2MinCb;
  final int log2Ctb;
  final int log2MinTb;
  final int log2MaxTb;
  final int maxHierarchyDepthIntra;
  final boolean scalingListEnabled;
  final @Nullable ScalingLists scalingLists;
  final boolean saoEnabled;
  final boolean pcmEnabled;
  final int pcmBitDepthLuma;
  final int pcmBitDepthChroma;
  final int log2MinPcm;
  final int log2MaxPcm;
  final boolean pcmLoopFilterDisabled;
  final ReferencePictureSets referenceSets;
  final boolean strongIntraSmoothing;
  final VideoUsability usability;
  final boolean transformSkipRotation;
  final boolean transformSkipContext;
  final boolean implicitRdpcm;
  final boolean intraSmoothingDisabled;
  final boolean persistentRice;

  SequenceParameters(BitReader in) throws MalformedImageException, UnsupportedImageException {
    in.skip(4); // sps_video_parameter_set_id
    int maxSubLayers = in.u(3);
    in.skip(1); // sps_temporal_id_nesting_flag
    skipProfileTierLevel(in, maxSubLayers);
    id = in.ue(15, "sps_seq_parameter_set_id");
    chromaFormat = in.ue(3, "chroma_format_idc");
    separatePlanes = chromaFormat == 3 && in.flag();
    if (separatePlanes) {
      throw new UnsupportedImageException("HEIC: separate color planes");
    }
    width = in.ue(1 << 20, "pic_width_in_luma_samples");
    height = in.ue(1 << 20, "pic_height_in_luma_samples");
    boolean window = in.flag();
    int unitX = chromaFormat == 1 || chromaFormat == 2 ? 2 : 1;
    int unitY = chromaFormat == 1 ? 2 : 1;
    cropLeft = window ? in.ue(width, "conf_win_left_offset") * unitX : 0;
    cropRight = window ? in.ue(width, "conf_win_right_offset") * unitX : 0;
    cropTop = window ? in.ue(height, "conf_win_top_offset") * unitY : 0;
    cropBottom = window ? in.ue(height, "conf_win_bottom_offset") * unitY : 0;
    bitDepthLuma = in.ue(8, "bit_depth_luma_minus8") + 8;
    bitDepthChroma = in.ue(8, "bit_depth_chroma_minus8") + 8;
    log2MaxPocLsb = in.ue(12, "log2_max_pic_order_cnt_lsb_minus4") + 4;
    for (int i = in.flag() ? 0 : maxSubLayers; i <= maxSubLayers; i++) {
      in.skipUe(); // sps_max_dec_pic_buffering_minus1
      in.skipUe(); // sps_max_num_reorder_pics
      in.skipUe(); // sps_max_latency_increase_plus1
    }
    log2MinCb = in.ue(3, "log2_min_luma_coding_block_size_minus3") + 3;
    log2Ctb = in.ue(3, "log2_diff_max_min_luma_coding_block_size") + log2MinCb;
    log2MinTb = in.ue(3, "log2_min_luma_transform_block_size_minus2") + 2;
    log2MaxTb = in.ue(3, "log2_diff_max_min_luma_transform_block_size") + log2MinTb;
    checkSizes(in);
    in.skipUe(); // max_transform_hierarchy_depth_inter
    maxHierarchyDepthIntra = in.ue(log2Ctb - log2MinTb, "max_transform_hierarchy_depth_intra");
    scalingListEnabled = in.flag();
    scalingLists = scalingListEnabled && in.flag() ? ScalingLists.read(in) : null;
    in.skip(1); // amp_enabled_flag
    saoEnabled = in.flag();
    pcmEnabled = in.flag();
    pcmBitDepthLuma = pcmEnabled ? in.u(4) + 1 : 0;
    pcmBitDepthChroma = pcmEnabled ? in.u(4) + 1 : 0;
    log2MinPcm = pcmEnabled ? in.ue(2, "log2_min_pcm_luma_coding_block_size_minus3") + 3 : 0;
    log2MaxPcm =
        pcmEnabled ? in.ue(2, "log2_diff_max_min_pcm_luma_coding_block_size") + log2MinPcm : 0;
    pcmLoopFilterDisabled = pcmEnabled && in.flag();
    if (pcmBitDepthLuma > bitDepthLuma
        || pcmBitDepthChroma > bitDepthChroma
        || log2MaxPcm > Math.min(log2Ctb, 5)) {
      throw in.malformed("PCM parameters are out of range");
    }
    referenceSets = new ReferencePictureSets(in, log2MaxPocLsb);
    strongIntraSmoothing = in.flag();
    usability = in.flag() ? VideoUsability.read(in, maxSubLayers) : VideoUsability.ABSENT;
    boolean extension = in.flag();
    boolean range = extension && in.flag();
    if (extension && (in.u(7) & SCREEN_CONTENT_EXTENSION) != 0) {
      throw new UnsupportedImageException("HEIC: screen content extensions of HEVC");
    }
    transformSkipRotation = range && in.flag();
    transformSkipContext = range && in.flag();
    implicitRdpcm = range && in.flag();
    if (range) {
      in.skip(1); // explicit_rdpcm_enabled_flag is for inter blocks
      if (in.flag()) {
        throw new UnsupportedImageException("HEIC: HEVC with extended_precision_processing_flag");
      }
    }
    intraSmoothingDisabled = range && in.flag();
    if (range) {
      in.skip(1); // high_precision_offsets_enabled_flag is for weighted prediction
    }
    persistentRice = range && in.flag();
    if (range && in.flag()) {
      throw new UnsupportedImageException("HEIC: HEVC with cabac_bypass_alignment_enabled_flag");
    }
  }

  private void checkSizes(BitReader in) throws MalformedImageException {
    if (log2Ctb < 4 || log2Ctb > 6) {
      throw in.malformed("the coding tree block is not of 16, 32 or 64");
    }
    if (log2MinTb >= log2MinCb || log2MaxTb > Math.min(log2Ctb, 5)) {
      throw in.malformed("transform block sizes are out of range");
    }
    int minCb = 1 << log2MinCb;
    if (width == 0 || height == 0 || width % minCb != 0 || height % minCb != 0) {
      throw in.malformed("the size is not a multiple of the smallest coding block");
    }
    if ((long) cropLeft + cropRight >= width || (long) cropTop + cropBottom >= height) {
      throw in.malformed("the conformance window is empty");
    }
  }

  private static void skipProfileTierLevel(BitReader in, int maxSubLayers)
      throws MalformedImageException {
    in.skip(96);
    boolean[] profile = new boolean[8];
    boolean[] level = new boolean[8];
    for (int i = 0; i < maxSubLayers; i++) {
      profile[i] = in.flag();
      level[i] = in.flag();
    }
    if (maxSubLayers > 0) {
      in.skip(2L * (8 - maxSubLayers));
    }
    for (int i = 0; i < maxSubLayers; i++) {
      in.skip((profile[i] ? 88 : 0) + (level[i] ? 8 : 0));
    }
  }

  /** Returns log2 of the horizontal distance of chroma samples, in luma samples. */
  int chromaShiftX() {
    return chromaFormat == 1 || chromaFormat == 2 ? 1 : 0;
  }

  /** Returns log2 of the vertical distance of chroma samples, in luma samples. */
  int chromaShiftY() {
    return chromaFormat == 1 ? 1 : 0;
  }

  int bitDepth(int component) {
    return component == 0 ? bitDepthLuma : bitDepthChroma;
  }

  int widthInCtbs() {
    return (width + (1 << log2Ctb) - 1) >> log2Ctb;
  }

  int heightInCtbs() {
    return (height + (1 << log2Ctb) - 1) >> log2Ctb;
  }

  /** Returns the format of pictures within the conformance window. */
  PictureFormat format() {
    return new PictureFormat(
        width - cropLeft - cropRight,
        height - cropTop - cropBottom,
        chromaFormat == 0 ? 1 : 3,
        chromaShiftX(),
        chromaShiftY(),
        bitDepthLuma,
        bitDepthChroma,
        usability.color(),
        usability.chromaLocation());
  }
}
