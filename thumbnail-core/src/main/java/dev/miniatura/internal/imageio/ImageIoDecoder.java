package dev.miniatura.internal.imageio;

import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.exif.Camera;
import dev.miniatura.internal.imageio.Versions.Version;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.ImageDecoder;
import dev.miniatura.internal.raster.ImageHeader;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.Plane;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import org.jspecify.annotations.Nullable;

/**
 * Decodes formats without a decoder of their own here, through an ImageIO plugin: the whole picture
 * in memory, and the parts of the file that the plugin requests. ImageIO's disk cache is never
 * involved.
 */
public final class ImageIoDecoder implements ImageDecoder {

  /** Copies of the picture that a plugin may hold while reading it (planes, then the raster). */
  private static final int RASTERS_HELD = 2;

  private final Container container;
  private final SourceBytes bytes;
  private final PluginInput in;
  private final ImageReader reader;
  private final ImageHeader header;
  private final Versions versions;
  private final boolean associated;
  private final byte @Nullable [] profile;

  private ImageIoDecoder(
      Container container,
      SourceBytes bytes,
      PluginInput in,
      ImageReader reader,
      ImageHeader header,
      Versions versions,
      boolean associated,
      byte @Nullable [] profile) {
    this.container = container;
    this.bytes = bytes;
    this.in = in;
    this.reader = reader;
    this.header = header;
    this.versions = versions;
    this.associated = associated;
    this.profile = profile;
  }

  /**
   * Opens a source with the plugin for its format.
   *
   * @return empty if the plugin says that the file has another format
   */
  public static Optional<ImageDecoder> open(
      Container container, SourceBytes bytes, Deadline deadline) throws IOException {
    return open(container, bytes, deadline, 1, Camera.unknown());
  }

  /**
   * Opens a source with the plugin for its format.
   *
   * @param orientation what is known of it, as no plugin tells
   * @param camera likewise
   * @return empty if the plugin says that the file has another format
   */
  public static Optional<ImageDecoder> open(
      Container container, SourceBytes bytes, Deadline deadline, int orientation, Camera camera)
      throws IOException {
    PluginInput in = new PluginInput(bytes, deadline);
    Optional<ImageReader> reader = Plugins.reader(container, in);
    return reader.isPresent()
        ? Optional.of(
            PluginCall.guarded(
                container,
                in,
                () -> readHeader(container, bytes, in, reader.get(), orientation, camera)))
        : Optional.empty();
  }

  private static ImageIoDecoder readHeader(
      Container container,
      SourceBytes bytes,
      PluginInput in,
      ImageReader reader,
      int orientation,
      Camera camera)
      throws IOException {
    in.feed(reader);
    Versions versions = Versions.read(container, reader);
    Version best = versions.best();
    ColorModel model = best.model();
    byte[] profile = Containers.profile(container, reader);
    ImageHeader header =
        ImageHeader.of(
                container.name(),
                best.width(),
                best.height(),
                model == null ? "unknown" : color(model),
                model == null ? 8 : Math.max(1, model.getComponentSize(0)))
            .orientation(Containers.orientation(container, reader, orientation))
            .frames(Math.max(1, reader.getNumImages(false)))
            .alpha(
                versions.list().stream().anyMatch(v -> v.model() != null && v.model().hasAlpha()))
            .iccProfile(profile != null)
            .camera(Containers.camera(container, bytes, camera))
            .build();
    boolean associated = Containers.associatedAlpha(container, reader);
    return new ImageIoDecoder(container, bytes, in, reader, header, versions, associated, profile);
  }

  private static String color(ColorModel model) {
    return switch (model.getColorSpace().getNumComponents()) {
      case 1 -> "gray";
      case 4 -> "CMYK";
      default -> model instanceof IndexColorModel ? "palette" : "RGB";
    };
  }

  @Override
  public ImageHeader header() {
    return header;
  }

