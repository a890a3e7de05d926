package dev.miniatura.internal.tiff;

import dev.miniatura.UnsupportedImageException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.XZIOException;
import org.tukaani.xz.XZInputStream;

/**
 * Decompresses LZMA (compression 34925), whose segments are .xz streams, with XZ for Java. An
 * application that does not need this compression may leave the library out.
 */
final class LzmaRows implements RowReader {

  /** The memory that a stream may take; the encoder's level 9 needs 65 MiB. */
  static final long MEMORY_BYTES = 72 << 20;

  private final SegmentInput in;
  private final TiffFile file;
  private @Nullable InputStream stream;

  LzmaRows(SegmentInput in, TiffFile file) {
    this.in = in;
    this.file = file;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    long at = in.offset();
    try {
      InputStream open = stream;
      if (open == null) {
        open = new XZInputStream(new Stored(in), (int) (MEMORY_BYTES >> 10), false);
        stream = open;
      }
      return open.readNBytes(target, offset, length);
    } catch (MemoryLimitException e) {
      throw new UnsupportedImageException(file.format + ": LZMA with a larger dictionary", e);
    } catch (EOFException e) {
      return 0;
    } catch (XZIOException | IndexOutOfBoundsException e) {
      throw file.malformed(at, "LZMA: " + e.getMessage());
    }
  }

  /** The stored bytes as a stream. */
  private static final class Stored extends InputStream {

    private final SegmentInput in;

    Stored(SegmentInput in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = in.read(target, offset, length);
      return count == 0 && length > 0 ? -1 : count;
    }
  }
}
