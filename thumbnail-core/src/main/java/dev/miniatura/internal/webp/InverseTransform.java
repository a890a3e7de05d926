package dev.miniatura.internal.webp;

import dev.miniatura.internal.bytes.ByteViews;

/**
 * The inverse transforms (RFC 6386, section 14), exact to the bit. Coefficients are 16-bit;
 * products of coefficients that no encoder writes may wrap, and are finally clipped like all
 * others.
 */
final class InverseTransform {

  /** √2 · cos(π/8) − 1 and √2 · sin(π/8), in 1/65536. */
  private static final int COSINE = 20091;

  private static final int SINE = 35468;

  private static final int LANES = 0x00ff00ff;

  private final int[] scratch = new int[16];

  /**
   * Walsh-Hadamard transform of the second-order block (section 14.3).
   *
   * @param second its 16 coefficients in raster order
   * @param blocks 16 blocks of 16 coefficients, of which the first ones are set
   */
  void walshHadamard(short[] second, short[] blocks) {
    int[] t = scratch;
    for (int i = 0; i < 4; i++) {
      int a = second[i] + second[12 + i];
      int b = second[4 + i] + second[8 + i];
      int c = second[4 + i] - second[8 + i];
      int d = second[i] - second[12 + i];
      t[i] = a + b;
      t[4 + i] = d + c;
      t[8 + i] = a - b;
      t[12 + i] = d - c;
    }
    for (int i = 0; i < 16; i += 4) {
      int a = t[i] + t[i + 3] + 3;
      int b = t[i + 1] + t[i + 2];
      int c = t[i + 1] - t[i + 2];
      int d = t[i] - t[i + 3] + 3;
      blocks[16 * i] = (short) ((a + b) >> 3);
      blocks[16 * i + 16] = (short) ((d + c) >> 3);
      blocks[16 * i + 32] = (short) ((a - b) >> 3);
      blocks[16 * i + 48] = (short) ((d - c) >> 3);
    }
  }

  /** Adds the inverse DCT of one block (section 14.4) to its prediction. */
  void dct(short[] coefficients, int from, byte[] samples, int at, int stride) {
    int[] t = scratch;
    for (int i = 0; i < 4; i++) {
      int in = from + i;
      int a = coefficients[in] + coefficients[in + 8];
      int b = coefficients[in] - coefficients[in + 8];
      int c = sine(coefficients[in + 4]) - cosine(coefficients[in + 12]);
      int d = cosine(coefficients[in + 4]) + sine(coefficients[in + 12]);
      t[4 * i] = a + d;
      t[4 * i + 1] = b + c;
      t[4 * i + 2] = b - c;
      t[4 * i + 3] = a - d;
    }
    for (int i = 0, out = at; i < 4; i++, out += stride) {
      int a = t[i] + t[8 + i] + 4;
      int b = t[i] - t[8 + i] + 4;
      int c = sine(t[4 + i]) - cosine(t[12 + i]);
      int d = cosine(t[4 + i]) + sine(t[12 + i]);
      int four = ByteViews.intLe(samples, out);
      int s0 = (four & 0xff) + ((a + d) >> 3);
      int s1 = (four >>> 8 & 0xff) + ((b + c) >> 3);
      int s2 = (four >>> 16 & 0xff) + ((b - c) >> 3);
      int s3 = (four >>> 24) + ((a - d) >> 3);
      if (((s0 | s1 | s2 | s3) & ~0xff) != 0) {
        s0 = clamp(s0) & 0xff;
        s1 = clamp(s1) & 0xff;
        s2 = clamp(s2) & 0xff;
        s3 = clamp(s3) & 0xff;
      }
      ByteViews.putIntLe(samples, out, s0 | s1 << 8 | s2 << 16 | s3 << 24);
    }
  }

  /** The same for a block in which only the first coefficient is not 0. */
  static void dcOnly(int dc, byte[] samples, int at, int stride) {
    int add = Math.max(-255, Math.min(255, (dc + 4) >> 3)) * 0x00010001;
    for (int y = 0, out = at; y < 4; y++, out += stride) {
      int four = ByteViews.intLe(samples, out);
      int even = clampTwo((four & LANES) + add);
      int odd = clampTwo((four >>> 8 & LANES) + add);
      ByteViews.putIntLe(samples, out, even | odd << 8);
    }
  }

  /** Clamps two sums of −255 to 510 in 16 bits each, the upper less what the lower has borrowed. */
  private static int clampTwo(int sums) {
    int low = (short) sums;
    return (clamp(low) & 0xff) | (clamp((sums - low) >> 16) & 0xff) << 16;
  }

  private static int cosine(int value) {
    return value + ((value * COSINE) >> 16);
  }

  private static int sine(int value) {
    return (value * SINE) >> 16;
  }

  /** Clamps to 0..255 with branches: clamping is hardly ever needed, which processors predict. */
  static byte clamp(int value) {
    return (byte) ((value & ~0xff) == 0 ? value : value < 0 ? 0 : 255);
  }
}
