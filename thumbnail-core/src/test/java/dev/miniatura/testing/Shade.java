package dev.miniatura.testing;

import java.awt.image.BufferedImage;
import java.util.stream.IntStream;

/** A color in the making: samples 0 to 255 that may leave that range until they are stored. */
record Shade(double red, double green, double blue) {

  /** A picture as a formula: x from 0 to the aspect ratio, y from 0 at the top to 1. */
  interface Painter {
    Shade at(double x, double y);
  }

  /** Paints with {@code smoothing} x {@code smoothing} points in each pixel. */
  static BufferedImage paint(int width, int height, int smoothing, Painter painter) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    IntStream.range(0, height)
        .parallel()
        .forEach(
            row -> {
              for (int column = 0; column < width; column++) {
                Shade sum = new Shade(0, 0, 0);
                for (int down = 0; down < smoothing; down++) {
                  for (int right = 0; right < smoothing; right++) {
                    double x = column + (right + 0.5) / smoothing;
                    double y = row + (down + 0.5) / smoothing;
                    sum = sum.plus(painter.at(x / height, y / height).clipped());
                  }
                }
                image.setRGB(column, row, sum.times(1.0 / (smoothing * smoothing)).rgb());
              }
            });
    return image;
  }

  /** Paints with 16 bits per sample, one point in each pixel. */
  static BufferedImage paintDeep(int width, int height, Painter painter) {
    BufferedImage image = TestImages.deep(width, height);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        Shade shade = painter.at((column + 0.5) / height, (row + 0.5) / height).clipped();
        int[] samples = {deep(shade.red), deep(shade.green), deep(shade.blue)};
        image.getRaster().setPixel(column, row, samples);
      }
    }
    return image;
  }

  private static int deep(double sample) {
    return (int) (sample * 257 + 0.5);
  }

  static Shade of(int rgb) {
    return new Shade(rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff);
  }

  static Shade mix(int from, int to, double share) {
    return of(from).mix(of(to), share);
  }

  Shade mix(Shade to, double share) {
    return new Shade(
        Noise.mix(red, to.red, share),
        Noise.mix(green, to.green, share),
        Noise.mix(blue, to.blue, share));
  }

  Shade mix(int to, double share) {
    return mix(of(to), share);
  }

  Shade plus(Shade other) {
    return new Shade(red + other.red, green + other.green, blue + other.blue);
  }

  Shade times(double factor) {
    return new Shade(red * factor, green * factor, blue * factor);
  }

  private Shade clipped() {
    return new Shade(clip(red), clip(green), clip(blue));
  }

  private static double clip(double sample) {
    return Math.max(0, Math.min(255, sample));
  }

  int rgb() {
    return TestImages.rgb(red + 0.5, green + 0.5, blue + 0.5);
  }
}
