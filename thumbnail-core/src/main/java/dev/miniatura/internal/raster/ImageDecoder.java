package dev.miniatura.internal.raster;

import java.io.IOException;
import java.util.Optional;

/**
 * Decodes one source whose header has been read. Used by one thread, once: {@link #header}, then
 * {@link #plan} any number of times, then at most one of those plans is run.
 */
public interface ImageDecoder {

  /** Returns the information in the header. */
  ImageHeader header();

  /**
   * Sets the part of the image, as stored, that will be used; called before {@link #plan}. The
   * content of rows outside of it is then undefined, and rows below need not be sent. By default,
   * all of the image is used.
   */
  default void wanted(int left, int top, int right, int bottom) {}

  /**
   * Chooses how to decode so that the whole image, as stored, can be resampled to the given size
   * without loss of detail. Allocates nothing proportional to the image.
   *
   * @param targetWidth width in pixels that the whole stored image will be resampled to; a decoder
   *     that can reduce delivers at least this
   * @param targetHeight the same for the height
   * @param chromaHalved whether separately coded chroma will be resampled to only half of that
   */
  DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved) throws IOException;

  /** Chooses how to decode for a target with all channels at full resolution. */
  default DecodePlan plan(double targetWidth, double targetHeight) throws IOException {
    return plan(targetWidth, targetHeight, false);
  }

  /** Returns this decoder as a decoder of frames, if the source is or may be an animation. */
  default Optional<AnimationDecoder> animation() {
    return Optional.empty();
  }

  /**
   * Returns the bytes of the source that are in memory while it is decoded, in addition to a window
   * of constant size; they are included in the figure of each plan.
   */
  default long heldOfSource() throws IOException {
    return 0;
  }
}
