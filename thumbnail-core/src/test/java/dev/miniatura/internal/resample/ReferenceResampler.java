package dev.miniatura.internal.resample;

import dev.miniatura.Kernel;
import dev.miniatura.internal.raster.Plane;
import dev.miniatura.internal.raster.RasterLayout;

/** A slow and obvious version of the resampler, in double precision. */
final class ReferenceResampler {

  private ReferenceResampler() {}

  /**
   * Returns every channel's samples, 0 to 255, not rounded; alpha straight. {@code planes} holds
   * each plane's rows without padding.
   */
  static double[][] resample(
      RasterLayout layout,
      byte[][] planes,
      ResampleTarget target,
      Kernel kernel,
      boolean linearLight) {
    double[][] result = new double[layout.channels()][];
    int channel = 0;
    for (int p = 0; p < planes.length; p++) {
      Plane plane = layout.planes().get(p);
      boolean halve = target.halveChroma() && p > 0;
      double[][] across =
          matrix(
              kernel,
              plane.channels(),
              plane.width(),
              plane.extentX(),
              plane.blockMean(),
              target.x() * plane.extentX() / layout.width(),
              target.windowWidth() * plane.extentX() / layout.width() / target.width(),
              halve ? (target.width() + 1) / 2 : target.width(),
              halve ? 2 : 1,
              halve ? target.chromaPhaseX() : 0);
      double[][] down =
          matrix(
              kernel,
              plane.channels(),
              plane.height(),
              plane.extentY(),
              plane.blockMean(),
              target.y() * plane.extentY() / layout.height(),
              target.windowHeight() * plane.extentY() / layout.height() / target.height(),
              halve ? (target.height() + 1) / 2 : target.height(),
              halve ? 2 : 1,
              halve ? target.chromaPhaseY() : 0);
      for (int c = 0; c < plane.channels(); c++) {
        double[][] values = values(plane, planes[p], c, layout.alpha(), linearLight);
        result[channel++] = applyDown(down, applyAcross(values, across));
      }
    }
    finish(result, layout.alpha(), linearLight);
    return result;
  }

  /** Lanczos3 over the samples themselves, whatever the ratio: what box means approximate. */
  static double[][] direct(double[] samples, int width, int height, int newWidth, int newHeight) {
    double[][] values = new double[height][width];
    for (int y = 0; y < height; y++) {
      System.arraycopy(samples, y * width, values[y], 0, width);
    }
    double[][] across = directMatrix(width, newWidth);
    double[][] down = directMatrix(height, newHeight);
    return new double[][] {applyDown(down, applyAcross(values, across))};
  }

  private static double[][] directMatrix(int samples, int outputs) {
    double ratio = (double) samples / outputs;
    double[][] matrix = new double[outputs][samples];
    for (int i = 0; i < outputs; i++) {
      for (int s = 0; s < samples; s++) {
        matrix[i][s] = kernel(Kernel.LANCZOS3, (s + 0.5 - (i + 0.5) * ratio) / ratio);
      }
      normalize(matrix[i]);
    }
    return matrix;
  }

  /** Returns the weight of every sample for every output sample. */
  private static double[][] matrix(
      Kernel kernel,
      int channels,
      int samples,
      double extent,
      boolean blockMean,
      double windowStart,
      double pixel,
      int outputs,
      int pixelsPerOutput,
      int phase) {
    double ratio = pixel * pixelsPerOutput;
    double start = windowStart - phase * pixel;
    Axis axis = // the grouping
        new Axis(kernel, channels, samples, extent, blockMean, start, ratio, outputs);
    double[][] matrix = new double[outputs][samples];
    for (int i = 0; i < outputs; i++) {
      double center = start + (i + 0.5) * ratio;
      for (int box = axis.first; box < axis.end; box += axis.boxSize) {
        int next = Math.min(box + axis.boxSize, axis.end);
        double weight =
            kernel == Kernel.BOX
                ? overlap(box, Math.min(next, extent), center - ratio / 2, center + ratio / 2)
                : compensated(kernel, box, Math.min(next, extent), center, ratio, axis, blockMean);
        for (int s = box; s < next; s++) {
          matrix[i][s] = weight / (next - box);
        }
      }
      normalize(matrix[i]);
    }
    return matrix;
  }

