package dev.miniatura.internal.bmp;

import dev.miniatura.internal.bmp.BmpHeader.Compression;
import dev.miniatura.internal.bytes.ByteViews;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.ImageDecoder;
import dev.miniatura.internal.raster.ImageHeader;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;

/**
 * Decodes a bitmap in an ICO or CUR file: a BMP without a file header, whose height counts the
 * picture and, beneath, a mask of one bit per pixel, set where the screen shows through. The mask
 * counts unless pixels have 32 bits and any of them has alpha.
 */
public final class IconBitmap implements ImageDecoder {

  private static final int FILE_HEADER = 14;
  private static final int CORE = 12;
  private static final int MAX_HEADER = FILE_HEADER + 124 + 16 + 4 * 256; // masks and palette
  private static final int HIGH_BYTE = 0xff << 24;

  private final SourceBytes file;
  private final long start;
  private final long end;
  private final Deadline deadline;
  private final BmpHeader header;

  private IconBitmap(SourceBytes file, long start, long end, Deadline deadline) throws IOException {
    this.file = file;
    this.start = start;
    this.end = end;
    this.deadline = deadline;
    header = BmpHeader.read(SourceBytes.of(bmp(MAX_HEADER)));
  }

  /**
   * Opens a bitmap, reading only its header.
   *
   * @param start its position in the file
   * @param end the position after it
   */
  public static IconBitmap open(SourceBytes file, long start, long end, Deadline deadline)
      throws IOException {
    return new IconBitmap(file, start, end, deadline);
  }

  /** Returns the bits of a pixel. */
  public int bits() {
    return header.bits();
  }

  /** Returns whether the file has all of the picture. */
  public boolean isComplete() throws IOException {
    return file.at(start - FILE_HEADER + pictureEnd() - 1) >= 0;
  }

  /** Returns where the mask begins, as if the bitmap were a BMP file. */
  private long pictureEnd() {
    return header.compression() == Compression.NONE
        ? header.dataStart() + header.rowBytes() * header.height()
        : FILE_HEADER + end - start;
  }

  private int maskRowBytes() {
    return (header.width() + 31) / 32 * 4;
  }

  /** Returns a BMP file of the bitmap with the height of the picture alone. */
  private byte[] bmp(long length) throws IOException {
    long count = file.reach(Math.min(end, start + length - FILE_HEADER)) - start;
    byte[] bmp = new byte[FILE_HEADER + Math.toIntExact(Math.max(0, count))];
    bmp[0] = 'B';
    bmp[1] = 'M';
    file.read(start, bmp, FILE_HEADER, bmp.length - FILE_HEADER);
    if (count >= CORE) {
      boolean core = ByteViews.intLe(bmp, FILE_HEADER) == CORE;
      int at = FILE_HEADER + (core ? 6 : 8);
      int height = core ? BmpHeader.u16(bmp, at) : ByteViews.intLe(bmp, at);
      int half = height / 2;
      for (int i = 0; i < (core ? 2 : 4); i++) {
        bmp[at + i] = (byte) (half >> (8 * i));
      }
    }
    return bmp;
  }

  @Override
  public ImageHeader header() {
    return BmpDecoder.describe(header, new PixelUnpacker(header)).alpha(true).build();
  }

  @Override
  public DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved) {
    RasterLayout layout =
        RasterLayout.interleaved(header.width(), header.height(), ColorKind.RGB, true, null);
    long stored = header.rowBytes() * header.height() + (long) maskRowBytes() * header.height();
    return DecodePlan.of(
        layout,
        2 * stored + StoredRows.workingBytes(header),
        "in memory",
        (sink, notes) -> decode(layout, sink, notes));
  }

  private void decode(RasterLayout layout, RowSink sink, Notes notes) throws IOException {
    byte[] bmp = bmp(pictureEnd() + (long) maskRowBytes() * header.height());
    int alpha = header.masks()[3] != 0 ? header.masks()[3] : HIGH_BYTE;
    boolean masked = header.bits() < 32 || !isAny(bmp, alpha);
    BmpHeader shown = header.withAlphaMask(masked ? 0 : alpha);
    RowSink rows = masked ? new Masked(layout, bmp, sink) : sink;
    new BmpDecoder(SourceBytes.of(bmp), deadline, shown)
        .plan(header.width(), header.height())
        .decode(rows, notes);
  }

  /** Returns whether any pixel of 32 bits has bits of a mask. */
  private boolean isAny(byte[] bmp, int mask) {
    long stop = Math.min(bmp.length - 3L, pictureEnd());
    for (int at = (int) header.dataStart(); at < stop; at += 4) {
      if ((ByteViews.intLe(bmp, at) & mask) != 0) {
        return true;
      }
    }
    return false;
  }

  /** Adds the alpha that the mask gives; where the mask is truncated, pixels are opaque. */
  private final class Masked implements RowSink {

    private final RasterLayout layout;
    private final byte[] bmp;
    private final RowSink sink;
    private final byte[] row;
    private final long maskStart;

    Masked(RasterLayout layout, byte[] bmp, RowSink sink) {
      this.layout = layout;
      this.bmp = bmp;
      this.sink = sink;
      row = new byte[header.width() * layout.channels()];
      // Run lengths end somewhere before the mask, which is the last part of the bitmap.
      maskStart =
          header.compression() == Compression.NONE
              ? pictureEnd()
              : bmp.length - (long) maskRowBytes() * header.height();
    }

    @Override
    public void begin(RasterLayout ofPicture) throws IOException {
      sink.begin(layout);
    }

    @Override
    public void row(int plane, int y, byte[] samples, int offset) throws IOException {
      long stored = header.topDown() ? y : header.height() - 1 - y;
      long line = maskStart + stored * maskRowBytes();
      for (int x = 0; x < header.width(); x++) {
        System.arraycopy(samples, offset + 3 * x, row, 4 * x, 3);
        long at = line + (x >> 3);
        boolean clear = at >= 0 && at < bmp.length && (bmp[(int) at] >> (7 - (x & 7)) & 1) != 0;
        row[4 * x + 3] = (byte) (clear ? 0 : 255);
      }
      sink.row(0, y, row, 0);
    }
  }
}
