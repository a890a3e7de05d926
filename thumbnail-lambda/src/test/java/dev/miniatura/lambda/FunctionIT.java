package dev.miniatura.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.ImageSource;
import dev.miniatura.OutputFormat;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.Message;

/** The bundle in a process of its own, between a queue and two buckets. */
@Timeout(300)
class FunctionIT {

  private static final Path SAMPLES = Path.of("../samples");

  private static Path code;
  private static S3Server s3;
  private static QueueServer queue;
  private static FunctionProcess function;
  private static int events;

  @BeforeAll
  static void start() throws Exception {
    code = Bundle.exploded();
    s3 = new S3Server(EventTexts.BUCKET, EventTexts.DESTINATION);
    queue = new QueueServer();
    function = new FunctionProcess(code, FunctionProcess.HANDLER, environment(), List.of()).ready();
  }

  @AfterAll
  static void stop() throws Exception {
    function.close();
    queue.close();
    s3.close();
  }

  private static Map<String, String> environment() {
    return Map.of(
        "MINIATURA_SOURCE",
        "s3://" + EventTexts.BUCKET,
        "MINIATURA_DESTINATION",
        "s3://" + EventTexts.DESTINATION,
        "MINIATURA_SPECS",
        "small=fit:64x64,format:png;large=fit:256x256,format:jpeg",
        "MINIATURA_PARALLELISM",
        "4",
        "MINIATURA_ENDPOINT",
        s3.endpoint().toString());
  }

  private static byte[] image(int rgb) throws IOException {
    BufferedImage picture = new BufferedImage(96, 64, BufferedImage.TYPE_INT_RGB);
    IntStream.range(0, 96 * 64).forEach(i -> picture.setRGB(i % 96, i / 96, rgb));
    return Thumbnailer.create()
        .render(ImageSource.of(picture), ThumbnailSpec.fit(96, 96).format(OutputFormat.JPEG))
        .bytes();
  }

  /** Stores an object and returns its data in S3. */
  private static String upload(String key, byte[] bytes) {
    return EventTexts.s3Record(
        "ObjectCreated:Put", key, s3.put(EventTexts.BUCKET, key, bytes), nextSequencer());
  }

  private static String nextSequencer() {
    events++;
    return "0055AED6DCD9%04X".formatted(events);
  }

  private static void send(String... records) {
    for (String each : records) {
      queue.send(EventTexts.records(each));
    }
  }

  /** Brings the queue's messages to the function until none is left; returns how many times. */
  private static List<String> pump(int most) throws Exception {
    List<String> delivered = new ArrayList<>();
    List<Message> messages = queue.receive(most);
    while (!messages.isEmpty()) {
      messages.forEach(message -> delivered.add(message.messageId()));
      queue.settle(messages, function.invoke(QueueServer.event(messages)));
      messages = queue.receive(most);
    }
    return delivered;
  }

  /**
   * Returns the log's lines about an object, oldest first. The log arrives on another path than the
   * answers, so this waits for it.
   *
   * @param least how many lines there must be
   */
  private static List<Json> log(String key, int least) throws Exception {
    long deadline = System.nanoTime() + FunctionProcess.TIMEOUT.toNanos();
    while (true) {
      List<Json> lines = new ArrayList<>();
      for (String line : function.log()) {
        Json json = line.startsWith("{") ? json(line) : json("{}");
        if (json.get("key").is(key)) {
          lines.add(json);
        }
      }
      if (lines.size() >= least || System.nanoTime() > deadline) {
        return lines;
      }
      Thread.sleep(20);
    }
  }

