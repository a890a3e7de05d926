package dev.miniatura;

import dev.miniatura.testing.IccProfiles;
import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.PngMaker;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process whose heap has the size of the plan plus that of the runtime can write stills of noise,
 * which nothing compresses, whatever has to be done to them before.
 */
class StillMemoryTest {

  private static final int SIDE = 768;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "format:jpeg",
        "format:jpeg,quality:100",
        "format:jpeg,quality:100,chroma:444",
        "format:jpeg,quality:100,progressive",
        "format:png",
        "format:png,palette",
        "format:gif"
      })
  void render_noiseWithNoisyAlpha_staysWithinThePlan(String options) throws Exception {
    Path source = folder.resolve("noise.png");
    Files.write(source, PngMaker.of(WebpMemoryTest.noise(SIDE, 6)).bytes());
    WebpMemoryTest.assertStaysWithinThePlan(source, spec(options));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "format:jpeg",
        "format:jpeg,quality:100",
        "format:jpeg,quality:100,chroma:444",
        "format:jpeg,quality:100,icc:keep",
        "format:png"
      })
  void render_turnedPhotoOfOtherColors_staysWithinThePlan(String options) throws Exception {
    BufferedImage opaque = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    int[] argb = WebpMemoryTest.noise(SIDE, 7).getRGB(0, 0, SIDE, SIDE, null, 0, SIDE);
    opaque.setRGB(0, 0, SIDE, SIDE, argb, 0, SIDE);
    Path source = folder.resolve("noise.jpg");
    Files.write(
        source,
        JpegMaker.of(opaque).quality(95).icc(IccProfiles.displayP3()).orientation(6).bytes());
    WebpMemoryTest.assertStaysWithinThePlan(source, spec(options));
  }

  private static String spec(String options) {
    return "fit:%dx%d,%s".formatted(SIDE, SIDE, options);
  }
}
