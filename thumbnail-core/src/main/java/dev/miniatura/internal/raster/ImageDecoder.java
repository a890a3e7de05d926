package dev.miniatura.internal.raster;

import java.io.IOException;
import java.util.Optional;

/**
 * Decodes one source whose header has been read. Used by one thread, once: {@link #header}, then
 * {@link #plan} any number of times, then at most one of those plans is run.
 */
public interface ImageDecoder {

  /** Returns what the header says. */
  ImageHeader header();

  /**
   * Tells which part of the image, as stored, will be used at all; before {@link #plan}. What rows
   * hold outside of it does not matter then, and those below need not be sent. All is used if
   * nothing is told.
   */
  default void wanted(int left, int top, int right, int bottom) {}

  /**
   * Chooses how to decode so that the whole image, as stored, can be resampled to the given size
   * without loss of detail. Allocates nothing of the image's size.
   *
   * @param targetWidth width in pixels that the whole stored image will be resampled to; a decoder
   *     that can reduce delivers no less than this
   * @param targetHeight the same for the height
   * @param chromaHalved whether chroma that is coded apart will be resampled to half of that only
   */
  DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved) throws IOException;

  /** Chooses how to decode for a target with all channels at full resolution. */
  default DecodePlan plan(double targetWidth, double targetHeight) throws IOException {
    return plan(targetWidth, targetHeight, false);
  }

  /** Returns this decoder as one of frames, if the source is an animation or may be. */
  default Optional<AnimationDecoder> animation() {
    return Optional.empty();
  }

  /**
   * Returns the bytes of the source that are in memory while it is decoded, besides a window of
   * constant size; part of what each plan says.
   */
  default long heldOfSource() throws IOException {
    return 0;
  }
}
