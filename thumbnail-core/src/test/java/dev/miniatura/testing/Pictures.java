package dev.miniatura.testing;

import java.awt.image.BufferedImage;

/**
 * Measures how far two pictures of the same size are apart. Differences are taken over the sRGB
 * samples 0 to 255, alpha included when either picture has it.
 */
public final class Pictures {

  /** Side of the Gaussian window of {@link #ssim}, and its standard deviation (Wang et al.). */
  private static final int SSIM_WINDOW = 11;

  private static final double SSIM_SIGMA = 1.5;

  private Pictures() {}

  /** Returns the largest difference of any sample. */
  public static int maxDifference(BufferedImage a, BufferedImage b) {
    return new Differences(a, b).max;
  }

  /** Returns the mean of the absolute differences. */
  public static double meanDifference(BufferedImage a, BufferedImage b) {
    Differences differences = new Differences(a, b);
    return (double) differences.sum / differences.samples;
  }

  /** Returns the peak signal-to-noise ratio in decibels; infinite for equal pictures. */
  public static double psnr(BufferedImage a, BufferedImage b) {
    Differences differences = new Differences(a, b);
    double meanSquare = (double) differences.squares / differences.samples;
    return 10 * Math.log10(255.0 * 255.0 / meanSquare);
  }

  private static final class Differences {
    int max;
    long sum;
    long squares;
    long samples;

    Differences(BufferedImage a, BufferedImage b) {
      requireSameSize(a, b);
      int top = a.getColorModel().hasAlpha() || b.getColorModel().hasAlpha() ? 32 : 24;
      int[] first = argb(a);
      int[] second = argb(b);
      for (int i = 0; i < first.length; i++) {
        for (int shift = 0; shift < top; shift += 8) {
          int difference = Math.abs((first[i] >>> shift & 0xff) - (second[i] >>> shift & 0xff));
          max = Math.max(max, difference);
          sum += difference;
          squares += (long) difference * difference;
          samples++;
        }
      }
    }
  }

  /**
   * Returns the mean structural similarity of the lumas, 1 for equal pictures: Wang, Bovik, Sheikh,
   * Simoncelli, "Image quality assessment: from error visibility to structural similarity", IEEE
   * Transactions on Image Processing 13(4), 2004; Gaussian window of 11x11, K1 = 0.01, K2 = 0.03,
   * windows that lie inside the picture only. Pictures must be at least 11x11.
   */
  public static double ssim(BufferedImage a, BufferedImage b) {
    requireSameSize(a, b);
    int width = a.getWidth();
    int height = a.getHeight();
    if (Math.min(width, height) < SSIM_WINDOW) {
      throw new IllegalArgumentException("smaller than the window: " + width + "x" + height);
    }
    double[] x = lumas(a);
    double[] y = lumas(b);
    double[] meanX = blurred(x, width, height);
    double[] meanY = blurred(y, width, height);
    double[] meanXx = blurred(product(x, x), width, height);
    double[] meanYy = blurred(product(y, y), width, height);
    double[] meanXy = blurred(product(x, y), width, height);
    double c1 = 0.01 * 255 * 0.01 * 255;
    double c2 = 0.03 * 255 * 0.03 * 255;
    double sum = 0;
    for (int i = 0; i < meanX.length; i++) {
      double squares = meanX[i] * meanX[i] + meanY[i] * meanY[i];
      double cross = meanX[i] * meanY[i];
      double variances = meanXx[i] + meanYy[i] - squares;
      double covariance = meanXy[i] - cross;
      sum += (2 * cross + c1) * (2 * covariance + c2) / ((squares + c1) * (variances + c2));
    }
    return sum / meanX.length;
  }

  private static double[] lumas(BufferedImage image) {
    int[] pixels = argb(image);
    double[] lumas = new double[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      lumas[i] = luma(pixels[i]);
    }
    return lumas;
  }

