package dev.miniatura.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.miniatura.ImageSource;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Entry;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;

class FailuresTest {

  private static final URI NOWHERE = URI.create("http://127.0.0.1:1");
  private static final Entry SMALL = entry(2);

  private static Entry entry(long size) {
    return new Entry("key", size, "tag", Instant.EPOCH, Attributes.none());
  }

  private static ImageStore store(SdkHttpClient http) {
    S3Client client =
        TestServer.clientBuilder(NOWHERE)
            .httpClientBuilder(defaults -> http)
            .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build();
    return S3ImageStore.builder(client, "bucket").firstRange(10).build();
  }

  private static StoreException failure(ThrowingCallable call) {
    return catchThrowableOfType(StoreException.class, call);
  }

  @ParameterizedTest
  @CsvSource({
    "404, NoSuchKey, NOT_FOUND",
    "404, NoSuchBucket, NOT_FOUND",
    "404, NoSuchVersion, NOT_FOUND",
    "405, MethodNotAllowed, NOT_FOUND",
    "403, AccessDenied, ACCESS_DENIED",
    "403, InvalidAccessKeyId, ACCESS_DENIED",
    "403, SignatureDoesNotMatch, ACCESS_DENIED",
    "403, RequestTimeTooSkewed, ACCESS_DENIED",
    "401, Unauthorized, ACCESS_DENIED",
    "400, ExpiredToken, ACCESS_DENIED",
    "403, InvalidObjectState, REJECTED",
    "412, PreconditionFailed, CONFLICT",
    "409, ConditionalRequestConflict, CONFLICT",
    "409, OperationAborted, CONFLICT",
    "416, InvalidRange, CONFLICT",
    "503, SlowDown, THROTTLED",
    "503, ServiceUnavailable, THROTTLED",
    "503, '', THROTTLED",
    "429, TooManyRequests, THROTTLED",
    "400, RequestLimitExceeded, THROTTLED",
    "500, InternalError, NETWORK",
    "502, BadGateway, NETWORK",
    "504, GatewayTimeout, NETWORK",
    "400, RequestTimeout, NETWORK",
    "400, BadDigest, NETWORK",
    "400, IncompleteBody, NETWORK",
    "400, KeyTooLongError, INVALID_KEY",
    "400, EntityTooLarge, REJECTED",
    "400, InvalidArgument, REJECTED",
    "301, PermanentRedirect, REJECTED",
    "501, NotImplemented, REJECTED",
  })
  void error_ofServer_hasItsKind(int status, String code, Kind expected) {
    ImageStore store = store(CannedHttpClient.error(status, code));
    ImageSource content = ImageSource.of(new byte[1]);
    StoreException ofPut = failure(() -> store.put("key", content, Attributes.none()));
    assertThat(ofPut.kind()).isEqualTo(expected);
    assertThat(ofPut).hasMessageContaining("s3://bucket/key").hasMessageContaining(code);
    assertThat(ofPut).hasMessageEndingWith(": as asked)"); // in the server's own words
    assertThat(failure(() -> store.open(SMALL).open()).kind()).isEqualTo(expected);
    assertThat(failure(() -> store.open(entry(11)).open()).kind()).isEqualTo(expected);
    assertThat(failure(() -> store.delete("key")).kind()).isEqualTo(expected);
    try (Stream<Entry> entries = store.list("")) {
      UncheckedIOException ofList =
          catchThrowableOfType(UncheckedIOException.class, entries::toList);
      assertThat(ofList.getCause())
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(expected));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource({"403, ACCESS_DENIED", "500, NETWORK", "503, THROTTLED", "400, REJECTED"})
  void error_withoutBody_hasTheKindOfItsStatus(int status, Kind expected) {
    ImageStore store = store(new CannedHttpClient(status, Map.of(), ""));
    assertThat(failure(() -> store.stat("key")).kind()).isEqualTo(expected);
  }

  @Test
  void stat_status404_isNoError() throws IOException {
    assertThat(store(new CannedHttpClient(404, Map.of(), "")).stat("key")).isEmpty();
  }

  @Test
  void error_noConnection_isOfTheNetwork() throws IOException {
    int port;
    try (ServerSocket closedSoon = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closedSoon.getLocalPort();
    }
    try (S3Client client =
        TestServer.clientBuilder(URI.create("http://127.0.0.1:" + port)).build()) {
      ImageStore store = S3ImageStore.builder(client, "bucket").build();
      assertThat(failure(() -> store.stat("key")).kind()).isEqualTo(Kind.NETWORK);
    }
  }

  @Test
  void error_uncheckedOfHttpClient_isOfTheNetwork() {
    ImageStore store =
        store(
            new CannedHttpClient(200, Map.of(), "") {
              @Override
              public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
                throw new UncheckedIOException(new IOException("reset"));
              }
            });
    assertThat(failure(() -> store.stat("key")).kind()).isEqualTo(Kind.NETWORK);
    assertThat(failure(() -> store.open(SMALL).open()).kind()).isEqualTo(Kind.NETWORK);
  }

