package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.testing.ColorDifference;
import dev.miniatura.testing.IccProfiles;
import dev.miniatura.testing.Pictures;
import dev.miniatura.testing.TestImages;
import dev.miniatura.testing.TiffMaker;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way of storing colors in TIFF gives the same picture. */
class TiffColorTest {

  private static final BufferedImage PICTURE = TestImages.photo(120, 90);

  private static BufferedImage render(byte[] file) throws IOException {
    return Thumbnailer.create().renderImage(ImageSource.of(file), ThumbnailSpec.fit(40, 30));
  }

  private static int[] pixel(BufferedImage image, int x, int y) {
    int rgb = image.getRGB(x, y);
    return new int[] {rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff};
  }

  private static double meanDifference(BufferedImage a, BufferedImage b) {
    double sum = 0;
    for (int y = 0; y < a.getHeight(); y++) {
      for (int x = 0; x < a.getWidth(); x++) {
        sum += ColorDifference.ciede2000(pixel(a, x, y), pixel(b, x, y));
      }
    }
    return sum / (a.getWidth() * a.getHeight());
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32})
  void render_associatedAlpha_equalsUnassociated(int depth) throws IOException {
    BufferedImage picture = TestImages.translucent(120, 90);
    TiffMaker maker = TiffMaker.of(picture).color(TiffMaker.Color.RGBA, depth);
    BufferedImage straight = render(maker.bytes());
    BufferedImage multiplied = render(maker.associatedAlpha().bytes());
    for (int y = 0; y < straight.getHeight(); y++) {
      for (int x = 0; x < straight.getWidth(); x++) {
        int expected = straight.getRGB(x, y);
        int actual = multiplied.getRGB(x, y);
        assertThat(actual >>> 24).isEqualTo(expected >>> 24);
        if (expected >>> 24 > 40) { // below this, rounding to 8 bits leaves little of a color
          assertThat(Pictures.maxDifference(actual, expected)).as("%d, %d", x, y).isLessThan(8);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 32})
  void render_deepSamples_equalEightBits(int depth) throws IOException {
    byte[] file = TiffMaker.of(PICTURE).color(TiffMaker.Color.RGB, depth).bytes();
    BufferedImage expected = render(TiffMaker.of(PICTURE).bytes());
    assertThat(Pictures.maxDifference(render(file), expected)).isZero();
  }

  @Test
  void render_floatsOutsideTheRange_areClippedAndOthersKept() throws IOException {
    BufferedImage ramp = TestImages.gradient(256, 8);
    byte[] file = TiffMaker.of(ramp).color(TiffMaker.Color.RGB, 32).range(-0.5f, 1.5f).bytes();
    BufferedImage image =
        Thumbnailer.create().renderImage(ImageSource.of(file), ThumbnailSpec.fit(256, 8));
    for (int x = 0; x < 256; x++) {
      int stored = ramp.getRGB(x, 4) >> 16 & 0xff;
      long expected = Math.round(255 * Math.max(0, Math.min(1, -0.5 + 2 * stored / 255.0)));
      int actual = image.getRGB(x, 4) >> 16 & 0xff;
      assertThat(Math.abs(actual - expected)).as("%d", stored).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void render_notANumber_isBlack() throws IOException {
    BufferedImage white = TestImages.solid(8, 8, 0xffffff);
    byte[] file = TiffMaker.of(white).color(TiffMaker.Color.RGB, 32).range(0, Float.NaN).bytes();
    assertThat(pixel(render(file), 4, 4)).containsExactly(0, 0, 0);
  }

  @Test
  void render_lab_comesOutInItsColors() throws IOException {
    byte[] file = TiffMaker.of(PICTURE).color(TiffMaker.Color.LAB, 8).bytes();
    assertThat(meanDifference(render(file), render(TiffMaker.of(PICTURE).bytes()))).isLessThan(1.5);
  }

  @Test
  void render_inks_followTheirProfile() throws IOException {
    BufferedImage red = TestImages.solid(16, 16, 0xd02010);
    TiffMaker maker = TiffMaker.of(red).color(TiffMaker.Color.CMYK, 8);
    int[] swop = pixel(render(maker.bytes()), 5, 5);
    int[] press = pixel(render(maker.icc(IccProfiles.cmyk()).bytes()), 5, 5);
    assertThat(swop[0]).isBetween(180, 220);
    assertThat(swop[1]).isBetween(15, 70);
    assertThat(ColorDifference.ciede2000(swop, press)).isBetween(2.0, 40.0);
  }

  @Test
  void render_profileOfOtherColors_isIgnoredWithANote() throws IOException {
    byte[] file = TiffMaker.of(PICTURE).icc(IccProfiles.cmyk()).bytes();
    Thumbnail thumbnail =
        Thumbnailer.create().render(ImageSource.of(file), ThumbnailSpec.fit(40, 30));
    assertThat(thumbnail.notes()).singleElement().asString().contains("profile");
    assertThat(Pictures.maxDifference(render(file), render(TiffMaker.of(PICTURE).bytes())))
        .isZero();
  }
}
