package dev.miniatura.internal.webp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.internal.webp.FilterHeader.Strength;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loop filters compared with the arithmetic of RFC 6386, section 15, on signed samples. */
class LoopFilterReferenceTest {

  private static final int SIDE = 16;

  private final int[][] picture = new int[2 * SIDE][2 * SIDE]; // signed, of four macroblocks

  private static int clamp(int value) {
    return value < -128 ? -128 : Math.min(value, 127);
  }

  /** Filters across one edge at one place; {@code s} are 8 samples, the edge is in the middle. */
  private static void filter(int[] s, Strength strength, boolean simple, boolean macroblock) {
    int limit = (macroblock ? strength.level() + 2 : strength.level()) * 2 + strength.interior();
    if (Math.abs(s[3] - s[4]) * 2 + (Math.abs(s[2] - s[5]) >> 1) > limit) {
      return;
    }
    for (int i = 0; i < 7 && !simple; i++) {
      if (i != 3 && Math.abs(s[i] - s[i + 1]) > strength.interior()) {
        return;
      }
    }
    boolean varies =
        Math.abs(s[2] - s[3]) > strength.highVariance()
            || Math.abs(s[5] - s[4]) > strength.highVariance();
    boolean outerTaps = simple || varies || macroblock;
    int a = clamp((outerTaps ? clamp(s[2] - s[5]) : 0) + 3 * (s[4] - s[3]));
    if (macroblock && !simple && !varies) {
      int[] weights = {27, 18, 9};
      for (int i = 0; i < 3; i++) {
        int step = clamp((weights[i] * a + 63) >> 7);
        s[4 + i] = clamp(s[4 + i] - step);
        s[3 - i] = clamp(s[3 - i] + step);
      }
      return;
    }
    int f = clamp(a + 4) >> 3;
    s[4] = clamp(s[4] - f);
    s[3] = clamp(s[3] + (clamp(a + 3) >> 3));
    if (!simple && !varies) {
      int outer = (f + 1) >> 1;
      s[5] = clamp(s[5] - outer);
      s[2] = clamp(s[2] + outer);
    }
  }

  private void filterEdges(Strength strength, boolean simple) {
    for (int step = 0; step < SIDE; step += 4) {
      for (int along = SIDE; along < 2 * SIDE; along++) {
        int[] s = new int[8];
        for (int i = 0; i < 8; i++) {
          s[i] = picture[along][SIDE + step - 4 + i];
        }
        filter(s, strength, simple, step == 0);
        for (int i = 0; i < 8; i++) {
          picture[along][SIDE + step - 4 + i] = s[i];
        }
      }
    }
    for (int step = 0; step < SIDE; step += 4) {
      for (int along = SIDE; along < 2 * SIDE; along++) {
        int[] s = new int[8];
        for (int i = 0; i < 8; i++) {
          s[i] = picture[SIDE + step - 4 + i][along];
        }
        filter(s, strength, simple, step == 0);
        for (int i = 0; i < 8; i++) {
          picture[SIDE + step - 4 + i][along] = s[i];
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void filter_randomSamples_isThatOfTheRfc(boolean simple) {
    Random random = new Random(7);
    int changed = 0;
    for (int round = 0; round < 500; round++) {
      PlaneBand band = new PlaneBand(2, SIDE);
      int contrast = 1 + random.nextInt(random.nextBoolean() ? 12 : 255);
      int base = random.nextInt(256 - Math.min(contrast, 255));
      for (int y = 0; y < 2 * SIDE; y++) {
        for (int x = 0; x < 2 * SIDE; x++) {
          int sample = base + random.nextInt(contrast);
          picture[y][x] = sample - 128;
          band.samples[band.before(y) + x] = (byte) sample;
        }
      }
      byte[] before = band.samples.clone();
      FilterHeader header =
          new FilterHeader(simple, 1 + random.nextInt(63), random.nextInt(8), 0, 0);
      Strength strength = header.strength(header.level(), true);

      filterEdges(strength, simple);
      if (simple) {
        LoopFilter.simple(band, 1, strength, true, true, true);
      } else {
        LoopFilter.normal(new PlaneBand[] {band}, 1, strength, true, true, true);
      }

      for (int y = 0; y < 2 * SIDE; y++) {
        for (int x = 0; x < 2 * SIDE; x++) {
          assertThat((band.samples[band.before(y) + x] & 0xff) - 128).isEqualTo(picture[y][x]);
        }
      }
      changed += Arrays.equals(before, band.samples) ? 0 : 1;
    }
    assertThat(changed).isGreaterThan(200);
  }
}
