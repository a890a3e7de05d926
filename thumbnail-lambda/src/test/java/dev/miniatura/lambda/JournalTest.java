package dev.miniatura.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.http.ThumbnailRequest;
import dev.miniatura.http.ThumbnailResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The log lines about requests over HTTP. */
class JournalTest {

  private static final String TIMESTAMP = "\\{\"timestamp\":\"2\\d{3}-[^\"]+Z\",";

  private static final ThumbnailRequest REQUEST =
      new ThumbnailRequest("GET", "/t/small/a.jpg", Map.of());

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final Journal journal =
      new Journal(new PrintStream(log, true, StandardCharsets.UTF_8), "miniatura");

  private String line() {
    return log.toString(StandardCharsets.UTF_8).strip();
  }

  @ParameterizedTest
  @CsvSource({"200, INFO", "499, INFO", "500, WARN"})
  void delivery_saysWhatWasAnswered(int status, String level) throws IOException {
    ThumbnailResponse response =
        new ThumbnailResponse(status, Map.of(), new byte[] {1, 2, 3}, "rendered");
    journal.delivery("request", REQUEST, response, 42);
    assertThat(line())
        .matches(
            TIMESTAMP
                + ("\"level\":\"%s\",\"requestId\":\"request\",\"path\":\"/t/small/a.jpg\","
                        + "\"outcome\":\"rendered\",\"status\":%d,\"bytesOut\":3,\"duration\":42}")
                    .formatted(level, status));
  }

  @Test
  void deliveryFailed_saysWhy() throws IOException {
    journal.deliveryFailed(REQUEST, new IOException("denied"));
    assertThat(line())
        .matches(
            TIMESTAMP
                + "\"level\":\"WARN\",\"path\":\"/t/small/a.jpg\","
                + "\"detail\":\"java.io.IOException: denied\"}");
    Json.read(new ByteArrayInputStream(log.toByteArray()));
  }

  @ParameterizedTest
  @CsvSource({"409, INFO", "499, INFO", "500, WARN"})
  void upload_saysWhyItWasNotStored(int status, String level) throws IOException {
    Change change =
        new Change(
            Change.Kind.CREATED,
            "photos",
            "a.jpg",
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty());
    Exception cause = new IOException("why");
    journal.upload("request", change, new Uploads.RefusedException(status, "told", cause));
    assertThat(line())
        .matches(
            TIMESTAMP
                + ("\"level\":\"%s\",\"requestId\":\"request\",\"bucket\":\"photos\","
                        + "\"key\":\"a.jpg\",\"outcome\":\"not_stored\",\"status\":%d,"
                        + "\"detail\":\"java.io.IOException: why\"}")
                    .formatted(level, status));
  }
}
