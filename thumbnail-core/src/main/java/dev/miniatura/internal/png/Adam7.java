package dev.miniatura.internal.png;

import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Deinterlaces an image (PNG, third edition, section 8.2). Six passes together hold the even rows,
 * and the seventh holds the odd ones in order: so the even rows are stored, and the odd ones go to
 * the sink as they arrive. Rows are allocated when the first data for them arrives, so a file that
 * claims a size but has no data costs nothing.
 */
final class Adam7 {

  private static final int PASSES = 7;
  private static final int[] X_START = {0, 4, 0, 2, 0, 1, 0};
  private static final int[] Y_START = {0, 0, 4, 0, 2, 0, 1};
  private static final int[] X_STEP = {8, 8, 4, 4, 2, 2, 1};
  private static final int[] Y_STEP = {8, 8, 8, 4, 4, 2, 2};

  private final PngHeader header;
  private final Scanlines lines;
  private final SampleExpander expander;
  private final int channels;
  private final byte[] @Nullable [] evenRows;
  private final byte[] line;

  Adam7(PngHeader header, Scanlines lines, SampleExpander expander) {
    this.header = header;
    this.lines = lines;
    this.expander = expander;
    channels = expander.channels();
    evenRows = new byte[(header.height() + 1) / 2][];
    line = new byte[Math.multiplyExact(header.width(), channels)];
  }

  /** Returns the bytes that an image takes in addition to its scanlines. */
  static long workingBytes(PngHeader header, int channels) {
    long even = (header.height() + 1L) / 2;
    return even * ((long) header.width() * channels + 24) + (long) header.width() * channels;
  }

  /**
   * Reads and delivers the image. If the data ends early, missing pixels repeat the nearest one of
   * an earlier pass, as in a progressive display; rows with no pixel at all are not delivered.
   *
   * @return whether all data was there
   */
  boolean decode(RowSink sink) throws IOException {
    boolean complete = true;
    int height = header.height();
    for (int pass = 0; pass < PASSES - 1; pass++) {
      int missing = complete ? readPass(pass) : Y_START[pass];
      if (missing < height) {
        complete = false;
        if (pass == 0) {
          if (missing == 0) {
            throw lines.malformed("no image data");
          }
          height = missing;
        } else {
          fillPass(pass, missing, height);
        }
      }
    }
    lines.start((int) header.rowBytes(header.width()));
    for (int y = 0; y < height; y++) {
      if ((y & 1) == 1 && complete && (complete = lines.next())) {
        expander.expand(lines.row(), 0, header.width(), line);
        sink.row(0, y, line, 0);
      } else {
        sink.row(0, y, evenRow(y), 0);
      }
    }
    return complete;
  }

  /** Returns the first row of the image that is missing from a pass, or the height if none is. */
  private int readPass(int pass) throws IOException {
    int pixels = pixels(header.width(), X_START[pass], X_STEP[pass]);
    if (pixels == 0) {
      return header.height();
    }
    lines.start((int) header.rowBytes(pixels));
    for (int y = Y_START[pass]; y < header.height(); y += Y_STEP[pass]) {
      if (!lines.next()) {
        return y;
      }
      expander.expand(lines.row(), 0, pixels, line);
      byte[] target = evenRow(y);
      int step = X_STEP[pass] * channels;
      int to = X_START[pass] * channels;
      for (int from = 0; from < pixels * channels; from += channels, to += step) {
        System.arraycopy(line, from, target, to, channels);
      }
    }
    return header.height();
  }

  /**
   * Fills a pass from row {@code top}: each pixel repeats the one next to it from an earlier pass.
   */
  private void fillPass(int pass, int top, int height) {
    for (int y = top; y < height; y += Y_STEP[pass]) {
      byte[] target = evenRow(y);
      byte[] nearest = evenRow(y - Y_START[pass]);
      for (int x = X_START[pass]; x < header.width(); x += X_STEP[pass]) {
        int from = (x - X_START[pass]) * channels;
        System.arraycopy(nearest, from, target, x * channels, channels);
      }
    }
  }

  private byte[] evenRow(int y) {
    byte[] row = evenRows[y / 2];
    if (row == null) {
      row = new byte[line.length];
      evenRows[y / 2] = row;
    }
    return row;
  }

  private static int pixels(int size, int start, int step) {
    return (int) ((size - start + step - 1L) / step);
  }
}
