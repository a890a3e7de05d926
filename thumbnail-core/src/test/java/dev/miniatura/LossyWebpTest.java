package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.internal.exif.Camera;
import dev.miniatura.internal.raster.ImageHeader;
import dev.miniatura.internal.webp.Vp8Writer;
import dev.miniatura.testing.GifPlayer;
import dev.miniatura.testing.IccProfiles;
import dev.miniatura.testing.WebpMaker;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lossy WebP from file to thumbnail: colors, alpha, metadata, frames, and damage. */
class LossyWebpTest {

  private static final byte[] RED = Vp8Writer.solid(40, 20, 81, 90, 240);
  private static final byte[] GREEN = Vp8Writer.solid(40, 20, 145, 54, 34);
  private static final ThumbnailSpec WHOLE = ThumbnailSpec.parse("fit:40x40,format:png");

  private final Thumbnailer thumbnailer = Thumbnailer.create();

  private BufferedImage image(byte[] file, String spec) throws IOException {
    return thumbnailer.renderImage(ImageSource.of(file), ThumbnailSpec.parse(spec));
  }

  private static void assertColor(int argb, int red, int green, int blue) {
    int[] channels = {argb >> 16 & 0xff, argb >> 8 & 0xff, argb & 0xff};
    int[] expected = {red, green, blue};
    for (int i = 0; i < 3; i++) {
      assertThat(channels[i]).isBetween(expected[i] - 2, expected[i] + 2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "235, 128, 128, 255, 255, 255",
    "16, 128, 128, 0, 0, 0",
    "126, 128, 128, 128, 128, 128",
    "81, 90, 240, 255, 0, 0",
    "145, 54, 34, 0, 255, 0",
    "41, 240, 110, 0, 0, 255",
    "255, 128, 128, 255, 255, 255",
    "0, 128, 128, 0, 0, 0"
  })
  void render_oneColor_isExpandedFromLimitedRange(
      int y, int cb, int cr, int red, int green, int blue) throws IOException {
    byte[] vp8 = Vp8Writer.solid(33, 19, y, cb, cr);
    byte[] opaque = WebpMaker.lossy(33, 19, vp8).bytes();
    byte[] alpha = new byte[1 + 33 * 19];
    Arrays.fill(alpha, 1, alpha.length, (byte) 255);
    byte[] composed = WebpMaker.lossy(33, 19, vp8, alpha).bytes();

    for (byte[] file : List.of(opaque, composed)) {
      BufferedImage image = image(file, "fit:16x16,format:png");
      assertColor(image.getRGB(0, 0), red, green, blue);
      assertColor(image.getRGB(15, 8), red, green, blue);
    }
  }

  @Test
  void probe_lossy_tellsWhatTheHeaderSays() throws IOException {
    byte[] simple = WebpMaker.lossy(40, 20, RED).bytes();
    byte[] extended =
        WebpMaker.lossy(40, 20, RED).icc(IccProfiles.displayP3()).orientation(6).bytes();

    assertThat(thumbnailer.probe(ImageSource.of(simple)))
        .isEqualTo(new ImageInfo(ImageHeader.of("WEBP", 40, 20, "YCbCr 4:2:0", 8).build()));
    assertThat(thumbnailer.probe(ImageSource.of(extended)))
        .isEqualTo(
            new ImageInfo(
                ImageHeader.of("WEBP", 40, 20, "YCbCr 4:2:0", 8)
                    .orientation(6)
                    .iccProfile(true)
                    .camera(
                        new Camera(
                            Optional.of("Miniatura"),
                            Optional.of("Synthetic camera"),
                            Optional.empty()))
                    .build()));
  }

  @Test
  void render_orientationAndProfile_areApplied() throws IOException {
    byte[] file =
        WebpMaker.lossy(40, 20, GREEN).icc(IccProfiles.displayP3()).orientation(6).bytes();

    BufferedImage image = image(file, "fit:40x40,format:png");

    assertThat(List.of(image.getWidth(), image.getHeight())).containsExactly(20, 40);
    assertColor(image.getRGB(5, 5), 0, 255, 0); // of P3, clipped to sRGB
  }

  @Test
  void plan_largePicture_needsRowsOnly() throws IOException {
    byte[] file = WebpMaker.lossy(4000, 3000, Vp8Writer.solid(4000, 3000, 99, 99, 99)).bytes();

    RenderPlan plan = thumbnailer.plan(ImageSource.of(file), List.of(WHOLE));

    assertThat(plan.peakBytes()).isLessThan(file.length + (2L << 20));
  }

  @ParameterizedTest
  @CsvSource({"50, no loop filter", "51, by rows of macroblocks"})
  void plan_smallTarget_leavesOutTheLoopFilter(int side, String described) throws IOException {
    byte[] file = WebpMaker.lossy(400, 400, Vp8Writer.solid(400, 400, 99, 99, 99)).bytes();
    ThumbnailSpec spec = ThumbnailSpec.fit(side, side);

    RenderPlan plan = thumbnailer.plan(ImageSource.of(file), List.of(spec));

    assertThat(plan.decoding()).endsWith(described);
    assertThat(thumbnailer.render(ImageSource.of(file), spec).notes()).isEmpty();
  }

  /** Alpha 0, 10, 20 ... along a row, one more in each row below; as each filter codes it. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void render_alpha_isUnfiltered(int filter) throws IOException {
    int width = 24;
    int height = 20;
    BufferedImage coded = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    byte[] raw = new byte[1 + width * height];
    raw[0] = (byte) (filter << 2);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int alpha = 10 * x + y;
        int left = x == 0 ? 10 * x + y - 1 : alpha - 10;
        int above = y == 0 ? left : alpha - 1;
        int predicted =
            switch (filter) {
              case 1 -> left;
              case 2 -> x == 0 ? left : above;
              case 3 -> x == 0 || y == 0 ? left : Math.min(255, left + above - (alpha - 11));
              default -> 0;
            };
        int value = x == 0 && y == 0 ? alpha : (alpha - predicted) & 0xff;
        raw[1 + y * width + x] = (byte) value;
        coded.setRGB(x, y, value << 8);
      }
    }
    byte[] lossless = WebpMaker.losslessAlpha(coded);
    byte[] compressed = new byte[1 + lossless.length];
    compressed[0] = (byte) (filter << 2 | 1);
    System.arraycopy(lossless, 0, compressed, 1, lossless.length);
    byte[] vp8 = Vp8Writer.solid(width, height, 145, 54, 34);

    for (byte[] alph : List.of(raw, compressed)) {
      byte[] file = WebpMaker.lossy(width, height, vp8, alph).bytes();
      assertThat(thumbnailer.probe(ImageSource.of(file)).alpha()).isTrue();
      BufferedImage image = image(file, "fit:24x24,format:png");
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          assertThat(image.getRGB(x, y) >>> 24).isEqualTo(10 * x + y);
        }
      }
      assertColor(image.getRGB(23, 19), 0, 255, 0);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, alpha ends early", "2, unknown compression of alpha"})
  void render_badAlpha_isMalformed(byte flags, String reason) {
    byte[] file = WebpMaker.lossy(40, 20, RED, flags, (byte) 1, (byte) 2).bytes();

    assertThatThrownBy(() -> thumbnailer.render(ImageSource.of(file), WHOLE))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void render_animation_drawsLossyFrames() throws IOException {
    byte[] half = new byte[1 + 40 * 20];
    Arrays.fill(half, 1, 1 + 20 * 20, (byte) 255);
    byte[] file =
        WebpMaker.canvas(40, 40)
            .lossyFrame(40, 20, RED, new byte[0], 0, 0, 100)
            .lossyFrame(40, 20, GREEN, half, 0, 10, 200)
            .bytes();

    ThumbnailSpec moving = ThumbnailSpec.parse("fit:40x40,format:gif,frames:all");
    GifPlayer shown = GifPlayer.play(thumbnailer.render(ImageSource.of(file), moving).bytes());

    assertThat(shown.delays()).containsExactly(10, 20);
    BufferedImage second = shown.frames().get(1);
    assertColor(second.getRGB(20, 5), 255, 0, 0);
    assertColor(second.getRGB(20, 15), 0, 255, 0);
    assertColor(second.getRGB(20, 25) | second.getRGB(20, 19), 0, 255, 0);
    assertThat(second.getRGB(20, 35) >>> 24).isZero();
  }

  @Test
  void render_frameOfAnotherSize_isMalformed() {
    byte[] file = WebpMaker.canvas(40, 40).lossyFrame(38, 20, RED, new byte[0], 0, 0, 100).bytes();

    assertThatThrownBy(() -> thumbnailer.render(ImageSource.of(file), WHOLE))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("image data and frame differ in size");
  }

  @Test
  void render_truncated_isGrayBelowWithANote() throws IOException {
    byte[] file = WebpMaker.lossy(64, 640, Vp8Writer.solid(64, 640, 200, 128, 128)).bytes();

    Thumbnail thumbnail =
        thumbnailer.render(ImageSource.of(Arrays.copyOf(file, file.length - 12)), WHOLE);

    assertThat(thumbnail.notes())
        .containsExactly("WEBP: image data ends early; what is missing is gray");
  }

  @Test
  void render_noImageData_isMalformed() {
    byte[] file = "RIFF\4\0\0\0WEBPVP8 \0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> thumbnailer.render(ImageSource.of(file), WHOLE))
        .isInstanceOf(ThumbnailException.class);
  }

  @Test
  @EnabledIfSystemProperty(named = "corpus", matches = ".+")
  void render_corpus_hasNothingToNote() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("corpus"), "formats"))) {
      List<Path> all = files.filter(file -> file.toString().endsWith(".webp")).toList();
      assertThat(all).isNotEmpty();
      for (Path file : all) {
        Thumbnail thumbnail = thumbnailer.render(ImageSource.of(file), WHOLE);
        assertThat(thumbnail.notes()).as(file.toString()).isEmpty();
      }
    }
  }
}
