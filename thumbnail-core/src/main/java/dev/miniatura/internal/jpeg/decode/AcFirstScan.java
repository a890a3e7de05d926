package dev.miniatura.internal.jpeg.decode;

import java.io.IOException;

/** The first scan of a band of AC coefficients of a progressive frame (T.81, G.1.2.2). */
final class AcFirstScan extends ScanDecoder {

  private final CoefficientPlane plane;
  private final HuffmanDecoder table;
  private final short[] lookup;
  private final ScanHeader header;
  private final boolean
      tracked; // whether a refinement may need to know which coefficients are not zero
  private int eobRun; // blocks without further coefficients, including the current one

  AcFirstScan(
      EntropyReader in,
      int restartInterval,
      CoefficientPlane plane,
      HuffmanDecoder table,
      ScanHeader header) {
    super(in, plane.component.blocksX(), plane.component.blocksY(), restartInterval);
    this.plane = plane;
    this.table = table;
    this.lookup = table.lookup();
    this.header = header;
    this.tracked = plane.isRefinementOf(header.al());
  }

  @Override
  void startInterval() {
    eobRun = 0;
  }

  @Override
  void decodeMcu(int x, int y) throws IOException {
    if (eobRun > 0) {
      eobRun--;
      return;
    }
    short[] row = plane.row(y);
    int at = x * plane.idctSize * plane.idctSize;
    long nonzero = 0;
    int k = header.ss();
    int end = header.se();
    while (k <= end) {
      int symbol = in.symbol(table, lookup);
      int run = symbol >>> 4;
      int size = symbol & 15;
      if (size == 0) {
        if (run < 15) {
          eobRun = (1 << run) + in.receive(run) - 1;
          break;
        }
        k += 16;
        continue;
      }
      k += run;
      int value = in.receiveSigned(size) << header.al();
      if (k > end) {
        in.markCorrupt();
        break;
      }
      nonzero |= 1L << k;
      int slot = plane.slot(k);
      if (slot >= 0) {
        row[at + slot] = (short) value;
      }
      k++;
    }
    if (tracked) {
      plane.nonzeroRow(y)[x] |= nonzero;
    }
  }
}
