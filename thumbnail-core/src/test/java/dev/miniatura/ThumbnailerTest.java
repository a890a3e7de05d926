package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.testing.ExifMaker;
import dev.miniatura.testing.IccProfiles;
import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.Pictures;
import dev.miniatura.testing.PngMaker;
import dev.miniatura.testing.TestImages;
import dev.miniatura.testing.TiffMaker;
import dev.miniatura.testing.WebpMaker;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Default behavior that users expect, for every container that supports it. */
class ThumbnailerTest {

  private static final ThumbnailSpec SMALL = ThumbnailSpec.fit(64, 64);

  private final Thumbnailer thumbnailer = Thumbnailer.create();

  private Thumbnail render(byte[] bytes, ThumbnailSpec spec) throws IOException {
    return thumbnailer.render(ImageSource.of(bytes), spec);
  }

  private static BufferedImage decode(Thumbnail thumbnail) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(thumbnail.bytes()));
    assertThat(image.getWidth()).isEqualTo(thumbnail.width());
    assertThat(image.getHeight()).isEqualTo(thumbnail.height());
    return image;
  }

  static Stream<Arguments> orientedFiles() throws IOException {
    List<Arguments> files = new ArrayList<>();
    BufferedImage upright = TestImages.marks(203, 149);
    for (int orientation = 1; orientation <= 8; orientation++) {
      BufferedImage stored = TestImages.stored(upright, orientation);
      files.add(
          Arguments.of("JPEG", orientation, JpegMaker.of(stored).orientation(orientation).bytes()));
      files.add(
          Arguments.of("PNG", orientation, PngMaker.of(stored).orientation(orientation).bytes()));
      files.add(
          Arguments.of("WEBP", orientation, WebpMaker.of(stored).orientation(orientation).bytes()));
      files.add(
          Arguments.of("TIFF", orientation, TiffMaker.of(stored).orientation(orientation).bytes()));
    }
    return files.stream();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("orientedFiles")
  void render_orientedPicture_comesOutUpright(String format, int orientation, byte[] file)
      throws IOException {
    ImageInfo info = thumbnailer.probe(ImageSource.of(file));
    assertThat(info.format()).isEqualTo(format);
    assertThat(info.orientation()).isEqualTo(orientation);
    assertThat(info.displayWidth()).isEqualTo(203);
    for (String spec : List.of("fit:67x49", "cover:50x49", "pad:80x80", "fit:67x49,format:png")) {
      BufferedImage image = decode(render(file, ThumbnailSpec.parse(spec + ",enlarge")));
      if (spec.startsWith("fit")) {
        assertThat(Pictures.corners(image)).as(spec).isEqualTo("RGBY");
      }
    }
  }

  @Test
  void render_orientedPicture_equalsTheUprightOne() throws IOException {
    BufferedImage upright = TestImages.marked(TestImages.photo(203, 149));
    BufferedImage expected =
        thumbnailer.renderImage(
            ImageSource.of(PngMaker.of(upright).bytes()), ThumbnailSpec.cover(63, 51));
    for (int orientation = 2; orientation <= 8; orientation++) {
      byte[] file =
          PngMaker.of(TestImages.stored(upright, orientation)).orientation(orientation).bytes();
      BufferedImage image =
          thumbnailer.renderImage(ImageSource.of(file), ThumbnailSpec.cover(63, 51));
      assertThat(Pictures.maxDifference(expected, image)).as("" + orientation).isLessThan(3);
    }
  }

  @Test
  void render_transparentPng_keepsAlphaInPngAndLiesOnWhiteInJpeg() throws IOException {
    byte[] file = PngMaker.of(TestImages.translucent(200, 150)).bytes();
    BufferedImage png = decode(render(file, SMALL));
    assertThat(png.getColorModel().hasAlpha()).isTrue();
    BufferedImage jpeg = decode(render(file, SMALL.format(OutputFormat.JPEG)));
    BufferedImage onRed =
        decode(render(file, SMALL.format(OutputFormat.JPEG).matte(0xff0000).quality(95)));
    for (int y = 0; y < png.getHeight(); y++) {
      for (int x = 0; x < png.getWidth(); x++) {
        if (png.getRGB(x, y) >>> 24 == 0) {
          assertThat(Pictures.maxDifference(jpeg.getRGB(x, y), 0xffffff)).isLessThan(40);
          assertThat(Pictures.maxDifference(onRed.getRGB(x, y), 0xff0000)).isLessThan(60);
        }
      }
    }
  }

  static Stream<Arguments> profiledFiles() throws IOException {
    BufferedImage picture = TestImages.solid(64, 64, 0x40c060);
    return Stream.of(
        Arguments.of("JPEG", JpegMaker.of(picture).quality(98).icc(IccProfiles.proPhoto()).bytes()),
        Arguments.of("PNG", PngMaker.of(picture).icc(IccProfiles.proPhoto()).bytes()),
        Arguments.of("WEBP", WebpMaker.of(picture).icc(IccProfiles.proPhoto()).bytes()),
        Arguments.of("TIFF", TiffMaker.of(picture).icc(IccProfiles.proPhoto()).bytes()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("profiledFiles")
  void render_wideGamutProfile_isConvertedToSrgb(String format, byte[] file) throws IOException {
    BufferedImage image = thumbnailer.renderImage(ImageSource.of(file), ThumbnailSpec.fit(8, 8));
    // ProPhoto (64, 192, 96) lies outside sRGB: red and blue clip low, green high.
    int rgb = image.getRGB(4, 4);
    assertThat(rgb >> 16 & 0xff).isLessThan(8);
    assertThat(rgb >> 8 & 0xff).isGreaterThan(200);
    byte[] kept = render(file, ThumbnailSpec.parse("fit:8x8,icc:keep,format:png")).bytes();
    assertThat(new String(kept, StandardCharsets.ISO_8859_1)).as(format).contains("iCCP");
  }

  @Test
  void render_truncatedPng_saysSo() throws IOException {
    byte[] file = PngMaker.of(TestImages.photo(80, 60)).bytes();
    Thumbnail thumbnail = render(Arrays.copyOf(file, file.length / 2), SMALL);
    assertThat(thumbnail.notes())
        .containsExactly("PNG: image data ends early; what is missing is blank");
    decode(thumbnail);
  }

  @Test
  void render_brokenProfile_isIgnoredWithANote() throws IOException {
    byte[] file = JpegMaker.of(TestImages.photo(80, 60)).icc(new byte[200]).bytes();
    Thumbnail thumbnail = render(file, SMALL);
    assertThat(thumbnail.notes())
        .singleElement()
        .asString()
        .startsWith("ICC profile: ")
        .endsWith("; ignored");
  }

  @ParameterizedTest
  @CsvSource({"CMYK", "YCCK"})
  void render_inkJpegWithoutProfile_comesOutInItsColors(JpegMaker.Color color) throws IOException {
    byte[] file = JpegMaker.of(TestImages.solid(48, 48, 0xd03020)).color(color).quality(95).bytes();
    BufferedImage image = thumbnailer.renderImage(ImageSource.of(file), ThumbnailSpec.fit(8, 8));
    int rgb = image.getRGB(4, 4);
    assertThat(rgb >> 16 & 0xff).isGreaterThan(150);
    assertThat(rgb >> 8 & 0xff).isLessThan(110);
    assertThat(rgb & 0xff).isLessThan(100);
  }

  @Test
  void render_sixteenBitPng_isRoundedNotTruncated() throws IOException {
    byte[] file = PngMaker.of(TestImages.deep(64, 16)).color(PngMaker.Color.RGB, 16).bytes();
    BufferedImage image = thumbnailer.renderImage(ImageSource.of(file), ThumbnailSpec.fit(64, 64));
    for (int x = 0; x < 64; x++) {
      long sample = 65535L * x / 63;
      long nearest = (sample * 255 + 32767) / 65535;
      assertThat(image.getRGB(x, 5) >> 16 & 0xff).as("x = %d", x).isEqualTo((int) nearest);
    }
  }

  @ParameterizedTest
  @CsvSource({"GRAY,8", "GRAY,1", "GRAY,16", "GRAY_ALPHA,8", "PALETTE,8", "PALETTE,4", "RGBA,16"})
  void render_pngOfEveryKind_looksLikeItsSource(PngMaker.Color color, int depth)
      throws IOException {
    BufferedImage picture = TestImages.photo(160, 120);
    byte[] file = PngMaker.of(picture).color(color, depth).bytes();
    BufferedImage expected =
        thumbnailer.renderImage(
            ImageSource.of(ImageIO.read(new ByteArrayInputStream(file))),
            ThumbnailSpec.fit(40, 40));
    BufferedImage image = thumbnailer.renderImage(ImageSource.of(file), ThumbnailSpec.fit(40, 40));
    assertThat(Pictures.meanDifference(expected, image))
        .isLessThan(color == PngMaker.Color.GRAY || color == PngMaker.Color.GRAY_ALPHA ? 2.0 : 1.0);
  }

  @ParameterizedTest
  @CsvSource({
    "fit:256x256, 100, 50, 100, 50",
    "fit:256x256;enlarge, 100, 50, 256, 128",
    "fit:50x, 100, 50, 50, 25",
    "fit:x10, 100, 50, 20, 10",
    "fit:64x64, 1, 1000, 1, 64",
    "fit:64x64, 5000, 1, 64, 1",
    "fit:10x10, 3, 1, 3, 1",
    "cover:40x40, 100, 50, 40, 40",
    "cover:200x100, 100, 100, 100, 50",
    "cover:200x100;enlarge, 100, 100, 200, 100",
    "pad:80x80, 100, 50, 80, 80",
    "pad:300x200, 100, 50, 300, 200",
    "stretch:30x70, 100, 50, 30, 70", // exact in both directions, also where that enlarges
    "stretch:200x200, 240, 160, 200, 200",
    "stretch:300x200, 24, 16, 300, 200"
  })
  void render_geometry_hasTheSizeAskedFor(
      String spec, int width, int height, int expectedWidth, int expectedHeight)
      throws IOException {
    byte[] file = PngMaker.of(TestImages.gradient(width, height)).bytes();
    ThumbnailSpec parsed = ThumbnailSpec.parse(spec.replace(';', ','));
    Thumbnail thumbnail = render(file, parsed);
    BufferedImage image = decode(thumbnail);
    assertThat(image.getWidth()).isEqualTo(expectedWidth);
    assertThat(image.getHeight()).isEqualTo(expectedHeight);
    RenderPlan.Output planned =
        thumbnailer.plan(ImageSource.of(file), List.of(parsed)).outputs().get(0);
    assertThat(planned.width()).isEqualTo(expectedWidth);
    assertThat(planned.height()).isEqualTo(expectedHeight);
    assertThat(planned.format()).isEqualTo(thumbnail.format());
  }

  @Test
  void render_cover_keepsWhatGravitySays() throws IOException {
    byte[] file = PngMaker.of(TestImages.marks(400, 100)).bytes();
    assertThat(corners(file, "cover:50x50,gravity:west")).startsWith("R").doesNotContain("G");
    assertThat(corners(file, "cover:50x50,gravity:east")).contains("G").doesNotContain("R");
    assertThat(corners(file, "cover:50x50")).isEqualTo("????");
  }

  private String corners(byte[] file, String spec) throws IOException {
    return Pictures.corners(
        thumbnailer.renderImage(ImageSource.of(file), ThumbnailSpec.parse(spec)));
  }

  @Test
  void render_pad_putsTheMatteAroundAndThePictureWhereGravitySays() throws IOException {
    byte[] file = JpegMaker.of(TestImages.solid(100, 50, 0x2050c0)).bytes();
    BufferedImage image =
        decode(render(file, ThumbnailSpec.parse("pad:60x60,gravity:north,matte:#00ff00")));
    assertThat(Pictures.maxDifference(image.getRGB(30, 5), 0x2050c0)).isLessThan(12);
    assertThat(Pictures.maxDifference(image.getRGB(30, 55), 0x00ff00)).isLessThan(12);
    BufferedImage clear = decode(render(file, ThumbnailSpec.parse("pad:60x60,format:png")));
    assertThat(clear.getRGB(30, 2) >>> 24).isZero();
    assertThat(clear.getRGB(30, 30) >>> 24).isEqualTo(255);
  }

  @Test
  void render_fileWithGps_leavesNoMetadata() throws IOException {
    byte[] exif = ExifMaker.bigEndian().gps().bytes();
    BufferedImage picture = TestImages.photo(120, 80);
    for (byte[] file :
        List.of(
            JpegMaker.of(picture).exif(exif).xmp("<x>secret place</x>").bytes(),
            PngMaker.of(picture).exif(exif).bytes(),
            WebpMaker.of(picture).exif(exif).xmp("<x>secret place</x>").bytes())) {
      assertThat(new String(file, StandardCharsets.ISO_8859_1)).contains("Synthetic camera");
      for (OutputFormat format : OutputFormat.all()) {
        byte[] bytes = render(file, SMALL.format(format)).bytes();
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
            .doesNotContain("Synthetic camera", "Exif", "eXIf", "secret", "http");
      }
    }
  }

  @Test
  void render_sameInput_givesSameBytesOnEveryThread() throws Exception {
    byte[] file = JpegMaker.of(TestImages.photo(640, 480)).bytes();
    byte[] expected = render(file, SMALL).bytes();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<byte[]> task = () -> render(file, SMALL).bytes();
      for (Future<byte[]> result : threads.invokeAll(List.of(task, task, task, task, task, task))) {
        assertThat(result.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void render_pathStreamAndBytes_agree(@TempDir Path folder) throws IOException {
    byte[] file = JpegMaker.of(TestImages.photo(700, 500)).bytes();
    Path path = Files.write(folder.resolve("photo"), file);
    byte[] expected = render(file, SMALL).bytes();
    assertThat(thumbnailer.render(ImageSource.of(path), SMALL).bytes()).isEqualTo(expected);
    InputStream stream = new ByteArrayInputStream(file);
    ImageSource once = ImageSource.of(stream);
    assertThat(thumbnailer.render(once, SMALL).bytes()).isEqualTo(expected);
    assertThatThrownBy(() -> thumbnailer.render(once, SMALL))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("once");
  }

  @Test
  void renderAll_severalSpecs_equalsEachAlone() throws IOException {
    byte[] file = PngMaker.of(TestImages.photo(640, 480)).bytes();
    List<ThumbnailSpec> specs =
        List.of(
            ThumbnailSpec.fit(64, 64),
            ThumbnailSpec.cover(50, 50),
            ThumbnailSpec.fit(64, 64).format(OutputFormat.JPEG),
            ThumbnailSpec.fit(300, 300));
    List<Thumbnail> together = thumbnailer.renderAll(ImageSource.of(file), specs);
    for (int i = 0; i < specs.size(); i++) {
      assertThat(together.get(i).bytes()).isEqualTo(render(file, specs.get(i)).bytes());
    }
  }

  @Test
  void render_linearLight_keepsTheBrightnessOfFineDetail() throws IOException {
    byte[] file = JpegMaker.of(TestImages.checkerboard(256, 256, 1)).quality(100).bytes();
    ImageSource source = ImageSource.of(file);
    BufferedImage plain = thumbnailer.renderImage(source, ThumbnailSpec.parse("fit:16x16"));
    BufferedImage linear =
        thumbnailer.renderImage(source, ThumbnailSpec.parse("fit:16x16,light:linear"));
    assertThat(plain.getRGB(8, 8) & 0xff).isBetween(122, 133);
    assertThat(linear.getRGB(8, 8) & 0xff).isBetween(184, 192); // half the light is 188 in sRGB
  }

  @Test
  void render_filter_runsOnTheFinishedPicture() throws IOException {
    byte[] file = JpegMaker.of(TestImages.photo(300, 200)).bytes();
    ThumbnailSpec spec =
        SMALL.filter(
            "dot",
            image -> {
              image.setRGB(3, 3, 0xffff0000);
              return image;
            });
    BufferedImage image = decode(render(file, spec.format(OutputFormat.PNG)));
    assertThat(image.getRGB(3, 3) & 0xffffff).isEqualTo(0xff0000);
  }

  @ParameterizedTest
  @CsvSource({"'', ffffff", "',matte:#2040c0', 2040c0"})
  void render_filterReturnsAlpha_liesOnTheMatteWhereTheOutputHasNone(String matte, String under)
      throws IOException {
    byte[] file = JpegMaker.of(TestImages.photo(300, 200)).bytes();
    ThumbnailSpec spec =
        ThumbnailSpec.parse("fit:64x64" + matte)
            .filter("clear", image -> new BufferedImage(64, 43, BufferedImage.TYPE_INT_ARGB));
    BufferedImage jpeg = decode(render(file, spec));
    assertThat(Pictures.maxDifference(jpeg.getRGB(30, 20), Integer.parseInt(under, 16)))
        .isLessThan(4);
    for (OutputFormat format : List.of(OutputFormat.PNG, OutputFormat.GIF)) {
      BufferedImage image = decode(render(file, spec.format(format)));
      assertThat(image.getRGB(30, 20) >>> 24).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "3", "6", "8"})
  void render_orientationIgnored_comesOutAsStored(int orientation) throws IOException {
    BufferedImage picture = TestImages.photo(300, 200);
    ThumbnailSpec stored = SMALL.useOrientation(false).format(OutputFormat.JPEG);
    byte[] plain = render(JpegMaker.of(picture).bytes(), stored).bytes();
    byte[] file = JpegMaker.of(picture).orientation(orientation).bytes();
    assertThat(render(file, stored).bytes()).isEqualTo(plain);
    List<Thumbnail> both = thumbnailer.renderAll(ImageSource.of(file), List.of(SMALL, stored));
    assertThat(both.get(1).bytes()).isEqualTo(plain);
    assertThat(both.get(0).bytes()).isEqualTo(render(file, SMALL).bytes());
  }

  @Test
  void render_ownStreamFails_passesTheErrorOnUnwrapped() {
    IOException mine = new IOException("mine");
    ImageSource source =
        () -> {
          throw mine;
        };
    assertThatThrownBy(() -> thumbnailer.render(source, SMALL)).isSameAs(mine);
  }
}
