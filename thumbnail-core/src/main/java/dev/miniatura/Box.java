package dev.miniatura;

import dev.miniatura.ThumbnailSpec.Fit;
import java.util.OptionalInt;

/** The box of a spec and how pictures are fitted to it; one side may be open if they fit inside. */
record Box(Fit fit, OptionalInt width, OptionalInt height) {

  private static final int MAX_SIDE = 65_535;

  /**
   * Refuses an incomplete box.
   *
   * @throws IllegalArgumentException if a side is out of range, or a required one is missing
   */
  Box {
    checkSide("width", width);
    checkSide("height", height);
    if (width.isEmpty() && height.isEmpty()) {
      throw new IllegalArgumentException("a box needs a width or a height");
    }
    if (fit != Fit.FIT && (width.isEmpty() || height.isEmpty())) {
      throw new IllegalArgumentException(needsBoth(fit));
    }
  }

  private static void checkSide(String name, OptionalInt side) {
    if (side.isPresent() && (side.getAsInt() < 1 || side.getAsInt() > MAX_SIDE)) {
      throw new IllegalArgumentException(
          name + " must be 1 to " + MAX_SIDE + " pixels, not " + side.getAsInt());
    }
  }

  private static String needsBoth(Fit fit) {
    return fit.text() + " needs both a width and a height";
  }

  /** Returns a box of another size with the same fit. */
  Box resized(OptionalInt otherWidth, OptionalInt otherHeight) {
    return new Box(fit, otherWidth, otherHeight);
  }

  /**
   * Returns a box of another size with one side open.
   *
   * @throws IllegalStateException unless pictures fit inside
   */
  Box opened(OptionalInt otherWidth, OptionalInt otherHeight) {
    if (fit != Fit.FIT) {
      throw new IllegalStateException(needsBoth(fit));
    }
    return resized(otherWidth, otherHeight);
  }

  /** Returns the geometry's text. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(fit.text()).append(':');
    width.ifPresent(text::append);
    text.append('x');
    height.ifPresent(text::append);
    return text.toString();
  }
}
