package dev.miniatura.internal.imageio;

import dev.miniatura.internal.raster.ColorKind;
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
import org.jspecify.annotations.Nullable;

/**
 * Delivers the rows of a {@link BufferedImage}. Samples of component and packed color models are
 * taken as stored, scaled to 8 bits with rounding, so that their profile can be applied to the
 * thumbnail instead of the source; every other model is asked for sRGB.
 */
final class BufferedImageRows {

  private final BufferedImage image;
  private final boolean stored; // samples as stored, rather than sRGB from the color model
  private final boolean associated; // colors multiplied with alpha
  private final RasterLayout layout;

  BufferedImageRows(BufferedImage image) {
    this(image, false, null);
  }

  /**
   * Takes a picture that a plugin has read.
   *
   * @param associated whether colors are multiplied with alpha though the picture does not say so
   * @param embedded the profile in the file, if the plugin may have dropped it
   */
  BufferedImageRows(BufferedImage image, boolean associated, byte @Nullable [] embedded) {
    this.image = image;
    this.associated =
        image.getColorModel().hasAlpha() && (associated || image.isAlphaPremultiplied());
    ColorModel model = image.getColorModel();
    ColorKind kind = storedKind(model);
    stored = kind != null;
    ColorKind color = kind == null ? ColorKind.RGB : kind;
    layout =
        RasterLayout.interleaved(
            image.getWidth(),
            image.getHeight(),
            color,
            model.hasAlpha(),
            profile(model.getColorSpace(), embedded));
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
  private byte @Nullable [] profile(ColorSpace space, byte @Nullable [] embedded) {
    if (!stored || embedded != null) {
      return stored ? embedded : null;
    }
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
    long[] max = new long[channels];
    for (int c = 0; c < channels; c++) {
      max[c] = (1L << image.getColorModel().getComponentSize(c)) - 1;
    }
    int[] samples = new int[width * channels];
    byte[] row = new byte[width * channels];
    for (int y = 0; y < layout.height(); y++) {
      image.getRaster().getPixels(image.getMinX(), image.getMinY() + y, width, 1, samples);
      for (int i = 0; i < samples.length; i++) {
        long top = max[i % channels];
        long sample = samples[i] & 0xffffffffL; // 32 bits come as negative numbers
        row[i] = (byte) (top == 255 ? sample : (sample * 255 + top / 2) / top);
      }
      for (int at = 0; associated && at < row.length; at += channels) {
        double alpha = (samples[at + channels - 1] & 0xffffffffL) / (double) max[channels - 1];
        for (int c = 0; alpha > 0 && c < channels - 1; c++) {
          row[at + c] = unit((samples[at + c] & 0xffffffffL) / (alpha * max[c]));
        }
      }
      sink.row(0, y, row, 0);
    }
  }

  private void pushFloat(RowSink sink) throws IOException {
    int width = layout.width();
    int channels = layout.channels();
    float[] samples = new float[width * channels];
    byte[] row = new byte[width * channels];
    for (int y = 0; y < layout.height(); y++) {
      image.getRaster().getPixels(image.getMinX(), image.getMinY() + y, width, 1, samples);
      for (int at = 0; at < row.length; at += channels) {
        float alpha = associated ? samples[at + channels - 1] : 1;
        for (int c = 0; c < channels; c++) {
          boolean color = !layout.alpha() || c < channels - 1;
          row[at + c] = unit(color && alpha > 0 ? samples[at + c] / alpha : samples[at + c]);
        }
      }
      sink.row(0, y, row, 0);
    }
  }

  /** Returns a sample in [0, 1] in 8 bits; what lies outside is clipped, NaN is 0. */
  private static byte unit(double sample) {
    return (byte) (int) (255 * Math.min(1, Math.max(0, sample)) + 0.5);
  }
}
