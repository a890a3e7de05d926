package dev.miniatura.internal.engine;

import dev.miniatura.ImageSource;
import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.bmp.BmpDecoder;
import dev.miniatura.internal.gif.GifDecoder;
import dev.miniatura.internal.hdr.HdrDecoder;
import dev.miniatura.internal.heif.HeifDecoder;
import dev.miniatura.internal.icon.IconDecoder;
import dev.miniatura.internal.imageio.BufferedImageDecoder;
import dev.miniatura.internal.imageio.ImageIoDecoder;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.InputWindow;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.jpeg.decode.ApplicationData;
import dev.miniatura.internal.jpeg.decode.JpegDecoder;
import dev.miniatura.internal.pcx.PcxDecoder;
import dev.miniatura.internal.png.PngDecoder;
import dev.miniatura.internal.pnm.PnmDecoder;
import dev.miniatura.internal.psd.PsdDecoder;
import dev.miniatura.internal.raster.ImageDecoder;
import dev.miniatura.internal.raw.RawDecoder;
import dev.miniatura.internal.sgi.SgiDecoder;
import dev.miniatura.internal.tga.TgaDecoder;
import dev.miniatura.internal.tiff.TiffDecoder;
import dev.miniatura.internal.webp.WebpDecoder;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Picks the decoder for a source by its first bytes; names and extensions are not trusted. */
final class Decoders {

  private Decoders() {}

  /**
   * Opens a source, reading only its header.
   *
   * @param threads how many may decode at once
   */
  static ImageDecoder open(ImageSource source, InputWindow in, Limits limits, int threads)
      throws IOException {
    if (source instanceof RasterSource picture) {
      return new BufferedImageDecoder(picture.image());
    }
    int count = Math.min(Container.SIGNATURE_BYTES, in.require(Container.SIGNATURE_BYTES));
    if (count == 0) {
      throw new MalformedImageException("image", 0, "the source is empty");
    }
    byte[] prefix = Arrays.copyOfRange(in.array, in.position, in.position + count);
    Container container = Container.of(prefix).orElseThrow(() -> unknown(prefix));
    return switch (container) {
      case JPEG -> openJpeg(in, limits, threads);
      case PNG -> PngDecoder.open(in, limits);
      case HEIF -> HeifDecoder.open(in.neededBytes(), in.deadline(), limits, threads);
      case GIF -> GifDecoder.open(in.bytes(), in.deadline(), limits);
      case WEBP -> WebpDecoder.open(in.bytes(), in.deadline(), limits);
      case TIFF, BIGTIFF -> openTiff(container, in.bytes(), in.deadline(), limits);
      case CR3, ORF, RW2, RAF ->
          RawDecoder.open(container, in.bytes(), in.deadline(), limits)
              .orElseThrow(() -> unknown(prefix));
      case TGA -> TgaDecoder.open(in.bytes(), in.deadline()).orElseThrow(() -> unknown(prefix));
      case BMP -> openOrPlugin(container, in, BmpDecoder::open);
      case PSD -> openOrPlugin(container, in, PsdDecoder::open);
      case PNM, PAM -> PnmDecoder.open(container, in.bytes(), in.deadline());
      case PCX -> openOrPlugin(container, in, PcxDecoder::open);
      case HDR -> HdrDecoder.open(in.bytes(), in.deadline());
      case ICO, CUR, ICNS -> IconDecoder.open(container, in.bytes(), in.deadline(), limits);
      case SGI -> SgiDecoder.open(in.bytes(), in.deadline());
      case IFF, DDS, PICT ->
          openPlugin(container, in.bytes(), in.deadline()).orElseThrow(() -> unknown(prefix));
    };
  }

  /**
   * Opens a TIFF or one of the many camera raw files that are TIFF files. Rare compressions and
   * colors are left to an ImageIO plugin, if it supports them.
   */
  private static ImageDecoder openTiff(
      Container container, SourceBytes bytes, Deadline deadline, Limits limits) throws IOException {
    Optional<ImageDecoder> raw = RawDecoder.open(container, bytes, deadline, limits);
    if (raw.isPresent()) {
      return raw.get();
    }
    try {
      return TiffDecoder.open(bytes, deadline, limits);
    } catch (UnsupportedImageException e) {
      if (!TiffDecoder.isForPlugin(bytes)) {
        throw e; // not supported by the plugin either
      }
      return openPluginInstead(container, bytes, deadline, e);
    }
  }

  /** One of our own decoders. */
  private interface Own {
    ImageDecoder open(SourceBytes bytes, Deadline deadline) throws IOException;
  }

  /** Leaves features that our decoder does not support to an ImageIO plugin, if it does. */
  private static ImageDecoder openOrPlugin(Container container, InputWindow in, Own own)
      throws IOException {
    SourceBytes bytes = in.bytes();
    try {
      return own.open(bytes, in.deadline());
    } catch (UnsupportedImageException e) {
      return openPluginInstead(container, bytes, in.deadline(), e);
    }
  }

  private static ImageDecoder openPluginInstead(
      Container container, SourceBytes bytes, Deadline deadline, UnsupportedImageException ofOurs)
      throws IOException {
    try {
      return openPlugin(container, bytes, deadline).orElseThrow(() -> ofOurs);
    } catch (MalformedImageException | UnsupportedImageException ofPlugin) {
      if (ofPlugin != ofOurs) {
        ofOurs.addSuppressed(ofPlugin); // whose message names things by number
      }
      throw ofOurs;
    }
  }

  private static Optional<ImageDecoder> openPlugin(
      Container container, SourceBytes bytes, Deadline deadline) throws IOException {
    return plugin(container, () -> ImageIoDecoder.open(container, bytes, deadline));
  }

  /** A way to open a source. */
  private interface Opening<T> {
    T run() throws IOException;
  }

  /**
   * Opens with a plugin. Without the module java.desktop there is no ImageIO, and none of its
   * formats.
   */
  private static <T> T plugin(Container container, Opening<T> opening) throws IOException {
    try {
      return opening.run();
    } catch (LinkageError e) {
      throw new UnsupportedImageException(
          container + ": a required class is missing: " + e.getMessage(), e);
    }
  }

  /**
   * Opens a JPEG. Lossless coding and other rare processes of T.81 are left to an ImageIO plugin.
   */
  private static ImageDecoder openJpeg(InputWindow in, Limits limits, int threads)
      throws IOException {
    in.keep();
    ApplicationData application = new ApplicationData();
    try {
      ImageDecoder decoder = JpegDecoder.open(in, limits, application, threads);
      in.release();
      return decoder;
    } catch (UnsupportedImageException e) {
      in.rewind();
      in.release();
      return plugin(
              Container.JPEG,
              () ->
                  ImageIoDecoder.open(
                      Container.JPEG,
                      in.bytes(),
                      in.deadline(),
                      application.orientation(),
                      application.camera()))
          .orElseThrow(() -> e);
    }
  }

  private static UnsupportedImageException unknown(byte[] prefix) {
    return new UnsupportedImageException(OtherFormats.name(prefix));
  }
}
