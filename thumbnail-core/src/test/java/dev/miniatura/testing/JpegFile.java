package dev.miniatura.testing;

import java.util.List;

/** The segments of a JPEG file (T.81, annex B) around given coefficients. */
final class JpegFile {

  static final int SOF0 = 0xffc0;
  static final int SOF1 = 0xffc1;
  static final int SOF2 = 0xffc2;

  /** Added to SOF1 or SOF2, this means arithmetic coding. */
  static final int ARITHMETIC = 8;

  private static final int DHT = 0xffc4;
  private static final int SOI = 0xffd8;
  private static final int EOI = 0xffd9;
  private static final int SOS = 0xffda;
  private static final int DQT = 0xffdb;
  private static final int DNL = 0xffdc;
  private static final int DAC = 0xffcc;
  private static final int DRI = 0xffdd;

  private final ByteWriter out = ByteWriter.bigEndian().u16(SOI);
  private final int[] ids;
  private final List<JpegPlane> planes;
  private int restartInterval;
  private JpegArithmetic.Conditioning conditioning = JpegArithmetic.Conditioning.DEFAULT;

  /**
   * Starts a file.
   *
   * @param ids of the components
   */
  JpegFile(int[] ids, List<JpegPlane> planes) {
    this.ids = ids;
    this.planes = planes;
  }

  /** Writes whole marker segments. */
  void segments(byte[] bytes) {
    out.bytes(bytes);
  }

  /** Writes a quantization table of 8 bits, given in zigzag order. */
  void quantization(int table, int[] values) {
    out.u16(DQT).u16(67).u8(table);
    for (int value : values) {
      out.u8(value);
    }
  }

  /** Writes the frame header; no lines mean that DNL tells them. */
  void frame(int sof, int width, int lines) {
    out.u16(sof).u16(8 + 3 * planes.size());
    out.u8(8).u16(lines).u16(width).u8(planes.size());
    for (int i = 0; i < planes.size(); i++) {
      JpegPlane plane = planes.get(i);
      out.u8(ids[i]).u8(plane.h << 4 | plane.v).u8(plane.table);
    }
  }

  /** Writes the number of MCUs between restart markers, if there are any. */
  void restartInterval(int mcus) {
    restartInterval = mcus;
    if (mcus > 0) {
      out.u16(DRI).u16(4).u16(mcus);
    }
  }

  /** Writes a Huffman table (B.2.4.2); {@code table} is one of {@link JpegSymbols}. */
  void huffman(int table, HuffmanCode code) {
    ByteWriter bits = ByteWriter.bigEndian();
    ByteWriter values = ByteWriter.bigEndian();
    for (int length = 1; length <= 16; length++) {
      int before = values.size();
      for (int symbol = 0; symbol < Math.min(256, code.lengths.length); symbol++) {
        if (code.lengths[symbol] == length) {
          values.u8(symbol);
        }
      }
      bits.u8(values.size() - before);
    }
    out.u16(DHT).u16(2 + 17 + values.size());
    out.u8(table < JpegSymbols.AC ? table : 0x10 | (table - JpegSymbols.AC));
    out.bytes(bits.toByteArray()).bytes(values.toByteArray());
  }

  /** Writes a scan, preceded by Huffman tables that are fitted to it. */
  void scan(JpegScan scan) {
    JpegSymbols symbols = scan.encode(planes, restartInterval);
    HuffmanCode[] codes = symbols.fittedCodes();
    for (int table = 0; table < codes.length; table++) {
      if (symbols.uses(table)) {
        huffman(table, codes[table]);
      }
    }
    write(scan, symbols, codes);
  }

  /** Writes a scan with the codes of tables that were written. */
  void scan(JpegScan scan, HuffmanCode[] codes) {
    write(scan, scan.encode(planes, restartInterval), codes);
  }

  /** Writes the conditioning of arithmetic coding with tables 0 (B.2.4.3). */
  void conditioning(JpegArithmetic.Conditioning value) {
    conditioning = value;
    out.u16(DAC).u16(6).u8(0).u8(value.upper() << 4 | value.lower()).u8(0x10).u8(value.kx());
  }

  /** Writes a scan with arithmetic coding. */
  void arithmeticScan(JpegScan scan) {
    header(scan);
    scan.encode(planes, restartInterval, new JpegArithmetic(scan, planes, conditioning, out));
  }

  private void write(JpegScan scan, JpegSymbols symbols, HuffmanCode[] codes) {
    header(scan);
    symbols.writeScan(out, codes);
  }

  private void header(JpegScan scan) {
    out.u16(SOS).u16(6 + 2 * scan.components().size()).u8(scan.components().size());
    for (int component : scan.components()) {
      int table = planes.get(component).table;
      out.u8(ids[component]).u8(table << 4 | table);
    }
    out.u8(scan.ss()).u8(scan.se()).u8(scan.ah() << 4 | scan.al());
  }

  /** Writes the number of lines after a scan (B.2.5). */
  void numberOfLines(int lines) {
    out.u16(DNL).u16(4).u16(lines);
  }

  /** Returns the whole file. */
  byte[] end() {
    return out.u16(EOI).toByteArray();
  }
}
