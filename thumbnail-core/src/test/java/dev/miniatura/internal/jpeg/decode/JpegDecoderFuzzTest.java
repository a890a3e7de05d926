package dev.miniatura.internal.jpeg.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.miniatura.ImageSource;
import dev.miniatura.ThumbnailException;
import dev.miniatura.internal.io.StreamSource;
import dev.miniatura.testing.CoefficientJpeg;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JpegDecoderFuzzTest {

  private static final double[] TARGETS = {1, 9, 20, Decoded.FULL};

  static Stream<byte[]> files() {
    CoefficientJpeg color = CoefficientJpeg.random(1, 45, 33, 6, 0x22, 0x11, 0x11);
    CoefficientJpeg restarts = CoefficientJpeg.random(2, 45, 33, 6, 0x11, 0x11, 0x12, 0x21);
    restarts.restartInterval(2);
    restarts.code(CoefficientJpeg.Code.STEEP);
    CoefficientJpeg gray = CoefficientJpeg.random(3, 45, 33, 6, 0x11);
    gray.linesInDnl(true);
    return Stream.of(
        color.baseline(),
        color.progressive(),
        restarts.baselineByComponent(3, 2, 1, 0),
        restarts.progressive(),
        gray.baseline());
  }

  @ParameterizedTest
  @MethodSource("files")
  void decode_truncatedAnywhere_rendersOrFailsTyped(byte[] file) {
    for (int length = 0; length < file.length; length += length < 700 ? 1 : 7) {
      decode(Arrays.copyOf(file, length), TARGETS[length % 4], "length " + length);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void decode_bitsFlipped_rendersOrFailsTyped(byte[] file) {
    Random random = new Random(4);
    for (int round = 0; round < 1_500; round++) {
      byte[] damaged = file.clone();
      int flips = 1 + random.nextInt(8);
      for (int i = 0; i < flips; i++) {
        int at = random.nextInt(round % 3 == 0 ? Math.min(file.length, 500) : file.length);
        damaged[at] ^= (byte) (1 << random.nextInt(8));
      }
      decode(damaged, TARGETS[round % 4], "round " + round);
    }
  }

  private static void decode(byte[] file, double target, String what) {
    try {
      if (claimsMuch(file)) {
        return; // the engine's limits stop these before decode
      }
      Decoded.of(file, target);
    } catch (ThumbnailException e) {
      assertThat(e.getMessage()).isNotBlank();
    } catch (IOException | RuntimeException e) {
      fail(what, e);
    }
  }

  private static boolean claimsMuch(byte[] file) throws IOException {
    return Decoded.header(file).pixels() > 4_000_000;
  }

  @ParameterizedTest
  @MethodSource("files")
  void decode_anyChunking_givesTheSameRows(byte[] file) throws IOException {
    for (double target : TARGETS) {
      Decoded expected = Decoded.of(file, target);
      for (int max : new int[] {1, 2, 7, 1_000}) {
        Decoded actual = Decoded.of(chunked(file, max), target);
        assertThat(actual.planes()).isDeepEqualTo(expected.planes());
        assertThat(actual.notes()).isEqualTo(expected.notes());
        assertThat(actual.bytesRead()).isEqualTo(expected.bytesRead());
      }
    }
  }

  @Test
  void decode_largerThanTheWindow_givesTheSameRows() throws IOException {
    CoefficientJpeg jpeg = CoefficientJpeg.random(5, 900, 900, 3, 0x21, 0x11, 0x11);
    for (byte[] file : List.of(jpeg.baseline(), jpeg.progressive())) {
      assertThat(file.length).isGreaterThan(3 * 65_536);
      for (double target : new double[] {50, 200, Decoded.FULL}) {
        assertThat(Decoded.of(chunked(file, 30_000), target).planes())
            .isDeepEqualTo(Decoded.of(file, target).planes());
      }
    }
  }

  @Test
  void decode_truncatedInChunks_givesTheSameRowsAndNotes() throws IOException {
    byte[] file = CoefficientJpeg.random(1, 45, 33, 6, 0x22, 0x11, 0x11).baseline();
    for (int length = file.length - 300; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      Decoded expected = Decoded.of(cut, Decoded.FULL);
      Decoded actual = Decoded.of(chunked(cut, 3), Decoded.FULL);
      assertThat(actual.planes()).isDeepEqualTo(expected.planes());
      assertThat(actual.notes()).isEqualTo(expected.notes());
    }
  }

  private static ImageSource chunked(byte[] file, int max) {
    Random random = new Random(max);
    InputStream stream =
        new ByteArrayInputStream(file) {
          @Override
          public int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, 1 + random.nextInt(max)));
          }
        };
    return new StreamSource(stream);
  }

  @Test
  @EnabledIfSystemProperty(named = "corpus", matches = ".+")
  void decode_malformedCorpus_rendersOrFailsTyped() throws IOException {
    Path folder = Path.of(System.getProperty("corpus"), "malformed", "jpeg");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        byte[] bytes = Files.readAllBytes(file);
        for (double target : TARGETS) {
          decode(bytes, target, file.toString());
        }
      }
    }
  }
}
