package dev.miniatura.heic;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.codec.ColorDescription;

/**
 * The part of the video usability information (H.265, E.2.1) that is relevant for stills.
 *
 * @param color color of the samples
 * @param chromaLocation {@code chroma_sample_loc_type_top_field}, or −1 if absent
 */
record VideoUsability(ColorDescription color, int chromaLocation) {

  static final VideoUsability ABSENT = new VideoUsability(ColorDescription.UNSPECIFIED, -1);

  static VideoUsability read(BitReader in, int maxSubLayers) throws MalformedImageException {
    if (in.flag() && in.u(8) == 255) { // aspect_ratio_idc EXTENDED_SAR
      in.skip(32);
    }
    if (in.flag()) {
      in.skip(1); // overscan_appropriate_flag
    }
    ColorDescription color = ColorDescription.UNSPECIFIED;
    if (in.flag()) { // video_signal_type_present_flag
      in.skip(3);
      boolean fullRange = in.flag();
      color =
          in.flag()
              ? new ColorDescription(in.u(8), in.u(8), in.u(8), fullRange)
              : new ColorDescription(2, 2, 2, fullRange);
    }
    int chromaLocation = -1;
    if (in.flag()) { // chroma_loc_info_present_flag
      chromaLocation = in.ue(5, "chroma_sample_loc_type_top_field");
      in.skipUe();
    }
    skipRest(in, maxSubLayers);
    return new VideoUsability(color, chromaLocation);
  }

  private static void skipRest(BitReader in, int maxSubLayers) throws MalformedImageException {
    in.skip(3); // neutral_chroma_indication_flag, field_seq_flag, frame_field_info_present_flag
    if (in.flag()) { // default_display_window_flag
      for (int i = 0; i < 4; i++) {
        in.skipUe();
      }
    }
    if (in.flag()) { // vui_timing_info_present_flag
      in.skip(64);
      if (in.flag()) {
        in.skipUe();
      }
      if (in.flag()) {
        skipHrd(in, maxSubLayers);
      }
    }
    if (in.flag()) { // bitstream_restriction_flag
      in.skip(3);
      for (int i = 0; i < 5; i++) {
        in.skipUe();
      }
    }
  }

  /** Skips {@code hrd_parameters(1, maxSubLayers)} (E.2.2). */
  private static void skipHrd(BitReader in, int maxSubLayers) throws MalformedImageException {
    boolean nal = in.flag();
    boolean vcl = in.flag();
    boolean subPictures = false;
    if (nal || vcl) {
      subPictures = in.flag();
      in.skip((subPictures ? 19 : 0) + 8);
      in.skip((subPictures ? 4 : 0) + 15);
    }
    for (int i = 0; i <= maxSubLayers; i++) {
      boolean fixedGeneral = in.flag();
      boolean fixed = fixedGeneral || in.flag();
      boolean lowDelay = false;
      if (fixed) {
        in.skipUe();
      } else {
        lowDelay = in.flag();
      }
      int buffers = lowDelay ? 1 : in.ue(31, "cpb_cnt_minus1") + 1;
      for (int j = 0; j < buffers * ((nal ? 1 : 0) + (vcl ? 1 : 0)); j++) {
        for (int k = 0; k < (subPictures ? 4 : 2); k++) {
          in.skipUe();
        }
        in.skip(1);
      }
    }
  }
}
