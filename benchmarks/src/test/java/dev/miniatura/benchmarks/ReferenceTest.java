package dev.miniatura.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.testing.Pictures;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReferenceTest {

  @Test
  void resampled_sameSize_isIdentical() {
    BufferedImage image = slope(23, 17);
    assertThat(Pictures.maxDifference(image, Reference.of(image).resampled(23, 17))).isZero();
  }

  @ParameterizedTest
  @CsvSource({"7, 5", "50, 3", "1, 1", "99, 99"})
  void resampled_constant_staysConstant(int width, int height) {
    BufferedImage image = new BufferedImage(50, 40, BufferedImage.TYPE_INT_RGB);
    fill(image, 0x40a0ff);
    BufferedImage expected = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    fill(expected, 0x40a0ff);
    assertThat(Pictures.maxDifference(expected, Reference.of(image).resampled(width, height)))
        .isZero();
  }

  @Test
  void resampled_halved_keepsASlopeInPlace() {
    BufferedImage half = Reference.of(slope(80, 40)).resampled(40, 20);
    for (int x = 4; x < 36; x++) {
      assertThat(half.getRGB(x, 10) >> 16 & 0xff).isBetween(6 * x + 1, 6 * x + 2);
    }
  }

  /** The stored corners of a 2 by 2 picture are 1 2 / 3 4; EXIF 2.32, 4.6.4 A says where to. */
  @ParameterizedTest
  @CsvSource({
    "1, 1234", "2, 2143", "3, 4321", "4, 3412", "5, 1324", "6, 3142", "7, 4231", "8, 2413"
  })
  void turned_eachOrientation_isUpright(int orientation, String upright) {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 4; i++) {
      image.setRGB(i % 2, i / 2, i + 1);
    }
    BufferedImage turned = Reference.of(image).turned(orientation).resampled(2, 2);
    StringBuilder corners = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      corners.append(turned.getRGB(i % 2, i / 2) & 0xff);
    }
    assertThat(corners).hasToString(upright);
  }

  private static BufferedImage slope(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, ((3 * x) << 16) | ((2 * y) << 8) | (x ^ y));
      }
    }
    return image;
  }

  private static void fill(BufferedImage image, int color) {
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, color);
      }
    }
  }
}
