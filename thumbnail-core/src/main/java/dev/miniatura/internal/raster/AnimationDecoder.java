package dev.miniatura.internal.raster;

import dev.miniatura.MalformedImageException;
import java.io.IOException;
import java.util.Optional;

/**
 * A decoder whose source is, or may be, an animation. A plan from {@link #plan} delivers only its
 * still picture; so does one from {@link #planFrames}, after which {@link #nextFrame} may be called
 * until it returns false. A frame is the whole picture as shown, even if the source stores only the
 * changed part.
 */
public interface AnimationDecoder extends ImageDecoder {

  @Override
  default Optional<AnimationDecoder> animation() {
    return Optional.of(this);
  }

  /**
   * Chooses how to decode all frames, like {@link #plan}. The plan itself decodes the still picture
   * only, in the layout of the frames.
   */
  DecodePlan planFrames() throws IOException;

  /** Returns whether the still picture is the first frame, rather than not one of them. */
  default boolean stillIsFrame() {
    return true;
  }

  /** Returns how often the animation plays; 0 means forever. */
  int plays();

  /** Returns the requested display time of the most recently decoded frame, in milliseconds. */
  int delayMillis();

  /**
   * Decodes the next frame, in the layout of the first. A damaged frame is the last one, because
   * later frames are drawn on top of it.
   *
   * @return whether there was one
   */
  boolean nextFrame(RowSink sink, Notes notes) throws IOException;

  /**
   * Tells that a damaged frame is the end.
   *
   * @param frame its index
   */
  static void noteEnd(ImageHeader header, int frame, MalformedImageException damage, Notes notes) {
    notes.add(
        header.format(),
        damage.reason(),
        "the animation ends before frame %d of %d".formatted(frame + 1, header.frames()),
        damage.offset());
  }
}
