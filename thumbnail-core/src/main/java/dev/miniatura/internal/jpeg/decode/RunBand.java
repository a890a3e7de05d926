package dev.miniatura.internal.jpeg.decode;

/** Turns the coefficients of runs into samples of one row of blocks of a band. */
final class RunBand {

  private final PlaneBand band;
  private final int y;
  private final int h;
  private final int component;
  private final int[] factors;
  private final IdctBatch batch;
  private final byte[] samples; // of a batch that goes on in the next row
  private final int stride;
  private int next; // batch
  private int first; // block of the current one
  private int end;

  /**
   * Creates a row.
   *
   * @param index the component's index in the scan
   * @param y the row of blocks in an MCU
   */
  RunBand(ScanComponent<PlaneBand> component, int index, int y) {
    band = component.target();
    this.y = y;
    this.component = index;
    h = component.h();
    factors = IdctBatch.factors(band.idctSize, component.quantization());
    batch = new IdctBatch(band.idctSize);
    stride = IdctBatch.BLOCKS * band.idctSize;
    samples = new byte[stride * band.idctSize];
  }

  /** Goes to the beginning of a run. */
  void start() {
    next = 0;
    first = 0;
    end = 0;
  }

  /**
   * Stores MCUs.
   *
   * @param predictions before the run's first MCU
   * @param mcu the first one in the run
   * @param x its position in the band
   */
  void store(RunRow row, int[] predictions, int mcu, int mcus, int x) {
    int from = mcu * h;
    int until = from + mcus * h;
    int to = band.at(x * h, y);
    if (band.idctSize == 1) {
      storeMeans(row.dc, from, until, predictions[component], to);
      return;
    }
    while (from < until) {
      if (from == end) {
        first = end;
        end = row.end(next);
        row.dequantize(next++, first, predictions[component], factors, batch.lanes);
        if (end <= until) {
          batch.store(end - first, band.samples, to, band.stride);
        } else {
          batch.store(end - first, samples, 0, stride);
        }
      }
      int blocks = Math.min(until, end) - from;
      int length = blocks * band.idctSize;
      if (from > first || end > until) {
        int at = (from - first) * band.idctSize;
        for (int i = 0; i < band.idctSize; i++) {
          System.arraycopy(samples, at + i * stride, band.samples, to + i * band.stride, length);
        }
      }
      from += blocks;
      to += length;
    }
  }

  private void storeMeans(int[] dc, int from, int until, int prediction, int to) {
    int factor = factors[0];
    for (int i = from; i < until; i++) {
      band.samples[to + i - from] = InverseDct.mean((dc[i] + prediction) * factor);
    }
  }
}
