package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * A scan of a sequential frame (T.81, F.2): blocks become samples at once, and rows are delivered
 * as soon as an MCU row is complete, so that memory does not depend on the image's height.
 */
final class SequentialScan extends ScanDecoder {

  private final McuReader mcus;
  private final RowSink sink;
  private final List<ScanComponent<PlaneBand>> components;
  private final int[] predictions;

  SequentialScan(
      EntropyReader in,
      int mcusX,
      int mcusY,
      int restartInterval,
      List<ScanComponent<PlaneBand>> components,
      McuReader mcus,
      RowSink sink) {
    super(in, mcusX, mcusY, restartInterval);
    this.sink = sink;
    this.components = components;
    this.mcus = mcus;
    this.predictions = new int[components.size()];
  }

  @Override
  void startInterval() throws IOException {
    Arrays.fill(predictions, 0);
    mcus.startInterval();
  }

  @Override
  int decodeMcus(int x, int y, int max) throws IOException {
    return mcus.read(x, max, predictions);
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
    for (ScanComponent<PlaneBand> component : components) {
      component.target().blank();
    }
  }

  @Override
  void finishRow(int y) throws IOException {
    for (ScanComponent<PlaneBand> component : components) {
      component.target().emit(y, sink);
    }
  }
}
