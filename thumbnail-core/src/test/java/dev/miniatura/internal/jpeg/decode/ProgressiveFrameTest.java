package dev.miniatura.internal.jpeg.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.testing.CoefficientJpeg;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressiveFrameTest {

  private static final int[] SIZES = {1, 2, 3, 4, 5, 6, 8};

  /** With quantizers this coarse, every bit matters, so no refinement is skipped at any size. */
  private static final int COARSE = 20;

  @ParameterizedTest
  @EnumSource(CoefficientJpeg.Code.class)
  void decode_progressive_equalsBaselineOfTheSameCoefficients(CoefficientJpeg.Code code)
      throws IOException {
    for (int[] factors : new int[][] {{0x11}, {0x22, 0x11, 0x11}, {0x31, 0x21, 0x12}}) {
      CoefficientJpeg jpeg = CoefficientJpeg.random(factors.length, 83, 61, COARSE, factors);
      jpeg.code(code);
      for (int interval : new int[] {0, 1, 5}) {
        jpeg.restartInterval(interval);
        assertEqualAtAllSizes(jpeg.baseline(), jpeg.progressive());
        assertEqualAtAllSizes(jpeg.baseline(), jpeg.spectral());
      }
    }
  }

  private static void assertEqualAtAllSizes(byte[] baseline, byte[] progressive)
      throws IOException {
    for (int size : SIZES) {
      Decoded expected = Decoded.of(baseline, target(size));
      Decoded actual = Decoded.of(progressive, target(size));
      assertThat(actual.plan().layout()).isEqualTo(expected.plan().layout());
      assertThat(actual.notes()).isEmpty();
      assertThat(expected.notes()).isEmpty();
      for (int i = 0; i < expected.planes().length; i++) {
        assertThat(actual.planes()[i])
            .as("size %d, plane %d", size, i)
            .isEqualTo(expected.planes()[i]);
      }
    }
  }

  /** A target that the first component needs the given idctSize for, in an 83 × 61 image. */
  private static double target(int idctSize) {
    return switch (idctSize) {
      case 1 -> 4;
      case 2 -> 9;
      case 3 -> 15;
      case 4 -> 20;
      case 5 -> 26;
      case 6 -> 32;
      default -> Decoded.FULL;
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void decode_fineQuantizers_leavesOutRefinementsWithoutVisibleLoss(int size) throws IOException {
    CoefficientJpeg jpeg = CoefficientJpeg.random(7, 83, 61, 2, 0x11);
    byte[] file = jpeg.progressive();
    Decoded exact = Decoded.of(jpeg.baseline(), target(size));
    Decoded actual = Decoded.of(file, target(size));

    assertThat(actual.bytesRead()).isLessThan(file.length * 9L / 10);
    double squares = 0;
    for (int i = 0; i < exact.planes()[0].length; i++) {
      int error = (exact.planes()[0][i] & 0xff) - (actual.planes()[0][i] & 0xff);
      squares += error * error;
    }
    assertThat(Math.sqrt(squares / exact.planes()[0].length)).isLessThan(1);
  }

  @Test
  void decode_oneSamplePerBlock_stopsAfterTheDcScan() throws IOException {
    CoefficientJpeg jpeg = CoefficientJpeg.random(3, 83, 61, 8, 0x22, 0x11, 0x11);
    byte[] file = jpeg.spectral();

    Decoded decoded = Decoded.of(file, 2);

    assertThat(decoded.bytesRead()).isLessThan(file.length / 4);
    assertThat(decoded.planes()).isDeepEqualTo(Decoded.of(jpeg.baseline(), 2).planes());
  }

  @Test
  void decode_missingRefinements_reconstructsInTheMiddle() throws IOException {
    CoefficientJpeg jpeg = CoefficientJpeg.gray(8, 8, 16, 0x11);
    jpeg.coefficients(0)[0] = 5;

    Decoded decoded = Decoded.of(jpeg.firstDcScan(2), Decoded.FULL);

    // 5 is sent as 4..7, the middle of which is 5.5.
    assertThat(decoded.sample(0, 3, 3)).isEqualTo(128 + 11);
  }

  @Test
  void decode_truncatedAfterFirstScans_hasDetailLackingNoted() throws IOException {
    CoefficientJpeg jpeg = CoefficientJpeg.random(9, 83, 61, COARSE, 0x11);
    byte[] file = jpeg.progressive();

    Decoded decoded = Decoded.of(Arrays.copyOf(file, file.length * 2 / 3), Decoded.FULL);

    assertThat(decoded.notes()).hasSize(1).first().asString().startsWith("JPEG: truncated; ");
  }
}
