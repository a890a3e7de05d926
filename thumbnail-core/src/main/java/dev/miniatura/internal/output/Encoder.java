package dev.miniatura.internal.output;

import dev.miniatura.ThumbnailSpec;
import dev.miniatura.internal.raster.Raster;
import java.util.Optional;
import java.util.Set;

/**
 * A format that thumbnails are written in: what it is called, what it can hold, and how it is
 * written. {@link Encoders} has all there are; an artifact of ours can add one as a service.
 * Stateless and thread-safe.
 */
public interface Encoder {

  /** Returns the name in the grammar of {@link ThumbnailSpec}, lower-case letters and digits. */
  String name();

  /** Returns the usual ending of file names, without a dot, lower-case letters and digits. */
  String extension();

  /** Returns the media type, for example {@code image/jpeg}. */
  String mediaType();

  /** Returns whether pictures can be transparent. */
  boolean alpha();

  /** Returns whether a color profile can be embedded. */
  boolean profile();

  /** Returns the most pixels a side. */
  int maxSide();

  /** Returns the quality, 1 to 100, of a spec that says none. */
  default int quality() {
    return 80;
  }

  /**
   * Returns the sources, as {@code ImageInfo.format} names them, whose thumbnails are of this
   * format unless the spec says otherwise.
   */
  default Set<String> sources() {
    return Set.of();
  }

  /** Returns whether opaque YCbCr, in full range, is taken as it is. */
  default boolean takesYCbCr(ThumbnailSpec spec) {
    return false;
  }

  /** Returns whether chroma is written at half resolution, so that no more of it is needed. */
  default boolean halvesChroma(ThumbnailSpec spec) {
    return false;
  }

  /**
   * Returns the most bytes of memory that a thumbnail takes from when it is resampled: the pictures
   * that are made of it, at four channels, and what encoding allocates.
   */
  default long workingBytes(int width, int height, ThumbnailSpec spec) {
    return 28L * width * height;
  }

  /**
   * Encodes a still. The bytes depend on the arguments only.
   *
   * @param picture GRAY or RGB; YCBCR too if {@link #takesYCbCr}; at most {@link #maxSide} pixels a
   *     side, with alpha only if {@link #alpha}
   * @param profile a color profile to embed
   */
  byte[] encode(Raster picture, ThumbnailSpec spec, Optional<byte[]> profile);

  /** Returns how animations are written, if they are. */
  default Optional<AnimationEncoder> animations() {
    return Optional.empty();
  }
}
