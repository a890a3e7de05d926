package dev.miniatura.internal.webp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The transforms compared with their formulas in floating point. */
class InverseTransformReferenceTest {

  private final InverseTransform transform = new InverseTransform();

  /** Half the separable cosine transform of four points; RFC 6386 scales so, then rounds twice. */
  private static double dct(short[] in, int x, int y) {
    double sum = 0;
    for (int v = 0; v < 4; v++) {
      for (int u = 0; u < 4; u++) {
        sum += in[4 * v + u] * basis(u, x) * basis(v, y);
      }
    }
    return sum / 8;
  }

  private static double basis(int frequency, int at) {
    return frequency == 0 ? 1 : Math.sqrt(2) * Math.cos((2 * at + 1) * frequency * Math.PI / 8);
  }

  @Test
  void dct_randomBlocks_isWithinOneOfTheFormula() {
    Random random = new Random(1);
    for (int round = 0; round < 20_000; round++) {
      short[] block = new short[16];
      for (int i = random.nextInt(16); i >= 0; i--) {
        block[random.nextInt(16)] = (short) random.nextInt(-300, 300);
      }
      byte[] samples = new byte[4 * 9];
      random.nextBytes(samples);
      byte[] before = samples.clone();

      transform.dct(block, 0, samples, 2, 9);

      for (int y = 0; y < 4; y++) {
        for (int x = 0; x < 4; x++) {
          int at = 2 + 9 * y + x;
          double exact = (before[at] & 0xff) + dct(block, x, y);
          double clipped = Math.max(0, Math.min(exact, 255));
          assertThat((double) (samples[at] & 0xff)).isBetween(clipped - 1.6, clipped + 1.6);
        }
      }
    }
  }

  @Test
  void dcOnly_anyValue_isTheTransform() {
    for (int dc = -3000; dc < 3000; dc++) {
      byte[] one = new byte[16];
      byte[] other = new byte[16];
      Arrays.fill(one, (byte) 100);
      Arrays.fill(other, (byte) 100);
      short[] block = new short[16];
      block[0] = (short) dc;

      transform.dct(block, 0, one, 0, 4);
      InverseTransform.dcOnly(dc, other, 0, 4);

      assertThat(other).isEqualTo(one);
    }
  }

  @Test
  void walshHadamard_randomBlocks_isTheFormula() {
    Random random = new Random(2);
    int[][] signs = {{1, 1, 1, 1}, {1, 1, -1, -1}, {1, -1, -1, 1}, {1, -1, 1, -1}};
    for (int round = 0; round < 2000; round++) {
      short[] second = new short[16];
      for (int i = 0; i < 16; i++) {
        second[i] = (short) random.nextInt(-500, 500);
      }
      short[] blocks = new short[16 * 16];

      transform.walshHadamard(second, blocks);

      for (int i = 0; i < 16; i++) {
        int sum = 3;
        for (int k = 0; k < 16; k++) {
          sum += second[k] * signs[k / 4][i / 4] * signs[k % 4][i % 4];
        }
        assertThat((int) blocks[16 * i]).isEqualTo(sum >> 3);
      }
    }
  }
}
