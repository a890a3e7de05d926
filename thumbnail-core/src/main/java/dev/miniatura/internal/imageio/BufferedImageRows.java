package dev.miniatura.internal.imageio;

import dev.miniatura.UnsupportedImageException;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the rows of a {@link BufferedImage}. Samples of component and packed color models are
 * used as stored, scaled to 8 bits with rounding, so that their profile can be applied to the
 * thumbnail instead of the source; every other model is converted to sRGB.
 */
final class BufferedImageRows {

  private final BufferedImage image;
  private final boolean stored; // samples as stored, rather than sRGB from the color model
  private final boolean associated; // whether colors are premultiplied by alpha
  private final int alphaAt; // index of the alpha channel, −1 if there is none
  private final RasterLayout layout;

  BufferedImageRows(BufferedImage image) {
    this(image, false, null);
  }

  /**
   * Creates the rows of a picture that a plugin has read.
   *
   * @param associated whether colors are premultiplied by alpha although the picture does not say
   *     so
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
    alphaAt = model.hasAlpha() ? color.channels() : -1;
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

  /**
   * Returns the profile of a color space, except for the built-in ones, which readers use as labels
   * for files without a profile.
   */
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

  /**
   * Delivers all rows.
   *
   * @throws UnsupportedImageException if the picture's parts do not fit together
   */
  void push(RowSink sink) throws IOException {
    push(sink, layout.width(), layout.height());
  }

  /**
   * Delivers all rows as a version of a picture with another size.
   *
   * @param width that picture's width
   * @param height that picture's height
   */
  void push(RowSink sink, int width, int height) throws IOException {
    sink.begin(
        new RasterLayout(
            width, height, layout.color(), layout.alpha(), layout.planes(), layout.iccProfile()));
    byte[] row = new byte[layout.width() * layout.channels()];
    Filler filler = typed(this::filler);
    for (int y = 0; y < layout.height(); y++) {
      int line = y;
      typed(
          () -> {
            filler.fill(line, row);
            return row;
          });
      sink.row(0, y, row, 0);
    }
  }

  /**
   * Runs some work on a picture. Pictures made by plugins and callers have rasters and models of
   * any class, whose parts may not agree; this is the one place where their exceptions become
   * errors of this library.
   */
  private <T> T typed(Supplier<T> work) throws UnsupportedImageException {
    try {
      return work.get();
    } catch (RuntimeException e) {
      throw new UnsupportedImageException(
          "a picture whose raster and color model do not go together: " + e.getMessage(), e);
    }
  }

  /** Fills one row of samples. */
  private interface Filler {
    void fill(int y, byte[] row);
  }

  private Filler filler() {
    if (!stored) {
      return converted();
    }
    boolean real = image.getRaster().getDataBuffer().getDataType() >= DataBuffer.TYPE_FLOAT;
    return real ? reals() : integers();
  }

  private Filler converted() {
    int[] argb = new int[layout.width()];
    return (y, row) -> {
      image.getRGB(0, y, argb.length, 1, argb, 0, argb.length);
      layout.interleave(argb, 0, row);
    };
  }

  /**
   * Returns a filler for integer samples. Bands beyond those of the color model are inks or masks
   * that are not part of the picture.
   */
  private Filler integers() {
    int bands = image.getRaster().getNumBands();
    int channels = layout.channels();
    long[] top = new long[channels];
    boolean signed = image.getRaster().getDataBuffer().getDataType() == DataBuffer.TYPE_SHORT;
    for (int c = 0; c < channels; c++) {
      int bits = image.getColorModel().getComponentSize(c);
      top[c] = signed ? Short.MAX_VALUE : (1L << bits) - 1;
    }
    int[] samples = new int[layout.width() * bands];
    return (y, row) -> {
      image.getRaster().getPixels(image.getMinX(), image.getMinY() + y, layout.width(), 1, samples);
      int from = 0;
      for (int at = 0; at < row.length; at += channels) {
        for (int c = 0; c < channels; c++) {
          row[at + c] = scaled(samples[from + c], top[c], signed, c == alphaAt);
        }
        if (associated) {
          double alpha = (samples[from + alphaAt] & 0xffffffffL) / (double) top[alphaAt];
          for (int c = 0; alpha > 0 && c < alphaAt; c++) {
            row[at + c] = unit((samples[from + c] & 0xffffffffL) / (alpha * top[c]));
          }
        }
        from += bands;
      }
    };
  }

  /** Returns a sample in 8 bits; one with no bits is dark, or opaque. */
  private static byte scaled(int stored, long top, boolean signed, boolean alpha) {
    long sample = signed ? Math.max(0, stored) : stored & 0xffffffffL; // 32 bits may be negative
    if (top == 0) {
      return (byte) (alpha ? 255 : 0);
    }
    return (byte) (top == 255 ? sample : (sample * 255 + top / 2) / top);
  }

  private Filler reals() {
    int bands = image.getRaster().getNumBands();
    int channels = layout.channels();
    float[] samples = new float[layout.width() * bands];
    return (y, row) -> {
      image.getRaster().getPixels(image.getMinX(), image.getMinY() + y, layout.width(), 1, samples);
      int from = 0;
      for (int at = 0; at < row.length; at += channels) {
        float alpha = associated ? samples[from + alphaAt] : 1;
        for (int c = 0; c < channels; c++) {
          float sample = samples[from + c];
          row[at + c] = unit(c != alphaAt && alpha > 0 ? sample / alpha : sample);
        }
        from += bands;
      }
    };
  }

  /** Returns a sample in [0, 1] in 8 bits; values outside are clipped, NaN is 0. */
  private static byte unit(double sample) {
    return (byte) (int) (255 * Math.min(1, Math.max(0, sample)) + 0.5);
  }
}
