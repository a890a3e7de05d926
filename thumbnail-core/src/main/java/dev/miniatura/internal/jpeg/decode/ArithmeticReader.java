package dev.miniatura.internal.jpeg.decode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Decodes MCUs of a sequential scan with arithmetic coding (T.81, F.2.4). */
final class ArithmeticReader implements McuReader {

  /** The blocks of one component that stand in one row of an MCU. */
  private record Blocks(
      ScanComponent<PlaneBand> component,
      int index, // of the component in the scan
      ArithmeticModel model,
      IdctBatch batch,
      @SuppressWarnings("ArrayRecordComponent") int[] dequantizer,
      int y) {

    /** Stores the batch when it is full or a row of blocks ends. */
    void finish(int blockX) {
      int at = blockX % IdctBatch.BLOCKS;
      PlaneBand band = component.target();
      if (at == IdctBatch.BLOCKS - 1 || blockX == band.blocksX - 1) {
        batch.store(at + 1, band.samples, band.at(blockX - at, y), band.stride);
      }
    }
  }

  private final EntropyReader in;
  private final ArithmeticCoding coding;
  private final List<Blocks> mcu = new ArrayList<>();

  /**
   * Creates a reader.
   *
   * @param models of the components
   */
  ArithmeticReader(
      EntropyReader in,
      ArithmeticCoding coding,
      List<ArithmeticModel> models,
      List<ScanComponent<PlaneBand>> components) {
    this.in = in;
    this.coding = coding;
    for (int i = 0; i < components.size(); i++) {
      ScanComponent<PlaneBand> component = components.get(i);
      int idctSize = component.target().idctSize;
      int[] dequantizer =
          Arrays.copyOf(InverseDct.dequantizer(idctSize, component.quantization()), 64);
      for (int y = 0; y < component.v(); y++) {
        IdctBatch batch = new IdctBatch(idctSize);
        mcu.add(new Blocks(component, i, models.get(i), batch, dequantizer, y));
      }
    }
  }

  @Override
  public void startInterval() throws IOException {
    coding.start();
  }

  @Override
  public void lose(int x) {
    for (Blocks blocks : mcu) {
      int h = blocks.component.h();
      for (int blockX = x * h; blockX < (x + 1) * h; blockX++) {
        blocks.finish(blockX);
      }
    }
  }

  @Override
  public int read(int x, int max, int[] predictions) throws IOException {
    for (int done = 1; done <= max; done++) {
      for (Blocks blocks : mcu) {
        int h = blocks.component.h();
        for (int i = 0; i < h; i++) {
          int blockX = (x + done - 1) * h + i;
          predictions[blocks.index] += blocks.model.difference();
          decode(blocks, blockX % IdctBatch.BLOCKS, predictions[blocks.index]);
          blocks.finish(blockX);
        }
      }
      if (in.isOverrun()) {
        return done;
      }
    }
    return max;
  }

  /** Decodes the AC coefficients of a block (F.2.4.2) and dequantizes what its size needs. */
  private static void decode(Blocks blocks, int at, int dc) throws IOException {
    ArithmeticModel model = blocks.model;
    int[] dequantizer = blocks.dequantizer;
    int[] lanes = blocks.batch.lanes;
    int[] places = blocks.batch.places;
    lanes[at] = dc * dequantizer[0];
    for (int k = 1; k < 64 && !model.isEnd(k); k++) {
      while (!model.isNonzero(k)) {
        if (++k == 64) {
          model.markCorrupt();
          return;
        }
      }
      lanes[places[k + 1] + at] = model.value(k) * dequantizer[k];
    }
  }
}
