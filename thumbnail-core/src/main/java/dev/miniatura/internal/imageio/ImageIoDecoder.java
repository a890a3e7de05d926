package dev.miniatura.internal.imageio;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.exif.Camera;
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
import java.util.Iterator;
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
  private final @Nullable ColorModel model;
  private final boolean associated;
  private final byte @Nullable [] profile;

  private ImageIoDecoder(
      Container container,
      SourceBytes bytes,
      PluginInput in,
      ImageReader reader,
      ImageHeader header,
      @Nullable ColorModel model,
      boolean associated,
      byte @Nullable [] profile) {
    this.container = container;
    this.bytes = bytes;
    this.in = in;
    this.reader = reader;
    this.header = header;
    this.model = model;
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
    Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
    ColorModel model = types.hasNext() ? types.next().getColorModel() : null;
    byte[] profile = Containers.profile(container, reader);
    ImageHeader header =
        ImageHeader.of(
                container.name(),
                reader.getWidth(0),
                reader.getHeight(0),
                model == null ? "unknown" : color(model),
                model == null ? 8 : Math.max(1, model.getComponentSize(0)))
            .orientation(Containers.orientation(container, reader, orientation))
            .frames(Math.max(1, reader.getNumImages(false)))
            .alpha(model != null && model.hasAlpha())
            .iccProfile(profile != null)
            .camera(Containers.camera(container, bytes, camera))
            .build();
    boolean associated = Containers.associatedAlpha(container, reader);
    return new ImageIoDecoder(container, bytes, in, reader, header, model, associated, profile);
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
    Plane plane = Plane.full(header.width(), header.height(), header.alpha() ? 4 : 3);
    RasterLayout layout =
        new RasterLayout(
            header.width(), header.height(), ColorKind.RGB, header.alpha(), List.of(plane), null);
    int bits = model == null ? Integer.SIZE : model.getPixelSize();
    long bytesPerPixel = Math.max(1, (bits + 7) / 8);
    long working = heldOfSource() + header.pixels() * bytesPerPixel * RASTERS_HELD;
    return DecodePlan.of(layout, working, "whole picture in memory", this::decode);
  }

  @Override
  public long heldOfSource() throws IOException {
    return bytes.heldBytes();
  }

  private void decode(RowSink sink, Notes notes) throws IOException {
    new BufferedImageRows(read(notes), associated, profile)
        .push(sink, header.width(), header.height());
  }

  /**
   * Reads a picture. Plugins give up at the end of a truncated file; with zeros after the end they
   * show the existing part.
   */
  private BufferedImage read(Notes notes) throws IOException {
    try {
      return PluginCall.guarded(container, in, () -> reader.read(0, null));
    } catch (MalformedImageException e) {
      if (!in.isPastEnd()) {
        throw e;
      }
      BufferedImage image = readWhatIsThere(e);
      notes.add(header.format(), "picture data ends early", "what is missing is black");
      return image;
    }
  }

  /**
   * Reads a truncated picture: the part that plugins decode before they run out of data is in the
   * picture that they were given.
   */
  private BufferedImage readWhatIsThere(MalformedImageException problem) throws IOException {
    PluginInput padded = in.padded(header.pixels() * 2 * Long.BYTES);
    ImageReadParam given =
        PluginCall.guarded(
            container,
            padded,
            () -> {
              padded.feed(reader);
              ImageReadParam param = reader.getDefaultReadParam();
              ImageTypeSpecifier type = reader.getImageTypes(0).next();
              param.setDestination(type.createBufferedImage(header.width(), header.height()));
              return param;
            });
    BufferedImage image = Objects.requireNonNull(given.getDestination());
    try {
      return PluginCall.guarded(container, padded, () -> reader.read(0, given));
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
