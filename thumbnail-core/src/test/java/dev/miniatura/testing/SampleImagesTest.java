package dev.miniatura.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the samples folder with the code that makes it. */
class SampleImagesTest {

  private static final Path FOLDER = Path.of("..", "samples");

  /** The quick ones, whose bytes depend only on this code. */
  @ParameterizedTest
  @ValueSource(strings = {"cmyk.jpg", "animated.gif", "rotated.webp"})
  void folder_files_areWhatTheCodeMakes(String name) throws IOException {
    byte[] made = made(name);

    assertThat(Arrays.equals(made, Files.readAllBytes(FOLDER.resolve(name)))).isTrue();
  }

  /** Bytes may differ between versions of zlib, but pixels must not. */
  @ParameterizedTest
  @ValueSource(strings = {"transparent-logo.png", "palette.png", "sixteen-bit.png"})
  void folder_deflatedFiles_holdThePixelsTheCodeMakes(String name) throws IOException {
    BufferedImage made = Decoded.of(made(name));
    BufferedImage kept = Decoded.of(Files.readAllBytes(FOLDER.resolve(name)));

    assertThat(Pictures.maxDifference(made, kept)).isZero();
  }

  @Test
  void folder_files_areThoseTheCodeKnowsAndSmall() throws IOException {
    Set<String> names = new TreeSet<>();
    long bytes = 0;
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(SampleImagesTest::isPicture).toList()) {
        names.add(String.valueOf(file.getFileName()));
        bytes += Files.size(file);
      }
    }

    assertThat(names).isEqualTo(new TreeSet<>(SampleImages.all().keySet()));
    assertThat(bytes).isLessThan(3_000_000);
  }

  @ParameterizedTest
  @CsvSource({
    "landscape.jpg, 2400, 1600",
    "portrait-orientation-6.jpg, 1600, 1200",
    "wide-panorama.jpg, 4000, 1000",
    "progressive.jpg, 1800, 1200",
    "still-life.jpg, 1500, 1000",
    "display-p3.jpg, 1200, 800",
    "scan.tiff, 1240, 1754"
  })
  void folder_largeFiles_decode(String name, int width, int height) throws IOException {
    BufferedImage image = Decoded.of(Files.readAllBytes(FOLDER.resolve(name)));

    assertThat(image.getWidth()).isEqualTo(width);
    assertThat(image.getHeight()).isEqualTo(height);
  }

  /** What needs another artifact is in a folder of its own. */
  private static boolean isPicture(Path path) {
    return Files.isRegularFile(path) && !path.endsWith("README.md");
  }

  private static byte[] made(String name) {
    return Objects.requireNonNull(SampleImages.all().get(name)).get();
  }
}
