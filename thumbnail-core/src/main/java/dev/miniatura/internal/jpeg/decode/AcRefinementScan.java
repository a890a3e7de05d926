package dev.miniatura.internal.jpeg.decode;

import java.io.IOException;

/**
 * A scan that adds one bit to a band of AC coefficients of a progressive frame (T.81, G.1.2.3):
 * codes place coefficients that become ±1 in this bit, and between them every coefficient that was
 * not zero before gets a correction bit.
 */
final class AcRefinementScan extends ScanDecoder {

  private final CoefficientPlane plane;
  private final HuffmanDecoder table;
  private final short[] lookup;
  private final int ss;
  private final int se;
  private final int one; // the bit of this scan
  private int eobRun; // blocks that gain no coefficient, including the current one

  AcRefinementScan(
      EntropyReader in,
      int restartInterval,
      CoefficientPlane plane,
      HuffmanDecoder table,
      ScanHeader header) {
    super(in, plane.component.blocksX(), plane.component.blocksY(), restartInterval);
    this.plane = plane;
    this.table = table;
    this.lookup = table.lookup();
    this.ss = header.ss();
    this.se = header.se();
    this.one = 1 << header.al();
  }

  @Override
  void startInterval() {
    eobRun = 0;
  }

  @Override
  void decodeMcu(int x, int y) throws IOException {
    short[] row = plane.row(y);
    long[] nonzeroRow = plane.nonzeroRow(y);
    int at = x * plane.idctSize * plane.idctSize;
    int k = ss;
    if (eobRun == 0) {
      k = decodeNewCoefficients(row, at, nonzeroRow, x);
    }
    if (eobRun > 0) {
      eobRun--;
      if (k <= se) {
        long before = nonzeroRow[x] & (-1L << k) & (-1L >>> (63 - se));
        while (before != 0) {
          correct(row, at, Long.numberOfTrailingZeros(before));
          before &= before - 1;
        }
      }
    }
  }

  /** Returns the index from which the block gains no coefficient. */
  private int decodeNewCoefficients(short[] row, int at, long[] nonzeroRow, int x)
      throws IOException {
    long before = nonzeroRow[x];
    int k = ss;
    while (k <= se) {
      int symbol = in.symbol(table, lookup);
      int run = symbol >>> 4;
      int value = 0;
      if ((symbol & 15) != 0) {
        value = in.receive(1) == 0 ? -one : one;
      } else if (run < 15) {
        eobRun = (1 << run) + in.receive(run);
        return k;
      }
      for (; k <= se; k++) {
        if ((before >>> k & 1) != 0) {
          correct(row, at, k);
        } else if (run-- == 0) {
          break;
        }
      }
      if (value != 0 && k <= se) {
        nonzeroRow[x] |= 1L << k;
        if (plane.slot(k) >= 0) {
          row[at + plane.slot(k)] = (short) value;
        }
      }
      k++;
    }
    return k;
  }

  private void correct(short[] row, int at, int k) throws IOException {
    int slot = plane.slot(k);
    if (in.receive(1) != 0 && slot >= 0) {
      addBit(row, at + slot, one);
    }
  }

  /** Gives a coefficient that was not zero before the bit of this scan. */
  static void addBit(short[] row, int at, int one) {
    int value = row[at];
    if ((value & one) == 0) {
      row[at] = (short) (value < 0 ? value - one : value + one);
    }
  }
}
