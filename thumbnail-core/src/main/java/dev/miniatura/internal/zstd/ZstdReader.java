package dev.miniatura.internal.zstd;

import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.inflate.CompressedInput;
import java.io.IOException;

/**
 * Decompresses Zstandard (RFC 8878) block by block, with any number of frames; skippable ones are
 * ignored. Checksums are not verified, and dictionaries are not supported, since pictures have
 * none.
 */
public final class ZstdReader {

  static final int MAX_BLOCK = 128 << 10;

  /** The reference decoder's default limit, to which all levels of its encoder keep. */
  private static final int MAX_WINDOW = 128 << 20;

  private static final long MAGIC = 0xfd2fb528L;
  private static final long SKIPPABLE = 0x184d2a5L; // the upper 28 bits

  private final CompressedInput in;
  private final String format;
  private final long most;
  private final Literals literals = new Literals();
  private final Sequences sequences = new Sequences();
  private final Window window = new Window();
  private byte[] block = {};
  private boolean inFrame;
  private boolean checksum; // whether one follows the frame's last block
  private boolean ended;

  /**
   * Creates a reader without reading anything.
   *
   * @param format the container's name, for errors
   * @param most the maximum number of bytes that will be read
   */
  public ZstdReader(CompressedInput in, String format, long most) {
    this.in = in;
    this.format = format;
    this.most = most;
  }

  /** Returns the maximum number of bytes of memory that a reader takes. */
  public static long bytes(long most) {
    return Math.min(2L * MAX_WINDOW, most) + 4L * MAX_BLOCK + (64 << 10);
  }

  /**
   * Reads bytes.
   *
   * @return the number of bytes read; fewer than requested if the data ends
   */
  public int read(byte[] target, int offset, int length) throws IOException {
    int taken = 0;
    while (true) {
      taken += window.take(target, offset + taken, length - taken);
      if (taken == length || !nextBlock()) {
        return taken;
      }
    }
  }

  /** Decompresses the next block; returns false at the end of the data. */
  private boolean nextBlock() throws IOException {
    if (ended || (!inFrame && !beginFrame())) {
      return false;
    }
    long header = number(3);
    if (header < 0) {
      return false;
    }
    int size = (int) (header >> 3);
    int type = (int) (header >> 1) & 3;
    long at = in.offset();
    int stored = type == 1 ? 1 : size;
    if (type == 3 || size > MAX_BLOCK) {
      throw malformed(at, "a block of type %d with %d bytes".formatted(type, size));
    }
    if (!readBlock(stored)) {
      return false;
    }
    try {
      window.reserve();
      decode(type, size);
    } catch (BrokenBlock e) {
      throw malformed(at, String.valueOf(e.getMessage()));
    }
    if ((header & 1) != 0) {
      inFrame = false;
      ended = checksum && number(4) < 0;
    }
    return true;
  }

  private void decode(int type, int size) throws BrokenBlock {
    switch (type) {
      case 0 -> window.append(block, 0, size);
      case 1 -> window.fill(block[0], size);
      default -> {
        int at = literals.read(block, 0, size);
        sequences.run(block, at, size, literals, window);
      }
    }
  }

  private boolean readBlock(int count) throws IOException {
    if (block.length < count + BackwardBits.SLACK) {
      block = new byte[MAX_BLOCK + BackwardBits.SLACK];
    }
    int filled = 0;
    while (filled < count) {
      if (in.position == in.limit && !in.next()) {
        ended = true;
        return false;
      }
      int some = Math.min(count - filled, in.limit - in.position);
      System.arraycopy(in.array, in.position, block, filled, some);
      in.position += some;
      filled += some;
    }
    return true;
  }

  /** Reads the header of a frame (section 3.1.1.1); returns false at the end of the data. */
  private boolean beginFrame() throws IOException {
    long at = in.offset();
    long magic = number(4);
    while (magic >>> 4 == SKIPPABLE) {
      for (long left = number(4); left > 0; left--) {
        number(1);
      }
      magic = number(4);
    }
    if (magic < 0) {
      return false;
    }
    if (magic != MAGIC) {
      throw malformed(at, "no Zstandard frame");
    }
    int descriptor = (int) number(1);
    boolean single = (descriptor & 0x20) != 0;
    checksum = (descriptor & 4) != 0;
    long reach = single ? 0 : window((int) number(1));
    int dictionaryBytes = (descriptor & 3) == 3 ? 4 : descriptor & 3;
    if (dictionaryBytes > 0 && number(dictionaryBytes) > 0) {
      throw new UnsupportedImageException(format + ": Zstandard with a dictionary");
    }
    int sizeBytes = descriptor >> 6 == 0 && !single ? 0 : 1 << (descriptor >> 6 & 3);
    long content = number(sizeBytes) + (sizeBytes == 2 ? 256 : 0);
    reach = single ? content : reach;
    if (ended) {
      return false;
    }
    if (reach < 0 || Math.min(reach, most) > MAX_WINDOW) {
      throw new UnsupportedImageException(format + ": Zstandard with a window of " + reach);
    }
    window.begin((int) Math.min(reach, Integer.MAX_VALUE), most);
    literals.reset();
    sequences.reset();
    inFrame = true;
    return true;
  }

  private static long window(int descriptor) {
    long base = 1L << (10 + (descriptor >> 3));
    return base + base / 8 * (descriptor & 7);
  }

  /** Returns a little-endian number of up to 8 bytes, or −1 if the data ends. */
  private long number(int size) throws IOException {
    long value = 0;
    for (int i = 0; i < size; i++) {
      if (in.position == in.limit && !in.next()) {
        ended = true;
        return -1;
      }
      value |= (in.array[in.position++] & 0xffL) << (8 * i);
    }
    return value;
  }

  private MalformedImageException malformed(long at, String reason) {
    return new MalformedImageException(format, at, "Zstandard: " + reason);
  }
}
