package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.testing.IccProfiles;
import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.PngMaker;
import dev.miniatura.testing.TestImages;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code format:webp} from end to end; the output is read back by our own decoder. */
class WebpOutputTest {

  private static final Thumbnailer THUMBNAILER = Thumbnailer.create();

  private static Thumbnail webp(byte[] source, String spec) throws IOException {
    return THUMBNAILER.render(ImageSource.of(source), ThumbnailSpec.parse(spec + ",format:webp"));
  }

  private static BufferedImage image(byte[] source, int side) throws IOException {
    return THUMBNAILER.renderImage(ImageSource.of(source), ThumbnailSpec.fit(side, side));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 15, 16, 17, 33, 50})
  void render_oddSizes_comeBack(int side) throws IOException {
    byte[] photo = JpegMaker.of(TestImages.photo(120, 90)).sampling(2, 2).bytes();
    Thumbnail thumbnail = webp(photo, "stretch:" + side + "x" + (side + 1) / 2);
    ImageInfo info = THUMBNAILER.probe(ImageSource.of(thumbnail.bytes()));
    assertThat(info.format()).isEqualTo("WEBP");
    assertThat(info.width()).isEqualTo(side);
    assertThat(info.height()).isEqualTo((side + 1) / 2);
    assertThat(thumbnail.mediaType()).isEqualTo("image/webp");
  }

  @Test
  void render_photo_looksLikeThePngAndIsSmallerThanTheJpeg() throws IOException {
    byte[] photo = JpegMaker.of(TestImages.photo(320, 240)).sampling(2, 2).bytes();
    byte[] webp = webp(photo, "fit:160x160").bytes();
    byte[] jpeg =
        THUMBNAILER
            .render(ImageSource.of(photo), ThumbnailSpec.parse("fit:160x160,format:jpeg"))
            .bytes();
    assertThat(webp.length).isLessThan(jpeg.length);
    assertThat(meanDifference(image(webp, 160), image(photo, 160))).isLessThan(6);
  }

  @Test
  void render_transparency_isKeptExactly() throws IOException {
    byte[] clear = PngMaker.of(TestImages.translucent(80, 60)).bytes();
    BufferedImage expected = image(clear, 40);
    BufferedImage actual = image(webp(clear, "fit:40x40").bytes(), 40);
    for (int y = 0; y < expected.getHeight(); y++) {
      for (int x = 0; x < expected.getWidth(); x++) {
        assertThat(actual.getRGB(x, y) >>> 24).isEqualTo(expected.getRGB(x, y) >>> 24);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",chroma:444"})
  void render_lossless_hasThePixelsOfThePng(String options) throws IOException {
    List<byte[]> sources =
        List.of(
            JpegMaker.of(TestImages.photo(121, 90)).sampling(2, 2).bytes(),
            JpegMaker.of(TestImages.photo(121, 90)).color(JpegMaker.Color.GRAY).bytes(),
            PngMaker.of(TestImages.translucent(120, 90)).bytes());
    for (byte[] source : sources) {
      Thumbnail webp = webp(source, "fit:60x60,lossless" + options);
      ThumbnailSpec png = ThumbnailSpec.parse("fit:60x60,format:png" + options);
      Thumbnail expected = THUMBNAILER.render(ImageSource.of(source), png);
      BufferedImage one = image(webp.bytes(), 60);
      BufferedImage other = image(expected.bytes(), 60);
      assertThat(pixels(one)).isEqualTo(pixels(other));
    }
  }

  @Test
  void render_losslessWithProfile_keepsIt() throws IOException {
    byte[] source = JpegMaker.of(TestImages.photo(60, 40)).icc(IccProfiles.displayP3()).bytes();
    Thumbnail webp = webp(source, "fit:30x30,lossless,icc:keep");
    assertThat(THUMBNAILER.probe(ImageSource.of(webp.bytes())).iccProfile()).isTrue();
  }

  /** Two colors take one bit per pixel losslessly, and far more lossily. */
  @Test
  void render_drawing_isLosslessWhereThatIsSmaller() throws IOException {
    BufferedImage drawing = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 64; i++) {
      drawing.setRGB(i % 64, i / 64, (i % 64 / 8 + i / 512) % 2 == 0 ? 0xff0000 : 0x0000ff);
    }
    byte[] source = PngMaker.of(drawing).bytes();
    byte[] webp = webp(source, "fit:64x64").bytes();
    assertThat(pixels(image(webp, 64))).isEqualTo(pixels(drawing));
    assertThat(webp).isEqualTo(webp(source, "fit:64x64,lossless").bytes());
    assertThat(webp.length).isLessThan(200);
  }

  @Test
  void render_drawingScaledDown_isBetterAndSmallerInFewColorsThanLossy() throws IOException {
    BufferedImage drawing = bars(320, 240);
    byte[] png = PngMaker.of(drawing).bytes();
    byte[] jpeg = JpegMaker.of(drawing).sampling(2, 2).bytes(); // which is never a drawing
    byte[] webp = webp(png, "fit:100x75").bytes();

    assertThat(webp).hasSizeLessThan(webp(png, "fit:100x75,lossless").bytes().length);
    assertThat(webp).hasSizeLessThan(webp(jpeg, "fit:100x75").bytes().length);
    assertThat(meanDifference(image(webp, 100), image(png, 100))).isLessThan(2);
    assertThat(Arrays.stream(pixels(image(webp, 100))).distinct().count()).isLessThan(257);
  }

  private static BufferedImage bars(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    for (int i = 0; i < 9; i++) {
      graphics.setColor(Color.getHSBColor(i / 9f, 1, 0.8f));
      graphics.fillRect(35 * i, 21 * i, 23, height);
      graphics.drawOval(9 * i, 7, 37, 29);
    }
    return image;
  }

  private static int[] pixels(BufferedImage image) {
    int[] argb = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    return Arrays.stream(argb).map(pixel -> pixel >>> 24 == 0 ? 0 : pixel).toArray();
  }

  @Test
  void render_lessEffortIsLarger_lessQualitySmaller() throws IOException {
    byte[] photo = PngMaker.of(TestImages.photo(320, 240)).bytes();
    int usual = webp(photo, "fit:160x160").bytes().length;
    assertThat(webp(photo, "fit:160x160,effort:0").bytes().length).isGreaterThan(usual);
    assertThat(webp(photo, "fit:160x160,quality:30").bytes().length).isLessThan(usual);
  }

  @Test
  void plan_chargesTheEncoderByQuality() throws IOException {
    byte[] photo = PngMaker.of(TestImages.photo(320, 240)).bytes();
    long least = peak(photo, "fit:320x320,format:webp,quality:1");
    long most = peak(photo, "fit:320x320,format:webp,quality:100");
    assertThat(most - least).isBetween(5L * 320 * 240, 7L * 320 * 240); // alpha takes the least
  }

  private static long peak(byte[] source, String spec) throws IOException {
    return THUMBNAILER.plan(ImageSource.of(source), List.of(ThumbnailSpec.parse(spec))).peakBytes();
  }

  private static double meanDifference(BufferedImage one, BufferedImage other) {
    long sum = 0;
    for (int y = 0; y < one.getHeight(); y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        for (int shift = 0; shift < 24; shift += 8) {
          sum += Math.abs((one.getRGB(x, y) >> shift & 255) - (other.getRGB(x, y) >> shift & 255));
        }
      }
    }
    return sum / 3.0 / one.getWidth() / one.getHeight();
  }
}
