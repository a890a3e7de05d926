package dev.miniatura.internal.raw;

import dev.miniatura.ImageSource;
import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.exif.Camera;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.InputWindow;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.jpeg.decode.JpegDecoder;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.ImageDecoder;
import dev.miniatura.internal.raster.ImageHeader;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import dev.miniatura.internal.tiff.Directory;
import dev.miniatura.internal.tiff.TiffDecoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the picture that the camera itself made from its raw data: the smallest JPEG in the raw
 * file that is large enough for the target, in the orientation and the color space that the file
 * gives. Raw data is not developed.
 */
public final class RawDecoder implements ImageDecoder {

  /**
   * The maximum difference in aspect ratio between versions of one picture; thumbnails with bars
   * differ more.
   */
  private static final double SHAPE_TOLERANCE = 0.01;

  private final RawFile file;
  private final SourceBytes bytes;
  private final List<Version> versions;
  private final Version main;
  private final boolean cut;
  private final ImageHeader header;

  /** A picture in the file. */
  private record Version(ImageDecoder decoder, Preview preview, boolean complete) {

    int width() {
      return decoder.header().width();
    }

    int height() {
      return decoder.header().height();
    }

    boolean isAlike(Version other) {
      double mine = (double) width() * other.height();
      double others = (double) height() * other.width();
      return Math.abs(mine - others) <= SHAPE_TOLERANCE * others;
    }
  }

  private RawDecoder(RawFile file, SourceBytes bytes, List<Version> versions) {
    this.file = file;
    this.bytes = bytes;
    this.versions = versions;
    Comparator<Version> bySize = Comparator.comparing(version -> version.decoder.header().pixels());
    Version largest = versions.stream().max(bySize).orElseThrow();
    main = versions.stream().filter(Version::complete).max(bySize).orElse(largest);
    cut = !largest.complete() && !main.equals(largest);
    header = describe();
  }

  private ImageHeader describe() {
    ImageHeader picture = main.decoder.header();
    Camera own = picture.camera();
    Camera camera =
        new Camera(
            file.camera().make().or(own::make),
            file.camera().model().or(own::model),
            file.camera().taken().or(own::taken));
    return ImageHeader.of(
            file.format(),
            picture.width(),
            picture.height(),
            picture.color(),
            picture.bitsPerSample())
        .orientation(file.orientation() > 1 ? file.orientation() : picture.orientation())
        .iccProfile(picture.iccProfile())
        .progressive(picture.progressive())
        .camera(camera)
        .build();
  }

  /**
   * Opens a raw file.
   *
   * @return empty if the file is an ordinary TIFF
   * @throws UnsupportedImageException if it has no picture in addition to its raw data
   */
  public static Optional<ImageDecoder> open(
      Container container, SourceBytes bytes, Deadline deadline, Limits limits) throws IOException {
    Optional<RawFile> read = RawFiles.read(container, bytes);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    RawFile file = read.get();
    List<Version> versions = new ArrayList<>();
    for (Preview each : file.previews()) {
      addPreview(each, bytes, deadline, limits, versions);
    }
    for (Directory each : versions.isEmpty() ? file.pages() : List.<Directory>of()) {
      addPage(each, bytes, deadline, limits, versions);
    }
    if (versions.isEmpty()) {
      throw new UnsupportedImageException(
          file.format() + ": it has no preview, and raw data is not developed");
    }
    return Optional.of(new RawDecoder(file, bytes, List.copyOf(versions)));
  }

  /** Adds a preview, unless it is not a readable JPEG, such as raw data in a lossless JPEG. */
  private static void addPreview(
      Preview preview, SourceBytes bytes, Deadline deadline, Limits limits, List<Version> versions)
      throws IOException {
    if (bytes.at(preview.start()) != 0xff || bytes.at(preview.start() + 1) != 0xd8) {
      return;
    }
    ImageSource source = ImageSource.of(bytes.stream(preview.start(), preview.end()));
    try {
      JpegDecoder decoder = JpegDecoder.open(InputWindow.open(source, limits, deadline), limits);
      boolean complete = bytes.at(preview.end() - 1) >= 0;
      versions.add(new Version(decoder, preview, complete));
    } catch (MalformedImageException | UnsupportedImageException e) {
      return; // another one will do
    }
  }

  private static void addPage(
      Directory page, SourceBytes bytes, Deadline deadline, Limits limits, List<Version> versions)
      throws IOException {
    try {
      TiffDecoder decoder = TiffDecoder.open(bytes, deadline, limits, page);
      Preview whole = new Preview(page.at, page.at, ColorSetting.UNKNOWN);
      versions.add(new Version(decoder, whole, true));
    } catch (MalformedImageException | UnsupportedImageException e) {
      return; // another one will do
    }
  }

  @Override
  public ImageHeader header() {
    return header;
  }

  @Override
  public DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved)
      throws IOException {
    Version chosen = main;
    for (Version each : versions) {
      boolean enough = each.width() >= targetWidth && each.height() >= targetHeight;
      boolean smaller = each.width() < chosen.width();
      if (enough && smaller && each.complete() && each.isAlike(main)) {
        chosen = each;
      }
    }
    return planned(chosen, chosen.decoder.plan(targetWidth, targetHeight, chromaHalved));
  }

  private DecodePlan planned(Version version, DecodePlan plan) throws IOException {
    RasterLayout own = plan.layout();
    RasterLayout layout =
        new RasterLayout(
            header.width(),
            header.height(),
            own.color(),
            own.alpha(),
            own.planes(),
            profile(version, own),
            own.weights());
    return DecodePlan.of(
        layout,
        plan.workingBytes() + heldOfSource(),
        "preview of %d x %d, %s".formatted(version.width(), version.height(), plan.description()),
        (sink, notes) -> decode(version, plan, layout, sink, notes));
  }

  private void decode(
      Version version, DecodePlan plan, RasterLayout layout, RowSink sink, Notes notes)
      throws IOException {
    notes.mention(
        file.format(),
        "camera raw is not developed",
        "its preview of %d x %d is shown".formatted(version.width(), version.height()));
    if (cut) {
      notes.add(file.format(), "its largest preview is cut off", "a smaller one is shown");
    }
    sink.begin(layout);
    RowSink rows = (plane, y, samples, offset) -> sink.row(plane, y, samples, offset);
    plan.decode(rows, notes); // its own layout is not announced
  }

  /** Returns the preview's own profile, or that of the color space the camera was set to. */
  private byte @Nullable [] profile(Version version, RasterLayout layout) {
    if (layout.iccProfile() != null || layout.color() == ColorKind.GRAY) {
      return layout.iccProfile();
    }
    ColorSetting colors = version.preview.colors();
    boolean adobe =
        file.adobeRgb() || (version.decoder instanceof JpegDecoder jpeg && jpeg.isAdobeRgb());
    return (colors == ColorSetting.UNKNOWN && adobe ? ColorSetting.ADOBE_RGB : colors).profile();
  }

  @Override
  public long heldOfSource() throws IOException {
    return bytes.heldBytes();
  }
}
