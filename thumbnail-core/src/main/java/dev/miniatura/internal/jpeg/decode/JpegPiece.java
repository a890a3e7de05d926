package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.Limits;
import dev.miniatura.internal.io.InputWindow;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.Plane;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A JPEG that is a rectangle of a larger picture, as in the strips and tiles of a TIFF. The picture
 * defines the meaning of the components, and all pieces are decoded to the same idct sizes, so that
 * the planes of pieces are pieces of the picture's planes.
 */
public final class JpegPiece {

  private final SegmentReader segments;
  private final FrameHeader frame;

  private JpegPiece(SegmentReader segments) {
    this.segments = segments;
    frame = segments.frame();
  }

  /**
   * Reads the header: everything up to the data of the first scan.
   *
   * @param in positioned on an SOI marker; tables may precede it in a separate stream
   */
  public static JpegPiece open(InputWindow in, Limits limits) throws IOException {
    return new JpegPiece(SegmentReader.open(in, limits));
  }

  /** Returns the number of components. */
  public int components() {
    return frame.components().size();
  }

  /** Returns whether components differ in resolution. */
  public boolean isSubsampled() {
    FrameComponent first = frame.components().get(0);
    return frame.components().stream().anyMatch(c -> c.h() != first.h() || c.v() != first.v());
  }

  /**
   * Returns whether another piece has the same components, so that both can be parts of one
   * picture.
   */
  public boolean fits(JpegPiece other) {
    return frame.components().size() == other.frame.components().size()
        && frame.components().stream()
            .allMatch(
                component -> {
                  FrameComponent same = other.frame.components().get(component.index());
                  return same.h() == component.h() && same.v() == component.v();
                });
  }

  /**
   * Chooses idct sizes for a picture.
   *
   * @param width the picture's width in pixels
   * @param targetWidth the width that it will be resampled to
   */
  public int[] idctSizes(
      ColorKind color,
      int width,
      int height,
      double targetWidth,
      double targetHeight,
      boolean chromaHalved) {
    FrameHeader whole = whole(width, height);
    int[] sizes = new int[components()];
    for (FrameComponent component : whole.components()) {
      sizes[component.index()] =
          ShrinkOnLoad.choose(whole, component, color, targetWidth, targetHeight, chromaHalved);
    }
    return sizes;
  }

  /** Returns the next idct size after one below 8. */
  public static int larger(int idctSize) {
    return ShrinkOnLoad.larger(idctSize);
  }

  /** Returns the planes of a picture. */
  public List<Plane> planes(ColorKind color, int width, int height, int[] idctSizes) {
    FrameHeader whole = whole(width, height);
    List<Plane> planes = new ArrayList<>();
    for (int i = 0; i < color.channels(); i++) {
      planes.add(whole.components().get(i).plane(whole, idctSizes[i]));
    }
    return planes;
  }

  /**
   * Returns the column of a component's plane that begins at a column of the picture; −1 if none
   * does.
   */
  public int columnAt(int component, int idctSize, int pixel) {
    FrameComponent plane = frame.components().get(component);
    return exact((long) pixel * plane.h() * idctSize, 8 * frame.hMax());
  }

  /**
   * Returns the row of a component's plane that begins at a row of the picture; −1 if none does.
   */
  public int rowAt(int component, int idctSize, int pixel) {
    FrameComponent plane = frame.components().get(component);
    return exact((long) pixel * plane.v() * idctSize, 8 * frame.vMax());
  }

  private static int exact(long numerator, int denominator) {
    return numerator % denominator == 0 ? (int) (numerator / denominator) : -1;
  }

  private FrameHeader whole(int width, int height) {
    int[][] specs = new int[components()][];
    for (FrameComponent c : frame.components()) {
      specs[c.index()] = new int[] {c.id(), c.h() << 4 | c.v(), c.quantization()};
    }
    return FrameHeader.of(frame.progressive(), frame.arithmetic(), width, height, specs);
  }

  /** Returns the maximum number of bytes that decoding takes. */
  public long workingBytes(ColorKind color, int[] idctSizes) {
    return FrameDecoding.workingBytes(frame, plans(color, idctSizes, false), 1);
  }

  private List<ComponentPlan> plans(ColorKind color, int[] idctSizes, boolean inverted) {
    List<ComponentPlan> plans = new ArrayList<>();
    for (FrameComponent component : frame.components()) {
      int i = component.index();
      plans.add(new ComponentPlan(component, idctSizes[i], inverted, i < color.channels()));
    }
    return plans;
  }

  /**
   * Decodes the piece; the sink's planes are those of the color's channels.
   *
   * @param inverted whether 255 minus each sample is delivered
   */
  public void decode(ColorKind color, int[] idctSizes, boolean inverted, RowSink sink, Notes notes)
      throws IOException {
    FrameDecoding.decode(segments, plans(color, idctSizes, inverted), sink, notes, 1);
  }
}
