package dev.miniatura;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Raster;
import dev.miniatura.internal.webp.AnimatedWebpEncoder;
import dev.miniatura.internal.webp.LossyWebpOptions;
import dev.miniatura.testing.AnimatedFrame;
import dev.miniatura.testing.ApngMaker;
import dev.miniatura.testing.GifMaker;
import dev.miniatura.testing.IccProfiles;
import dev.miniatura.testing.TestImages;
import dev.miniatura.testing.WebpMaker;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code frames:all,format:webp}: the output is played by our own decoder. */
class AnimatedWebpOutputTest {

  private static final Thumbnailer THUMBNAILER = Thumbnailer.create();
  private static final int CHUNK = 8; // bytes of name and size

  private static byte[] webp(byte[] source, int width, int height, String options)
      throws IOException {
    String spec = "stretch:%dx%d,frames:all,format:webp%s".formatted(width, height, options);
    Thumbnail thumbnail = THUMBNAILER.render(ImageSource.of(source), ThumbnailSpec.parse(spec));
    assertThat(thumbnail.mediaType()).isEqualTo("image/webp");
    return thumbnail.bytes();
  }

  private static byte[] apng(List<AnimatedFrame> frames) {
    ApngMaker maker = ApngMaker.like(frames.get(0).image());
    for (AnimatedFrame frame : frames) {
      maker.frame(
          frame.image(), frame.left(), frame.top(), 1, 25, frame.disposal(), frame.blended());
    }
    return maker.bytes();
  }

