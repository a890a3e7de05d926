package dev.miniatura.internal.imageio;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import dev.miniatura.ImageInfo;
import dev.miniatura.Limits;
import dev.miniatura.internal.imageio.Plugins.Match;
import dev.miniatura.internal.io.InputWindow;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.ImageDecoder;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import dev.miniatura.internal.webp.LossyWebpDecoder;
import dev.miniatura.internal.webp.WebpContents;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import org.jspecify.annotations.Nullable;

/**
 * Decodes whatever has no decoder of its own here, through an ImageIO plugin: the whole file and
 * then the whole picture in memory, both bounded by {@link Limits#workingBytes} before they are
 * read. ImageIO's disk cache is never involved.
 */
public final class ImageIoDecoder implements ImageDecoder {

  /** Copies of the picture that a plugin may hold while reading it (planes, then the raster). */
  private static final int RASTERS_HELD = 2;

  private final byte[] bytes;
  private final ImageReader reader;
  private final Limits limits;
  private final ImageInfo info;
  private final int bytesPerPixel;
  private final boolean associated;
  private final byte @Nullable [] profile;

  private ImageIoDecoder(
      byte[] bytes,
      ImageReader reader,
      Limits limits,
      ImageInfo info,
      int bytesPerPixel,
      boolean associated,
      byte @Nullable [] profile) {
    this.bytes = bytes;
    this.reader = reader;
    this.limits = limits;
    this.info = info;
    this.bytesPerPixel = bytesPerPixel;
    this.associated = associated;
    this.profile = profile;
  }

  /**
   * Opens a source with the first plugin that recognizes it.
   *
   * @param unknown what to report when no plugin does
   */
  public static ImageDecoder open(InputWindow in, Limits limits, String unknown)
      throws IOException {
    byte[] bytes = in.readAll(limits.workingBytes());
    Match match =
        PluginCall.guarded(
            "image", limits, () -> Plugins.find(new ByteArrayImageInputStream(bytes), unknown));
    if (match.format().equals("GIF")) {
      return PluginCall.guarded("GIF", limits, () -> new GifDecoder(bytes, match.reader(), limits));
    }
    if (match.format().equals("WEBP")) {
      return PluginCall.guarded("WEBP", limits, () -> openWebp(match, bytes, in, limits));
    }
    return PluginCall.guarded(match.format(), limits, () -> readHeader(match, bytes, in, limits));
  }

  /** Plugins decode what is lossless only. */
  private static ImageDecoder openWebp(Match match, byte[] bytes, InputWindow in, Limits limits)
      throws IOException {
    WebpContents contents = WebpContents.read(bytes);
    if (contents.animated()) {
      return new WebpDecoder(bytes, contents, match.reader(), in, limits);
    }
    if (contents.isLossyStill()) {
      WebpBitstreams alpha = new WebpBitstreams(bytes, match.reader(), in, limits);
      return new LossyWebpDecoder(bytes, contents, alpha, in);
    }
    return readHeader(match, bytes, in, limits);
  }

  private static ImageIoDecoder readHeader(Match match, byte[] bytes, InputWindow in, Limits limits)
      throws IOException {
    String format = match.format();
    ImageReader reader = match.reader();
    boolean webp = format.equals("WEBP");
    byte[] plain = Containers.withoutProfile(format, bytes);
    reader.setInput(
        webp ? new PluginInput(plain, in) : new ByteArrayImageInputStream(plain), false, true);
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    ColorModel model = colorModel(reader);
    byte[] profile = Containers.profile(format, reader, bytes);
    ImageInfo info =
        new ImageInfo(
            format,
            width,
            height,
            Containers.orientation(format, reader, bytes),
            Math.max(1, reader.getNumImages(false)),
            model == null ? "unknown" : color(model),
            model == null ? 8 : Math.max(1, model.getComponentSize(0)),
            model != null && model.hasAlpha(),
            profile != null,
            false,
            Containers.camera(format, bytes));
    int bits = model == null ? 32 : model.getPixelSize();
    boolean associated = Containers.associatedAlpha(format, reader);
    return new ImageIoDecoder(
        plain, reader, limits, info, Math.max(1, (bits + 7) / 8), associated, profile);
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
  public DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved) {
    RasterLayout layout =
        RasterLayout.interleaved(info.width(), info.height(), ColorKind.RGB, info.alpha(), null);
    long working = bytes.length + info.pixels() * bytesPerPixel * RASTERS_HELD;
    return DecodePlan.of(layout, working, "whole picture in memory", (sink, notes) -> decode(sink));
  }

  private void decode(RowSink sink) throws IOException {
    BufferedImage image = PluginCall.guarded(info.format(), limits, () -> reader.read(0, null));
    new BufferedImageRows(image, associated, profile).push(sink);
  }
}
