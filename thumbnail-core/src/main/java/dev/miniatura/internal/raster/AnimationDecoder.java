package dev.miniatura.internal.raster;

import dev.miniatura.MalformedImageException;
import java.io.IOException;
import java.util.Optional;

/**
 * A decoder whose source is an animation, or may be. A plan of {@link #plan} delivers its still
 * picture only; one of {@link #planFrames} does too, after which {@link #nextFrame} may be called
 * until it answers false. A frame is the whole picture as shown, whatever part of it the source
 * stores anew.
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

  /** Returns how often the animation plays, 0 for without end. */
  int plays();

  /** Returns for how many milliseconds the source asks to show the frame decoded last. */
  int delayMillis();

  /**
   * Decodes the frame after the one decoded last, in the layout of the first. A damaged frame is
   * the end: what follows is drawn upon it.
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
