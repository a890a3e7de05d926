package dev.miniatura.internal.color;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.Raster;
import org.junit.jupiter.api.Test;

class InkModelTest {

  @Test
  void noInk_isWhite() {
    assertThat(rgbOf(0, 0, 0, 0)).containsExactly(255, 255, 255);
  }

  @Test
  void fullInks_lookLikePrint() {
    assertThat(rgbOf(255, 0, 0, 0)).containsExactly(0, 174, 237); // cyan
    assertThat(rgbOf(0, 255, 0, 0)).containsExactly(234, 0, 138); // magenta
    assertThat(rgbOf(0, 0, 255, 0)).containsExactly(255, 238, 0); // yellow
    assertThat(rgbOf(0, 0, 0, 255)).containsExactly(39, 31, 29); // black
  }

  @Test
  void moreBlack_neverLighter() {
    for (int ink = 0; ink < 4; ink++) {
      int[] before = {255, 255, 255};
      for (int amount = 0; amount < 256; amount++) {
        int[] inks = new int[4];
        inks[ink] = amount;
        int[] color = rgbOf(inks);
        for (int c = 0; c < 3; c++) {
          assertThat(color[c]).isLessThanOrEqualTo(before[c]);
        }
        before = color;
      }
    }
  }

  @Test
  void grayBalance_ofPrintersGray_isNearlyNeutral() {
    int[] color = rgbOf(128, 102, 102, 0); // 50, 40, 40 percent, the press's neutral gray
    assertThat(Math.abs(color[0] - color[1])).isLessThan(8);
    assertThat(Math.abs(color[2] - color[1])).isLessThan(8);
  }

  private static int[] rgbOf(int... inks) {
    Raster source = TestRasters.of(ColorKind.CMYK, inks);
    return TestRasters.pixel(
        ColorConversion.of(ColorKind.CMYK, null, new Notes()).toRgb(source), 0);
  }
}
