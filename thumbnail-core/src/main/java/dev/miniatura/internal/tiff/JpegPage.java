package dev.miniatura.internal.tiff;

import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.jpeg.decode.JpegPiece;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.Plane;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Decodes a page that consists of JPEGs: their planes, reduced as far as the target allows, are
 * placed side by side.
 */
final class JpegPage {

  private static final int MAX_TRIED = 64;

  private final Page page;
  private final JpegPieces pieces;
  private final Deadline deadline;
  private final JpegPiece first;
  private final ColorKind color;
  private int firstIndex;

  JpegPage(Page page, JpegPieces pieces, Deadline deadline) throws IOException {
    this.page = page;
    this.pieces = pieces;
    this.deadline = deadline;
    first = firstThatOpens();
    color = color();
  }

  /**
   * Returns the first piece that can be opened: if data is missing, the first pieces may be absent.
   */
  private JpegPiece firstThatOpens() throws IOException {
    MalformedImageException problem = null;
    for (int i = 0; i < Math.min(MAX_TRIED, pieces.across() * pieces.down()); i++) {
      try {
        JpegPiece piece = pieces.open(i % pieces.across(), i / pieces.across());
        firstIndex = i;
        return piece;
      } catch (MalformedImageException e) {
        problem = problem == null ? e : problem;
      }
    }
    throw problem == null
        ? page.file.malformed(page.directory.at, "has no strips or tiles")
        : problem;
  }

  private ColorKind color() throws IOException {
    int components = first.components();
    boolean three = components >= 3;
    return switch (page.photometric) {
      case Page.WHITE_IS_ZERO, Page.BLACK_IS_ZERO -> ColorKind.GRAY;
      case Page.YCBCR -> three ? ColorKind.YCBCR : ColorKind.GRAY;
      case Page.RGB ->
          !three ? ColorKind.GRAY : first.isSubsampled() ? ColorKind.YCBCR : ColorKind.RGB;
      case Page.SEPARATED -> {
        if (components != 4) {
          throw unsupported(components + " components of ink");
        }
        yield ColorKind.CMYK;
      }
      default -> throw unsupported("JPEG of photometric interpretation " + page.photometric);
    };
  }

  ColorKind kind() {
    return color;
  }

  /** Returns idct sizes for a target at which the edges of pieces fall between samples. */
  int[] idctSizes(double targetWidth, double targetHeight, boolean chromaHalved)
      throws UnsupportedImageException {
    int[] sizes =
        first.idctSizes(color, page.width, page.height, targetWidth, targetHeight, chromaHalved);
    for (int i = 0; i < color.channels(); i++) {
      while (!endsBetweenSamples(i, sizes[i])) {
        if (sizes[i] == 8) {
          throw unsupported(
              "JPEGs of %d x %d pixels side by side"
                  .formatted(pieces.pieceWidth(), pieces.pieceHeight()));
        }
        sizes[i] = JpegPiece.larger(sizes[i]);
      }
    }
    return sizes;
  }

  private boolean endsBetweenSamples(int component, int size) {
    return (pieces.across() == 1 || first.columnAt(component, size, pieces.pieceWidth()) >= 0)
        && (pieces.down() == 1 || first.rowAt(component, size, pieces.pieceHeight()) >= 0);
  }

  List<Plane> planes(int[] sizes) {
    return first.planes(color, page.width, page.height, sizes);
  }

  long workingBytes(int[] sizes) {
    long band = 0;
    for (int i = 0; i < color.channels(); i++) {
      band += (long) planes(sizes).get(i).width() * bandRows(i, sizes);
    }
    return first.workingBytes(color, sizes) + (2 << 20) + band;
  }

  /**
   * Returns the number of rows of a plane to buffer for a row of pieces; 1 is enough if pieces span
   * the picture.
   */
  private int bandRows(int component, int[] sizes) {
    return pieces.across() == 1
        ? 1
        : first.rowAt(component, sizes[component], pieces.pieceHeight()) < 0
            ? planes(sizes).get(component).height()
            : first.rowAt(component, sizes[component], pieces.pieceHeight());
  }

