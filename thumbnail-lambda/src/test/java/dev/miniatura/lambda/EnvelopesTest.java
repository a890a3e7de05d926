package dev.miniatura.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.miniatura.lambda.Change.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopesTest {

  private static final List<String> KEYS =
      List.of(
          "plain.jpg",
          "2024/summer at the lake.jpg",
          "a+b.jpg",
          "100%.jpg",
          "%41.jpg",
          "%2B+%20.jpg",
          "été/日本/🏞.jpg",
          "//double//slash/",
          "/leading",
          "../up/./here",
          "quote\"back\\slash'<&>?#.jpg",
          "tab\tnew\nline.jpg",
          " ",
          "+",
          "x".repeat(1024));

  private static Map<String, UnaryOperator<String>> envelopes() {
    Map<String, UnaryOperator<String>> envelopes = new TreeMap<>();
    envelopes.put("S3", key -> EventTexts.s3("ObjectCreated:Put", key));
    envelopes.put("Ceph", EventTexts::ceph);
    envelopes.put("S3 in SNS", key -> EventTexts.sns(EventTexts.s3("ObjectCreated:Put", key)));
    envelopes.put("S3 in SQS", key -> EventTexts.sqs(EventTexts.s3("ObjectCreated:Put", key)));
    envelopes.put(
        "S3 in SNS in SQS",
        key -> EventTexts.sqs(EventTexts.snsEnvelope(EventTexts.s3("ObjectCreated:Copy", key))));
    envelopes.put("EventBridge", key -> EventTexts.eventBridge("Object Created", key));
    envelopes.put(
        "EventBridge in SQS", key -> EventTexts.sqs(EventTexts.eventBridge("Object Created", key)));
    envelopes.put("Batch 1.0", EventTexts::batchJob1);
    envelopes.put("Batch 2.0", EventTexts::batchJob2);
    envelopes.put("direct", EventTexts::direct);
    return envelopes;
  }

  static Stream<Arguments> envelopesAndKeys() {
    return envelopes().keySet().stream()
        .flatMap(envelope -> KEYS.stream().map(key -> Arguments.of(envelope, key)));
  }

  private static Request recognize(String event) throws IOException {
    return Envelopes.recognize(
        Json.read(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8))));
  }

  private static List<Change> changes(Request request) {
    List<Change> changes = new ArrayList<>();
    if (request instanceof Request.Notification notification) {
      changes.addAll(notification.changes());
    } else if (request instanceof Request.Queue queue) {
      queue.messages().forEach(message -> changes.addAll(message.changes()));
    } else if (request instanceof Request.BatchJob job) {
      job.tasks().forEach(task -> changes.add(task.change()));
    } else if (request instanceof Request.Direct direct) {
      changes.add(direct.change());
    }
    return changes;
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("envelopesAndKeys")
  void recognize_anyEnvelopeAndKey_namesTheObject(String envelope, String key) throws Exception {
    Request request = recognize(Objects.requireNonNull(envelopes().get(envelope)).apply(key));
    assertThat(changes(request))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.kind()).isEqualTo(Kind.CREATED);
              assertThat(change.bucket()).isEqualTo(EventTexts.BUCKET);
              assertThat(change.key()).isEqualTo(key);
              assertThat(change.versionId()).contains(EventTexts.VERSION);
            });
  }

  @Test
  void decode_percentSignAtTheEnd_isRefused() throws Exception {
    assertThat(EventKeys.FORM.decode("a%41", "key")).isEqualTo("aA");
    for (String text : List.of("a%4", "a%", "%", "%4g", "%g4")) {
      assertThatExceptionOfType(EventException.class)
          .isThrownBy(() -> EventKeys.FORM.decode(text, "key"))
          .withMessageContaining("bare percent sign");
    }
  }

  /** A queue of a topic's messages: no service nests messages more deeply. */
  @Test
  void recognize_nestedTooDeeply_isNotUnderstood() throws Exception {
    String event = EventTexts.s3("ObjectCreated:Put", "a");
    String three = EventTexts.sqs(EventTexts.snsEnvelope(EventTexts.sns(event)));
    assertThat(changes(recognize(three))).hasSize(1);
    String four =
        EventTexts.sqs(EventTexts.snsEnvelope(EventTexts.sns(EventTexts.snsEnvelope(event))));
    assertThat(recognize(four))
        .isInstanceOfSatisfying(
            Request.Queue.class,
            queue ->
                assertThat(queue.messages().get(0).refused().orElseThrow())
                    .hasMessageContaining("nested too deeply"));
  }

  @ParameterizedTest
  @CsvSource({"1024, 1024", "5368709120, 5368709120", "'\"1024\"', ", "-1, ", "1.5, ", "null, "})
  void recognize_size_isTakenIfItIsALength(String text, @Nullable Long size) throws Exception {
    String event = EventTexts.s3("ObjectCreated:Put", "a").replace("1024", text);
    assertThat(changes(recognize(event)))
        .singleElement()
        .extracting(Change::size)
        .isEqualTo(size == null ? OptionalLong.empty() : OptionalLong.of(size));
  }

  @ParameterizedTest
  @CsvSource({
    "ObjectCreated:Put, CREATED",
    "s3:ObjectCreated:CompleteMultipartUpload, CREATED",
    "ObjectRestore:Completed, CREATED",
    "ObjectRemoved:Delete, REMOVED",
    "ObjectRemoved:DeleteMarkerCreated, REMOVED",
    "LifecycleExpiration:Delete, REMOVED",
    "ObjectTagging:Put, OTHER",
    "ObjectRestore:Post, OTHER"
  })
  void recognize_eventName_givesTheKind(String name, Kind kind) throws Exception {
    assertThat(changes(recognize(EventTexts.s3(name, "k"))))
        .extracting(Change::kind)
        .containsExactly(kind);
  }

  @ParameterizedTest
  @CsvSource({"Object Created, CREATED", "Object Deleted, REMOVED", "Object Tags Added, OTHER"})
  void recognize_detailType_givesTheKind(String type, Kind kind) throws Exception {
    assertThat(changes(recognize(EventTexts.eventBridge(type, "k"))))
        .extracting(Change::kind)
        .containsExactly(kind);
  }

  @Test
  void recognize_manyRecords_keepsAllInOrder() throws Exception {
    String event =
        EventTexts.records(
            EventTexts.s3Record("ObjectCreated:Put", "a", "01"),
            EventTexts.s3Record("ObjectCreated:Put", "b", "02"),
            EventTexts.s3Record("ObjectRemoved:Delete", "a", "03"));
    assertThat(changes(recognize(event))).extracting(Change::key).containsExactly("a", "b", "a");
  }

  @Test
  void recognize_testEvent_isANotificationOfNothing() throws Exception {
    assertThat(recognize(EventTexts.testEvent())).isEqualTo(new Request.Notification(List.of()));
    assertThat(changes(recognize(EventTexts.sqs(EventTexts.testEvent())))).isEmpty();
  }

  @Test
  void recognize_queueWithAStrangeMessage_keepsTheOthers() throws Exception {
    String event =
        EventTexts.sqs("hello", EventTexts.direct("k"), "{\"a\":1}", "{\"Records\":[7]}");
    assertThat(recognize(event))
        .isInstanceOfSatisfying(
            Request.Queue.class,
            queue -> {
              assertThat(queue.messages())
                  .extracting(message -> message.refused().isPresent())
                  .containsExactly(true, false, true, true);
              assertThat(queue.messages().get(0).refused().orElseThrow())
                  .hasMessageStartingWith("Records[0].body: is not JSON");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "7",
        "{}",
        "{} {}",
        "{\"Records\":[{}]}",
        "{\"Records\":{}}",
        "{\"key\":\"k\"}",
        "{\"bucket\":\"b\",\"key\":7}",
        "{\"source\":\"aws.s3\",\"detail-type\":\"Object Created\",\"detail\":{}}",
        "{\"source\":\"aws.ec2\",\"detail-type\":\"x\",\"detail\":{}}",
        "{\"invocationSchemaVersion\":\"3.0\",\"tasks\":[]}",
        "{\"invocationSchemaVersion\":\"1.0\",\"tasks\":[{}]}",
        "{\"Records\":[{\"s3\":{},\"eventName\":\"ObjectCreated:Put\"}]}"
      })
  void recognize_otherShape_isRefused(String event) {
    assertThatExceptionOfType(EventException.class).isThrownBy(() -> recognize(event));
  }

  @Test
  void recognize_otherShape_saysWhatItIs() {
    assertThatExceptionOfType(EventException.class)
        .isThrownBy(() -> recognize("{\"foo\":1,\"bar\":2}"))
        .withMessageContaining("it is an object of [foo, bar]");
  }

  @Test
  void recognize_endlessNesting_isRefused() {
    String event = EventTexts.testEvent();
    for (int i = 0; i < 4; i++) {
      event = EventTexts.snsEnvelope(event);
    }
    String nested = event;
    assertThatExceptionOfType(EventException.class).isThrownBy(() -> recognize(nested));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%", "a%4", "a%zz", "%C3", "%FF%FE"})
  void recognize_keyThatIsNotEncoded_isRefused(String key) {
    String event = EventTexts.s3("ObjectCreated:Put", "KEY").replace("KEY", key);
    assertThatExceptionOfType(EventException.class).isThrownBy(() -> recognize(event));
  }

  @ParameterizedTest
  @CsvSource({
    "0055AED6DCD90281E5, 0055AED6DCD90281E6, -1",
    "0055aed6dcd90281e5, 0055AED6DCD90281E5, 0",
    "01, 0100, 0",
    "01, 0101, -1",
    "02, 0101, 1",
  })
  void compareTo_sequencers_followsTheFormat(String one, String other, int sign) {
    assertThat(Integer.signum(Sequencer.of(one).compareTo(Sequencer.of(other)))).isEqualTo(sign);
  }
}
