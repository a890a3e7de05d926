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

  private static final int SIDE = GrayFrames.SIDE;
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
    byte[] sequence = GrayFrames.sequenceHeader(true);
    BitWriter item = new BitWriter();
    item.bytes(BitWriter.obu(1, sequence));
    item.bytes(
        BitWriter.layerObu(
            6, 0, new RandomStream(1, sequence, GrayFrames.keyFrameHeader()).frameObu()));
    item.bytes(BitWriter.layerObu(6, 1, GrayFrames.interFrameHeader()));
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
}
