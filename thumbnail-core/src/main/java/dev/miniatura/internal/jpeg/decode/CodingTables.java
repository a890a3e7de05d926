package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.InputWindow;
import dev.miniatura.internal.jpeg.Marker;
import org.jspecify.annotations.Nullable;

/**
 * The tables that segments install for the following scans (T.81, B.2.4): quantization, Huffman,
 * arithmetic conditioning and the restart interval. A later one replaces an earlier one.
 */
final class CodingTables {

  static final int DESTINATIONS = 4;
  private static final int BLOCK = 64;
  private static final int MAX_DC_SIZE = 15;

  private final InputWindow in;
  private final int[] @Nullable [] quantization = new int[DESTINATIONS] @Nullable [];
  private final @Nullable HuffmanDecoder[] dc = new @Nullable HuffmanDecoder[DESTINATIONS];
  private final @Nullable HuffmanDecoder[] ac = new @Nullable HuffmanDecoder[DESTINATIONS];
  private final int[] dcConditioning = {0x10, 0x10, 0x10, 0x10}; // U << 4 | L (F.1.4.4.1.4)
  private final int[] acConditioning = {5, 5, 5, 5}; // Kx (F.1.4.4.2.1)
  private int restartInterval;

  CodingTables(InputWindow in) {
    this.in = in;
  }

  /** Returns the number of MCUs between restart markers, 0 if there are none. */
  int restartInterval() {
    return restartInterval;
  }

  /** Returns the current quantization table of a component, in zigzag order. */
  int[] quantization(FrameComponent component) throws MalformedImageException {
    int[] table = quantization[component.quantization()];
    if (table == null) {
      throw malformed("quantization table " + component.quantization() + " is not defined");
    }
    return table;
  }

  /** Returns the current DC table, or the default one if none is installed. */
  HuffmanDecoder dcTable(int destination) throws MalformedImageException {
    HuffmanDecoder table = destination < DESTINATIONS ? dc[destination] : null;
    if (table == null && destination > 1) {
      throw malformed("DC Huffman table " + destination + " is not defined");
    }
    return table == null ? DefaultHuffmanTables.dc(destination) : table;
  }

  /** Returns the current AC table, or the default one if none is installed. */
  HuffmanDecoder acTable(int destination) throws MalformedImageException {
    HuffmanDecoder table = destination < DESTINATIONS ? ac[destination] : null;
    if (table == null && destination > 1) {
      throw malformed("AC Huffman table " + destination + " is not defined");
    }
    return table == null ? DefaultHuffmanTables.ac(destination) : table;
  }

  /** Returns the bounds U &lt;&lt; 4 | L that classify DC differences in arithmetic coding. */
  int dcConditioning(int destination) throws MalformedImageException {
    int bounds = conditioning(dcConditioning, destination);
    if ((bounds & 15) > bounds >> 4) {
      throw malformed("bad arithmetic conditioning");
    }
    return bounds;
  }

  /** Returns the last zigzag index Kx that arithmetic coding takes for a low frequency. */
  int acConditioning(int destination) throws MalformedImageException {
    int kx = conditioning(acConditioning, destination);
    if (kx < 1 || kx >= BLOCK) {
      throw malformed("bad arithmetic conditioning");
    }
    return kx;
  }

  private int conditioning(int[] values, int destination) throws MalformedImageException {
    if (destination >= DESTINATIONS) {
      throw malformed("arithmetic conditioning " + destination + " is not defined");
    }
    return values[destination];
  }

  /**
   * Reads the content of a segment.
   *
   * @param marker DHT, DQT, DAC or DRI
   * @param at index of the content in the window
   * @param end index after it
   */
  void read(int marker, int at, int end) throws MalformedImageException {
    switch (marker) {
      case Marker.DHT -> readHuffmanTables(at, end);
      case Marker.DQT -> readQuantizationTables(at, end);
      case Marker.DAC -> readConditioning(at, end);
      default -> {
        if (end - at < 2) {
          throw malformed("restart interval too short");
        }
        restartInterval = u16(at);
      }
    }
  }

  /**
   * B.2.4.3. Values are checked when a scan uses them: in Huffman-coded files they do not matter.
   */
  private void readConditioning(int from, int end) {
    for (int at = from; at + 1 < end; at += 2) {
      int tableClass = u8(at) >> 4;
      int destination = u8(at) & 15;
      if (destination < DESTINATIONS) {
        (tableClass == 0 ? dcConditioning : acConditioning)[destination] = u8(at + 1);
      }
    }
  }

  private void readQuantizationTables(int from, int end) throws MalformedImageException {
    int at = from;
    while (at < end) {
      int precision = u8(at) >> 4;
      int destination = u8(at) & 15;
      at++;
      int bytes = precision == 0 ? 1 : 2;
      if (precision > 1 || destination >= DESTINATIONS || end - at < BLOCK * bytes) {
        throw malformed("bad quantization table");
      }
      int[] table = new int[BLOCK];
      for (int k = 0; k < BLOCK; k++) {
        table[k] = bytes == 1 ? u8(at + k) : u16(at + 2 * k);
      }
      quantization[destination] = table;
      at += BLOCK * bytes;
    }
  }

  private void readHuffmanTables(int from, int end) throws MalformedImageException {
    int at = from;
    while (at < end) {
      int tableClass = u8(at) >> 4;
      int destination = u8(at) & 15;
      at++;
      if (tableClass > 1 || destination >= DESTINATIONS || end - at < 16) {
        throw malformed("bad Huffman table");
      }
      int symbols = 0;
      for (int i = 0; i < 16; i++) {
        symbols += u8(at + i);
      }
      if (symbols > 256 || end - at - 16 < symbols) {
        throw malformed("bad Huffman table");
      }
      HuffmanDecoder table = huffmanTable(at, symbols);
      if (tableClass == 0 && table.hasSymbolAbove(MAX_DC_SIZE)) {
        throw malformed("DC Huffman table with a symbol above " + MAX_DC_SIZE);
      }
      (tableClass == 0 ? dc : ac)[destination] = table;
      at += 16 + symbols;
    }
  }

  private HuffmanDecoder huffmanTable(int at, int symbols) throws MalformedImageException {
    byte[] counts = new byte[16];
    byte[] values = new byte[symbols];
    System.arraycopy(in.array, at, counts, 0, 16);
    System.arraycopy(in.array, at + 16, values, 0, symbols);
    if (!HuffmanDecoder.fit(counts)) {
      throw malformed("oversubscribed Huffman table");
    }
    return new HuffmanDecoder(counts, values);
  }

  private int u8(int at) {
    return in.array[at] & 0xff;
  }

  private int u16(int at) {
    return u8(at) << 8 | u8(at + 1);
  }

  private MalformedImageException malformed(String reason) {
    return Container.JPEG.malformed(in.offset(), reason);
  }
}
