package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;
import java.util.List;

/** Decodes a frame, sequential or progressive, according to the plans of its components. */
final class FrameDecoding {

  /** Tables and fixed buffers, whatever the image. */
  private static final long FIXED_BYTES = 256 << 10;

  private FrameDecoding() {}

  /** Returns the maximum number of bytes that decoding takes. */
  static long workingBytes(FrameHeader frame, List<ComponentPlan> components) {
    return FIXED_BYTES
        + (frame.progressive()
            ? ProgressiveFrame.workingBytes(components)
            : SequentialFrame.workingBytes(components));
  }

  /**
   * Decodes the frame.
   *
   * @param segments read up to the data of the first scan
   */
  static void decode(
      SegmentReader segments, List<ComponentPlan> components, RowSink sink, Notes notes)
      throws IOException {
    DamageNotes damage = new DamageNotes(notes);
    if (segments.frame().progressive()) {
      new ProgressiveFrame(segments, components, sink, damage).decode();
    } else {
      new SequentialFrame(segments, components, sink, damage).decode();
    }
  }
}