  private static double compensated(
      Kernel kernel,
      double from,
      double to,
      double center,
      double ratio,
      Axis axis,
      boolean blockMean) {
    double scale = Math.max(1, ratio);
    double n = axis.boxSize;
    double c = blockMean ? 1 / 24.0 : (1 - 1 / (n * n)) / 24;
    double distance = (from + to) / 2 - center;
    return (to - from)
        * ((1 + 2 * c) * kernel(kernel, distance / scale)
            - c * kernel(kernel, (distance - n) / scale)
            - c * kernel(kernel, (distance + n) / scale));
  }

  private static double overlap(double from, double to, double low, double high) {
    return Math.max(0, Math.min(to, high) - Math.max(from, low));
  }

  private static double kernel(Kernel kernel, double distance) {
    double x = Math.abs(distance);
    return switch (kernel) {
      case BOX -> x <= 0.5 ? 1 : 0;
      case TRIANGLE -> Math.max(0, 1 - x);
      case CATMULL_ROM ->
          x < 1
              ? 1.5 * x * x * x - 2.5 * x * x + 1
              : x < 2 ? -0.5 * x * x * x + 2.5 * x * x - 4 * x + 2 : 0;
      case LANCZOS3 ->
          x == 0
              ? 1
              : x < 3
                  ? Math.sin(Math.PI * x)
                      / (Math.PI * x)
                      * Math.sin(Math.PI * x / 3)
                      / (Math.PI * x / 3)
                  : 0;
    };
  }

  private static void normalize(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
  }

  private static double[][] values(
      Plane plane, byte[] samples, int channel, boolean alpha, boolean linearLight) {
    double[][] values = new double[plane.height()][plane.width()];
    int channels = plane.channels();
    for (int y = 0; y < plane.height(); y++) {
      for (int x = 0; x < plane.width(); x++) {
        int at = (y * plane.width() + x) * channels;
        double value = (samples[at + channel] & 0xff) / 255.0;
        boolean isAlpha = alpha && channel == channels - 1;
        if (linearLight && !isAlpha) {
          value = value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
        }
        if (alpha && !isAlpha) {
          value *= (samples[at + channels - 1] & 0xff) / 255.0;
        }
        values[y][x] = value;
      }
    }
    return values;
  }

  private static double[][] applyAcross(double[][] values, double[][] across) {
    double[][] result = new double[values.length][across.length];
    for (int y = 0; y < values.length; y++) {
      for (int x = 0; x < across.length; x++) {
        for (int s = 0; s < across[x].length; s++) {
          if (across[x][s] != 0) {
            result[y][x] += across[x][s] * values[y][s];
          }
        }
      }
    }
    return result;
  }

  private static double[] applyDown(double[][] down, double[][] values) {
    int width = values[0].length;
    double[] result = new double[down.length * width];
    for (int y = 0; y < down.length; y++) {
      for (int s = 0; s < values.length; s++) {
        for (int x = 0; x < width && down[y][s] != 0; x++) {
          result[y * width + x] += down[y][s] * values[s][x];
        }
      }
    }
    return result;
  }

  private static void finish(double[][] channels, boolean alpha, boolean linearLight) {
    int colors = alpha ? channels.length - 1 : channels.length;
    double[] opacity = alpha ? channels[colors] : new double[0];
    for (int c = 0; c < colors; c++) {
      for (int i = 0; i < channels[c].length; i++) {
        double value = alpha && opacity[i] > 0 ? channels[c][i] / opacity[i] : channels[c][i];
        value = Math.max(0, Math.min(1, value));
        if (linearLight) {
          value = value <= 0.0031308 ? value * 12.92 : 1.055 * Math.pow(value, 1 / 2.4) - 0.055;
        }
        channels[c][i] = 255 * value;
      }
    }
    for (int i = 0; i < opacity.length; i++) {
      opacity[i] = 255 * Math.max(0, Math.min(1, opacity[i]));
    }
  }
}
