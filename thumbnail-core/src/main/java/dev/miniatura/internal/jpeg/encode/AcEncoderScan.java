package dev.miniatura.internal.jpeg.encode;

/**
 * A band of one component's AC coefficients without their lowest bits, or one more of these bits
 * (T.81 G.1.2.2 and G.1.2.3).
 */
final class AcEncoderScan extends EncoderScan {

  private static final int MAX_EOB_RUN = 0x7fff;

  /** The number of correction bits at which a run of ended blocks is cut, to bound the buffer. */
  private static final int MAX_CORRECTIONS = 1024;

  private final int ss;
  private final int se;
  private final boolean refines;
  private final int al;
  private final int table;
  private final long band;

  /** T.81's EOBRUN: blocks whose band has ended, not yet sent. */
  private int eobRun;

  /** Correction bits, one each, of the ended blocks and then of the current run of zeros. */
  private final byte[] corrections = new byte[MAX_CORRECTIONS + 64];

  private int endedCorrections;
  private int allCorrections;

  AcEncoderScan(QuantizedComponent component, int ss, int se, int ah, int al) {
    super(new QuantizedComponent[] {component}, ss, se, ah, al);
    this.ss = ss;
    this.se = se;
    refines = ah > 0;
    this.al = al;
    table = EncoderSymbols.AC_0 + component.tables;
    band = (-1L << ss) & (-1L >>> (63 - se));
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
    short[] values = component.values(block);
    int last = ss - 1;
    for (long rest = nonZero; rest != 0; rest &= rest - 1) {
      int k = Long.numberOfTrailingZeros(rest);
      int value = shifted(component.coefficient(values, block, k));
      if (value != 0) {
        endRun(out);
        int run = k - last - 1;
        for (; run > 15; run -= 16) {
          out.add(table, ZRL, 0, 0);
        }
        out.addValue(table, run, value);
        last = k;
      }
    }
    if (last < se) {
      endBlock(out);
    }
  }

  /**
   * Refines a band. A coefficient that was already nonzero only adds its bit to those that follow
   * the next symbol.
   */
  private void refine(QuantizedComponent component, int block, long nonZero, EncoderSymbols out) {
    short[] values = component.values(block);
    long fresh = 0;
    for (long rest = nonZero; rest != 0; rest &= rest - 1) {
      int k = Long.numberOfTrailingZeros(rest);
      fresh |= Math.abs(shifted(component.coefficient(values, block, k))) == 1 ? 1L << k : 0;
    }
    int lastFresh = 63 - Long.numberOfLeadingZeros(fresh); // −1 if none
    int run = 0; // zeros since the last symbol
    int previous = ss - 1;
    for (long rest = nonZero; rest != 0; rest &= rest - 1) {
      int k = Long.numberOfTrailingZeros(rest);
      int value = shifted(component.coefficient(values, block, k));
      if (value == 0) {
        continue;
      }
      run += k - previous - 1;
      previous = k;
      while (run > 15 && k <= lastFresh) {
        endRun(out);
        out.add(table, ZRL, 0, 0);
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
    run += se - previous;
    if (run > 0 || allCorrections > endedCorrections) {
      endBlock(out);
    }
  }

  /** Divides by 2ᴬˡ toward zero, as T.81 G.1.2.2 requires for AC. */
  private int shifted(int value) {
    int sign = value >> 31;
    return (((value ^ sign) - sign) >> al ^ sign) - sign;
  }

  private void endBlock(EncoderSymbols out) {
    eobRun++;
    endedCorrections = allCorrections;
    if (eobRun == MAX_EOB_RUN || endedCorrections >= MAX_CORRECTIONS) {
      endRun(out);
    }
  }

  /** Sends the run of ended blocks, if there is one, with its correction bits. */
  private void endRun(EncoderSymbols out) {
    if (eobRun > 0) {
      int size = 31 - Integer.numberOfLeadingZeros(eobRun);
      out.add(table, size << 4, eobRun - (1 << size), size);
      eobRun = 0;
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
