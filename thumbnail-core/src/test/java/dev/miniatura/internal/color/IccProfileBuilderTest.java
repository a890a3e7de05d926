package dev.miniatura.internal.color;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.miniatura.testing.IccProfiles;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.color.ICC_ProfileGray;
import java.awt.color.ICC_ProfileRGB;
import org.junit.jupiter.api.Test;

class IccProfileBuilderTest {

  @Test
  void rgb_isReadByTheJdk() {
    ICC_Profile profile = ICC_Profile.getInstance(IccProfiles.displayP3());
    assertThat(profile).isInstanceOf(ICC_ProfileRGB.class);
    assertThat(profile.getColorSpaceType()).isEqualTo(ColorSpace.TYPE_RGB);
    assertThat(profile.getMajorVersion()).isEqualTo(4);
    float[][] matrix = ((ICC_ProfileRGB) profile).getMatrix();
    // Display P3's colorants, as its published profile holds them
    assertThat(matrix[0][0]).isCloseTo(0.51512f, offset(3e-5f));
    assertThat(matrix[1][1]).isCloseTo(0.69225f, offset(3e-5f));
    assertThat(matrix[2][2]).isCloseTo(0.78407f, offset(3e-5f));
  }

  @Test
  void gray_isReadByTheJdk() {
    assertThat(ICC_Profile.getInstance(IccProfiles.grayGamma22()))
        .isInstanceOf(ICC_ProfileGray.class);
  }

  @Test
  void rgb_impossibleChromaticities_isNull() {
    byte[] curve = IccProfileBuilder.srgb();
    assertThat(IccProfileBuilder.rgb("zero", new double[8], curve)).isNull();
    assertThat(
            IccProfileBuilder.rgb(
                "on a line", new double[] {0.1, 0.1, 0.2, 0.2, 0.3, 0.3, 0.3127, 0.329}, curve))
        .isNull();
    assertThat(
            IccProfileBuilder.rgb(
                "white without light",
                new double[] {0.64, 0.33, 0.3, 0.6, 0.15, 0.06, 0.3127, 0},
                curve))
        .isNull();
    assertThat(
            IccProfileBuilder.rgb(
                "no numbers",
                new double[] {Double.NaN, 0.33, 0.3, 0.6, 0.15, 0.06, 0.3127, 0.329},
                curve))
        .isNull();
  }
}
