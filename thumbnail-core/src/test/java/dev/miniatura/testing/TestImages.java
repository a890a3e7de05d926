package dev.miniatura.testing;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.util.SplittableRandom;

/**
 * Pictures painted by code, the same pixels on every machine. All are opaque {@code TYPE_INT_RGB}
 * unless they say otherwise, and exist at every size from 1x1.
 */
public final class TestImages {

  /** Color of the top left corner of a marked picture. */
  public static final int TOP_LEFT_RED = 0xe01010;

  /** Color of the top right corner of a marked picture. */
  public static final int TOP_RIGHT_GREEN = 0x10c020;

  /** Color of the bottom left corner of a marked picture. */
  public static final int BOTTOM_LEFT_BLUE = 0x1030e0;

  /** Color of the bottom right corner of a marked picture. */
  public static final int BOTTOM_RIGHT_YELLOW = 0xf0e010;

  private static final String[] LETTER_F = {"#####", "#....", "####.", "#....", "#....", "#...."};

  private TestImages() {}

  /**
   * Returns a photo-like picture: sky, sun, hills and grass with the detail of a photograph, and
   * the marks of {@link #marked} on top.
   */
  public static BufferedImage photo(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    double unit = Math.max(width, height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, photoPixel(x / unit * 8, (y + 0.5) / height, x, y));
      }
    }
    return marked(image);
  }

  private static int photoPixel(double along, double down, int x, int y) {
    double far = 0.42 + 0.16 * (Noise.fractal(along, 3, 4, 11) - 0.5);
    double near = 0.62 + 0.20 * (Noise.fractal(along * 0.7, 9, 3, 12) - 0.5);
    int grain = (int) (Noise.hash(x, y, 13) % 9) - 4;
    if (down < far) {
      double cloud = Noise.step(0.5, 0.8, Noise.fractal(along * 0.8, down * 9, 4, 14));
      double sun = 1 - Noise.step(0.5, 0.9, Math.hypot(along - 5.7, (down - 0.2) * 5));
      double light = Math.max(cloud, sun);
      return rgb(
          Noise.mix(60 + 130 * down, 250, light) + grain,
          Noise.mix(120 + 110 * down, 245, light) + grain,
          Noise.mix(215 + 30 * down, 250 - 120 * sun, light) + grain);
    }
    if (down < near) {
      double rock = Noise.fractal(along * 6, down * 40, 4, 15) - 0.5;
      return rgb(92 + 70 * rock + grain, 104 + 60 * rock + grain, 128 + 40 * rock + grain);
    }
    double blade = Noise.fractal(along * 14, down * 50, 5, 16) - 0.5;
    double shade = 1.2 - (down - near);
    return rgb(
        (70 + 110 * blade) * shade + grain,
        (118 + 150 * blade) * shade + grain,
        (46 + 50 * blade) * shade + grain);
  }

  /**
   * Returns the marks alone on gray: a letter F in the middle and a patch of its own color in each
   * corner (an eighth of the shorter side).
   */
  public static BufferedImage marks(int width, int height) {
    return marked(solid(width, height, 0x808080));
  }

  /** Paints the marks of {@link #marks} on an image and returns it. */
  public static BufferedImage marked(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int cell = Math.min(width, height) / 16;
    int left = (width - 5 * cell) / 2;
    int top = (height - 6 * cell) / 2;
    for (int row = 0; row < LETTER_F.length; row++) {
      for (int column = 0; column < 5; column++) {
        if (LETTER_F[row].charAt(column) == '#') {
          fill(image, left + column * cell, top + row * cell, cell, cell, 0xf8f8f8);
        }
      }
    }
    int side = Math.max(1, Math.min(width, height) / 8);
    fill(image, width - side, height - side, side, side, BOTTOM_RIGHT_YELLOW);
    fill(image, 0, height - side, side, side, BOTTOM_LEFT_BLUE);
    fill(image, width - side, 0, side, side, TOP_RIGHT_GREEN);
    fill(image, 0, 0, side, side, TOP_LEFT_RED);
    return image;
  }

  /** Returns one color, {@code 0xRRGGBB}. */
  public static BufferedImage solid(int width, int height, int rgb) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    fill(image, 0, 0, width, height, rgb);
    return image;
  }

  /** Returns red rising to the right, green rising downwards and blue falling to the right. */
  public static BufferedImage gradient(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      int green = 255 * y / Math.max(1, height - 1);
      for (int x = 0; x < width; x++) {
        int red = 255 * x / Math.max(1, width - 1);
        image.setRGB(x, y, rgb(red, green, 255 - red));
      }
    }
    return image;
  }

  /** Returns squares of black and white, {@code cell} pixels wide, the first one white. */
  public static BufferedImage checkerboard(int width, int height, int cell) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, (x / cell + y / cell) % 2 == 0 ? 0xffffff : 0);
      }
    }
    return image;
  }

  /**
   * Returns rings whose spacing falls from the middle to two pixels at the nearest edge: a picture
   * in which every aliasing resampler shows rings that are not there.
   */
  public static BufferedImage zonePlate(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    double scale = StrictMath.PI / Math.min(width, height);
    for (int y = 0; y < height; y++) {
      double dy = y + 0.5 - height / 2.0;
      for (int x = 0; x < width; x++) {
        double dx = x + 0.5 - width / 2.0;
        int value = (int) (127.5 + 127.5 * StrictMath.cos(scale * (dx * dx + dy * dy)));
        image.setRGB(x, y, rgb(value, value, value));
      }
    }
    return image;
  }

  /** Returns independent random samples, which compress worst. */
  public static BufferedImage noise(int width, int height, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    return image;
  }

  /**
   * Returns the photo as {@code TYPE_INT_ARGB} cut out by a soft ellipse. The fully transparent
   * pixels hold magenta, which shows as a fringe wherever straight alpha is averaged.
   */
  public static BufferedImage translucent(int width, int height) {
    BufferedImage photo = photo(width, height);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < height; y++) {
      double dy = (y + 0.5) / height * 2 - 1;
      for (int x = 0; x < width; x++) {
        double dx = (x + 0.5) / width * 2 - 1;
        int alpha = (int) (255 * (1 - Noise.step(0.75, 0.95, Math.sqrt(dx * dx + dy * dy))));
        int color = alpha == 0 ? 0xff00ff : photo.getRGB(x, y) & 0xffffff;
        image.setRGB(x, y, alpha << 24 | color);
      }
    }
    return image;
  }

  /**
   * Returns a gradient with 16 bits per sample whose low bytes matter: red rises to the right over
   * the whole range, green rises downwards over the values around 32,768 only, blue is the sample
   * 0x80ff, which rounds to 129 and truncates to 128.
   */
  public static BufferedImage deep(int width, int height) {
    ColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, 1, DataBuffer.TYPE_USHORT);
    WritableRaster raster = model.createCompatibleWritableRaster(width, height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        raster.setSample(x, y, 0, (int) (65535L * x / Math.max(1, width - 1)));
        raster.setSample(x, y, 1, 32768 - 512 + 1024 * y / height);
        raster.setSample(x, y, 2, 0x80ff);
      }
    }
    return new BufferedImage(model, raster, false, null);
  }

  /**
   * Returns an upright picture as a camera with that EXIF orientation (1 to 8) would have stored
   * it: a viewer that honors the tag shows {@code upright} again. EXIF 2.32, table 6.
   */
  public static BufferedImage stored(BufferedImage upright, int orientation) {
    int right = upright.getWidth() - 1;
    int bottom = upright.getHeight() - 1;
    boolean turned = orientation >= 5;
    int width = turned ? upright.getHeight() : upright.getWidth();
    int height = turned ? upright.getWidth() : upright.getHeight();
    BufferedImage image =
        new BufferedImage(
            width,
            height,
            upright.getColorModel().hasAlpha()
                ? BufferedImage.TYPE_INT_ARGB
                : BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int pixel =
            switch (orientation) {
              case 1 -> upright.getRGB(x, y);
              case 2 -> upright.getRGB(right - x, y);
              case 3 -> upright.getRGB(right - x, bottom - y);
              case 4 -> upright.getRGB(x, bottom - y);
              case 5 -> upright.getRGB(y, x);
              case 6 -> upright.getRGB(right - y, x);
              case 7 -> upright.getRGB(right - y, bottom - x);
              case 8 -> upright.getRGB(y, bottom - x);
              default -> throw new IllegalArgumentException("orientation " + orientation);
            };
        image.setRGB(x, y, pixel);
      }
    }
    return image;
  }

  /** Packs samples into {@code 0xffRRGGBB}, clamping each to a byte. */
  static int rgb(double red, double green, double blue) {
    return 0xff000000 | clamp(red) << 16 | clamp(green) << 8 | clamp(blue);
  }

  private static int clamp(double sample) {
    return (int) Math.max(0, Math.min(255, sample));
  }

  private static void fill(BufferedImage image, int left, int top, int width, int height, int rgb) {
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        image.setRGB(x, y, 0xff000000 | rgb);
      }
    }
  }
}
