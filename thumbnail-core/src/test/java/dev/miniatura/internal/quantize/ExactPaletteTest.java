package dev.miniatura.internal.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Raster;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactPaletteTest {

  @Test
  void of_asManyColorsAsAllowed_keepsEveryPixel() {
    for (int colors : new int[] {1, 2, 17, 255, 256}) {
      Raster raster = ofColors(colors);
      IndexedImage image = Objects.requireNonNull(ExactPalette.of(raster, 256));
      assertThat(image.palette()).hasSize(colors);
      for (int i = 0; i < image.indices().length; i++) {
        int color = image.palette()[image.indices()[i] & 0xff];
        assertThat(color >>> 24).isEqualTo(raster.channel(3)[i] & 0xff);
        assertThat(color >> 16 & 0xff).isEqualTo(raster.channel(0)[i] & 0xff);
        assertThat(color >> 8 & 0xff).isEqualTo(raster.channel(1)[i] & 0xff);
        assertThat(color & 0xff).isEqualTo(raster.channel(2)[i] & 0xff);
      }
    }
  }

  @Test
  void of_oneColorTooMany_isNull() {
    assertThat(ExactPalette.of(ofColors(257), 256)).isNull();
    assertThat(ExactPalette.of(ofColors(17), 16)).isNull();
  }

  @Test
  void of_mixedAlpha_putsTranslucentColorsFirst() {
    IndexedImage image = Objects.requireNonNull(ExactPalette.of(ofColors(200), 256));
    int[] alphas = Arrays.stream(image.palette()).map(color -> color >>> 24).toArray();
    assertThat(alphas).isSorted();
    assertThat(image.translucentColors())
        .isEqualTo((int) Arrays.stream(alphas).filter(alpha -> alpha < 255).count())
        .isPositive();
  }

  private static Raster ofColors(int colors) {
    Raster raster = Raster.withAlpha(40, 30, ColorKind.RGB);
    Random random = new Random(colors);
    for (int i = 0; i < 40 * 30; i++) {
      int color = i < colors ? i : random.nextInt(colors);
      raster.channel(0)[i] = (byte) (color * 91);
      raster.channel(1)[i] = (byte) (color >> 8);
      raster.channel(2)[i] = (byte) color;
      raster.channel(3)[i] = (byte) (color % 3 == 0 ? color : 255);
    }
    return raster;
  }
}
