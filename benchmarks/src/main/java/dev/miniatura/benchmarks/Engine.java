package dev.miniatura.benchmarks;

import dev.miniatura.ImageSource;
import dev.miniatura.OutputFormat;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import net.coobird.thumbnailator.Thumbnails;
import org.imgscalr.Scalr;

/**
 * The Java libraries compared: bytes in, a thumbnail that fits in a square out, JPEG at quality 80.
 * Each is used as shown first in its documentation. All peers read JPEG with the JDK's own decoder,
 * which is faster than the plug-in that the class path would give them, and none uses ImageIO's
 * disk cache.
 */
enum Engine {
  /** This library. */
  MINIATURA {
    @Override
    byte[] thumbnail(byte[] source, int side, OutputFormat format) throws IOException {
      ThumbnailSpec spec = ThumbnailSpec.fit(side, side).format(format).allFrames(true);
      return THUMBNAILER.render(ImageSource.of(source), spec).bytes();
    }
  },

  /** Thumbnailator, its defaults. */
  THUMBNAILATOR {
    @Override
    byte[] thumbnail(byte[] source, int side, OutputFormat format) throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      Thumbnails.of(new ByteArrayInputStream(source))
          .size(side, side)
          .outputFormat(format.extension())
          .outputQuality(QUALITY)
          .toOutputStream(out);
      return out.toByteArray();
    }
  },

  /** imgscalr, its defaults; it does not support EXIF orientation. */
  IMGSCALR {
    @Override
    byte[] thumbnail(byte[] source, int side, OutputFormat format) throws IOException {
      return encode(Scalr.resize(ImageIO.read(new ByteArrayInputStream(source)), side), format);
    }
  },

  /** The JDK alone: every n-th pixel read, then bilinear scaling; no orientation. */
  IMAGEIO_SUBSAMPLED {
    @Override
    byte[] thumbnail(byte[] source, int side, OutputFormat format) throws IOException {
      return encode(subsampled(source, side), format);
    }
  };

  private static final float QUALITY = 0.8f;
  private static final String PLUGIN_PACKAGE = "com.twelvemonkeys.imageio.plugins.jpeg.";
  private static final Thumbnailer THUMBNAILER = Thumbnailer.create();

  static {
    ImageIO.setUseCache(false);
    IIORegistry registry = IIORegistry.getDefaultInstance();
    for (Class<?> kind : List.of(ImageReaderSpi.class, ImageWriterSpi.class)) {
      List<Object> plugins = new ArrayList<>();
      registry
          .getServiceProviders(
              kind, spi -> spi.getClass().getName().startsWith(PLUGIN_PACKAGE), false)
          .forEachRemaining(plugins::add);
      plugins.forEach(registry::deregisterServiceProvider);
    }
  }

  /** Returns an encoded thumbnail that fits into {@code side} by {@code side} pixels. */
  abstract byte[] thumbnail(byte[] source, int side, OutputFormat format) throws IOException;

  /** Returns the name used in tables and parameters, for example {@code imageio-subsampled}. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Engine of(String text) {
    return Arrays.stream(values())
        .filter(engine -> engine.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown engine " + text));
  }

  private static BufferedImage subsampled(byte[] source, int side) throws IOException {
    BufferedImage read;
    double scale;
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(source))) {
      ImageReader reader = ImageIO.getImageReaders(in).next();
      try {
        reader.setInput(in, true, true);
        int longest = Math.max(reader.getWidth(0), reader.getHeight(0));
        int step = Math.max(1, longest / side);
        ImageReadParam param = reader.getDefaultReadParam();
        param.setSourceSubsampling(step, step, 0, 0);
        read = reader.read(0, param);
        scale = Math.min(1.0, (double) side / Math.max(read.getWidth(), read.getHeight()));
      } finally {
        reader.dispose();
      }
    }
    return drawn(
        read,
        Math.max(1, (int) Math.round(read.getWidth() * scale)),
        Math.max(1, (int) Math.round(read.getHeight() * scale)),
        read.getColorModel().hasAlpha());
  }

  private static byte[] encode(BufferedImage image, OutputFormat format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BufferedImage written =
        !format.alpha() && image.getColorModel().hasAlpha()
            ? drawn(image, image.getWidth(), image.getHeight(), false)
            : image;
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format.text()).next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (format == OutputFormat.JPEG) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(QUALITY);
      }
      writer.write(null, new IIOImage(written, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static BufferedImage drawn(BufferedImage image, int width, int height, boolean alpha) {
    BufferedImage drawn =
        new BufferedImage(
            width, height, alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = drawn.createGraphics();
    try {
      if (!alpha) {
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
      }
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      graphics.drawImage(image, 0, 0, width, height, null);
    } finally {
      graphics.dispose();
    }
    return drawn;
  }
}
