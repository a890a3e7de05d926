package dev.miniatura.internal.jpeg.encode;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The content of a scan, or a part of it, as Huffman symbols and raw bits, before the codes of the
 * symbols are known. A scan runs once so that its symbols are counted. If all of it fits in here,
 * that is the only run; if not, a second run writes it piece by piece, so that memory stays
 * bounded.
 *
 * <p>Layout of an item: bits 0–15 raw bits that follow the symbol, 16–20 their number (0–16), 21–28
 * symbol, 29–31 table, or {@link #NO_TABLE} if there are only raw bits.
 */
final class EncoderSymbols {

  static final int DC_0 = 0;
  static final int DC_1 = 1;
  static final int AC_0 = 2;
  static final int AC_1 = 3;
  static final int TABLES = 4;

  /** The number of combinations of table and symbol; the size of arrays indexed by both. */
  static final int KEYS = 8 * 256;

  private static final int NO_TABLE = 7;
  private static final int MAX_ITEMS = 1 << 19;
  private static final int TYPICAL_ITEMS_PER_BLOCK = 16;

  private final int[] items;
  private final int[] frequencies = new int[KEYS];
  private int size;
  private boolean incomplete;
  private @Nullable EntropyWriter writer;

  /**
   * Creates one of a number of parts.
   *
   * @param blocks of all parts
   */
  EncoderSymbols(int blocks, int parts) {
    items = new int[capacity(blocks) / parts];
  }

  private static int capacity(long blocks) {
    return (int) Math.min((blocks + 64) * TYPICAL_ITEMS_PER_BLOCK, MAX_ITEMS);
  }

  /** Returns the number of bytes that the symbols of that many blocks and their codes take. */
  static long workingBytes(long blocks) {
    return (capacity(blocks) + 4L * KEYS) * Integer.BYTES;
  }

  /** Gathers the symbols of some rows of a scan, instead of what is here. */
  void gather(EncoderScan scan, int from, int to) {
    Arrays.fill(frequencies, 0);
    size = 0;
    incomplete = false;
    writer = null;
    scan.run(this, from, to);
  }

  /**
   * Writes a scan to {@code out}: its Huffman tables, its header, its data.
   *
   * @param parts what they have gathered makes up the scan; invalid afterwards
   */
  static void write(EncoderScan scan, JpegOutput out, EncoderSymbols... parts) {
    EncoderSymbols first = parts[0];
    boolean incomplete = first.incomplete;
    int[] frequencies = first.frequencies;
    for (int part = 1; part < parts.length; part++) {
      incomplete |= parts[part].incomplete;
      for (int key = 0; key < KEYS; key++) {
        frequencies[key] += parts[part].frequencies[key];
      }
    }
    HuffmanEncoder[] codes = new HuffmanEncoder[TABLES];
    for (int table = 0; table < TABLES; table++) {
      codes[table] = HuffmanEncoder.of(frequencies, table * 256);
    }
    HuffmanEncoder.writeAll(codes, out);
    scan.writeHeader(out);
    EntropyWriter target = new EntropyWriter(codes, out);
    if (incomplete) {
      first.size = 0;
      first.writer = target;
      scan.run(first, 0, scan.rows());
      target.write(first.items, first.size);
    } else {
      for (EncoderSymbols part : parts) {
        target.write(part.items, part.size);
      }
    }
    target.finish();
  }

  /** Adds a symbol and the {@code count} low bits of {@code bits}; the others must be zero. */
  void add(int table, int symbol, int bits, int count) {
    add(table << 29 | symbol << 21 | count << 16 | bits);
  }

  /**
   * Adds a value as in T.81 F.1.2: its size in bits goes into the symbol, below {@code run},
   * followed by that many bits of the value, or of the value minus one if it is negative.
   */
  void addValue(int table, int run, int value) {
    int sign = value >> 31;
    int count = 32 - Integer.numberOfLeadingZeros((value ^ sign) - sign);
    add(table, run << 4 | count, (value + sign) & ((1 << count) - 1), count);
  }

  /** Adds bits without a symbol. */
  void addRaw(int bits, int count) {
    add(NO_TABLE << 29 | count << 16 | bits);
  }

  private void add(int item) {
    if (size == items.length) {
      drain();
    }
    items[size++] = item;
    frequencies[item >>> 21]++;
  }

  private void drain() {
    if (writer == null) {
      incomplete = true;
    } else {
      writer.write(items, size);
    }
    size = 0;
  }
}