  private static double[] product(double[] x, double[] y) {
    double[] product = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      product[i] = x[i] * y[i];
    }
    return product;
  }

  /** Gaussian means of all windows inside the picture: 10 fewer columns and rows than it has. */
  private static double[] blurred(double[] samples, int width, int height) {
    double[] weights = new double[SSIM_WINDOW];
    double total = 0;
    for (int i = 0; i < SSIM_WINDOW; i++) {
      double distance = i - SSIM_WINDOW / 2;
      weights[i] = Math.exp(-distance * distance / (2 * SSIM_SIGMA * SSIM_SIGMA));
      total += weights[i];
    }
    int columns = width - SSIM_WINDOW + 1;
    int rows = height - SSIM_WINDOW + 1;
    double[] across = new double[columns * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < columns; x++) {
        double sum = 0;
        for (int i = 0; i < SSIM_WINDOW; i++) {
          sum += weights[i] * samples[y * width + x + i];
        }
        across[y * columns + x] = sum / total;
      }
    }
    double[] means = new double[columns * rows];
    for (int at = 0; at < means.length; at++) {
      double sum = 0;
      for (int i = 0; i < SSIM_WINDOW; i++) {
        sum += weights[i] * across[at + i * columns];
      }
      means[at] = sum / total;
    }
    return means;
  }

  /** Returns the average color of a region as {@code 0xAARRGGBB}, each sample rounded. */
  public static int averageColor(BufferedImage image, int left, int top, int width, int height) {
    int[] pixels = image.getRGB(left, top, width, height, null, 0, width);
    int average = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      long sum = 0;
      for (int pixel : pixels) {
        sum += pixel >>> shift & 0xff;
      }
      average |= (int) ((sum + pixels.length / 2) / pixels.length) << shift;
    }
    return average;
  }

  /**
   * Returns which marks of {@link TestImages#marked} the four corners show, in reading order:
   * {@code "RGBY"} for an upright picture, {@code '?'} for a corner that is none of them.
   */
  public static String corners(BufferedImage image) {
    int side = Math.max(1, Math.min(image.getWidth(), image.getHeight()) / 16);
    int inset = side / 2;
    int right = image.getWidth() - side - inset;
    int bottom = image.getHeight() - side - inset;
    StringBuilder names = new StringBuilder();
    for (int[] corner :
        new int[][] {{inset, inset}, {right, inset}, {inset, bottom}, {right, bottom}}) {
      names.append(markName(averageColor(image, corner[0], corner[1], side, side)));
    }
    return names.toString();
  }

  private static char markName(int color) {
    int[] marks = {
      TestImages.TOP_LEFT_RED,
      TestImages.TOP_RIGHT_GREEN,
      TestImages.BOTTOM_LEFT_BLUE,
      TestImages.BOTTOM_RIGHT_YELLOW
    };
    for (int i = 0; i < marks.length; i++) {
      if (maxDifference(color, marks[i]) < 60) {
        return "RGBY".charAt(i);
      }
    }
    return '?';
  }

  /** Returns the largest difference between the red, green and blue of two colors. */
  public static int maxDifference(int rgb, int otherRgb) {
    int max = 0;
    for (int shift = 0; shift < 24; shift += 8) {
      max = Math.max(max, Math.abs((rgb >> shift & 0xff) - (otherRgb >> shift & 0xff)));
    }
    return max;
  }

  /** Returns the luma of BT.601, rounded. */
  public static int luma(int rgb) {
    int weighted = 19595 * (rgb >> 16 & 0xff) + 38470 * (rgb >> 8 & 0xff) + 7471 * (rgb & 0xff);
    return (weighted + 32768) >> 16;
  }

  private static int[] argb(BufferedImage image) {
    int width = image.getWidth();
    return image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
  }

  private static void requireSameSize(BufferedImage a, BufferedImage b) {
    if (a.getWidth() != b.getWidth() || a.getHeight() != b.getHeight()) {
      throw new IllegalArgumentException(
          String.format(
              "%dx%d and %dx%d", a.getWidth(), a.getHeight(), b.getWidth(), b.getHeight()));
    }
  }
}
