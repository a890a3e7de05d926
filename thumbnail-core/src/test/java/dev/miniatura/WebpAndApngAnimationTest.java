package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.testing.ApngMaker;
import dev.miniatura.testing.ApngMaker.Disposal;
import dev.miniatura.testing.GifPlayer;
import dev.miniatura.testing.WebpMaker;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Animated WebP and PNG to animated GIF: frames, delays, and the end of the animation. */
class WebpAndApngAnimationTest {

  private static final int RED = 0xffff0000;
  private static final int GREEN = 0xff00ff00;
  private static final int BLUE = 0xff0000ff;
  private static final int CLEAR = 0;
  private static final int SIDE = 32;
  private static final ThumbnailSpec MOVING =
      ThumbnailSpec.parse("fit:32x32,format:gif,frames:all");
  private static final ThumbnailSpec STILL = ThumbnailSpec.parse("fit:32x32,format:gif");

  private final Thumbnailer thumbnailer = Thumbnailer.create();

  private static BufferedImage plain(int width, int height, int argb) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    int[] pixels = new int[width * height];
    Arrays.fill(pixels, argb);
    image.setRGB(0, 0, width, height, pixels, 0, width);
    return image;
  }

  private GifPlayer play(byte[] file) throws IOException {
    return GifPlayer.play(thumbnailer.render(ImageSource.of(file), MOVING).bytes());
  }

  private static WebpMaker webp(boolean cleared) {
    return WebpMaker.canvas(SIDE, SIDE)
        .frame(plain(SIDE, SIDE, RED), 0, 0, 100, true, false)
        .frame(plain(16, 16, GREEN), 0, 0, 200, true, cleared)
        .frame(plain(16, 16, BLUE), 16, 16, 300, true, false);
  }

  private static ApngMaker apng(Disposal second) {
    return ApngMaker.like(plain(SIDE, SIDE, RED))
        .frame(plain(SIDE, SIDE, RED), 0, 0, 100, 1000, Disposal.KEEP, false)
        .frame(plain(16, 16, GREEN), 0, 0, 20, 100, second, false)
        .frame(plain(16, 16, BLUE), 16, 16, 3, 10, Disposal.KEEP, true);
  }

  private static byte[] file(String format) {
    return format.equals("WEBP") ? webp(true).bytes() : apng(Disposal.RESTORE).bytes();
  }

  @ParameterizedTest
  @CsvSource({"false, ff00ff00", "true, 00000000"})
  void render_webpFrame_leavesItsRectangleAsAsked(boolean cleared, String left) throws IOException {
    GifPlayer shown = play(webp(cleared).bytes());

    int under = Integer.parseUnsignedInt(left, 16);
    assertThat(shown.delays()).containsExactly(10, 20, 30);
    assertThat(shown.colors(0)).containsExactly(RED, RED, RED, RED, RED);
    assertThat(shown.colors(1)).containsExactly(GREEN, RED, RED, RED, GREEN);
    assertThat(shown.colors(2)).containsExactly(under, RED, RED, BLUE, under);
  }

  @ParameterizedTest
  @CsvSource({"KEEP, ff00ff00", "CLEAR, 00000000", "RESTORE, ffff0000"})
  void render_apngFrame_leavesItsRectangleAsAsked(Disposal disposal, String left)
      throws IOException {
    GifPlayer shown = play(apng(disposal).bytes());

    int under = Integer.parseUnsignedInt(left, 16);
    assertThat(shown.delays()).containsExactly(10, 20, 30);
    assertThat(shown.colors(0)).containsExactly(RED, RED, RED, RED, RED);
    assertThat(shown.colors(1)).containsExactly(GREEN, RED, RED, RED, GREEN);
    assertThat(shown.colors(2)).containsExactly(under, RED, RED, BLUE, under);
  }

  @Test
  void render_webpFirstFrameSmall_isOnACanvasThatStaysClear() throws IOException {
    byte[] file =
        WebpMaker.canvas(SIDE, SIDE)
            .frame(plain(16, 16, RED), 16, 0, 100, true, false)
            .frame(plain(SIDE, SIDE, GREEN), 0, 0, 100, true, false)
            .bytes();

    ImageInfo info = thumbnailer.probe(ImageSource.of(file));
    Thumbnail still = thumbnailer.render(ImageSource.of(file), STILL);

    assertThat(List.of(info.width(), info.height(), info.frames())).containsExactly(32, 32, 2);
    assertThat(info.alpha()).isTrue();
    GifPlayer shown = GifPlayer.play(still.bytes());
    assertThat(shown.frames()).hasSize(1);
    assertThat(shown.colors(0)).containsExactly(CLEAR, RED, CLEAR, CLEAR, CLEAR);
  }

  @Test
  void render_apngImageThatIsNoFrame_isTheStillOnly() throws IOException {
    byte[] file =
        ApngMaker.like(plain(SIDE, SIDE, RED))
            .hidden(plain(SIDE, SIDE, RED))
            .frame(plain(16, SIDE, GREEN), 0, 0, 1, 10, Disposal.KEEP, true)
            .frame(plain(16, SIDE, BLUE), 16, 0, 1, 10, Disposal.KEEP, true)
            .bytes();

    List<Thumbnail> both = thumbnailer.renderAll(ImageSource.of(file), List.of(STILL, MOVING));

    GifPlayer still = GifPlayer.play(both.get(0).bytes());
    assertThat(still.frames()).hasSize(1);
    assertThat(still.colors(0)).containsExactly(RED, RED, RED, RED, RED);
    GifPlayer shown = GifPlayer.play(both.get(1).bytes());
    assertThat(shown.frames()).hasSize(2);
    assertThat(shown.colors(0)).containsExactly(GREEN, CLEAR, GREEN, CLEAR, GREEN);
    assertThat(shown.colors(1)).containsExactly(GREEN, BLUE, GREEN, BLUE, GREEN);
  }

  @Test
  void render_apngOfPaletteOrGray_playsInItsColors() throws IOException {
    BufferedImage gray = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    byte[] file =
        ApngMaker.like(gray)
            .frame(gray, 0, 0, 1, 10, Disposal.CLEAR, false)
            .frame(gray.getSubimage(0, 0, 16, SIDE), 16, 0, 1, 10, Disposal.KEEP, false)
            .bytes();

    GifPlayer shown = play(file);

    assertThat(shown.colors(0)).containsOnly(0xff000000);
    assertThat(shown.colors(1)).containsExactly(CLEAR, 0xff000000, CLEAR, 0xff000000, CLEAR);
  }

  @ParameterizedTest
  @CsvSource({"0, 10", "10, 10", "11, 2", "20, 2", "33, 3", "16777215, 65535"})
  void render_webpDelay_isThatOfBrowsers(int millis, int shownFor) throws IOException {
    byte[] file = WebpMaker.animated(List.of(plain(8, 8, RED), plain(8, 8, GREEN)), millis).bytes();

    List<Integer> delays = play(file).delays();

    assertThat(delays.get(delays.size() - 1)).isBetween(shownFor, shownFor + 1);
  }

  @Test
  void render_framesShorterThanAGifCanShow_areLeftOutInTime() throws IOException {
    WebpMaker maker = WebpMaker.canvas(8, 8);
    for (int i = 0; i < 120; i++) {
      maker.frame(plain(8, 8, 0xff000000 | i), 0, 0, 11 + i % 3, true, false);
    }

    List<Integer> delays = play(maker.bytes()).delays();

    assertThat(delays).allMatch(delay -> delay >= 2);
    assertThat(delays.stream().mapToInt(Integer::intValue).sum()).isBetween(143, 146);
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "1, 10", "50, 0"})
  void render_apngDelay_isAFractionOfASecond(int numerator, int denominator) throws IOException {
    ApngMaker maker = ApngMaker.like(plain(8, 8, RED));
    for (int color : new int[] {RED, GREEN}) {
      maker.frame(plain(8, 8, color), 0, 0, numerator, denominator, Disposal.KEEP, false);
    }

    int expected = denominator == 0 ? (numerator == 1 ? 10 : 50) : 10;
    assertThat(play(maker.bytes()).delays()).containsExactly(expected, expected);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, ", "2, 1", "65535, 65534"})
  void render_plays_areKept(int plays, Integer repeats) throws IOException {
    List<Integer> expected = repeats == null ? List.of() : List.of(repeats);

    assertThat(play(webp(false).plays(plays).bytes()).repeats()).isEqualTo(expected);
    assertThat(play(apng(Disposal.KEEP).plays(plays).bytes()).repeats()).isEqualTo(expected);
  }

  @Test
  void render_apngPlaysMoreThanAGifCan_playsMost() throws IOException {
    byte[] file = apng(Disposal.KEEP).plays(1 << 20).bytes();

    assertThat(play(file).repeats()).containsExactly(0xffff);
  }

  @ParameterizedTest
  @ValueSource(strings = {"WEBP", "PNG"})
  void render_notGif_isTheFirstFrame(String format) throws IOException {
    ThumbnailSpec spec = ThumbnailSpec.parse("fit:32x32,frames:all,format:png");

    byte[] all = thumbnailer.render(ImageSource.of(file(format)), spec).bytes();

    assertThat(all)
        .isEqualTo(
            thumbnailer
                .render(ImageSource.of(file(format)), ThumbnailSpec.parse("fit:32x32,format:png"))
                .bytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"WEBP", "PNG"})
  void render_moreThanAllowed_isRefusedBeforeDecoding(String format) throws IOException {
    ImageSource source = ImageSource.of(file(format));
    Limits all = Limits.defaults();

    assertThat(thumbnailer.probe(source).frames()).isEqualTo(3);
    assertRefused(all.withFrames(2), source, Limits.Kind.FRAMES);
    assertRefused(all.withPixels(1000), source, Limits.Kind.PIXELS);
    assertRefused(all.withWorkingBytes(20_000), source, Limits.Kind.WORKING_BYTES);
    assertThat(Thumbnailer.create(all.withFrames(2)).render(source, STILL).notes()).isEmpty();
    assertThat(thumbnailer.plan(source, List.of(MOVING)).peakBytes())
        .isGreaterThan(thumbnailer.plan(source, List.of(STILL)).peakBytes());
  }

  private static void assertRefused(Limits limits, ImageSource source, Limits.Kind kind) {
    assertThatThrownBy(() -> Thumbnailer.create(limits).render(source, MOVING))
        .isInstanceOfSatisfying(
            LimitExceededException.class, e -> assertThat(e.limit()).isEqualTo(kind));
  }

  @Test
  void render_framesBeyondTheCanvas_endTheAnimation() throws IOException {
    byte[] webp = webp(false).frame(plain(16, 16, GREEN), 18, 0, 100, true, false).bytes();
    byte[] apng =
        apng(Disposal.KEEP).frame(plain(16, 16, GREEN), 17, 0, 1, 10, Disposal.KEEP, true).bytes();

    for (byte[] file : List.of(webp, apng)) {
      Thumbnail thumbnail = thumbnailer.render(ImageSource.of(file), MOVING);
      assertThat(thumbnail.notes().toString())
          .contains("frame beyond", "; the animation ends before frame 4 of 4");
      assertThat(GifPlayer.play(thumbnail.bytes()).frames()).hasSize(3);
    }
  }

  @Test
  void render_apngSequenceBroken_endsTheAnimation() throws IOException {
    byte[] file =
        ApngMaker.like(plain(SIDE, SIDE, RED))
            .frame(plain(SIDE, SIDE, RED), 0, 0, 1, 10, Disposal.KEEP, false)
            .frame(plain(16, 16, GREEN), 0, 0, 1, 10, Disposal.KEEP, false)
            .breakSequence()
            .frame(plain(16, 16, BLUE), 0, 0, 1, 10, Disposal.KEEP, false)
            .bytes();

    Thumbnail thumbnail = thumbnailer.render(ImageSource.of(file), MOVING);

    assertThat(thumbnail.notes().toString()).contains("frame 3 of 3", "out of order");
    assertThat(GifPlayer.play(thumbnail.bytes()).frames()).hasSize(2);
  }

  /**
   * The last frame of a PNG is complete without the end chunk; that of a WebP ends with the file.
   */
  @ParameterizedTest
  @CsvSource({"WEBP, 2", "PNG, 3"})
  void render_truncatedAnywhere_keepsWholeFramesOrFailsTyped(String format, int whole)
      throws IOException {
    byte[] file = file(format);
    int most = 0;
    boolean noted = false;
    for (int length = 0; length < file.length; length++) {
      try {
        Thumbnail thumbnail =
            thumbnailer.render(ImageSource.of(Arrays.copyOf(file, length)), MOVING);
        int frames = GifPlayer.play(thumbnail.bytes()).frames().size();
        noted |= thumbnail.notes().toString().contains("animation ends before frame");
        assertThat(frames).isGreaterThanOrEqualTo(most);
        most = frames;
      } catch (ThumbnailException e) {
        assertThat(most).isZero();
      }
    }
    assertThat(most).isEqualTo(whole);
    assertThat(noted).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"WEBP", "PNG"})
  void render_anyBitFlipped_failsTypedIfAtAll(String format) throws IOException {
    byte[] file = file(format);
    Thumbnailer strict =
        Thumbnailer.create(Limits.defaults().withPixels(1 << 14).withTime(Duration.ofSeconds(10)));
    int rendered = 0;
    for (int bit = 0; bit < 8 * file.length; bit += 7) {
      byte[] damaged = file.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      rendered += rendersOrFailsTyped(strict, damaged) ? 1 : 0;
    }
    assertThat(rendered).isBetween(file.length / 8, 2 * file.length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"WEBP", "PNG"})
  void render_bytesDamagedAtRandom_failsTypedIfAtAll(String format) throws IOException {
    byte[] file = file(format);
    Thumbnailer strict =
        Thumbnailer.create(Limits.defaults().withPixels(1 << 14).withTime(Duration.ofSeconds(10)));
    Random random = new Random(97);
    int rendered = 0;
    for (int round = 0; round < 1000; round++) {
      byte[] damaged = file.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        damaged[8 + random.nextInt(damaged.length - 8)] = (byte) random.nextInt();
      }
      rendered += rendersOrFailsTyped(strict, damaged) ? 1 : 0;
    }
    assertThat(rendered).isBetween(20, 999);
  }

  private static boolean rendersOrFailsTyped(Thumbnailer thumbnailer, byte[] file)
      throws IOException {
    try {
      Thumbnail thumbnail = thumbnailer.render(ImageSource.of(file), MOVING);
      assertThat(GifPlayer.play(thumbnail.bytes()).frames()).isNotEmpty();
      return true;
    } catch (ThumbnailException e) {
      assertThat(e).hasMessageNotContainingAny("null", Limits.Kind.TIME.text());
      return false;
    }
  }

  /** A gradient of far more than 256 colors, with or without a clear border, and a moving disk. */
  private static BufferedImage scene(int frame, boolean bordered) {
    BufferedImage image = new BufferedImage(96, 96, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < 96; y++) {
      for (int x = 0; x < 96; x++) {
        boolean inside = !bordered || (x - 48) * (x - 48) + (y - 48) * (y - 48) < 1600;
        image.setRGB(x, y, inside ? 0xff000000 | (x << 17) | (y << 9) | (x + y) : 0);
      }
    }
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(255 - 9 * frame, 40 + 17 * frame, 250));
    graphics.fillOval(frame * 8, 30 + 3 * frame, 14, 14);
    graphics.dispose();
    return image;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void render_pixelsThatDoNotChange_doNotFlicker(boolean bordered) throws IOException {
    List<BufferedImage> source = IntStream.range(0, 11).mapToObj(i -> scene(i, bordered)).toList();
    ApngMaker maker = ApngMaker.like(source.get(0));
    source.forEach(image -> maker.frame(image, 0, 0, 1, 10, Disposal.KEEP, false));
    ThumbnailSpec spec = ThumbnailSpec.parse("fit:96x96,format:gif,frames:all");

    GifPlayer shown =
        GifPlayer.play(thumbnailer.render(ImageSource.of(maker.bytes()), spec).bytes());

    assertThat(shown.frames()).hasSize(11);
    for (int i = 0; i < 11; i++) {
      for (int p = 0; p < 96 * 96; p++) {
        int x = p % 96;
        int y = p / 96;
        int color = shown.frames().get(i).getRGB(x, y);
        assertThat(color >>> 24).isEqualTo(source.get(i).getRGB(x, y) >>> 24);
        if (i > 0 && source.get(i).getRGB(x, y) == source.get(i - 1).getRGB(x, y)) {
          assertThat(color)
              .as("frame %d, %d %d", i, x, y)
              .isEqualTo(shown.frames().get(i - 1).getRGB(x, y));
        }
      }
    }
  }
}
