package dev.miniatura.internal.vp8l;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Encoded pictures decode to the same pixels, as they do with {@code dwebp}. */
class LosslessEncoderTest {

  @Test
  void encode_anyKindOfPicture_decodesToTheSamePixels() throws IOException {
    Random random = new Random(3);
    for (int round = 0; round < 250; round++) {
      int width = 1 + random.nextInt(1 << random.nextInt(7));
      int height = 1 + random.nextInt(1 << random.nextInt(7));
      int[] pixels = picture(width, height, round % 6, random);
      byte[] bytes = LosslessEncoder.encode(pixels, width, height);
      LosslessImage image = LosslessImageTest.read(bytes);
      assertThat(image.width()).isEqualTo(width);
      assertThat(image.height()).isEqualTo(height);
      assertThat(image.alpha()).isEqualTo(Arrays.stream(pixels).anyMatch(p -> p >>> 24 != 255));
      assertThat(LosslessImageTest.decode(bytes)).as("round " + round).isEqualTo(pixels);
    }
  }

  @Test
  void headless_ofAPlane_decodesToTheSameGreen() throws IOException {
    byte[] plane = new byte[50 * 40];
    new Random(4).nextBytes(plane);
    Arrays.fill(plane, 300, 1700, (byte) 255);
    byte[] bytes = LosslessEncoder.ofPlane(plane, 50, 40).headless();
    byte[] green = new byte[plane.length];
    LosslessImage.headless(SourceBytes.of(bytes), 0, bytes.length, 50, 40)
        .decode(
            (y, argb) -> {
              for (int x = 0; x < 50; x++) {
                green[y * 50 + x] = (byte) (argb[x] >> 8);
              }
            },
            new Deadline(Duration.ofMinutes(1)));
    assertThat(green).isEqualTo(plane);
  }

  @Test
  void encode_onePixelFewColorsAndSmoothColors_takeFewBytes() {
    assertThat(LosslessEncoder.encode(new int[] {0x80123456}, 1, 1)).hasSizeLessThan(24);
    Random random = new Random(5);
    assertThat(LosslessEncoder.encode(picture(64, 64, 2, random), 64, 64)).hasSizeLessThan(1100);
    assertThat(LosslessEncoder.encode(picture(64, 64, 3, random), 64, 64)).hasSizeLessThan(700);
  }

  /**
   * Pictures of noise, a few kinds of noise, two colors, slopes, repeated tiles, and plain ones.
   */
  private static int[] picture(int width, int height, int kind, Random random) {
    int[] table = random.ints(1 + random.nextInt(300)).toArray();
    int[] pixels = new int[width * height];
    for (int i = 0; i < pixels.length; i++) {
      int x = i % width;
      int y = i / width;
      pixels[i] =
          switch (kind) {
            case 0 -> random.nextInt();
            case 1 -> table[random.nextInt(table.length)];
            case 2 -> table[random.nextInt(Math.min(2, table.length))];
            case 3 -> Argb.BLACK | (x & 255) << 16 | (x + y & 255) << 8 | (y & 255);
            case 4 -> table[(x % 9 * 7 + y % 5) % table.length];
            default -> table[0];
          };
    }
    return pixels;
  }
}
