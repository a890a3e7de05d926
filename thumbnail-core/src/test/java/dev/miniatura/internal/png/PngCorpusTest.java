package dev.miniatura.internal.png;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.miniatura.MalformedImageException;
import dev.miniatura.ThumbnailException;
import dev.miniatura.internal.png.Decoding.Decoded;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real files: the PngSuite against ImageIO, and a collection of broken ones. */
class PngCorpusTest {

  private static final String CORPUS = System.getProperty("corpus", "");

  @BeforeEach
  void needsCorpus() {
    assumeTrue(!CORPUS.isEmpty());
  }

  private static List<Path> files(String folder) throws IOException {
    try (var list = Files.list(Path.of(CORPUS, folder))) {
      return list.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void decode_validFiles_equalImageIo() throws Exception {
    for (Path file : files("png/suite")) {
      String name = String.valueOf(file.getFileName());
      if (name.startsWith("x")) {
        continue;
      }
      BufferedImage image = ImageIO.read(file.toFile());
      Decoded decoded = Decoding.decode(Files.readAllBytes(file));
      assertThat(decoded.notes()).as(name).isEmpty();
      int channels = decoded.plan().layout().channels();
      // ImageIO scales the 4-bit tRNS sample of this file beyond its range and misses the match.
      boolean alphaWrong = name.equals("tbbn0g04.png");
      for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
        int[] expected = pixel(image, i % image.getWidth(), i / image.getWidth());
        for (int c = 0; c < 4; c++) {
          int at = i * channels;
          boolean alpha = c == 3;
          int index = alpha ? channels - 1 : channels < 3 ? 0 : c;
          int actual =
              alpha && !decoded.plan().layout().alpha()
                  ? 255
                  : decoded.samples()[at + index] & 0xff;
          if (!(alpha && alphaWrong)) {
            assertThat(actual).as("%s, pixel %d, channel %d", name, i, c).isEqualTo(expected[c]);
          }
        }
      }
    }
  }

  /** A pixel as ImageIO stores it, before its color conversion, as 8-bit RGBA. */
  private static int[] pixel(BufferedImage image, int x, int y) {
    if (image.getColorModel() instanceof IndexColorModel) {
      int rgb = image.getRGB(x, y);
      return new int[] {rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff, rgb >>> 24};
    }
    int[] stored = image.getRaster().getPixel(x, y, (int[]) null);
    int max = (1 << image.getSampleModel().getSampleSize(0)) - 1;
    for (int i = 0; i < stored.length; i++) {
      stored[i] = (stored[i] * 255 + max / 2) / max;
    }
    int n = stored.length;
    int alpha = n % 2 == 0 ? stored[n - 1] : 255;
    return n < 3
        ? new int[] {stored[0], stored[0], stored[0], alpha}
        : new int[] {stored[0], stored[1], stored[2], alpha};
  }

  /** But for the one of which only a CRC of image data is wrong: that leaves a note. */
  @Test
  void decode_corruptFiles_areMalformed() throws Exception {
    for (Path file : files("png/suite")) {
      String name = String.valueOf(file.getFileName());
      if (name.startsWith("x") && !name.startsWith("xcsn0g01")) {
        byte[] png = Files.readAllBytes(file);
        assertThatThrownBy(() -> Decoding.decode(png))
            .as(name)
            .isInstanceOf(MalformedImageException.class);
      }
    }
  }

  @Test
  void decode_brokenFiles_haveAnOutcome() throws Exception {
    int refused = 0;
    for (Path file : files("malformed/png")) {
      try {
        Decoding.decode(Files.readAllBytes(file));
      } catch (ThumbnailException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }
}
