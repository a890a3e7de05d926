package dev.miniatura.internal.output;

import dev.miniatura.ThumbnailSpec;
import dev.miniatura.internal.raster.Raster;
import java.util.Optional;

/** Writes animations in the format of an {@link Encoder}. Stateless and thread-safe. */
public interface AnimationEncoder {

  /** Returns the most bytes of memory that an animation takes besides its stills. */
  long workingBytes(int width, int height, int frames, ThumbnailSpec spec);

  /**
   * Begins an animation.
   *
   * @param plays how often it plays, 0 for without end
   * @param profile a color profile to embed
   */
  Writer begin(ThumbnailSpec spec, int plays, Optional<byte[]> profile);

  /** One animation. Used by one thread. */
  interface Writer {

    /**
     * Adds a frame.
     *
     * @param picture as for {@link Encoder#encode}, all frames of one size; it may be read later
     *     and must not change
     * @param delayMillis how long it shows
     */
    void add(Raster picture, int delayMillis);

    /** Returns the file. */
    byte[] finish();
  }
}
