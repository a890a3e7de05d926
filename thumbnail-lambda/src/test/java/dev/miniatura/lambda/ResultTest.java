package dev.miniatura.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.ImageInfo;
import dev.miniatura.ImageSource;
import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.Thumbnailer;
import dev.miniatura.pipeline.Outcome;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** How results are written into answers and the log. */
class ResultTest {

  private static final Change CHANGE =
      new Change(
          Change.Kind.CREATED,
          "photos",
          "a.jpg",
          Optional.empty(),
          OptionalLong.empty(),
          Optional.of("v7"),
          Optional.empty());
  private static final Outcome.Timing TIMING =
      new Outcome.Timing(
          Duration.ofNanos(1_260_000),
          Duration.ofMillis(2),
          Duration.ofMillis(3),
          Duration.ofMillis(4),
          Duration.ofMillis(5),
          600,
          70);

  private static Result written() throws IOException {
    ImageInfo image = Thumbnailer.create().probe(ImageSource.of(Path.of("../samples/palette.png")));
    Outcome.Item item = new Outcome.Item("s", "h", "a.jpg.s.jpg", 64, 48, 2000, "image/jpeg");
    return Result.of(
        CHANGE, new Outcome.Written("a.jpg", List.of(item), image, List.of("n1", "n2"), TIMING));
  }

  private static Result failed(Outcome.Failure failure, String message) {
    return Result.of(
        CHANGE,
        new Outcome.Failed(
            "a.jpg", failure, new StoreException(Kind.ACCESS_DENIED, message), TIMING));
  }

  private static Result refused() {
    return Result.of(
        CHANGE,
        new Outcome.Refused(
            "a.jpg", new LimitExceededException(Limits.Kind.PIXELS, 10, 11), TIMING));
  }

