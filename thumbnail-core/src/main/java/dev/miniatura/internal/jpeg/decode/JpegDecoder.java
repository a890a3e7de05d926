package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.Limits;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.InputWindow;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.ImageDecoder;
import dev.miniatura.internal.raster.ImageHeader;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.Plane;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes JPEG (ITU-T T.81) for thumbnails: 8-bit sequential and progressive frames, one plane per
 * component, each block reduced to as few samples as the target needs, and only the coefficients
 * decoded that contribute.
 */
public final class JpegDecoder implements ImageDecoder {

  private final SegmentReader segments;
  private final FrameHeader frame;
  private final ColorKind color;
  private final int threads;

  private JpegDecoder(SegmentReader segments, int threads) {
    this.segments = segments;
    this.threads = Math.min(threads, ParallelReader.MAX_THREADS);
    this.frame = segments.frame();
    this.color = segments.application.color(frame.components());
  }

  /**
   * Reads the header: everything up to the data of the first scan.
   *
   * @param in positioned on the SOI marker
   */
  public static JpegDecoder open(InputWindow in, Limits limits) throws IOException {
    return open(in, limits, new ApplicationData(), 1);
  }

  /**
   * Reads the header: everything up to the data of the first scan.
   *
   * @param in positioned on the SOI marker
   * @param application receives the content of application segments, even if the file is then
   *     refused
   * @param threads how many may decode at once; more than eight count as eight
   */
  public static JpegDecoder open(
      InputWindow in, Limits limits, ApplicationData application, int threads) throws IOException {
    return new JpegDecoder(SegmentReader.open(in, limits, application), threads);
  }

  @Override
  public ImageHeader header() {
    return ImageHeader.of(Container.JPEG.name(), frame.width(), frame.height(), colorInWords(), 8)
        .orientation(segments.application.orientation())
        .iccProfile(segments.application.hasIccProfile())
        .progressive(frame.progressive())
        .camera(segments.application.camera())
        .build();
  }

  /**
   * Returns whether EXIF says that the camera was set to Adobe RGB. Without a profile, browsers
   * show such a picture as sRGB nevertheless, and so does this decoder.
   */
  public boolean isAdobeRgb() {
    return segments.application.isAdobeRgb();
  }

  @Override
  public DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved) {
    List<ComponentPlan> components = new ArrayList<>();
    List<Plane> planes = new ArrayList<>();
    StringBuilder description = new StringBuilder("idct size");
    for (FrameComponent component : frame.components()) {
      int i = component.index();
      boolean delivered = i < color.channels();
      int idctSize =
          ShrinkOnLoad.choose(frame, component, color, targetWidth, targetHeight, chromaHalved);
      ComponentPlan planned = new ComponentPlan(component, idctSize, isInverted(i), delivered);
      components.add(planned);
      if (delivered) {
        planes.add(planned.plane(frame));
        description.append(i == 0 ? " " : ", ").append(idctSize);
      }
    }
    byte[] profile = segments.application.iccProfile();
    RasterLayout layout =
        new RasterLayout(frame.width(), frame.height(), color, false, List.copyOf(planes), profile);
    return DecodePlan.of(
        layout,
        FrameDecoding.workingBytes(frame, components, threads)
            + (profile == null ? 0 : profile.length),
        description.toString(),
        (sink, notes) -> decode(layout, components, sink, notes));
  }

  @Override
  public long heldOfSource() {
    return threads > 1 && ParallelReader.suits(frame) ? ParallelReader.sourceBytes(threads) : 0;
  }

  private void decode(
      RasterLayout layout, List<ComponentPlan> components, RowSink sink, Notes notes)
      throws IOException {
    sink.begin(layout);
    if (segments.application.isIccBroken()) {
      notes.add(Container.JPEG.name(), "ICC profile is incomplete", "ignored");
    }
    FrameDecoding.decode(segments, components, sink, notes, threads);
  }

  /**
   * Returns whether a component is delivered inverted. In YCCK, whose colors are YCbCr, only the
   * black component is an amount of ink.
   */
  private boolean isInverted(int component) {
    return ApplicationData.isInverted(color) && (color != ColorKind.YCCK || component == 3);
  }

  private String colorInWords() {
    String name =
        switch (color) {
          case GRAY -> "gray";
          case YCBCR -> "YCbCr";
          default -> color.name();
        };
    return frame.components().size() < 3 ? name : name.concat(" ").concat(samplingInWords());
  }

  /** Returns the usual J:a:b name if there is one, otherwise the factors. */
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
