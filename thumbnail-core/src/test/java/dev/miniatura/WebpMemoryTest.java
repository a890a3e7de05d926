package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.testing.ApngMaker;
import dev.miniatura.testing.PngMaker;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process whose heap has the size of the plan plus that of the runtime can write WebP. */
class WebpMemoryTest {

  private static final int SIDE = 512;

  /** The heap of a process that makes only small thumbnails. */
  private static final long RUNTIME_BYTES = 4 << 20;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"quality:1", "quality:80"})
  void render_noiseWithNoisyAlpha_staysWithinThePlan(String options) throws Exception {
    Path source = folder.resolve("noise.png");
    Files.write(source, PngMaker.of(noise(SIDE, 6)).bytes());
    assertStaysWithinThePlan(source, "fit:%dx%d,format:webp,%s".formatted(SIDE, SIDE, options));
  }

  @Test
  void render_animatedNoiseWithNoisyAlpha_staysWithinThePlan() throws Exception {
    Path source = folder.resolve("animated.png");
    List<BufferedImage> frames = List.of(noise(256, 6), noise(256, 7), noise(256, 8));
    Files.write(source, ApngMaker.bytes(frames, 40));
    assertStaysWithinThePlan(source, "fit:256x256,frames:all,format:webp,quality:1");
  }

  static void assertStaysWithinThePlan(Path source, String spec) throws Exception {
    long planned =
        Thumbnailer.create()
            .plan(ImageSource.of(source), List.of(ThumbnailSpec.parse(spec)))
            .peakBytes();
    long heap = (RUNTIME_BYTES + planned * 4 / 3) >> 20; // of which three quarters are the budget
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WebpMemoryTest.class.getName(),
                source.toString(),
                spec)
            .inheritIO()
            .start();
    assertThat(run.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(run.exitValue()).as("with " + heap + " MB").isZero();
  }

  static BufferedImage noise(int side, int seed) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, side, side, random.ints((long) side * side).toArray(), 0, side);
    return image;
  }

  /** Renders one source. */
  public static void main(String[] args) throws IOException {
    Thumbnailer.create().render(ImageSource.of(Path.of(args[0])), ThumbnailSpec.parse(args[1]));
  }
}
