package dev.miniatura.testing;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * Writes a VP8L bitstream ("WebP Lossless Bitstream Specification"): subtract green, then one
 * predictor for each 16x16 block, then literals. No color cache, no back-references.
 */
final class Vp8lWriter {

  private static final int SIGNATURE = 0x2f;
  private static final int PREDICTOR_TRANSFORM = 0;
  private static final int SUBTRACT_GREEN_TRANSFORM = 2;
  private static final int BLOCK_BITS = 4;
  private static final int LEFT = 1;
  private static final int TOP = 2;
  private static final int SELECT = 11;
  private static final int CLAMPED_GRADIENT = 12;
  private static final int OPAQUE_BLACK = 0xff000000;

  /** Symbols of the five prefix codes: green and lengths, red, blue, alpha, distance. */
  private static final int[] ALPHABETS = {280, 256, 256, 256, 40};

  /** Bits to shift an ARGB pixel by for each of the first four codes. */
  private static final int[] SHIFTS = {8, 16, 0, 24};

  private static final int[] CODE_LENGTH_ORDER = {
    17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  };

  private final ByteWriter out = ByteWriter.littleEndian();
  private long pending;
  private int pendingBits;

  private Vp8lWriter() {}

  static byte[] write(BufferedImage image) {
    return new Vp8lWriter().stream(image);
  }

  private byte[] stream(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    put(SIGNATURE, 8);
    put(width - 1, 14);
    put(height - 1, 14);
    put(image.getColorModel().hasAlpha() ? 1 : 0, 1);
    put(0, 3);

    put(1, 1);
    put(SUBTRACT_GREEN_TRANSFORM, 2);
    for (int i = 0; i < pixels.length; i++) {
      int green = pixels[i] >> 8 & 0xff;
      pixels[i] = subtract(pixels[i], green << 16 | green);
    }
    put(1, 1);
    put(PREDICTOR_TRANSFORM, 2);
    put(BLOCK_BITS - 2, 3);
    int blocksWide = (width + 15) >> BLOCK_BITS;
    int[] modes = new int[blocksWide * ((height + 15) >> BLOCK_BITS)];
    for (int block = 0; block < modes.length; block++) {
      int x = (block % blocksWide) << BLOCK_BITS;
      int y = (block / blocksWide) << BLOCK_BITS;
      modes[block] = OPAQUE_BLACK | (bestMode(pixels, width, height, x, y) << 8);
    }
    entropyCodedImage(modes);
    put(0, 1);

    int[] residuals = new int[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      int x = i % width;
      int y = i / width;
      int mode = modes[(y >> BLOCK_BITS) * blocksWide + (x >> BLOCK_BITS)] >> 8 & 0xff;
      residuals[i] = subtract(pixels[i], predict(pixels, width, x, y, mode));
    }
    put(0, 1);
    put(0, 1);
    prefixCodedPixels(residuals);
    if (pendingBits > 0) {
      put(0, 8 - pendingBits);
    }
    return out.toByteArray();
  }

  private static int bestMode(int[] pixels, int width, int height, int left, int top) {
    int best = LEFT;
    long least = Long.MAX_VALUE;
    for (int mode : new int[] {LEFT, TOP, SELECT, CLAMPED_GRADIENT}) {
      long cost = 0;
      for (int y = top; y < Math.min(height, top + 16); y++) {
        for (int x = left; x < Math.min(width, left + 16); x++) {
          int residual = subtract(pixels[y * width + x], predict(pixels, width, x, y, mode));
          for (int shift = 0; shift < 32; shift += 8) {
            cost += Math.abs((byte) (residual >> shift));
          }
        }
      }
      if (cost < least) {
        least = cost;
        best = mode;
      }
    }
    return best;
  }

  private static int predict(int[] pixels, int width, int x, int y, int mode) {
    int at = y * width + x;
    if (x == 0 || y == 0) {
      return x > 0 ? pixels[at - 1] : y > 0 ? pixels[at - width] : OPAQUE_BLACK;
    }
    int left = pixels[at - 1];
    int top = pixels[at - width];
    int corner = pixels[at - width - 1];
    return switch (mode) {
      case LEFT -> left;
      case TOP -> top;
      case SELECT -> select(left, top, corner);
      default -> clampedGradient(left, top, corner);
    };
  }

