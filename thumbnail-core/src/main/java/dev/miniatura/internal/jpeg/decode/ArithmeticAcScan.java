package dev.miniatura.internal.jpeg.decode;

import java.io.IOException;

/**
 * A scan of a band of AC coefficients of a progressive frame with arithmetic coding: the first one,
 * or a refinement (T.81, G.2.3.2 and G.1.3.3). There are no runs of blocks.
 */
final class ArithmeticAcScan extends ScanDecoder {

  private final CoefficientPlane plane;
  private final ScanHeader header;
  private final ArithmeticCoding coding;
  private final ArithmeticModel model;
  private final boolean refinement;
  private final boolean tracked; // whether later scans need to know what is not zero

  ArithmeticAcScan(
      EntropyReader in,
      int restartInterval,
      CoefficientPlane plane,
      ScanHeader header,
      ArithmeticCoding coding,
      ArithmeticModel model) {
    super(in, plane.component.blocksX(), plane.component.blocksY(), restartInterval);
    this.plane = plane;
    this.header = header;
    this.coding = coding;
    this.model = model;
    this.refinement = header.ah() > 0;
    this.tracked = refinement || plane.isRefinementOf(header.al());
  }

  @Override
  void startInterval() throws IOException {
    coding.start();
  }

  @Override
  void decodeMcu(int x, int y) throws IOException {
    short[] row = plane.row(y);
    int at = x * plane.idctSize * plane.idctSize;
    long before = refinement ? plane.nonzeroRow(y)[x] : 0;
    long added = refinement ? refine(row, at, before) : first(row, at);
    if (tracked) {
      plane.nonzeroRow(y)[x] |= added;
    }
  }

  /** Returns the coefficients that are not zero, by bit. */
  private long first(short[] row, int at) throws IOException {
    long nonzero = 0;
    for (int k = header.ss(); k <= header.se() && !model.isEnd(k); k++) {
      while (!model.isNonzero(k)) {
        if (++k > header.se()) {
          model.markCorrupt();
          return nonzero;
        }
      }
      store(row, at, k, model.value(k) << header.al());
      nonzero |= 1L << k;
    }
    return nonzero;
  }

  /**
   * Refines a block. Its end is coded only behind the last coefficient that was not zero before.
   *
   * @param before the coefficients that were not zero before, by bit
   * @return those that become so
   */
  private long refine(short[] row, int at, long before) throws IOException {
    int one = 1 << header.al();
    long inBand = before & (-1L >>> (63 - header.se()));
    int lastBefore = 63 - Long.numberOfLeadingZeros(inBand);
    long added = 0;
    for (int k = header.ss(); k <= header.se(); k++) {
      if (k > lastBefore && model.isEnd(k)) {
        return added;
      }
      for (; ; k++) {
        if (k > header.se()) {
          model.markCorrupt();
          return added;
        }
        if ((before >>> k & 1) != 0) {
          int slot = plane.slot(k);
          if (model.isCorrected(k) && slot >= 0) {
            AcRefinementScan.addBit(row, at + slot, one);
          }
          break;
        }
        if (model.isNonzero(k)) {
          store(row, at, k, model.bit() ? -one : one);
          added |= 1L << k;
          break;
        }
      }
    }
    return added;
  }

  private void store(short[] row, int at, int k, int value) {
    int slot = plane.slot(k);
    if (slot >= 0) {
      row[at + slot] = (short) value;
    }
  }
}
