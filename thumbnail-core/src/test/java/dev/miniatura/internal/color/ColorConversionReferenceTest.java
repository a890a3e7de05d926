package dev.miniatura.internal.color;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.Raster;
import dev.miniatura.internal.raster.SrgbCurve;
import dev.miniatura.testing.IccProfiles;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Comparison with the definitions in plain double arithmetic. */
class ColorConversionReferenceTest {

  /** Linear Display P3 to linear sRGB, as CSS Color 4 lists it. */
  private static final double[][] P3_TO_SRGB = {
    {1.2249401762805598, -0.22494017628055996, 0},
    {-0.04205695470968816, 1.042056954709688, 0},
    {-0.019637554590334432, -0.07863604555063188, 1.0982736001409663}
  };

  @Test
  void displayP3_everyFifthLevel_isRoundedFromTheExactResult() {
    Raster source = TestRasters.lattice(ColorKind.RGB, 52);
    Raster result =
        ColorConversion.of(ColorKind.RGB, IccProfiles.displayP3(), new Notes()).toRgb(source);
    for (int i = 0; i < source.channel(0).length; i++) {
      int[] in = TestRasters.pixel(source, i);
      int[] out = TestRasters.pixel(result, i);
      for (int row = 0; row < 3; row++) {
        double linear = 0;
        for (int c = 0; c < 3; c++) {
          linear += P3_TO_SRGB[row][c] * decode(in[c] / 255.0);
        }
        // half a level of rounding; 1/65536 of linear light is a twentieth of a level, and the
        // profile's numbers are rounded to that too
        assertThat(Math.abs(out[row] - 255 * encode(linear))).isLessThan(0.62);
      }
    }
  }

  @Test
  void srgbCurve_everyLevel_comesBack() {
    for (int level = 0; level < 256; level++) {
      assertThat(SrgbEncoder.encode(SrgbCurve.toLinear(level / 255.0)) & 0xff).isEqualTo(level);
    }
  }

  @Test
  void srgbCurve_everyArgument_isTheNearestLevel() {
    for (int i = 0; i <= SrgbEncoder.ONE; i++) {
      double exact = 255 * encode(i / (double) SrgbEncoder.ONE);
      assertThat(Math.abs((SrgbEncoder.encode(i) & 0xff) - exact)).isLessThan(0.5 + 1e-4);
    }
  }

  @Test
  void lookupTable_linearFunction_isReproducedEverywhere() throws ProfileException {
    int[] grid = {2, 3, 4, 5};
    byte[] nodes = new byte[2 * 3 * 4 * 5 * 3 * 2];
    int at = 0;
    for (int i = 0; i < 120; i++) {
      double a = i < 60 ? 0 : 1;
      double b = i / 20 % 3 / 2.0;
      double c = i / 5 % 4 / 3.0;
      double d = i % 5 / 4.0;
      for (double value : new double[] {(a + b + c + d) / 4, (a + 2 * c) / 3, 1 - (b + d) / 2}) {
        int number = (int) Math.round(value * 65535);
        nodes[at++] = (byte) (number >> 8);
        nodes[at++] = (byte) number;
      }
    }
    ColorLookupTable table = new ColorLookupTable(new TagData(nodes, 0, nodes.length), grid, 2);
    Random random = new Random(21);
    for (int i = 0; i < 1000; i++) {
      double[] in = {random.nextDouble(), random.nextDouble(), random.nextDouble(), i % 2};
      double[] color = in.clone();
      table.apply(color);
      assertThat(color[0]).isCloseTo((in[0] + in[1] + in[2] + in[3]) / 4, near());
      assertThat(color[1]).isCloseTo((in[0] + 2 * in[2]) / 3, near());
      assertThat(color[2]).isCloseTo(1 - (in[1] + in[3]) / 2, near());
    }
  }

  @Test
  void labToXyz_white_isD50() {
    double[] color = {100, 0, 0};
    LabXyz.toXyz(color);
    assertThat(color).containsExactly(Colorimetry.D50, near());
  }

  @Test
  void xyzToSrgb_white_isWhite() {
    assertThat(Colorimetry.apply(Colorimetry.xyzToSrgb(), Colorimetry.D50))
        .containsExactly(new double[] {1, 1, 1}, offset(1e-9));
  }

  private static Offset<Double> near() {
    return offset(2e-5);
  }

  private static double decode(double v) {
    return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
  }

  private static double encode(double v) {
    double clipped = Math.max(0, Math.min(v, 1));
    return clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * Math.pow(clipped, 1 / 2.4) - 0.055;
  }
}
