package dev.miniatura.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Entry;
import dev.miniatura.storage.ImageStore.Fetched;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpRequest;

/** The requests of a stream, and its handling of answers that it no longer needs. */
class RangesTest {

  private static final byte[] CONTENT = new byte[70];
  private static final Entry ENTRY =
      new Entry("key", CONTENT.length, "tag", Instant.EPOCH, Attributes.none());
  private static final int FIRST = 10;

  static {
    new Random(1).nextBytes(CONTENT);
  }

  private int answers;

  /**
   * Returns a client that sends ranges of the content.
   *
   * @param sent how many bytes the connection lasts, by the number of the answer
   */
  private ScriptedHttpClient http(IntUnaryOperator sent) {
    return new ScriptedHttpClient(request -> range(request, sent.applyAsInt(answers++)));
  }

  private static ScriptedHttpClient.Answer range(SdkHttpRequest request, int sent) {
    String[] ends =
        request.firstMatchingHeader("Range").orElseThrow().replace("bytes=", "").split("-", 2);
    int from = Integer.parseInt(ends[0]);
    int to = Integer.parseInt(ends[1]) + 1;
    return new ScriptedHttpClient.Answer(
        206,
        Map.of(
            "ETag", "\"tag\"",
            "Last-Modified", "Fri, 01 Mar 2024 12:00:00 GMT",
            "Content-Range", "bytes " + from + "-" + (to - 1) + "/" + CONTENT.length),
        to - from,
        Arrays.copyOfRange(CONTENT, from, Math.min(to, from + sent)));
  }

  private static S3ImageStore.Builder builder(ScriptedHttpClient http) {
    return S3ImageStore.builder(
            TestServer.clientBuilder(URI.create("http://127.0.0.1:1"))
                .httpClientBuilder(defaults -> http)
                .build(),
            "bucket")
        .firstRange(FIRST);
  }

  private static InputStream open(ScriptedHttpClient http) throws IOException {
    return builder(http).build().open(ENTRY).open();
  }

  @Test
  void read_toTheEnd_asksForLongerAndLongerRanges() throws IOException {
    ScriptedHttpClient http = http(answer -> 100);
    try (InputStream stream = open(http)) {
      assertThat(stream.readAllBytes()).isEqualTo(CONTENT);
    }
    assertThat(http.ranges()).containsExactly("bytes=0-9", "bytes=10-49", "bytes=50-69");
    assertThat(http.aborted).isZero(); // so that connections are reused
    assertThat(http.closed).isGreaterThanOrEqualTo(3);
  }

  @Test
  void nextRange_closesTheOneBefore() throws IOException {
    ScriptedHttpClient http = http(answer -> 100);
    try (InputStream stream = open(http)) {
      assertThat(stream.readNBytes(FIRST)).hasSize(FIRST);
      assertThat(http.closed).isZero();
      assertThat(stream.read()).isEqualTo(CONTENT[FIRST] & 0xff);
      assertThat(http.closed).isEqualTo(1);
      assertThat(http.aborted).isZero();
    }
  }

  @Test
  void close_inTheMiddle_givesUpTheConnection() throws IOException {
    ScriptedHttpClient http = http(answer -> 100);
    InputStream stream = open(http);
    assertThat(stream.readNBytes(FIRST - 1)).hasSize(FIRST - 1);
    stream.close();
    assertThat(http.aborted).isEqualTo(1);
    assertThat(http.closed).isPositive();
  }

  @Test
  void available_isWhatTheAnswerHolds() throws IOException {
    ScriptedHttpClient http = http(answer -> 100);
    try (InputStream stream = open(http)) {
      assertThat(stream.available()).isEqualTo(FIRST);
    }
    try (RangedStream known = after(http, FIRST)) {
      assertThat(known.available()).isEqualTo(FIRST); // nothing is requested yet
      assertThat(known.readNBytes(4)).hasSize(4);
      assertThat(known.available()).isEqualTo(FIRST - 4);
      known.request(0, FIRST);
      assertThat(known.readAllBytes()).isEqualTo(CONTENT);
    }
    assertThat(http.ranges()).containsExactly("bytes=0-9", "bytes=10-49", "bytes=50-69");
  }

  /** Returns a stream of the content whose first bytes are known. */
  private static RangedStream after(ScriptedHttpClient http, int known) {
    return new RangedStream(
        new Requests(builder(http)),
        ObjectVersion.parse("key", "tag"),
        CONTENT.length,
        Arrays.copyOf(CONTENT, known));
  }

