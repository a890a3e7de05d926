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
  private final int[] block = new int[64];

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
    for (int i = 0; i < this.parts.length; i++) {
      Part part = this.parts[i];
      dequantizers[i] = InverseDct.dequantizer(part.band().idctSize, part.quantization());
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
    int[] block = this.block;
    if (band.idctSize == 1) {
      predictions[i] += blocks.read(part.dc, part.ac, 0, dequantizer, block);
      band.samples[band.at(blockX, blockY)] = InverseDct.mean(predictions[i] * dequantizer[0]);
    } else {
      Arrays.fill(block, 0, 8 * band.idctSize, 0);
      predictions[i] += blocks.read(part.dc, part.ac, dequantizer.length - 1, dequantizer, block);
      block[0] = predictions[i] * dequantizer[0];
      InverseDct.store(band.idctSize, block, band.samples, band.at(blockX, blockY), band.stride);
    }
  }

  @Override
  void loseMcu(int x, int y) {
    for (Part part : parts) {
      for (int v = 0; v < part.v; v++) {
        for (int h = 0; h < part.h; h++) {
          part.band.blank(x * part.h + h, v);
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
