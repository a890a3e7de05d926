package dev.miniatura.internal.webp;

/**
 * The inverse transforms (RFC 6386, section 14), exact to the bit. Coefficients are 16-bit;
 * products of coefficients that no encoder writes may wrap, and are finally clipped like all
 * others.
 */
final class InverseTransform {

  /** √2 · cos(π/8) − 1 and √2 · sin(π/8), in 1/65536. */
  private static final int COSINE = 20091;

  private static final int SINE = 35468;

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
      samples[out] = clamp((samples[out] & 0xff) + ((a + d) >> 3));
      samples[out + 1] = clamp((samples[out + 1] & 0xff) + ((b + c) >> 3));
      samples[out + 2] = clamp((samples[out + 2] & 0xff) + ((b - c) >> 3));
      samples[out + 3] = clamp((samples[out + 3] & 0xff) + ((a - d) >> 3));
    }
  }

  /** The same for a block in which only the first coefficient is not 0. */
  static void dcOnly(int dc, byte[] samples, int at, int stride) {
    int add = (dc + 4) >> 3;
    for (int y = 0, out = at; y < 4; y++, out += stride) {
      for (int x = out; x < out + 4; x++) {
        samples[x] = clamp((samples[x] & 0xff) + add);
      }
    }
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
