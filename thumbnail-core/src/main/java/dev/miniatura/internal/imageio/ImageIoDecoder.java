package dev.miniatura.internal.imageio;

import dev.miniatura.ImageInfo;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.ImageDecoder;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import org.jspecify.annotations.Nullable;

/**
 * Decodes whatever has no decoder of its own here, through an ImageIO plugin: the whole picture in
 * memory, and of the file what the plugin asks for. ImageIO's disk cache is never involved.
 */
public final class ImageIoDecoder implements ImageDecoder {

  /** Copies of the picture that a plugin may hold while reading it (planes, then the raster). */
  private static final int RASTERS_HELD = 2;

  private final Container container;
  private final SourceBytes bytes;
  private final PluginInput in;
  private final ImageReader reader;
  private final ImageInfo info;
  private final int bytesPerPixel;
  private final boolean associated;
  private final byte @Nullable [] profile;

  private ImageIoDecoder(
      Container container,
      SourceBytes bytes,
      PluginInput in,
      ImageReader reader,
      ImageInfo info,
      int bytesPerPixel,
      boolean associated,
      byte @Nullable [] profile) {
    this.container = container;
    this.bytes = bytes;
    this.in = in;
    this.reader = reader;
    this.info = info;
    this.bytesPerPixel = bytesPerPixel;
    this.associated = associated;
    this.profile = profile;
  }

  /**
   * Opens a source with the plugin for its format.
   *
   * @return nothing if the plugin says that it is of another
   */
  public static Optional<ImageDecoder> open(
      Container container, SourceBytes bytes, Deadline deadline) throws IOException {
    PluginInput in = new PluginInput(bytes, deadline);
    Optional<ImageReader> reader = Plugins.reader(container, in);
    return reader.isPresent()
        ? Optional.of(readHeader(container, bytes, in, reader.get()))
        : Optional.empty();
  }

  static ImageIoDecoder readHeader(
      Container container, SourceBytes bytes, PluginInput in, ImageReader reader)
      throws IOException {
    return PluginCall.guarded(container, in, () -> header(container, bytes, in, reader));
  }

  private static ImageIoDecoder header(
      Container container, SourceBytes bytes, PluginInput in, ImageReader reader)
      throws IOException {
    in.feed(reader);
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    ColorModel model = colorModel(reader);
    byte[] profile = Containers.profile(container, reader, bytes);
    ImageInfo info =
        new ImageInfo(
            container.name(),
            width,
            height,
            Containers.orientation(container, reader, bytes),
            Math.max(1, reader.getNumImages(false)),
            model == null ? "unknown" : color(model),
            model == null ? 8 : Math.max(1, model.getComponentSize(0)),
            model != null && model.hasAlpha(),
            profile != null,
            false,
            Containers.camera(container, bytes));
    int bits = model == null ? 32 : model.getPixelSize();
    boolean associated = Containers.associatedAlpha(container, reader);
    return new ImageIoDecoder(
        container, bytes, in, reader, info, Math.max(1, (bits + 7) / 8), associated, profile);
  }

  private static @Nullable ColorModel colorModel(ImageReader reader) throws IOException {
    Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
    return types.hasNext() ? types.next().getColorModel() : null;
  }

  private static String color(ColorModel model) {
    return switch (model.getColorSpace().getNumComponents()) {
      case 1 -> "gray";
      case 4 -> "CMYK";
      default -> model instanceof IndexColorModel ? "palette" : "RGB";
    };
  }

  @Override
  public ImageInfo info() {
    return info;
  }

  @Override
  public DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved)
      throws IOException {
    RasterLayout layout =
        RasterLayout.interleaved(info.width(), info.height(), ColorKind.RGB, info.alpha(), null);
    long working = heldOfSource() + info.pixels() * bytesPerPixel * RASTERS_HELD;
    return DecodePlan.of(layout, working, "whole picture in memory", (sink, notes) -> decode(sink));
  }

  @Override
  public long heldOfSource() throws IOException {
    return bytes.heldBytes();
  }

  private void decode(RowSink sink) throws IOException {
    BufferedImage image = PluginCall.guarded(container, in, () -> reader.read(0, null));
    new BufferedImageRows(image, associated, profile).push(sink);
  }
}
