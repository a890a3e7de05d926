package dev.miniatura;

import java.util.List;

/**
 * A finished thumbnail.
 *
 * @param bytes the encoded picture; the array is the caller's
 * @param width width in pixels
 * @param height height in pixels
 * @param format what the bytes are
 * @param source what the source's header says
 * @param notes what was wrong with the source and tolerated, in words; empty for a sound source
 */
public record Thumbnail(
    @SuppressWarnings("ArrayRecordComponent") byte[] bytes,
    int width,
    int height,
    OutputFormat format,
    ImageInfo source,
    List<String> notes) {

  /** Makes the notes unmodifiable. */
  public Thumbnail {
    notes = List.copyOf(notes);
  }

  /** Returns the media type, for example {@code image/jpeg}. */
  public String mediaType() {
    return format.mediaType();
  }
}
