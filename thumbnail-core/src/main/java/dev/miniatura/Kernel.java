package dev.miniatura;

import java.util.Locale;

/** The filter used to shrink a picture; all are area-correct at every ratio. */
public enum Kernel {
  /** Mean of the covered area; support 0.5. Smooth areas, slight aliasing on fine lines. */
  BOX,
  /** Linear interpolation widened to the ratio; support 1. Soft. */
  TRIANGLE,
  /** Catmull-Rom cubic (Keys, 1981, a = −0.5); support 2. Crisp with little ringing. */
  CATMULL_ROM,
  /** Lanczos-windowed sinc, support 3: the default. Keeps most detail. */
  LANCZOS3;

  /** Returns the name in the grammar of {@link ThumbnailSpec}, for example {@code catmull-rom}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
