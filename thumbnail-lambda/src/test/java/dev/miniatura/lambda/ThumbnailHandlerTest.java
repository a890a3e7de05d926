package dev.miniatura.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.miniatura.ImageSource;
import dev.miniatura.OutputFormat;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Entry;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThumbnailHandlerTest {

  private static byte[] image(int rgb) throws IOException {
    BufferedImage picture = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    IntStream.range(0, 64 * 48).forEach(i -> picture.setRGB(i % 64, i / 64, rgb));
    return Thumbnailer.create()
        .render(ImageSource.of(picture), ThumbnailSpec.fit(64, 64).format(OutputFormat.JPEG))
        .bytes();
  }

  private static void put(HandlerFixture f, String key, byte[] bytes) throws IOException {
    f.source.put(key, ImageSource.of(bytes), Attributes.none());
  }

  private static byte[] thumbnail(HandlerFixture f, String key) throws IOException {
    try (var stream = f.destination.open(key).open()) {
      return stream.readAllBytes();
    }
  }

  @Test
  void handle_notification_makesThumbnailsOfAllRecords() throws Exception {
    HandlerFixture f = new HandlerFixture();
    put(f, "a b.jpg", image(0xFF0000));
    put(f, "c+d.jpg", image(0x00FF00));
    String answer =
        f.invoke(
            EventTexts.records(
                EventTexts.s3Record("ObjectCreated:Put", "a b.jpg", "01"),
                EventTexts.s3Record("ObjectCreated:Put", "c+d.jpg", "01")));
    assertThat(f.thumbnails())
        .containsExactly(
            "a b.jpg.small.jpg", "a b.jpg.tiny.png", "c+d.jpg.small.jpg", "c+d.jpg.tiny.png");
    assertThat(answer).contains("\"outcome\":\"written\"");
    assertThat(f.logLines()).hasSize(3).last().asString().startsWith("{\"_aws\":{\"Timestamp\":");
    assertThat(f.logLines().get(0))
        .contains(
            "\"msGet\":",
            "\"msDecode\":",
            "\"msEncode\":",
            "\"msPut\":",
            "\"bytesIn\":",
            "\"peakMemory\":");
  }

  @Test
  void handle_duplicate_changesNothing() throws Exception {
    HandlerFixture f = new HandlerFixture();
    put(f, "a.jpg", image(1));
    f.invoke(EventTexts.s3("ObjectCreated:Put", "a.jpg"));
    String version = f.destination.stat("a.jpg.small.jpg").orElseThrow().version();
    assertThat(f.invoke(EventTexts.s3("ObjectCreated:Put", "a.jpg"))).contains("unchanged");
    assertThat(f.destination.stat("a.jpg.small.jpg").orElseThrow().version()).isEqualTo(version);
  }

  @Test
  void handle_duplicateWithItsEntityTag_doesNotAskTheSource() throws Exception {
    List<String> asked = new ArrayList<>();
    HandlerFixture f =
        new HandlerFixture(
            new NamedStore("s3://photos/") {
              @Override
              public Optional<Entry> stat(String key) throws IOException {
                asked.add(key);
                return super.stat(key);
              }
            });
    put(f, "a.jpg", image(1));
    String tag = f.source.stat("a.jpg").orElseThrow().version();
    String event = EventTexts.records(EventTexts.s3Record("ObjectCreated:Put", "a.jpg", tag, "01"));
    String ofEventBridge =
        EventTexts.eventBridge("Object Created", "a.jpg")
            .replace("b1946ac92492d2347c6235b4d2611184", tag);
    assertThat(f.invoke(event)).contains("written");
    asked.clear();
    assertThat(f.invoke(event)).contains("unchanged");
    assertThat(f.invoke(ofEventBridge)).contains("unchanged");
    assertThat(asked).isEmpty();
  }

  @Test
  void handle_olderEventAfterTheNewer_keepsTheNewerThumbnail() throws Exception {
    HandlerFixture f = new HandlerFixture();
    put(f, "a.jpg", image(0xFF0000));
    put(f, "a.jpg", image(0x0000FF));
    f.invoke(EventTexts.records(EventTexts.s3Record("ObjectCreated:Put", "a.jpg", "02")));
    byte[] newer = thumbnail(f, "a.jpg.tiny.png");
    f.invoke(EventTexts.records(EventTexts.s3Record("ObjectCreated:Put", "a.jpg", "01")));
    assertThat(thumbnail(f, "a.jpg.tiny.png")).isEqualTo(newer);
    f.invoke(EventTexts.records(EventTexts.s3Record("ObjectRemoved:Delete", "a.jpg", "00")));
    assertThat(f.thumbnails()).hasSize(2);
  }

  @Test
  void handle_recordsOfOneKeyOutOfOrder_followsTheSequencer() throws Exception {
    HandlerFixture f = new HandlerFixture();
    put(f, "a.jpg", image(1));
    f.invoke(EventTexts.s3("ObjectCreated:Put", "a.jpg"));
    f.source.delete("a.jpg");
    String answer =
        f.invoke(
            EventTexts.records(
                EventTexts.s3Record("ObjectRemoved:Delete", "a.jpg", "09"),
                EventTexts.s3Record("ObjectCreated:Put", "a.jpg", "08")));
    assertThat(f.thumbnails()).isEmpty();
    assertThat(answer).contains("removed").doesNotContain("failed");
  }

  /**
   * Denied access and messages that are not events used to be given up; but a policy can be
   * repaired, and a message that is not understood belongs among the dead letters.
   */
  @Test
  void handle_queue_reportsExactlyTheRetryable() throws Exception {
    HandlerFixture f =
        new HandlerFixture(
            new NamedStore("s3://photos/") {
              @Override
              public Optional<Entry> stat(String key) throws IOException {
                if (key.startsWith("busy")) {
                  throw new StoreException(Kind.THROTTLED, key);
                }
                if (key.startsWith("secret")) {
                  throw new StoreException(Kind.ACCESS_DENIED, key);
                }
                return super.stat(key);
              }
            });
    put(f, "good.jpg", image(1));
    put(f, "bad.jpg", new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xC0, 0, 2});
    String answer =
        f.invoke(
            EventTexts.sqs(
                EventTexts.s3("ObjectCreated:Put", "good.jpg"),
                EventTexts.s3("ObjectCreated:Put", "bad.jpg"),
                EventTexts.s3("ObjectCreated:Put", "busy.jpg"),
                EventTexts.s3("ObjectCreated:Put", "secret.jpg"),
                "no event",
                EventTexts.testEvent(),
                EventTexts.s3("ObjectCreated:Put", "missing.jpg"),
                EventTexts.records(
                    EventTexts.s3Record("ObjectCreated:Put", "good.jpg", "01"),
                    EventTexts.s3Record("ObjectCreated:Put", "busy2.jpg", "01"))));
    assertThat(answer)
        .isEqualTo(
            "{\"batchItemFailures\":[{\"itemIdentifier\":\"message-2\"},"
                + "{\"itemIdentifier\":\"message-3\"},{\"itemIdentifier\":\"message-4\"},"
                + "{\"itemIdentifier\":\"message-7\"}]}");
    assertThat(f.thumbnails()).containsExactly("good.jpg.small.jpg", "good.jpg.tiny.png");
    assertThat(f.logLines()).anyMatch(line -> line.contains("not_understood"));
    assertThat(f.logLines()).anyMatch(line -> line.contains("malformed"));
  }

  @Test
  void queue_messageNotUnderstood_countsAsFailed() throws Exception {
    HandlerFixture f = new HandlerFixture();
    put(f, "a.jpg", image(1));
    f.invoke(EventTexts.sqs("no event", EventTexts.s3("ObjectCreated:Put", "a.jpg")));
    assertThat(f.logLines())
        .anyMatch(line -> line.contains("\"failed\":1,"))
        .anyMatch(
            line ->
                line.startsWith("{\"timestamp\":\"2")
                    && line.contains(
                        "\"level\":\"ERROR\",\"requestId\":\"request\","
                            + "\"messageId\":\"message-0\",\"outcome\":\"not_understood\","
                            + "\"detail\":\""));
  }

  @Test
  void handle_interrupted_endsSoAndLeavesTheThreadInterrupted() throws Exception {
    HandlerFixture f = new HandlerFixture();
    put(f, "a.jpg", image(1));
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedIOException.class)
        .isThrownBy(() -> f.invoke(EventTexts.s3("ObjectCreated:Put", "a.jpg")));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void handle_otherEventBesideACreation_isSkipped() throws Exception {
    HandlerFixture f = new HandlerFixture();
    put(f, "a.jpg", image(1));
    String answer =
        f.invoke(
            EventTexts.records(
                EventTexts.s3Record("ObjectTagging:Put", "a.jpg", "02"),
                EventTexts.s3Record("ObjectCreated:Put", "a.jpg", "01")));
    assertThat(answer)
        .containsSubsequence("\"event\":\"other\",\"outcome\":\"skipped\"", "\"written\"");
  }

  @Test
  void handle_eventWithoutASize_makesThumbnails() throws Exception {
    HandlerFixture f = new HandlerFixture();
    put(f, "a.jpg", image(1));
    String event = EventTexts.s3("ObjectCreated:Put", "a.jpg").replace("\"size\":1024,", "");
    assertThat(f.invoke(event)).contains("written").doesNotContain("failed");
  }

  @Test
  void handle_withCatalog_recordsInIt() throws Exception {
    List<String> recorded = new ArrayList<>();
    HandlerFixture f =
        new HandlerFixture(
            new NamedStore("s3://photos/"),
            new NamedStore("s3://thumbs/"),
            Optional.of((source, outcome, seen) -> recorded.add(outcome.kind())));
    put(f, "a.jpg", image(1));
    f.invoke(EventTexts.direct("a.jpg"));
    assertThat(recorded).containsExactly("written");
  }

  @Test
  void handle_notificationThatMaySucceedLater_fails() throws Exception {
    HandlerFixture f =
        new HandlerFixture(
            new NamedStore("s3://photos/") {
              @Override
              public Optional<Entry> stat(String key) throws IOException {
                throw new StoreException(Kind.NETWORK, key);
              }
            });
    assertThatExceptionOfType(RetryException.class)
        .isThrownBy(() -> f.invoke(EventTexts.s3("ObjectCreated:Put", "a.jpg")))
        .withMessageStartingWith("1 of 1 objects must be retried");
  }

  @Test
  void handle_batchJob_answersEachTask() throws Exception {
    HandlerFixture f = new HandlerFixture();
    put(f, "a b.jpg", image(1));
    assertThat(f.invoke(EventTexts.batchJob2("a b.jpg")))
        .isEqualTo(
            "{\"invocationSchemaVersion\":\"2.0\",\"treatMissingKeysAs\":\"TemporaryFailure\","
                + "\"invocationId\":\"invocation\",\"results\":[{\"taskId\":\"task-0\","
                + "\"resultCode\":\"Succeeded\",\"resultString\":\"written\"}]}");
    assertThat(f.invoke(EventTexts.batchJob1("missing")))
        .contains("\"Succeeded\",\"resultString\":\"skipped: source_gone\"");
  }

  @Test
  void handle_batchJob_givesUpOnlyWhatIsInTheImage() throws Exception {
    HandlerFixture f =
        new HandlerFixture(
            new NamedStore("s3://photos/") {
              @Override
              public Optional<Entry> stat(String key) throws IOException {
                if (key.equals("denied")) {
                  throw new StoreException(Kind.ACCESS_DENIED, key);
                }
                return super.stat(key);
              }
            });
    put(f, "bad.jpg", new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xC0, 0, 2});
    assertThat(f.invoke(EventTexts.batchJob2("bad.jpg"))).contains("\"PermanentFailure\",");
    assertThat(f.invoke(EventTexts.batchJob2("denied"))).contains("\"TemporaryFailure\",");
  }

  /** The setting of the function or of the notification is wrong. */
  @Test
  void handle_foreignBucket_isRetryable() throws Exception {
    HandlerFixture f = new HandlerFixture();
    assertThat(f.invoke("{\"bucket\":\"other\",\"key\":\"a.jpg\"}"))
        .contains("\"outcome\":\"failed\",\"retryable\":true", "MINIATURA_SOURCE");
  }

  @Test
  void handle_removalOfAQueue_comesBackOnce() throws Exception {
    HandlerFixture f = new HandlerFixture();
    put(f, "there.jpg", image(1));
    String removal = EventTexts.s3("ObjectRemoved:Delete", "a.jpg");
    String version = EventTexts.s3("ObjectRemoved:Delete", "there.jpg");
    String creation = EventTexts.s3("ObjectCreated:Put", "there.jpg");
    String first = EventTexts.sqs(removal, version, creation);
    assertThat(f.invoke(first)).contains("message-0", "message-1").doesNotContain("message-2");
    String again =
        first.replace("\"ApproximateReceiveCount\":\"1\"", "\"ApproximateReceiveCount\":\"2\"");
    assertThat(f.invoke(again)).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(f.thumbnails()).hasSize(2);
  }

  @Test
  void handle_thumbnail_isSkipped() throws Exception {
    HandlerFixture f = new HandlerFixture();
    put(f, "a.jpg", image(1));
    f.invoke(EventTexts.direct("a.jpg"));
    Entry made = f.destination.stat("a.jpg.small.jpg").orElseThrow();
    f.source.put("copy.jpg", f.destination.open(made), made.attributes());
    assertThat(f.invoke(EventTexts.direct("copy.jpg"))).contains("skipped", "thumbnail");
  }

  @Test
  void handle_noTimeLeft_bringsTheMessageBack() throws Exception {
    HandlerFixture f = new HandlerFixture();
    put(f, "a.jpg", image(1));
    f.remainingMillis = 0;
    assertThat(f.invoke(EventTexts.sqs(EventTexts.s3("ObjectCreated:Put", "a.jpg"))))
        .contains("message-0");
    assertThat(f.thumbnails()).isEmpty();
  }

  @Test
  void handle_storeThatHangs_endsBeforeTheInvocationDoes() throws Exception {
    HandlerFixture f =
        new HandlerFixture(
            new NamedStore("s3://photos/") {
              @Override
              public Optional<Entry> stat(String key) throws IOException {
                try {
                  Thread.sleep(600_000);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                  throw new InterruptedIOException(key);
                }
                return super.stat(key);
              }
            });
    f.remainingMillis = 400;
    assertThat(f.invoke(EventTexts.sqs(EventTexts.direct("a.jpg"), EventTexts.direct("b.jpg"))))
        .contains("message-0", "message-1");
  }

  /**
   * The time reserved for the answer is a part of the remaining time, so that some is left for
   * work.
   */
  @Test
  void handle_lessTimeThanIsKeptForTheAnswer_isUsed() throws Exception {
    HandlerFixture f = new HandlerFixture();
    put(f, "warm.jpg", image(1));
    f.invoke(EventTexts.direct("warm.jpg"));
    put(f, "a.jpg", image(1));
    f.remainingMillis = 1_990;
    assertThat(f.invoke(EventTexts.direct("a.jpg"))).contains("written");
  }

  /**
   * A store whose content arrives only once {@code until} is true, and which ignores interrupts
   * until then.
   */
  private static HandlerFixture slow(BooleanSupplier until, Map<String, String> settings) {
    return new HandlerFixture(
        new NamedStore("s3://photos/") {
          @Override
          public ImageSource open(Entry entry) {
            ImageSource content = super.open(entry);
            return () -> {
              while (!until.getAsBoolean()) {
                Thread.onSpinWait();
              }
              return content.open();
            };
          }
        },
        settings);
  }

  /**
   * If a read swallows the interrupt, it is the invocation's time that runs out, not the image's.
   * The read goes on for a while, as the image's time begins, and so ends, a little later.
   */
  @Test
  void handle_invocationTooShortForAnImage_bringsTheMessageBack() throws Exception {
    AtomicLong end = new AtomicLong(Long.MAX_VALUE);
    BooleanSupplier ended =
        () -> {
          if (Thread.interrupted()) {
            end.set(System.nanoTime() + 100_000_000);
          }
          return end.get() != Long.MAX_VALUE && System.nanoTime() - end.get() >= 0;
        };
    HandlerFixture f = slow(ended, Map.of());
    put(f, "a.jpg", image(1));
    f.remainingMillis = 500;
    assertThat(f.invoke(EventTexts.sqs(EventTexts.s3("ObjectCreated:Put", "a.jpg"))))
        .contains("message-0");
    assertThat(f.logLines()).anyMatch(line -> line.contains("\"outcome\":\"unfinished\""));
    assertThat(f.thumbnails()).isEmpty();
  }

  @Test
  void handle_imageAboveTheLimitOnTime_isRefusedForGood() throws Exception {
    long end = System.nanoTime() + Duration.ofMillis(300).toNanos();
    HandlerFixture f =
        slow(() -> System.nanoTime() > end, Map.of("MINIATURA_LIMITS", "time:100ms"));
    put(f, "a.jpg", image(1));
    assertThat(f.invoke(EventTexts.sqs(EventTexts.s3("ObjectCreated:Put", "a.jpg"))))
        .isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(f.logLines())
        .anyMatch(line -> line.contains("\"outcome\":\"refused\"") && line.contains("time in ms"))
        .anyMatch(line -> line.matches("\\{\"_aws\".*\"Duration\":[1-9][0-9]{2,4}}"));
  }

  @Test
  void handle_testEvent_doesNothing() throws Exception {
    assertThat(new HandlerFixture().invoke(EventTexts.testEvent())).isEqualTo("{\"results\":[]}");
  }

  @Test
  void handle_anyChanges_writesMetricsInTheEmbeddedFormat() throws Exception {
    HandlerFixture f = new HandlerFixture();
    put(f, "a.jpg", image(1));
    f.invoke(EventTexts.s3("ObjectCreated:Put", "a.jpg"));
    String line = f.logLines().get(1);
    Json json = Json.read(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)));
    Json directive = json.get("_aws").get("CloudWatchMetrics").items().get(0);
    assertThat(line).contains("\"_aws\":{\"Timestamp\":1", "\"written\":1,");
    assertThat(directive.get("Namespace").text()).isEqualTo("Miniatura");
    assertThat(directive.get("Dimensions").items().get(0).items().get(0).text())
        .isEqualTo("function");
    assertThat(json.get("function").text()).isEqualTo("miniatura");
    assertThat(directive.get("Metrics").items()).hasSizeBetween(8, 100);
    for (Json metric : directive.get("Metrics").items()) {
      assertThat(line).containsPattern("\"" + metric.get("Name").text() + "\":[0-9]+[,}]");
      assertThat(metric.get("Unit").text()).isIn("Count", "Bytes", "Milliseconds");
    }
  }
}
