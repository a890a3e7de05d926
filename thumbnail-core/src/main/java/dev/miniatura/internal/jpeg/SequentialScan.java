package dev.miniatura.internal.jpeg;

import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  private final BlockReader blocks;
  private final @Nullable MeanReader means; // if nothing else is asked for
  private final RowSink sink;
  private final Part[] parts;
  private final int[] predictions;
  private final int[][] dequantizers;
  private final BlockBatch[][] batches; // by part, then block row

  SequentialScan(
      EntropyReader in, int mcusX, int mcusY, int restartInterval, List<Part> parts, RowSink sink) {
    super(in, mcusX, mcusY, restartInterval);
    this.blocks = new BlockReader(in);
    this.sink = sink;
    this.parts = parts.toArray(new Part[0]);
    boolean onlyMeans = parts.stream().allMatch(part -> part.band().idctSize == 1);
    this.means = onlyMeans ? new MeanReader(in, parts) : null;
    this.predictions = new int[this.parts.length];
    this.dequantizers = new int[this.parts.length][];
    this.batches = new BlockBatch[this.parts.length][];
    for (int i = 0; i < this.parts.length; i++) {
      Part part = this.parts[i];
      dequantizers[i] = InverseDct.dequantizer(part.band().idctSize, part.quantization());
      batches[i] = new BlockBatch[onlyMeans ? 0 : part.v];
      Arrays.setAll(batches[i], row -> BlockBatch.of(part.band.idctSize));
    }
  }

  @Override
  void startInterval() {
    Arrays.fill(predictions, 0);
  }

  @Override
  int decodeMcus(int x, int y, int most) throws IOException {
    return means == null ? super.decodeMcus(x, y, most) : means.read(x, most, predictions);
  }

  @Override
  void decodeMcu(int x, int y) throws IOException {
    for (int i = 0; i < parts.length; i++) {
      Part part = parts[i];
      for (int v = 0; v < part.v; v++) {
        for (int h = 0; h < part.h; h++) {
          decodeBlock(i, part, x * part.h + h, v);
        }
      }
    }
  }

  private void decodeBlock(int i, Part part, int blockX, int blockY) throws IOException {
    PlaneBand band = part.band;
    int[] dequantizer = dequantizers[i];
    BlockBatch batch = batches[i][blockY];
    int b = blockX % BlockBatch.BLOCKS;
    int last = InverseDct.lastNeeded(band.idctSize);
    predictions[i] += blocks.read(part.dc, part.ac, last, dequantizer, batch, b);
    batch.lines[b] = predictions[i] * dequantizer[0];
    passBlock(band, batch, blockX, blockY);
  }

  /** Stores a batch once a row's block is its last. */
  private static void passBlock(PlaneBand band, BlockBatch batch, int blockX, int blockY) {
    int b = blockX % BlockBatch.BLOCKS;
    if (b == BlockBatch.BLOCKS - 1 || blockX == band.blocksX - 1) {
      batch.store(b + 1, band.samples, band.at(blockX - b, blockY), band.stride);
    }
  }

  @Override
  void loseMcu(int x, int y) {
    for (int i = 0; i < parts.length; i++) {
      Part part = parts[i];
      for (int v = 0; v < part.v; v++) {
        for (int h = 0; h < part.h; h++) {
          if (means == null) {
            passBlock(part.band, batches[i][v], x * part.h + h, v);
          } else {
            part.band.blank(x * part.h + h, v);
          }
        }
      }
    }
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
