package dev.miniatura.internal.zstd;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The literals section of a block (RFC 8878, section 3.1.1.3.1). */
final class Literals {

  private static final int RAW = 0;
  private static final int RUN = 1;
  private static final int TREELESS = 3;
  private static final int STREAMS = 4;

  final byte[] bytes = new byte[ZstdReader.MAX_BLOCK];
  int count;
  private @Nullable HuffmanTable table; // of the previous block, unless there is a new description

  /** Discards the codes of the previous frame. */
  void reset() {
    table = null;
  }

  /** Reads the section and returns its end. */
  int read(byte[] block, int start, int end) throws BrokenBlock {
    BrokenBlock.check(end - start >= 2, "a block without literals");
    int type = block[start] & 3;
    int format = block[start] >> 2 & 3;
    return type == RAW || type == RUN
        ? readPlain(block, start, end, type, format)
        : readCompressed(block, start, end, type, format);
  }

  private int readPlain(byte[] block, int start, int end, int type, int format) throws BrokenBlock {
    int header = (format & 1) == 0 ? 1 : format == 1 ? 2 : 3;
    long number = number(block, start, end, header);
    count = size(number >> (header == 1 ? 3 : 4));
    int at = start + header;
    int stored = type == RAW ? count : 1;
    BrokenBlock.check(stored <= end - at, "literals that end early");
    if (type == RAW) {
      System.arraycopy(block, at, bytes, 0, count);
    } else {
      Arrays.fill(bytes, 0, count, block[at]);
    }
    return at + stored;
  }

  private int readCompressed(byte[] block, int start, int end, int type, int format)
      throws BrokenBlock {
    int header = Math.max(3, format + 2);
    int width = format < 2 ? 10 : format == 2 ? 14 : 18;
    long number = number(block, start, end, header) >> 4;
    count = size(number & ((1 << width) - 1));
    int stored = (int) (number >> width);
    int at = start + header;
    int after = at + stored;
    BrokenBlock.check(after <= end, "literals that end early");
    HuffmanTable codes = table;
    if (type != TREELESS) {
      HuffmanTable.Described described = HuffmanTable.read(block, at, after);
      codes = described.table();
      table = codes;
      at = described.end();
    }
    if (codes == null) {
      BrokenBlock.check(false, "literals without prefix codes");
    } else if (format == 0) {
      codes.decode(block, at, after, bytes, 0, count);
    } else {
      decodeStreams(codes, block, at, after);
    }
    return after;
  }

  private void decodeStreams(HuffmanTable codes, byte[] block, int start, int end)
      throws BrokenBlock {
    int share = (count + STREAMS - 1) / STREAMS;
    int at = start + 2 * (STREAMS - 1);
    BrokenBlock.check(at <= end && 3 * share <= count, "literals that end early");
    for (int i = 0; i < STREAMS; i++) {
      boolean last = i == STREAMS - 1;
      int size = last ? end - at : (int) number(block, start + 2 * i, end, 2);
      BrokenBlock.check(size <= end - at, "literals that end early");
      codes.decode(block, at, at + size, bytes, i * share, last ? count : (i + 1) * share);
      at += size;
    }
  }

  private static int size(long number) throws BrokenBlock {
    BrokenBlock.check(number <= ZstdReader.MAX_BLOCK, "more literals than fit into a block");
    return (int) number;
  }

  private static long number(byte[] block, int at, int end, int size) throws BrokenBlock {
    BrokenBlock.check(at + size <= end, "literals that end early");
    long value = 0;
    for (int i = 0; i < size; i++) {
      value |= (block[at + i] & 0xffL) << (8 * i);
    }
    return value;
  }
}
