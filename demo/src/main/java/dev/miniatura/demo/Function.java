package dev.miniatura.demo;

import com.amazonaws.services.lambda.runtime.Context;
import dev.miniatura.lambda.ThumbnailHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The Lambda function in this process, called with the notifications that S3 sends. */
final class Function {

  private static final int REMAINING_MILLIS = 60_000;

  private final JsonMapper json = JsonMapper.shared();
  private final String bucket;
  private final ThumbnailHandler handler;
  private int calls;

  /**
   * Creates the function.
   *
   * @param bucket the bucket that sends the notifications
   * @param environment the function's configuration
   * @param log where its log goes
   */
  Function(String bucket, Map<String, String> environment, PrintStream log) {
    this.bucket = bucket;
    handler = new ThumbnailHandler(environment, log);
  }

  /** Calls the function with a notification and returns its result for the object. */
  JsonNode call(String event, String key) throws IOException {
    calls++;
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(json.writeValueAsBytes(notification(event, key))),
        answer,
        context());
    return json.readTree(answer.toByteArray()).path("results").path(0);
  }

  /** Keys in notifications are form-encoded, with a plus sign for a space. */
  private ObjectNode notification(String event, String key) {
    ObjectNode notification = json.createObjectNode();
    ObjectNode record = notification.putArray("Records").addObject();
    record.put("eventVersion", "2.1");
    record.put("eventSource", "aws:s3");
    record.put("eventName", event);
    ObjectNode s3 = record.putObject("s3");
    s3.putObject("bucket").put("name", bucket);
    s3.putObject("object")
        .put("key", URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/"))
        .put("sequencer", "%016X".formatted(calls));
    return notification;
  }

  private Context context() {
    String id = "call-" + calls;
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getAwsRequestId" -> id;
                  case "getRemainingTimeInMillis" -> REMAINING_MILLIS;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
