package dev.miniatura.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.miniatura.http.ThumbnailRequest;
import dev.miniatura.http.ThumbnailResponse;
import dev.miniatura.pipeline.Outcome;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The function's log: a JSON line for each object, and one for each invocation in CloudWatch's
 * embedded metric format, from which CloudWatch takes metrics without being called.
 */
final class Journal {

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final List<String> COUNTS =
      List.of("written", "unchanged", "removed", "skipped", "refused", "failed", "unfinished");
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int KIB = 1024;

  private final PrintStream out;
  private final String function;

  /**
   * Creates a journal.
   *
   * @param out the log
   * @param function the function's name, which metrics carry
   */
  Journal(PrintStream out, String function) {
    this.out = Objects.requireNonNull(out, "log");
    this.function = function;
  }

  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  private void line(Body body) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      body.write(json);
      json.writeEndObject();
    }
    out.println(text);
  }

  void item(String requestId, Result result) throws IOException {
    Optional<Long> peak = peakMemory();
    line(
        json -> {
          json.writeStringField("timestamp", Instant.now().toString());
          json.writeStringField("level", level(result));
          json.writeStringField("requestId", requestId);
          result.write(json);
          if (peak.isPresent()) {
            json.writeNumberField("peakMemory", peak.get());
          }
        });
  }

  private static String level(Result result) {
    return switch (result.failure()) {
      case NONE -> "INFO";
      case RETRYABLE -> "WARN";
      case PERMANENT -> "ERROR";
    };
  }

  /** Logs a message that was not understood. */
  void refused(String requestId, String messageId, EventException reason) throws IOException {
    line(
        json -> {
          json.writeStringField("timestamp", Instant.now().toString());
          json.writeStringField("level", "ERROR");
          json.writeStringField("requestId", requestId);
          json.writeStringField("messageId", messageId);
          json.writeStringField("outcome", "not_understood");
          json.writeStringField("detail", String.valueOf(reason.getMessage()));
        });
  }

  /** Logs an image that came over HTTP and was not stored; only server errors are warnings. */
  void upload(String requestId, Change change, Uploads.RefusedException refused)
      throws IOException {
    line(
        json -> {
          json.writeStringField("timestamp", Instant.now().toString());
          json.writeStringField("level", refused.status() < 500 ? "INFO" : "WARN");
          json.writeStringField("requestId", requestId);
          json.writeStringField("bucket", change.bucket());
          json.writeStringField("key", change.key());
          json.writeStringField("outcome", "not_stored");
          json.writeNumberField("status", refused.status());
          json.writeStringField("detail", String.valueOf(refused.getCause()));
        });
  }

  /** Logs a request for a thumbnail. */
  void delivery(String requestId, ThumbnailRequest request, ThumbnailResponse response, long millis)
      throws IOException {
    line(
        json -> {
          json.writeStringField("timestamp", Instant.now().toString());
          json.writeStringField("level", response.status() < 500 ? "INFO" : "WARN");
          json.writeStringField("requestId", requestId);
          json.writeStringField("path", request.target());
          json.writeStringField("outcome", response.code());
          json.writeNumberField("status", response.status());
          json.writeNumberField("bytesOut", response.body().length);
          json.writeNumberField("duration", millis);
        });
  }

  /** Logs the cause of a request that failed on the server's side; clients do not see it. */
  void deliveryFailed(ThumbnailRequest request, Throwable cause) {
    try {
      line(
          json -> {
            json.writeStringField("timestamp", Instant.now().toString());
            json.writeStringField("level", "WARN");
            json.writeStringField("path", request.target());
            json.writeStringField("detail", String.valueOf(cause));
          });
    } catch (IOException e) {
      throw new UncheckedIOException("writing to the log", e);
    }
  }

  /**
   * Writes the metrics of an invocation.
   *
   * @param notUnderstood how many messages were not understood; they count as failed
   */
  void metrics(List<Result> results, long notUnderstood, long millis) throws IOException {
    Map<String, Long> metrics = new LinkedHashMap<>();
    for (String name : COUNTS) {
      metrics.put(name, results.stream().filter(result -> result.name().equals(name)).count());
    }
    metrics.merge("failed", notUnderstood, Long::sum);
    metrics.put("Images", results.size() + notUnderstood);
    metrics.put("Retryable", results.stream().filter(Result::retryable).count());
    metrics.put("BytesIn", timings(results).mapToLong(Outcome.Timing::bytesIn).sum());
    metrics.put("BytesOut", timings(results).mapToLong(Outcome.Timing::bytesOut).sum());
    metrics.put("Duration", millis);
    line(
        json -> {
          json.writeObjectFieldStart("_aws");
          json.writeNumberField("Timestamp", System.currentTimeMillis());
          json.writeArrayFieldStart("CloudWatchMetrics");
          json.writeStartObject();
          json.writeStringField("Namespace", "Miniatura");
          json.writeArrayFieldStart("Dimensions");
          json.writeArray(new String[] {"function"}, 0, 1);
          json.writeEndArray();
          json.writeArrayFieldStart("Metrics");
          for (String name : metrics.keySet()) {
            json.writeStartObject();
            json.writeStringField("Name", name);
            json.writeStringField("Unit", unit(name));
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
          json.writeEndArray();
          json.writeEndObject();
          json.writeStringField("function", function);
          for (Map.Entry<String, Long> metric : metrics.entrySet()) {
            json.writeNumberField(metric.getKey(), metric.getValue());
          }
        });
  }

  private static Stream<Outcome.Timing> timings(List<Result> results) {
    return results.stream().flatMap(result -> result.outcome().stream()).map(Outcome::timing);
  }

  private static String unit(String metric) {
    return switch (metric) {
      case "BytesIn", "BytesOut" -> "Bytes";
      case "Duration" -> "Milliseconds";
      default -> "Count";
    };
  }

  /** Returns the peak memory of the process in bytes, if the system reports it. */
  private static Optional<Long> peakMemory() {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
