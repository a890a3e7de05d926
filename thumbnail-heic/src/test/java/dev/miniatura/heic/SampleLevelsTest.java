package dev.miniatura.heic;

import static dev.miniatura.testing.HeifMaker.hvcC;
import static dev.miniatura.testing.HeifMaker.ispe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.miniatura.ImageSource;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.testing.HeifMaker;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Samples of every level compared with the equations of ITU-T H.273, clause 8.3, in floating point.
 */
class SampleLevelsTest {

  private static final ThumbnailSpec WHOLE = ThumbnailSpec.parse("fit:4000x4000,format:png");

  private static BufferedImage render(
      int width, int height, int depth, boolean fullRange, PcmPicture.Samples samples)
      throws IOException {
    PcmPicture picture = new PcmPicture(width, height, 3, depth, fullRange, samples);
    HeifMaker maker = HeifMaker.of("heic");
    byte[] configuration = hvcC(3, depth, picture.parameterSets());
    maker.item("hvc1", picture.item(), configuration, ispe(width, height));
    byte[] png = Thumbnailer.create().render(ImageSource.of(maker.bytes()), WHOLE).bytes();
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  /** Returns luma of 0 to 1. */
  private static double luma(int sample, int depth, boolean fullRange) {
    double scale = 1 << (depth - 8);
    double level = fullRange ? sample / ((1 << depth) - 1.0) : (sample / scale - 16) / 219;
    return Math.max(0, Math.min(1, level));
  }

  private static double chroma(int sample, int depth, boolean fullRange) {
    double centered = sample - (128 << (depth - 8));
    return centered / (fullRange ? (1 << depth) - 1.0 : 224 << (depth - 8));
  }

  @ParameterizedTest
  @CsvSource({"8,true", "8,false", "10,true", "10,false", "12,false"})
  void render_grayOfEveryLevel_isRoundedOnce(int depth, boolean fullRange) throws IOException {
    int levels = 1 << depth;
    int width = 256;
    int neutral = 128 << (depth - 8);

    BufferedImage picture =
        render(
            width, levels / width, depth, fullRange, (c, x, y) -> c == 0 ? y * width + x : neutral);

    for (int i = 0; i < levels; i++) {
      int gray = (int) Math.round(255 * luma(i, depth, fullRange));
      assertThat(picture.getRaster().getSample(i % width, i / width, 0)).isEqualTo(gray);
    }
  }

  /** Components become 8 bits first, and RGB then: three roundings of half a level. */
  @ParameterizedTest
  @CsvSource({"8,true", "8,false", "10,true", "10,false", "12,false"})
  void render_color_isWithinItsRoundings(int depth, boolean fullRange) throws IOException {
    int side = 64;
    int[][] samples = new int[3][side * side];
    Random random = new Random(depth);
    for (int i = 0; i < side * side; i++) {
      for (int c = 0; c < 3; c++) {
        samples[c][i] = (c == 0 ? 16 + random.nextInt(220) : 128) << (depth - 8);
        samples[c][i] += c == 0 ? 0 : random.nextInt(1 << (depth - 1)) - (1 << (depth - 2));
      }
    }

    BufferedImage picture =
        render(side, side, depth, fullRange, (c, x, y) -> samples[c][y * side + x]);

    for (int i = 0; i < side * side; i++) {
      double y = luma(samples[0][i], depth, fullRange);
      double cb = chroma(samples[1][i], depth, fullRange);
      double cr = chroma(samples[2][i], depth, fullRange);
      double red = y + 1.402 * cr;
      double blue = y + 1.772 * cb;
      double green = (y - 0.299 * red - 0.114 * blue) / 0.587;
      int pixel = picture.getRGB(i % side, i / side);
      assertLevel(pixel >> 16, red, 1.71);
      assertLevel(pixel >> 8, green, 1.54);
      assertLevel(pixel, blue, 1.9);
      if (Math.min(red, Math.min(green, blue)) >= 0 && Math.max(red, Math.max(green, blue)) <= 1) {
        double shown =
            0.299 * (pixel >> 16 & 0xff) + 0.587 * (pixel >> 8 & 0xff) + 0.114 * (pixel & 0xff);
        assertThat(shown).isCloseTo(255 * y, within(1.0));
      }
    }
  }

  private static void assertLevel(int actual, double expected, double tolerance) {
    double clipped = 255 * Math.max(0, Math.min(1, expected));
    assertThat((double) (actual & 0xff)).isCloseTo(clipped, within(tolerance));
  }
}
