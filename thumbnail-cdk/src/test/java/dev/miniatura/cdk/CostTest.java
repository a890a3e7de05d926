package dev.miniatura.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The cost table of the manual. {@code -Dmillis=…}, {@code -DcoldMillis=…} and {@code -Dmemory=…}
 * print a table of measured figures into the test's output.
 */
class CostTest {

  private static final int MEMORY = 1769;
  private static final double COLD_MILLIS = 1000;

  /** Two specs without a format, an image of up to 5 MB, one image per invocation. */
  private static Cost.Image image(double millis, double coldMillis, double coldShare, int memory) {
    return new Cost.Image(millis, coldMillis, coldShare, memory, 2, true, 2, 1, 1500, false);
  }

  @Test
  void time_isMemoryTimesSeconds() {
    Cost.Item time = Cost.ofAMillion(image(1000, 0, 0, 1024)).get(0);
    assertThat(time.dollars()).isCloseTo(13.3334, within(1e-9));
  }

  @Test
  void coldStarts_costTheirShare() {
    double warm = Cost.total(image(100, 1000, 0, 1024));
    assertThat(Cost.total(image(100, 1000, 1000, 1024)) - warm).isCloseTo(13.3334, within(1e-9));
    assertThat(Cost.total(image(100, 1000, 10, 1024)) - warm).isCloseTo(0.133334, within(1e-9));
  }

  @Test
  void requests_areCountedPerThumbnail() {
    List<Cost.Item> items = Cost.ofAMillion(image(100, 0, 0, 1024));
    assertThat(items.get(1).dollars()).isCloseTo(0.20, within(1e-9));
    assertThat(items.get(2).dollars()).isCloseTo(3 * 5.0, within(1e-9));
    assertThat(items.get(3).dollars()).isCloseTo(2 * 0.4, within(1e-9));
    assertThat(items.get(4).dollars()).isCloseTo(3 * 0.4, within(1e-9));
    assertThat(items.get(5).dollars()).isCloseTo(0.75, within(1e-9));
  }

  @Test
  void batches_shareInvocationsAndReceiving() {
    List<Cost.Item> items =
        Cost.ofAMillion(new Cost.Image(100, 0, 0, 1024, 2, false, 1, 10, 1500, true));
    assertThat(items.get(1).dollars()).isCloseTo(0.02, within(1e-9));
    assertThat(items.get(3).dollars()).isCloseTo((1 + 1) * 0.4, within(1e-9));
    assertThat(items.get(4).dollars()).isCloseTo(1.2 * 0.4, within(1e-9));
    assertThat(items.get(6).dollars()).isCloseTo(2 * 0.625, within(1e-9));
  }

  @Test
  void manual_hasTheTable() throws IOException {
    CheckedIn.assertUpToDate(
        Path.of("README.md"),
        "cost",
        Cost.table(
            List.of(
                image(50, COLD_MILLIS, 1, MEMORY),
                image(100, COLD_MILLIS, 1, MEMORY),
                image(250, COLD_MILLIS, 1, MEMORY),
                image(250, COLD_MILLIS, 1000, MEMORY))));
    Integer millis = Integer.getInteger("millis");
    if (millis != null) {
      int cold = Integer.getInteger("coldMillis", (int) COLD_MILLIS);
      int memory = Integer.getInteger("memory", MEMORY);
      System.out.println(
          Cost.table(List.of(image(millis, cold, 1, memory), image(millis, cold, 1000, memory))));
    }
  }
}
