package dev.miniatura.internal.color;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.Raster;
import dev.miniatura.testing.IccProfiles;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import org.junit.jupiter.api.Test;

/**
 * Comparison with the JDK's LittleCMS. It computes 8-bit matrix profiles in 1/16384 of linear
 * light, which is up to 1.6 levels where the sRGB curve is steepest, and lookup tables through a
 * table of its own with 23 to 33 nodes per axis; so a few of its dark samples are off by more than
 * one level. {@link ColorConversionReferenceTest} shows that ours are not.
 */
class ColorConversionDifferentialTest {

  @Test
  void matrixProfiles_everySixthLevel_agreeWithinOneLevel() {
    Raster colors = TestRasters.lattice(ColorKind.RGB, 43);
    for (byte[] profile :
        new byte[][] {
          IccProfiles.displayP3(),
          IccProfiles.adobeRgb(),
          IccProfiles.proPhoto(),
          ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData()
        }) {
      assertAgreement(ColorKind.RGB, profile, colors, 0.05, 0.9998, 2);
    }
  }

  @Test
  void grayProfiles_everyLevel_agreeExactly() {
    Raster grays = TestRasters.lattice(ColorKind.GRAY, 256);
    for (byte[] profile :
        new byte[][] {
          IccProfiles.grayGamma22(), ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData()
        }) {
      assertAgreement(ColorKind.GRAY, profile, grays, 0, 1, 0);
    }
  }

  @Test
  void cmykTables16Bit_randomInks_agree() {
    Raster inks = TestRasters.random(128, 128, ColorKind.CMYK, false, 11);
    assertAgreement(ColorKind.CMYK, IccProfiles.cmyk(), inks, 0.15, 0.999, 8);
  }

  @Test
  void cmykTables8Bit_randomInks_agree() {
    Raster inks = TestRasters.random(128, 128, ColorKind.CMYK, false, 12);
    assertAgreement(ColorKind.CMYK, IccProfiles.cmyk8(), inks, 0.15, 0.999, 8);
  }

  @Test
  void rgbTablesWithCurvesAndMatrix_randomColors_agree() {
    Raster colors = TestRasters.random(128, 128, ColorKind.RGB, false, 13);
    assertAgreement(ColorKind.RGB, IccProfiles.rgbTables(), colors, 0.05, 0.9998, 3);
  }

  @Test
  void parametricCurves_allFiveFunctions_agree() {
    double[][] parameters = {
      {2.2},
      {2.2, 0.9, 0.1},
      {2.0, 0.9, -0.1, 0.15},
      {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045},
      {1.9, 0.8, 0.1, 0.3, 0.2, 0.03, 0.05}
    };
    Raster colors = TestRasters.lattice(ColorKind.RGB, 52);
    for (int function = 0; function < parameters.length; function++) {
      byte[] profile = TestProfiles.withCurve(TestProfiles.para(function, parameters[function]));
      assertAgreement(ColorKind.RGB, profile, colors, 0.05, 0.9995, 2);
    }
  }

  @Test
  void sampledCurves_fewPointsGammaAndNone_agree() {
    Raster colors = TestRasters.lattice(ColorKind.RGB, 52);
    for (int[] points : new int[][] {{}, {0x0180}, {0, 9000, 30000, 65535}, {500, 65000}}) {
      byte[] profile = TestProfiles.withCurve(TestProfiles.curv(points));
      assertAgreement(ColorKind.RGB, profile, colors, 0.05, 0.9995, 2);
    }
  }

  private static void assertAgreement(
      ColorKind color, byte[] profile, Raster source, double mean, double withinOne, int most) {
    Notes notes = new Notes();
    Raster ours = ColorConversion.of(color, profile, notes).toRgb(source);
    assertThat(notes.list()).isEmpty();
    int[] differences = TestRasters.differences(ours, LittleCms.toSrgb(profile, source));
    double samples = (double) source.channel(0).length * ours.channelCount();
    assertThat(TestRasters.mean(differences)).as("mean").isLessThanOrEqualTo(mean);
    assertThat((differences[0] + differences[1]) / samples)
        .as("within one level")
        .isGreaterThanOrEqualTo(withinOne);
    assertThat(TestRasters.largest(differences)).as("largest").isLessThanOrEqualTo(most);
  }
}
