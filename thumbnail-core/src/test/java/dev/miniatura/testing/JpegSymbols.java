package dev.miniatura.testing;

import java.util.Arrays;

/**
 * The entropy-coded symbols of one scan, gathered before they are written so that the Huffman
 * tables can be fitted to them.
 */
final class JpegSymbols {

  /** Tables 0 and 1 are for DC, 2 and 3 for AC. */
  static final int AC = 2;

  private static final int TABLES = 4;
  private static final int RAW = 4;
  private static final int RESTART = 5;

  /** {@code kind << 40 | symbol << 32 | bitCount << 16 | bits}. */
  private long[] entries = new long[1024];

  private int size;
  private final int[][] counts = new int[TABLES][256];

  /** Adds a Huffman symbol followed by {@code bitCount} plain bits. */
  void symbol(int table, int symbol, int bits, int bitCount) {
    counts[table][symbol]++;
    add((long) table << 40 | (long) symbol << 32, bits, bitCount);
  }

  /** Adds plain bits alone. */
  void bits(int bits, int bitCount) {
    add((long) RAW << 40, bits, bitCount);
  }

  void restart() {
    add((long) RESTART << 40, 0, 0);
  }

  private void add(long head, int bits, int bitCount) {
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, 2 * size);
    }
    entries[size++] = head | (long) bitCount << 16 | (bits & ((1 << bitCount) - 1));
  }

  /** Returns whether a table codes any symbol. */
  boolean uses(int table) {
    return Arrays.stream(counts[table]).sum() > 0;
  }

  /** Returns a code for each table that is fitted to the symbols. */
  HuffmanCode[] fittedCodes() {
    return Arrays.stream(counts)
        .map(count -> HuffmanCode.withoutAllOnes(count, 16))
        .toArray(HuffmanCode[]::new);
  }

  /** Writes the entropy-coded segments, with their stuffed zero bytes and RST markers. */
  void writeScan(ByteWriter out, HuffmanCode[] codes) {
    BitPacker packer = new BitPacker(out);
    int restarts = 0;
    for (int i = 0; i < size; i++) {
      int kind = (int) (entries[i] >>> 40);
      if (kind == RESTART) {
        packer.pad();
        out.u16(0xffd0 | (restarts++ & 7));
        continue;
      }
      if (kind < TABLES) {
        int symbol = (int) (entries[i] >>> 32) & 0xff;
        packer.put(codes[kind].codes[symbol], codes[kind].lengths[symbol]);
      }
      packer.put((int) entries[i] & 0xffff, (int) (entries[i] >>> 16) & 0x1f);
    }
    packer.pad();
  }

  /** Packs bits most significant first and stuffs a zero after every 0xff (T.81 F.1.2.3). */
  private static final class BitPacker {
    private final ByteWriter out;
    private int pending;
    private int count;

    BitPacker(ByteWriter out) {
      this.out = out;
    }

    void put(int bits, int bitCount) {
      pending = pending << bitCount | bits;
      count += bitCount;
      while (count >= 8) {
        count -= 8;
        int octet = pending >>> count & 0xff;
        out.u8(octet);
        if (octet == 0xff) {
          out.u8(0);
        }
        pending &= (1 << count) - 1;
      }
    }

    void pad() {
      if (count > 0) {
        put((1 << (8 - count)) - 1, 8 - count);
      }
    }
  }
}
