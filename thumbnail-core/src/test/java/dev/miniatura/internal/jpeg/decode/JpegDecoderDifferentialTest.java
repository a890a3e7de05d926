package dev.miniatura.internal.jpeg.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.internal.jpeg.Marker;
import dev.miniatura.internal.raster.Plane;
import dev.miniatura.testing.CoefficientJpeg;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Comparison with the JDK's decoder on raw components, without color conversion. */
class JpegDecoderDifferentialTest {

  /**
   * Corpus files whose subsampled chroma the JDK upsamples by repetition only, or that it cannot
   * read.
   */
  private static final Set<String> EXCEPTIONS = Set.of("fox410.jpg", "arithmetic.jpg");

  @ParameterizedTest
  @CsvSource({
    "0x11, 0x11, 0x11",
    "0x21, 0x11, 0x11",
    "0x12, 0x11, 0x11",
    "0x22, 0x11, 0x11",
    "0x41, 0x11, 0x11",
    "0x22, 0x21, 0x12",
    "0x11, 0x22, 0x22"
  })
  void decode_anySampling_agreesWhereSamplesAreStored(String y, String cb, String cr)
      throws IOException {
    int[] factors = {Integer.decode(y), Integer.decode(cb), Integer.decode(cr)};
    CoefficientJpeg jpeg = CoefficientJpeg.random(1, 131, 77, 6, factors);
    jpeg.segments(new byte[] {-1, -32, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0});
    assertFullComponentsAgree(jpeg.baseline());
    assertFullComponentsAgree(jpeg.progressive());
    jpeg.restartInterval(3);
    assertFullComponentsAgree(jpeg.baselineByComponent(0, 1, 2));
  }

