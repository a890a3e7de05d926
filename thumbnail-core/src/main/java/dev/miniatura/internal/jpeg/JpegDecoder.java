package dev.miniatura.internal.jpeg;

import dev.miniatura.ImageInfo;
import dev.miniatura.Limits;
import dev.miniatura.internal.io.InputWindow;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.ImageDecoder;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.Plane;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes JPEG (ITU-T T.81) for thumbnails: 8-bit sequential and progressive Huffman-coded frames,
 * one plane per component, each block reduced to as few samples as the target needs and only those
 * coefficients decoded that take part.
 */
public final class JpegDecoder implements ImageDecoder {

  /** Tables and fixed buffers, whatever the image. */
  private static final long FIXED_BYTES = 256 << 10;

  private final SegmentReader segments;
  private final FrameHeader frame;
  private final ColorKind color;

  private JpegDecoder(SegmentReader segments) {
    this.segments = segments;
    this.frame = segments.frame();
    this.color = segments.application.color(frame.components());
  }

  /**
   * Reads the header: everything up to the data of the first scan.
   *
   * @param in positioned on the SOI marker
   */
  public static JpegDecoder open(InputWindow in, Limits limits) throws IOException {
    SegmentReader segments = new SegmentReader(in, limits);
    segments.readStart();
    if (!segments.readToScan()) {
      throw segments.malformed("no image data");
    }
    return new JpegDecoder(segments);
  }

  @Override
  public ImageInfo info() {
    return new ImageInfo(
        "JPEG",
        frame.width(),
        frame.height(),
        segments.application.orientation(),
        1,
        colorInWords(),
        8,
        false,
        segments.application.hasIccProfile(),
        frame.progressive(),
        segments.application.camera());
  }

  @Override
  public DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved) {
    boolean apart = chromaHalved && color == ColorKind.YCBCR;
    int[] idctSizes = ShrinkOnLoad.choose(frame, targetWidth, targetHeight, apart);
    List<Plane> planes = new ArrayList<>();
    StringBuilder description = new StringBuilder("idct size");
    for (int i = 0; i < color.channels(); i++) {
      planes.add(frame.components().get(i).plane(frame, idctSizes[i]));
      description.append(i == 0 ? " " : ", ").append(idctSizes[i]);
    }
    long bytes =
        frame.progressive()
            ? ProgressiveFrame.workingBytes(frame, idctSizes)
            : SequentialFrame.workingBytes(frame, idctSizes);
    byte[] profile = segments.application.iccProfile();
    RasterLayout layout =
        new RasterLayout(frame.width(), frame.height(), color, false, List.copyOf(planes), profile);
    return new DecodePlan(
        layout,
        FIXED_BYTES + bytes + (profile == null ? 0 : profile.length),
        description.toString());
  }

  @Override
  public void decode(DecodePlan plan, RowSink sink, Notes notes) throws IOException {
    sink.begin(plan.layout());
    if (segments.application.isIccBroken()) {
      notes.add("ICC profile ignored: it is incomplete");
    }
    int[] idctSizes = idctSizes(plan);
    boolean[] inverted = new boolean[frame.components().size()];
    if (segments.application.isInverted(color)) {
      for (int i = color == ColorKind.YCCK ? 3 : 0; i < inverted.length; i++) {
        inverted[i] = true;
      }
    }
    Damage damage = new Damage(notes);
    int planes = color.channels();
    if (frame.progressive()) {
      new ProgressiveFrame(segments, idctSizes, inverted, planes, sink, damage).decode();
    } else {
      new SequentialFrame(segments, idctSizes, inverted, planes, sink, damage).decode();
    }
  }

  /** Reads each component's idctSize off its plane's exact extent. */
  private int[] idctSizes(DecodePlan plan) {
    int[] idctSizes = new int[frame.components().size()];
    for (int i = 0; i < idctSizes.length; i++) {
      if (i >= plan.layout().planes().size()) {
        idctSizes[i] = 1; // decoded only to get past it
        continue;
      }
      FrameComponent component = frame.components().get(i);
      double blocks = component.plane(frame, 1).extentX();
      idctSizes[i] = (int) Math.round(plan.layout().planes().get(i).extentX() / blocks);
    }
    return idctSizes;
  }

  private String colorInWords() {
    String name =
        switch (color) {
          case GRAY -> "gray";
          case YCBCR -> "YCbCr";
          default -> color.name();
        };
    return frame.components().size() < 3 ? name : name + " " + samplingInWords();
  }

  /** Returns the usual J:a:b name where there is one, and the factors otherwise. */
  private String samplingInWords() {
    StringBuilder factors = new StringBuilder();
    for (FrameComponent component : frame.components()) {
      factors
          .append(factors.isEmpty() ? "" : ",")
          .append(component.h())
          .append('x')
          .append(component.v());
    }
    return switch (factors.toString()) {
      case "1x1,1x1,1x1", "1x1,1x1,1x1,1x1", "2x2,2x2,2x2" -> "4:4:4";
      case "2x1,1x1,1x1", "2x2,1x2,1x2" -> "4:2:2";
      case "2x2,1x1,1x1", "2x2,1x1,1x1,2x2" -> "4:2:0";
      case "1x2,1x1,1x1", "2x2,2x1,2x1" -> "4:4:0";
      case "4x1,1x1,1x1" -> "4:1:1";
      default -> factors.toString();
    };
  }
}
