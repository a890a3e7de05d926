package dev.miniatura.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.miniatura.pipeline.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/**
 * Sends the outcome of images to EventBridge: thumbnails written, image refused, or image
 * permanently failed. Only the API's {@code PutEvents} is needed, and its requests are signed with
 * the SDK's signer: the SDK's client for EventBridge would only make the bundle larger.
 */
final class OutcomeEvents {

  /** The maximum number of entries in a request. */
  private static final int MAX_ENTRIES = 10;

  private static final String SOURCE = "miniatura";

  /** The detail types of events, by outcome. */
  private static final Map<String, String> TYPES =
      Map.of(
          "written", "Thumbnails Written",
          "unchanged", "Thumbnails Written",
          "refused", "Image Refused",
          "failed", "Image Failed");

  private static final JsonFactory JSON = new JsonFactory();
  private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

  private final SdkHttpClient client;
  private final URI endpoint;
  private final String bus;
  private final String region;
  private final AwsCredentialsProvider credentials;

  /**
   * Creates an instance.
   *
   * @param endpoint EventBridge's endpoint
   * @param bus the name or ARN of the bus
   */
  OutcomeEvents(
      SdkHttpClient client,
      URI endpoint,
      String bus,
      String region,
      AwsCredentialsProvider credentials) {
    this.client = client;
    this.endpoint = endpoint;
    this.bus = bus;
    this.region = region;
    this.credentials = credentials;
  }

  /** Returns whether an event is sent for a result; unchanged images had theirs earlier. */
  static boolean isTold(Result result) {
    return !result.retryable() && TYPES.containsKey(result.name()) && !isUnchanged(result);
  }

  static boolean isUnchanged(Result result) {
    return result.name().equals("unchanged");
  }

  /**
   * Sends an event for each result.
   *
   * @throws IOException if an event was not accepted, or there was no answer
   */
  void send(List<Result> results) throws IOException {
    for (int from = 0; from < results.size(); from += MAX_ENTRIES) {
      put(results.subList(from, Math.min(results.size(), from + MAX_ENTRIES)));
    }
  }

  private void put(List<Result> results) throws IOException {
    byte[] body = entries(results).getBytes(StandardCharsets.UTF_8);
    ContentStreamProvider content = ContentStreamProvider.fromByteArray(body);
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(endpoint)
            .putHeader("Content-Type", "application/x-amz-json-1.1")
            .putHeader("Content-Length", String.valueOf(body.length))
            .putHeader("X-Amz-Target", "AWSEvents.PutEvents")
            .build();
    SignedRequest signed =
        SIGNER.sign(
            it ->
                it.identity(credentials.resolveCredentials())
                    .request(request)
                    .payload(content)
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "events")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region));
    HttpExecuteResponse response =
        client
            .prepareRequest(
                HttpExecuteRequest.builder()
                    .request(signed.request())
                    .contentStreamProvider(content)
                    .build())
            .call();
    byte[] answer = new byte[0];
    if (response.responseBody().isPresent()) {
      try (var stream = response.responseBody().get()) {
        answer = stream.readAllBytes();
      }
    }
    int status = response.httpResponse().statusCode();
    if (status != 200
        || Json.read(new ByteArrayInputStream(answer)).get("FailedEntryCount").anyLength().orElse(1)
            != 0) {
      throw new IOException(
          "EventBridge answered "
              + status
              + ": "
              + new String(answer, StandardCharsets.UTF_8).replaceAll("\\s+", " "));
    }
  }

  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  private static String object(Body body) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      body.write(json);
      json.writeEndObject();
    }
    return text.toString();
  }

  private String entries(List<Result> results) throws IOException {
    return object(
        json -> {
          json.writeArrayFieldStart("Entries");
          for (Result result : results) {
            json.writeStartObject();
            json.writeStringField("EventBusName", bus);
            json.writeStringField("Source", SOURCE);
            json.writeStringField("DetailType", TYPES.getOrDefault(result.name(), ""));
            json.writeStringField("Detail", detail(result));
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static String detail(Result result) throws IOException {
    return object(
        json -> {
          json.writeStringField("bucket", result.change().bucket());
          json.writeStringField("key", result.change().key());
          if (result.change().versionId().isPresent()) {
            json.writeStringField("versionId", result.change().versionId().get());
          }
          json.writeStringField("outcome", isUnchanged(result) ? "written" : result.name());
          if (!result.detail().isEmpty()) {
            json.writeStringField("detail", result.detail());
          }
          if (result.outcome().orElse(null) instanceof Outcome.Failed failed) {
            json.writeStringField("failure", failed.failure().text());
          }
          result.writeThumbnails(json);
        });
  }
}
