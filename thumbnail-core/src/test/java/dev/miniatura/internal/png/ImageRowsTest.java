package dev.miniatura.internal.png;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Raster;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class ImageRowsTest {

  private static final int SIDE = 96;

  @Test
  void estimate_noise_isItsSize() {
    byte[] noise = new byte[20_000];
    new Random(6).nextBytes(noise);
    SizeEstimate estimate = SizeEstimate.of(noise);
    assertThat(estimate.matchesPay()).isFalse();
    assertThat(estimate.bytes()).isBetween(19_900L, 20_000L);
  }

  @Test
  void estimate_repeatedNoise_isTheSizeOfOne() {
    byte[] noise = new byte[5000];
    new Random(7).nextBytes(noise);
    byte[] repeated = new byte[20_000];
    for (int at = 0; at < repeated.length; at += noise.length) {
      System.arraycopy(noise, 0, repeated, at, noise.length);
    }
    SizeEstimate estimate = SizeEstimate.of(repeated);
    assertThat(estimate.matchesPay()).isTrue();
    assertThat(estimate.bytes()).isBetween(5000L, 5500L);
    assertThat(estimate.codedBytes()).isGreaterThan(19_000);
  }

  @Test
  void estimate_repetitionBeyondTheWindow_isNone() {
    byte[] noise = new byte[40_000];
    new Random(8).nextBytes(noise);
    byte[] repeated = new byte[80_000];
    System.arraycopy(noise, 0, repeated, 0, 40_000);
    System.arraycopy(noise, 0, repeated, 40_000, 40_000);
    assertThat(SizeEstimate.of(repeated).matchesPay()).isFalse();
  }

  @Test
  void estimate_fewBytesOrEqualOnes_isNearNothing() {
    assertThat(SizeEstimate.of(new byte[0]).bytes()).isZero();
    assertThat(SizeEstimate.of(new byte[7]).bytes()).isZero();
    assertThat(SizeEstimate.of(new byte[100_000]).bytes()).isLessThan(1000);
  }

  @Test
  void encode_everyStrategy_givesTheSameBytesOnEveryJdk() {
    Random random = new Random(9);
    String coded = crc((x, y) -> x * 2 + y + random.nextInt(24));
    String palette = crc((x, y) -> (x / 8 * 37 ^ y / 8 * 11) * 8);
    String matched = crc((x, y) -> x % 24 * y % 7 * 31 + x * y / 40);
    assertThat(String.join(", ", coded, palette, matched))
        .isEqualTo("coded b9543b98, palette 2c8a7adc, matched 50fc8bff");
  }

  /** Returns the kind of compression of a picture's rows, and the CRC of its file. */
  private static String crc(IntBinaryOperator pixel) {
    Raster raster = Raster.opaque(SIDE, SIDE, ColorKind.RGB);
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < SIDE * SIDE; i++) {
        raster.channel(c)[i] = (byte) (pixel.applyAsInt(i % SIDE, i / SIDE) + 3 * c);
      }
    }
    byte[] file = PngEncoder.encode(raster, PngOptions.DEFAULT);
    ImageRows rows = ImageRows.filtered(RowSource.ofChannels(raster, RowSource.RGB, 0, 1, 2));
    CRC32 crc = new CRC32();
    crc.update(file);
    String kind =
        file[25] == RowSource.PALETTE ? "palette" : rows.matchesPay() ? "matched" : "coded";
    return kind + " " + Long.toHexString(crc.getValue());
  }
}
