package dev.miniatura.internal.webp;

import dev.miniatura.internal.raster.Raster;
import java.util.Arrays;

/**
 * A picture in limited range, as coded in VP8: BT.601 luma of 16 to 235, and halved chroma of 16 to
 * 240, each sample the mean over 2 × 2 pixels (at an odd right or lower edge, the last pixels count
 * twice). Planes have rows without padding.
 *
 * @param width width of luma; that of chroma is half of it, rounded up
 */
@SuppressWarnings("ArrayRecordComponent")
record LimitedRangePlanes(int width, int height, byte[] luma, byte[] cb, byte[] cr) {

  /** RFC 6386 names no matrix; this is BT.601 for R'G'B' of 0 to 255, in 1/65536. */
  private static final int[] Y = {16829, 33039, 6416};

  private static final int[] CB = {-9714, -19070, 28784};
  private static final int[] CR = {28784, -24103, -4681};

  private static final byte[] LUMA = new byte[256];

  static {
    for (int i = 0; i < 256; i++) {
      LUMA[i] = (byte) Math.round(16 + i * 219 / 255.0);
    }
  }

  /** Converts a raster, without its alpha. */
  static LimitedRangePlanes of(Raster raster) {
    return switch (raster.color()) {
      case RGB -> ofRgb(raster);
      case YCBCR -> ofFullRange(raster);
      case GRAY -> {
        int chroma = half(raster.width()) * half(raster.height());
        byte[] neutral = new byte[chroma];
        Arrays.fill(neutral, (byte) 128);
        yield new LimitedRangePlanes(
            raster.width(), raster.height(), mapped(raster.channel(0)), neutral, neutral.clone());
      }
      default -> throw new IllegalArgumentException("VP8 is not written from " + raster.color());
    };
  }

  private static LimitedRangePlanes ofFullRange(Raster raster) {
    byte[][] chroma = new byte[2][];
    for (int c = 0; c < 2; c++) {
      chroma[c] =
          raster.chromaHalved()
              ? halfRange(raster.channel(c + 1))
              : halved(raster.channel(c + 1), raster.width(), raster.height());
    }
    return new LimitedRangePlanes(
        raster.width(), raster.height(), mapped(raster.channel(0)), chroma[0], chroma[1]);
  }

  private static byte[] mapped(byte[] full) {
    byte[] limited = new byte[full.length];
    for (int i = 0; i < full.length; i++) {
      limited[i] = LUMA[full[i] & 0xff];
    }
    return limited;
  }

  private static byte[] halfRange(byte[] full) {
    byte[] limited = new byte[full.length];
    for (int i = 0; i < full.length; i++) {
      limited[i] = chroma(4 * (full[i] & 0xff));
    }
    return limited;
  }

  private static byte[] halved(byte[] full, int width, int height) {
    int halfWidth = half(width);
    byte[] limited = new byte[halfWidth * half(height)];
    for (int at = 0; at < limited.length; at++) {
      limited[at] = chroma(sum(full, width, height, at % halfWidth, at / halfWidth));
    }
    return limited;
  }

  /** Converts the sum of four chroma samples to limited range. */
  private static byte chroma(int sum) {
    return (byte) (128 + Math.floorDiv((sum - 4 * 128) * 224 + 2 * 255, 4 * 255));
  }

  private static LimitedRangePlanes ofRgb(Raster raster) {
    int width = raster.width();
    int height = raster.height();
    byte[] red = raster.channel(0);
    byte[] green = raster.channel(1);
    byte[] blue = raster.channel(2);
    byte[] luma = new byte[width * height];
    for (int i = 0; i < luma.length; i++) {
      int sum = Y[0] * (red[i] & 0xff) + Y[1] * (green[i] & 0xff) + Y[2] * (blue[i] & 0xff);
      luma[i] = (byte) ((sum + (16 << 16) + (1 << 15)) >> 16);
    }
    int halfWidth = half(width);
    byte[] cb = new byte[halfWidth * half(height)];
    byte[] cr = new byte[cb.length];
    for (int y = 0, at = 0; y < half(height); y++) {
      for (int x = 0; x < halfWidth; x++, at++) {
        int r = sum(red, width, height, x, y);
        int g = sum(green, width, height, x, y);
        int b = sum(blue, width, height, x, y);
        cb[at] = chroma(CB, r, g, b);
        cr[at] = chroma(CR, r, g, b);
      }
    }
    return new LimitedRangePlanes(width, height, luma, cb, cr);
  }

  private static byte chroma(int[] coefficients, int r, int g, int b) {
    int sum = coefficients[0] * r + coefficients[1] * g + coefficients[2] * b;
    return (byte) ((sum + (128 << 18) + (1 << 17)) >> 18);
  }

  private static int sum(byte[] samples, int width, int height, int x, int y) {
    int left = 2 * x;
    int right = Math.min(left + 1, width - 1);
    int upper = 2 * y * width;
    int lower = Math.min(2 * y + 1, height - 1) * width;
    return (samples[upper + left] & 0xff)
        + (samples[upper + right] & 0xff)
        + (samples[lower + left] & 0xff)
        + (samples[lower + right] & 0xff);
  }

  private static int half(int side) {
    return (side + 1) / 2;
  }
}