  private static Json json(String text) throws IOException {
    return Json.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static void assertOutcomes(String key, String... expected) throws Exception {
    List<String> outcomes = new ArrayList<>();
    for (Json line : log(key, expected.length)) {
      outcomes.add(line.get("outcome").text());
    }
    assertThat(outcomes).as(key).containsExactly(expected);
  }

  private static List<String> thumbnails(String key) {
    return s3.keys(EventTexts.DESTINATION, key + ".");
  }

  private static BufferedImage thumbnail(String key) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(s3.get(EventTexts.DESTINATION, key)));
  }

  @Test
  void queue_samples_allHaveThumbnails() throws Exception {
    List<String> names;
    try (Stream<Path> files = Files.list(SAMPLES)) {
      names =
          files
              .filter(Files::isRegularFile)
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.endsWith(".md"))
              .toList();
    }
    for (String name : names) {
      send(upload("samples/" + name, Files.readAllBytes(SAMPLES.resolve(name))));
    }
    assertThat(pump(10)).hasSize(names.size()).hasSizeGreaterThan(10);
    for (String name : names) {
      String key = "samples/" + name;
      BufferedImage small = thumbnail(key + ".small.png");
      BufferedImage large = thumbnail(key + ".large.jpg");
      assertThat(Math.max(small.getWidth(), small.getHeight())).as(name).isEqualTo(64);
      assertThat(Math.max(large.getWidth(), large.getHeight())).as(name).isGreaterThan(150);
      assertOutcomes(key, "written");
    }
    BufferedImage upright = thumbnail("samples/portrait-orientation-6.jpg.small.png");
    assertThat(upright.getHeight()).isGreaterThan(upright.getWidth());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keys/with spaces  in it.jpg",
        "keys/a+b=c.jpg",
        "keys/100%.jpg",
        "keys/%41%2B%zz.jpg",
        "keys/été 日本 🏞.jpg",
        "keys/'single' \"double\" `back`.jpg",
        "keys/a&b;c?d#e@f:g,h$i!j*k(l)m.jpg",
        "keys/{key}.{spec}[0]^~|<>.jpg",
        "keys/.hidden/..dots...jpg",
        "keys/no-extension"
      })
  void queue_hostileKey_isTheSameInBothBuckets(String key) throws Exception {
    send(upload(key, image(0x336699)));
    assertThat(pump(10)).hasSize(1);
    assertThat(thumbnails(key)).containsExactly(key + ".large.jpg", key + ".small.png");
    assertOutcomes(key, "written");
  }

  @Test
  void queue_malformedFiles_areRecordedAndNotRetried() throws Exception {
    byte[] sample = Files.readAllBytes(SAMPLES.resolve("palette.png"));
    byte[] brokenCrc = sample.clone();
    brokenCrc[20] ^= 1;
    Map<String, byte[]> files =
        Map.of(
            "bad/frame.jpg",
            new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xC0, 0, 2},
            "bad/header.png",
            brokenCrc,
            "bad/text.jpg",
            "no image at all".getBytes(StandardCharsets.UTF_8),
            "bad/empty.jpg",
            new byte[0]);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      send(upload(file.getKey(), file.getValue()));
    }
    send(upload("bad/good.jpg", image(1)));
    assertThat(pump(10)).hasSize(files.size() + 1);
    for (String key : files.keySet()) {
      assertThat(log(key, 1)).singleElement().satisfies(FunctionIT::isPermanent);
    }
    assertThat(s3.keys(EventTexts.DESTINATION, "bad/"))
        .containsExactly("bad/good.jpg.large.jpg", "bad/good.jpg.small.png");
  }

  private static void isPermanent(Json line) throws EventException {
    assertThat(line.get("outcome").text()).isEqualTo("failed");
    assertThat(line.get("level").text()).isEqualTo("ERROR");
    assertThat(line.get("retryable").isPresent() && !line.get("retryable").isTrue()).isTrue();
    assertThat(line.get("detail").text()).matches("(?s)(malformed|unsupported): .+");
  }

  @Test
  void queue_fiftyRecordsAtOnce_makesAll() throws Exception {
    List<String> keys = IntStream.range(0, 50).mapToObj("many/%02d.jpg"::formatted).toList();
    for (String key : keys) {
      send(upload(key, image(key.hashCode())));
    }
    assertThat(pump(50)).hasSize(50).doesNotHaveDuplicates();
    assertThat(s3.keys(EventTexts.DESTINATION, "many/")).hasSize(100);
    for (String key : keys) {
      assertOutcomes(key, "written");
    }
  }

  @Test
  void queue_duplicateDelivery_isHarmless() throws Exception {
    String event = upload("twice.jpg", image(0x00FF00));
    send(event);
    pump(1);
    byte[] first = s3.get(EventTexts.DESTINATION, "twice.jpg.small.png");
    send(event, event);
    pump(1);
    assertOutcomes("twice.jpg", "written", "unchanged", "unchanged");
    assertThat(s3.get(EventTexts.DESTINATION, "twice.jpg.small.png")).isEqualTo(first);
  }

  @Test
  void queue_olderEventAfterTheNewer_keepsTheNewerThumbnail() throws Exception {
    String older = upload("order.jpg", image(0xFF0000));
    String newer = upload("order.jpg", image(0x0000FF));
    send(newer);
    pump(1);
    send(older);
    pump(1);
    assertOutcomes("order.jpg", "written", "unchanged");
    assertThat(thumbnail("order.jpg.small.png").getRGB(5, 5) & 0xFF).isGreaterThan(0xF0);
  }

  @Test
  void queue_delete_removesTheThumbnails() throws Exception {
    send(upload("gone.jpg", image(1)));
    pump(1);
    assertThat(thumbnails("gone.jpg")).hasSize(2);
    s3.delete(EventTexts.BUCKET, "gone.jpg");
    send(EventTexts.s3Record("ObjectRemoved:Delete", "gone.jpg", nextSequencer()));
    pump(1);
    assertThat(thumbnails("gone.jpg")).isEmpty();
    assertOutcomes("gone.jpg", "written", "removed", "removed"); // a removal comes back once
  }

  @Test
  void queue_deadline_bringsTheUnfinishedBack() throws Exception {
    byte[] photo = Files.readAllBytes(SAMPLES.resolve("landscape.jpg"));
    List<String> keys = IntStream.range(0, 60).mapToObj("late/%02d.jpg"::formatted).toList();
    for (String key : keys) {
      send(upload(key, photo));
    }
    List<Message> messages = queue.receive(keys.size());
    RuntimeApi.Response response =
        function.invoke(QueueServer.event(messages), Duration.ofMillis(300));
    assertThat(response.ok()).isTrue();
    assertThat(queue.settle(messages, response.text())).isBetween(1, keys.size());
    pump(20);
    assertThat(s3.keys(EventTexts.DESTINATION, "late/")).hasSize(2 * keys.size());
    assertThat(function.log()).anyMatch(line -> line.contains("\"outcome\":\"unfinished\""));
  }

  @Test
  void invoke_testEvent_doesNothing() throws Exception {
    assertThat(function.invoke(EventTexts.testEvent())).isEqualTo("{\"results\":[]}");
    queue.send(EventTexts.testEvent());
    assertThat(pump(1)).hasSize(1);
  }

  @Test
  void invoke_direct_answersTheOutcome() throws Exception {
    s3.put(EventTexts.BUCKET, "direct.jpg", image(1));
    Json answer = json(function.invoke(EventTexts.direct("direct.jpg")));
    assertThat(answer.get("outcome").text()).isEqualTo("written");
    assertThat(answer.get("thumbnails").items()).hasSize(2);
    answer = json(function.invoke(EventTexts.direct("missing.jpg")));
    assertThat(answer.get("detail").text()).isEqualTo("source_gone"); // no failure of anyone
  }

  @Test
  void invoke_http_storesAndMakesThumbnails() throws Exception {
    String event = HttpTexts.FUNCTION_URL.post("/http/a%20b%2Bc.jpg", image(1));
    Json answer = json(function.invoke(event));
    assertThat(answer.get("body").embedded().get("outcome").text()).isEqualTo("written");
    assertThat(thumbnails("http/a b+c.jpg")).hasSize(2);
    assertThat(function.invoke(HttpTexts.HTTP_API.get("/health"))).contains("\"statusCode\":200");
  }

  @Test
  void invoke_httpTwice_takesNoKeyFromAnotherImage() throws Exception {
    byte[] first = image(1);
    HttpTexts api = HttpTexts.HTTP_API;
    assertThat(function.invoke(api.post("/http/twice.jpg", first))).contains("\"statusCode\":200");
    assertThat(function.invoke(api.post("/http/twice.jpg", first))).contains("\"statusCode\":200");
    assertThat(function.invoke(api.post("/http/twice.jpg", image(2))))
        .contains("\"statusCode\":409");
    assertThat(s3.get(EventTexts.BUCKET, "http/twice.jpg")).isEqualTo(first);
  }

  @Test
  void invoke_otherEvent_isAnError() throws Exception {
    RuntimeApi.Response response = function.invoke("{\"foo\":1}", Duration.ofSeconds(5));
    assertThat(response.ok()).isFalse();
    assertThat(response.text()).contains("it is an object of [foo]");
  }
}
