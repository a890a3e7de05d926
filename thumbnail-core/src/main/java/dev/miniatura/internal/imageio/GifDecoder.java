package dev.miniatura.internal.imageio;

import dev.miniatura.ImageInfo;
import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.internal.imageio.GifFrames.Frame;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.FrameCanvas;
import dev.miniatura.internal.raster.FrameCanvas.Disposal;
import dev.miniatura.internal.raster.FrameCanvas.Placed;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.RasterLayout;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * Draws the frames of a GIF, which the JDK's reader decompresses one by one, on the logical screen.
 * The screen begins transparent and is cleared to transparent: like browsers, and unlike the
 * specification, it has no background color.
 */
final class GifDecoder extends CanvasDecoder {

  private final SourceBytes bytes;
  private final ImageReader reader;
  private final PluginInput in;
  private final Limits limits;
  private final GifFrames frames;
  private final ImageInfo info;

  GifDecoder(SourceBytes bytes, ImageReader reader, PluginInput in, Limits limits)
      throws IOException {
    this.bytes = bytes;
    this.reader = reader;
    this.in = in;
    this.limits = limits;
    in.feed(reader);
    frames = GifFrames.read(bytes, limits.frames());
    Frame first = frames.list().get(0);
    boolean clears =
        frames.count() > 1
            && (first.disposal() == Disposal.RESTORE
                || frames.list().stream().anyMatch(frame -> frame.disposal() == Disposal.CLEAR));
    info =
        new ImageInfo(
            "GIF",
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

  @Override
  public ImageInfo info() {
    return info;
  }

  @Override
  public int plays() {
    return frames.plays();
  }

  @Override
  int present() {
    return frames.list().size();
  }

  @Override
  int delayMillis(int frame) {
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
        RasterLayout.interleaved(info.width(), info.height(), ColorKind.RGB, info.alpha(), null);
    boolean restores =
        frames.list().stream().anyMatch(frame -> frame.disposal() == Disposal.RESTORE);
    long working =
        heldOfSource() + FrameCanvas.workingBytes(info.pixels(), restores) + info.pixels();
    return planOf(layout, working, "frames on a screen in memory");
  }

  @Override
  public long heldOfSource() throws IOException {
    return bytes.heldBytes();
  }

  @Override
  void draw(FrameCanvas canvas, int next, Notes notes) throws IOException {
    Frame frame = frames.list().get(next);
    Rectangle visible = visible(frame);
    canvas.begin(
        new Placed(visible.x, visible.y, visible.width, visible.height, true, frame.disposal()));
    if (!visible.isEmpty()) {
      long size = (long) frame.width() * frame.height();
      if (size > limits.pixels()) {
        throw new LimitExceededException(Limits.Kind.PIXELS, limits.pixels(), size);
      }
      ImageReadParam part = reader.getDefaultReadParam();
      part.setSourceRegion(new Rectangle(visible.width, visible.height));
      BufferedImage picture = PluginCall.guarded("GIF", in, () -> reader.read(next, part));
      int[] row = new int[visible.width];
      for (int y = 0; y < visible.height; y++) {
        picture.getRGB(0, y, visible.width, 1, row, 0, visible.width);
        canvas.row(y, row);
      }
    }
  }

  private Rectangle visible(Frame frame) {
    Rectangle area = new Rectangle(frame.left(), frame.top(), frame.width(), frame.height());
    Rectangle visible = area.intersection(new Rectangle(frames.width(), frames.height()));
    return visible.isEmpty() ? new Rectangle() : visible;
  }
}
