package dev.miniatura.internal.av1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.ImageSource;
import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.OutputFormat;
import dev.miniatura.Thumbnail;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.testing.GifPlayer;
import dev.miniatura.testing.HeifMaker;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** AVIF image sequences, with {@code frames:all} and without. */
class SequenceTest {

  private static final int SIDE = GrayFrames.SIDE;
  private static final byte[] GRAY = HeifMaker.av1C(0, 8, true, 1, 1);
  private static final ThumbnailSpec FIRST = ThumbnailSpec.fit(SIDE, SIDE).format(OutputFormat.GIF);
  private static final ThumbnailSpec ALL = FIRST.allFrames(true);

  private static ImageSource sequence(int plays, List<byte[]> samples, byte[]... alpha) {
    return ImageSource.of(
        HeifMaker.sequence(
            "avis", "av01", SIDE, SIDE, plays, samples, Arrays.asList(alpha), 0, GRAY));
  }

  private static List<byte[]> keyFrames(int count) throws IOException {
    List<byte[]> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      samples.add(GrayFrames.keyFrame(i));
    }
    return samples;
  }

  private static Thumbnail render(ImageSource source, ThumbnailSpec spec) throws IOException {
    return Thumbnailer.create().render(source, spec);
  }

  private static BufferedImage still(int seed) throws IOException {
    HeifMaker maker = HeifMaker.of("avif", "mif1", "miaf");
    maker.item("av01", GrayFrames.keyFrame(seed), GRAY, HeifMaker.ispe(SIDE, SIDE));
    return Thumbnailer.create().renderImage(ImageSource.of(maker.bytes()), FIRST);
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  @Test
  void render_allFramesOfKeyFrames_areEachAsOnItsOwn() throws Exception {
    Thumbnail thumbnail = render(sequence(3, keyFrames(4)), ALL);
    assertThat(thumbnail.notes()).isEmpty();
    assertThat(thumbnail.source().frames()).isEqualTo(4);
    GifPlayer shown = GifPlayer.play(thumbnail.bytes());
    assertThat(shown.frames()).hasSize(4);
    for (int i = 0; i < 4; i++) {
      assertThat(pixels(shown.frames().get(i))).isEqualTo(pixels(still(i)));
    }
    assertThat(shown.delays()).containsExactly(100, 50, 100, 50);
    assertThat(shown.repeats()).containsExactly(2);
  }

  @Test
  void render_sequenceWithoutAnEdit_playsWithoutEnd() throws Exception {
    GifPlayer shown = GifPlayer.play(render(sequence(0, keyFrames(2)), ALL).bytes());
    assertThat(shown.repeats()).containsExactly(0);
  }

  @Test
  void render_framesWithTransparency_areEachSeenThrough() throws Exception {
    ImageSource source = sequence(1, keyFrames(2), GrayFrames.keyFrame(7), GrayFrames.keyFrame(8));
    Thumbnail thumbnail = render(source, ALL.format(OutputFormat.PNG));
    assertThat(thumbnail.source().alpha()).isTrue();
    assertThat(ImageIO.read(new ByteArrayInputStream(thumbnail.bytes())).getColorModel().hasAlpha())
        .isTrue();
  }

  @Test
  void render_interFrame_isRefusedByItsNumberOrNotLookedAt() throws Exception {
    List<byte[]> samples =
        List.of(GrayFrames.keyFrame(0), GrayFrames.keyFrame(1), GrayFrames.interFrame());
    ImageSource source =
        ImageSource.of(
            HeifMaker.sequence("avis", "av01", SIDE, SIDE, 1, samples, List.of(), 2, GRAY));
    List<ThumbnailSpec> all = List.of(ALL);
    assertThatThrownBy(() -> Thumbnailer.create().plan(source, all))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessage("not supported: AVIF: picture 3 of 3 of a sequence: inter frames");
    assertThatThrownBy(() -> render(source, ALL)).isInstanceOf(UnsupportedImageException.class);
    assertThat(render(source, FIRST).notes()).isEmpty();
  }

  @Test
  void render_interFrameThatIsSaidToStandAlone_isRefusedAllTheSame() throws Exception {
    BitWriter inter = new BitWriter();
    inter.bytes(BitWriter.obu(1, GrayFrames.sequenceHeader(false)));
    inter.bytes(GrayFrames.interFrame());
    List<byte[]> samples = List.of(GrayFrames.keyFrame(0), inter.toByteArray());
    ImageSource source = sequence(1, samples);
    assertThatThrownBy(() -> render(source, ALL))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessage("not supported: AVIF: picture 2 of 2 of a sequence: AV1: inter frames");
  }

  @Test
  void render_damagedFrame_isTheEndWithANote() throws Exception {
    byte[] damaged = GrayFrames.keyFrame(1);
    damaged[2] |= (byte) 0x80; // obu_forbidden_bit
    Thumbnail thumbnail = render(sequence(1, List.of(GrayFrames.keyFrame(0), damaged)), ALL);
    assertThat(thumbnail.notes())
        .singleElement()
        .asString()
        .startsWith("AVIF: obu_forbidden_bit; the animation ends before frame 2 of 2 (byte ");
  }

  @Test
  void render_moreFramesThanAllowed_isRefusedUnlessOneIsAsked() throws Exception {
    Limits limits = Limits.defaults().withFrames(3);
    ImageSource source = sequence(1, keyFrames(4));
    assertThatThrownBy(() -> Thumbnailer.create(limits).render(source, ALL))
        .isInstanceOf(LimitExceededException.class);
    assertThat(Thumbnailer.create(limits).render(source, FIRST).width()).isEqualTo(SIDE);
  }
}
