package dev.miniatura.internal.raster;

import java.io.IOException;

/**
 * A decision on how to deliver an image: {@link #decode} does what the other methods promise. A
 * plan is run at most once, and at most one plan of a decoder is run.
 */
public interface DecodePlan {

  /**
   * Returns the planes that will be pushed. A decoder that learns the channels only while decoding
   * promises only the sizes; {@link RowSink#begin} announces the final layout.
   */
  RasterLayout layout();

  /**
   * Returns the maximum number of bytes that decoding holds at once, including tables and buffers;
   * the planes themselves are not stored unless the decoder has to.
   */
  long workingBytes();

  /**
   * Returns a short description of the decoder's choice for users, for example {@code idct size 2,
   * 4, 4}. Nothing depends on it.
   */
  String description();

  /** Decodes: announces the layout to the sink, then pushes every row of every plane. */
  void decode(RowSink sink, Notes notes) throws IOException;

  /** The function that a plan runs. */
  @FunctionalInterface
  interface Decoding {

    /** Decodes into the sink. */
    void decode(RowSink sink, Notes notes) throws IOException;
  }

  /** Returns a plan that runs a function, which holds the decisions. */
  static DecodePlan of(
      RasterLayout layout, long workingBytes, String description, Decoding decoding) {
    return new PlannedDecoding(layout, workingBytes, description, decoding);
  }
}
