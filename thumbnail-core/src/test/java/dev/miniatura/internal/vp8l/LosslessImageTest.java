package dev.miniatura.internal.vp8l;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.MalformedImageException;
import dev.miniatura.ThumbnailException;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Decodes bitstreams of random syntax; {@code dwebp} decodes such streams to the same pixels. */
class LosslessImageTest {

  private static final Deadline DEADLINE = new Deadline(Duration.ofHours(1));

  @Test
  void decode_randomSyntax_isWhatTheRulesSay() throws IOException {
    Random random = new Random(1);
    for (int seed = 0; seed < 1500; seed++) {
      int width = 1 + random.nextInt(1 << random.nextInt(8));
      int height = 1 + random.nextInt(1 << random.nextInt(7));
      RandomImage image = RandomImage.of(width, height, seed);
      assertThat(decode(image.bytes())).as("seed " + seed).isEqualTo(image.pixels());
    }
  }

  @Test
  void decode_headless_isWhatTheRulesSay() throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      RandomImage image = RandomImage.headless(33, 21, seed);
      byte[] bytes = image.bytes();
      LosslessImage coded = LosslessImage.headless(SourceBytes.of(bytes), 0, bytes.length, 33, 21);
      assertThat(decode(coded)).isEqualTo(image.pixels());
    }
  }

  /** Pixels beyond the reach of references are dropped, which happens here several times. */
  @Test
  void decode_moreThanIsHeld_isWhatTheRulesSay() throws IOException {
    for (int seed = 0; seed < 4; seed++) {
      RandomImage image =
          seed % 2 == 0 ? RandomImage.of(2500, 2000, seed) : RandomImage.of(301, 16000, seed);
      assertThat(Arrays.equals(decode(image.bytes()), image.pixels())).as("seed " + seed).isTrue();
    }
  }

  @Test
  void decode_cutOff_deliversTheRowsBefore() throws IOException {
    RandomImage image = RandomImage.of(40, 40, 7);
    byte[] bytes = image.bytes();
    int most = 0;
    for (int length = 0; length < bytes.length; length++) {
      int[] pixels = new int[1600];
      int rows = 0;
      try {
        rows = decodeInto(pixels, read(Arrays.copyOf(bytes, length)));
      } catch (MalformedImageException e) {
        assertThat(e).hasMessageContaining("data ends");
      }
      assertThat(rows).isBetween(most, 40);
      most = rows;
      assertThat(Arrays.copyOf(pixels, 40 * rows))
          .isEqualTo(Arrays.copyOf(image.pixels(), 40 * rows));
    }
    assertThat(most).isGreaterThan(35);
  }

  @Test
  void decode_damaged_endsInRowsOrAThumbnailException() throws IOException {
    Random random = new Random(6);
    int delivered = 0;
    int refused = 0;
    for (int round = 0; round < 3000; round++) {
      byte[] bytes = RandomImage.of(1 + random.nextInt(60), 1 + random.nextInt(60), round).bytes();
      for (int flips = random.nextInt(3); flips >= 0; flips--) {
        int at = random.nextInt(random.nextInt(3) == 0 ? 60 : bytes.length);
        if (at >= 5 || random.nextInt(50) == 0) { // rarely in sizes, to save time
          bytes[Math.min(at, bytes.length - 1)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      try {
        LosslessImage image = read(bytes);
        if ((long) image.width() * image.height() > 1 << 22) {
          continue;
        }
        int rows = image.decode((y, argb) -> {}, DEADLINE);
        assertThat(rows).isBetween(0, image.height());
        delivered++;
      } catch (ThumbnailException e) {
        refused++;
      }
    }
    assertThat(delivered).isGreaterThan(200);
    assertThat(refused).isGreaterThan(200);
  }

  @Test
  void read_noSignatureOrNewerVersion_isMalformed() {
    assertThatThrownBy(() -> read(new byte[] {0x2e, 0, 0, 0, 0}))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("signature");
    assertThatThrownBy(() -> read(new byte[] {0x2f, 0, 0, 0, 0x20}))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("version 1");
  }

  @Test
  void workingBytes_ofLargePictures_areFarBelowTheirPixels() {
    assertThat(LosslessImage.workingBytes(16384, 16384, 1 << 20)).isLessThan(190_000_000);
    assertThat(LosslessImage.workingBytes(4000, 3000, 1 << 18)).isLessThan(36_000_000);
  }

  static LosslessImage read(byte[] bytes) throws IOException {
    return LosslessImage.read(SourceBytes.of(bytes), 0, bytes.length);
  }

  static int[] decode(byte[] bytes) throws IOException {
    return decode(read(bytes));
  }

  private static int[] decode(LosslessImage image) throws IOException {
    int[] pixels = new int[image.width() * image.height()];
    assertThat(decodeInto(pixels, image)).isEqualTo(image.height());
    return pixels;
  }

  private static int decodeInto(int[] pixels, LosslessImage image) throws IOException {
    return image.decode(
        (y, argb) -> System.arraycopy(argb, 0, pixels, y * image.width(), image.width()), DEADLINE);
  }
}
