package dev.miniatura.internal.color;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.HalvedChroma;
import dev.miniatura.internal.raster.LumaWeights;
import dev.miniatura.internal.raster.Raster;
import dev.miniatura.internal.raster.Samples;

/**
 * Full-range BT.601 luma and chroma as JFIF 1.02 defines them:
 *
 * <pre>
 * R = Y + 1.402 Cr'                      Y   =  0.299    R + 0.587    G + 0.114    B
 * G = Y − 0.344136 Cb' − 0.714136 Cr'    Cb' = −0.168736 R − 0.331264 G + 0.5      B
 * B = Y + 1.772 Cb'                      Cr' =  0.5      R − 0.418688 G − 0.081312 B
 * </pre>
 *
 * with Cb' = Cb − 128 and Cr' = Cr − 128. Coefficients are in 1/65536, rounded so that those of Y
 * add up to 65536 and those of Cb and Cr to 0: grays stay exact both ways. Results are rounded once
 * and clipped. Other luma weights have other coefficients in the conversion to RGB.
 */
public final class YCbCr {

  /** The coding of JFIF. */
  public static final YCbCr JFIF = new YCbCr(91881, -22554, -46802, 116130);

  private static final int[] Y = {19595, 38470, 7471};
  private static final int[] CB = {-11059, -21709, 32768};
  private static final int[] CR = {32768, -27439, -5329};

  private final int redOfCr;
  private final int greenOfCb;
  private final int greenOfCr;
  private final int blueOfCb;

  private YCbCr(int redOfCr, int greenOfCb, int greenOfCr, int blueOfCb) {
    this.redOfCr = redOfCr;
    this.greenOfCb = greenOfCb;
    this.greenOfCr = greenOfCr;
    this.blueOfCb = blueOfCb;
  }

  /** Returns the coding with the given weights of luma. */
  public static YCbCr of(LumaWeights weights) {
    if (weights.equals(LumaWeights.BT601)) {
      return JFIF;
    }
    double red = 2 * (1 - weights.red());
    double blue = 2 * (1 - weights.blue());
    return new YCbCr(
        scaled(red),
        scaled(-blue * weights.blue() / weights.green()),
        scaled(-red * weights.red() / weights.green()),
        scaled(blue));
  }

  private static int scaled(double coefficient) {
    return (int) Math.round(coefficient * 65536);
  }

  /**
   * Converts YCBCR to RGB, and the first three channels of YCCK to those of CMYK; the other
   * channels are copied.
   *
   * <p>Chroma is in sixteenths (see {@link #chromaRow}), products are in 1/2²⁰: a luma of at most
   * 255 · 2²⁰ and products of at most 2 · 2¹⁶ · 128 · 16 stay below 2³¹ together.
   */
  public Raster toRgb(Raster source) {
    ColorKind target = source.color() == ColorKind.YCCK ? ColorKind.CMYK : ColorKind.RGB;
    Raster result = Raster.of(source.width(), source.height(), target, source.alpha());
    int width = source.width();
    int[] cbRow = new int[width];
    int[] crRow = new int[width];
    byte[] luma = source.channel(0);
    byte[] red = result.channel(0);
    byte[] green = result.channel(1);
    byte[] blue = result.channel(2);
    for (int y = 0, at = 0; y < source.height(); y++) {
      chromaRow(source, 1, y, cbRow);
      chromaRow(source, 2, y, crRow);
      for (int x = 0; x < width; x++, at++) {
        int base = ((luma[at] & 0xff) << 20) + (1 << 19);
        if (source.hasRemainders()) {
          base += source.remainder(0)[at] << (20 - Raster.REMAINDER_BITS);
        }
        red[at] = (byte) Samples.clamp((base + redOfCr * crRow[x]) >> 20);
        green[at] =
            (byte) Samples.clamp((base + greenOfCb * cbRow[x] + greenOfCr * crRow[x]) >> 20);
        blue[at] = (byte) Samples.clamp((base + blueOfCb * cbRow[x]) >> 20);
      }
    }
    for (int c = 3; c < source.channelCount(); c++) {
      System.arraycopy(source.channel(c), 0, result.channel(c), 0, source.channel(c).length);
    }
    return result;
  }

