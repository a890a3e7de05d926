package dev.miniatura.lambda;

import dev.miniatura.lambda.Change.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Recognizes events by their shape. Reports from S3 may arrive directly or through EventBridge, in
 * either case inside messages of SNS or SQS, or both. Each writes keys differently:
 *
 * <table>
 * <caption>Envelopes</caption>
 * <tr><th>what</th><th>recognized by</th><th>keys</th></tr>
 * <tr><td>S3 notification</td><td>{@code Records[].s3}</td><td>form-encoded</td></tr>
 * <tr><td>S3 notification of another server</td><td>the same, other {@code eventSource}</td>
 * <td>form-encoded for {@code :s3} of AWS and MinIO, plain for Ceph</td></tr>
 * <tr><td>S3 test</td><td>{@code Event} is {@code s3:TestEvent}</td><td>none</td></tr>
 * <tr><td>SNS</td><td>{@code Records[].Sns}; in a queue {@code Type}, {@code Message}</td>
 * <td>those of the message</td></tr>
 * <tr><td>SQS</td><td>{@code Records[].eventSource} is {@code aws:sqs}</td>
 * <td>those of the message</td></tr>
 * <tr><td>EventBridge</td><td>{@code source} is {@code aws.s3}</td><td>plain</td></tr>
 * <tr><td>S3 Batch Operations</td><td>{@code invocationSchemaVersion}</td>
 * <td>form-encoded</td></tr>
 * <tr><td>Function URL, API Gateway, load balancer</td><td>{@code requestContext}</td>
 * <td>see {@link HttpEvent}</td></tr>
 * <tr><td>direct</td><td>{@code bucket}, {@code key}</td><td>plain</td></tr>
 * </table>
 */
final class Envelopes {

  /** Queue, topic, event: nothing can be nested more deeply. */
  private static final int MAX_DEPTH = 3;

  private Envelopes() {}

  /** Returns the request in an event. */
  static Request recognize(Json event) throws IOException {
    if (HttpEvent.isHttp(event)) {
      return HttpRequests.recognize(event);
    }
    if (event.get("invocationSchemaVersion").isPresent()) {
      return batchJob(event);
    }
    if (isQueue(event)) {
      return queue(event);
    }
    if (isDirect(event)) {
      return new Request.Direct(direct(event));
    }
    return new Request.Notification(changes(event, 1));
  }

  private static boolean isQueue(Json event) throws EventException {
    if (!event.get("Records").isArray()) {
      return false;
    }
    List<Json> records = event.get("Records").items();
    return !records.isEmpty() && records.get(0).get("eventSource").is("aws:sqs");
  }

  private static Request queue(Json event) throws EventException {
    List<Request.Message> messages = new ArrayList<>();
    for (Json each : event.get("Records").items()) {
      messages.add(message(each));
    }
    return new Request.Queue(messages);
  }

  /** Reads one message; if it is not understood, the others are processed all the same. */
  private static Request.Message message(Json message) throws EventException {
    String id = message.get("messageId").text();
    boolean first = message.get("attributes").get("ApproximateReceiveCount").is("1");
    try {
      return new Request.Message(
          id, first, changes(message.get("body").embedded(), 1), Optional.empty());
    } catch (EventException e) {
      return new Request.Message(id, first, List.of(), Optional.of(e));
    } catch (IOException e) {
      EventException refused = new EventException(message.path() + " cannot be read", e);
      return new Request.Message(id, first, List.of(), Optional.of(refused));
    }
  }

