package dev.miniatura;

import java.util.Locale;

/** The part of the picture that is kept when cropping, and its position when padding. */
public enum Gravity {
  /** The middle. */
  CENTER(0.5, 0.5),
  /** The middle of the top edge. */
  NORTH(0.5, 0),
  /** The top right corner. */
  NORTH_EAST(1, 0),
  /** The middle of the right edge. */
  EAST(1, 0.5),
  /** The bottom right corner. */
  SOUTH_EAST(1, 1),
  /** The middle of the bottom edge. */
  SOUTH(0.5, 1),
  /** The bottom left corner. */
  SOUTH_WEST(0, 1),
  /** The middle of the left edge. */
  WEST(0, 0.5),
  /** The top left corner. */
  NORTH_WEST(0, 0);

  private final double x;
  private final double y;

  Gravity(double x, double y) {
    this.x = x;
    this.y = y;
  }

  /** Returns the share of the horizontal slack that lies to the left, 0 to 1. */
  public double x() {
    return x;
  }

  /** Returns the share of the vertical slack that lies above, 0 to 1. */
  public double y() {
    return y;
  }

  /** Returns the name in the grammar of {@link ThumbnailSpec}, for example {@code north-east}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
