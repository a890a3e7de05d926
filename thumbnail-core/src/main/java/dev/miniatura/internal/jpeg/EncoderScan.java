package dev.miniatura.internal.jpeg;

/**
 * One scan to be written: which part of which components (T.81 B.2.3), and the order of their
 * blocks (A.2). Subclasses say what a block contributes.
 */
abstract class EncoderScan {

  private final QuantizedComponent[] components;
  private final int spectralStart;
  private final int spectralEnd;
  private final int high;
  private final int low;

  /**
   * Creates a scan.
   *
   * @param components the components it covers, interleaved if more than one
   * @param spectralStart T.81's Ss
   * @param spectralEnd T.81's Se
   * @param high T.81's Ah
   * @param low T.81's Al
   */
  EncoderScan(
      QuantizedComponent[] components, int spectralStart, int spectralEnd, int high, int low) {
    this.components = components;
    this.spectralStart = spectralStart;
    this.spectralEnd = spectralEnd;
    this.high = high;
    this.low = low;
  }

  /** Adds a block's symbols. */
  abstract void block(QuantizedComponent component, int block, EncoderSymbols out);

  /**
   * Adds the symbols of a block that only completes an MCU: as cheap as they come. A scan of one
   * component has none.
   */
  abstract void padding(QuantizedComponent component, EncoderSymbols out);

  /** Prepares for a first block. */
  void start() {}

  /** Adds what is still owed after the last block. */
  void end(EncoderSymbols out) {}

  /** Adds all symbols of the scan. */
  final void run(EncoderSymbols out) {
    start();
    if (components.length == 1) {
      int blocks = components[0].blocks();
      for (int b = 0; b < blocks; b++) {
        block(components[0], b, out);
      }
    } else {
      runInterleaved(out);
    }
    end(out);
  }

  private void runInterleaved(EncoderSymbols out) {
    QuantizedComponent luma = components[0];
    int mcusWide = (luma.blocksWide + luma.sampling - 1) / luma.sampling;
    int mcusHigh = (luma.blocksHigh + luma.sampling - 1) / luma.sampling;
    for (int my = 0; my < mcusHigh; my++) {
      for (int mx = 0; mx < mcusWide; mx++) {
        for (QuantizedComponent component : components) {
          mcu(component, mx * component.sampling, my * component.sampling, out);
        }
      }
    }
  }

  private void mcu(QuantizedComponent component, int x, int y, EncoderSymbols out) {
    for (int by = y; by < y + component.sampling; by++) {
      for (int bx = x; bx < x + component.sampling; bx++) {
        if (bx < component.blocksWide && by < component.blocksHigh) {
          block(component, by * component.blocksWide + bx, out);
        } else {
          padding(component, out);
        }
      }
    }
  }

  /** Writes the scan header (SOS). */
  final void writeHeader(JpegOutput out) {
    out.segment(0xda, 6 + 2 * components.length);
    out.write(components.length);
    for (QuantizedComponent component : components) {
      out.write(component.id);
      int dcTable = spectralStart == 0 && high == 0 ? component.tables : 0;
      int acTable = spectralEnd > 0 ? component.tables : 0;
      out.write(dcTable << 4 | acTable);
    }
    out.write(spectralStart);
    out.write(spectralEnd);
    out.write(high << 4 | low);
  }
}
