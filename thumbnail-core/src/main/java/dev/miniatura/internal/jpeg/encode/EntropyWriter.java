package dev.miniatura.internal.jpeg.encode;

/** Packs the items of {@link EncoderSymbols} into entropy-coded bytes (T.81 F.1.2 and B.1.1.5). */
final class EntropyWriter {

  private static final int PIECE = 1024;
  private static final int MAX_BYTES_PER_ITEM = 8; // 16 + 16 bits, every byte stuffed

  /** The most bytes that are reserved at once: how many a buffer may leave unused. */
  static final int MOST_RESERVED = 64 * MAX_BYTES_PER_ITEM;

  /** For every key, code length in bits 16–20 and code below; zero for raw bits. */
  private final int[] codes = new int[EncoderSymbols.KEYS];

  private final JpegOutput out;
  private long bits; // the low bitCount bits are pending; those above them have been written
  private int bitCount; // [0, 31] between items

  EntropyWriter(HuffmanEncoder[] tables, JpegOutput out) {
    this.out = out;
    for (int table = 0; table < tables.length; table++) {
      tables[table].fill(codes, table * 256);
    }
  }

  void write(int[] items, int size) {
    int end;
    for (int start = 0; start < size; start = end) {
      int room = out.reserve(MOST_RESERVED) / MAX_BYTES_PER_ITEM - 1; // one for pending bits
      end = start + Math.min(Math.min(PIECE, room), size - start);
      out.size(writePiece(items, start, end, out.bytes(), out.size()));
    }
  }

  /**
   * Writes items. The caller has reserved {@value #MAX_BYTES_PER_ITEM} bytes per item and as many
   * for pending bits, so that no byte needs a check.
   */
  private int writePiece(int[] items, int start, int end, byte[] bytes, int offset) {
    long pending = bits;
    int count = bitCount;
    int p = offset;
    for (int i = start; i < end; i++) {
      int item = items[i];
      int entry = codes[item >>> 21];
      int rawCount = item >>> 16 & 31;
      int length = (entry >>> 16) + rawCount; // at most 16 + 16
      pending = pending << length | (long) (entry & 0xffff) << rawCount | (item & 0xffff);
      count += length; // at most 63
      if (count >= 32) {
        count -= 32;
        int word = (int) (pending >>> count);
        if ((word & ~(word + 0x01010101) & 0x80808080) == 0) { // no byte is FF, see below
          bytes[p] = (byte) (word >>> 24);
          bytes[p + 1] = (byte) (word >>> 16);
          bytes[p + 2] = (byte) (word >>> 8);
          bytes[p + 3] = (byte) word;
          p += 4;
        } else {
          for (int shift = 24; shift >= 0; shift -= 8) {
            p = stuffed(bytes, p, word >>> shift);
          }
        }
      }
    }
    bits = pending;
    bitCount = count;
    return p;
  }

  /** Pads the last byte with ones. */
  void finish() {
    out.reserve(2 * Long.BYTES);
    int padded = bitCount + 7 & ~7;
    long last = bits << 7 | 0x7f;
    last >>>= 7 - (padded - bitCount);
    int p = out.size();
    for (int shift = padded - 8; shift >= 0; shift -= 8) {
      p = stuffed(out.bytes(), p, (int) (last >>> shift));
    }
    out.size(p);
  }

  private static int stuffed(byte[] bytes, int p, int value) {
    bytes[p] = (byte) value;
    if ((value & 0xff) != 0xff) {
      return p + 1;
    }
    bytes[p + 1] = 0;
    return p + 2;
  }
}
