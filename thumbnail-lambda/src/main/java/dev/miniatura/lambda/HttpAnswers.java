package dev.miniatura.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.miniatura.Thumbnail;
import dev.miniatura.ThumbnailException;
import dev.miniatura.pipeline.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;

/**
 * Answers to requests over HTTP. They say what is wrong with the sender's image, and reveal nothing
 * about what is behind the function: no bucket, no message from S3. Those are in the log.
 */
final class HttpAnswers {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final OutputStream out;
  private final boolean headerLists;

  HttpAnswers(OutputStream out, Request.Http request) {
    this.out = out;
    headerLists = request.headerLists();
  }

  /** Writes the members of an object. */
  interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  /** Answers with an object. */
  void json(int status, Body body) throws IOException {
    write(status, body);
  }

  /** Answers with a picture. */
  void picture(Thumbnail thumbnail) throws IOException {
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("statusCode", 200);
      headers(json, thumbnail.mediaType());
      json.writeBinaryField("body", thumbnail.bytes());
      json.writeBooleanField("isBase64Encoded", true);
      json.writeEndObject();
    }
  }

  /** Answers with one member, as in {@code {"error":"…"}}. */
  void text(int status, String name, String text) throws IOException {
    write(status, json -> json.writeStringField(name, text));
  }

  /** Answers with the result for an image that was stored. */
  void result(Result result) throws IOException {
    String detail = detail(result);
    write(
        status(result),
        json -> {
          json.writeStringField("key", result.change().key());
          json.writeStringField("outcome", result.name());
          if (result.failure() != Result.Failure.NONE) {
            json.writeBooleanField("retryable", result.retryable());
          }
          if (!detail.isEmpty()) {
            json.writeStringField("detail", detail);
          }
          result.writeThumbnails(json);
        });
  }

  private static int status(Result result) {
    return switch (result.failure()) {
      case NONE -> 200;
      case RETRYABLE -> 503;
      case PERMANENT -> result.name().equals("refused") ? 413 : 422;
    };
  }

  private static String detail(Result result) {
    if (result.failure() == Result.Failure.NONE || isAboutTheImage(result)) {
      return result.detail();
    }
    return result.retryable()
        ? "the image is stored, and its thumbnails are not made yet"
        : "the image is stored, and its thumbnails cannot be made";
  }

  private static boolean isAboutTheImage(Result result) {
    Outcome outcome = result.outcome().orElse(null);
    return outcome instanceof Outcome.Refused
        || (outcome instanceof Outcome.Failed failed
            && failed.cause() instanceof ThumbnailException);
  }

  private void write(int status, Body body) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      body.write(json);
      json.writeEndObject();
    }
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("statusCode", status);
      headers(json, "application/json");
      json.writeStringField("body", text.toString());
      json.writeBooleanField("isBase64Encoded", false);
      json.writeEndObject();
    }
  }

  private void headers(JsonGenerator json, String type) throws IOException {
    json.writeObjectFieldStart(headerLists ? "multiValueHeaders" : "headers");
    if (headerLists) {
      json.writeArrayFieldStart("content-type");
      json.writeString(type);
      json.writeEndArray();
    } else {
      json.writeStringField("content-type", type);
    }
    json.writeEndObject();
  }
}
