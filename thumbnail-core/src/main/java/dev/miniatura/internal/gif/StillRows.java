package dev.miniatura.internal.gif;

import dev.miniatura.internal.bytes.ByteViews;
import dev.miniatura.internal.gif.GifFrames.Frame;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;

/**
 * Delivers the first frame of a file on its screen, by rows. An interlaced frame is held in memory,
 * one byte per pixel; missing rows of a truncated one repeat those above them.
 */
final class StillRows {

  private static final int GRAY = 0x808080;

  private final SourceBytes bytes;
  private final Frame frame;
  private final RasterLayout layout;
  private final int wanted;
  private final int visibleHeight;
  private final int visibleWidth;

  /**
   * Plans the rows.
   *
   * @param layout one plane of RGB, with alpha if part of the screen is visible
   * @param wanted how many rows of the screen are to be delivered
   */
  StillRows(SourceBytes bytes, Frame frame, RasterLayout layout, int wanted) {
    this.bytes = bytes;
    this.frame = frame;
    this.layout = layout;
    this.wanted = wanted;
    visibleWidth = frame.visibleWidth(layout.width());
    visibleHeight = frame.visibleHeight(layout.height());
  }

  /** Returns the bytes of memory that delivering takes, in addition to the source. */
  long workingBytes() {
    long held = frame.interlaced() ? (long) visibleWidth * visibleHeight : 0;
    return FrameRows.workingBytes() + frame.width() + (long) layout.width() * 4 + 1 + held;
  }

  void push(RowSink sink, Notes notes, Deadline deadline) throws IOException {
    sink.begin(layout);
    Row row = new Row(FrameRows.colors(bytes, frame));
    int above = visibleWidth == 0 ? wanted : Math.min(wanted, frame.top());
    for (int y = 0; y < above; y++) {
      sink.row(0, y, row.samples, 0);
    }
    int last = Math.min(wanted, frame.top() + visibleHeight);
    if (above < last) {
      FrameRows rows = new FrameRows(bytes, frame, deadline);
      int needed = frame.interlaced() ? frame.height() : last - frame.top();
      if (frame.interlaced()) {
        pass(rows, row, last, sink);
      } else {
        stream(rows, row, last, sink);
      }
      if (rows.whole() < needed) {
        rows.noteDamage(notes);
        return;
      }
    }
    row.set(new byte[0], 0, 0);
    for (int y = Math.max(above, last); y < wanted; y++) {
      sink.row(0, y, row.samples, 0);
    }
  }

  /** Delivers rows as they arrive, up to a row of the screen. */
  private void stream(FrameRows rows, Row row, int last, RowSink sink) throws IOException {
    for (int y = frame.top(); y < last && rows.next(); y++) {
      row.set(rows.indexes(), 0, Math.min(rows.pixels(), visibleWidth));
      sink.row(0, y, row.samples, 0);
    }
  }

  /** Delivers rows once all passes are read, up to a row of the screen. */
  private void pass(FrameRows rows, Row row, int last, RowSink sink) throws IOException {
    byte[] picture = new byte[visibleWidth * visibleHeight];
    while (rows.next()) {
      if (rows.y() < visibleHeight) {
        int count = Math.min(rows.pixels(), visibleWidth);
        System.arraycopy(rows.indexes(), 0, picture, rows.y() * visibleWidth, count);
      }
    }
    for (int y = frame.top(); y < last; y++) {
      int from = Interlacing.substitute(y - frame.top(), frame.height(), rows.whole());
      if (from < 0) {
        return;
      }
      row.set(picture, from * visibleWidth, visibleWidth);
      sink.row(0, y, row.samples, 0);
    }
  }

  /** A row of the screen. */
  private final class Row {

    /** Initially transparent; with room for a whole number at the last pixel. */
    final byte[] samples = new byte[layout.width() * layout.channels() + 1];

    private final int[] colors = new int[256]; // their samples, the first in the lowest place

    Row(int[] argb) {
      for (int i = 0; i < colors.length; i++) {
        int swapped = Integer.reverseBytes(argb[i]) >>> 8; // red lowest
        colors[i] = swapped | (argb[i] & 0xff << 24);
      }
    }

    /** Sets the pixels of the frame; those beyond {@code count} are missing. */
    void set(byte[] indexes, int from, int count) {
      int channels = layout.channels();
      int at = frame.left() * channels;
      for (int i = from; i < from + count; i++) {
        ByteViews.putIntLe(samples, at, colors[indexes[i] & 0xff]);
        at += channels;
      }
      int missing = layout.alpha() ? 0 : GRAY;
      for (int i = count; i < visibleWidth; i++) {
        ByteViews.putIntLe(samples, at, missing);
        at += channels;
      }
    }
  }
}
