package dev.miniatura.heic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.ThumbnailException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decodes generated streams; the digests are those of pictures that other decoders agree on. */
class HevcDecoderTest {

  private static final Limits ENOUGH = Limits.defaults().withWorkingBytes(64L << 20);

  private static final Limits LITTLE = Limits.defaults().withWorkingBytes(1000);

  /** Lines of a seed and the digests with and without in-loop filters. */
  static Stream<String> verified() throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                HevcDecoderTest.class.getResourceAsStream("verified-streams.txt"),
                StandardCharsets.US_ASCII))) {
      return in.lines().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("verified")
  void decodesToTheSameSamplesAsOtherDecoders(String line) throws IOException {
    String[] fields = line.split(" ", -1);
    List<NalUnit> units = StreamGenerator.generate(Long.parseLong(fields[0])).nalUnits();

    assertThat(decode(units, true).digest()).isEqualTo(fields[1]);
    assertThat(decode(units, false).digest()).isEqualTo(fields[2]);
  }

  /** Encoders of stills do not write these, so there are only generated streams. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "PCM",
        "tiles",
        "slice segments: dependent",
        "range extension: CU chroma QP offset",
        "range extension: cross-component prediction",
        "range extension: implicit RDPCM",
        "range extension: larger transform skip",
        "range extension: no intra smoothing",
        "range extension: persistent Rice",
        "range extension: rotation",
        "range extension: transform skip context"
      })
  void verifiedStreamsMakeUseOfEachTool(String tool) throws IOException {
    assertThat(StreamTools.ofVerified().getOrDefault(tool, 0)).isGreaterThan(2);
  }

  @Test
  void decodesOnePictureAfterAnotherInTheSameMemory() throws IOException {
    HevcDecoder decoder = new HevcDecoder(ENOUGH);
    for (long seed : new long[] {3, 3, 8, 3}) {
      StreamGenerator.Stream stream = StreamGenerator.generate(seed);
      Planes planes = new Planes();
      decoder.decode(stream.nalUnits(), true, true, planes);

      assertThat(planes.digest()).isEqualTo(stream.picture().digest());
    }
  }

  @Test
  void takesParameterSetsApartFromThePicture() throws IOException {
    StreamGenerator.Stream stream = StreamGenerator.generate(5);
    List<NalUnit> units = stream.nalUnits();
    HevcDecoder decoder = new HevcDecoder(ENOUGH);
    decoder.parameterSets(units.subList(0, 3));
    Planes planes = new Planes();
    decoder.decode(units.subList(3, units.size()), true, true, planes);

    assertThat(planes.isComplete()).isTrue();
    assertThat(planes.digest()).isEqualTo(stream.picture().digest());
  }

  @Test
  void refusesAPictureThatLacksASlice() throws IOException {
    List<NalUnit> units = severalSlices();

    List<NalUnit> withoutLast = units.subList(0, units.size() - 1);
    assertThatThrownBy(() -> decode(withoutLast, true))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("slices are missing");
    List<NalUnit> withoutSecond = new ArrayList<>(units);
    withoutSecond.remove(4);
    assertThatThrownBy(() -> decode(withoutSecond, true))
        .isInstanceOf(MalformedImageException.class);
    assertThatThrownBy(() -> decode(units.subList(0, 3), true))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("no slice");
  }

  @Test
  void refusesAPictureWithoutItsParameterSets() throws IOException {
    List<NalUnit> units = severalSlices();

    assertThatThrownBy(() -> decode(units.subList(3, units.size()), true))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("parameter set");
  }

  @Test
  void refusesToHoldMoreThanAllowed() throws IOException {
    List<NalUnit> units = severalSlices();

    assertThatThrownBy(() -> new HevcDecoder(LITTLE).decode(units, true, true, new Planes()))
        .isInstanceOf(LimitExceededException.class);
  }

  @Test
  void endsInATypedErrorWhateverIsDamaged() throws IOException {
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 400; i++) {
      StreamGenerator.Stream stream = StreamGenerator.generate(i % 40);
      List<NalUnit> units = new ArrayList<>();
      try {
        for (byte[] unit : stream.units()) {
          byte[] damaged = unit.clone();
          if (random.nextBoolean()) {
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
          }
          int end = random.nextInt(20) == 0 ? 1 + random.nextInt(damaged.length) : damaged.length;
          units.add(NalUnit.parse(damaged, 0, end, 0));
        }
        decode(units, true);
      } catch (ThumbnailException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(100);
  }

  /** Returns a stream of at least three slice segments. */
  private static List<NalUnit> severalSlices() throws IOException {
    for (long seed = 0; ; seed++) {
      List<NalUnit> units = StreamGenerator.generate(seed).nalUnits();
      if (units.size() >= 6) {
        return units;
      }
    }
  }

  private static Planes decode(List<NalUnit> units, boolean filters) throws IOException {
    Planes planes = new Planes();
    new HevcDecoder(ENOUGH).decode(units, filters, filters, planes);
    return planes;
  }
}
