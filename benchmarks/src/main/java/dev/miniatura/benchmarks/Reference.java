package dev.miniatura.benchmarks;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * What a thumbnail should look like: the whole picture decoded by the JDK's own reader (which
 * interpolates subsampled chroma), oriented upright, then Lanczos3 in double precision on the
 * encoded samples. The kernel is widened by the ratio, sample centers are at half positions,
 * weights are renormalized at the edges, and only the result is rounded.
 */
final class Reference {

  private static final int LOBES = 3;
  private static final int COLORS = 3;

  private final int width;
  private final int height;
  private final int[] rgb;

  private Reference(int width, int height, int[] rgb) {
    this.width = width;
    this.height = height;
    this.rgb = rgb;
  }

  /** Reads a picture as stored. */
  static Reference read(Path path) throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(path.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      ImageReader reader = readers.next();
      while (readers.hasNext() && !reader.getClass().getName().startsWith("com.sun.")) {
        reader = readers.next();
      }
      try {
        reader.setInput(in, true, true);
        return of(reader.read(0));
      } finally {
        reader.dispose();
      }
    }
  }

  static Reference of(BufferedImage image) {
    BufferedImage inSrgb = image;
    if (image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_RGB
        && !image.getColorModel().getColorSpace().isCS_sRGB()) {
      inSrgb =
          new ColorConvertOp(null)
              .filter(
                  image,
                  new BufferedImage(
                      image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB));
    }
    int[] rgb = inSrgb.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    return new Reference(image.getWidth(), image.getHeight(), rgb);
  }

  /** Returns whether a picture is in landscape or portrait format like this one. */
  boolean isShapedLike(BufferedImage image) {
    return (image.getWidth() > image.getHeight()) == (width > height);
  }

  /** Undoes an EXIF orientation, 1 to 8. */
  Reference turned(int orientation) {
    boolean swapped = orientation > 4;
    int across = swapped ? height : width;
    int down = swapped ? width : height;
    boolean mirrored = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    boolean flipped = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    int[] upright = new int[rgb.length];
    for (int y = 0; y < down; y++) {
      for (int x = 0; x < across; x++) {
        int storedX = swapped ? y : x;
        int storedY = swapped ? x : y;
        storedX = mirrored ? width - 1 - storedX : storedX;
        storedY = flipped ? height - 1 - storedY : storedY;
        upright[y * across + x] = rgb[storedY * width + storedX];
      }
    }
    return new Reference(across, down, upright);
  }

  /** Returns the picture in another size, opaque. */
  BufferedImage resampled(int newWidth, int newHeight) {
    double[][] columns = weights(width, newWidth);
    double[][] rows = weights(height, newHeight);
    double[] narrow = new double[newWidth * height * COLORS];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < newWidth; x++) {
        double[] taps = columns[x];
        int from = y * width + (int) taps[0];
        int to = (y * newWidth + x) * COLORS;
        for (int i = 1; i < taps.length; i++) {
          int color = rgb[from + i - 1];
          narrow[to] += taps[i] * (color >> 16 & 0xff);
          narrow[to + 1] += taps[i] * (color >> 8 & 0xff);
          narrow[to + 2] += taps[i] * (color & 0xff);
        }
      }
    }
    BufferedImage image = new BufferedImage(newWidth, newHeight, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < newHeight; y++) {
      double[] taps = rows[y];
      for (int x = 0; x < newWidth; x++) {
        int color = 0;
        for (int c = 0; c < COLORS; c++) {
          double sum = 0;
          for (int i = 1; i < taps.length; i++) {
            sum += taps[i] * narrow[(((int) taps[0] + i - 1) * newWidth + x) * COLORS + c];
          }
          color = color << 8 | (int) Math.max(0, Math.min(255, Math.round(sum)));
        }
        image.setRGB(x, y, color);
      }
    }
    return image;
  }

  /** Returns, for each position of the result, the first source position and then the weights. */
  private static double[][] weights(int from, int to) {
    double ratio = (double) from / to;
    double scale = Math.max(1, ratio);
    double[][] weights = new double[to][];
    for (int i = 0; i < to; i++) {
      double center = (i + 0.5) * ratio;
      int first = Math.max(0, (int) Math.floor(center - LOBES * scale));
      int end = Math.min(from, (int) Math.ceil(center + LOBES * scale));
      double[] taps = new double[1 + end - first];
      taps[0] = first;
      double total = 0;
      for (int at = first; at < end; at++) {
        double weight = lanczos((at + 0.5 - center) / scale);
        taps[1 + at - first] = weight;
        total += weight;
      }
      for (int t = 1; t < taps.length; t++) {
        taps[t] /= total;
      }
      weights[i] = taps;
    }
    return weights;
  }

  private static double lanczos(double x) {
    return x == 0 ? 1 : Math.abs(x) >= LOBES ? 0 : sinc(x) * sinc(x / LOBES);
  }

  private static double sinc(double x) {
    return Math.sin(Math.PI * x) / (Math.PI * x);
  }
}
