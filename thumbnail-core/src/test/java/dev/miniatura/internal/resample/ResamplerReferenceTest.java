package dev.miniatura.internal.resample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.Kernel;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Plane;
import dev.miniatura.internal.raster.Raster;
import dev.miniatura.internal.raster.RasterLayout;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The resampler against {@link ReferenceResampler}. Rounding the exact result costs half a level;
 * fixed point may add at most as much again.
 */
class ResamplerReferenceTest {

  private double worst;
  private double total;
  private long count;

  @ParameterizedTest
  @EnumSource(Kernel.class)
  void interleaved_randomSizesAndWindows_agree(Kernel kernel) {
    Random random = new Random(7);
    ColorKind[] colors = {ColorKind.GRAY, ColorKind.RGB, ColorKind.CMYK, ColorKind.YCBCR};
    for (int round = 0; round < 60; round++) {
      RasterLayout layout =
          TestPlanes.interleaved(
              side(random), side(random), colors[random.nextInt(colors.length)], false);
      compare(layout, window(layout, random, false), kernel, false, random);
    }
    assertThat(worst).isLessThan(0.6);
    assertThat(total / count).as("mean; 0.25 is rounding alone").isLessThan(0.26);
  }

  @ParameterizedTest
  @EnumSource(Kernel.class)
  void linearLight_randomSizesAndWindows_agree(Kernel kernel) {
    Random random = new Random(11);
    for (int round = 0; round < 40; round++) {
      ColorKind color = random.nextBoolean() ? ColorKind.GRAY : ColorKind.RGB;
      RasterLayout layout = TestPlanes.interleaved(side(random), side(random), color, false);
      compare(layout, window(layout, random, false), kernel, true, random);
    }
    assertThat(worst).isLessThan(1);
  }

  @ParameterizedTest
  @EnumSource(Kernel.class)
  void alpha_randomSizesAndWindows_agree(Kernel kernel) {
    Random random = new Random(13);
    for (int round = 0; round < 40; round++) {
      ColorKind color = random.nextBoolean() ? ColorKind.GRAY : ColorKind.RGB;
      RasterLayout layout = TestPlanes.interleaved(side(random), side(random), color, true);
      compare(layout, window(layout, random, false), kernel, random.nextBoolean(), random);
    }
    assertThat(worst).isLessThan(1);
  }

  @ParameterizedTest
  @EnumSource(Kernel.class)
  void componentPlanes_fractionalExtentsAndHalvedChroma_agree(Kernel kernel) {
    Random random = new Random(17);
    for (int round = 0; round < 60; round++) {
      int width = side(random) * 8 - random.nextInt(8);
      int height = side(random) * 8 - random.nextInt(8);
      int luma = 1 << random.nextInt(4);
      int chroma = luma << random.nextInt(2);
      RasterLayout layout =
          new RasterLayout(
              width,
              height,
              ColorKind.YCBCR,
              false,
              List.of(
                  scaled(width, height, luma),
                  scaled(width, height, chroma),
                  scaled(width, height, chroma)),
              null);
      compare(layout, window(layout, random, random.nextBoolean()), kernel, false, random);
    }
    assertThat(worst).isLessThan(0.6);
  }

  @Test
  void largeBoxes_stillAgree() {
    Random random = new Random(19);
    RasterLayout layout = TestPlanes.interleaved(2101, 1709, ColorKind.RGB, false);
    compare(layout, ResampleTarget.whole(layout, 2, 1), Kernel.LANCZOS3, false, random);
    compare(layout, ResampleTarget.whole(layout, 3, 90), Kernel.TRIANGLE, true, random);
    assertThat(worst).isLessThan(0.7);
  }

  private static Plane scaled(int width, int height, int divisor) {
    double extentX = (double) width / divisor;
    double extentY = (double) height / divisor;
    return new Plane(
        (int) Math.ceil(extentX), (int) Math.ceil(extentY), 1, extentX, extentY, divisor >= 8);
  }

  private static int side(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> 1 + random.nextInt(3);
      case 1 -> 1 + random.nextInt(200);
      default -> 1 + random.nextInt(60);
    };
  }

  private static ResampleTarget window(RasterLayout layout, Random random, boolean halve) {
    double width = layout.width();
    double height = layout.height();
    double x = 0;
    double y = 0;
    if (random.nextBoolean()) {
      x = random.nextDouble() * width * 0.9;
      y = random.nextDouble() * height * 0.9;
      width = (width - x) * (0.1 + 0.9 * random.nextDouble());
      height = (height - y) * (0.1 + 0.9 * random.nextDouble());
    }
    return new ResampleTarget(
        x,
        y,
        width,
        height,
        1 + random.nextInt(40),
        1 + random.nextInt(40),
        halve,
        random.nextInt(2),
        random.nextInt(2));
  }

  private void compare(
      RasterLayout layout,
      ResampleTarget target,
      Kernel kernel,
      boolean linearLight,
      Random random) {
    byte[][] planes = new byte[layout.planes().size()][];
    for (int p = 0; p < planes.length; p++) {
      planes[p] = TestPlanes.random(layout.planes().get(p), random);
    }
    Raster raster = TestPlanes.resample(layout, planes, target, kernel, linearLight);
    double[][] expected = ReferenceResampler.resample(layout, planes, target, kernel, linearLight);
    for (int c = 0; c < expected.length; c++) {
      byte[] actual = raster.channel(c);
      assertThat(actual).hasSize(expected[c].length);
      for (int i = 0; i < actual.length; i++) {
        boolean isColor = !layout.alpha() || c < expected.length - 1;
        double opacity = layout.alpha() && isColor ? expected[expected.length - 1][i] / 255 : 1;
        double error = Math.abs((actual[i] & 0xff) - expected[c][i]) * opacity;
        worst = Math.max(worst, error);
        total += error;
        count++;
      }
    }
  }
}
