package dev.miniatura.internal.imageio;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Raster;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Converts finished pictures to and from {@link BufferedImage}, and applies a caller's filters. */
public final class Filters {

  private Filters() {}

  /** Returns the picture after all filters, in RGB, with alpha if the last one returned any. */
  public static Raster apply(Raster picture, List<UnaryOperator<BufferedImage>> filters) {
    BufferedImage image = toImage(picture);
    for (UnaryOperator<BufferedImage> filter : filters) {
      image = Objects.requireNonNull(filter.apply(image), "a filter returned null");
    }
    return toRaster(image);
  }

  /** Returns a picture in GRAY or RGB as {@code TYPE_INT_RGB} or {@code TYPE_INT_ARGB}. */
  public static BufferedImage toImage(Raster picture) {
    int width = picture.width();
    BufferedImage image =
        new BufferedImage(
            width,
            picture.height(),
            picture.alpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
    boolean gray = picture.color() == ColorKind.GRAY;
    byte[] red = picture.channel(0);
    byte[] green = picture.channel(gray ? 0 : 1);
    byte[] blue = picture.channel(gray ? 0 : 2);
    byte[] alpha = picture.channel(picture.channelCount() - 1);
    int[] argb = new int[width];
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        argb[x] =
            ((picture.alpha() ? alpha[i] & 0xff : 255) << 24)
                | ((red[i] & 0xff) << 16)
                | ((green[i] & 0xff) << 8)
                | (blue[i] & 0xff);
      }
      image.setRGB(0, y, width, 1, argb, 0, width);
    }
    return image;
  }

  private static Raster toRaster(BufferedImage image) {
    int width = image.getWidth();
    boolean alpha = image.getColorModel().hasAlpha();
    Raster picture = Raster.of(width, image.getHeight(), ColorKind.RGB, alpha);
    int[] argb = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, argb, 0, width);
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < picture.channelCount(); c++) {
          int shift = c == 3 ? 24 : 16 - 8 * c;
          picture.channel(c)[y * width + x] = (byte) (argb[x] >>> shift);
        }
      }
    }
    return picture;
  }
}
