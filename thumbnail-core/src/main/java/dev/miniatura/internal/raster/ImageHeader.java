package dev.miniatura.internal.raster;

import dev.miniatura.internal.exif.Camera;

/**
 * What a decoder has read in the header of a source. Callers of the library see it as {@link
 * dev.miniatura.ImageInfo}, which says more of each.
 *
 * @param format the container, in upper case
 * @param width width in pixels as stored, before orientation
 * @param height height in pixels as stored, before orientation
 * @param orientation the EXIF orientation, 1 to 8; 1 when there is none
 * @param frames number of frames, 1 for a still image, 0 when counting would need the whole file
 * @param color the color model in words
 * @param bitsPerSample bits of one sample, 1 to 64
 * @param alpha whether the image can be transparent
 * @param iccProfile whether an ICC profile is embedded
 * @param progressive whether the image is stored in several passes
 * @param camera what took the picture and when
 */
public record ImageHeader(
    String format,
    int width,
    int height,
    int orientation,
    int frames,
    String color,
    int bitsPerSample,
    boolean alpha,
    boolean iccProfile,
    boolean progressive,
    Camera camera) {

  /** Makes the header of a source that says nothing of a camera. */
  public ImageHeader(
      String format,
      int width,
      int height,
      int orientation,
      int frames,
      String color,
      int bitsPerSample,
      boolean alpha,
      boolean iccProfile,
      boolean progressive) {
    this(
        format,
        width,
        height,
        orientation,
        frames,
        color,
        bitsPerSample,
        alpha,
        iccProfile,
        progressive,
        Camera.unknown());
  }

  /** Returns the number of pixels, as stored. */
  public long pixels() {
    return (long) width * height;
  }
}
