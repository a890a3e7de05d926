package dev.miniatura.internal.color;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.LumaWeights;
import dev.miniatura.internal.raster.Raster;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class YCbCrTest {

  @Test
  void toRgb_primaries_matchTheStandard() {
    assertThat(rgbOf(76, 85, 255)).containsExactly(254, 0, 0);
    assertThat(rgbOf(0, 128, 128)).containsExactly(0, 0, 0);
    assertThat(rgbOf(255, 128, 128)).containsExactly(255, 255, 255);
    assertThat(rgbOf(255, 255, 255)).containsExactly(255, 121, 255);
  }

  @Test
  void fromRgb_primaries_matchTheStandard() {
    assertThat(yccOf(255, 0, 0)).containsExactly(76, 85, 255);
    assertThat(yccOf(0, 255, 0)).containsExactly(150, 44, 21);
    assertThat(yccOf(0, 0, 255)).containsExactly(29, 255, 107);
    assertThat(yccOf(255, 255, 255)).containsExactly(255, 128, 128);
  }

  @Test
  void bothWays_grays_areExact() {
    for (int gray = 0; gray < 256; gray++) {
      assertThat(yccOf(gray, gray, gray)).containsExactly(gray, 128, 128);
      assertThat(rgbOf(gray, 128, 128)).containsExactly(gray, gray, gray);
    }
  }

  /** ITU-R BT.709, table 3, and BT.2020, table 4. */
  @Test
  void toRgb_otherWeights_matchTheirStandards() {
    for (LumaWeights weights :
        List.of(new LumaWeights(0.2126, 0.0722), new LumaWeights(0.2627, 0.0593))) {
      Raster colors = TestRasters.lattice(ColorKind.RGB, 18);
      Raster coded = Raster.opaque(colors.width(), colors.height(), ColorKind.YCBCR);
      for (int i = 0; i < colors.channel(0).length; i++) {
        double r = colors.channel(0)[i] & 0xff;
        double g = colors.channel(1)[i] & 0xff;
        double b = colors.channel(2)[i] & 0xff;
        double y = weights.red() * r + weights.green() * g + weights.blue() * b;
        coded.channel(0)[i] = (byte) Math.round(y);
        coded.channel(1)[i] =
            (byte) Math.min(255, Math.round((b - y) / (2 - 2 * weights.blue()) + 128));
        coded.channel(2)[i] =
            (byte) Math.min(255, Math.round((r - y) / (2 - 2 * weights.red()) + 128));
      }
      Raster back = YCbCr.of(weights).toRgb(coded);
      assertThat(TestRasters.largest(TestRasters.differences(colors, back))).isLessThan(3);
    }
    assertThat(YCbCr.of(new LumaWeights(0.299, 0.114))).isSameAs(YCbCr.JFIF);
  }

  @Test
  void bothWays_everyThirdColor_differsByAtMostOne() {
    Raster colors = TestRasters.lattice(ColorKind.RGB, 86);
    Raster back = YCbCr.JFIF.toRgb(YCbCr.fromRgb(colors, false));
    assertThat(TestRasters.largest(TestRasters.differences(colors, back))).isEqualTo(1);
  }

  @Test
  void toRgb_randomSamples_matchTheFormulaRounded() {
    Raster source = TestRasters.random(64, 64, ColorKind.YCBCR, false, 1);
    Raster result = YCbCr.JFIF.toRgb(source);
    for (int i = 0; i < 64 * 64; i++) {
      int[] ycc = TestRasters.pixel(source, i);
      double cb = ycc[1] - 128;
      double cr = ycc[2] - 128;
      int[] rgb = TestRasters.pixel(result, i);
      assertThat((double) rgb[0]).isCloseTo(clip(ycc[0] + 1.402 * cr), within());
      assertThat((double) rgb[1]).isCloseTo(clip(ycc[0] - 0.344136 * cb - 0.714136 * cr), within());
      assertThat((double) rgb[2]).isCloseTo(clip(ycc[0] + 1.772 * cb), within());
    }
  }

  @Test
  void bothWays_alpha_isUntouched() {
    Raster source = TestRasters.random(9, 5, ColorKind.RGB, true, 2);
    Raster ycc = YCbCr.fromRgb(source, false);
    assertThat(ycc.channel(3)).isEqualTo(source.channel(3));
    assertThat(YCbCr.JFIF.toRgb(ycc).channel(3)).isEqualTo(source.channel(3));
  }

  @Test
  void toRgb_ycck_givesInksAndKeepsBlack() {
    Raster inks = YCbCr.JFIF.toRgb(TestRasters.of(ColorKind.YCCK, 76, 85, 255, 40));
    assertThat(inks.color()).isEqualTo(ColorKind.CMYK);
    assertThat(TestRasters.pixel(inks, 0)).containsExactly(254, 0, 0, 40);
  }

  @Test
  void halvedChroma_oddSize_isTheMeanOfEachSquare() {
    Raster source = Raster.opaque(3, 3, ColorKind.RGB);
    source.channel(2)[0] = (byte) 255;
    source.channel(2)[8] = (byte) 255;
    Raster result = YCbCr.fromRgb(source, true);
    assertThat(result.channel(1)).hasSize(4);
    assertThat(result.channel(1)[0]).isEqualTo((byte) 160); // a quarter of full blue
    assertThat(result.channel(1)[3]).isEqualTo((byte) 255); // the corner counts four times
    assertThat(result.channel(1)[1]).isEqualTo((byte) 128);
  }

  @Test
  void halvedChroma_constantColor_comesBack() {
    for (int width = 1; width <= 4; width++) {
      for (int height = 1; height <= 4; height++) {
        Raster source = Raster.opaque(width, height, ColorKind.RGB);
        for (int i = 0; i < width * height; i++) {
          source.channel(0)[i] = (byte) 200;
          source.channel(1)[i] = 90;
          source.channel(2)[i] = 30;
        }
        Raster back = YCbCr.JFIF.toRgb(YCbCr.fromRgb(source, true));
        assertThat(TestRasters.largest(TestRasters.differences(source, back)))
            .isLessThanOrEqualTo(1);
      }
    }
  }

  @Test
  void halvedChroma_ramp_isInterpolated() {
    Raster source = Raster.halvedChroma(6, 1);
    byte[] cr = source.channel(2);
    cr[0] = (byte) 128;
    cr[1] = (byte) 148;
    cr[2] = (byte) 168;
    Arrays.fill(source.channel(0), (byte) 100);
    Arrays.fill(source.channel(1), (byte) 128);
    Raster rgb = YCbCr.JFIF.toRgb(source);
    // Cr' at the pixels' centers: 0, 5, 15, 25, 35, 40, times 1.402
    assertThat(rgb.channel(0)).containsExactly(100, 107, 121, (byte) 135, (byte) 149, (byte) 156);
  }

  private static int[] rgbOf(int... ycc) {
    return TestRasters.pixel(YCbCr.JFIF.toRgb(TestRasters.of(ColorKind.YCBCR, ycc)), 0);
  }

  private static int[] yccOf(int... rgb) {
    return TestRasters.pixel(YCbCr.fromRgb(TestRasters.of(ColorKind.RGB, rgb), false), 0);
  }

  /** Half a level for rounding and a little for the coefficients' own. */
  private static Offset<Double> within() {
    return offset(0.503);
  }

  private static double clip(double value) {
    return Math.max(0, Math.min(value, 255));
  }
}
