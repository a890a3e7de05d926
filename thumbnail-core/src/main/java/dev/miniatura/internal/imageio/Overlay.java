package dev.miniatura.internal.imageio;

import dev.miniatura.Gravity;
import dev.miniatura.internal.bytes.Sha256;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import net.coobird.thumbnailator.filters.Caption;
import net.coobird.thumbnailator.filters.Watermark;
import net.coobird.thumbnailator.geometry.Position;
import net.coobird.thumbnailator.geometry.Positions;

/**
 * Something drawn on a finished picture. Overlays that draw the same are equal, and so are their
 * names.
 */
public final class Overlay implements UnaryOperator<BufferedImage> {

  private static final int DIGEST_BYTES = 8;

  private final String name;
  private final UnaryOperator<BufferedImage> drawing;

  private Overlay(String kind, String description, UnaryOperator<BufferedImage> drawing) {
    name = kind + "-" + Sha256.hex(description, DIGEST_BYTES);
    this.drawing = drawing;
  }

  /** Returns an overlay of a copy of an image. */
  public static Overlay watermark(BufferedImage image, Gravity gravity, double opacity) {
    checkOpacity(opacity);
    int width = image.getWidth();
    int height = image.getHeight();
    int[] argb = image.getRGB(0, 0, width, height, null, 0, width);
    BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    copy.setRGB(0, 0, width, height, argb, 0, width);
    return new Overlay(
        "watermark",
        width + " " + Arrays.toString(argb) + " " + gravity + " " + opacity,
        new Watermark(position(gravity), copy, (float) opacity)::apply);
  }

  /** Returns an overlay of a line of text. */
  public static Overlay caption(
      String text, Font font, int rgb, double opacity, Gravity gravity, int inset) {
    checkOpacity(opacity);
    if (inset < 0) {
      throw new IllegalArgumentException("inset must not be negative, but is " + inset);
    }
    Color color = new Color(rgb & 0xffffff);
    return new Overlay(
        "caption",
        "%s|%s|%s|%s|%s|%d".formatted(font, color, opacity, gravity, text, inset),
        new Caption(text, font, color, (float) opacity, position(gravity), inset)::apply);
  }

  private static void checkOpacity(double opacity) {
    if (!(opacity >= 0 && opacity <= 1)) {
      throw new IllegalArgumentException("opacity must be 0 to 1, but is " + opacity);
    }
  }

  private static Position position(Gravity gravity) {
    return switch (gravity) {
      case CENTER -> Positions.CENTER;
      case NORTH -> Positions.TOP_CENTER;
      case NORTH_EAST -> Positions.TOP_RIGHT;
      case EAST -> Positions.CENTER_RIGHT;
      case SOUTH_EAST -> Positions.BOTTOM_RIGHT;
      case SOUTH -> Positions.BOTTOM_CENTER;
      case SOUTH_WEST -> Positions.BOTTOM_LEFT;
      case WEST -> Positions.CENTER_LEFT;
      case NORTH_WEST -> Positions.TOP_LEFT;
    };
  }

  /** Returns the name of the filter in a spec's text. */
  public String name() {
    return name;
  }

  @Override
  public BufferedImage apply(BufferedImage picture) {
    return drawing.apply(picture);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Overlay that && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
