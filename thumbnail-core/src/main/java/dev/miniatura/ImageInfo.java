package dev.miniatura;

import java.time.LocalDateTime;
import java.util.Objects;
import java.util.Optional;

/**
 * What an image's header says, before any pixel is decoded.
 *
 * @param format the container, in upper case, for example {@code JPEG}
 * @param width width in pixels as stored, before orientation
 * @param height height in pixels as stored, before orientation
 * @param orientation the EXIF orientation, 1 to 8; 1 when there is none
 * @param frames number of frames, 1 for a still image, 0 when counting would need the whole file
 * @param color the color model in words, for example {@code YCbCr 4:2:0} or {@code palette}
 * @param bitsPerSample bits of one sample, 1 to 64
 * @param alpha whether the image can be transparent
 * @param iccProfile whether an ICC profile is embedded
 * @param progressive whether the image is stored in several passes (progressive JPEG, interlaced
 *     PNG or GIF)
 * @param camera what took the picture and when, as EXIF says
 */
public record ImageInfo(
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

  /**
   * What took a picture and when. Each is absent if the file does not say it in a way that can be
   * read; nothing vouches for it.
   *
   * @param make the maker, at most 64 printable ASCII characters
   * @param model the model, likewise
   * @param taken local time at the place of the camera
   */
  public record Camera(
      Optional<String> make, Optional<String> model, Optional<LocalDateTime> taken) {

    /** Refuses nulls. */
    public Camera {
      Objects.requireNonNull(make, "make");
      Objects.requireNonNull(model, "model");
      Objects.requireNonNull(taken, "taken");
    }

    /** Returns the camera of a picture that says nothing of one. */
    public static Camera unknown() {
      return new Camera(Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  /** Refuses nulls. */
  public ImageInfo {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(color, "color");
    Objects.requireNonNull(camera, "camera");
  }

  /** Makes the description of an image that says nothing of a camera. */
  public ImageInfo(
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

  /**
   * Returns the media type of the source's bytes, for example {@code image/webp}; {@code
   * application/octet-stream} for a format that this version does not know.
   */
  public String mediaType() {
    return SourceFormat.of(format).mediaType();
  }

  /**
   * Returns the usual file name extension of the source's format, without a dot, for example {@code
   * tif}; {@code bin} for a format that this version does not know.
   */
  public String extension() {
    return SourceFormat.of(format).extension();
  }

  /** Returns the width as seen, after orientation, in pixels. */
  public int displayWidth() {
    return orientation > 4 ? height : width;
  }

  /** Returns the height as seen, after orientation, in pixels. */
  public int displayHeight() {
    return orientation > 4 ? width : height;
  }

  /** Returns the number of pixels, as stored. */
  public long pixels() {
    return (long) width * height;
  }
}
