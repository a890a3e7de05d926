package dev.miniatura.internal.jpeg.decode;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Writes given quantized coefficients as JPEG files, sequential or progressive with any scan
 * script, so that tests know exactly what a file contains. The Huffman code covers all 256 symbols.
 */
final class CoefficientJpeg {

  /** Lengths of codes: almost flat, or steep so that most symbols have codes of 16 bits. */
  enum Code {
    FLAT,
    STEEP
  }

  /** One scan of a progressive script. */
  @SuppressWarnings("ArrayRecordComponent")
  record Scan(int ss, int se, int ah, int al, int... components) {}

  final int width;
  final int height;
  final int[] factors; // H << 4 | V per component
  final int[] quantization; // zigzag order, shared by all components
  final int[][][][] blocks; // component, block row, block column, zigzag index
  int[] ids = {1, 2, 3, 4};
  int restartInterval;
  Code code = Code.FLAT;
  byte[] extraSegments = {};
  boolean linesInDnl;
  private final int hMax;
  private final int vMax;
  private BitOutput out = new BitOutput();
  private int[] codeOf = {};
  private int[] lengthOf = {};

  private CoefficientJpeg(int width, int height, int[] quantization, int[] factors) {
    this.width = width;
    this.height = height;
    this.quantization = quantization;
    this.factors = factors;
    int h = 1;
    int v = 1;
    for (int factor : factors) {
      h = Math.max(h, factor >> 4);
      v = Math.max(v, factor & 15);
    }
    hMax = h;
    vMax = v;
    blocks = new int[factors.length][][][];
    for (int c = 0; c < factors.length; c++) {
      blocks[c] = new int[mcusY() * (factors[c] & 15)][mcusX() * (factors[c] >> 4)][64];
    }
  }

  /** All coefficients zero. */
  static CoefficientJpeg gray(int width, int height, int quantizer, int... factors) {
    int[] table = new int[64];
    java.util.Arrays.fill(table, quantizer);
    return new CoefficientJpeg(width, height, table, factors);
  }

  /** Blocks of all kinds: empty, DC only, sparse, dense, ending without EOB, with long runs. */
  static CoefficientJpeg random(long seed, int width, int height, int quantizer, int... factors) {
    CoefficientJpeg jpeg = gray(width, height, quantizer, factors);
    Random random = new Random(seed);
    for (int[][][] component : jpeg.blocks) {
      for (int[][] row : component) {
        for (int[] block : row) {
          fill(block, random, quantizer);
        }
      }
    }
    return jpeg;
  }

  private static void fill(int[] block, Random random, int quantizer) {
    block[0] = (random.nextInt(1400) - 700) / quantizer;
    int kind = random.nextInt(6);
    double density = kind < 2 ? 0 : kind == 2 ? 0.05 : kind == 3 ? 0.2 : 0.6;
    for (int k = 1; k < 64; k++) {
      if (random.nextDouble() < density) {
        int max = Math.max(1, 400 / quantizer / (1 + k));
        block[k] = random.nextInt(2 * max + 1) - max;
      }
    }
    if (kind == 1) {
      block[63] = 1 + random.nextInt(2);
    }
    if (kind == 4) {
      block[40 + random.nextInt(24)] = -1;
    }
  }

  int mcusX() {
    return (width + 8 * hMax - 1) / (8 * hMax);
  }

  int mcusY() {
    return (height + 8 * vMax - 1) / (8 * vMax);
  }

  /** Writes one scan with all components. */
  byte[] baseline() {
    begin(0xc0);
    int[] all = new int[factors.length];
    for (int c = 0; c < all.length; c++) {
      all[c] = c;
    }
    sequentialScan(all);
    return end();
  }

  /** Writes one scan per component, in the given order. */
  byte[] baselineByComponent(int... order) {
    begin(0xc1);
    for (int component : order) {
      sequentialScan(component);
    }
    return end();
  }

  /** Writes the scans given. */
  byte[] progressive(List<Scan> script) {
    begin(0xc2);
    for (Scan scan : script) {
      progressiveScan(scan);
    }
    return end();
  }

  /** A script with spectral selection and two refinements, like the one most encoders use. */
  List<Scan> usualScript() {
    int[] all = new int[factors.length];
    List<Scan> script = new ArrayList<>();
    for (int c = 0; c < all.length; c++) {
      all[c] = c;
    }
    script.add(new Scan(0, 0, 0, 1, all));
    for (int c : all) {
      script.add(new Scan(1, 5, 0, 2, c));
    }
    for (int c : all) {
      script.add(new Scan(6, 63, 0, 2, c));
    }
    for (int c : all) {
      script.add(new Scan(1, 63, 2, 1, c));
    }
    script.add(new Scan(0, 0, 1, 0, all));
    for (int c : all) {
      script.add(new Scan(1, 63, 1, 0, c));
    }
    return script;
  }

