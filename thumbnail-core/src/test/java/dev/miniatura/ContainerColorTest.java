package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.testing.BmpMaker;
import dev.miniatura.testing.IccProfiles;
import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.Pictures;
import dev.miniatura.testing.PngMaker;
import dev.miniatura.testing.PsdMaker;
import dev.miniatura.testing.TestImages;
import dev.miniatura.testing.TiffMaker;
import dev.miniatura.testing.WebpMaker;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Profiles and transparency, over every container that has them. */
class ContainerColorTest {

  private static Thumbnail render(byte[] file, String spec) throws IOException {
    return Thumbnailer.create().render(ImageSource.of(file), ThumbnailSpec.parse(spec));
  }

  private static BufferedImage image(byte[] file, String spec) throws IOException {
    return Thumbnailer.create().renderImage(ImageSource.of(file), ThumbnailSpec.parse(spec));
  }

  static Stream<Arguments> profiles() throws IOException {
    BufferedImage picture = TestImages.solid(32, 32, 0x60b070);
    // Expected by the published matrices, relative colorimetric, clipped.
    Map<Integer, byte[]> profiles =
        Map.of(
            0x3cb269, IccProfiles.displayP3(),
            0x00b06e, IccProfiles.adobeRgb());
    List<Arguments> files = new ArrayList<>();
    profiles.forEach(
        (expected, icc) -> {
          files.add(
              Arguments.of("JPEG", expected, JpegMaker.of(picture).quality(100).icc(icc).bytes()));
          files.add(Arguments.of("PNG", expected, PngMaker.of(picture).icc(icc).bytes()));
          files.add(Arguments.of("WEBP", expected, WebpMaker.of(picture).icc(icc).bytes()));
          files.add(Arguments.of("TIFF", expected, TiffMaker.of(picture).icc(icc).bytes()));
          files.add(Arguments.of("BMP", expected, BmpMaker.v5(picture, icc)));
        });
    return files.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("profiles")
  void render_embeddedProfile_isConverted(String format, int expected, byte[] file)
      throws IOException {
    assertThat(Thumbnailer.create().probe(ImageSource.of(file)).format()).isEqualTo(format);
    int actual = image(file, "fit:8x8").getRGB(4, 4) & 0xffffff;
    assertThat(Pictures.maxDifference(actual, expected)).as("%06x", actual).isLessThan(4);
  }

  @Test
  void render_inkInLinearLight_equalsItsPlainMean() throws IOException {
    byte[] file = JpegMaker.of(TestImages.photo(96, 64)).color(JpegMaker.Color.CMYK).bytes();
    BufferedImage linear = image(file, "fit:32x32,light:linear");
    assertThat(Pictures.meanDifference(linear, image(file, "fit:32x32"))).isLessThan(2);
  }

  static Stream<Arguments> translucentFiles() {
    BufferedImage picture = TestImages.translucent(160, 120);
    byte[] png = PngMaker.of(picture).bytes();
    return Stream.of(
        Arguments.of("PNG", png),
        Arguments.of("WEBP", WebpMaker.of(picture).bytes()),
        Arguments.of("TIFF", TiffMaker.of(picture).bytes()),
        Arguments.of("BMP", BmpMaker.v5(picture, new byte[0])),
        Arguments.of("PSD", PsdMaker.translucent(picture)),
        Arguments.of("ICO", icon(png)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("translucentFiles")
  void render_softEdge_hasNoFringe(String format, byte[] file) throws IOException {
    BufferedImage source = TestImages.translucent(160, 120);
    BufferedImage actual = image(file, "fit:40x30,kernel:box");
    assertThat(actual.getColorModel().hasAlpha()).isTrue();
    for (int y = 0; y < 30; y++) {
      for (int x = 0; x < 40; x++) {
        int expected = meanOf(source, 4 * x, 4 * y);
        int argb = actual.getRGB(x, y);
        assertThat(Math.abs((argb >>> 24) - (expected >>> 24))).isLessThan(2);
        if (expected >>> 24 > 20) {
          assertThat(Pictures.maxDifference(argb, expected)).as("%d, %d", x, y).isLessThan(7);
        }
      }
    }
  }

  /** Returns the mean of 4 × 4 pixels, weighted by their alpha. */
  private static int meanOf(BufferedImage image, int left, int top) {
    int[] sums = new int[4];
    for (int i = 0; i < 16; i++) {
      int argb = image.getRGB(left + i % 4, top + i / 4);
      int alpha = argb >>> 24;
      sums[3] += alpha;
      for (int c = 0; c < 3; c++) {
        sums[c] += alpha * (argb >> (16 - 8 * c) & 0xff);
      }
    }
    int weight = Math.max(1, sums[3]);
    int argb = (sums[3] + 8) / 16;
    for (int c = 0; c < 3; c++) {
      argb = (argb << 8) | ((sums[c] + weight / 2) / weight);
    }
    return argb;
  }

  private static byte[] icon(byte[] png) {
    ByteBuffer file = ByteBuffer.allocate(22 + png.length).order(ByteOrder.LITTLE_ENDIAN);
    file.putShort((short) 0).putShort((short) 1).putShort((short) 1);
    file.put((byte) 160).put((byte) 120).putShort((short) 0);
    file.putShort((short) 1).putShort((short) 32).putInt(png.length).putInt(22).put(png);
    return file.array();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "webp"})
  void render_keptProfile_isTheSourcesOwn(String name) throws IOException {
    OutputFormat format = OutputFormat.named(name);
    byte[] profile = Arrays.copyOf(IccProfiles.adobeRgb(), 150_000); // three segments in a JPEG
    ByteBuffer.wrap(profile).putInt(0, profile.length);
    BufferedImage picture = TestImages.photo(64, 48);
    for (byte[] file :
        List.of(
            JpegMaker.of(picture).icc(profile).bytes(),
            PngMaker.of(picture).icc(profile).bytes(),
            WebpMaker.of(picture).icc(profile).bytes(),
            TiffMaker.of(picture).icc(profile).bytes())) {
      byte[] kept = render(file, "fit:32x32,icc:keep,format:" + format.text()).bytes();
      assertThat(profile(format, kept)).isEqualTo(profile);
      byte[] converted = render(file, "fit:32x32,format:" + format.text()).bytes();
      assertThat(new String(converted, StandardCharsets.ISO_8859_1))
          .doesNotContain("ICC_PROFILE", "iCCP", "ICCP");
    }
  }

  private static byte[] profile(OutputFormat format, byte[] file) throws IOException {
    return switch (format.text()) {
      case "jpeg" -> jpegProfile(file);
      case "png" -> pngProfile(file);
      default -> webpProfile(file);
    };
  }

  private static byte[] webpProfile(byte[] webp) {
    ByteBuffer in = ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN);
    int chunk = 12 + 8 + 10; // RIFF's header, VP8X
    assertThat(new String(webp, chunk, 4, StandardCharsets.US_ASCII)).isEqualTo("ICCP");
    return Arrays.copyOfRange(webp, chunk + 8, chunk + 8 + in.getInt(chunk + 4));
  }

  private static byte[] jpegProfile(byte[] jpeg) {
    ByteBuffer in = ByteBuffer.wrap(jpeg).position(2);
    ByteArrayOutputStream profile = new ByteArrayOutputStream();
    int parts = 0;
    while (in.getShort(in.position()) != (short) 0xffda) {
      int start = in.position() + 4;
      int end = in.position() + 2 + (in.getShort(in.position() + 2) & 0xffff);
      if (in.getShort(in.position()) == (short) 0xffe2) {
        assertThat(jpeg[start + 12]).isEqualTo((byte) ++parts);
        assertThat(jpeg[start + 13]).isEqualTo((byte) 3);
        profile.write(jpeg, start + 14, end - start - 14);
      }
      in.position(end);
    }
    return profile.toByteArray();
  }

  private static byte[] pngProfile(byte[] png) throws IOException {
    String text = new String(png, StandardCharsets.ISO_8859_1);
    int data = text.indexOf("iCCP") + 4;
    int stream = text.indexOf('\0', data) + 2;
    return new InflaterInputStream(new ByteArrayInputStream(png, stream, png.length - stream))
        .readAllBytes();
  }

  @Test
  void render_grayWithProfile_isConvertedAndStaysGray() throws IOException {
    BufferedImage picture = TestImages.solid(16, 16, 0x404040);
    byte[] profile = IccProfiles.grayGamma22();
    for (byte[] file :
        List.of(
            JpegMaker.of(picture).color(JpegMaker.Color.GRAY).quality(100).icc(profile).bytes(),
            PngMaker.of(picture).color(PngMaker.Color.GRAY, 8).icc(profile).bytes(),
            TiffMaker.of(picture).color(TiffMaker.Color.GRAY, 8).icc(profile).bytes())) {
      // 64 / 255 to the power of 2.2 is 0.0477, which sRGB encodes as 61.5.
      int rgb = image(file, "fit:8x8").getRGB(4, 4) & 0xffffff;
      assertThat(rgb & 0xff).isBetween(61, 62);
      assertThat(rgb).isEqualTo((rgb & 0xff) * 0x10101);
    }
  }

  static Stream<Arguments> mismatchedFiles() throws IOException {
    BufferedImage picture = TestImages.photo(64, 48);
    byte[] truncated = Arrays.copyOf(IccProfiles.adobeRgb(), 300);
    byte[] tooLong = IccProfiles.adobeRgb();
    ByteBuffer.wrap(tooLong).putInt(0, tooLong.length + 1);
    List<Arguments> files = new ArrayList<>();
    for (byte[] icc : List.of(IccProfiles.cmyk(), IccProfiles.grayGamma22(), truncated, tooLong)) {
      files.add(Arguments.of("JPEG", JpegMaker.of(picture).icc(icc).bytes()));
      files.add(Arguments.of("PNG", PngMaker.of(picture).icc(icc).bytes()));
      files.add(Arguments.of("TIFF", TiffMaker.of(picture).icc(icc).bytes()));
      files.add(Arguments.of("BMP", BmpMaker.v5(picture, icc)));
      files.add(Arguments.of("WEBP", WebpMaker.of(picture).icc(icc).bytes()));
    }
    JpegMaker grayJpeg = JpegMaker.of(picture).color(JpegMaker.Color.GRAY);
    JpegMaker inkJpeg = JpegMaker.of(picture).color(JpegMaker.Color.CMYK);
    files.add(Arguments.of("JPEG", grayJpeg.icc(IccProfiles.adobeRgb()).bytes()));
    files.add(Arguments.of("JPEG", inkJpeg.icc(IccProfiles.adobeRgb()).bytes()));
    return files.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mismatchedFiles")
  void render_unusableProfile_isIgnoredWithANote(String format, byte[] file) throws IOException {
    assertThat(render(file, "fit:32x32").notes())
        .as(format)
        .singleElement()
        .asString()
        .startsWith("ICC profile: ")
        .endsWith("; ignored");
  }

  @Test
  void render_gainMapAfterThePicture_isLeftAlone() throws IOException {
    byte[] picture = JpegMaker.of(TestImages.photo(96, 64)).bytes();
    byte[] gainMap = JpegMaker.of(TestImages.solid(48, 32, 0x808080)).bytes();
    byte[] both = Arrays.copyOf(picture, picture.length + gainMap.length);
    System.arraycopy(gainMap, 0, both, picture.length, gainMap.length);
    Thumbnail thumbnail = render(both, "fit:32x32");
    assertThat(thumbnail.bytes()).isEqualTo(render(picture, "fit:32x32").bytes());
    assertThat(thumbnail.notes()).isEmpty();
  }
}
