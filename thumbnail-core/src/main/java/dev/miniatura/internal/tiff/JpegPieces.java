package dev.miniatura.internal.tiff;

import dev.miniatura.ImageSource;
import dev.miniatura.Limits;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.InputWindow;
import dev.miniatura.internal.jpeg.decode.JpegPiece;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.util.Arrays;

/**
 * Opens the JPEGs in a page's strips or tiles, with their shared tables (TIFF technical note 2), or
 * with the tables that old writers spread over several fields (TIFF 6.0, section 22).
 */
final class JpegPieces {

  private static final int MAX_IN_MEMORY = 1 << 20;
  private static final int TABLE_BYTES = 64;
  private static final int PROC = 512;
  private static final int RESTART_INTERVAL = 515;
  private static final int Q_TABLES = 519;
  private static final int DC_TABLES = 520;
  private static final int AC_TABLES = 521;

  private final Page page;
  private final Limits limits;
  private final Deadline deadline;
  private final byte[] tables;

  /** Whether one JPEG contains the whole page, whatever the strips are. */
  final boolean whole;

  JpegPieces(Page page, Limits limits, Deadline deadline) throws IOException {
    this.page = page;
    this.limits = limits;
    this.deadline = deadline;
    whole = page.compression == Page.OLD_JPEG && isStream(page);
    byte[] shared = page.directory.bytes(Tag.JPEG_TABLES);
    tables = page.compression == Page.OLD_JPEG || shared == null ? new byte[0] : shared;
    if (page.planar) {
      throw new UnsupportedImageException(page.file.format + ": JPEG by planes");
    }
  }

  private static boolean isStream(Page page) throws IOException {
    long at = page.directory.number(Tag.JPEG_INTERCHANGE_FORMAT, 0);
    return at > 0 && page.file.u8(at) == 0xff && page.file.u8(at + 1) == 0xd8;
  }

  int across() {
    return whole ? 1 : page.across;
  }

  int down() {
    return whole ? 1 : page.down;
  }

  int pieceWidth() {
    return whole ? page.width : page.segmentWidth;
  }

  int pieceHeight() {
    return whole ? page.height : page.segmentHeight;
  }

  /** Opens the JPEG of a strip or tile. */
  JpegPiece open(int column, int row) throws IOException {
    int segment = row * page.across + column;
    long start = page.offset(segment);
    long length = page.length(segment);
    byte[] before = tables;
    if (whole) {
      start = page.directory.number(Tag.JPEG_INTERCHANGE_FORMAT, 0);
      length = Long.MAX_VALUE / 4;
    } else if (page.compression == Page.OLD_JPEG && page.file.u16(start) != soi()) {
      before = oldHeader(page.rowsOf(row));
    }
    if (start <= 0 || !page.file.has(start, 1)) {
      throw page.file.malformed(start, "a piece is missing");
    }
    return JpegPiece.open(window(before, start, length), limits);
  }

  private int soi() {
    return page.file.little ? 0xd8ff : 0xffd8;
  }

  private InputWindow window(byte[] before, long start, long length) throws IOException {
    long end = page.file.bytes.reach(start + length);
    ImageSource source;
    if (end - start <= MAX_IN_MEMORY) {
      byte[] piece = page.file.bytes.slice(start, end);
      byte[] joined = Arrays.copyOf(before, before.length + piece.length);
      System.arraycopy(piece, 0, joined, before.length, piece.length);
      source = ImageSource.of(joined);
    } else {
      source =
          ImageSource.of(
              new SequenceInputStream(
                  new ByteArrayInputStream(before), page.file.bytes.stream(start, end)));
    }
    return InputWindow.open(source, limits, deadline);
  }

  /** Builds the segments before the data of a strip from the fields that old writers used. */
  private byte[] oldHeader(int rows) throws IOException {
    Directory fields = page.directory;
    if (fields.number(PROC, 1) != 1 || !fields.has(Q_TABLES)) {
      throw new UnsupportedImageException(page.file.format + ": old-style JPEG without tables");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    put(out, 0xff, 0xd8);
    for (int i = 0; i < page.samples; i++) {
      put(out, 0xff, 0xdb, 0, 3 + TABLE_BYTES, i);
      long at = fields.number(Q_TABLES, i, 0);
      out.write(page.file.bytes.slice(at, at + TABLE_BYTES));
      putCodes(out, i, fields.number(DC_TABLES, i, 0));
      putCodes(out, 0x10 | i, fields.number(AC_TABLES, i, 0));
    }
    int interval = (int) fields.number(RESTART_INTERVAL, 0);
    put(out, 0xff, 0xdd, 0, 4, interval >> 8, interval);
    put(out, 0xff, 0xc0, 0, 8 + 3 * page.samples, 8, rows >> 8, rows);
    put(out, page.segmentWidth >> 8, page.segmentWidth, page.samples);
    boolean chroma = page.photometric == Page.YCBCR;
    int factors =
        chroma
            ? (int) fields.number(Tag.YCBCR_SUBSAMPLING, 0, 2) << 4
                | (int) fields.number(Tag.YCBCR_SUBSAMPLING, 1, 2)
            : 0x11;
    for (int i = 0; i < page.samples; i++) {
      put(out, i + 1, i == 0 ? factors : 0x11, i);
    }
    put(out, 0xff, 0xda, 0, 6 + 2 * page.samples, page.samples);
    for (int i = 0; i < page.samples; i++) {
      put(out, i + 1, i << 4 | i);
    }
    put(out, 0, 63, 0);
    return out.toByteArray();
  }

  private void putCodes(ByteArrayOutputStream out, int kind, long at) throws IOException {
    byte[] counts = page.file.bytes.slice(at, at + 16);
    int codes = 0;
    for (byte count : counts) {
      codes += count & 0xff;
    }
    put(out, 0xff, 0xc4, (19 + codes) >> 8, 19 + codes, kind);
    out.write(page.file.bytes.slice(at, at + 16 + codes));
  }

  private static void put(ByteArrayOutputStream out, int... bytes) {
    for (int each : bytes) {
      out.write(each);
    }
  }
}
