package dev.miniatura.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StripJpegTest {

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void write_severalStrips_allLookAlike(boolean progressive) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new StripJpeg(160, 16 * 11, progressive).write(bytes);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
    assertThat(image.getWidth()).isEqualTo(160);
    assertThat(image.getHeight()).isEqualTo(16 * 11);
    for (int strip = 2; strip < 10; strip++) { // the first and last have other neighbors
      for (int y = 1; y < 15; y++) { // chroma is interpolated over the edge of a strip
        assertThat(row(image, 16 * strip + y)).isEqualTo(row(image, 16 + y));
      }
    }
    assertThat(row(image, 3)).isNotEqualTo(row(image, 4));
  }

  private static int[] row(BufferedImage image, int y) {
    return image.getRGB(0, y, image.getWidth(), 1, null, 0, image.getWidth());
  }
}
