package dev.miniatura.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestImagesTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 9", "9, 1", "17, 5", "320, 200"})
  void pictures_anySize_havePaintedTopLeft(int width, int height) {
    assertThat(TestImages.photo(width, height).getRGB(0, 0) & 0xffffff)
        .isEqualTo(TestImages.TOP_LEFT_RED);
    assertThat(TestImages.marks(width, height).getHeight()).isEqualTo(height);
    assertThat(TestImages.translucent(width, height).getWidth()).isEqualTo(width);
    assertThat(TestImages.deep(width, height).getRaster().getSample(0, 0, 2)).isEqualTo(0x80ff);
    assertThat(TestImages.gradient(width, height).getRGB(0, 0) & 0xffffff).isEqualTo(0x0000ff);
    assertThat(TestImages.checkerboard(width, height, 2).getRGB(0, 0)).isEqualTo(0xffffffff);
  }

  /** The sum of the pixels on the machine that wrote this: pictures are the same everywhere. */
  @Test
  void photo_anyMachine_hasTheSamePixels() {
    BufferedImage photo = TestImages.photo(160, 120);
    int hash = 1;
    for (int y = 0; y < 120; y++) {
      for (int x = 0; x < 160; x++) {
        hash = 31 * hash + photo.getRGB(x, y);
      }
    }

    assertThat(hash).isEqualTo(634_416_877);
  }

  @Test
  void translucent_outside_hidesMagenta() {
    assertThat(TestImages.translucent(64, 64).getRGB(0, 0)).isEqualTo(0x00ff00ff);
    assertThat(TestImages.translucent(64, 64).getRGB(32, 32) >>> 24).isEqualTo(255);
  }

  @Test
  void zonePlate_middle_isWhiteAndEdgeAlternates() {
    BufferedImage plate = TestImages.zonePlate(256, 256);

    assertThat(plate.getRGB(128, 128) & 0xff).isGreaterThan(250);
    int steepest = 0;
    for (int x = 0; x < 16; x++) {
      int step = (plate.getRGB(x, 128) & 0xff) - (plate.getRGB(x + 1, 128) & 0xff);
      steepest = Math.max(steepest, Math.abs(step));
    }
    assertThat(steepest).isGreaterThan(200);
  }
}
