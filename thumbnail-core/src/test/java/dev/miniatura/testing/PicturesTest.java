package dev.miniatura.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PicturesTest {

  @Test
  void measures_equalPictures_areAtTheirBest() {
    BufferedImage photo = TestImages.photo(50, 40);

    assertThat(Pictures.maxDifference(photo, photo)).isZero();
    assertThat(Pictures.meanDifference(photo, photo)).isZero();
    assertThat(Pictures.psnr(photo, photo)).isInfinite();
    assertThat(Pictures.ssim(photo, photo)).isCloseTo(1, within(1e-12));
  }

  @Test
  void measures_oneLevelApart_followTheirFormulas() {
    BufferedImage a = TestImages.solid(20, 20, 0x404040);
    BufferedImage b = TestImages.solid(20, 20, 0x414141);

    assertThat(Pictures.maxDifference(a, b)).isEqualTo(1);
    assertThat(Pictures.meanDifference(a, b)).isEqualTo(1);
    assertThat(Pictures.psnr(a, b)).isCloseTo(20 * Math.log10(255), within(1e-9));
    double luminanceTerm = (2 * 64 * 65 + 6.5025) / (64 * 64 + 65 * 65 + 6.5025);
    assertThat(Pictures.ssim(a, b)).isCloseTo(luminanceTerm, within(1e-9));
  }

  @Test
  void ssim_negative_isBelowZero() {
    BufferedImage board = TestImages.checkerboard(32, 32, 2);
    BufferedImage inverse = TestImages.checkerboard(34, 32, 2).getSubimage(2, 0, 32, 32);

    assertThat(Pictures.ssim(board, inverse)).isLessThan(-0.9);
  }

  @Test
  void measures_otherSize_areRefused() {
    BufferedImage a = TestImages.solid(20, 20, 0);
    BufferedImage b = TestImages.solid(20, 21, 0);

    assertThatThrownBy(() -> Pictures.psnr(a, b)).hasMessageContaining("20x20 and 20x21");
  }

  @Test
  void averageColor_region_isItsMean() {
    BufferedImage board = TestImages.checkerboard(8, 8, 1);

    assertThat(Pictures.averageColor(board, 0, 0, 2, 2)).isEqualTo(0xff808080);
    assertThat(Pictures.averageColor(board, 0, 0, 1, 1)).isEqualTo(0xffffffff);
  }

  @ParameterizedTest
  @CsvSource({
    "1, RGBY", "2, GRYB", "3, YBGR", "4, BYRG", "5, RBGY", "6, GYRB", "7, YGBR", "8, BRYG"
  })
  void corners_storedOrientation_nameWhatIsWhere(int orientation, String corners) {
    BufferedImage upright = TestImages.photo(64, 48);

    assertThat(Pictures.corners(TestImages.stored(upright, orientation))).isEqualTo(corners);
  }
}
