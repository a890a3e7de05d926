package dev.miniatura.internal.exif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.testing.ExifMaker;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExifTest {

  private static final String TAKEN = "2024:02:29 23:59:58";

  static Stream<byte[]> structures() {
    return Stream.of(ExifMaker.littleEndian(), ExifMaker.bigEndian())
        .map(maker -> maker.orientation(6).taken(TAKEN).gps().bytes());
  }

  @ParameterizedTest
  @MethodSource("structures")
  void camera_eitherByteOrder_isRead(byte[] structure) throws IOException {
    assertThat(Exif.camera(SourceBytes.of(structure)))
        .isEqualTo(
            new Camera(
                Optional.of("Miniatura"),
                Optional.of("Synthetic camera"),
                Optional.of(LocalDateTime.of(2024, 2, 29, 23, 59, 58))));
    assertThat(Exif.orientation(SourceBytes.of(structure))).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0000:00:00 00:00:00", "2023:02:29 10:00:00", "2024-01-01 10:00:00", "    "})
  void camera_dateThatIsNone_isAbsent(String taken) throws IOException {
    byte[] structure = ExifMaker.bigEndian().taken(taken).bytes();
    Camera camera = Exif.camera(SourceBytes.of(structure));
    assertThat(camera.taken()).isEmpty();
    assertThat(camera.make()).contains("Miniatura");
  }

  @ParameterizedTest
  @MethodSource("structures")
  void read_cutAnywhere_endsInsideTheStructure(byte[] structure) throws IOException {
    for (int length = 0; length < structure.length; length++) {
      byte[] cut = Arrays.copyOf(structure, length);
      Exif.camera(SourceBytes.of(cut));
      assertThat(Exif.orientation(SourceBytes.of(cut))).isBetween(1, 8);
    }
  }

  @ParameterizedTest
  @MethodSource("structures")
  void read_anyBytesChanged_givesShortPrintableTexts(byte[] structure) throws IOException {
    Random random = new Random(1);
    byte[] texts = new byte[structure.length + 200];
    for (int round = 0; round < 20_000; round++) {
      random.nextBytes(texts);
      System.arraycopy(structure, 0, texts, 0, structure.length);
      for (int change = 0; change < 4; change++) {
        texts[8 + random.nextInt(structure.length - 8)] = (byte) random.nextInt();
      }
      Camera camera = Exif.camera(SourceBytes.of(texts));
      Stream.of(camera.make(), camera.model())
          .flatMap(Optional::stream)
          .forEach(text -> assertThat(text).matches("[!-~]([ -~]{0,62}[!-~])?"));
    }
  }
}