  /** A script without successive approximation. */
  List<Scan> spectralScript() {
    List<Scan> script = new ArrayList<>();
    for (int c = 0; c < factors.length; c++) {
      script.add(new Scan(0, 0, 0, 0, c));
    }
    for (int[] band : new int[][] {{1, 2}, {3, 20}, {21, 63}}) {
      for (int c = 0; c < factors.length; c++) {
        script.add(new Scan(band[0], band[1], 0, 0, c));
      }
    }
    return script;
  }

  private void begin(int sof) {
    out = new BitOutput();
    makeCode();
    out.marker(0xd8);
    out.bytes(extraSegments);
    out.marker(0xdb);
    out.u16(2 + 65);
    out.u8(0);
    for (int q : quantization) {
      out.u8(q);
    }
    out.marker(sof);
    out.u16(8 + 3 * factors.length);
    out.u8(8);
    out.u16(linesInDnl ? 0 : height);
    out.u16(width);
    out.u8(factors.length);
    for (int c = 0; c < factors.length; c++) {
      out.u8(ids[c]);
      out.u8(factors[c]);
      out.u8(0);
    }
    writeCode(0, 16);
    writeCode(0x10, 256);
    if (restartInterval > 0) {
      out.marker(0xdd);
      out.u16(4);
      out.u16(restartInterval);
    }
  }

  private byte[] end() {
    out.marker(0xd9);
    return out.toByteArray();
  }

  private int[] lengths(int symbols) {
    int[] lengths = new int[symbols];
    for (int i = 0; i < symbols; i++) {
      lengths[i] = code == Code.FLAT ? (i < 254 ? 8 : 9) : Math.min(16, i + 2);
    }
    return lengths;
  }

  private void makeCode() {
    lengthOf = lengths(256);
    codeOf = new int[256];
    int next = 0;
    for (int i = 0; i < 256; i++) {
      codeOf[i] = next;
      next++;
      if (i < 255) {
        next <<= lengthOf[i + 1] - lengthOf[i];
      }
    }
  }

  private void writeCode(int classAndDestination, int symbols) {
    out.marker(0xc4);
    out.u16(2 + 17 + symbols);
    out.u8(classAndDestination);
    int[] lengths = lengths(symbols);
    for (int length = 1; length <= 16; length++) {
      int count = 0;
      for (int i = 0; i < symbols; i++) {
        count += lengths[i] == length ? 1 : 0;
      }
      out.u8(count);
    }
    for (int i = 0; i < symbols; i++) {
      out.u8(i);
    }
  }

  private void scanHeader(int ss, int se, int approximation, int... components) {
    out.marker(0xda);
    out.u16(6 + 2 * components.length);
    out.u8(components.length);
    for (int c : components) {
      out.u8(ids[c]);
      out.u8(0);
    }
    out.u8(ss);
    out.u8(se);
    out.u8(approximation);
  }

  /** Visits the blocks of a scan in coding order; {@code block} is null before a restart. */
  private interface BlockVisitor {
    void visit(int component, int[] block);

    void restart();
  }

  private void visit(BlockVisitor visitor, int... components) {
    boolean interleaved = components.length > 1;
    int first = components[0];
    int width8 = ceil(ceil(width * (factors[first] >> 4), hMax), 8);
    int height8 = ceil(ceil(height * (factors[first] & 15), vMax), 8);
    int columns = interleaved ? mcusX() : width8;
    int rows = interleaved ? mcusY() : height8;
    int restarts = 0;
    for (int mcu = 0; mcu < columns * rows; mcu++) {
      if (restartInterval > 0 && mcu > 0 && mcu % restartInterval == 0) {
        visitor.restart();
        out.flush();
        out.marker(0xd0 + (restarts++ & 7));
      }
      int y = mcu / columns;
      int x = mcu % columns;
      for (int c : components) {
        int h = interleaved ? factors[c] >> 4 : 1;
        int v = interleaved ? factors[c] & 15 : 1;
        for (int i = 0; i < v; i++) {
          for (int j = 0; j < h; j++) {
            visitor.visit(c, blocks[c][y * v + i][x * h + j]);
          }
        }
      }
    }
    visitor.restart();
    out.flush();
    if (linesInDnl) {
      out.marker(0xdc);
      out.u16(4);
      out.u16(height);
    }
  }

  private static int ceil(int a, int b) {
    return (a + b - 1) / b;
  }

  private void symbol(int symbol) {
    out.bits(codeOf[symbol], lengthOf[symbol]);
  }

  private static int sizeOf(int value) {
    return 32 - Integer.numberOfLeadingZeros(Math.abs(value));
  }

  private void value(int value, int size) {
    out.bits(value < 0 ? value + (1 << size) - 1 : value, size);
  }

