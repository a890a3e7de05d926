package dev.miniatura.internal.imageio;

import com.twelvemonkeys.imageio.plugins.bmp.BMPImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.bmp.CURImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.bmp.ICOImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.hdr.HDRImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.icns.ICNSImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.iff.IFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.pcx.PCXImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.pnm.PAMImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.pnm.PNMImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.psd.PSDImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.sgi.SGIImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tga.TGAImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.BigTIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import dev.miniatura.UnsupportedImageException;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ServiceRegistry;
import javax.imageio.stream.ImageInputStream;

/**
 * The ImageIO plugins this library uses, named one by one. Looking them up through {@code
 * META-INF/services} breaks in jars that were merged without merging those files.
 */
final class Plugins {

  /**
   * A plugin whose jar may be missing: an application that has no use for a format may leave it
   * out.
   *
   * @param spi makes the plugin; by type an object only, as otherwise the JVM would load all
   *     plugins to verify this class
   */
  private record Plugin(String format, Supplier<Object> spi) {}

  /** In the order they are asked; TGA has no signature, and so comes last. */
  private static final List<Plugin> PLUGINS =
      List.of(
          new Plugin("WEBP", () -> new WebPImageReaderSpi()),
          new Plugin("TIFF", () -> new TIFFImageReaderSpi()),
          new Plugin("BIGTIFF", () -> new BigTIFFImageReaderSpi()),
          new Plugin("BMP", () -> new BMPImageReaderSpi()),
          new Plugin("ICO", () -> new ICOImageReaderSpi()),
          new Plugin("CUR", () -> new CURImageReaderSpi()),
          new Plugin("PSD", () -> new PSDImageReaderSpi()),
          new Plugin("PNM", () -> new PNMImageReaderSpi()),
          new Plugin("PAM", () -> new PAMImageReaderSpi()),
          new Plugin("ICNS", () -> new ICNSImageReaderSpi()),
          new Plugin("IFF", () -> new IFFImageReaderSpi()),
          new Plugin("SGI", () -> new SGIImageReaderSpi()),
          new Plugin("HDR", () -> new HDRImageReaderSpi()),
          new Plugin("PCX", () -> new PCXImageReaderSpi()),
          new Plugin("JPEG", Plugins::jpeg),
          new Plugin("TGA", () -> new TGAImageReaderSpi()));

  private Plugins() {}

  /** A plugin that claims a source, with the name of the format. */
  record Match(String format, ImageReader reader) {}

  /**
   * Returns the first reader that recognizes the bytes; the stream's position is kept.
   *
   * @param unknown what to report when none does
   */
  static Match find(ImageInputStream bytes, String unknown) throws IOException {
    Optional<ImageReaderSpi> gif = gif(bytes);
    if (gif.isPresent()) {
      return match(gif.get());
    }
    List<String> missing = new ArrayList<>();
    for (Plugin plugin : PLUGINS) {
      try {
        ImageReaderSpi spi = (ImageReaderSpi) plugin.spi().get();
        if (recognizes(spi, bytes)) {
          return match(spi);
        }
      } catch (LinkageError e) {
        missing.add(plugin.format());
      }
    }
    throw new UnsupportedImageException(
        missing.isEmpty()
            ? unknown
            : unknown + "; not looked for, as jars are missing: " + String.join(", ", missing));
  }

  /** A source shorter than a plugin's signature is not of its format. */
  private static boolean recognizes(ImageReaderSpi spi, ImageInputStream bytes) throws IOException {
    try {
      return spi.canDecodeInput(bytes);
    } catch (EOFException e) {
      return false;
    } finally {
      bytes.seek(0);
    }
  }

  private static Match match(ImageReaderSpi spi) throws IOException {
    return new Match(
        spi.getFormatNames()[0].toUpperCase(Locale.ROOT), spi.createReaderInstance(null));
  }

  /** The JDK's own GIF reader needs no jar, so the registry always has it. */
  private static Optional<ImageReaderSpi> gif(ImageInputStream bytes) throws IOException {
    Optional<ImageReaderSpi> gif = builtIn("com.sun.imageio.plugins.gif.GIFImageReaderSpi");
    return gif.isPresent() && recognizes(gif.get(), bytes) ? gif : Optional.empty();
  }

  /**
   * TwelveMonkeys' JPEG reader adds lossless JPEG to the JDK's, which it expects to find in the
   * registry it is registered with: one of our own, for the global one would be reordered.
   */
  private static Object jpeg() {
    JPEGImageReaderSpi spi = new JPEGImageReaderSpi();
    ServiceRegistry registry =
        new ServiceRegistry(List.<Class<?>>of(ImageReaderSpi.class).iterator());
    builtIn("com.sun.imageio.plugins.jpeg.JPEGImageReaderSpi")
        .ifPresent(registry::registerServiceProvider);
    spi.onRegistration(registry, ImageReaderSpi.class);
    return spi;
  }

  private static Optional<ImageReaderSpi> builtIn(String className) {
    Iterator<ImageReaderSpi> installed =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
    while (installed.hasNext()) {
      ImageReaderSpi spi = installed.next();
      if (spi.getClass().getName().equals(className)) {
        return Optional.of(spi);
      }
    }
    return Optional.empty();
  }
}
