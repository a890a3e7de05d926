package dev.miniatura.internal.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Raster;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ColorQuantizerTest {

  @Test
  void quantize_manyColors_neverExceedsThePalette() {
    for (int colors : new int[] {2, 3, 16, 100, 255, 256}) {
      for (boolean alpha : new boolean[] {false, true}) {
        for (boolean dither : new boolean[] {false, true}) {
          IndexedImage image = ColorQuantizer.quantize(noise(50, 40, alpha), colors, dither);
          assertThat(image.palette()).hasSizeBetween(2, colors).doesNotHaveDuplicates();
          for (byte index : image.indices()) {
            assertThat(index & 0xff).isLessThan(image.palette().length);
          }
        }
      }
    }
  }

  @Test
  void quantize_fewColors_keepsThemExactly() {
    Raster raster = Raster.opaque(32, 8, ColorKind.RGB);
    for (int i = 0; i < 256; i++) {
      raster.channel(0)[i] = (byte) i;
      raster.channel(1)[i] = (byte) (255 - i);
    }
    IndexedImage image = ColorQuantizer.quantize(raster, 256, true);
    for (int i = 0; i < 256; i++) {
      assertThat(image.palette()[image.indices()[i] & 0xff])
          .isEqualTo(255 << 24 | i << 16 | (255 - i) << 8);
    }
  }

  @Test
  void quantize_twice_givesTheSame() {
    Raster raster = noise(64, 48, true);
    for (boolean dither : new boolean[] {false, true}) {
      IndexedImage first = ColorQuantizer.quantize(raster, 31, dither);
      IndexedImage second = ColorQuantizer.quantize(raster, 31, dither);
      assertThat(second.palette()).isEqualTo(first.palette());
      assertThat(second.indices()).isEqualTo(first.indices());
    }
  }

  @Test
  void quantize_gradient_isCloseAndDitheringKeepsTheMean() {
    Raster raster = gradient(128, 96);
    assertThat(rms(raster, ColorQuantizer.quantize(raster, 64, false))).isLessThan(8);
    IndexedImage dithered = ColorQuantizer.quantize(raster, 8, true);
    IndexedImage plain = ColorQuantizer.quantize(raster, 8, false);
    assertThat(blockRms(raster, dithered)).isLessThan(blockRms(raster, plain) * 0.8);
  }

  @Test
  void quantize_threeLevels_splitsWhereTheyAre() {
    Raster raster = Raster.opaque(90, 10, ColorKind.GRAY);
    Random random = new Random(1);
    for (int i = 0; i < 900; i++) {
      raster.channel(0)[i] = (byte) (i % 90 / 30 * 100 + 20 + random.nextInt(4));
    }
    IndexedImage image = ColorQuantizer.quantize(raster, 3, false);
    int[] levels = Arrays.stream(image.palette()).map(color -> color & 0xff).toArray();
    assertThat(levels).hasSize(3);
    assertThat(levels[0]).isBetween(20, 23);
    assertThat(levels[1]).isBetween(120, 123);
    assertThat(levels[2]).isBetween(220, 223);
  }

  @Test
  void quantize_alpha_keepsOpaqueOpaqueAndTransparentTransparent() {
    Raster raster = noise(60, 60, true);
    for (int i = 0; i < 3600; i++) {
      int alpha = raster.channel(3)[i] & 0xff;
      raster.channel(3)[i] = (byte) (alpha < 80 ? 0 : alpha > 150 ? 255 : alpha);
    }
    for (boolean dither : new boolean[] {false, true}) {
      IndexedImage image = ColorQuantizer.quantize(raster, 200, dither);
      for (int i = 0; i < 3600; i++) {
        int alpha = raster.channel(3)[i] & 0xff;
        int found = image.palette()[image.indices()[i] & 0xff] >>> 24;
        if (alpha == 0 || alpha == 255) {
          assertThat(found).isEqualTo(alpha);
        }
      }
      int[] alphas = Arrays.stream(image.palette()).map(color -> color >>> 24).toArray();
      assertThat(alphas).isSorted();
    }
  }

  @Test
  void quantize_wrongInput_isRefused() {
    Raster raster = noise(4, 4, false);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ColorQuantizer.quantize(raster, 1, false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ColorQuantizer.quantize(raster, 257, false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ColorQuantizer.quantize(Raster.opaque(1, 1, ColorKind.YCBCR), 16, false));
  }

  private static Raster noise(int width, int height, boolean alpha) {
    Raster raster = Raster.of(width, height, ColorKind.RGB, alpha);
    Random random = new Random(width);
    for (int c = 0; c < raster.channelCount(); c++) {
      random.nextBytes(raster.channel(c));
    }
    return raster;
  }

  private static Raster gradient(int width, int height) {
    Raster raster = Raster.opaque(width, height, ColorKind.RGB);
    for (int i = 0; i < width * height; i++) {
      int x = i % width;
      int y = i / width;
      raster.channel(0)[i] = (byte) (x * 255 / width);
      raster.channel(1)[i] = (byte) (y * 255 / height);
      raster.channel(2)[i] = (byte) ((x + y) / 2);
    }
    return raster;
  }

  private static double rms(Raster raster, IndexedImage image) {
    double error = 0;
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < image.indices().length; i++) {
        error += Math.pow(sample(image, i, c) - (raster.channel(c)[i] & 0xff), 2);
      }
    }
    return Math.sqrt(error / (3 * image.indices().length));
  }

  /** Error of the means of blocks of 8 × 8. */
  private static double blockRms(Raster raster, IndexedImage image) {
    double error = 0;
    int blocks = 0;
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < image.height(); y += 8) {
        for (int x = 0; x < image.width(); x += 8) {
          double difference = 0;
          for (int i = 0; i < 64; i++) {
            int p = (y + i / 8) * image.width() + x + i % 8;
            difference += sample(image, p, c) - (raster.channel(c)[p] & 0xff);
          }
          error += difference * difference / (64 * 64);
          blocks++;
        }
      }
    }
    return Math.sqrt(error / blocks);
  }

  private static int sample(IndexedImage image, int pixel, int c) {
    return image.palette()[image.indices()[pixel] & 0xff] >> (16 - 8 * c) & 0xff;
  }
}
