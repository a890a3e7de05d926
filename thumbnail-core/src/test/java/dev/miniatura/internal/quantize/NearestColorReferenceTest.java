package dev.miniatura.internal.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class NearestColorReferenceTest {

  @Test
  void find_randomPalettes_isAsNearAsFullSearch() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      int[][] palette = new int[random.nextInt(1, 257)][];
      for (int i = 0; i < palette.length; i++) {
        palette[i] = color(random);
      }
      NearestColor nearest = new NearestColor(palette);
      for (int k = 0; k < 50; k++) {
        int[] wanted = color(random);
        long min = Long.MAX_VALUE;
        for (int[] candidate : palette) {
          min = Math.min(min, error(candidate, wanted));
        }
        assertThat(error(palette[nearest.find(wanted)], wanted)).isEqualTo(min);
      }
    }
  }

  private static int[] color(Random random) {
    int[] color = new int[Components.COUNT];
    for (int c = 0; c < color.length; c++) {
      color[c] = random.nextInt(Components.MAX + 1);
    }
    return color;
  }

  private static long error(int[] first, int[] second) {
    long error = 0;
    for (int c = 0; c < Components.COUNT; c++) {
      long difference = (long) first[c] - second[c];
      error += Components.WEIGHTS[c] * difference * difference;
    }
    return error;
  }
}
