package dev.miniatura.internal.raster;

/**
 * A rectangle of samples that a decoder delivers, one or more channels interleaved.
 *
 * @param width sample positions per row
 * @param height rows
 * @param channels samples per position
 * @param extentX the exact number of sample positions that the image's width spans. A 4:2:0 JPEG of
 *     3,001 pixels decoded at one sample per block spans 3001 / 16 = 187.5625 positions, for which
 *     188 are stored.
 * @param extentY the exact number of rows that the image's height spans
 * @param blockMean whether each sample is already the mean of the area it covers (a DC value),
 *     which the resampler compensates
 */
public record Plane(
    int width, int height, int channels, double extentX, double extentY, boolean blockMean) {

  /** Returns a plane at the image's own resolution. */
  public static Plane full(int width, int height, int channels) {
    return new Plane(width, height, channels, width, height, false);
  }
}
