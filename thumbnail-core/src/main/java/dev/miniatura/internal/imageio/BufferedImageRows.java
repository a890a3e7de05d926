package dev.miniatura.internal.imageio;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Plane;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.PackedColorModel;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the rows of a {@link BufferedImage}. Samples of component and packed color models are
 * taken as stored, scaled to 8 bits with rounding, so that their profile can be applied to the
 * thumbnail instead of the source; every other model is asked for sRGB.
 */
final class BufferedImageRows {

  private final BufferedImage image;
  private final boolean stored; // samples as stored, rather than sRGB from the color model
  private final RasterLayout layout;

  BufferedImageRows(BufferedImage image) {
    this.image = image;
    ColorModel model = image.getColorModel();
    ColorKind kind = storedKind(model);
    stored = kind != null;
    ColorKind color = kind == null ? ColorKind.RGB : kind;
    int channels = color.channels() + (model.hasAlpha() ? 1 : 0);
    layout =
        new RasterLayout(
            image.getWidth(),
            image.getHeight(),
            color,
            model.hasAlpha(),
            List.of(Plane.full(image.getWidth(), image.getHeight(), channels)),
            stored ? profile(model.getColorSpace()) : null);
  }

  RasterLayout layout() {
    return layout;
  }

  /** Returns the bits of the widest sample. */
  int bitsPerSample() {
    int bits = 1;
    for (int size : image.getColorModel().getComponentSize()) {
      bits = Math.max(bits, size);
    }
    return bits;
  }

  private static @Nullable ColorKind storedKind(ColorModel model) {
    boolean plain = model instanceof ComponentColorModel || model instanceof PackedColorModel;
    if (!plain || model instanceof IndexColorModel) {
      return null;
    }
    int colors = model.getNumColorComponents();
    return switch (model.getColorSpace().getType()) {
      case ColorSpace.TYPE_GRAY -> colors == 1 ? ColorKind.GRAY : null;
      case ColorSpace.TYPE_RGB -> colors == 3 ? ColorKind.RGB : null;
      case ColorSpace.TYPE_CMYK -> colors == 4 ? ColorKind.CMYK : null;
      default -> null;
    };
  }

  /** The built-in spaces are labels that readers put on files without a profile. */
  private static byte @Nullable [] profile(ColorSpace space) {
    boolean builtIn =
        space.isCS_sRGB()
            || space == ColorSpace.getInstance(ColorSpace.CS_GRAY)
            || space == ColorSpace.getInstance(ColorSpace.CS_LINEAR_RGB);
    return !builtIn && space instanceof ICC_ColorSpace icc ? icc.getProfile().getData() : null;
  }

  void push(RowSink sink) throws IOException {
    sink.begin(layout);
    if (!stored) {
      pushConverted(sink);
    } else if (image.getRaster().getDataBuffer().getDataType() >= DataBuffer.TYPE_FLOAT) {
      pushFloat(sink);
    } else {
      pushStored(sink);
    }
  }

  private void pushConverted(RowSink sink) throws IOException {
    int width = layout.width();
    int channels = layout.channels();
    int[] argb = new int[width];
    byte[] row = new byte[width * channels];
    for (int y = 0; y < layout.height(); y++) {
      image.getRGB(0, y, width, 1, argb, 0, width);
      int at = 0;
      for (int pixel : argb) {
        row[at++] = (byte) (pixel >> 16);
        row[at++] = (byte) (pixel >> 8);
        row[at++] = (byte) pixel;
        if (channels == 4) {
          row[at++] = (byte) (pixel >>> 24);
        }
      }
      sink.row(0, y, row, 0);
    }
  }

  private void pushStored(RowSink sink) throws IOException {
    int width = layout.width();
    int channels = layout.channels();
    int[] max = new int[channels];
    for (int c = 0; c < channels; c++) {
      max[c] = (int) ((1L << Math.min(31, image.getColorModel().getComponentSize(c))) - 1);
    }
    boolean premultiplied = image.isAlphaPremultiplied() && layout.alpha();
    int[] samples = new int[width * channels];
    byte[] row = new byte[width * channels];
    for (int y = 0; y < layout.height(); y++) {
      image.getRaster().getPixels(image.getMinX(), image.getMinY() + y, width, 1, samples);
      for (int i = 0; i < samples.length; i++) {
        int top = max[i % channels];
        row[i] = (byte) (top == 255 ? samples[i] : (samples[i] * 255L + top / 2) / top);
      }
      if (premultiplied) {
        straighten(row, channels);
      }
      sink.row(0, y, row, 0);
    }
  }

  private static void straighten(byte[] row, int channels) {
    for (int at = 0; at < row.length; at += channels) {
      int alpha = row[at + channels - 1] & 0xff;
      for (int c = 0; alpha > 0 && c < channels - 1; c++) {
        int value = ((row[at + c] & 0xff) * 255 + alpha / 2) / alpha;
        row[at + c] = (byte) Math.min(255, value);
      }
    }
  }

  private void pushFloat(RowSink sink) throws IOException {
    int width = layout.width();
    int channels = layout.channels();
    float[] samples = new float[width * channels];
    byte[] row = new byte[width * channels];
    for (int y = 0; y < layout.height(); y++) {
      image.getRaster().getPixels(image.getMinX(), image.getMinY() + y, width, 1, samples);
      for (int i = 0; i < samples.length; i++) {
        row[i] = (byte) Math.round(255 * Math.min(1f, Math.max(0f, samples[i]))); // NaN becomes 0
      }
      sink.row(0, y, row, 0);
    }
  }
}
