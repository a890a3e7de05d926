package dev.miniatura.internal.gif;

import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.internal.gif.GifFrames.Frame;
import dev.miniatura.internal.io.Container;
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
import java.awt.Rectangle;
import java.io.IOException;

/**
 * Draws the frames of a GIF, decompressed one by one, on the logical screen. The screen begins
 * transparent and is cleared to transparent: like browsers, and unlike the specification, it has no
 * background color.
 */
public final class GifDecoder extends CanvasDecoder {

  private final SourceBytes bytes;
  private final FrameReader reader;
  private final Limits limits;
  private final GifFrames frames;
  private final ImageHeader header;

  private GifDecoder(SourceBytes bytes, FrameReader reader, Limits limits) throws IOException {
    this.bytes = bytes;
    this.reader = reader;
    this.limits = limits;
    frames = GifFrames.read(bytes, limits.frames());
    Frame first = frames.list().get(0);
    boolean clears =
        frames.count() > 1
            && (first.disposal() == Disposal.RESTORE
                || frames.list().stream().anyMatch(frame -> frame.disposal() == Disposal.CLEAR));
    header =
        new ImageHeader(
            Container.GIF.name(),
            frames.width(),
            frames.height(),
            1,
            frames.count(),
            "palette",
            8,
            clears || !first.hides(frames.width(), frames.height()),
            false,
            first.interlaced());
  }

  /**
   * Opens a file.
   *
   * @param reader decompresses the frames of the file
   */
  public static GifDecoder open(SourceBytes bytes, Limits limits, FrameReader reader)
      throws IOException {
    return new GifDecoder(bytes, reader, limits);
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
  public DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved)
      throws IOException {
    return planFrames();
  }

  /** Counts the screen, what a frame covers, and the frame's indexes. */
  @Override
  public DecodePlan planFrames() throws IOException {
    RasterLayout layout =
        RasterLayout.interleaved(
            header.width(), header.height(), ColorKind.RGB, header.alpha(), null);
    boolean restores =
        frames.list().stream().anyMatch(frame -> frame.disposal() == Disposal.RESTORE);
    long working =
        heldOfSource() + FrameCanvas.workingBytes(header.pixels(), restores) + header.pixels();
    return planOf(layout, working, "frames on a screen in memory");
  }

  @Override
  public long heldOfSource() throws IOException {
    return bytes.heldBytes();
  }

  @Override
  protected void draw(FrameCanvas canvas, int next, Notes notes) throws IOException {
    Frame frame = frames.list().get(next);
    Rectangle visible = visible(frame);
    canvas.begin(
        new Placed(visible.x, visible.y, visible.width, visible.height, true, frame.disposal()));
    if (!visible.isEmpty()) {
      long size = (long) frame.width() * frame.height();
      if (size > limits.pixels()) {
        throw new LimitExceededException(Limits.Kind.PIXELS, limits.pixels(), size);
      }
      reader.read(next, visible.width, visible.height, canvas::row);
    }
  }

  private Rectangle visible(Frame frame) {
    Rectangle area = new Rectangle(frame.left(), frame.top(), frame.width(), frame.height());
    Rectangle visible = area.intersection(new Rectangle(frames.width(), frames.height()));
    return visible.isEmpty() ? new Rectangle() : visible;
  }
}
