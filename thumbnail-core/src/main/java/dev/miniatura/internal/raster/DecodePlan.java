package dev.miniatura.internal.raster;

import java.io.IOException;

/**
 * How a decoder will deliver an image, decided: {@link #decode} does what the rest promises. A plan
 * is run at most once, and at most one plan of a decoder is run.
 */
public interface DecodePlan {

  /**
   * Returns the planes that will be pushed. A decoder that learns the channels only while decoding
   * promises the sizes, and {@link RowSink#begin} has the last word.
   */
  RasterLayout layout();

  /**
   * Returns the most bytes of memory that decoding holds at once, its tables and buffers included;
   * the planes themselves are not stored unless the decoder has to.
   */
  long workingBytes();

  /**
   * Returns the decoder's choice in a few words for people, for example {@code idct size 2, 4, 4}.
   * Nothing depends on it.
   */
  String description();

  /** Decodes: announces the layout to the sink, then pushes every row of every plane. */
  void decode(RowSink sink, Notes notes) throws IOException;

  /** What a decoder does once it is planned. */
  @FunctionalInterface
  interface Decoding {

    /** Decodes into the sink. */
    void decode(RowSink sink, Notes notes) throws IOException;
  }

  /** Returns a plan that runs a function, which holds what was decided. */
  static DecodePlan of(
      RasterLayout layout, long workingBytes, String description, Decoding decoding) {
    return new PlannedDecoding(layout, workingBytes, description, decoding);
  }
}
