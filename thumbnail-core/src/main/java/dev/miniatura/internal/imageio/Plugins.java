package dev.miniatura.internal.imageio;

import com.twelvemonkeys.imageio.plugins.bmp.BMPImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.dds.DDSImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.iff.IFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.pcx.PCXImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.pict.PICTImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.psd.PSDImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.BigTIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import dev.miniatura.internal.io.Container;
import java.io.EOFException;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ServiceRegistry;

/**
 * The ImageIO plugins that this library uses, named one by one. Looking them up through {@code
 * META-INF/services} fails in jars that were merged without merging those files.
 */
final class Plugins {

  private Plugins() {}

  /**
   * Returns the reader of a format, unless it says that the file has another format.
   *
   * @param in positioned at its start, where it stays
   */
  static Optional<ImageReader> reader(Container container, PluginInput in) throws IOException {
    return PluginCall.guarded(
        container,
        in,
        () -> {
          Optional<ImageReaderSpi> plugin = plugin(container).map(ImageReaderSpi.class::cast);
          return plugin.isPresent() && recognizes(plugin.get(), in)
              ? Optional.of(plugin.get().createReaderInstance(null))
              : Optional.empty();
        });
  }

  /**
   * Returns the plugin of a format, whose jar may be missing: an application may leave out formats
   * that it does not need. The type is only {@code Object}, because otherwise the JVM would load
   * all plugins to verify this class.
   */
  private static Optional<Object> plugin(Container container) {
    return switch (container) {
      case JPEG -> Optional.of(jpeg());
      case TIFF -> Optional.of(new TIFFImageReaderSpi());
      case BIGTIFF -> Optional.of(new BigTIFFImageReaderSpi());
      case BMP -> Optional.of(new BMPImageReaderSpi());
      case PSD -> Optional.of(new PSDImageReaderSpi());
      case IFF -> Optional.of(new IFFImageReaderSpi());
      case DDS -> Optional.of(new DDSImageReaderSpi());
      case PICT -> Optional.of(new PICTImageReaderSpi());
      case PCX -> Optional.of(new PCXImageReaderSpi());
      case PNG, GIF, HEIF, WEBP, CR3, ORF, RW2, RAF, TGA, PNM, PAM, HDR, ICO, CUR, ICNS, SGI ->
          Optional.empty(); // these have our own decoders, and no rare variants
    };
  }

  /**
   * Returns whether a plugin recognizes the source; one shorter than its signature is not in its
   * format.
   */
  private static boolean recognizes(ImageReaderSpi spi, PluginInput in) throws IOException {
    try {
      return spi.canDecodeInput(in);
    } catch (EOFException e) {
      return false;
    } finally {
      in.seek(0);
    }
  }

  /**
   * Returns TwelveMonkeys' JPEG reader, which adds lossless JPEG to the JDK's reader. It expects
   * that one in the registry with which it is registered: a private one, because the global
   * registry would be reordered.
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

  /** Returns one of the JDK's own readers, which need no jar, so the registry always has them. */
  private static Optional<Object> builtIn(String className) {
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
