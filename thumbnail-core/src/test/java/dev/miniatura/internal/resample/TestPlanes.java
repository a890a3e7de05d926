package dev.miniatura.internal.resample;

import dev.miniatura.Kernel;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Plane;
import dev.miniatura.internal.raster.Raster;
import dev.miniatura.internal.raster.RasterLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntBinaryOperator;

/** Pictures for the resampler's tests, and the loop that pushes them through it. */
final class TestPlanes {

  private TestPlanes() {}

  /** Returns the layout of one plane at full resolution. */
  static RasterLayout interleaved(int width, int height, ColorKind color, boolean alpha) {
    int channels = color.channels() + (alpha ? 1 : 0);
    Plane plane = Plane.full(width, height, channels);
    return new RasterLayout(width, height, color, alpha, List.of(plane), null);
  }

  /** Returns a one-channel picture. */
  static byte[] gray(int width, int height, IntBinaryOperator sample) {
    byte[] samples = new byte[width * height];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) sample.applyAsInt(i % width, i / width);
    }
    return samples;
  }

  /** Returns random samples: smooth blobs and edges with noise, all values reached. */
  static byte[] random(Plane plane, Random random) {
    byte[] samples = new byte[plane.width() * plane.height() * plane.channels()];
    for (int c = 0; c < plane.channels(); c++) {
      double fx = random.nextDouble() * 0.5;
      double fy = random.nextDouble() * 0.5;
      for (int i = c, p = 0; i < samples.length; i += plane.channels(), p++) {
        int row = p / plane.width();
        double wave = Math.sin(fx * (p % plane.width())) + Math.sin(fy * row);
        int noise = random.nextInt(61) - 30;
        int edge = wave > 0.7 ? 70 : 0;
        samples[i] = (byte) Math.max(0, Math.min(255, (int) (100 + 70 * wave) + edge + noise));
      }
    }
    return samples;
  }

  /** Pushes every row of every plane, planes interleaved, from one reused and dirty array. */
  static Raster resample(
      RasterLayout layout,
      byte[][] planes,
      ResampleTarget target,
      Kernel kernel,
      boolean linearLight) {
    Resampler resampler = new Resampler(layout, target, kernel, linearLight);
    int tallest = layout.planes().stream().mapToInt(Plane::height).max().orElseThrow();
    for (int y = 0; y < tallest; y++) {
      for (int p = 0; p < planes.length; p++) {
        Plane plane = layout.planes().get(p);
        if (y < plane.height()) {
          int length = plane.width() * plane.channels();
          int offset = (y + p) % 11;
          byte[] row = new byte[offset + length + (y + p) % 3];
          Arrays.fill(row, (byte) (31 * y + p));
          System.arraycopy(planes[p], y * length, row, offset, length);
          resampler.row(p, y, row, offset);
          Arrays.fill(row, (byte) y);
        }
      }
    }
    return resampler.finish();
  }

  /** Resamples a one-channel picture as a whole. */
  static byte[] resampleGray(
      byte[] samples, int width, int height, int newWidth, int newHeight, Kernel kernel) {
    RasterLayout layout = interleaved(width, height, ColorKind.GRAY, false);
    ResampleTarget target = ResampleTarget.whole(layout, newWidth, newHeight);
    return resample(layout, new byte[][] {samples}, target, kernel, false).channel(0);
  }
}
