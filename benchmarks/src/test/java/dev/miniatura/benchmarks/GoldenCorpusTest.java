package dev.miniatura.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenCorpusTest {

  private static BufferedImage solid(int type, int argb) {
    BufferedImage image = new BufferedImage(4, 4, type);
    for (int i = 0; i < 16; i++) {
      image.setRGB(i % 4, i / 4, argb);
    }
    return image;
  }

  @Test
  void difference_clearPixels_hideTheirColor() {
    BufferedImage clearRed = solid(BufferedImage.TYPE_INT_ARGB, 0x00ff0000);
    assertThat(GoldenCorpus.difference(clearRed, solid(BufferedImage.TYPE_INT_RGB, 0xff808080)))
        .isZero();
    assertThat(GoldenCorpus.difference(clearRed, solid(BufferedImage.TYPE_INT_ARGB, 0xffff0000)))
        .isGreaterThan(30);
  }

  @Test
  void read_gray_keepsItsSamples(@TempDir Path folder) throws Exception {
    BufferedImage gray = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
    gray.getRaster().setSample(1, 1, 0, 100);
    Path file = folder.resolve("gray.png");
    ImageIO.write(gray, "png", file.toFile());
    assertThat(GoldenCorpus.read(file).getRGB(1, 1)).isEqualTo(0xff646464);
  }

  @Test
  void interpolated_betweenQualities_isGeometric() {
    Map<Double, Double> curve = Map.of(30.0, 100.0, 40.0, 400.0);
    assertThat(EqualQuality.interpolated(curve, 35)).isCloseTo(200, within(1e-9));
    assertThat(EqualQuality.interpolated(curve, 41)).isNaN();
  }
}
