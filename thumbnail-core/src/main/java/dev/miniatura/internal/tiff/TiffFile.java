package dev.miniatura.internal.tiff;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;

/**
 * The numbers of a TIFF file (TIFF 6.0, section 2): in the byte order of its header, with offsets
 * of four bytes, or of eight in a BigTIFF.
 */
public final class TiffFile {

  private static final int BIG = 43; // the version of BigTIFF

  public final SourceBytes bytes;

  final String format;
  final boolean little;

  /** Whether the file is a BigTIFF. */
  public final boolean big;

  private TiffFile(SourceBytes bytes, String format, boolean little, boolean big) {
    this.bytes = bytes;
    this.format = format;
    this.little = little;
    this.big = big;
  }

  /** Reads the header. */
  public static TiffFile open(SourceBytes bytes) throws IOException {
    boolean little = bytes.at(0) == 'I';
    int version = Math.max(bytes.at(2), bytes.at(3)); // in the other order of bytes, at times
    boolean big = version == BIG;
    TiffFile file =
        new TiffFile(bytes, (big ? Container.BIGTIFF : Container.TIFF).name(), little, big);
    if (bytes.reach(file.headerBytes()) < file.headerBytes()) {
      throw file.malformed(0, "ends within its header");
    }
    return file;
  }

  private int headerBytes() {
    return big ? 16 : 8;
  }

  /** Returns the offset of the first directory. */
  public long first() throws IOException {
    return offset(big ? 8 : 4);
  }

  int u8(long at) throws IOException {
    return Math.max(0, bytes.at(at));
  }

  int u16(long at) throws IOException {
    int first = u8(at);
    int second = u8(at + 1);
    return little ? second << 8 | first : first << 8 | second;
  }

  long u32(long at) throws IOException {
    long first = u16(at);
    long second = u16(at + 2);
    return little ? second << 16 | first : first << 16 | second;
  }

  long i64(long at) throws IOException {
    long first = u32(at);
    long second = u32(at + 4);
    return little ? second << 32 | first : first << 32 | second;
  }

  /** Returns an offset in the file, with the file's offset size. */
  long offset(long at) throws IOException {
    return big ? i64(at) : u32(at);
  }

  /** Returns whether the file has all bytes of a range. */
  public boolean has(long at, long count) throws IOException {
    return at >= 0 && count >= 0 && at + count >= 0 && bytes.reach(at + count) == at + count;
  }

  MalformedImageException malformed(long at, String reason) {
    return new MalformedImageException(format, at, reason);
  }
}
