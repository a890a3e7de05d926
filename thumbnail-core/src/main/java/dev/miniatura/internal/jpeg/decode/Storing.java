package dev.miniatura.internal.jpeg.decode;

import java.util.ArrayList;
import java.util.List;

/** Stores the samples of batches in one row of blocks of a band. */
final class Storing implements BatchTarget {

  private final PlaneBand band;
  private final int y;
  private final int[] factors;

  private Storing(PlaneBand band, int y, int[] factors) {
    this.band = band;
    this.y = y;
    this.factors = factors;
  }

  /** Returns the targets for all rows of blocks in an MCU, component by component. */
  static List<BatchTarget> rows(List<ScanComponent<PlaneBand>> components) {
    List<BatchTarget> rows = new ArrayList<>();
    for (ScanComponent<PlaneBand> component : components) {
      PlaneBand band = component.target();
      int[] factors = IdctBatch.factors(band.idctSize, component.quantization());
      for (int y = 0; y < component.v(); y++) {
        rows.add(new Storing(band, y, factors));
      }
    }
    return rows;
  }

  @Override
  public void take(IdctBatch batch, int count) {
    batch.dequantize(factors);
    batch.store(count, band.samples, band.at(batch.first, y), band.stride);
  }
}
