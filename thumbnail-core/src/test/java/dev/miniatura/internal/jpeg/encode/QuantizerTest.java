package dev.miniatura.internal.jpeg.encode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class QuantizerTest {

  private static final int UNIT = ForwardDct.UNIT;

  @Test
  void step_quality50_isTableOfTheStandard() {
    assertThat(Quantizer.luma(50).step(0)).isEqualTo(16);
    assertThat(Quantizer.luma(50).step(1)).isEqualTo(11);
    assertThat(Quantizer.luma(50).step(2)).isEqualTo(12);
    assertThat(Quantizer.luma(50).step(63)).isEqualTo(99);
    assertThat(Quantizer.chroma(50).step(4)).isEqualTo(21);
  }

  @Test
  void step_extremeQualities_staysInAByte() {
    for (int k = 0; k < 64; k++) {
      assertThat(Quantizer.luma(100).step(k)).isEqualTo(1);
      assertThat(Quantizer.chroma(1).step(k)).isEqualTo(255);
    }
  }

  @Test
  void quantize_anyQuality_isNearestMultiple() {
    Random random = new Random(4);
    for (int quality = 1; quality <= 100; quality++) {
      Quantizer quantizer = Quantizer.luma(quality);
      int[] lanes = new int[8 * ForwardDct.STRIDE];
      for (int i = 0; i < lanes.length; i++) {
        lanes[i] = random.nextInt(-1024 * UNIT, 1024 * UNIT + 1);
      }
      int[] exact = lanes.clone();
      int blocks = 1 + quality % ForwardDct.BLOCKS;
      quantizer.divide(lanes, blocks);

      for (int b = 0; b < blocks; b++) {
        for (int k = 0; k < 64; k++) {
          int at = 8 * b + ForwardDct.place(naturalIndex(k));
          double quotient = exact[at] / (double) (UNIT * quantizer.step(k));
          assertThat(Math.abs(lanes[at] - quotient)).isLessThan(0.5 + 0.02);
        }
      }
    }
  }

  @Test
  void nonZero_anyCoefficients_hasABitForEach() {
    Random random = new Random(5);
    NonZero nonZero = new NonZero();
    int[] lanes = new int[8 * ForwardDct.STRIDE];
    for (int blocks = 1; blocks <= ForwardDct.BLOCKS; blocks++) {
      for (int i = 0; i < lanes.length; i++) {
        lanes[i] = Math.max(0, random.nextInt(-40, 3)) - random.nextInt(2) * random.nextInt(2);
      }
      nonZero.find(lanes, blocks);
      for (int b = 0; b < blocks; b++) {
        long expected = 0;
        for (int k = 0; k < 64; k++) {
          int value = lanes[8 * b + ForwardDct.place(naturalIndex(k))];
          expected |= value == 0 ? 0 : 1L << k;
        }
        assertThat(nonZero.inBlock(b)).isEqualTo(expected);
      }
    }
  }

  /** Walks the diagonals of T.81 figure A.6. */
  private static int naturalIndex(int k) {
    int x = 0;
    int y = 0;
    for (int i = 0; i < k; i++) {
      boolean up = (x + y) % 2 == 0;
      if (up ? x == 7 : x == 0 && y < 7) {
        y++;
      } else if (y == (up ? 0 : 7)) {
        x++;
      } else {
        x += up ? 1 : -1;
        y += up ? -1 : 1;
      }
    }
    return 8 * y + x;
  }
}
