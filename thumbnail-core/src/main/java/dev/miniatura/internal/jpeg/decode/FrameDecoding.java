package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.internal.io.Workers;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;
import java.util.List;

/** Decodes a frame, sequential or progressive, according to the plans of its components. */
final class FrameDecoding {

  /** Tables and fixed buffers, whatever the image. */
  private static final long FIXED_BYTES = 256 << 10;

  private FrameDecoding() {}

  /**
   * Returns the maximum number of bytes that decoding takes.
   *
   * @param threads how many decode
   */
  static long workingBytes(FrameHeader frame, List<ComponentPlan> components, int threads) {
    return FIXED_BYTES
        + (threads > 1 && ParallelReader.suits(frame)
            ? ParallelReader.workingBytes(components, threads)
            : 0)
        + (frame.progressive()
            ? ProgressiveFrame.workingBytes(components)
            : SequentialFrame.workingBytes(components));
  }

  /**
   * Decodes the frame.
   *
   * @param segments read up to the data of the first scan
   * @param threads how many decode; more than one for sequential frames in Huffman coding only
   */
  static void decode(
      SegmentReader segments,
      List<ComponentPlan> components,
      RowSink sink,
      Notes notes,
      int threads)
      throws IOException {
    DamageNotes damage = new DamageNotes(notes);
    if (segments.frame().progressive()) {
      new ProgressiveFrame(segments, components, sink, damage).decode();
    } else {
      try (Workers workers = new Workers(threads)) {
        new SequentialFrame(segments, components, sink, damage, workers).decode();
      }
    }
  }
}
