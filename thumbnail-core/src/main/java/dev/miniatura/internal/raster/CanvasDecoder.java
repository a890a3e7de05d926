package dev.miniatura.internal.raster;

import dev.miniatura.MalformedImageException;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decodes an animation whose frames are known from the start, and whose still is the first. */
public abstract class CanvasDecoder implements AnimationDecoder {

  /** Index of the frame on the canvas. */
  private int index;

  private @Nullable FrameCanvas canvas;

  /** Returns how many frames exist; a damaged file may have fewer than it declares. */
  protected abstract int present();

  /** Returns the requested display time of a frame, in milliseconds. */
  protected abstract int delayMillis(int frame);

  /** Draws a frame, after beginning it on the canvas. */
  protected abstract void draw(FrameCanvas on, int frame, Notes notes) throws IOException;

  @Override
  public final int delayMillis() {
    return delayMillis(index);
  }

  /** Returns a plan that draws the first frame. */
  protected final DecodePlan planOf(RasterLayout layout, long workingBytes, String description) {
    return DecodePlan.of(
        layout, workingBytes, description, (sink, notes) -> decodeFirst(layout, sink, notes));
  }

  private void decodeFirst(RasterLayout layout, RowSink sink, Notes notes) throws IOException {
    FrameCanvas blank = new FrameCanvas(layout);
    canvas = blank;
    draw(blank, 0, notes);
    index = 0;
    blank.push(sink);
  }

  @Override
  public final boolean nextFrame(RowSink sink, Notes notes) throws IOException {
    FrameCanvas shown = Objects.requireNonNull(canvas);
    int next = index + 1;
    if (next >= present()) {
      return false;
    }
    try {
      draw(shown, next, notes);
    } catch (MalformedImageException e) {
      AnimationDecoder.noteEnd(header(), next, e, notes);
      return false;
    }
    index = next;
    shown.push(sink);
    return true;
  }
}