  /** The neighbor closer, over all samples, to {@code left + top − corner}. */
  private static int select(int left, int top, int corner) {
    int toLeft = 0;
    int toTop = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      int estimate = sample(left, shift) + sample(top, shift) - sample(corner, shift);
      toLeft += Math.abs(estimate - sample(left, shift));
      toTop += Math.abs(estimate - sample(top, shift));
    }
    return toLeft < toTop ? left : top;
  }

  private static int clampedGradient(int left, int top, int corner) {
    int pixel = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      int estimate = sample(left, shift) + sample(top, shift) - sample(corner, shift);
      pixel |= Math.max(0, Math.min(255, estimate)) << shift;
    }
    return pixel;
  }

  private static int sample(int pixel, int shift) {
    return pixel >>> shift & 0xff;
  }

  /** Subtracts the four samples of two pixels, each modulo 256. */
  private static int subtract(int a, int b) {
    int odd = ((a & 0xff00ff00) | 0x00ff00ff) - (b & 0xff00ff00);
    int even = ((a & 0x00ff00ff) | 0xff00ff00) - (b & 0x00ff00ff);
    return (odd & 0xff00ff00) | (even & 0x00ff00ff);
  }

  /** An image of its own inside the stream; it may not have meta prefix codes. */
  private void entropyCodedImage(int[] pixels) {
    put(0, 1);
    prefixCodedPixels(pixels);
  }

  private void prefixCodedPixels(int[] pixels) {
    HuffmanCode[] codes = new HuffmanCode[ALPHABETS.length];
    for (int i = 0; i < ALPHABETS.length; i++) {
      int[] counts = new int[ALPHABETS[i]];
      for (int pixel : i < SHIFTS.length ? pixels : new int[0]) {
        counts[sample(pixel, SHIFTS[i])]++;
      }
      codes[i] = prefixCode(counts);
    }
    for (int pixel : pixels) {
      for (int i = 0; i < SHIFTS.length; i++) {
        symbol(codes[i], sample(pixel, SHIFTS[i]));
      }
    }
  }

  /** Writes a prefix code fitted to these counts; one of a single symbol takes no bits later. */
  private HuffmanCode prefixCode(int[] counts) {
    int used = (int) Arrays.stream(counts).filter(count -> count > 0).count();
    HuffmanCode code = HuffmanCode.of(counts, 15);
    if (used < 2) {
      int only = 0;
      for (int symbol = 0; symbol < counts.length; symbol++) {
        only = counts[symbol] > 0 ? symbol : only;
      }
      put(1, 1);
      put(0, 1);
      put(1, 1);
      put(only, 8);
      return HuffmanCode.of(new int[counts.length], 15);
    }
    put(0, 1);
    int[] lengthCounts = new int[CODE_LENGTH_ORDER.length];
    for (int length : code.lengths) {
      lengthCounts[length]++;
    }
    // One symbol more than is used, so that the code of lengths is never of a single symbol.
    lengthCounts[17]++;
    HuffmanCode lengthCode = HuffmanCode.of(lengthCounts, 7);
    put(CODE_LENGTH_ORDER.length - 4, 4);
    for (int symbol : CODE_LENGTH_ORDER) {
      put(lengthCode.lengths[symbol], 3);
    }
    put(0, 1);
    for (int length : code.lengths) {
      symbol(lengthCode, length);
    }
    return code;
  }

  private void symbol(HuffmanCode code, int symbol) {
    int length = code.lengths[symbol];
    if (length > 0) {
      put(Integer.reverse(code.codes[symbol]) >>> (32 - length), length);
    }
  }

  /** Packs bits least significant first. */
  private void put(int bits, int count) {
    pending |= (long) bits << pendingBits;
    pendingBits += count;
    while (pendingBits >= 8) {
      out.u8((int) pending);
      pending >>>= 8;
      pendingBits -= 8;
    }
  }
}
