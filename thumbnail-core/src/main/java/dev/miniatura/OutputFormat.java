package dev.miniatura;

import dev.miniatura.internal.output.Encoder;
import dev.miniatura.internal.output.Encoders;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * An output format for thumbnails. Each format has one instance, so {@code ==} compares formats. In
 * addition to the constants, {@link #all()} includes formats added by other artifacts on the class
 * path or module path. Immutable and thread-safe.
 */
public final class OutputFormat {

  private static final List<OutputFormat> ALL =
      Encoders.all().stream().map(OutputFormat::new).toList();

  /** JPEG: photographs; no transparency. */
  public static final OutputFormat JPEG = named("jpeg");

  /** PNG: lossless, with transparency. */
  public static final OutputFormat PNG = named("png");

  /** GIF: up to 256 colors, animation, on-or-off transparency. */
  public static final OutputFormat GIF = named("gif");

  /** WebP: smaller than JPEG at the same quality, with transparency. */
  public static final OutputFormat WEBP = named("webp");

  private final Encoder encoder;

  private OutputFormat(Encoder encoder) {
    this.encoder = encoder;
  }

  /** Returns all available formats, in an unmodifiable list. */
  public static List<OutputFormat> all() {
    return ALL;
  }

  /**
   * Returns the format of a name or extension, such as {@code jpeg} or {@code jpg}.
   *
   * @throws IllegalArgumentException if there is none; the message lists the available formats
   * @throws NullPointerException if {@code name} is null
   */
  public static OutputFormat named(String name) {
    Objects.requireNonNull(name, "name");
    for (OutputFormat format : ALL) {
      if (format.extension().equals(name)) {
        return format;
      }
    }
    return SpecOption.find(name, ALL.toArray(OutputFormat[]::new), OutputFormat::text, "format");
  }

  /** Returns the formats that thumbnails can have if their spec names none. */
  static List<OutputFormat> unasked() {
    return Encoders.unasked().stream().map(encoder -> named(encoder.name())).toList();
  }

  /** Returns the file name extension, without a dot. */
  public String extension() {
    return encoder.extension();
  }

  /** Returns the media type, for example {@code image/jpeg}. */
  public String mediaType() {
    return encoder.mediaType();
  }

  /** Returns whether the format can be transparent. */
  public boolean alpha() {
    return encoder.alpha();
  }

  /** Returns the quality, 1 to 100, of a spec that names this format and no quality. */
  public int defaultQuality() {
    return encoder.quality();
  }

  /** Returns the name in the grammar of {@link ThumbnailSpec}, for example {@code jpeg}. */
  public String text() {
    return encoder.name();
  }

  /** Returns the display name, for example {@code JPEG}. */
  @Override
  public String toString() {
    return text().toUpperCase(Locale.ROOT);
  }
}
