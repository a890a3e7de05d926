package dev.miniatura.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** The answers that the function's callers understand. */
final class Answers {

  private static final JsonFactory FACTORY = new JsonFactory();

  /** The longest result of a task that S3 Batch Operations keeps. */
  private static final int MAX_RESULT = 1024;

  private Answers() {}

  private static JsonGenerator generator(OutputStream out) throws IOException {
    return FACTORY.createGenerator(out);
  }

  /** Tells a queue which messages to redeliver. */
  static void queue(OutputStream out, List<String> failedIds) throws IOException {
    try (JsonGenerator json = generator(out)) {
      json.writeStartObject();
      json.writeArrayFieldStart("batchItemFailures");
      for (String id : failedIds) {
        json.writeStartObject();
        json.writeStringField("itemIdentifier", id);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  /** Answers the tasks of a job; results are in the order of the tasks. */
  static void batchJob(OutputStream out, Request.BatchJob job, List<Result> results)
      throws IOException {
    try (JsonGenerator json = generator(out)) {
      json.writeStartObject();
      json.writeStringField("invocationSchemaVersion", job.schema());
      json.writeStringField("treatMissingKeysAs", "TemporaryFailure");
      json.writeStringField("invocationId", job.invocation());
      json.writeArrayFieldStart("results");
      for (int i = 0; i < results.size(); i++) {
        Result result = results.get(i);
        String text = result.name() + (result.detail().isEmpty() ? "" : ": " + result.detail());
        json.writeStartObject();
        json.writeStringField("taskId", job.tasks().get(i).id());
        json.writeStringField(
            "resultCode",
            switch (result.failure()) {
              case NONE -> "Succeeded";
              case RETRYABLE -> "TemporaryFailure";
              case PERMANENT -> "PermanentFailure";
            });
        json.writeStringField(
            "resultString", text.substring(0, Math.min(text.length(), MAX_RESULT)));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  /** Lists the result of each change. */
  static void results(OutputStream out, List<Result> results) throws IOException {
    try (JsonGenerator json = generator(out)) {
      json.writeStartObject();
      json.writeArrayFieldStart("results");
      for (Result result : results) {
        json.writeStartObject();
        result.write(json);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  static void direct(OutputStream out, Result result) throws IOException {
    try (JsonGenerator json = generator(out)) {
      json.writeStartObject();
      result.write(json);
      json.writeEndObject();
    }
  }
}
