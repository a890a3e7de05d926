package dev.miniatura.internal.jpeg.decode;

import java.io.IOException;

/** The first scan of a band of AC coefficients of a progressive frame (T.81, G.1.2.2). */
final class AcFirstScan extends ScanDecoder {

  private final CoefficientPlane plane;
  private final HuffmanDecoder table;
  private final short[] lookup;
  private final int[] band;
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
    this.band = table.band();
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
    long bits = in.bits;
    int count = in.count;
    while (k <= end) {
      if (count < HuffmanDecoder.BAND_BITS) {
        in.restore(bits, count, in.position);
        in.refill();
        bits = in.bits;
        count = in.count;
      }
      int entry = band[(int) (bits >>> (64 - HuffmanDecoder.BAND_BITS))];
      if (entry == 0) {
        in.restore(bits, count, in.position);
        int symbol = in.symbol(table, lookup);
        int run = symbol >>> 4;
        int size = symbol & 15;
        if (size == 0 && run < 15) {
          eobRun = (1 << run) + in.receive(run) - 1;
          bits = in.bits;
          count = in.count;
          break;
        }
        entry = in.receiveSigned(size) << 16 | (run + 1) << 8;
        bits = in.bits;
        count = in.count;
      }
      bits <<= entry;
      count -= entry & 63;
      k += (entry >>> 8) & 255;
      int value = entry >> 16 << header.al();
      if (k > end + 1) {
        if (value != 0) {
          in.markCorrupt();
        }
        break;
      }
      if (value != 0) {
        nonzero |= 1L << (k - 1);
        int slot = plane.slot(k - 1);
        if (slot >= 0) {
          row[at + slot] = (short) value;
        }
      }
    }
    in.restore(bits, count, in.position);
    if (tracked) {
      plane.nonzeroRow(y)[x] |= nonzero;
    }
  }
}