  private void sequentialScan(int... components) {
    scanHeader(0, 63, 0, components);
    int[] predictions = new int[factors.length];
    visit(
        new BlockVisitor() {
          @Override
          public void visit(int c, int[] block) {
            int difference = block[0] - predictions[c];
            predictions[c] = block[0];
            symbol(sizeOf(difference));
            value(difference, sizeOf(difference));
            int run = 0;
            for (int k = 1; k < 64; k++) {
              if (block[k] == 0) {
                run++;
                continue;
              }
              for (; run > 15; run -= 16) {
                symbol(0xf0);
              }
              symbol(run << 4 | sizeOf(block[k]));
              value(block[k], sizeOf(block[k]));
              run = 0;
            }
            if (run > 0) {
              symbol(0);
            }
          }

          @Override
          public void restart() {
            java.util.Arrays.fill(predictions, 0);
          }
        },
        components);
  }

  private void progressiveScan(Scan scan) {
    scanHeader(scan.ss, scan.se, scan.ah << 4 | scan.al, scan.components);
    if (scan.ss == 0) {
      visit(new DcVisitor(scan), scan.components);
    } else {
      visit(new AcVisitor(scan), scan.components);
    }
  }

  private final class DcVisitor implements BlockVisitor {
    private final Scan scan;
    private final int[] predictions = new int[factors.length];

    DcVisitor(Scan scan) {
      this.scan = scan;
    }

    @Override
    public void visit(int c, int[] block) {
      int value = block[0] >> scan.al;
      if (scan.ah > 0) {
        out.bits(value & 1, 1);
        return;
      }
      int difference = value - predictions[c];
      predictions[c] = value;
      symbol(sizeOf(difference));
      value(difference, sizeOf(difference));
    }

    @Override
    public void restart() {
      java.util.Arrays.fill(predictions, 0);
    }
  }

  private final class AcVisitor implements BlockVisitor {
    private final Scan scan;
    private int eobRun;
    private List<Integer> pending = new ArrayList<>(); // correction bits of the run's blocks

    AcVisitor(Scan scan) {
      this.scan = scan;
    }

    @Override
    public void visit(int c, int[] block) {
      int lastNew = 0;
      for (int k = scan.ss; k <= scan.se; k++) {
        if (magnitude(block, k) == 1) {
          lastNew = k;
        }
      }
      int run = 0;
      List<Integer> corrections = new ArrayList<>();
      for (int k = scan.ss; k <= scan.se; k++) {
        int magnitude = magnitude(block, k);
        if (magnitude == 0) {
          run++;
          continue;
        }
        while (run > 15 && (scan.ah == 0 || k <= lastNew)) {
          writeRun();
          symbol(0xf0);
          run -= 16;
          corrections = write(corrections);
        }
        if (scan.ah > 0 && magnitude > 1) {
          corrections.add(magnitude & 1);
          continue;
        }
        writeRun();
        int value = block[k] < 0 ? -magnitude : magnitude;
        int size = scan.ah > 0 ? 1 : sizeOf(value);
        symbol(run << 4 | size);
        value(value, size);
        run = 0;
        corrections = write(corrections);
      }
      if (run > 0 || !corrections.isEmpty()) {
        eobRun++;
        pending.addAll(corrections);
        if (eobRun == 0x7fff) {
          writeRun();
        }
      }
    }

    private int magnitude(int[] block, int k) {
      return Math.abs(block[k]) >> scan.al;
    }

    private List<Integer> write(List<Integer> corrections) {
      for (int bit : corrections) {
        out.bits(bit, 1);
      }
      return new ArrayList<>();
    }

    private void writeRun() {
      if (eobRun > 0) {
        int size = sizeOf(eobRun) - 1;
        symbol(size << 4);
        out.bits(eobRun & ((1 << size) - 1), size);
        eobRun = 0;
        pending = write(pending);
      }
    }

    @Override
    public void restart() {
      writeRun();
    }
  }

  /** Bytes, markers and stuffed bits. */
  private static final class BitOutput {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int accumulator;
    private int count;

    void bits(int value, int length) {
      for (int i = length - 1; i >= 0; i--) {
        accumulator = accumulator << 1 | (value >> i & 1);
        if (++count == 8) {
          bytes.write(accumulator);
          if ((accumulator & 0xff) == 0xff) {
            bytes.write(0);
          }
          accumulator = 0;
          count = 0;
        }
      }
    }

    void flush() {
      while (count != 0) {
        bits(1, 1);
      }
    }

    void u8(int value) {
      bytes.write(value);
    }

    void u16(int value) {
      bytes.write(value >> 8);
      bytes.write(value);
    }

    void marker(int code) {
      u16(0xff00 | code);
    }

    void bytes(byte[] content) {
      bytes.writeBytes(content);
    }

    byte[] toByteArray() {
      return bytes.toByteArray();
    }
  }
}
