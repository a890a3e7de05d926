package dev.miniatura.testing;

import java.util.Arrays;
import java.util.List;

/**
 * One scan: which components, which coefficients (spectral selection {@code ss} to {@code se}) and
 * which of their bits ({@code ah}, {@code al}). {@code sequential} scans hold everything at once.
 */
record JpegScan(List<Integer> components, int ss, int se, int ah, int al, boolean sequential) {

  private static final int EOB_RUN_LIMIT = 0x7fff;

  static JpegScan sequential(List<Integer> components) {
    return new JpegScan(components, 0, 63, 0, 0, true);
  }

  static JpegScan progressive(List<Integer> components, int ss, int se, int ah, int al) {
    return new JpegScan(components, ss, se, ah, al, false);
  }

  /** Codes blocks in the order of a scan. */
  interface BlockEncoder {

    void block(JpegPlane plane, int component, int at);

    void restart();

    void end();
  }

  /** Codes the scan as Huffman symbols. */
  JpegSymbols encode(List<JpegPlane> planes, int restartInterval) {
    Encoder encoder = new Encoder(planes.size());
    encode(planes, restartInterval, encoder);
    return encoder.symbols;
  }

  /** Codes the scan: MCU by MCU when it is interleaved, block by block when it is not. */
  void encode(List<JpegPlane> planes, int restartInterval, BlockEncoder encoder) {
    JpegPlane first = planes.get(components.get(0));
    boolean alone = components.size() == 1;
    int wide = alone ? first.codedWide : first.blocksWide / first.h;
    int high =
        alone ? first.codedHigh : first.coefficients.length / 64 / first.blocksWide / first.v;
    for (int mcu = 0; mcu < wide * high; mcu++) {
      if (restartInterval > 0 && mcu > 0 && mcu % restartInterval == 0) {
        encoder.restart();
      }
      for (int component : components) {
        JpegPlane plane = planes.get(component);
        int h = alone ? 1 : plane.h;
        int v = alone ? 1 : plane.v;
        for (int i = 0; i < h * v; i++) {
          int column = mcu % wide * h + i % h;
          int row = mcu / wide * v + i / h;
          encoder.block(plane, component, (row * plane.blocksWide + column) * 64);
        }
      }
    }
    encoder.end();
  }

  private final class Encoder implements BlockEncoder {
    final JpegSymbols symbols = new JpegSymbols();
    private final int[] predictions;
    private int acTable;
    private int endOfBandRun;

    /** Correction bits that belong after the pending end-of-band run (T.81 G.1.2.3). */
    private final StringBuilder deferred = new StringBuilder();

    Encoder(int components) {
      predictions = new int[components];
    }

    @Override
    public void restart() {
      endOfBandRun();
      symbols.restart();
      Arrays.fill(predictions, 0);
    }

    @Override
    public void end() {
      endOfBandRun();
    }

    @Override
    public void block(JpegPlane plane, int component, int at) {
      acTable = JpegSymbols.AC + plane.table;
      short[] coefficients = plane.coefficients;
      if (ss == 0) {
        int dc = coefficients[at] >> al;
        if (ah == 0) {
          signed(plane.table, 0, dc - predictions[component]);
          predictions[component] = dc;
        } else {
          symbols.bits(dc & 1, 1);
        }
      }
      if (sequential) {
        sequentialAc(coefficients, at);
      } else if (se > 0 && ah == 0) {
        firstAc(coefficients, at);
      } else if (se > 0) {
        refineAc(coefficients, at);
      }
    }

    /** Codes a run of zeros and a value: category in the symbol, the value's bits behind it. */
    private void signed(int table, int run, int value) {
      int category = 32 - Integer.numberOfLeadingZeros(Math.abs(value));
      symbols.symbol(table, run << 4 | category, value < 0 ? value - 1 : value, category);
    }

    /** T.81 F.1.2.2. */
    private void sequentialAc(short[] coefficients, int at) {
      int run = 0;
      for (int k = 1; k < 64; k++) {
        int value = coefficients[at + k];
        if (value == 0) {
          run++;
          continue;
        }
        for (; run > 15; run -= 16) {
          symbols.symbol(acTable, 0xf0, 0, 0);
        }
        signed(acTable, run, value);
        run = 0;
      }
      if (run > 0) {
        symbols.symbol(acTable, 0, 0, 0);
      }
    }

    /** T.81 G.1.2.2: the value is divided by 2^al, rounding towards zero. */
    private void firstAc(short[] coefficients, int at) {
      int run = 0;
      for (int k = ss; k <= se; k++) {
        int value = coefficients[at + k] / (1 << al);
        if (value == 0) {
          run++;
          continue;
        }
        endOfBandRun();
        for (; run > 15; run -= 16) {
          symbols.symbol(acTable, 0xf0, 0, 0);
        }
        signed(acTable, run, value);
        run = 0;
      }
      if (run > 0 && ++endOfBandRun == EOB_RUN_LIMIT) {
        endOfBandRun();
      }
    }

    /**
     * T.81 G.1.2.3. A coefficient that is new in this scan has the value one and is coded with the
     * run before it; one that is known already sends a bit, after the next symbol.
     */
    private void refineAc(short[] coefficients, int at) {
      int lastNew = -1;
      for (int k = ss; k <= se; k++) {
        lastNew = Math.abs(coefficients[at + k]) >> al == 1 ? k : lastNew;
      }
      StringBuilder corrections = new StringBuilder();
      int run = 0;
      for (int k = ss; k <= se; k++) {
        int magnitude = Math.abs(coefficients[at + k]) >> al;
        if (magnitude == 0) {
          run++;
          continue;
        }
        for (; run > 15 && k <= lastNew; run -= 16) {
          endOfBandRun();
          symbols.symbol(acTable, 0xf0, 0, 0);
          send(corrections);
        }
        if (magnitude > 1) {
          corrections.append((char) ('0' + (magnitude & 1)));
          continue;
        }
        endOfBandRun();
        symbols.symbol(acTable, run << 4 | 1, coefficients[at + k] < 0 ? 0 : 1, 1);
        send(corrections);
        run = 0;
      }
      if (run > 0 || corrections.length() > 0) {
        endOfBandRun++;
        deferred.append(corrections);
        if (endOfBandRun == EOB_RUN_LIMIT) {
          endOfBandRun();
        }
      }
    }

    /** Codes the pending run of blocks that end here, and the bits deferred behind it. */
    void endOfBandRun() {
      if (endOfBandRun > 0) {
        int category = 31 - Integer.numberOfLeadingZeros(endOfBandRun);
        symbols.symbol(acTable, category << 4, endOfBandRun - (1 << category), category);
        endOfBandRun = 0;
      }
      send(deferred);
    }

    private void send(StringBuilder bits) {
      for (int i = 0; i < bits.length(); i++) {
        symbols.bits(bits.charAt(i) - '0', 1);
      }
      bits.setLength(0);
    }
  }
}