  @Override
  public DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved)
      throws IOException {
    List<Version> order = versions.forTarget(targetWidth, targetHeight);
    Version first = order.get(0);
    int channels = header.alpha() ? 4 : 3;
    Plane plane = Plane.full(first.width(), first.height(), channels);
    RasterLayout layout =
        new RasterLayout(
            header.width(), header.height(), ColorKind.RGB, header.alpha(), List.of(plane), null);
    long bytesPerPixel = Math.max(1, (first.bits() + 7) / 8);
    long working = heldOfSource() + first.area() * bytesPerPixel * RASTERS_HELD;
    String described =
        versions.list().size() == 1
            ? "whole picture in memory"
            : "picture of %d x %d".formatted(first.width(), first.height());
    return DecodePlan.of(layout, working, described, (sink, notes) -> decode(order, sink, notes));
  }

  @Override
  public long heldOfSource() throws IOException {
    return bytes.heldBytes();
  }

  /** Decodes the first of several pictures that can be read and is not blank. */
  private void decode(List<Version> order, RowSink sink, Notes notes) throws IOException {
    MalformedImageException problem = null;
    BufferedImage blank = null;
    if (!versions.complete()) {
      notes.add(
          header.format(), "a picture cannot be recognized", "another of its pictures is shown");
    }
    for (Version version : order) {
      try {
        BufferedImage image = read(version, notes);
        boolean any = order.size() == 1 && container != Container.ICNS;
        if (any || !BufferedImageRows.isBlank(image)) {
          push(image, sink);
          return;
        }
        blank = blank == null ? image : blank;
      } catch (MalformedImageException e) {
        problem = problem == null ? e : problem;
        if (order.size() > 1) {
          notes.add(header.format(), e.reason(), "another of its pictures is shown");
        }
      }
    }
    if (blank == null) {
      throw problem == null
          ? new MalformedImageException(header.format(), -1, "has no picture")
          : problem;
    }
    if (container == Container.ICNS && Containers.hasJpeg2000(bytes)) {
      // Without a suitable reader, the plugin returns a blank picture.
      throw new UnsupportedImageException("ICNS: pictures in JPEG 2000 only");
    }
    push(blank, sink);
  }

  private void push(BufferedImage image, RowSink sink) throws IOException {
    new BufferedImageRows(image, associated, profile).push(sink, header.width(), header.height());
  }

  /**
   * Reads a picture. Plugins give up at the end of a truncated file; with zeros after the end they
   * show the existing part.
   */
  private BufferedImage read(Version version, Notes notes) throws IOException {
    try {
      return PluginCall.guarded(container, in, () -> reader.read(version.index(), null));
    } catch (MalformedImageException e) {
      if (!in.isPastEnd()) {
        throw e;
      }
      BufferedImage image = readWhatIsThere(version, e);
      notes.add(header.format(), "picture data ends early", "what is missing is black");
      return image;
    }
  }

  /**
   * Reads a truncated picture: the part that plugins decode before they run out of data is in the
   * picture that they were given.
   */
  private BufferedImage readWhatIsThere(Version version, MalformedImageException problem)
      throws IOException {
    PluginInput padded = in.padded(version.area() * 2 * Long.BYTES);
    ImageReadParam given =
        PluginCall.guarded(
            container,
            padded,
            () -> {
              padded.feed(reader);
              ImageReadParam param = reader.getDefaultReadParam();
              ImageTypeSpecifier type = reader.getImageTypes(version.index()).next();
              param.setDestination(type.createBufferedImage(version.width(), version.height()));
              return param;
            });
    BufferedImage image = Objects.requireNonNull(given.getDestination());
    try {
      return PluginCall.guarded(container, padded, () -> reader.read(version.index(), given));
    } catch (MalformedImageException e) {
      if (isUntouched(image.getRaster())) {
        throw problem;
      }
      return image;
    }
  }

  private static boolean isUntouched(Raster raster) {
    double[] row = new double[raster.getWidth() * raster.getNumBands()];
    for (int y = 0; y < raster.getHeight(); y++) {
      for (double sample : raster.getPixels(0, y, raster.getWidth(), 1, row)) {
        if (sample != 0) {
          return false;
        }
      }
    }
    return true;
  }
}
