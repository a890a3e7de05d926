package dev.miniatura.internal.jpeg.encode;

import dev.miniatura.internal.jpeg.Marker;

/**
 * One scan to be written: which part of which components (T.81 B.2.3), and the order of their
 * blocks (A.2). Subclasses define what a block contributes.
 */
abstract class EncoderScan {

  /** Symbol that ends a block (T.81, F.1.2.2.1). */
  static final int EOB = 0x00;

  /** Symbol of 16 zeros. */
  static final int ZRL = 0xf0;

  private final QuantizedComponent[] components;
  private final int ss;
  private final int se;
  private final int ah;
  private final int al;

  /**
   * Creates a scan.
   *
   * @param components the components it covers, interleaved if more than one
   * @param ss start of spectral selection
   * @param se end of spectral selection
   * @param ah successive approximation bit position high; 0 in a first scan
   * @param al successive approximation bit position low
   */
  EncoderScan(QuantizedComponent[] components, int ss, int se, int ah, int al) {
    this.components = components;
    this.ss = ss;
    this.se = se;
    this.ah = ah;
    this.al = al;
  }

  /** Adds a block's symbols. */
  abstract void block(QuantizedComponent component, int block, EncoderSymbols out);

  /**
   * Adds the symbols of a block that only completes an MCU: the cheapest ones. A scan of one
   * component has no such blocks.
   */
  abstract void padding(QuantizedComponent component, EncoderSymbols out);

  /**
   * Prepares for the first block of a row of MCUs, or of blocks if there is one component. Only the
   * scan of a baseline file can start anywhere but in row 0.
   */
  void start(int row) {}

  /** Adds any pending output after the last block. */
  void end(EncoderSymbols out) {}

  /** Returns the number of rows. */
  final int rows() {
    QuantizedComponent luma = components[0];
    return components.length == 1
        ? luma.blocksY
        : (luma.blocksY + luma.sampling - 1) / luma.sampling;
  }

  /**
   * Adds the symbols of some rows of the scan.
   *
   * @param to the row after the last
   */
  final void run(EncoderSymbols out, int from, int to) {
    start(from);
    if (components.length == 1) {
      int blocksX = components[0].blocksX;
      for (int b = from * blocksX; b < to * blocksX; b++) {
        block(components[0], b, out);
      }
    } else {
      runInterleaved(out, from, to);
    }
    end(out);
  }

  private void runInterleaved(EncoderSymbols out, int from, int to) {
    QuantizedComponent luma = components[0];
    int mcusX = (luma.blocksX + luma.sampling - 1) / luma.sampling;
    for (int my = from; my < to; my++) {
      for (int mx = 0; mx < mcusX; mx++) {
        for (QuantizedComponent component : components) {
          mcu(component, mx * component.sampling, my * component.sampling, out);
        }
      }
    }
  }

  private void mcu(QuantizedComponent component, int x, int y, EncoderSymbols out) {
    for (int by = y; by < y + component.sampling; by++) {
      for (int bx = x; bx < x + component.sampling; bx++) {
        if (bx < component.blocksX && by < component.blocksY) {
          block(component, by * component.blocksX + bx, out);
        } else {
          padding(component, out);
        }
      }
    }
  }

  /** Writes the scan header (SOS). */
  final void writeHeader(JpegOutput out) {
    out.segment(Marker.SOS, 6 + 2 * components.length);
    out.write(components.length);
    for (QuantizedComponent component : components) {
      out.write(component.id);
      int dcTable = ss == 0 && ah == 0 ? component.tables : 0;
      int acTable = se > 0 ? component.tables : 0;
      out.write(dcTable << 4 | acTable);
    }
    out.write(ss);
    out.write(se);
    out.write(ah << 4 | al);
  }
}
