package dev.miniatura.internal.jpeg;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A DC scan of a progressive frame: the first one, or a refinement (T.81, G.1.2.1). */
final class DcScan extends ScanDecoder {

  /** One component of the scan with its table, null in a refinement, and its share of an MCU. */
  record Part(CoefficientPlane plane, @Nullable HuffmanTable table, int h, int v) {}

  private final Part[] parts;
  private final int[] predictions;
  private final int al;

  DcScan(EntropyReader in, int mcusX, int mcusY, int restartInterval, List<Part> parts, int al) {
    super(in, mcusX, mcusY, restartInterval);
    this.parts = parts.toArray(new Part[0]);
    this.predictions = new int[this.parts.length];
    this.al = al;
  }

  @Override
  void startInterval() {
    Arrays.fill(predictions, 0);
  }

  @Override
  void decodeMcu(int x, int y) throws IOException {
    for (int i = 0; i < parts.length; i++) {
      Part part = parts[i];
      int size = part.plane.idctSize * part.plane.idctSize;
      for (int v = 0; v < part.v; v++) {
        short[] row = part.plane.row(y * part.v + v);
        int at = x * part.h * size;
        for (int h = 0; h < part.h; h++) {
          if (part.table == null) {
            row[at] |= (short) (in.receive(1) << al);
          } else {
            int category = in.symbol(part.table, part.table.lookup());
            predictions[i] += in.receiveSigned(category);
            row[at] = (short) (predictions[i] << al);
          }
          at += size;
        }
      }
    }
  }
}
