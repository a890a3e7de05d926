package dev.miniatura.internal.raster;

import dev.miniatura.internal.exif.Camera;

/**
 * What a decoder has read in the header of a source; made by a {@link Builder}. Callers of the
 * library see it as {@link dev.miniatura.ImageInfo}, which says more of each.
 *
 * @param format the container, in upper case
 * @param width width in pixels as stored, before orientation
 * @param height height in pixels as stored, before orientation
 * @param orientation the EXIF orientation, 1 to 8; 1 if there is none
 * @param frames number of frames, 1 for a still image, 0 if counting would require the whole file
 * @param color the color model in words
 * @param bitsPerSample bits of one sample, 1 to 64
 * @param alpha whether the image can be transparent
 * @param iccProfile whether an ICC profile is embedded
 * @param progressive whether the image is stored in several passes
 * @param camera the camera and the date
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

  /** Starts the header of an upright, opaque still of an unknown camera, stored in one pass. */
  public static Builder of(String format, int width, int height, String color, int bitsPerSample) {
    return new Builder(format, width, height, color, bitsPerSample);
  }

  /** Returns the number of pixels, as stored. */
  public long pixels() {
    return (long) width * height;
  }

  /** Collects what else a header says, each by its name. */
  public static final class Builder {

    private final String format;
    private final int width;
    private final int height;
    private final String color;
    private final int bitsPerSample;
    private int orientation = 1;
    private int frames = 1;
    private boolean alpha;
    private boolean iccProfile;
    private boolean progressive;
    private Camera camera = Camera.unknown();

    private Builder(String format, int width, int height, String color, int bitsPerSample) {
      this.format = format;
      this.width = width;
      this.height = height;
      this.color = color;
      this.bitsPerSample = bitsPerSample;
    }

    /** Sets the EXIF orientation, 1 to 8. */
    public Builder orientation(int value) {
      orientation = value;
      return this;
    }

    /** Sets the number of frames. */
    public Builder frames(int value) {
      frames = value;
      return this;
    }

    /** Sets whether the image can be transparent. */
    public Builder alpha(boolean value) {
      alpha = value;
      return this;
    }

    /** Sets whether an ICC profile is embedded. */
    public Builder iccProfile(boolean value) {
      iccProfile = value;
      return this;
    }

    /** Sets whether the image is stored in several passes. */
    public Builder progressive(boolean value) {
      progressive = value;
      return this;
    }

    /** Sets what took the picture and when. */
    public Builder camera(Camera value) {
      camera = value;
      return this;
    }

    /** Returns the header. */
    public ImageHeader build() {
      return new ImageHeader(
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
          camera);
    }
  }
}
