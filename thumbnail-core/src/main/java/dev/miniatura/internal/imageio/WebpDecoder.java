package dev.miniatura.internal.imageio;

import dev.miniatura.ImageInfo;
import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.imageio.WebpFrames.Frame;
import dev.miniatura.internal.io.InputWindow;
import dev.miniatura.internal.raster.AnimationDecoder;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.FrameCanvas;
import dev.miniatura.internal.raster.FrameCanvas.Disposal;
import dev.miniatura.internal.raster.FrameCanvas.Placed;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.Plane;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import dev.miniatura.internal.webp.WebpContents;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageReader;
import org.jspecify.annotations.Nullable;

/** Draws the frames of an animated WebP, decoded one by one, on its canvas. */
final class WebpDecoder implements AnimationDecoder {

  /** Bytes per pixel while a frame is decoded: its planes and the image, then alpha's. */
  private static final int FRAME_BYTES_PER_PIXEL = 9;

  private final long sourceBytes;
  private final WebpContents contents;
  private final WebpFrames frames;
  private final WebpBitstreams bitstreams;
  private final ImageInfo info;
  private @Nullable FrameCanvas canvas;
  private int index; // of the frame on the canvas

  WebpDecoder(
      byte[] bytes, WebpContents contents, ImageReader reader, InputWindow in, Limits limits)
      throws IOException {
    this.contents = contents;
    sourceBytes = bytes.length;
    frames = WebpFrames.read(bytes, limits.frames());
    bitstreams = new WebpBitstreams(bytes, reader, in, limits);
    info =
        new ImageInfo(
            "WEBP",
            frames.width(),
            frames.height(),
            contents.orientation(),
            frames.count(),
            "RGB",
            8,
            !frames.hides(frames.list().get(0)),
            contents.iccProfile() != null,
            false);
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
  public int delayMillis() {
    return frames.list().get(index).delayMillis();
  }

  @Override
  public DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved) {
    return plan(info.alpha());
  }

  @Override
  public DecodePlan planFrames() {
    boolean clears =
        frames.list().stream().anyMatch(frame -> frame.placed().disposal() == Disposal.CLEAR);
    return plan(info.alpha() || clears || frames.list().stream().anyMatch(this::replaces));
  }

  /** Returns whether a frame can make pixels transparent that were not. */
  private boolean replaces(Frame frame) {
    return frame.transparent() && !frame.placed().blended();
  }

  /** Counts the source, a copy of one frame's part of it, the canvas, and the frame. */
  private DecodePlan plan(boolean alpha) {
    int channels = ColorKind.RGB.channels() + (alpha ? 1 : 0);
    RasterLayout layout =
        new RasterLayout(
            info.width(),
            info.height(),
            ColorKind.RGB,
            alpha,
            List.of(Plane.full(info.width(), info.height(), channels)),
            contents.iccProfile());
    long working =
        2 * sourceBytes
            + FrameCanvas.workingBytes(info.pixels(), false)
            + info.pixels() * FRAME_BYTES_PER_PIXEL;
    return new DecodePlan(layout, working, "frames on a canvas in memory");
  }

  @Override
  public void decode(DecodePlan plan, RowSink sink, Notes notes) throws IOException {
    decodeFirst(plan, sink, notes);
  }

  @Override
  public void decodeFirst(DecodePlan plan, RowSink sink, Notes notes) throws IOException {
    FrameCanvas blank = new FrameCanvas(plan.layout());
    canvas = blank;
    draw(blank, 0, notes);
    blank.push(sink);
  }

  @Override
  public boolean nextFrame(RowSink sink, Notes notes) throws IOException {
    FrameCanvas shown = Objects.requireNonNull(canvas);
    if (index + 1 >= frames.list().size()) {
      return false;
    }
    try {
      draw(shown, index + 1, notes);
    } catch (MalformedImageException e) {
      notes.add(
          "WEBP: the animation ends before frame %d of %d: %s"
              .formatted(index + 2, frames.count(), e.reason()));
      return false;
    }
    shown.push(sink);
    return true;
  }

  private void draw(FrameCanvas on, int next, Notes notes) throws IOException {
    Frame frame = frames.list().get(next);
    Placed placed = frame.placed();
    if (placed.left() + placed.width() > info.width()
        || placed.top() + placed.height() > info.height()) {
      throw new MalformedImageException("WEBP", frame.start(), "frame beyond the canvas");
    }
    on.begin(placed);
    bitstreams.decode(frame, on::row, notes);
    index = next;
  }
}
