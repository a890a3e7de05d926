package dev.miniatura.internal.gif;

import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.internal.gif.GifFrames.Frame;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.CanvasDecoder;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.FrameCanvas;
import dev.miniatura.internal.raster.FrameCanvas.Disposal;
import dev.miniatura.internal.raster.FrameCanvas.Placed;
import dev.miniatura.internal.raster.ImageHeader;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.RasterLayout;
import java.io.IOException;
import java.util.Arrays;

/**
 * Decodes GIF (GIF87a and GIF89a). The still picture, which is the first frame, streams by rows if
 * it is not interlaced; frames are drawn on the logical screen. The screen starts transparent and
 * is cleared to transparent: as in browsers, but unlike the specification, it has no background
 * color.
 */
public final class GifDecoder extends CanvasDecoder {

  private final SourceBytes bytes;
  private final Deadline deadline;
  private final Limits limits;
  private final GifFrames frames;
  private final ImageHeader header;
  private int wantedRows;

  private GifDecoder(SourceBytes bytes, Deadline deadline, Limits limits) throws IOException {
    this.bytes = bytes;
    this.deadline = deadline;
    this.limits = limits;
    frames = GifFrames.read(bytes, limits.frames());
    Frame first = first();
    boolean clears =
        frames.count() > 1
            && (first.disposal() == Disposal.RESTORE
                || frames.list().stream().anyMatch(frame -> frame.disposal() == Disposal.CLEAR));
    header =
        ImageHeader.of(Container.GIF.name(), frames.width(), frames.height(), "palette", 8)
            .frames(frames.count())
            .alpha(clears || !first.hides(frames.width(), frames.height()))
            .progressive(first.interlaced())
            .build();
    wantedRows = frames.height();
  }

  /** Opens a file and walks its blocks without decoding any pixel. */
  public static GifDecoder open(SourceBytes bytes, Deadline deadline, Limits limits)
      throws IOException {
    return new GifDecoder(bytes, deadline, limits);
  }

  private Frame first() {
    return frames.list().get(0);
  }

  @Override
  public ImageHeader header() {
    return header;
  }

  @Override
  public int plays() {
    return frames.plays();
  }

  @Override
  protected int present() {
    return frames.list().size();
  }

  @Override
  protected int delayMillis(int frame) {
    return frames.list().get(frame).delayMillis();
  }

  @Override
  public void wanted(int left, int top, int right, int bottom) {
    wantedRows = bottom;
  }

  @Override
  public DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved)
      throws IOException {
    StillRows still = new StillRows(bytes, first(), layout(), wantedRows);
    return DecodePlan.of(
        layout(),
        heldOfSource() + still.workingBytes(),
        first().interlaced() ? "interlaced" : "by rows",
        (sink, notes) -> still.push(sink, notes, deadline));
  }

  private RasterLayout layout() {
    return RasterLayout.interleaved(
        header.width(), header.height(), ColorKind.RGB, header.alpha(), null);
  }

  /** Counts the screen, and the area that a frame covers. */
  @Override
  public DecodePlan planFrames() throws IOException {
    boolean restores =
        frames.list().stream().anyMatch(frame -> frame.disposal() == Disposal.RESTORE);
    int widest = frames.list().stream().mapToInt(Frame::width).max().orElse(0);
    long working =
        heldOfSource()
            + FrameCanvas.workingBytes(header.pixels(), restores)
            + FrameRows.workingBytes()
            + (long) widest * (1 + Integer.BYTES);
    return planOf(layout(), working, "frames on a screen in memory");
  }

  @Override
  public long heldOfSource() throws IOException {
    return bytes.heldBytes();
  }

  @Override
  protected void draw(FrameCanvas canvas, int next, Notes notes) throws IOException {
    Frame frame = frames.list().get(next);
    int width = frame.visibleWidth(frames.width());
    int height = frame.visibleHeight(frames.height());
    boolean empty = width == 0 || height == 0;
    canvas.begin(
        empty
            ? new Placed(0, 0, 0, 0, true, frame.disposal())
            : new Placed(frame.left(), frame.top(), width, height, true, frame.disposal()));
    if (!empty) {
      long size = (long) frame.width() * frame.height();
      if (size > limits.pixels()) {
        throw new LimitExceededException(Limits.Kind.PIXELS, limits.pixels(), size);
      }
      drawRows(canvas, frame, width, height, notes);
    }
  }

  private void drawRows(FrameCanvas canvas, Frame frame, int width, int height, Notes notes)
      throws IOException {
    FrameRows rows = new FrameRows(bytes, frame, deadline);
    int[] colors = FrameRows.colors(bytes, frame);
    byte[] indexes = rows.indexes();
    int[] argb = new int[width];
    int needed = frame.interlaced() ? frame.height() : height;
    while (rows.whole() < needed && rows.next()) {
      int pixels = Math.min(width, rows.pixels());
      for (int x = 0; x < pixels; x++) {
        argb[x] = colors[indexes[x] & 0xff];
      }
      Arrays.fill(argb, pixels, width, 0);
      if (rows.y() < height) {
        canvas.row(rows.y(), argb);
      }
    }
    if (rows.whole() < needed) {
      rows.noteDamage(notes);
    }
  }
}
