package dev.miniatura.internal.output;

import dev.miniatura.ThumbnailSpec;
import dev.miniatura.internal.raster.Raster;
import java.util.Optional;
import java.util.Set;

/**
 * An output format of thumbnails: its name, what it supports, and how it is written. {@link
 * Encoders} lists all of them; another artifact of this project can add one as a service. Stateless
 * and thread-safe.
 */
public interface Encoder {

  /** Returns the name in the grammar of {@link ThumbnailSpec}, lower-case letters and digits. */
  String name();

  /** Returns the usual file name extension, without a dot, lower-case letters and digits. */
  String extension();

  /** Returns the media type, for example {@code image/jpeg}. */
  String mediaType();

  /** Returns whether pictures can be transparent. */
  boolean alpha();

  /** Returns whether a color profile can be embedded. */
  boolean profile();

  /** Returns the maximum number of pixels per side. */
  int maxSide();

  /** Returns the default quality, 1 to 100. */
  default int quality() {
    return 80;
  }

  /**
   * Returns the sources, as {@code ImageInfo.format} names them, whose thumbnails have this format
   * unless the spec names one.
   */
  default Set<String> sources() {
    return Set.of();
  }

  /** Returns whether opaque YCbCr, in full range, is accepted unconverted. */
  default boolean takesYCbCr(ThumbnailSpec spec) {
    return false;
  }

  /**
   * Returns whether chroma is written at half resolution, so that full resolution is not needed.
   */
  default boolean halvesChroma(ThumbnailSpec spec) {
    return false;
  }

  /**
   * Returns the maximum number of bytes that encoding a still takes in addition to the picture and
   * the profile, the file included.
   *
   * @param transparent whether the picture has alpha
   */
  long workingBytes(int width, int height, boolean transparent, ThumbnailSpec spec);

  /** Returns the maximum size of a still's file in bytes, without the profile. */
  default long fileBytes(int width, int height, ThumbnailSpec spec) {
    return 5L * width * height + 4096;
  }

  /**
   * Encodes a still. The bytes depend only on the arguments.
   *
   * @param picture GRAY or RGB; YCBCR too if {@link #takesYCbCr}; at most {@link #maxSide} pixels
   *     per side, with alpha only if {@link #alpha}
   * @param profile a color profile to embed
   */
  byte[] encode(Raster picture, ThumbnailSpec spec, Optional<byte[]> profile);

  /**
   * Encodes a still as {@link #encode(Raster, ThumbnailSpec, Optional)} does, to the same bytes.
   *
   * @param threads how many may work at once
   */
  default byte[] encode(Raster picture, ThumbnailSpec spec, Optional<byte[]> profile, int threads) {
    return encode(picture, spec, profile);
  }

  /** Returns the encoder for animations, if they are supported. */
  default Optional<AnimationEncoder> animations() {
    return Optional.empty();
  }
}