  void decode(int[] sizes, RowSink sink, Notes notes) throws IOException {
    List<Plane> planes = planes(sizes);
    boolean inverted = page.photometric == Page.WHITE_IS_ZERO;
    boolean any = false;
    MalformedImageException problem = null;
    for (int row = 0; row < pieces.down(); row++) {
      Band band = new Band(planes, sizes, row, sink);
      for (int column = 0; column < pieces.across(); column++) {
        deadline.check();
        band.start(column);
        try {
          JpegPiece piece =
              row * pieces.across() + column == firstIndex ? first : pieces.open(column, row);
          if (!piece.fits(first)) {
            throw page.file.malformed(-1, "a strip or tile has other components than the first");
          }
          piece.decode(color, sizes, inverted, band, notes);
          any = true;
        } catch (MalformedImageException e) {
          problem = problem == null ? e : problem;
          notes.add(page.file.format, e.reason(), "what it holds is gray", e.offset());
        }
      }
      band.finish();
    }
    if (!any && problem != null) {
      throw problem;
    }
  }

  private UnsupportedImageException unsupported(String what) {
    return new UnsupportedImageException(page.file.format + ": " + what);
  }

  /** A row of pieces: rows pass through if one piece spans them, and are collected otherwise. */
  private final class Band implements RowSink {

    private final List<Plane> planes;
    private final int[] sizes;
    private final RowSink sink;
    private final int[] firstRow;
    private final int[] rows;
    private final int[] done; // number of rows passed through
    private final byte[][] gathered;
    private final byte[][] blank;
    private int column;

    Band(List<Plane> planes, int[] sizes, int row, RowSink sink) {
      this.planes = planes;
      this.sizes = sizes;
      this.sink = sink;
      int count = planes.size();
      firstRow = new int[count];
      rows = new int[count];
      done = new int[count];
      gathered = new byte[count][];
      blank = new byte[count][];
      for (int i = 0; i < count; i++) {
        Plane plane = planes.get(i);
        boolean last = row == pieces.down() - 1;
        firstRow[i] = row == 0 ? 0 : first.rowAt(i, sizes[i], row * pieces.pieceHeight());
        int end =
            last ? plane.height() : first.rowAt(i, sizes[i], (row + 1) * pieces.pieceHeight());
        rows[i] = Math.max(0, Math.min(end, plane.height()) - firstRow[i]);
        gathered[i] = new byte[pieces.across() == 1 ? 0 : rows[i] * plane.width()];
        Arrays.fill(gathered[i], (byte) 128);
        blank[i] = new byte[pieces.across() == 1 ? plane.width() : 0];
        Arrays.fill(blank[i], (byte) 128);
      }
    }

    void start(int next) {
      column = next;
    }

    @Override
    public void row(int plane, int y, byte[] samples, int offset) throws IOException {
      if (y >= rows[plane]) {
        return;
      }
      int width = planes.get(plane).width();
      int length = samples.length - offset;
      if (gathered[plane].length > 0) {
        int x = column == 0 ? 0 : first.columnAt(plane, sizes[plane], column * pieces.pieceWidth());
        int own = Math.max(1, first.columnAt(plane, sizes[plane], pieces.pieceWidth()));
        int count = Math.min(Math.min(width - x, own), length);
        System.arraycopy(samples, offset, gathered[plane], y * width + x, Math.max(0, count));
        return;
      }
      if (length >= width) {
        sink.row(plane, firstRow[plane] + y, samples, offset);
      } else {
        System.arraycopy(samples, offset, blank[plane], 0, length);
        sink.row(plane, firstRow[plane] + y, blank[plane], 0);
      }
      done[plane] = y + 1;
    }

    void finish() throws IOException {
      for (int i = 0; i < rows.length; i++) {
        int width = planes.get(i).width();
        for (int y = done[i]; y < rows[i]; y++) {
          boolean many = gathered[i].length > 0;
          sink.row(i, firstRow[i] + y, many ? gathered[i] : blank[i], many ? y * width : 0);
        }
      }
    }
  }
}
