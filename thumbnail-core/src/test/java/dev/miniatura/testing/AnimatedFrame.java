package dev.miniatura.testing;

import dev.miniatura.testing.ApngMaker.Disposal;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A frame of an animation, for writers and for {@link #compose}, which draws it in the plainest
 * way.
 *
 * @param left even, so that it is valid in WebP; so is {@code top}
 * @param blended whether it is blended with the canvas, rather than replacing it
 */
public record AnimatedFrame(
    BufferedImage image, int left, int top, boolean blended, Disposal disposal) {

  private static final List<Disposal> DISPOSALS =
      List.of(Disposal.KEEP, Disposal.CLEAR, Disposal.RESTORE);

  /** Returns frames that cover parts of a canvas, with every kind of alpha. */
  public static List<AnimatedFrame> random(
      int width, int height, int count, boolean restores, Random random) {
    List<AnimatedFrame> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int left = i == 0 ? 0 : 2 * random.nextInt(width / 2);
      int top = i == 0 ? 0 : 2 * random.nextInt(height / 2);
      int w = i == 0 ? width : 1 + random.nextInt(width - left);
      int h = i == 0 ? height : 1 + random.nextInt(height - top);
      BufferedImage image = new BufferedImage(w, h, BufferedImage.TYPE_INT_ARGB);
      int kind = random.nextInt(3);
      for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++) {
          int alpha = kind == 0 ? random.nextInt(256) : 255 * random.nextInt(2);
          image.setRGB(x, y, alpha << 24 | random.nextInt(1 << 24));
        }
      }
      Disposal disposal = DISPOSALS.get(random.nextInt(restores ? 3 : 2));
      frames.add(new AnimatedFrame(image, left, top, random.nextBoolean(), disposal));
    }
    return frames;
  }

  /** Returns the picture shown with each frame. */
  public static List<BufferedImage> compose(int width, int height, List<AnimatedFrame> frames) {
    List<BufferedImage> shown = new ArrayList<>();
    int[] canvas = new int[width * height];
    for (AnimatedFrame frame : frames) {
      int[] before = canvas.clone();
      int[] after = canvas.clone();
      for (int y = 0; y < frame.image.getHeight(); y++) {
        for (int x = 0; x < frame.image.getWidth(); x++) {
          int at = (frame.top + y) * width + frame.left + x;
          int pixel = frame.image.getRGB(x, y);
          canvas[at] = frame.blended ? over(pixel, canvas[at]) : pixel;
          switch (frame.disposal) {
            case KEEP -> after[at] = canvas[at];
            case CLEAR -> after[at] = 0;
            case RESTORE -> after[at] = before[at];
          }
        }
      }
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
      image.setRGB(0, 0, width, height, canvas, 0, width);
      shown.add(image);
      canvas = after;
    }
    return shown;
  }

  private static int over(int above, int below) {
    double alpha = (above >>> 24) / 255.0;
    double alphaBelow = (below >>> 24) / 255.0 * (1 - alpha);
    double both = alpha + alphaBelow;
    int argb = (int) Math.round(both * 255) << 24;
    for (int shift = 0; shift < 24 && both > 0; shift += 8) {
      double sum = (above >> shift & 0xff) * alpha + (below >> shift & 0xff) * alphaBelow;
      argb |= (int) Math.round(sum / both) << shift;
    }
    return argb;
  }
}