  @Test
  void error_noAnswerInTime_isOfTheNetwork() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
        S3Client client =
            TestServer.clientBuilder(URI.create("http://127.0.0.1:" + silent.getLocalPort()))
                .overrideConfiguration(
                    o ->
                        o.apiCallTimeout(Duration.ofMillis(200))
                            .retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build()) {
      ImageStore store = S3ImageStore.builder(client, "bucket").build();
      assertThat(failure(() -> store.stat("key")).kind()).isEqualTo(Kind.NETWORK);
    }
  }

  @Test
  void error_noCredentials_isDeniedAccess() {
    try (S3Client client =
        S3Clients.builder(NOWHERE)
            .credentialsProvider(
                AwsCredentialsProviderChain.of(SystemPropertyCredentialsProvider.create()))
            .build()) {
      ImageStore store = S3ImageStore.builder(client, "bucket").build();
      assertThat(failure(() -> store.stat("key")).kind()).isEqualTo(Kind.ACCESS_DENIED);
    }
  }

  @Test
  void error_interrupted_keepsTheThreadInterrupted() {
    IOException translated = Failures.translated(AbortedException.create("stopped"), "key");
    assertThat(translated).isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void call_ofInterruptedThread_endsEarly() {
    ImageStore store = store(CannedHttpClient.error(500, "InternalError"));
    Thread.currentThread().interrupt();
    IOException failure = catchThrowableOfType(IOException.class, () -> store.open(SMALL).open());
    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure).isInstanceOf(InterruptedIOException.class);
  }

  @Test
  void open_otherChecksum_isOfTheNetwork() {
    ImageStore store =
        store(new CannedHttpClient(200, Map.of("x-amz-checksum-crc32", "AAAAAA=="), "hi"));
    assertThat(failure(() -> store.open(SMALL).open()).kind()).isEqualTo(Kind.NETWORK);
  }

  @Test
  void open_fewerBytesThanExpected_isOfTheNetwork() {
    ImageStore store = store(new CannedHttpClient(200, Map.of(), "h"));
    assertThat(failure(() -> store.open(SMALL).open()).kind()).isEqualTo(Kind.NETWORK);
  }

  @Test
  void fetch_fewerBytesThanExpected_isOfTheNetworkOrNotAsTold() {
    ImageStore brokenOff =
        store(
            new CannedHttpClient(200, Map.of("Content-Length", String.valueOf(SMALL.size())), "h"));
    assertThat(failure(() -> brokenOff.fetch(SMALL)).kind()).isEqualTo(Kind.NETWORK);
    ImageStore other = store(new CannedHttpClient(200, Map.of("Content-Length", "1"), "h"));
    assertThat(failure(() -> other.fetch(SMALL)).kind()).isEqualTo(Kind.CONFLICT);
  }

  @Test
  void fetch_otherChecksum_isOfTheNetwork() {
    ImageStore store =
        store(new CannedHttpClient(200, Map.of("x-amz-checksum-crc32", "AAAAAA=="), "hi"));
    assertThat(failure(() -> store.fetch(SMALL)).kind()).isEqualTo(Kind.NETWORK);
  }

  @Test
  void open_serverWithoutRanges_isRejected() {
    ImageStore store = store(new CannedHttpClient(200, Map.of(), "x".repeat(11)));
    assertThat(failure(() -> store.open(entry(11)).open()).kind()).isEqualTo(Kind.REJECTED);
  }

  @Test
  void stat_noEntityTag_isRejected() {
    ImageStore store = store(new CannedHttpClient(200, Map.of(), ""));
    assertThat(failure(() -> store.stat("key")).kind()).isEqualTo(Kind.REJECTED);
  }

  @Test
  void list_answerWithBrokenEncoding_isRejected() throws IOException {
    String answer =
        "<ListBucketResult><EncodingType>url</EncodingType><Prefix>100%</Prefix></ListBucketResult>";
    try (Stream<Entry> entries = store(new CannedHttpClient(200, Map.of(), answer)).list("100%")) {
      assertThat(catchThrowableOfType(UncheckedIOException.class, entries::toList).getCause())
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REJECTED))
          .hasMessageContaining("s3://bucket/100%");
    }
  }
}
