package dev.miniatura.internal.av1;

import static dev.miniatura.internal.av1.Butterflies.hadamard;
import static dev.miniatura.internal.av1.Butterflies.rotateFlipped;

/** The inverse ADST in place (clauses 7.13.2.4 to 7.13.2.9), step by step as specified. */
final class InverseAdst {

  private static final int SINPI_1_9 = 1321;
  private static final int SINPI_2_9 = 2482;
  private static final int SINPI_3_9 = 3344;
  private static final int SINPI_4_9 = 3803;

  private InverseAdst() {}

  static void transform(int[] t, int[] copy, int n, int r) {
    switch (n) {
      case 2 -> transform4(t);
      case 3 -> transform8(t, copy, r);
      default -> transform16(t, copy, r);
    }
  }

  private static void transform4(int[] t) {
    int s0 = SINPI_1_9 * t[0];
    int s1 = SINPI_2_9 * t[0];
    int s2 = SINPI_3_9 * t[1];
    int s3 = SINPI_4_9 * t[2];
    int s4 = SINPI_1_9 * t[2];
    int s5 = SINPI_2_9 * t[3];
    int s6 = SINPI_4_9 * t[3];
    int b7 = t[0] - t[2] + t[3];
    s0 += s3 + s5;
    s1 -= s4 + s6;
    s3 = s2;
    s2 = SINPI_3_9 * b7;
    t[0] = (s0 + s3 + 2048) >> 12;
    t[1] = (s1 + s3 + 2048) >> 12;
    t[2] = (s2 + 2048) >> 12;
    t[3] = (s0 + s1 - s3 + 2048) >> 12;
  }

  private static void permuteInput(int[] t, int[] copy, int n) {
    int size = 1 << n;
    System.arraycopy(t, 0, copy, 0, size);
    for (int i = 0; i < size; i++) {
      t[i] = copy[(i & 1) != 0 ? i - 1 : size - i - 1];
    }
  }

  private static void permuteOutput(int[] t, int[] copy, int n) {
    int size = 1 << n;
    System.arraycopy(t, 0, copy, 0, size);
    for (int i = 0; i < size; i++) {
      int a = i >> 3 & 1;
      int b = (i >> 2 & 1) ^ a;
      int c = (i >> 1 & 1) ^ (i >> 2 & 1);
      int d = (i & 1) ^ (i >> 1 & 1);
      int index = (d << 3 | c << 2 | b << 1 | a) >> (4 - n);
      t[i] = (i & 1) != 0 ? -copy[index] : copy[index];
    }
  }

  private static void transform8(int[] t, int[] copy, int r) {
    permuteInput(t, copy, 3);
    for (int i = 0; i < 4; i++) {
      rotateFlipped(t, 2 * i, 2 * i + 1, 60 - 16 * i);
    }
    for (int i = 0; i < 4; i++) {
      hadamard(t, i, 4 + i, r);
    }
    for (int i = 0; i < 2; i++) {
      rotateFlipped(t, 4 + 3 * i, 5 + i, 48 - 32 * i);
    }
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) {
        hadamard(t, 4 * j + i, 2 + 4 * j + i, r);
      }
    }
    for (int i = 0; i < 2; i++) {
      rotateFlipped(t, 2 + 4 * i, 3 + 4 * i, 32);
    }
    permuteOutput(t, copy, 3);
  }

  private static void transform16(int[] t, int[] copy, int r) {
    permuteInput(t, copy, 4);
    for (int i = 0; i < 8; i++) {
      rotateFlipped(t, 2 * i, 2 * i + 1, 62 - 8 * i);
    }
    for (int i = 0; i < 8; i++) {
      hadamard(t, i, 8 + i, r);
    }
    for (int i = 0; i < 2; i++) {
      rotateFlipped(t, 8 + 2 * i, 9 + 2 * i, 56 - 32 * i);
      rotateFlipped(t, 13 + 2 * i, 12 + 2 * i, 8 + 32 * i);
    }
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 2; j++) {
        hadamard(t, 8 * j + i, 4 + 8 * j + i, r);
      }
    }
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) {
        rotateFlipped(t, 4 + 8 * j + 3 * i, 5 + 8 * j + i, 48 - 32 * i);
      }
    }
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 4; j++) {
        hadamard(t, 4 * j + i, 2 + 4 * j + i, r);
      }
    }
    for (int i = 0; i < 4; i++) {
      rotateFlipped(t, 2 + 4 * i, 3 + 4 * i, 32);
    }
    permuteOutput(t, copy, 4);
  }
}
