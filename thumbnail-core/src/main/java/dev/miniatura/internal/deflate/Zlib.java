package dev.miniatura.internal.deflate;

import java.util.Objects;
import java.util.zip.Adler32;
import org.jspecify.annotations.Nullable;

/**
 * Compresses bytes: DEFLATE (RFC 1951) in the zlib format (RFC 1950). The same bytes give the same
 * result on every JDK, unlike {@link java.util.zip.Deflater}.
 */
public final class Zlib {

  private static final int HEADER = 0x9c78; // DEFLATE, window of 32 KB; the first byte is lowest
  private static final int FRAME_BYTES = 2 + 4;

  private static final int MAX_FIRST_CAPACITY = 1 << 16;

  /** The number of pieces that are written at a time. */
  private static final int PIECES = 16;

  /** The size of a piece if all bytes are literals. */
  private static final int LITERAL_PIECE = 8 << 10;

  private final byte[] data;
  private final @Nullable Parser parser;
  private final BitOutput out;
  private final Block block;
  private final Pieces pieces = new Pieces(PIECES);
  private double least; // bits of what is read

  private Zlib(byte[] data, @Nullable Parser parser) {
    this.data = data;
    this.parser = parser;
    int capacity =
        parser == null
            ? data.length / 4 * 3 // photographs, which are compressed without matches, take less
            : Math.min(data.length / 2, MAX_FIRST_CAPACITY);
    out = new BitOutput(capacity + FRAME_BYTES);
    block = new Block(data, out);
  }

  /**
   * Compresses rows of pixels.
   *
   * @param pixelBytes the number of bytes that repeat together
   * @param rowBytes the number of bytes of a row of whole pixels, with one more in front
   * @param level 1 (fast) to 9 (small)
   * @param most how many bytes are of use
   * @return the zlib stream, or null if it has more than {@code most} bytes
   */
  public static byte @Nullable [] compress(
      byte[] data, int pixelBytes, int rowBytes, Matches matches, int level, int most) {
    Parser parser =
        matches == Matches.NONE
            ? null
            : new Parser(data, pixelBytes, rowBytes, matches, Effort.of(level), PIECES);
    Zlib zlib = new Zlib(data, parser);
    if (!zlib.write(8.0 * most)) {
      return null;
    }
    byte[] bytes = zlib.out.toByteArray();
    return bytes.length > most ? null : bytes;
  }

  /** Compresses bytes of any kind. */
  public static byte[] compress(byte[] data, int level) {
    return Objects.requireNonNull(
        compress(data, 1, data.length + 1, Matches.ALL, level, Integer.MAX_VALUE));
  }

  private boolean write(double mostBits) {
    out.reserve(16);
    out.put(HEADER, 16);
    int done = 0;
    do {
      int end = parser == null ? readLiterals(done) : read(parser, mostBits);
      if (least > mostBits) {
        return false;
      }
      pieces.join();
      int token = 0;
      for (int i = 0; i < pieces.size(); i++) {
        int to = pieces.byteEnd(i);
        boolean last = to == data.length;
        if (parser == null) {
          block.writeLiterals(pieces.counts(i), done, to, last);
        } else {
          block.write(pieces.counts(i), parser.tokens(), token, pieces.tokenEnd(i), done, to, last);
          token = pieces.tokenEnd(i);
        }
        done = to;
      }
      done = end;
    } while (done < data.length);
    out.align();
    Adler32 checksum = new Adler32();
    checksum.update(data);
    out.reserve(32);
    out.put(Integer.toUnsignedLong(Integer.reverseBytes((int) checksum.getValue())), 32);
    return true;
  }

  /** Reads the next pieces, unless what is read takes more bits than are of use. */
  private int read(Parser parser, double mostBits) {
    parser.restart();
    pieces.clear();
    do {
      parser.piece(pieces.next());
      least += pieces.add(parser.size(), parser.at());
    } while (!pieces.full() && parser.at() < data.length && least <= mostBits);
    return parser.at();
  }

  private int readLiterals(int from) {
    pieces.clear();
    int at = from;
    do {
      int end = Math.min(data.length, at + LITERAL_PIECE);
      count(at, end, pieces.next());
      at = end;
      pieces.add(0, at);
    } while (!pieces.full() && at < data.length);
    return at;
  }

  private void count(int from, int to, int[] counts) {
    int[] more = new int[Symbols.END]; // runs of equal bytes do not wait for their own counter
    int at = from;
    for (; at + 2 <= to; at += 2) {
      counts[data[at] & 0xff]++;
      more[data[at + 1] & 0xff]++;
    }
    if (at < to) {
      counts[data[at] & 0xff]++;
    }
    for (int i = 0; i < more.length; i++) {
      counts[i] += more[i];
    }
  }
}