  private static String direct(Result result) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Answers.direct(out, result);
    return out.toString(UTF_8);
  }

  private static List<String> log(Result... results) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Journal journal = new Journal(new PrintStream(out, true, UTF_8), "name");
    for (Result result : results) {
      journal.item("r1", result);
    }
    journal.metrics(List.of(results), 2, 321);
    return out.toString(UTF_8).lines().toList();
  }

  @Test
  void written_isWrittenInFull() throws IOException {
    assertThat(direct(written()))
        .isEqualTo(
            "{\"bucket\":\"photos\",\"key\":\"a.jpg\",\"versionId\":\"v7\",\"event\":\"created\","
                + "\"outcome\":\"written\",\"detail\":\"n1; n2\",\"thumbnails\":[{\"spec\":\"s\","
                + "\"key\":\"a.jpg.s.jpg\",\"width\":64,\"height\":48,\"bytes\":2000,"
                + "\"mediaType\":\"image/jpeg\"}],\"msCheck\":1.3,\"msGet\":2.0,\"msDecode\":3.0,"
                + "\"msEncode\":4.0,\"msPut\":5.0,\"bytesIn\":600,\"bytesOut\":70}");
  }

  @Test
  void failures_sayWhetherTheyComeBack() throws IOException {
    assertThat(direct(failed(Outcome.Failure.ACCESS_DENIED, "k")))
        .contains(
            "\"outcome\":\"failed\",\"retryable\":true,"
                + "\"detail\":\"access_denied: access denied: k\",\"thumbnails\":[]");
    assertThat(direct(failed(Outcome.Failure.COLLISION, "k"))).contains("\"retryable\":false");
    assertThat(direct(refused()))
        .contains("\"outcome\":\"refused\",\"retryable\":false", "11", "\"bytesIn\":600");
    assertThat(direct(Result.ignored(CHANGE)))
        .contains("\"outcome\":\"skipped\",\"detail\":\"other_event\",\"thumbnails\":[]}");
    assertThat(direct(Result.unfinished(CHANGE)))
        .contains("\"outcome\":\"unfinished\",\"retryable\":true", "time is over");
    assertThat(
            direct(
                Result.of(
                    CHANGE, new Outcome.Skipped("a.jpg", Outcome.Reason.SOURCE_GONE, TIMING))))
        .contains("\"detail\":\"source_gone\"")
        .doesNotContain("retryable");
  }

  @Test
  void batchJob_resultIsNoLongerThanS3Keeps() throws IOException {
    Request.BatchJob job = new Request.BatchJob("2.0", "i", List.of(new Request.Task("t", CHANGE)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Answers.batchJob(out, job, List.of(failed(Outcome.Failure.ACCESS_DENIED, "x".repeat(2000))));
    Json answer = Json.read(new ByteArrayInputStream(out.toByteArray()));
    Json result = answer.get("results").items().get(0);
    assertThat(result.get("resultString").text())
        .hasSize(1024)
        .startsWith("failed: access_denied: access denied: xxx");
    assertThat(result.get("resultCode").text()).isEqualTo("TemporaryFailure");
  }

  @Test
  void log_hasALevelAndWhatMemoryWasHeld() throws IOException {
    List<String> lines =
        log(
            written(),
            failed(Outcome.Failure.NETWORK, "k"),
            failed(Outcome.Failure.MALFORMED, "k"));
    assertThat(lines.get(0)).startsWith("{\"timestamp\":\"2").contains("\"level\":\"INFO\"");
    assertThat(lines.get(0)).contains("\"requestId\":\"r1\"", "\"bucket\":\"photos\"");
    assertThat(lines.get(1)).contains("\"level\":\"WARN\"");
    assertThat(lines.get(2)).contains("\"level\":\"ERROR\"");
    if (Files.exists(Path.of("/proc/self/status"))) {
      Json line = Json.read(new ByteArrayInputStream(lines.get(0).getBytes(UTF_8)));
      assertThat(line.get("peakMemory").anyLength().orElseThrow())
          .isBetween(16L << 20, 64L << 30)
          .matches(bytes -> bytes % 1024 == 0);
    }
  }

  @Test
  void metrics_areSumsWithTheirUnits() throws IOException {
    Instant before = Instant.now().minusSeconds(1);
    String line = log(written(), failed(Outcome.Failure.NETWORK, "k"), refused()).get(3);
    assertThat(line)
        .contains("\"written\":1,", "\"failed\":3,", "\"refused\":1,", "\"unchanged\":0,")
        .contains("\"Images\":5,", "\"Retryable\":1,", "\"BytesIn\":1800,", "\"BytesOut\":210,")
        .contains("\"Duration\":321}", "\"function\":\"name\"", "[[\"function\"]]")
        .contains("{\"Name\":\"BytesIn\",\"Unit\":\"Bytes\"}")
        .contains("{\"Name\":\"BytesOut\",\"Unit\":\"Bytes\"}")
        .contains("{\"Name\":\"Duration\",\"Unit\":\"Milliseconds\"}")
        .contains("{\"Name\":\"written\",\"Unit\":\"Count\"}");
    Json json = Json.read(new ByteArrayInputStream(line.getBytes(UTF_8)));
    assertThat(json.get("_aws").get("Timestamp").anyLength().orElseThrow())
        .isBetween(before.toEpochMilli(), Instant.now().toEpochMilli());
  }

  @Test
  void upload_onlyAFaultOfOursIsAWarning() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Journal journal = new Journal(new PrintStream(out, true, UTF_8), "name");
    for (int status : new int[] {499, 500}) {
      journal.upload(
          "r1", CHANGE, new Uploads.RefusedException(status, "m", new IOException("why")));
    }
    List<String> lines = out.toString(UTF_8).lines().toList();
    assertThat(lines.get(0))
        .contains("\"level\":\"INFO\",\"requestId\":\"r1\",\"bucket\":\"photos\",\"key\":\"a.jpg\"")
        .contains("\"status\":499,\"detail\":\"java.io.IOException: why\"");
    assertThat(lines.get(1)).contains("\"level\":\"WARN\"");
  }
}
