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

  private final BlockReader blocks;
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
  void decodeMcu(int x, int y) throws IOException {
    for (int i = 0; i < parts.length; i++) {
      Part part = parts[i];
      for (int v = 0; v < part.v; v++) {
        for (int h = 0; h < part.h; h++) {
          int at = part.band.at(x * part.h + h, v);
          int dc = predictions[i] + blocks.readDc(part.dc);
          predictions[i] = dc;
          if (part.band.idctSize == 1) {
            blocks.skipAc(part.ac, 1);
            part.band.samples[at] = InverseDct.mean(dc * dequantizers[i][0]);
          } else {
            decodeBlock(part, dequantizers[i], dc, at);
          }
        }
      }
    }
  }

  private void decodeBlock(Part part, int[] dequantizer, int dc, int at) throws IOException {
    PlaneBand band = part.band;
    Arrays.fill(block, 0);
    block[0] = dc * dequantizer[0];
    blocks.readAc(part.ac, dequantizer.length - 1, dequantizer, block);
    InverseDct.store(band.idctSize, block, band.samples, at, band.stride);
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
