package dev.miniatura.internal.png;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Raster;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The encoder's output, read by the JDK: every pixel must be preserved. */
class PngEncoderDifferentialTest {

  @Test
  void encode_everySmallSizeAndKind_comesBack() throws IOException {
    Random random = new Random(3);
    for (int width = 1; width <= 18; width++) {
      for (int height = 1; height <= 10; height += 3) {
        for (ColorKind color : new ColorKind[] {ColorKind.GRAY, ColorKind.RGB}) {
          for (boolean alpha : new boolean[] {false, true}) {
            for (int levels : new int[] {1, 2, 4, 16, 256}) {
              assertComesBack(picture(width, height, color, alpha, levels, random), 6);
            }
          }
        }
      }
    }
  }

  @Test
  void encode_everyLevelAndContent_comesBack() throws IOException {
    Random random = new Random(4);
    for (int level = 1; level <= 9; level++) {
      for (int levels : new int[] {3, 256}) {
        for (boolean alpha : new boolean[] {false, true}) {
          assertComesBack(picture(131, 77, ColorKind.RGB, alpha, levels, random), level);
          assertComesBack(waves(131, 77, alpha), level);
        }
      }
    }
  }

  @Test
  void encode_drawing_comesBack() throws IOException {
    Raster raster = Raster.opaque(120, 90, ColorKind.RGB);
    for (int i = 0; i < 120 * 90; i++) {
      int x = i % 120;
      int y = i / 120;
      for (int c = 0; c < 3; c++) {
        raster.channel(c)[i] = (byte) (x * x + y * y < 3600 ? 200 + c : x / 8 * (c + 1) + y / 4);
      }
    }
    assertComesBack(raster, 6);
  }

  private static Raster picture(
      int width, int height, ColorKind color, boolean alpha, int levels, Random random) {
    Raster raster = Raster.of(width, height, color, alpha);
    for (int c = 0; c < raster.channelCount(); c++) {
      for (int i = 0; i < width * height; i++) {
        int level = random.nextInt(levels);
        raster.channel(c)[i] = (byte) (levels == 1 ? 255 : level * 255 / (levels - 1));
      }
    }
    return raster;
  }

  private static Raster waves(int width, int height, boolean alpha) {
    Raster raster = Raster.of(width, height, ColorKind.RGB, alpha);
    for (int c = 0; c < raster.channelCount(); c++) {
      for (int i = 0; i < width * height; i++) {
        double x = i % width;
        raster.channel(c)[i] = (byte) (128 + 120 * Math.sin(x / (7 + c) + i * 1e-3));
      }
    }
    return raster;
  }

  private static void assertComesBack(Raster raster, int level) throws IOException {
    byte[] file = PngEncoder.encode(raster, new PngOptions(level, null));
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
    assertThat(image.getWidth()).isEqualTo(raster.width());
    assertThat(image.getHeight()).isEqualTo(raster.height());
    boolean gray = raster.color() == ColorKind.GRAY;
    for (int i = 0; i < raster.width() * raster.height(); i++) {
      int x = i % raster.width();
      int y = i / raster.width();
      for (int c = 0; c < 4; c++) {
        int expected = 255;
        if (c < 3) {
          expected = raster.channel(gray ? 0 : c)[i] & 0xff;
        } else if (raster.alpha()) {
          expected = raster.channel(raster.channelCount() - 1)[i] & 0xff;
        }
        assertThat(sample(image, x, y, c)).isEqualTo(expected);
      }
    }
  }

  /** Reads a sample past the color conversion that getRGB applies to gray. */
  private static int sample(BufferedImage image, int x, int y, int c) {
    if (image.getColorModel() instanceof IndexColorModel) {
      int shift = new int[] {16, 8, 0, 24}[c];
      return image.getRGB(x, y) >> shift & 0xff;
    }
    int bands = image.getRaster().getNumBands();
    boolean alpha = image.getColorModel().hasAlpha();
    if (c == 3) {
      return alpha ? image.getRaster().getSample(x, y, bands - 1) : 255;
    }
    return image.getRaster().getSample(x, y, bands < 3 ? 0 : c);
  }
}
