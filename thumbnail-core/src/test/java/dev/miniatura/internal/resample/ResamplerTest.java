package dev.miniatura.internal.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.miniatura.Kernel;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Plane;
import dev.miniatura.internal.raster.Raster;
import dev.miniatura.internal.raster.RasterLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResamplerTest {

  @ParameterizedTest
  @EnumSource(Kernel.class)
  void constant_anySizeAndWindow_staysConstant(Kernel kernel) {
    Random random = new Random(1);
    for (int round = 0; round < 60; round++) {
      int width = 1 + random.nextInt(300);
      int height = 1 + random.nextInt(300);
      byte[] sample = new byte[3];
      random.nextBytes(sample);
      byte[] samples = new byte[3 * width * height];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = sample[i % 3];
      }
      RasterLayout layout = TestPlanes.interleaved(width, height, ColorKind.RGB, false);
      double x = random.nextDouble() * width / 2;
      double y = random.nextDouble() * height / 2;
      ResampleTarget target =
          new ResampleTarget(
              x,
              y,
              (width - x) * random.nextDouble(),
              (height - y) * random.nextDouble(),
              1 + random.nextInt(50),
              1 + random.nextInt(50),
              false,
              0,
              0);
      Raster raster =
          TestPlanes.resample(layout, new byte[][] {samples}, target, kernel, random.nextBoolean());
      for (int c = 0; c < 3; c++) {
        assertThat(raster.channel(c)).containsOnly(sample[c]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kernel.class)
  void ramp_anyRatio_keepsEveryPixelInPlace(Kernel kernel) {
    for (int width : new int[] {97, 250, 1000, 2003}) {
      for (int newWidth : new int[] {30, 64, 131}) {
        double slope = 250.0 / width;
        byte[] samples = TestPlanes.gray(width, 5, (x, y) -> (int) Math.rint(slope * (x + 0.5)));
        byte[] result = TestPlanes.resampleGray(samples, width, 5, newWidth, 5, kernel);
        for (int x = newWidth / 8; x < newWidth - newWidth / 8; x++) {
          double expected = 250.0 * (x + 0.5) / newWidth;
          assertThat((double) (result[x] & 0xff)).isCloseTo(expected, within(1.3));
        }
      }
    }
  }

  @Test
  void checkerboard_justUnderHalf_turnsGray() {
    byte[] samples = TestPlanes.gray(380, 380, (x, y) -> (x + y) % 2 * 255);
    for (Kernel kernel : new Kernel[] {Kernel.TRIANGLE, Kernel.CATMULL_ROM, Kernel.LANCZOS3}) {
      byte[] result = TestPlanes.resampleGray(samples, 380, 380, 200, 200, kernel);
      for (int y = 8; y < 192; y++) {
        for (int x = 8; x < 192; x++) {
          assertThat(result[y * 200 + x] & 0xff).isBetween(120, 135);
        }
      }
    }
  }

  @Test
  void columns_nearTheirLimit_doNotAlias() {
    // Stripes of two columns hold twice the frequency that a third of the width can show.
    byte[] samples = TestPlanes.gray(900, 20, (x, y) -> x / 2 % 2 * 255);
    for (int newWidth : new int[] {300, 200, 100, 40, 17}) {
      byte[] result = TestPlanes.resampleGray(samples, 900, 20, newWidth, 8, Kernel.LANCZOS3);
      for (int x = 2; x < newWidth - 2; x++) {
        assertThat(result[4 * newWidth + x] & 0xff).isBetween(118, 137);
      }
    }
  }

  @Test
  void zonePlate_reduced_isGrayBeyondTheNewLimit() {
    int size = 800;
    byte[] samples =
        TestPlanes.gray(
            size,
            size,
            (x, y) -> {
              double dx = x - 399.5;
              double dy = y - 399.5;
              double phase = Math.PI * (dx * dx + dy * dy) / size; // one half cycle at radius 400
              return (int) Math.rint(127.5 + 127.5 * Math.cos(phase));
            });
    for (int newSize : new int[] {410, 309, 190, 150, 61}) {
      byte[] result =
          TestPlanes.resampleGray(samples, size, size, newSize, newSize, Kernel.LANCZOS3);
      double squares = 0;
      int count = 0;
      for (int y = 4; y < newSize - 4; y++) {
        for (int x = 4; x < newSize - 4; x++) {
          double dx = Math.abs((x + 0.5) * size / newSize - 400);
          double dy = Math.abs((y + 0.5) * size / newSize - 400);
          if (Math.max(dx, dy) > 400.0 * newSize / size * 1.5) {
            double error = (result[y * newSize + x] & 0xff) - 127.5;
            squares += error * error;
            count++;
          }
        }
      }
      assertThat(Math.sqrt(squares / count)).isLessThan(4);
    }
  }

  @Test
  void enlarged_byCatmullRom_passesThroughSamples() {
    byte[] samples = TestPlanes.random(Plane.full(20, 10, 1), new Random(2));
    byte[] result = TestPlanes.resampleGray(samples, 20, 10, 60, 30, Kernel.CATMULL_ROM);
    for (int y = 0; y < 10; y++) {
      for (int x = 0; x < 20; x++) {
        assertThat(result[(3 * y + 1) * 60 + 3 * x + 1]).isEqualTo(samples[y * 20 + x]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kernel.class)
  void sameSize_returnsTheSamples(Kernel kernel) {
    byte[] samples = TestPlanes.random(Plane.full(31, 17, 1), new Random(3));
    assertThat(TestPlanes.resampleGray(samples, 31, 17, 31, 17, kernel)).isEqualTo(samples);
  }

  @Test
  void box_wholeRatio_isTheMean() {
    byte[] samples = TestPlanes.random(Plane.full(40, 40, 1), new Random(4));
    byte[] result = TestPlanes.resampleGray(samples, 40, 40, 20, 20, Kernel.BOX);
    for (int y = 0; y < 20; y++) {
      for (int x = 0; x < 20; x++) {
        int at = 2 * y * 40 + 2 * x;
        int sum =
            (samples[at] & 0xff)
                + (samples[at + 1] & 0xff)
                + (samples[at + 40] & 0xff)
                + (samples[at + 41] & 0xff);
        assertThat(result[y * 20 + x] & 0xff).isEqualTo((sum + 2) / 4);
      }
    }
  }

  @Test
  void window_onPixelBoundaries_equalsCropOfTheWhole() {
    byte[] samples = TestPlanes.random(Plane.full(200, 120, 3), new Random(5));
    RasterLayout layout = TestPlanes.interleaved(200, 120, ColorKind.RGB, false);
    Raster whole =
        TestPlanes.resample(
            layout,
            new byte[][] {samples},
            ResampleTarget.whole(layout, 100, 60),
            Kernel.LANCZOS3,
            false);
    ResampleTarget window = new ResampleTarget(60, 40, 80, 50, 40, 25, false, 0, 0);
    Raster part =
        TestPlanes.resample(layout, new byte[][] {samples}, window, Kernel.LANCZOS3, false);
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < 25; y++) {
        byte[] expected =
            Arrays.copyOfRange(whole.channel(c), (20 + y) * 100 + 30, (20 + y) * 100 + 70);
        byte[] actual = Arrays.copyOfRange(part.channel(c), y * 40, (y + 1) * 40);
        assertThat(actual).isEqualTo(expected);
      }
    }
  }

  @Test
  void chromaPhase_onMirroredImage_mirrorsChroma() {
    int width = 203;
    int height = 101;
    RasterLayout layout = threePlanes(width, height);
    Random random = new Random(6);
    byte[][] planes = new byte[3][];
    byte[][] mirrored = new byte[3][];
    for (int p = 0; p < 3; p++) {
      planes[p] = TestPlanes.random(layout.planes().get(p), random);
      mirrored[p] = mirror(planes[p], width);
    }
    Raster straight =
        TestPlanes.resample(
            layout,
            planes,
            new ResampleTarget(0, 0, width, height, 93, 50, true, 0, 0),
            Kernel.LANCZOS3,
            false);
    Raster flipped =
        TestPlanes.resample(
            layout,
            mirrored,
            new ResampleTarget(0, 0, width, height, 93, 50, true, 1, 0),
            Kernel.LANCZOS3,
            false);
    assertThat(straight.width(1)).isEqualTo(47);
    for (int c = 0; c < 3; c++) {
      byte[] expected = mirror(straight.channel(c), straight.width(c));
      byte[] actual = flipped.channel(c);
      for (int i = 0; i < actual.length; i++) {
        assertThat(actual[i] & 0xff).isCloseTo(expected[i] & 0xff, within(1));
      }
    }
  }

  @Test
  void halvedChroma_evenSize_equalsChromaOfHalfTheSize() {
    RasterLayout layout = threePlanes(160, 120);
    byte[][] planes = new byte[3][];
    for (int p = 0; p < 3; p++) {
      planes[p] = TestPlanes.random(layout.planes().get(p), new Random(8 + p));
    }
    Raster halved =
        TestPlanes.resample(
            layout,
            planes,
            new ResampleTarget(0, 0, 160, 120, 40, 30, true, 0, 0),
            Kernel.LANCZOS3,
            false);
    Raster small =
        TestPlanes.resample(
            layout, planes, ResampleTarget.whole(layout, 20, 15), Kernel.LANCZOS3, false);
    assertThat(halved.channel(1)).isEqualTo(small.channel(1));
    assertThat(halved.channel(2)).isEqualTo(small.channel(2));
  }

  @Test
  void transparentColor_nextToOpaque_doesNotBleed() {
    int size = 90;
    byte[] samples = new byte[size * size * 4];
    for (int i = 0; i < size * size; i++) {
      boolean opaque = (i % size / 9 + i / size / 9) % 2 == 0;
      samples[4 * i] = (byte) (opaque ? 40 : 255);
      samples[4 * i + 1] = (byte) (opaque ? 200 : 0);
      samples[4 * i + 2] = (byte) (opaque ? 90 : 255);
      samples[4 * i + 3] = (byte) (opaque ? 255 : 0);
    }
    RasterLayout layout = TestPlanes.interleaved(size, size, ColorKind.RGB, true);
    for (int newSize : new int[] {7, 13, 40, 170}) {
      Raster raster =
          TestPlanes.resample(
              layout,
              new byte[][] {samples},
              ResampleTarget.whole(layout, newSize, newSize),
              Kernel.LANCZOS3,
              false);
      for (int i = 0; i < newSize * newSize; i++) {
        int alpha = raster.channel(3)[i] & 0xff;
        if (alpha == 0) {
          assertThat(raster.channel(0)[i]).isZero();
        } else if (alpha >= 16) {
          assertThat(raster.channel(0)[i] & 0xff).isCloseTo(40, within(2));
          assertThat(raster.channel(1)[i] & 0xff).isCloseTo(200, within(2));
          assertThat(raster.channel(2)[i] & 0xff).isCloseTo(90, within(2));
        }
      }
    }
  }

  @Test
  void linearLight_finePattern_keepsItsLight() {
    byte[] samples = TestPlanes.gray(200, 200, (x, y) -> (x + y) % 2 * 255);
    RasterLayout layout = TestPlanes.interleaved(200, 200, ColorKind.GRAY, false);
    Raster raster =
        TestPlanes.resample(
            layout,
            new byte[][] {samples},
            ResampleTarget.whole(layout, 20, 20),
            Kernel.LANCZOS3,
            true);
    for (byte sample : raster.channel(0)) {
      assertThat(sample & 0xff).isCloseTo(188, within(1)); // half the light of white
    }
  }

  @Test
  void missingRows_opaque_turnGray() {
    RasterLayout layout = TestPlanes.interleaved(40, 40, ColorKind.RGB, false);
    Resampler resampler =
        new Resampler(layout, ResampleTarget.whole(layout, 10, 10), Kernel.TRIANGLE, false);
    byte[] row = new byte[120];
    for (int y = 0; y < 20; y++) {
      resampler.row(0, y, row, 0);
    }
    byte[] result = resampler.finish().channel(0);
    assertThat(Arrays.copyOfRange(result, 0, 40)).containsOnly(0);
    assertThat(Arrays.copyOfRange(result, 60, 100)).containsOnly(128);
  }

  @Test
  void missingRows_withAlpha_turnTransparent() {
    RasterLayout layout = TestPlanes.interleaved(40, 40, ColorKind.GRAY, true);
    Resampler resampler =
        new Resampler(layout, ResampleTarget.whole(layout, 10, 10), Kernel.LANCZOS3, false);
    assertThat(resampler.finish().channel(1)).containsOnly(0);
  }

  @Test
  void row_outOfOrder_isRefused() {
    RasterLayout layout = TestPlanes.interleaved(4, 4, ColorKind.GRAY, false);
    Resampler resampler =
        new Resampler(layout, ResampleTarget.whole(layout, 2, 2), Kernel.BOX, false);
    assertThatThrownBy(() -> resampler.row(0, 1, new byte[4], 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void linearLight_onLuma_isRefused() {
    RasterLayout layout = threePlanes(8, 8);
    ResampleTarget target = ResampleTarget.whole(layout, 4, 4);
    assertThatThrownBy(() -> new Resampler(layout, target, Kernel.BOX, true))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void workingBytes_largeSourceSmallTarget_dependsOnOneRow() {
    RasterLayout layout = TestPlanes.interleaved(10_000, 60_000, ColorKind.RGB, false);
    ResampleTarget target = ResampleTarget.whole(layout, 256, 256);
    long bytes = Resampler.workingBytes(layout, target, Kernel.LANCZOS3, false);
    assertThat(bytes).isBetween(256L * 256 * 3 + 10_000 * 3, 2_000_000L);
  }

  @Test
  void workingBytes_hugeTarget_doesNotOverflow() {
    RasterLayout layout = TestPlanes.interleaved(60_000, 60_000, ColorKind.CMYK, false);
    ResampleTarget target = ResampleTarget.whole(layout, 60_000, 60_000);
    assertThat(Resampler.workingBytes(layout, target, Kernel.LANCZOS3, false))
        .isGreaterThan(4L * 60_000 * 60_000);
  }

  private static RasterLayout threePlanes(int width, int height) {
    Plane plane = Plane.full(width, height, 1);
    return new RasterLayout(
        width, height, ColorKind.YCBCR, false, List.of(plane, plane, plane), null);
  }

  private static byte[] mirror(byte[] samples, int width) {
    byte[] result = new byte[samples.length];
    for (int i = 0; i < samples.length; i++) {
      int x = i % width;
      result[i - x + width - 1 - x] = samples[i];
    }
    return result;
  }

  @Test
  void row_inkWithAlpha_keepsEveryInk() {
    RasterLayout layout =
        new RasterLayout(8, 8, ColorKind.CMYK, true, List.of(Plane.full(8, 8, 5)), null);
    byte[] row = new byte[40];
    byte[] pixel = {10, 23, (byte) 255, 40, 100};
    for (int x = 0; x < 8; x++) {
      System.arraycopy(pixel, 0, row, 5 * x, 5);
    }
    Resampler resampler =
        new Resampler(layout, ResampleTarget.whole(layout, 4, 4), Kernel.LANCZOS3, false);
    for (int y = 0; y < 8; y++) {
      resampler.row(0, y, row, 0);
    }
    Raster raster = resampler.finish();
    for (int c = 0; c < 5; c++) {
      assertThat(raster.channel(c)).containsOnly(pixel[c]);
    }
  }
}
