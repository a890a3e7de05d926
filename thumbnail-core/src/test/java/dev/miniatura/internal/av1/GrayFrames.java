package dev.miniatura.internal.av1;

import java.io.IOException;

/** Headers and samples of small gray pictures. */
final class GrayFrames {

  static final int SIDE = 64;

  private GrayFrames() {}

  /**
   * Returns a sequence header (clause 5.5): 8 bits, monochrome, no tools.
   *
   * @param layers whether the operating point has two spatial layers
   */
  static byte[] sequenceHeader(boolean layers) {
    BitWriter out = new BitWriter();
    out.bits(3, 0); // seq_profile
    out.bits(4, 0); // still_picture, reduced header, timing info, initial display delay
    out.bits(5, 0); // operating_points_cnt_minus_1
    out.bits(12, layers ? 0x301 : 0); // operating_point_idc
    out.bits(5, 0); // seq_level_idx
    out.bits(8, 0xff); // frame_width_bits_minus_1, frame_height_bits_minus_1
    out.bits(16, SIDE - 1);
    out.bits(16, SIDE - 1);
    out.bits(4, 0); // frame ids, 128 x 128 superblocks, filter intra, intra edge filter
    out.bits(5, 0); // interintra, masked, warped, dual filter, order hint
    out.bits(2, 3); // seq_choose_screen_content_tools, seq_choose_integer_mv
    out.bits(3, 0); // superres, cdef, restoration
    out.bits(4, 0b0101); // color_config: high_bitdepth, mono_chrome, description, color_range
    out.flag(false); // film_grain_params_present
    out.trail();
    return out.toByteArray();
  }

  /** Returns the header of a key frame that is shown (clause 5.9). */
  static byte[] keyFrameHeader() {
    BitWriter out = new BitWriter();
    out.bits(1, 0); // show_existing_frame
    out.bits(2, 0); // frame_type: KEY_FRAME
    out.flag(true); // show_frame
    out.bits(5, 0); // cdf update, screen content, size override, render size
    out.flag(true); // uniform_tile_spacing_flag
    out.bits(8, 80); // base_q_idx
    out.bits(4, 0); // DC delta, matrices, segmentation, delta_q_present
    out.bits(6, 0); // loop_filter_level
    out.bits(6, 0);
    out.bits(4, 0); // sharpness, mode and reference deltas
    out.bits(2, 0); // tx_mode_select, reduced_tx_set
    out.align();
    return out.toByteArray();
  }

  /** Returns the beginning of a frame that is predicted from others. */
  static byte[] interFrameHeader() {
    BitWriter out = new BitWriter();
    out.bits(1, 0); // show_existing_frame
    out.bits(2, 1); // frame_type: INTER_FRAME
    out.align();
    return out.toByteArray();
  }

  /** Returns the sample of a key frame of random content, all headers included. */
  static byte[] keyFrame(int seed) throws IOException {
    byte[] sequence = sequenceHeader(false);
    BitWriter out = new BitWriter();
    out.bits(16, 0x1200); // a temporal delimiter
    out.bytes(BitWriter.obu(1, sequence));
    out.bytes(BitWriter.obu(6, new RandomStream(seed, sequence, keyFrameHeader()).frameObu()));
    return out.toByteArray();
  }

  /** Returns the sample of a frame that is predicted from others. */
  static byte[] interFrame() {
    BitWriter out = new BitWriter();
    out.bits(16, 0x1200);
    out.bytes(BitWriter.obu(6, interFrameHeader()));
    return out.toByteArray();
  }
}
