package dev.miniatura.internal.png;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.io.InputWindow;
import dev.miniatura.internal.raster.AnimationDecoder;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.FrameCanvas;
import dev.miniatura.internal.raster.FrameCanvas.Disposal;
import dev.miniatura.internal.raster.FrameCanvas.Placed;
import dev.miniatura.internal.raster.ImageHeader;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the frames of an animated PNG (third edition, section 4.9) in the order of the file, each
 * as its data arrives. The still picture is the default image, decoded without a canvas unless
 * frames are requested; it is a frame if an fcTL chunk precedes it.
 */
final class ApngDecoder implements AnimationDecoder {

  private static final int FDAT = Chunks.type("fdAT");

  private final InputWindow in;
  private final Chunks chunks;
  private final Metadata metadata;
  private final PngDecoder still;
  private final @Nullable FrameControl first; // the default image's, if it is a frame
  private @Nullable FrameCanvas canvas;
  private @Nullable ImageData data; // of the most recently decoded picture
  private int delayMillis;
  private int decoded; // frames so far
  private int sequence; // the sequence number required of the next chunk of the animation

  ApngDecoder(InputWindow in, Chunks chunks, Metadata metadata, PngDecoder still) {
    this.in = in;
    this.chunks = chunks;
    this.metadata = metadata;
    this.still = still;
    first = metadata.firstFrame;
  }

  @Override
  public ImageHeader header() {
    return still.header();
  }

  @Override
  public boolean stillIsFrame() {
    return first != null;
  }

  @Override
  public int plays() {
    return metadata.plays;
  }

  @Override
  public int delayMillis() {
    return delayMillis;
  }

  @Override
  public DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved) {
    return still.plan(targetWidth, targetHeight, chromaHalved);
  }

  /** With alpha, because the effect of frames on the canvas is known only when they are read. */
  @Override
  public DecodePlan planFrames() {
    RasterLayout layout = still.layout(true);
    return DecodePlan.of(
        layout,
        still.workingBytes() + FrameCanvas.workingBytes(header().pixels(), true),
        "frames on a canvas in memory",
        (sink, notes) -> decodeFirst(layout, sink, notes));
  }

  /** A default image that is not a frame leaves the canvas blank. */
  private void decodeFirst(RasterLayout layout, RowSink sink, Notes notes) throws IOException {
    notes.addAll(metadata.notes);
    FrameCanvas blank = new FrameCanvas(layout);
    canvas = blank;
    ImageHeader header = header();
    if (first == null) {
      blank.begin(new Placed(0, 0, header.width(), header.height(), false, Disposal.CLEAR));
    } else {
      blank.begin(first.placed());
      delayMillis = first.delayMillis();
      sequence = 1;
      decoded = 1;
    }
    ImageData image = new ImageData(in, chunks, Chunks.IDAT);
    data = image;
    still.decodeImage(metadata.header, image, rows(blank, header.width()), notes);
    blank.push(sink);
  }

  @Override
  public boolean nextFrame(RowSink sink, Notes notes) throws IOException {
    FrameCanvas shown = Objects.requireNonNull(canvas);
    if (decoded == metadata.frames) {
      return false;
    }
    try {
      draw(shown, notes);
    } catch (MalformedImageException e) {
      AnimationDecoder.noteEnd(header(), decoded, e, notes);
      return false;
    }
    decoded++;
    shown.push(sink);
    return true;
  }

  private void draw(FrameCanvas on, Notes notes) throws IOException {
    FrameControl control = control();
    Placed placed = control.placed();
    on.begin(placed);
    delayMillis = control.delayMillis();
    checkSequence(takeSequence());
    ImageData image =
        new ImageData(in, chunks, FDAT) {
          @Override
          void enter() throws IOException {
            checkSequence(takeSequence());
          }
        };
    data = image;
    PngHeader size = metadata.header.ofSize(placed.width(), placed.height());
    if (!still.decodeImage(size, image, rows(on, placed.width()), notes)) {
      throw chunks.malformed("frame data ends early");
    }
  }

  /** Moves to the data of the next frame, and returns the preceding fcTL chunk. */
  private FrameControl control() throws IOException {
    FrameControl control = null;
    for (boolean found = moveOn(); found; found = chunks.next()) {
      if (chunks.type == Metadata.FCTL) {
        long offset = chunks.offset();
        if (control != null || chunks.left != FrameControl.BYTES) {
          throw chunks.malformed("chunk fcTL out of place or of wrong length");
        }
        control = FrameControl.parse(chunks.takeAll(), metadata.header, offset);
        checkCrc();
        checkSequence(control.sequence());
      } else if (chunks.type == FDAT && control != null) {
        return control;
      } else if (chunks.type == FDAT) {
        checkSequence(takeSequence()); // data after the end of the frame's
        chunks.skip();
      } else if (chunks.type == Chunks.IEND) {
        throw chunks.malformed("there are no more");
      } else {
        chunks.skip();
      }
    }
    throw chunks.malformed("source ends");
  }

  /** Moves to the chunk after the last picture's data; false if the source ends before it. */
  private boolean moveOn() throws IOException {
    return Objects.requireNonNull(data).moveOn();
  }

  private int takeSequence() throws IOException {
    if (chunks.left < 4) {
      throw chunks.malformed("chunk fdAT without data");
    }
    return chunks.takeInt();
  }

  private void checkSequence(int number) throws IOException {
    if (number != sequence++) {
      throw chunks.malformed("chunks of the animation out of order");
    }
  }

  private void checkCrc() throws IOException {
    if (!chunks.crcMatches()) {
      throw chunks.malformed("CRC error in chunk fcTL");
    }
  }

  /** Returns a sink that draws on the canvas; rows are expanded to the image's channels. */
  private RowSink rows(FrameCanvas on, int width) {
    int colors = still.layout(true).color().channels();
    boolean alpha = header().alpha();
    int[] argb = new int[width];
    return (plane, y, samples, offset) -> {
      int at = offset;
      for (int x = 0; x < width; x++) {
        int rgb = samples[at++] & 0xff;
        for (int c = 1; c < 3; c++) {
          rgb = rgb << 8 | (samples[colors == 1 ? at - 1 : at++] & 0xff);
        }
        argb[x] = (alpha ? samples[at++] << 24 : 0xff << 24) | rgb;
      }
      on.row(y, argb);
    };
  }
}
