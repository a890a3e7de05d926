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
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

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
          JPEGImageReaderSpi::new,
          TGAImageReaderSpi::new);

  private Plugins() {}

  /** A plugin that claims a source, with the name of the format. */
  record Match(String format, ImageReader reader) {}

  /** Returns the first reader that recognizes the bytes, or null; the stream's position is kept. */
  static @Nullable Match find(ImageInputStream bytes) throws IOException {
    ImageReaderSpi own = own(bytes);
    if (own != null) {
      return match(own);
    }
    for (Supplier<ImageReaderSpi> plugin : PLUGINS) {
      ImageReaderSpi spi = plugin.get();
      if (spi.canDecodeInput(bytes)) {
        return match(spi);
      }
    }
    return null;
  }

  private static Match match(ImageReaderSpi spi) throws IOException {
    return new Match(
        spi.getFormatNames()[0].toUpperCase(Locale.ROOT), spi.createReaderInstance(null));
  }

  /** The JDK's own GIF reader needs no jar, so the registry always has it. */
  private static @Nullable ImageReaderSpi own(ImageInputStream bytes) throws IOException {
    Iterator<ImageReaderSpi> installed =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
    while (installed.hasNext()) {
      ImageReaderSpi spi = installed.next();
      if (spi.getClass().getName().startsWith("com.sun.imageio.plugins.gif.")
          && spi.canDecodeInput(bytes)) {
        return spi;
      }
    }
    return null;
  }
}