  /** Returns the changes in an event whose sender does not wait for an answer. */
  private static List<Change> changes(Json event, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new EventException(event.path() + " is nested too deeply");
    }
    if (event.get("Event").is("s3:TestEvent")) {
      return List.of();
    }
    if (event.get("Records").isArray()) {
      List<Change> changes = new ArrayList<>();
      for (Json item : event.get("Records").items()) {
        changes.addAll(ofRecord(item, depth));
      }
      return changes;
    }
    if (event.get("Type").is("Notification") && event.get("Message").isPresent()) {
      return changes(event.get("Message").embedded(), depth + 1);
    }
    if (event.get("source").is("aws.s3")) {
      return List.of(eventBridge(event));
    }
    if (isDirect(event)) {
      return List.of(direct(event));
    }
    throw unknown(event);
  }

  private static List<Change> ofRecord(Json item, int depth) throws IOException {
    if (item.get("Sns").isPresent()) {
      return changes(item.get("Sns").get("Message").embedded(), depth + 1);
    }
    if (item.get("s3").isPresent()) {
      return List.of(notification(item));
    }
    throw unknown(item);
  }

  private static EventException unknown(Json event) {
    return new EventException(
        event.path()
            + " is none of the events of S3, SNS, SQS, EventBridge, S3 Batch Operations and HTTP,"
            + " nor {\"bucket\":…,\"key\":…}; it is "
            + event.outline());
  }

  private static Change notification(Json item) throws EventException {
    Json object = item.get("s3").get("object");
    EventKeys keys = item.get("eventSource").is("ceph:s3") ? EventKeys.PLAIN : EventKeys.FORM;
    return new Change(
        kind(item.get("eventName").text()),
        item.get("s3").get("bucket").get("name").text(),
        keys.decode(object.get("key")),
        object.get("eTag").anyText(),
        object.get("size").anyLength(),
        object.get("versionId").anyText(),
        object.get("sequencer").anyText().map(Sequencer::of));
  }

  /** Servers other than AWS prefix the names with {@code s3:}, as in configurations. */
  private static Kind kind(String eventName) {
    String name = eventName.startsWith("s3:") ? eventName.substring("s3:".length()) : eventName;
    if (name.startsWith("ObjectCreated:") || name.equals("ObjectRestore:Completed")) {
      return Kind.CREATED;
    }
    return name.startsWith("ObjectRemoved:") || name.startsWith("LifecycleExpiration:")
        ? Kind.REMOVED
        : Kind.OTHER;
  }

  private static Change eventBridge(Json event) throws EventException {
    Json object = event.get("detail").get("object");
    return new Change(
        switch (event.get("detail-type").text()) {
          case "Object Created", "Object Restore Completed" -> Kind.CREATED;
          case "Object Deleted" -> Kind.REMOVED;
          default -> Kind.OTHER;
        },
        event.get("detail").get("bucket").get("name").text(),
        EventKeys.PLAIN.decode(object.get("key")),
        object.get("etag").anyText(),
        object.get("size").anyLength(),
        object.get("version-id").anyText(),
        object.get("sequencer").anyText().map(Sequencer::of));
  }

  private static boolean isDirect(Json event) {
    return event.get("bucket").anyText().isPresent() && event.get("key").anyText().isPresent();
  }

  private static Change direct(Json event) throws EventException {
    return new Change(
        Kind.CREATED,
        event.get("bucket").text(),
        EventKeys.PLAIN.decode(event.get("key")),
        Optional.empty(),
        OptionalLong.empty(),
        event.get("versionId").anyText(),
        Optional.empty());
  }

  private static Request batchJob(Json event) throws EventException {
    String schema = event.get("invocationSchemaVersion").text();
    if (!schema.equals("1.0") && !schema.equals("2.0")) {
      throw new EventException(
          "invocationSchemaVersion is '" + schema + "'; 1.0 and 2.0 are understood");
    }
    List<Request.Task> tasks = new ArrayList<>();
    for (Json task : event.get("tasks").items()) {
      Change change =
          new Change(
              Kind.CREATED,
              schema.equals("1.0")
                  ? bucketOf(task.get("s3BucketArn"))
                  : task.get("s3Bucket").text(),
              EventKeys.FORM.decode(task.get("s3Key")),
              Optional.empty(),
              OptionalLong.empty(),
              task.get("s3VersionId").anyText(),
              Optional.empty());
      tasks.add(new Request.Task(task.get("taskId").text(), change));
    }
    return new Request.BatchJob(schema, event.get("invocationId").text(), tasks);
  }

  private static String bucketOf(Json arn) throws EventException {
    String[] parts = arn.text().split(":::", 2);
    if (parts.length < 2 || parts[1].isEmpty()) {
      throw new EventException(arn.path() + " is not the ARN of a bucket: '" + arn.text() + "'");
    }
    return parts[1];
  }
}