  /**
   * Converts one row of separate planes to interleaved RGB; pixel x takes its chroma from the
   * samples {@code atCb[x]} and {@code atCr[x]}.
   */
  public void toRgbRow(byte[] luma, byte[] cb, int[] atCb, byte[] cr, int[] atCr, byte[] rgb) {
    for (int x = 0, at = 0; x < luma.length; x++, at += 3) {
      int base = ((luma[x] & 0xff) << 16) + (1 << 15);
      int pb = (cb[atCb[x]] & 0xff) - 128; // Cb and Cr without their offset
      int pr = (cr[atCr[x]] & 0xff) - 128;
      rgb[at] = (byte) Samples.clamp((base + redOfCr * pr) >> 16);
      rgb[at + 1] = (byte) Samples.clamp((base + greenOfCb * pb + greenOfCr * pr) >> 16);
      rgb[at + 2] = (byte) Samples.clamp((base + blueOfCb * pb) >> 16);
    }
  }

  /**
   * Converts RGB to YCBCR, alpha kept.
   *
   * @param halveChroma whether each chroma sample is the mean over 2 × 2 pixels; at an odd right or
   *     lower edge the last pixels count twice. In that case the raster must be opaque.
   */
  public static Raster fromRgb(Raster source, boolean halveChroma) {
    int width = source.width();
    int height = source.height();
    Raster result =
        halveChroma
            ? Raster.halvedChroma(width, height)
            : Raster.of(width, height, ColorKind.YCBCR, source.alpha());
    byte[] red = source.channel(0);
    byte[] green = source.channel(1);
    byte[] blue = source.channel(2);
    byte[] luma = result.channel(0);
    for (int i = 0; i < luma.length; i++) {
      int sum = Y[0] * (red[i] & 0xff) + Y[1] * (green[i] & 0xff) + Y[2] * (blue[i] & 0xff);
      luma[i] = (byte) ((sum + (1 << 15)) >> 16);
    }
    int step = halveChroma ? 2 : 1;
    for (int y = 0, at = 0; y < height; y += step) {
      int below = halveChroma ? Math.min(y + 1, height - 1) : y;
      for (int x = 0; x < width; x += step, at++) {
        int right = halveChroma ? Math.min(x + 1, width - 1) : x;
        int r = sum(red, width, x, right, y, below);
        int g = sum(green, width, x, right, y, below);
        int b = sum(blue, width, x, right, y, below);
        result.channel(1)[at] = chroma(CB, r, g, b);
        result.channel(2)[at] = chroma(CR, r, g, b);
      }
    }
    if (source.alpha()) {
      System.arraycopy(source.channel(3), 0, result.channel(3), 0, luma.length);
    }
    return result;
  }

  private static int sum(byte[] samples, int width, int left, int right, int above, int below) {
    return (samples[above * width + left] & 0xff)
        + (samples[above * width + right] & 0xff)
        + (samples[below * width + left] & 0xff)
        + (samples[below * width + right] & 0xff);
  }

  /**
   * Returns chroma from sums of four samples. The rounding constant is one less than half, so that
   * full blue and full red give 255 and not 256.
   */
  private static byte chroma(int[] coefficients, int r, int g, int b) {
    int sum = coefficients[0] * r + coefficients[1] * g + coefficients[2] * b;
    return (byte) ((sum + (128 << 18) + (1 << 17) - 1) >> 18);
  }

  /** Stores the chroma of a pixel row, minus 128, in sixteenths. Halved chroma is interpolated. */
  private static void chromaRow(Raster raster, int channel, int y, int[] row) {
    byte[] samples = raster.channel(channel);
    int width = raster.width(channel);
    if (!raster.chromaHalved()) {
      for (int x = 0; x < width; x++) {
        row[x] = ((samples[y * width + x] & 0xff) - 128) << 4;
        if (raster.hasRemainders()) {
          row[x] += (raster.remainder(channel)[y * width + x] + 4) >> (Raster.REMAINDER_BITS - 4);
        }
      }
      return;
    }
    int near = y / 2 * width;
    int far = HalvedChroma.secondNearest(y, raster.height(channel)) * width;
    HalvedChroma.interpolate(samples, near, samples, far, width, row);
  }
}
