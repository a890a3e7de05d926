package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.testing.GifMaker;
import dev.miniatura.testing.GifMaker.Disposal;
import dev.miniatura.testing.GifPlayer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Animations in plain colors: what remains of each frame for the next one, and for how long. */
class GifAnimationTest {

  private static final int RED = 0xffff0000;
  private static final int GREEN = 0xff00ff00;
  private static final int BLUE = 0xff0000ff;
  private static final int CLEAR = 0;
  private static final int SIDE = 32;
  private static final ThumbnailSpec SAME = ThumbnailSpec.parse("fit:32x32,frames:all");
  private static final ThumbnailSpec FIRST = ThumbnailSpec.parse("fit:32x32");

  private final Thumbnailer thumbnailer = Thumbnailer.create();

  private static BufferedImage plain(int width, int height, int argb) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    int[] row = new int[width];
    Arrays.fill(row, argb);
    for (int y = 0; y < height; y++) {
      image.setRGB(0, y, width, 1, row, 0, width);
    }
    return image;
  }

  private Thumbnail render(byte[] file, ThumbnailSpec spec) throws IOException {
    return thumbnailer.render(ImageSource.of(file), spec);
  }

  private static GifMaker threeFrames(Disposal second) {
    return GifMaker.canvas(SIDE, SIDE)
        .frame(plain(SIDE, SIDE, RED), 0, 0, 10, Disposal.KEEP)
        .frame(plain(16, 16, GREEN), 0, 0, 20, second)
        .frame(plain(16, 16, BLUE), 16, 16, 30, Disposal.KEEP);
  }

  @ParameterizedTest
  @CsvSource({"UNSPECIFIED, ff00ff00", "KEEP, ff00ff00", "CLEAR, 00000000", "RESTORE, ffff0000"})
  void render_frameDisposed_leavesItsRectangleAsAsked(Disposal disposal, String left)
      throws IOException {
    GifPlayer shown = GifPlayer.play(render(threeFrames(disposal).bytes(), SAME).bytes());

    int under = Integer.parseUnsignedInt(left, 16);
    assertThat(shown.frames()).hasSize(3);
    assertThat(shown.delays()).containsExactly(10, 20, 30);
    assertThat(shown.colors(0)).containsExactly(RED, RED, RED, RED, RED);
    assertThat(shown.colors(1)).containsExactly(GREEN, RED, RED, RED, GREEN);
    assertThat(shown.colors(2)).containsExactly(under, RED, RED, BLUE, under);
  }

  @Test
  void render_transparentPixels_showTheFrameBeneath() throws IOException {
    BufferedImage half = plain(SIDE, SIDE, CLEAR);
    half.createGraphics().drawImage(plain(16, SIDE, BLUE), 0, 0, null);
    byte[] file =
        GifMaker.canvas(SIDE, SIDE)
            .frame(plain(SIDE, SIDE, RED), 0, 0, 10, Disposal.KEEP)
            .frame(half, 0, 0, 10, Disposal.KEEP)
            .bytes();

    GifPlayer shown = GifPlayer.play(render(file, SAME).bytes());

    assertThat(shown.colors(1)).containsExactly(BLUE, RED, BLUE, RED, BLUE);
  }

  @ParameterizedTest
  @EnumSource(Disposal.class)
  void render_firstFrameOnly_isComposedOnItsScreen(Disposal disposal) throws IOException {
    byte[] file =
        GifMaker.canvas(SIDE, SIDE)
            .frame(plain(16, 16, RED), 16, 0, 10, disposal)
            .frame(plain(SIDE, SIDE, GREEN))
            .bytes();

    Thumbnail thumbnail = render(file, FIRST);

    GifPlayer shown = GifPlayer.play(thumbnail.bytes());
    assertThat(shown.frames()).hasSize(1);
    assertThat(shown.colors(0)).containsExactly(CLEAR, RED, CLEAR, CLEAR, CLEAR);
  }

  @Test
  void probe_frameBeyondTheScreen_growsTheScreenForTheFirstOnly() throws IOException {
    byte[] file =
        GifMaker.canvas(16, 16)
            .frame(plain(16, 24, RED), 8, 8, 10, Disposal.KEEP)
            .frame(plain(16, 16, GREEN), 20, 28, 10, Disposal.KEEP)
            .frame(plain(16, 16, BLUE), 90, 90, 10, Disposal.KEEP)
            .bytes();

    ImageInfo info = thumbnailer.probe(ImageSource.of(file));
    GifPlayer shown = GifPlayer.play(render(file, SAME).bytes());

    assertThat(List.of(info.width(), info.height(), info.frames())).containsExactly(24, 32, 3);
    assertThat(shown.delays().stream().mapToInt(Integer::intValue).sum()).isEqualTo(30);
    assertThat(shown.frames().get(1).getRGB(23, 31)).isEqualTo(GREEN);
    assertThat(shown.frames().get(1).getRGB(19, 31)).isEqualTo(RED);
  }

  @ParameterizedTest
  @CsvSource({"0, 10", "1, 10", "2, 2", "3, 3", "700, 700"})
  void render_delay_isThatOfBrowsers(int hundredths, int shownFor) throws IOException {
    byte[] file =
        GifMaker.canvas(SIDE, SIDE)
            .frame(plain(SIDE, SIDE, RED), 0, 0, hundredths, Disposal.KEEP)
            .frame(plain(SIDE, SIDE, GREEN), 0, 0, hundredths, Disposal.KEEP)
            .bytes();

    assertThat(GifPlayer.play(render(file, SAME).bytes()).delays())
        .containsExactly(shownFor, shownFor);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "7", "65535"})
  void render_repetitions_areKept(int repeats) throws IOException {
    byte[] file = threeFrames(Disposal.KEEP).loops(repeats).bytes();

    assertThat(GifPlayer.play(render(file, SAME).bytes()).repeats()).containsExactly(repeats);
  }

  @Test
  void render_playedOnce_isPlayedOnce() throws IOException {
    assertThat(GifPlayer.play(render(threeFrames(Disposal.KEEP).bytes(), SAME).bytes()).repeats())
        .isEmpty();
  }

  @Test
  void render_paddedOnMatte_finishesEveryFrame() throws IOException {
    ThumbnailSpec spec = ThumbnailSpec.parse("pad:40x20,matte:#0000ff,frames:all");

    Thumbnail thumbnail = render(threeFrames(Disposal.CLEAR).bytes(), spec);

    assertThat(List.of(thumbnail.width(), thumbnail.height())).containsExactly(40, 20);
    GifPlayer shown = GifPlayer.play(thumbnail.bytes());
    assertThat(shown.frames()).hasSize(3);
    for (BufferedImage frame : shown.frames()) {
      assertThat(frame.getRGB(2, 10)).isEqualTo(BLUE);
      assertThat(frame.getRGB(27, 2)).isEqualTo(RED);
    }
  }

  @Test
  void renderAll_severalSpecs_giveEachItsFrames() throws IOException {
    List<ThumbnailSpec> specs =
        List.of(SAME, FIRST, SAME, ThumbnailSpec.parse("fit:16x16,frames:all,format:png"));

    List<Thumbnail> all =
        thumbnailer.renderAll(ImageSource.of(threeFrames(Disposal.RESTORE).bytes()), specs);

    assertThat(GifPlayer.play(all.get(0).bytes()).frames()).hasSize(3);
    assertThat(GifPlayer.play(all.get(1).bytes()).frames()).hasSize(1);
    assertThat(all.get(2).bytes()).isEqualTo(all.get(0).bytes()).isNotSameAs(all.get(0).bytes());
    assertThat(all.get(3).format()).isEqualTo(OutputFormat.PNG);
  }

  @Test
  void render_stillAsAnimation_isTheSameFileAsTheStill() throws IOException {
    byte[] file = GifMaker.of(plain(SIDE, SIDE, RED)).bytes();

    assertThat(render(file, SAME).bytes()).isEqualTo(render(file, FIRST).bytes());
  }

  @Test
  void render_moreFramesThanAllowed_isRefusedUnlessTheFirstIsEnough() throws IOException {
    Limits two = Limits.defaults().withFrames(2);
    Thumbnailer strict = Thumbnailer.create(two);
    ImageSource source = ImageSource.of(threeFrames(Disposal.KEEP).bytes());

    assertThat(strict.render(source, FIRST).notes()).isEmpty();
    assertThatThrownBy(() -> strict.render(source, SAME))
        .isInstanceOfSatisfying(
            LimitExceededException.class, e -> assertThat(e.limit()).isEqualTo(Limits.Kind.FRAMES));
  }

  @Test
  void render_laterFrameLargerThanAllowed_isRefused() {
    byte[] file =
        GifMaker.of(plain(8, 8, RED)).frame(plain(90, 90, GREEN), 0, 0, 5, Disposal.KEEP).bytes();
    Thumbnailer strict = Thumbnailer.create(Limits.defaults().withPixels(8000));

    assertThatThrownBy(() -> strict.render(ImageSource.of(file), SAME))
        .isInstanceOfSatisfying(
            LimitExceededException.class, e -> assertThat(e.limit()).isEqualTo(Limits.Kind.PIXELS));
  }

  @Test
  void plan_moreFrames_takeMoreMemory() throws IOException {
    ImageSource source = ImageSource.of(threeFrames(Disposal.KEEP).bytes());

    assertThat(thumbnailer.plan(source, List.of(SAME)).peakBytes())
        .isGreaterThan(thumbnailer.plan(source, List.of(FIRST)).peakBytes());
  }

  @Test
  void render_truncatedAnywhere_keepsWholeFramesOrFailsTyped() throws IOException {
    byte[] file = threeFrames(Disposal.KEEP).bytes();
    boolean noted = false;
    int most = 0;
    for (int length : IntStream.range(13, file.length).toArray()) {
      try {
        Thumbnail thumbnail = render(Arrays.copyOf(file, length), SAME);
        noted |= thumbnail.notes().toString().contains("frame 3 of 3");
        int frames = GifPlayer.play(thumbnail.bytes()).frames().size();
        assertThat(frames).isGreaterThanOrEqualTo(most);
        most = frames;
      } catch (ThumbnailException e) {
        assertThat(most).isZero();
      }
    }
    assertThat(most).isEqualTo(3);
    assertThat(noted).isTrue();
  }

  @Test
  void render_damagedBytes_failsTypedIfAtAll() throws IOException {
    byte[] file = threeFrames(Disposal.RESTORE).loops(0).bytes();
    Thumbnailer strict = Thumbnailer.create(Limits.defaults().withPixels(1 << 14));
    Random random = new Random(89);
    int rendered = 0;
    for (int round = 0; round < 500; round++) {
      byte[] damaged = file.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        damaged[6 + random.nextInt(damaged.length - 6)] = (byte) random.nextInt();
      }
      try {
        assertThat(GifPlayer.play(strict.render(ImageSource.of(damaged), SAME).bytes()).frames())
            .isNotEmpty();
        rendered++;
      } catch (ThumbnailException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
    assertThat(rendered).isBetween(50, 499);
  }
}