  /** Compares the components that have a sample for every pixel. */
  private static void assertFullComponentsAgree(byte[] file) throws IOException {
    Decoded decoded = Decoded.of(file, Decoded.FULL);
    Raster raster = raster(file);
    int compared = 0;
    for (int c = 0; c < decoded.planes().length; c++) {
      Plane plane = decoded.plan().layout().planes().get(c);
      if (plane.width() != raster.getWidth() || plane.height() != raster.getHeight()) {
        continue;
      }
      compared++;
      for (int i = 0; i < plane.width() * plane.height(); i++) {
        int x = i % plane.width();
        int y = i / plane.width();
        assertThat(decoded.sample(c, x, y))
            .as("component %d at %d, %d", c, x, y)
            .isCloseTo(raster.getSample(x, y, c), org.assertj.core.data.Offset.offset(1));
      }
    }
    assertThat(compared).isPositive();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void decode_filesOfTheJdkWriter_agreesWithTheirPixels(boolean progressive) throws IOException {
    byte[] file = write(picture(301, 203), progressive);
    Decoded decoded = Decoded.of(file, Decoded.FULL);
    assertThat(decoded.header().progressive()).isEqualTo(progressive);
    assertThat(meanDifference(decoded, raster(file))).isLessThan(0.1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {20, 42, 85})
  void decode_reduced_isTheMeanOfTheFullPicture(double target) throws IOException {
    byte[] file = write(picture(320, 240), false);
    Decoded full = Decoded.of(file, Decoded.FULL);
    Decoded reduced = Decoded.of(file, target);
    Plane plane = reduced.plan().layout().planes().get(0);
    int box = 320 / plane.width();
    assertThat(box).isGreaterThan(1);
    double sum = 0;
    for (int y = 0; y < plane.height(); y++) {
      for (int x = 0; x < plane.width(); x++) {
        double mean = 0;
        for (int i = 0; i < box * box; i++) {
          mean += full.sample(0, x * box + i % box, y * box + i / box) / (double) (box * box);
        }
        double error = Math.abs(reduced.sample(0, x, y) - mean);
        assertThat(error).isLessThan(5); // the frequencies left out alias into a true mean
        sum += error;
      }
    }
    assertThat(sum / (plane.width() * plane.height())).isLessThan(0.6); // rounding alone: 0.25
  }

  @Test
  void decode_withoutHuffmanTables_usesTheTypicalOnes() throws IOException {
    byte[] file = write(picture(120, 90), false);
    byte[] stripped = withoutHuffmanTables(file);
    assertThat(stripped.length).isLessThan(file.length - 400);
    assertThat(Decoded.of(stripped, Decoded.FULL).planes())
        .isDeepEqualTo(Decoded.of(file, Decoded.FULL).planes());
  }

  @Test
  @EnabledIfSystemProperty(named = "corpus", matches = ".+")
  void decode_corpus_agrees() throws IOException {
    for (String folder : List.of("photos", "progressive", "colour", "formats")) {
      try (Stream<Path> files = Files.list(Path.of(System.getProperty("corpus"), folder))) {
        for (Path path : (Iterable<Path>) files.sorted()::iterator) {
          String name = path.getFileName().toString();
          if (!name.matches(".*\\.jpe?g") || EXCEPTIONS.contains(name)) {
            continue;
          }
          byte[] file = Files.readAllBytes(path);
          if (Decoded.header(file).pixels() > 10_000_000) {
            continue;
          }
          assertThat(meanDifference(Decoded.of(file, Decoded.FULL), raster(file)))
              .as(path.toString())
              .isLessThan(0.1);
        }
      }
    }
  }

  /** Upsamples linearly about sample centers, as libjpeg does for factors of two. */
  private static double meanDifference(Decoded decoded, Raster raster) {
    long sum = 0;
    long count = 0;
    boolean inks = raster.getNumBands() == 4;
    for (int c = 0; c < decoded.planes().length; c++) {
      Plane plane = decoded.plan().layout().planes().get(c);
      boolean inverted =
          inks
              && (c == 3
                  || decoded.plan().layout().color()
                      == dev.miniatura.internal.raster.ColorKind.CMYK);
      for (int y = 0; y < raster.getHeight(); y += 1 + raster.getHeight() / 200) {
        for (int x = 0; x < raster.getWidth(); x++) {
          int value = upsampled(decoded, c, plane, x, y, raster);
          sum += Math.abs((inverted ? 255 - value : value) - raster.getSample(x, y, c));
          count++;
        }
      }
    }
    return (double) sum / count;
  }

  private static int upsampled(Decoded decoded, int c, Plane plane, int x, int y, Raster raster) {
    double atX = (x + 0.5) * plane.extentX() / raster.getWidth() - 0.5;
    double atY = (y + 0.5) * plane.extentY() / raster.getHeight() - 0.5;
    int left = (int) Math.floor(atX);
    int top = (int) Math.floor(atY);
    double value = 0;
    for (int i = 0; i < 4; i++) {
      int sx = left + (i & 1);
      int sy = top + (i >> 1);
      double weight = (1 - Math.abs(atX - sx)) * (1 - Math.abs(atY - sy));
      int clampedX = Math.max(0, Math.min(plane.width() - 1, sx));
      int clampedY = Math.max(0, Math.min(plane.height() - 1, sy));
      value += weight * decoded.sample(c, clampedX, clampedY);
    }
    return (int) Math.rint(value);
  }

  private static Raster raster(byte[] file) throws IOException {
    ImageReader reader = jdkReader();
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in);
      return reader.readRaster(0, null);
    } finally {
      reader.dispose();
    }
  }

  /** TwelveMonkeys' reader is registered as well, and comes first. */
  private static ImageReader jdkReader() {
    for (var readers = ImageIO.getImageReadersByFormatName("jpeg"); readers.hasNext(); ) {
      ImageReader reader = readers.next();
      if (reader.getClass().getName().startsWith("com.sun.")) {
        return reader;
      }
    }
    throw new IllegalStateException("the JDK has no JPEG reader");
  }

  private static byte[] write(BufferedImage image, boolean progressive) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    if (progressive) {
      param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static BufferedImage picture(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int red = (int) (128 + 90 * Math.sin(x / 17.0) * Math.cos(y / 23.0));
        int green = 255 * x / width;
        int blue = (int) (128 + 60 * Math.cos((x + y) / 9.0) + random.nextInt(8));
        image.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
    return image;
  }

  private static byte[] withoutHuffmanTables(byte[] file) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, 2);
    int at = 2;
    while ((file[at + 1] & 0xff) != Marker.SOS) {
      int length = 2 + ((file[at + 2] & 0xff) << 8 | (file[at + 3] & 0xff));
      if ((file[at + 1] & 0xff) != Marker.DHT) {
        out.write(file, at, length);
      }
      at += length;
    }
    out.write(file, at, file.length - at);
    return out.toByteArray();
  }
}
