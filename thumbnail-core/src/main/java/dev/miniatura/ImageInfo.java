package dev.miniatura;

import dev.miniatura.internal.raster.ImageHeader;
import java.time.LocalDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The information in an image's header, read before any pixel is decoded. Immutable, with value
 * equality. Only the library creates instances, so that later versions can add properties.
 */
public final class ImageInfo {

  private final ImageHeader header;
  private final Camera camera;

  ImageInfo(ImageHeader header) {
    this.header = header;
    camera = new Camera(header.camera());
  }

  /** Returns the container, in upper case, for example {@code JPEG}. */
  public String format() {
    return header.format();
  }

  /** Returns the width in pixels as stored, before orientation. */
  public int width() {
    return header.width();
  }

  /** Returns the height in pixels as stored, before orientation. */
  public int height() {
    return header.height();
  }

  /** Returns the EXIF orientation, 1 to 8; 1 if there is none. */
  public int orientation() {
    return header.orientation();
  }

  /**
   * Returns the number of frames, 1 for a still image, 0 if counting would require reading the
   * whole file.
   */
  public int frames() {
    return header.frames();
  }

  /** Returns the color model in words, for example {@code YCbCr 4:2:0} or {@code palette}. */
  public String color() {
    return header.color();
  }

  /** Returns the number of bits per sample, 1 to 64. */
  public int bitsPerSample() {
    return header.bitsPerSample();
  }

  /** Returns whether the image can be transparent. */
  public boolean alpha() {
    return header.alpha();
  }

  /** Returns whether an ICC profile is embedded. */
  public boolean iccProfile() {
    return header.iccProfile();
  }

  /**
   * Returns whether the image is stored in several passes (progressive JPEG, interlaced PNG or
   * GIF).
   */
  public boolean progressive() {
    return header.progressive();
  }

  /** Returns the camera and the date, from EXIF. */
  public Camera camera() {
    return camera;
  }

  /**
   * Returns the media type of the source's bytes, for example {@code image/webp}; {@code
   * application/octet-stream} for formats unknown to this version.
   */
  public String mediaType() {
    return SourceFormat.of(format()).mediaType();
  }

  /**
   * Returns the usual file name extension of the source's format, without a dot, for example {@code
   * tif}; {@code bin} for formats unknown to this version.
   */
  public String extension() {
    return SourceFormat.of(format()).extension();
  }

  /** Returns the width in pixels as displayed, after orientation. */
  public int displayWidth() {
    return orientation() > 4 ? height() : width();
  }

  /** Returns the height in pixels as displayed, after orientation. */
  public int displayHeight() {
    return orientation() > 4 ? width() : height();
  }

  /** Returns the number of pixels, as stored. */
  public long pixels() {
    return header.pixels();
  }

  @Override
  @SuppressWarnings("exports") // an annotation that callers need not have
  public boolean equals(@Nullable Object other) {
    return other instanceof ImageInfo info && header.equals(info.header);
  }

  @Override
  public int hashCode() {
    return header.hashCode();
  }

  @Override
  public String toString() {
    return "%s %d x %d, orientation %d, frames %d, %s, %d bits%s%s%s, %s"
        .formatted(
            format(),
            width(),
            height(),
            orientation(),
            frames(),
            color(),
            bitsPerSample(),
            alpha() ? ", alpha" : "",
            iccProfile() ? ", ICC profile" : "",
            progressive() ? ", progressive" : "",
            camera);
  }

  /**
   * The camera and the date of a picture, as found in the file and unverified. Values that are
   * missing or unreadable are absent.
   */
  public static final class Camera {

    private final dev.miniatura.internal.exif.Camera exif;

    Camera(dev.miniatura.internal.exif.Camera exif) {
      this.exif = exif;
    }

    /** Returns the maker, at most 64 printable ASCII characters. */
    public Optional<String> make() {
      return exif.make();
    }

    /** Returns the model, at most 64 printable ASCII characters. */
    public Optional<String> model() {
      return exif.model();
    }

    /** Returns the date and time, in the local time of the camera. */
    public Optional<LocalDateTime> taken() {
      return exif.taken();
    }

    @Override
    @SuppressWarnings("exports") // an annotation that callers need not have
    public boolean equals(@Nullable Object other) {
      return other instanceof Camera camera && exif.equals(camera.exif);
    }

    @Override
    public int hashCode() {
      return exif.hashCode();
    }

    @Override
    public String toString() {
      return "camera %s, %s, %s"
          .formatted(
              make().orElse("unknown"),
              model().orElse("unknown"),
              taken().map(LocalDateTime::toString).orElse("unknown"));
    }
  }
}
