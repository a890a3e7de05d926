package dev.miniatura.internal.jpeg;

import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * A scan of a sequential frame (T.81, F.2): blocks become samples at once, and rows leave as soon
 * as an MCU row is complete, so that memory does not depend on the image's height.
 */
final class SequentialScan extends ScanDecoder {

  /** One component of the scan with its tables, and its share of an MCU. */
  record Part(
      PlaneBand band,
      HuffmanTable dc,
      HuffmanTable ac,
      @SuppressWarnings("ArrayRecordComponent") int[] quantization,
      int h,
      int v) {}

  private final McuReader mcus;
  private final RowSink sink;
  private final Part[] parts;
  private final int[] predictions;

  SequentialScan(
      EntropyReader in, int mcusX, int mcusY, int restartInterval, List<Part> parts, RowSink sink) {
    super(in, mcusX, mcusY, restartInterval);
    this.sink = sink;
    this.parts = parts.toArray(new Part[0]);
    boolean onlyMeans = parts.stream().allMatch(part -> part.band().idctSize == 1);
    this.mcus = onlyMeans ? new MeanReader(in, parts) : new BlockReader(in, parts);
    this.predictions = new int[this.parts.length];
  }

  @Override
  void startInterval() {
    Arrays.fill(predictions, 0);
  }

  @Override
  int decodeMcus(int x, int y, int most) throws IOException {
    return mcus.read(x, most, predictions);
  }

  @Override
  void decodeMcu(int x, int y) throws IOException {
    decodeMcus(x, y, 1);
  }

  @Override
  void loseMcu(int x, int y) {
    mcus.lose(x);
  }

  @Override
  void loseRow() {
    for (Part part : parts) {
      part.band.blank();
    }
  }

  @Override
  void finishRow(int y) throws IOException {
    for (Part part : parts) {
      part.band.emit(y, sink);
    }
  }
}
