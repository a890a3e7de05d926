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
import java.io.EOFException;
import java.io.IOException;
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

  /** In the order they are asked; TGA has no signature, and so comes last. */
  private static final List<Supplier<ImageReaderSpi>> PLUGINS =
      List.of(
          WebPImageReaderSpi::new,
          TIFFImageReaderSpi::new,
          BigTIFFImageReaderSpi::new,
          BMPImageReaderSpi::new,
          ICOImageReaderSpi::new,
          CURImageReaderSpi::new,
          PSDImageReaderSpi::new,
          PNMImageReaderSpi::new,
          PAMImageReaderSpi::new,
          ICNSImageReaderSpi::new,
          IFFImageReaderSpi::new,
          SGIImageReaderSpi::new,
          HDRImageReaderSpi::new,
          PCXImageReaderSpi::new,
          Plugins::jpeg,
          TGAImageReaderSpi::new);

  private Plugins() {}

  /** A plugin that claims a source, with the name of the format. */
  record Match(String format, ImageReader reader) {}

  /**
   * Returns the first reader that recognizes the bytes, if any does; the stream's position is kept.
   */
  static Optional<Match> find(ImageInputStream bytes) throws IOException {
    Optional<ImageReaderSpi> gif = gif(bytes);
    if (gif.isPresent()) {
      return Optional.of(match(gif.get()));
    }
    for (Supplier<ImageReaderSpi> plugin : PLUGINS) {
      ImageReaderSpi spi = plugin.get();
      if (recognizes(spi, bytes)) {
        return Optional.of(match(spi));
      }
    }
    return Optional.empty();
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
  private static ImageReaderSpi jpeg() {
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
