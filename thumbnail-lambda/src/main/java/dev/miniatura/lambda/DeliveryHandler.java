package dev.miniatura.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.miniatura.http.ThumbnailRequest;
import dev.miniatura.http.ThumbnailResponse;
import dev.miniatura.http.ThumbnailService;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The function that answers requests for thumbnails: {@code dev.miniatura.lambda.DeliveryHandler},
 * behind a Function URL, in the same bundle as {@link ThumbnailHandler} and with the same
 * variables.
 *
 * <p>The path is taken from the header {@code miniatura-path}, in which the CloudFront Function
 * passes on the client's path, or otherwise from the request.
 */
public final class DeliveryHandler implements RequestStreamHandler {

  /** The largest body of an answer: in Base64 and JSON it must fit into 6 MB. */
  static final int MAX_BYTES = 4_400_000;

  private static final String PATH = "miniatura-path";
  private static final JsonFactory FACTORY = new JsonFactory();

  private final ThumbnailService service;
  private final Journal journal;

  /** Creates the function from the environment; its log is the standard output. */
  public DeliveryHandler() {
    this(System.getenv(), System.out);
  }

  /**
   * Creates the function.
   *
   * @param environment the environment variables
   * @param log takes a line of JSON for each request
   * @throws IllegalArgumentException if a variable is missing or wrong; the message is one line
   *     that names it
   * @throws NullPointerException if an argument is null
   */
  public DeliveryHandler(Map<String, String> environment, PrintStream log) {
    this(log, Configuration.of(environment));
  }

  private DeliveryHandler(PrintStream log, Configuration configuration) {
    this(log, configuration, Stores.of(configuration));
  }

  DeliveryHandler(PrintStream log, Configuration configuration, Stores stores) {
    journal = new Journal(log, "");
    service = configuration.service(stores, journal::deliveryFailed);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    long start = System.nanoTime();
    ThumbnailRequest request = request(Json.read(event));
    ThumbnailResponse response = service.handle(request);
    if (response.body().length > MAX_BYTES) {
      response = tooLarge(request, response);
    }
    write(response, answer);
    journal.delivery(
        String.valueOf(context.getAwsRequestId()),
        request,
        response,
        Duration.ofNanos(System.nanoTime() - start).toMillis());
  }

  private static ThumbnailRequest request(Json event) throws EventException {
    Map<String, String> headers = new HashMap<>();
    Json all = event.get("headers");
    for (String name : all.names()) {
      headers.put(name, all.get(name).text());
    }
    return new ThumbnailRequest(
        event.get("requestContext").get("http").get("method").text(),
        headers.containsKey(PATH) ? all.get(PATH).text() : event.get("rawPath").text(),
        headers);
  }

  /**
   * Returns the answer in place of a thumbnail that is too large for a function's response. If it
   * was just stored, the same path leads to it in the bucket; if it was already stored and the
   * request still came here, it does not.
   */
  private static ThumbnailResponse tooLarge(ThumbnailRequest request, ThumbnailResponse response) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Cache-Control", "no-store");
    headers.put("Content-Length", "0");
    boolean stored = response.code().equals("stored");
    if (!stored) {
      headers.put("Location", request.target());
    }
    return new ThumbnailResponse(
        stored ? 502 : 302, headers, new byte[0], stored ? "result_too_large" : "redirected");
  }

  private static void write(ThumbnailResponse response, OutputStream answer) throws IOException {
    try (JsonGenerator json = FACTORY.createGenerator(answer)) {
      json.writeStartObject();
      json.writeNumberField("statusCode", response.status());
      json.writeObjectFieldStart("headers");
      for (Map.Entry<String, String> header : response.headers().entrySet()) {
        json.writeStringField(header.getKey(), header.getValue());
      }
      json.writeEndObject();
      json.writeBinaryField("body", response.body());
      json.writeBooleanField("isBase64Encoded", true);
      json.writeEndObject();
    }
  }
}
