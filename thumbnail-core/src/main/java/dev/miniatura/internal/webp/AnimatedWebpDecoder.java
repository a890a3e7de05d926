package dev.miniatura.internal.webp;

import dev.miniatura.Limits;
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
import dev.miniatura.internal.webp.WebpFrames.Frame;
import java.io.IOException;

/** Draws the frames of an animated WebP, decoded one by one, on its canvas. */
final class AnimatedWebpDecoder extends CanvasDecoder {

  private final SourceBytes bytes;
  private final WebpContents contents;
  private final WebpFrames frames;
  private final WebpBitstreams bitstreams;
  private final ImageHeader header;

  AnimatedWebpDecoder(SourceBytes bytes, WebpContents contents, Deadline deadline, Limits limits)
      throws IOException {
    this.contents = contents;
    this.bytes = bytes;
    frames = WebpFrames.read(bytes, limits.frames());
    bitstreams = new WebpBitstreams(bytes, deadline);
    header =
        ImageHeader.of(Container.WEBP.name(), frames.width(), frames.height(), "RGB", 8)
            .orientation(contents.orientation())
            .frames(frames.count())
            .alpha(!frames.hides(frames.list().get(0)))
            .iccProfile(contents.iccProfile() != null)
            .camera(contents.camera())
            .build();
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
    return plan(header.alpha());
  }

  @Override
  public DecodePlan planFrames() throws IOException {
    boolean clears =
        frames.list().stream().anyMatch(frame -> frame.placed().disposal() == Disposal.CLEAR);
    return plan(header.alpha() || clears || frames.list().stream().anyMatch(this::replaces));
  }

  /** Returns whether a frame can make opaque pixels transparent. */
  private boolean replaces(Frame frame) {
    return frame.transparent() && !frame.placed().blended();
  }

  /** Counts the source, the canvas, and a frame of the canvas's size. */
  private DecodePlan plan(boolean alpha) throws IOException {
    RasterLayout layout =
        RasterLayout.interleaved(
            header.width(), header.height(), ColorKind.RGB, alpha, contents.iccProfile());
    FrameSize largest = new FrameSize(header.width(), header.height(), 0);
    long working =
        heldOfSource()
            + FrameCanvas.workingBytes(header.pixels(), false)
            + LossyFrame.workingBytes(largest, 1, (int) heldOfSource());
    return planOf(layout, working, "frames on a canvas in memory");
  }

  @Override
  public long heldOfSource() throws IOException {
    return bytes.wholeBytes();
  }

  @Override
  protected void draw(FrameCanvas on, int next, Notes notes) throws IOException {
    Frame frame = frames.list().get(next);
    Placed placed = frame.placed();
    if (placed.left() + placed.width() > header.width()
        || placed.top() + placed.height() > header.height()) {
      throw Container.WEBP.malformed(frame.start(), "frame beyond the canvas");
    }
    on.begin(placed);
    bitstreams.decode(frame, on::row, notes);
  }
}
