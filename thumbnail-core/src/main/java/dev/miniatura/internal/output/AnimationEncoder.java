package dev.miniatura.internal.output;

import dev.miniatura.ThumbnailSpec;
import dev.miniatura.internal.raster.Raster;
import java.util.Optional;

/** Writes animations in the format of an {@link Encoder}. Stateless and thread-safe. */
public interface AnimationEncoder {

  /** Returns the maximum number of bytes that an animation takes in addition to its stills. */
  long workingBytes(int width, int height, int frames, ThumbnailSpec spec);

  /**
   * Begins an animation.
   *
   * @param plays how often it plays; 0 means forever
   * @param profile a color profile to embed
   */
  Writer begin(ThumbnailSpec spec, int plays, Optional<byte[]> profile);

  /** One animation. Used by one thread. */
  interface Writer {

    /**
     * Adds a frame.
     *
     * @param picture as for {@link Encoder#encode}, all frames of the same size; it may be read
     *     later and must not change
     * @param delayMillis how long it is shown
     */
    void add(Raster picture, int delayMillis);

    /** Returns the file. */
    byte[] finish();
  }
}
