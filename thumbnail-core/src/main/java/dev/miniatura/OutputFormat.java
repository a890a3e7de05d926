package dev.miniatura;

import java.util.Locale;

/** A format thumbnails are written in. */
public enum OutputFormat {
  /** JPEG: photographs; no transparency. */
  JPEG("jpg", "image/jpeg", false),
  /** PNG: lossless, with transparency. */
  PNG("png", "image/png", true),
  /** GIF: up to 256 colors, animation, on-or-off transparency. */
  GIF("gif", "image/gif", true);

  private final String extension;
  private final String mediaType;
  private final boolean alpha;

  OutputFormat(String extension, String mediaType, boolean alpha) {
    this.extension = extension;
    this.mediaType = mediaType;
    this.alpha = alpha;
  }

  /** Returns the file name extension, without a dot. */
  public String extension() {
    return extension;
  }

  /** Returns the media type, for example {@code image/jpeg}. */
  public String mediaType() {
    return mediaType;
  }

  /** Returns whether the format can be transparent. */
  public boolean alpha() {
    return alpha;
  }

  /** Returns the name in the grammar of {@link ThumbnailSpec}, for example {@code jpeg}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads a name; the extension is as good. */
  static OutputFormat parse(String text) {
    for (OutputFormat format : values()) {
      if (format.extension.equals(text)) {
        return format;
      }
    }
    return SpecOption.find(text, values(), OutputFormat::text, "format");
  }
}
