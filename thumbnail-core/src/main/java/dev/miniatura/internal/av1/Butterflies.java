package dev.miniatura.internal.av1;

/** The rotations that make up the transforms (clause 7.13.2.1). */
final class Butterflies {

  private static final int[] COS = new int[256];

  static {
    for (int i = 0; i < 256; i++) {
      // The specification's table is this expression; the test compares it with the
      // specification's.
      COS[i] = (int) Math.round(4096 * StrictMath.cos(i * Math.PI / 128));
    }
  }

  private Butterflies() {}

  static int cos128(int angle) {
    return COS[angle & 255];
  }

  static int sin128(int angle) {
    return COS[angle - 64 & 255];
  }

  /** B( a, b, angle, 0 ). */
  static void rotate(int[] t, int a, int b, int angle) {
    int cos = cos128(angle);
    int sin = sin128(angle);
    int x = t[a] * cos - t[b] * sin;
    int y = t[a] * sin + t[b] * cos;
    t[a] = (x + 2048) >> 12;
    t[b] = (y + 2048) >> 12;
  }

  /** B( a, b, angle, 1 ). */
  static void rotateFlipped(int[] t, int a, int b, int angle) {
    rotate(t, a, b, angle);
    int kept = t[a];
    t[a] = t[b];
    t[b] = kept;
  }

  /** H( a, b, 0, r ). */
  static void hadamard(int[] t, int a, int b, int range) {
    int limit = 1 << (range - 1);
    int x = t[a];
    int y = t[b];
    t[a] = Math.max(-limit, Math.min(limit - 1, x + y));
    t[b] = Math.max(-limit, Math.min(limit - 1, x - y));
  }

  /** H( a, b, flip, r ). */
  static void hadamard(int[] t, int a, int b, int flip, int range) {
    if (flip == 0) {
      hadamard(t, a, b, range);
    } else {
      hadamard(t, b, a, range);
    }
  }

  /** brev( bits, x ). */
  static int reverse(int bits, int x) {
    return Integer.reverse(x) >>> (32 - bits);
  }
}