  @Test
  void request_anyRange_continuesThere() throws IOException {
    ScriptedHttpClient http = http(answer -> 100);
    try (RangedStream stream = after(http, FIRST)) {
      stream.request(60, 65);
      assertThat(stream.requestedTo()).isEqualTo(65);
      assertThat(stream.readNBytes(2)).isEqualTo(Arrays.copyOfRange(CONTENT, 60, 62));
      stream.request(20, 30);
      assertThat(http.aborted).isEqualTo(1); // the rest of the range before
      assertThat(stream.readNBytes(10)).isEqualTo(Arrays.copyOfRange(CONTENT, 20, 30));
      stream.request(8, 9);
      assertThat(stream.requestedTo()).isEqualTo(FIRST); // what is known takes no request
      assertThat(stream.readNBytes(2)).isEqualTo(Arrays.copyOfRange(CONTENT, 8, 10));
      stream.request(CONTENT.length, 1000);
      assertThat(stream.read()).isNegative(); // there is nothing to request
      stream.request(68, 1000);
      assertThat(stream.readAllBytes()).isEqualTo(Arrays.copyOfRange(CONTENT, 68, 70));
    }
    assertThat(http.ranges()).containsExactly("bytes=60-64", "bytes=20-29", "bytes=68-69");
  }

  @Test
  void request_connectionBreaksOff_asksForTheRestOfThatRange() throws IOException {
    ScriptedHttpClient http = http(answer -> answer == 0 ? 3 : 100);
    try (RangedStream stream = after(http, FIRST)) {
      stream.request(40, 50);
      assertThat(stream.readNBytes(10)).isEqualTo(Arrays.copyOfRange(CONTENT, 40, 50));
    }
    assertThat(http.ranges()).containsExactly("bytes=40-49", "bytes=43-49");
  }

  @Test
  void read_singleBytesOverBrokenConnections_givesTheObject() throws IOException {
    ScriptedHttpClient http = http(answer -> 1);
    byte[] read = new byte[CONTENT.length];
    try (InputStream stream = open(http)) {
      for (int i = 0; i < read.length; i++) {
        read[i] = (byte) stream.read();
      }
      assertThat(stream.read()).isEqualTo(-1);
    }
    assertThat(read).isEqualTo(CONTENT);
    assertThat(http.ranges()).startsWith("bytes=0-9", "bytes=1-9", "bytes=2-9");
    assertThat(http.aborted).isPositive(); // each connection that broke off
  }

  @Test
  void read_connectionsThatNeverSendAByte_areGivenUp() throws IOException {
    ScriptedHttpClient http = http(answer -> answer == 0 ? 4 : 0);
    try (InputStream stream = open(http)) {
      StoreException failure = catchThrowableOfType(StoreException.class, stream::readAllBytes);
      assertThat(failure.kind()).isEqualTo(Kind.NETWORK);
      assertThat(failure).hasMessageContaining("key, broken off after 4 of 70 bytes");
    }
    // the first, and three times again without a byte in between
    assertThat(http.requests).hasSize(4);
    assertThat(http.aborted).isGreaterThanOrEqualTo(4);
  }

  @Test
  void open_serverWithoutRanges_isGivenUp() {
    ScriptedHttpClient http =
        new ScriptedHttpClient(
            request ->
                ScriptedHttpClient.Answer.of(200, Map.of("ETag", "\"tag\""), "x".repeat(70)));
    assertThat(catchThrowableOfType(StoreException.class, () -> open(http)).kind())
        .isEqualTo(Kind.REJECTED);
    assertThat(http.aborted).isEqualTo(1);
    assertThat(http.closed).isPositive();
  }

  @Test
  void fetch_longObject_keepsItsBeginning() throws IOException {
    ScriptedHttpClient http = http(answer -> 100);
    Fetched fetched = builder(http).build().fetch(ENTRY);
    assertThat(fetched.entry().lastModified()).isEqualTo(Instant.parse("2024-03-01T12:00:00Z"));
    assertThat(fetched.content().length()).hasValue(CONTENT.length);
    assertThat(http.ranges()).containsExactly("bytes=0-9");
    for (int i = 0; i < 2; i++) {
      try (InputStream stream = fetched.content().open()) {
        assertThat(stream.readAllBytes()).isEqualTo(CONTENT);
      }
    }
    assertThat(http.ranges())
        .containsExactly("bytes=0-9", "bytes=10-49", "bytes=50-69", "bytes=10-49", "bytes=50-69");
  }

  @Test
  void fetch_anotherSize_isAConflict() {
    ScriptedHttpClient http = http(answer -> 100);
    Entry longer = new Entry("key", 71, "tag", Instant.EPOCH, Attributes.none());
    assertThat(
            catchThrowableOfType(StoreException.class, () -> builder(http).build().fetch(longer))
                .kind())
        .isEqualTo(Kind.CONFLICT);
  }
}
