package dev.miniatura.lambda;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Makes events as written by their services, with the relevant members and some others. */
final class EventTexts {

  static final String BUCKET = "photos";

  /** The bucket that the function writes to. */
  static final String DESTINATION = "thumbs";

  static final String VERSION = "096fKKXTRTtl3on89fVO.nfljtsv6qko";

  private EventTexts() {}

  static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  private static String form(String key) {
    return quoted(URLEncoder.encode(key, StandardCharsets.UTF_8));
  }

  static String s3Record(String eventName, String key, String sequencer) {
    return s3Record(eventName, key, "d41d8cd98f00b204e9800998ecf8427e", sequencer);
  }

  static String s3Record(String eventName, String key, String etag, String sequencer) {
    return """
    {"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1",
     "eventTime":"2026-01-02T03:04:05.678Z","eventName":"%s",
     "s3":{"s3SchemaVersion":"1.0","bucket":{"name":"photos","arn":"arn:aws:s3:::photos"},
           "object":{"key":%s,"size":1024,"eTag":"%s",
                     "versionId":"%s","sequencer":"%s"}}}
    """
        .formatted(eventName, form(key), etag, VERSION, sequencer);
  }

  static String records(String... records) {
    return "{\"Records\":[" + String.join(",", records) + "]}";
  }

  static String s3(String eventName, String key) {
    return records(s3Record(eventName, key, "0055AED6DCD90281E5"));
  }

  static String ceph(String key) {
    return s3("ObjectCreated:Put", "KEY")
        .replace("aws:s3", "ceph:s3")
        .replace("\"KEY\"", quoted(key));
  }

  static String eventBridge(String detailType, String key) {
    return """
    {"version":"0","id":"17793124-05d4-b198-2fde-7ededc63b103","detail-type":"%s",
     "source":"aws.s3","account":"111122223333","region":"us-east-1",
     "resources":["arn:aws:s3:::photos"],
     "detail":{"version":"0","bucket":{"name":"photos"},
               "object":{"key":%s,"size":5,"etag":"b1946ac92492d2347c6235b4d2611184",
                         "version-id":"%s","sequencer":"0055AED6DCD90281E5"},
               "reason":"PutObject"}}
    """
        .formatted(detailType, quoted(key), VERSION);
  }

  static String sns(String message) {
    return records(
        """
        {"EventSource":"aws:sns","EventVersion":"1.0","EventSubscriptionArn":"arn:aws:sns:…",
         "Sns":{"Type":"Notification","MessageId":"m","Subject":"Amazon S3 Notification",
                "Message":%s,"Timestamp":"2026-01-02T03:04:05.678Z"}}
        """
            .formatted(quoted(message)));
  }

  /** Returns the text that SNS puts into a queue. */
  static String snsEnvelope(String message) {
    return "{\"Type\":\"Notification\",\"MessageId\":\"m\",\"Message\":" + quoted(message) + "}";
  }

  static String sqs(String... bodies) {
    String[] records = new String[bodies.length];
    for (int i = 0; i < bodies.length; i++) {
      records[i] =
          """
          {"messageId":"message-%d","receiptHandle":"r","body":%s,
           "attributes":{"ApproximateReceiveCount":"1"},
           "eventSource":"aws:sqs","awsRegion":"us-east-1"}
          """
              .formatted(i, quoted(bodies[i]));
    }
    return records(records);
  }

  static String batchJob1(String key) {
    return """
    {"invocationSchemaVersion":"1.0","invocationId":"invocation","job":{"id":"job"},
     "tasks":[{"taskId":"task-0","s3Key":%s,"s3VersionId":"%s",
               "s3BucketArn":"arn:aws:s3:::photos"}]}
    """
        .formatted(form(key), VERSION);
  }

  static String batchJob2(String key) {
    return """
    {"invocationSchemaVersion":"2.0","invocationId":"invocation",
     "job":{"id":"job","userArguments":{}},
     "tasks":[{"taskId":"task-0","s3Key":%s,"s3VersionId":"%s","s3Bucket":"photos"}]}
    """
        .formatted(form(key), VERSION);
  }

  static String direct(String key) {
    return "{\"bucket\":\"photos\",\"key\":" + quoted(key) + ",\"versionId\":\"" + VERSION + "\"}";
  }

  static String testEvent() {
    return """
    {"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-01-02T03:04:05.678Z",
     "Bucket":"photos","RequestId":"5582815E1AEA5ADF","HostId":"8cLeGAmw098X5cv4Zkwcmo8vv"}
    """;
  }
}
