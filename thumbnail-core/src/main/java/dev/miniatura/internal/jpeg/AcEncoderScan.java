package dev.miniatura.internal.jpeg;

/**
 * A band of one component's AC coefficients without their lowest bits, or one more of these bits
 * (T.81 G.1.2.2 and G.1.2.3).
 */
final class AcEncoderScan extends EncoderScan {

  private static final int ZERO_RUN_16 = 0xf0;
  private static final int LONGEST_EOB_RUN = 0x7fff;

  /** A run of ended blocks is cut when its correction bits reach this, to bound the buffer. */
  private static final int MOST_CORRECTIONS = 1024;

  private final int start;
  private final int end;
  private final boolean refines;
  private final int low;
  private final int table;
  private final long band;

  private int endOfBlockRun;

  /** Correction bits, one each, of the ended blocks and then of the run of zeros under way. */
  private final byte[] corrections = new byte[MOST_CORRECTIONS + 64];

  private int endedCorrections;
  private int allCorrections;

  AcEncoderScan(QuantizedComponent component, int start, int end, int high, int low) {
    super(new QuantizedComponent[] {component}, start, end, high, low);
    this.start = start;
    this.end = end;
    refines = high > 0;
    this.low = low;
    table = EncoderSymbols.AC_0 + component.tables;
    band = (-1L << start) & (-1L >>> (63 - end));
  }

  @Override
  void block(QuantizedComponent component, int block, EncoderSymbols out) {
    long coded = component.nonZero[block] & band;
    if (refines) {
      refine(component, block, coded, out);
    } else {
      code(component, block, coded, out);
    }
  }

  private void code(QuantizedComponent component, int block, long nonZero, EncoderSymbols out) {
    int last = start - 1;
    for (long rest = nonZero; rest != 0; rest &= rest - 1) {
      int k = Long.numberOfTrailingZeros(rest);
      int value = shifted(component.coefficient(block, k));
      if (value != 0) {
        endRun(out);
        int run = k - last - 1;
        for (; run > 15; run -= 16) {
          out.add(table, ZERO_RUN_16, 0, 0);
        }
        out.addValue(table, run, value);
        last = k;
      }
    }
    if (last < end) {
      endBlock(out);
    }
  }

  /**
   * A coefficient that was not zero before only adds its bit to those owed after the next symbol.
   */
  private void refine(QuantizedComponent component, int block, long nonZero, EncoderSymbols out) {
    long fresh = 0;
    for (long rest = nonZero; rest != 0; rest &= rest - 1) {
      int k = Long.numberOfTrailingZeros(rest);
      fresh |= Math.abs(shifted(component.coefficient(block, k))) == 1 ? 1L << k : 0;
    }
    int lastFresh = 63 - Long.numberOfLeadingZeros(fresh); // −1 if none
    int run = 0; // zeros since the last symbol
    int previous = start - 1;
    for (long rest = nonZero; rest != 0; rest &= rest - 1) {
      int k = Long.numberOfTrailingZeros(rest);
      int value = shifted(component.coefficient(block, k));
      if (value == 0) {
        continue;
      }
      run += k - previous - 1;
      previous = k;
      while (run > 15 && k <= lastFresh) {
        endRun(out);
        out.add(table, ZERO_RUN_16, 0, 0);
        addCorrections(out);
        run -= 16;
      }
      if (Math.abs(value) > 1) {
        corrections[allCorrections++] = (byte) (value & 1); // the same for a negative value
      } else {
        endRun(out);
        out.add(table, run << 4 | 1, value > 0 ? 1 : 0, 1);
        addCorrections(out);
        run = 0;
      }
    }
    run += end - previous;
    if (run > 0 || allCorrections > endedCorrections) {
      endBlock(out);
    }
  }

  /** Divides by 2ᴬˡ toward zero, as T.81 G.1.2.2 wants for AC. */
  private int shifted(int value) {
    int sign = value >> 31;
    return (((value ^ sign) - sign) >> low ^ sign) - sign;
  }

  private void endBlock(EncoderSymbols out) {
    endOfBlockRun++;
    endedCorrections = allCorrections;
    if (endOfBlockRun == LONGEST_EOB_RUN || endedCorrections >= MOST_CORRECTIONS) {
      endRun(out);
    }
  }

  /** Sends the run of ended blocks, if there is one, and the corrections that belong to it. */
  private void endRun(EncoderSymbols out) {
    if (endOfBlockRun > 0) {
      int size = 31 - Integer.numberOfLeadingZeros(endOfBlockRun);
      out.add(table, size << 4, endOfBlockRun - (1 << size), size);
      endOfBlockRun = 0;
      int open = allCorrections - endedCorrections;
      int ended = endedCorrections;
      endedCorrections = 0;
      allCorrections = ended;
      addCorrections(out);
      System.arraycopy(corrections, ended, corrections, 0, open);
      allCorrections = open;
    }
  }

  private void addCorrections(EncoderSymbols out) {
    for (int i = 0; i < allCorrections; i++) {
      out.addRaw(corrections[i], 1);
    }
    allCorrections = 0;
  }

  @Override
  void padding(QuantizedComponent component, EncoderSymbols out) {
    throw new AssertionError("a scan of one component has no MCUs to complete");
  }

  @Override
  void end(EncoderSymbols out) {
    endRun(out);
  }
}
