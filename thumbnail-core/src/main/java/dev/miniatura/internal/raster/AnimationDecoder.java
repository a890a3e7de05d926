package dev.miniatura.internal.raster;

import java.io.IOException;

/**
 * A decoder whose source may be an animation. {@link #decode} delivers the first frame, after which
 * {@link #nextFrame} may be called until it answers false. A frame is the whole picture as shown,
 * whatever part of it the source stores anew.
 */
public interface AnimationDecoder extends ImageDecoder {

  /** Returns how often the animation plays, 0 for without end. */
  int plays();

  /** Returns for how many milliseconds the frame decoded last is shown. */
  int delayMillis();

  /**
   * Decodes the frame after the one decoded last, in the layout of the first. A damaged frame is
   * the end: what follows is drawn upon it.
   *
   * @return whether there was one
   */
  boolean nextFrame(RowSink sink, Notes notes) throws IOException;
}
