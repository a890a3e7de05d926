package dev.miniatura.internal.av1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.ImageSource;
import dev.miniatura.MalformedImageException;
import dev.miniatura.Thumbnail;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.testing.HeifMaker;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** AVIF pictures in two spatial layers, of which the higher one is predicted from the lower. */
class LayersTest {

  private static final int SIDE = 64;
  private static final ThumbnailSpec SPEC = ThumbnailSpec.fit(32, 32);

  @Test
  void render_layersThatAreInterFrames_showsTheLowestWithANote() throws Exception {
    Thumbnail thumbnail = Thumbnailer.create().render(layered(SIDE), SPEC);
    assertThat(thumbnail.width()).isEqualTo(32);
    assertThat(thumbnail.notes())
        .containsExactly("AVIF: layers beyond the lowest are inter frames; not shown");
    ThumbnailSpec strict = SPEC.strict(true);
    assertThatThrownBy(() -> Thumbnailer.create().render(layered(SIDE), strict))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("layers beyond the lowest");
  }

  @Test
  void render_lowestLayerThatIsSmaller_isEnlargedWithANote() throws Exception {
    Thumbnailer thumbnailer = Thumbnailer.create();
    Thumbnail small = thumbnailer.render(layered(2 * SIDE), SPEC);
    Thumbnail same = thumbnailer.render(layered(SIDE), SPEC);
    assertThat(small.notes())
        .containsExactly(
            "AVIF: layers beyond the lowest are inter frames; the lowest is shown, of 64 x 64");
    assertThat(small.bytes()).isEqualTo(same.bytes());
    Thumbnail large = thumbnailer.render(layered(2 * SIDE), ThumbnailSpec.fit(128, 128));
    assertThat(large.width()).isEqualTo(128);
    assertThat(large.source().width()).isEqualTo(128);
  }

  @Test
  void render_cutOutOfASmallerLayer_isThatPartOfIt() throws Exception {
    byte[] cut = HeifMaker.clap(2 * SIDE, 2 * SIDE, 0, 32, 2 * SIDE, SIDE);
    byte[] cutOfSmall = HeifMaker.clap(SIDE, SIDE, 0, 16, SIDE, SIDE / 2);
    Thumbnailer thumbnailer = Thumbnailer.create();
    Thumbnail cutThere = thumbnailer.render(layered(2 * SIDE, cut), SPEC);
    Thumbnail cutHere = thumbnailer.render(layered(SIDE, cutOfSmall), SPEC);
    assertThat(cutThere.bytes()).isEqualTo(cutHere.bytes());
    assertThat(cutThere.height()).isEqualTo(16);
  }

  /** Returns a file whose picture is of that size, and its lowest layer of {@link #SIDE}. */
  private static ImageSource layered(int size, byte[]... more) throws IOException {
    byte[] sequence = sequenceHeader();
    BitWriter interFrame = new BitWriter();
    interFrame.bits(1, 0); // show_existing_frame
    interFrame.bits(2, 1); // frame_type: INTER_FRAME
    interFrame.align();
    BitWriter item = new BitWriter();
    item.bytes(BitWriter.obu(1, sequence));
    item.bytes(
        BitWriter.layerObu(6, 0, new RandomStream(1, sequence, keyFrameHeader()).frameObu()));
    item.bytes(BitWriter.layerObu(6, 1, interFrame.toByteArray()));
    HeifMaker maker = HeifMaker.of("avif", "mif1", "miaf");
    maker.item(
        "av01",
        item.toByteArray(),
        HeifMaker.av1C(0, 8, true, 1, 1),
        HeifMaker.ispe(size, size),
        HeifMaker.box("a1lx", new byte[7]));
    for (byte[] box : more) {
      maker.property(1, true, box);
    }
    return ImageSource.of(maker.bytes());
  }

  /** 8 bits, monochrome, no tools, an operating point of two spatial layers (clause 5.5). */
  private static byte[] sequenceHeader() {
    BitWriter out = new BitWriter();
    out.bits(3, 0); // seq_profile
    out.bits(4, 0); // still_picture, reduced header, timing info, initial display delay
    out.bits(5, 0); // operating_points_cnt_minus_1
    out.bits(12, 0x301); // operating_point_idc
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

  /** A key frame that is shown (clause 5.9). */
  private static byte[] keyFrameHeader() {
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
}
