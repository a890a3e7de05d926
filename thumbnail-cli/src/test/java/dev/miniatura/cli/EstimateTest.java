package dev.miniatura.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.miniatura.ThumbnailSpec;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Entry;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.TypeConversionException;

class EstimateTest {

  private static final ThumbnailSpec ANY_FORMAT = ThumbnailSpec.parse("fit:64x64");
  private static final ThumbnailSpec JPEG = ThumbnailSpec.parse("fit:64x64,format:jpeg");

  private static Stream<Entry> objects(long... sizes) {
    return Arrays.stream(sizes)
        .mapToObj(size -> new Entry("k", size, "v", Instant.EPOCH, Attributes.none()));
  }

  @Test
  void of_countsRequests() {
    // Ranges of 1, 4 and 16 MiB: 1, 1, 2 and 3 requests for the bytes
    Estimate estimate =
        Estimate.of(
            objects(10, 1 << 20, 5 << 20, (5 << 20) + 1),
            List.of(ANY_FORMAT, JPEG),
            "{key}.{spec}.{ext}");
    assertThat(estimate.objects()).isEqualTo(4);
    assertThat(estimate.bytes()).isEqualTo(11 * (1 << 20) + 11);
    assertThat(estimate.lists()).isEqualTo(2 + 4);
    assertThat(estimate.puts()).isEqualTo(8);
    // A source can become JPEG, PNG, GIF or the toy format of these tests
    assertThat(estimate.reads()).isEqualTo(4 * (1 + 4 + 1) + 7);
  }

  @Test
  void of_manyObjects_listsAPageOfAThousandAtATimeTwice() {
    Estimate estimate = Estimate.of(objects(new long[1_500]), List.of(JPEG), "{key}.{spec}.{ext}");
    assertThat(estimate.lists()).isEqualTo(4);
  }

  @Test
  void of_formatOfAnotherArtifact_isOneKey() {
    ThumbnailSpec toy = ThumbnailSpec.parse("fit:64x64,format:toy");
    Estimate estimate = Estimate.of(objects(1), List.of(toy), "{key}.{spec}.{ext}");
    assertThat(estimate.reads()).isEqualTo(3);
    assertThat(estimate.lists()).isEqualTo(2); // one key is not listed
  }

  @Test
  void of_templateWithoutExtension_asksForOneKey() {
    assertThat(Estimate.of(objects(1), List.of(ANY_FORMAT), "{spec}/{key}").reads()).isEqualTo(3);
  }

  @Test
  void cost_isThatOfTheFormula() {
    assertThat(new Estimate(1, 1, 2_000, 998_000, 10_000_000).dollars()).isCloseTo(9, within(1e-9));
  }

  @Test
  void time_isThatOfTheRateIfThatIsSlower() {
    Estimate estimate = new Estimate(1_000, 1, 2, 1_000, 9_000);
    assertThat(estimate.seconds(10, null)).isCloseTo(30, within(1e-3));
    assertThat(estimate.seconds(10, new Rate(1))).isEqualTo(1_000);
    assertThat(estimate.seconds(10, new Rate(0.5))).isEqualTo(2_000);
    assertThat(estimate.text(10, Optional.of(new Rate(1))))
        .contains("16 min with 10 jobs and --rate, at");
  }

  @Test
  void time_isThatOfRequestsAndBytes() {
    Estimate estimate = new Estimate(1, 1_000_000_000, 2, 400, 600);
    assertThat(estimate.seconds(1, null)).isCloseTo(30 + 15, within(1e-9));
    int processors = Math.min(2, Runtime.getRuntime().availableProcessors());
    assertThat(estimate.seconds(2, null)).isCloseTo(15 + 15.0 / processors, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({
    "1950, 59 s",
    "2000, 1 min",
    "119000, 59 min",
    "120000, 1 h 0 min",
    "243400, 2 h 1 min"
  })
  void text_time_isInTheUnitThatSuits(long requests, String time) {
    assertThat(new Estimate(1, 0, 2, 0, requests).text(1, Optional.empty()))
        .contains("time      about " + time + " with 1 jobs, at");
  }

  @ParameterizedTest
  @CsvSource({"2540000, 2.5 MB", "999999999, 1000.0 MB", "1000000000, 1.0 GB"})
  void text_size_isInTheUnitThatSuits(long bytes, String size) {
    assertThat(new Estimate(1, bytes, 2, 1, 1).text(1, Optional.empty()))
        .contains("objects   1 (" + size + ")");
  }

  @Test
  void rate_isReadWithOrWithoutItsUnit() {
    assertThat(new Rate.Converter().convert("50/s").perSecond()).isEqualTo(50);
    assertThat(new Rate.Converter().convert("0.5").perSecond()).isEqualTo(0.5);
    for (String text : List.of("0", "-1/s", "5/m", "fast")) {
      assertThatThrownBy(() -> new Rate.Converter().convert(text))
          .isInstanceOf(TypeConversionException.class);
    }
  }
}
