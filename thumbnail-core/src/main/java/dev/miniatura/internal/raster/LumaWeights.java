package dev.miniatura.internal.raster;

import org.jspecify.annotations.Nullable;

/**
 * The weights of red and blue in luma; the rest is green. Chroma is the difference of blue and red
 * from luma, each scaled to a range of one (ITU-T H.273, equations 38 to 43).
 *
 * @param red 0 to 1
 * @param blue 0 to 1
 */
public record LumaWeights(double red, double blue) {

  /** The weights of ITU-R BT.601, which JFIF uses. */
  public static final LumaWeights BT601 = new LumaWeights(0.299, 0.114);

  /** Returns the weight of green. */
  public double green() {
    return 1 - red - blue;
  }

  /** The one that records have by default takes milliseconds when it is first used. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LumaWeights weights
        && Double.compare(red, weights.red) == 0
        && Double.compare(blue, weights.blue) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * Double.hashCode(red) + Double.hashCode(blue);
  }
}
