package dev.miniatura.internal.inflate;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.inflate.BitInput.EndOfInput;
import java.io.IOException;
import java.util.zip.Adler32;
import org.jspecify.annotations.Nullable;

/**
 * A window that moves forward over the decompressed bytes of a zlib stream (RFC 1950). Readers take
 * the bytes of {@link #array} between {@link #position} and {@link #limit} and call {@link
 * #require} for more, as with an {@link dev.miniatura.internal.io.InputWindow}; they must not write
 * to it, because later bytes are copies of earlier ones.
 */
public final class ZlibWindow {

  /** How far back a match may reach (RFC 1951, section 2). */
  private static final int HISTORY = 32 << 10;

  /**
   * The number of bytes decompressed at a time: large enough that moving the history costs little.
   */
  private static final int STEP = 64 << 10;

  /**
   * The number of meaningless bytes after {@link #limit} that a reader may load together with those
   * before it.
   */
  public static final int READABLE = 8;

  private enum State {
    HEADER,
    BLOCK,
    STORED,
    CODES,
    TRAILER,
    END
  }

  /** The bytes; only {@code [position, limit)} may be read. */
  public final byte[] array;

  /** Index of the next unread byte; the reader advances it, never beyond {@link #limit}. */
  public int position;

  /** Index after the last available byte. */
  public int limit;

  /** No more is decompressed while {@link #limit} is above this. */
  final int full;

  private final BitInput in;
  private final Adler32 adler = new Adler32();
  private final BlockCodes dynamicCodes = new BlockCodes();
  private BlockCodes codes = dynamicCodes;
  private State state = State.HEADER;
  private boolean lastBlock;
  private int storedLeft;
  private boolean truncated;
  private @Nullable MalformedImageException failure;

  /**
   * Creates a window at the start of a stream; nothing is read yet.
   *
   * @param max the largest argument of {@link #require}
   */
  public ZlibWindow(CompressedInput source, int max) {
    in = new BitInput(source);
    array = new byte[Math.toIntExact(bytes(max))];
    full = array.length - SymbolDecoder.OUTPUT_SLACK;
  }

  /** Returns the size of a window's buffer. */
  public static long bytes(long max) {
    return HISTORY + max + STEP + SymbolDecoder.OUTPUT_SLACK;
  }

  /**
   * Makes at least {@code count} unread bytes available, decompressing as needed; fewer are
   * available afterwards only if the stream ends. Indexes into {@link #array} are invalid after
   * this call.
   *
   * @return the number of available unread bytes
   * @throws MalformedImageException if the stream is invalid before that many bytes; fewer may
   *     still be available
   */
  public int require(int count) throws IOException {
    while (limit - position < count && state != State.END) {
      if (limit > full) {
        slide();
      }
      decompress();
    }
    if (failure != null && limit - position < count) {
      throw failure;
    }
    return limit - position;
  }

  /** Returns whether the source ended before the compressed stream did. */
  public boolean truncated() {
    return truncated;
  }

  /**
   * Drops bytes that have been read, except for the history. Afterwards at most {@code HISTORY}
   * bytes plus fewer than {@code max} unread bytes remain.
   */
  private void slide() {
    int from = Math.max(0, Math.min(position, limit - HISTORY));
    System.arraycopy(array, from, array, 0, limit - from);
    position -= from;
    limit -= from;
  }

  private void decompress() throws IOException {
    int from = limit;
    try {
      while (limit <= full && state.compareTo(State.TRAILER) < 0) {
        switch (state) {
          case HEADER -> readHeader();
          case BLOCK -> readBlockHeader();
          case STORED -> copyStored();
          default -> decodeSymbols();
        }
      }
      adler.update(array, from, limit - from);
      if (state == State.TRAILER) {
        checkTrailer();
      }
    } catch (EndOfInput e) {
      truncated = true;
      state = State.END;
    } catch (MalformedImageException e) {
      failure = e; // thrown once the bytes decompressed before it are read
      state = State.END;
    }
  }

  private void readHeader() throws IOException, EndOfInput {
    int method = in.take(8);
    int flags = in.take(8);
    if ((method << 8 | flags) % 31 != 0) {
      throw in.malformed("incorrect header check");
    }
    if ((method & 15) != 8 || method >>> 4 > 7) {
      throw in.malformed("unknown compression method");
    }
    if ((flags & 32) != 0) {
      throw in.malformed("preset dictionary");
    }
    state = State.BLOCK;
  }

  private void readBlockHeader() throws IOException, EndOfInput {
    if (lastBlock) {
      in.align();
      state = State.TRAILER;
      return;
    }
    lastBlock = in.take(1) == 1;
    switch (in.take(2)) {
      case 0 -> {
        in.align();
        storedLeft = in.take(16);
        if ((in.take(16) ^ 0xffff) != storedLeft) {
          throw in.malformed("invalid stored block length");
        }
        state = State.STORED;
      }
      case 1 -> {
        codes = BlockCodes.fixed();
        state = State.CODES;
      }
      case 2 -> {
        codes = dynamicCodes;
        codes.read(in);
        state = State.CODES;
      }
      default -> throw in.malformed("invalid block type");
    }
  }

  /** Copies stored bytes: first those already among the available bits, then from segments. */
  private void copyStored() throws IOException, EndOfInput {
    while (storedLeft > 0 && limit <= full) {
      if (in.count == 0 && in.source.position < in.source.limit) {
        int length =
            Math.min(
                Math.min(storedLeft, in.source.limit - in.source.position),
                array.length - READABLE - limit);
        System.arraycopy(in.source.array, in.source.position, array, limit, length);
        in.source.position += length;
        limit += length;
        storedLeft -= length;
      } else {
        array[limit++] = (byte) in.take(8);
        storedLeft--;
      }
    }
    if (storedLeft == 0) {
      state = State.BLOCK;
    }
  }

  private void decodeSymbols() throws IOException, EndOfInput {
    if (SymbolDecoder.decode(in, codes, this)) {
      state = State.BLOCK;
    }
  }

  private void checkTrailer() throws IOException, EndOfInput {
    int stored = Integer.reverseBytes(in.take(16) | in.take(16) << 16);
    if (stored != (int) adler.getValue()) {
      throw in.malformed("incorrect data check");
    }
    state = State.END;
  }
}
