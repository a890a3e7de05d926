package dev.miniatura.internal.av1;

import static dev.miniatura.internal.av1.Butterflies.hadamard;
import static dev.miniatura.internal.av1.Butterflies.reverse;
import static dev.miniatura.internal.av1.Butterflies.rotate;
import static dev.miniatura.internal.av1.Butterflies.rotateFlipped;

/** The inverse DCT in place (clauses 7.13.2.2 and 7.13.2.3), step by step as specified. */
final class InverseDct {

  private InverseDct() {}

  static void transform(int[] t, int[] copy, int n, int r) {
    System.arraycopy(t, 0, copy, 0, 1 << n);
    for (int i = 0; i < 1 << n; i++) {
      t[i] = copy[reverse(n, i)];
    }
    if (n == 6) {
      for (int i = 0; i < 16; i++) {
        rotate(t, 32 + i, 63 - i, 63 - 4 * reverse(4, i));
      }
    }
    if (n >= 5) {
      for (int i = 0; i < 8; i++) {
        rotate(t, 16 + i, 31 - i, 6 + (reverse(3, 7 - i) << 3));
      }
    }
    if (n == 6) {
      for (int i = 0; i < 16; i++) {
        hadamard(t, 32 + i * 2, 33 + i * 2, i & 1, r);
      }
    }
    if (n >= 4) {
      for (int i = 0; i < 4; i++) {
        rotate(t, 8 + i, 15 - i, 12 + (reverse(2, 3 - i) << 4));
      }
    }
    if (n >= 5) {
      for (int i = 0; i < 8; i++) {
        hadamard(t, 16 + 2 * i, 17 + 2 * i, i & 1, r);
      }
    }
    if (n == 6) {
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 2; j++) {
          rotateFlipped(t, 62 - i * 4 - j, 33 + i * 4 + j, 60 - 16 * reverse(2, i) + 64 * j);
        }
      }
    }
    if (n >= 3) {
      for (int i = 0; i < 2; i++) {
        rotate(t, 4 + i, 7 - i, 56 - 32 * i);
      }
    }
    if (n >= 4) {
      for (int i = 0; i < 4; i++) {
        hadamard(t, 8 + 2 * i, 9 + 2 * i, i & 1, r);
      }
    }
    if (n >= 5) {
      for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 2; j++) {
          rotateFlipped(t, 30 - 4 * i - j, 17 + 4 * i + j, 24 + (j << 6) + ((1 - i) << 5));
        }
      }
    }
    if (n == 6) {
      for (int i = 0; i < 8; i++) {
        for (int j = 0; j < 2; j++) {
          hadamard(t, 32 + i * 4 + j, 35 + i * 4 - j, i & 1, r);
        }
      }
    }
    rotateFlipped(t, 0, 1, 32);
    rotate(t, 2, 3, 48);
    finish(t, n, r);
  }

  private static void finish(int[] t, int n, int r) {
    if (n >= 3) {
      hadamard(t, 4, 5, 0, r);
      hadamard(t, 6, 7, 1, r);
    }
    if (n >= 4) {
      for (int i = 0; i < 2; i++) {
        rotateFlipped(t, 14 - i, 9 + i, 48 + 64 * i);
      }
    }
    if (n >= 5) {
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 2; j++) {
          hadamard(t, 16 + 4 * i + j, 19 + 4 * i - j, i & 1, r);
        }
      }
    }
    if (n == 6) {
      for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 4; j++) {
          rotateFlipped(t, 61 - i * 8 - j, 34 + i * 8 + j, 56 - i * 32 + (j >> 1) * 64);
        }
      }
    }
    for (int i = 0; i < 2; i++) {
      hadamard(t, i, 3 - i, 0, r);
    }
    if (n >= 3) {
      rotateFlipped(t, 6, 5, 32);
    }
    if (n >= 4) {
      for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 2; j++) {
          hadamard(t, 8 + 4 * i + j, 11 + 4 * i - j, i, r);
        }
      }
    }
    if (n >= 5) {
      for (int i = 0; i < 4; i++) {
        rotateFlipped(t, 29 - i, 18 + i, 48 + (i >> 1) * 64);
      }
    }
    if (n == 6) {
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 4; j++) {
          hadamard(t, 32 + 8 * i + j, 39 + 8 * i - j, i & 1, r);
        }
      }
    }
    mirror(t, 8, n >= 3, r);
    if (n >= 4) {
      for (int i = 0; i < 2; i++) {
        rotateFlipped(t, 13 - i, 10 + i, 32);
      }
    }
    if (n >= 5) {
      for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 4; j++) {
          hadamard(t, 16 + i * 8 + j, 23 + i * 8 - j, i, r);
        }
      }
    }
    if (n == 6) {
      for (int i = 0; i < 8; i++) {
        rotateFlipped(t, 59 - i, 36 + i, i < 4 ? 48 : 112);
      }
    }
    mirror(t, 16, n >= 4, r);
    if (n >= 5) {
      for (int i = 0; i < 4; i++) {
        rotateFlipped(t, 27 - i, 20 + i, 32);
      }
    }
    if (n == 6) {
      for (int i = 0; i < 8; i++) {
        hadamard(t, 32 + i, 47 - i, 0, r);
        hadamard(t, 48 + i, 63 - i, 1, r);
      }
    }
    mirror(t, 32, n >= 5, r);
    if (n == 6) {
      for (int i = 0; i < 8; i++) {
        rotateFlipped(t, 55 - i, 40 + i, 32);
      }
    }
    mirror(t, 64, n == 6, r);
  }

  private static void mirror(int[] t, int size, boolean applies, int r) {
    if (applies) {
      for (int i = 0; i < size / 2; i++) {
        hadamard(t, i, size - 1 - i, r);
      }
    }
  }
}
