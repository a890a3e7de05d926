package dev.miniatura.internal.raster;

import java.io.IOException;

/** A plan made from its parts; see {@link DecodePlan#of}. */
record PlannedDecoding(
    RasterLayout layout, long workingBytes, String description, DecodePlan.Decoding decoding)
    implements DecodePlan {

  @Override
  public void decode(RowSink sink, Notes notes) throws IOException {
    decoding.decode(sink, notes);
  }
}