  private static BufferedImage plain(int width, int height, int argb) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    int[] pixels = new int[width * height];
    Arrays.fill(pixels, argb);
    image.setRGB(0, 0, width, height, pixels, 0, width);
    return image;
  }

  /** A disk that crosses a picture. */
  private static List<BufferedImage> crossing(BufferedImage background, int count) {
    List<BufferedImage> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      BufferedImage frame =
          new BufferedImage(
              background.getWidth(), background.getHeight(), BufferedImage.TYPE_INT_ARGB);
      Graphics2D graphics = frame.createGraphics();
      graphics.drawImage(background, 0, 0, null);
      graphics.setColor(new Color(0xff, 40 * i, 0));
      graphics.fillOval(5 + 7 * i, 9 + 3 * i, 20, 20);
      frames.add(frame);
    }
    return frames;
  }

  private static byte[] gif(List<BufferedImage> frames, int hundredths) {
    GifMaker maker = GifMaker.canvas(frames.get(0).getWidth(), frames.get(0).getHeight());
    frames.forEach(frame -> maker.frame(frame, 0, 0, hundredths, GifMaker.Disposal.CLEAR));
    return maker.bytes();
  }

  @ParameterizedTest
  @CsvSource({
    "24, 18, 1, true",
    "23, 17, 2, true",
    "2, 2, 3, true",
    "3, 50, 4, true",
    "33, 33, 5, true",
    "16, 31, 6, true",
    "24, 18, 7, false",
    "47, 33, 8, false"
  })
  void encode_randomFrames_playsAsComposed(int width, int height, long seed, boolean lossless)
      throws IOException {
    List<AnimatedFrame> frames = AnimatedFrame.random(width, height, 12, true, new Random(seed));
    List<BufferedImage> composed = AnimatedFrame.compose(width, height, frames);
    AnimatedWebpEncoder encoder = new AnimatedWebpEncoder(LossyWebpOptions.of(80), lossless, 5);
    composed.forEach(frame -> encoder.addFrame(raster(frame), 40));

    PlayedAnimation played = PlayedAnimation.ofWebp(encoder.finish());
    assertThat(played.plays()).isEqualTo(5);
    assertThat(played.delays().stream().mapToInt(Integer::intValue).sum()).isEqualTo(12 * 40);
    List<BufferedImage> expected = distinct(composed);
    assertThat(played.frames()).hasSameSizeAs(expected);
    if (lossless) {
      PlayedAnimation.assertSame(played.frames(), expected);
    } else {
      assertAlikeAlpha(played.frames(), expected);
    }
  }

  private static Raster raster(BufferedImage image) {
    Raster raster = Raster.withAlpha(image.getWidth(), image.getHeight(), ColorKind.RGB);
    for (int i = 0; i < raster.channel(0).length; i++) {
      int argb = image.getRGB(i % image.getWidth(), i / image.getWidth());
      for (int c = 0; c < 4; c++) {
        raster.channel(c)[i] = (byte) (argb >> (c == 3 ? 24 : 16 - 8 * c));
      }
    }
    return raster;
  }

  /** Few colors may change the alpha of drawings a little. */
  private static void assertAlikeAlpha(List<BufferedImage> frames, List<BufferedImage> expected) {
    for (int i = 0; i < frames.size(); i++) {
      for (int y = 0; y < frames.get(i).getHeight(); y++) {
        for (int x = 0; x < frames.get(i).getWidth(); x++) {
          int wanted = expected.get(i).getRGB(x, y) >>> 24;
          int alpha = frames.get(i).getRGB(x, y) >>> 24;
          assertThat(alpha).as("frame %d, %d %d", i, x, y).isBetween(wanted - 20, wanted + 20);
        }
      }
    }
  }

  /** Drops frames that look like the previous one. */
  private static List<BufferedImage> distinct(List<BufferedImage> frames) {
    List<BufferedImage> distinct = new ArrayList<>();
    int[] last = {};
    for (BufferedImage frame : frames) {
      int[] pixels =
          IntStream.range(0, frame.getWidth() * frame.getHeight())
              .map(i -> PlayedAnimation.visible(frame, i % frame.getWidth(), i / frame.getWidth()))
              .toArray();
      if (!Arrays.equals(pixels, last)) {
        distinct.add(frame);
      }
      last = pixels;
    }
    return distinct;
  }

  @Test
  void render_onePixel_playsAsComposed() throws IOException {
    List<BufferedImage> colors =
        IntStream.of(0xffff0000, 0, 0x8000ff00, 0xff0000ff).mapToObj(c -> plain(1, 1, c)).toList();
    byte[] file = webp(WebpMaker.animated(colors, 70).bytes(), 1, 1, ",lossless");

    // the source lays each frame over the one before
    List<Integer> shown =
        PlayedAnimation.ofWebp(file).frames().stream().map(f -> f.getRGB(0, 0)).toList();
    assertThat(shown).containsExactly(0xffff0000, 0xff7f8000, 0xff0000ff);
    assertThat(PlayedAnimation.ofWebp(file).delays()).containsExactly(140, 70, 70);
  }

  @Test
  void render_spriteThatMoves_isExact() throws IOException {
    List<BufferedImage> frames = crossing(plain(121, 97, 0), 6);

    byte[] file = webp(gif(frames, 7), 121, 97, "");

    PlayedAnimation.assertSame(PlayedAnimation.ofWebp(file).frames(), frames);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",lossless"})
  void render_drawingThatMoves_isSmallerThanTheGif(String options) throws IOException {
    byte[] source = gif(crossing(TestImages.checkerboard(160, 120, 5), 6), 7);
    ThumbnailSpec asGif = ThumbnailSpec.parse("stretch:160x120,frames:all");
    byte[] gif = THUMBNAILER.render(ImageSource.of(source), asGif).bytes();

    assertThat(webp(source, 160, 120, options)).hasSizeLessThan(gif.length);
  }

  /** Scaling makes many colors, of which a GIF keeps 256, too. */
  @Test
  void render_drawingScaledDown_isMuchSmallerThanTheGif() throws IOException {
    byte[] source = gif(crossing(TestImages.checkerboard(320, 240, 31), 6), 7);
    ThumbnailSpec asGif = ThumbnailSpec.parse("stretch:100x75,frames:all");
    byte[] gif = THUMBNAILER.render(ImageSource.of(source), asGif).bytes();
    byte[] webp = webp(source, 100, 75, "");

    assertThat(webp).hasSizeLessThan(gif.length / 2);
    assertThat(webp).hasSizeLessThan(webp(source, 100, 75, ",lossless").length * 2 / 3);
  }

  @Test
  void render_drawingBehindSomethingThatMoves_keepsNoTraceOfIt() throws IOException {
    List<BufferedImage> frames = crossing(plain(121, 97, 0xff2040a0), 6);
    byte[] source = apng(frames.stream().map(AnimatedWebpOutputTest::whole).toList());

    byte[] file = webp(source, 121, 97, "");

    PlayedAnimation.assertSame(PlayedAnimation.ofWebp(file).frames(), frames);
  }

  @Test
  void render_photoBehindSomethingThatMoves_doesNotFlicker() throws IOException {
    List<BufferedImage> frames = crossing(TestImages.photo(150, 113), 6);
    byte[] source = apng(frames.stream().map(AnimatedWebpOutputTest::whole).toList());
    byte[] file = webp(source, 150, 113, ",quality:60");

    assertThat(file).hasSizeLessThan(webp(source, 150, 113, ",lossless").length / 2);
    List<BufferedImage> shown = PlayedAnimation.ofWebp(file).frames();
    assertThat(shown).hasSameSizeAs(frames);
    int still = 0;
    for (int i = 1; i < shown.size(); i++) {
      for (int y = 0; y < 113; y++) {
        for (int x = 0; x < 150; x++) {
          if (isFarFromChange(frames.get(i - 1), frames.get(i), x, y)) {
            still++;
            assertThat(shown.get(i).getRGB(x, y)).isEqualTo(shown.get(i - 1).getRGB(x, y));
          }
        }
      }
    }
    assertThat(still).isGreaterThan(40_000);
  }

  /**
   * What something leaves behind on its way is no worse than the rest of the photo, and stays so.
   */
  @Test
  void render_photoBehindSomethingThatMoves_staysGoodWhereItWas() throws IOException {
    BufferedImage photo = TestImages.photo(150, 113);
    List<BufferedImage> frames = crossing(photo, 6);
    byte[] source = apng(frames.stream().map(AnimatedWebpOutputTest::whole).toList());
    List<BufferedImage> shown = PlayedAnimation.ofWebp(webp(source, 150, 113, "")).frames();

    double elsewhere = meanSquaredError(shown.get(0), frames.get(0), (x, y) -> true);
    for (int i = 2; i < frames.size(); i++) {
      BufferedImage frame = frames.get(i);
      double error =
          meanSquaredError(
              shown.get(i),
              frame,
              (x, y) ->
                  frame.getRGB(x, y) == photo.getRGB(x, y)
                      && frames.stream().anyMatch(f -> f.getRGB(x, y) != frame.getRGB(x, y)));
      assertThat(error).as("frame %d", i).isLessThan(3 * elsewhere);
    }
  }

  private interface Place {
    boolean counts(int x, int y);
  }

  private static double meanSquaredError(BufferedImage one, BufferedImage other, Place place) {
    long sum = 0;
    long count = 0;
    for (int y = 0; y < one.getHeight(); y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        for (int shift = 0; place.counts(x, y) && shift < 24; shift += 8) {
          long difference =
              (long) (one.getRGB(x, y) >> shift & 0xff) - (other.getRGB(x, y) >> shift & 0xff);
          sum += difference * difference;
          count++;
        }
      }
    }
    return (double) sum / count;
  }

  private static AnimatedFrame whole(BufferedImage image) {
    return new AnimatedFrame(image, 0, 0, false, ApngMaker.Disposal.KEEP);
  }

  /** Returns whether less than half of a block of 8 x 8 around a pixel can have changed. */
  private static boolean isFarFromChange(BufferedImage one, BufferedImage other, int x, int y) {
    for (int v = Math.max(0, y - 7); v <= Math.min(one.getHeight() - 1, y + 7); v++) {
      for (int u = Math.max(0, x - 7); u <= Math.min(one.getWidth() - 1, x + 7); u++) {
        if (one.getRGB(u, v) != other.getRGB(u, v)) {
          return false;
        }
      }
    }
    return true;
  }

  @ParameterizedTest
  @CsvSource({"0, 100", "1, 100", "2, 20", "3, 30", "700, 7000"})
  void render_delay_isThatOfBrowsers(int hundredths, int shownFor) throws IOException {
    byte[] file = webp(gif(crossing(plain(40, 40, -1), 3), hundredths), 40, 40, "");

    assertThat(PlayedAnimation.ofWebp(file).delays()).hasSize(3).containsOnly(shownFor);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 2", "7, 8", "65535, 65535"})
  void render_repetitions_areKept(int repeats, int plays) throws IOException {
    byte[] source =
        GifMaker.of(plain(8, 8, -1))
            .frame(plain(8, 8, 0xff000000), 0, 0, 5, GifMaker.Disposal.KEEP)
            .loops(repeats)
            .bytes();

    assertThat(PlayedAnimation.ofWebp(webp(source, 8, 8, "")).plays()).isEqualTo(plays);
  }

  @Test
  void render_playedOnce_isPlayedOnce() throws IOException {
    byte[] source = gif(crossing(plain(40, 40, -1), 2), 5);

    assertThat(PlayedAnimation.ofWebp(webp(source, 40, 40, "")).plays()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",lossless"})
  void render_framesAllAlike_areTheStill(String options) throws IOException {
    BufferedImage photo = TestImages.photo(40, 30);
    byte[] source = WebpMaker.animated(List.of(photo, photo, photo), 50).bytes();
    ThumbnailSpec still = ThumbnailSpec.parse("stretch:40x30,format:webp" + options);

    assertThat(webp(source, 40, 30, options))
        .isEqualTo(THUMBNAILER.render(ImageSource.of(source), still).bytes());
  }

  @Test
  void render_framesThatChangeNothing_lengthenTheOneBefore() throws IOException {
    BufferedImage white = plain(9, 9, -1);
    BufferedImage black = plain(9, 9, 0xff000000);
    byte[] source = WebpMaker.animated(List.of(white, white, black, black, black), 50).bytes();

    assertThat(PlayedAnimation.ofWebp(webp(source, 9, 9, "")).delays()).containsExactly(100, 150);
  }

  @Test
  void render_framesLongerThanCanBeSaid_areDivided() throws IOException {
    ApngMaker maker = ApngMaker.like(plain(9, 9, -1));
    for (int color : new int[] {-1, 0x80ff0000, 0xff0000ff}) {
      maker.frame(plain(9, 9, color), 0, 0, 30_000, 1, ApngMaker.Disposal.KEEP, false);
    }
    PlayedAnimation played = PlayedAnimation.ofWebp(webp(maker.bytes(), 9, 9, ",lossless"));

    assertThat(played.delays().stream().mapToLong(Integer::longValue).sum()).isEqualTo(90_000_000);
    assertThat(played.frames()).hasSize(6);
    assertThat(played.frames().get(3).getRGB(4, 4)).isEqualTo(0x80ff0000);
  }

  @Test
  void render_keptProfile_isInTheAnimation() throws IOException {
    BufferedImage red = plain(9, 9, 0xffff0000);
    byte[] source =
        WebpMaker.animated(List.of(red, plain(9, 9, 0xff00ff00)), 50)
            .icc(IccProfiles.displayP3())
            .bytes();
    byte[] file = webp(source, 9, 9, ",lossless,icc:keep");

    assertThat(PlayedAnimation.ofWebp(file).frames().get(0).getRGB(4, 4)).isEqualTo(0xffff0000);
    assertThat(THUMBNAILER.probe(ImageSource.of(file)).iccProfile()).isTrue();
  }

  @Test
  void render_cutOffAnywhere_hasTheFramesThatAreThere() throws IOException {
    byte[] source = gif(crossing(plain(40, 40, 0), 3), 5);
    int most = 0;
    for (int length = 13; length < source.length; length++) {
      try {
        byte[] file = webp(Arrays.copyOf(source, length), 40, 40, "");
        boolean moves =
            new String(file, 12, 4, US_ASCII).equals("VP8X") && (file[12 + CHUNK] & 2) != 0;
        int frames = moves ? PlayedAnimation.ofWebp(file).frames().size() : 1;
        assertThat(frames).isGreaterThanOrEqualTo(most);
        most = frames;
      } catch (ThumbnailException e) {
        assertThat(most).isZero();
      }
    }
    assertThat(most).isEqualTo(3);
  }

  @Test
  void plan_moreFrames_takeMoreMemory() throws IOException {
    ThumbnailSpec all = ThumbnailSpec.parse("fit:40x40,frames:all,format:webp");
    byte[] few = gif(crossing(plain(40, 40, -1), 3), 5);
    byte[] many = gif(crossing(plain(40, 40, -1), 5), 5);

    assertThat(THUMBNAILER.plan(ImageSource.of(many), List.of(all)).peakBytes())
        .isGreaterThan(THUMBNAILER.plan(ImageSource.of(few), List.of(all)).peakBytes() + 20_000);
  }
}
