package dev.miniatura.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.miniatura.ImageSource;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Condition;
import dev.miniatura.storage.ImageStore.Entry;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.StorageClass;

/** The store's requests to its server. */
class S3ImageStoreTest {

  private static final Attributes JPEG = Attributes.none().withContentType("image/jpeg");
  private static final String EMPTY_LISTING =
      "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>";

  private final CannedHttpClient answers =
      new CannedHttpClient(200, Map.of("ETag", "\"tag\""), "hi");

  private static S3ImageStore.Builder builder(CannedHttpClient http) {
    S3Client client =
        TestServer.clientBuilder(URI.create("http://127.0.0.1:1"))
            .httpClientBuilder(defaults -> http)
            .build();
    return S3ImageStore.builder(client, "bucket");
  }

  private static ImageSource content(String text) {
    return ImageSource.of(text.getBytes(UTF_8));
  }

  private static Entry entry(String version) {
    return new Entry("key", 2, version, Instant.EPOCH, Attributes.none());
  }

  @Test
  void put_sendsAttributesAndChecksum() throws IOException {
    Attributes attributes =
        JPEG.withCacheControl("no-cache").withMetadata(Map.of("miniatura-spec", "1f"));
    builder(answers).build().put("key", content("123456789"), attributes);
    assertThat(answers.header("Content-Type")).isEqualTo("image/jpeg");
    assertThat(answers.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(answers.header("x-amz-meta-miniatura-spec")).isEqualTo("1f");
    assertThat(answers.header("x-amz-checksum-crc32")).isEqualTo("y/Q5Jg=="); // the check value
    assertThat(answers.header("Content-Length")).isEqualTo("9");
    assertThat(answers.header("If-Match")).isEmpty();
    assertThat(answers.header("If-None-Match")).isEmpty();
    assertThat(answers.header("x-amz-server-side-encryption")).isEmpty();
    assertThat(answers.header("x-amz-storage-class")).isEmpty();
    assertThat(answers.header("x-amz-request-payer")).isEmpty();
    assertThat(answers.header("x-amz-expected-bucket-owner")).isEmpty();
  }

  @Test
  void put_ifAbsent_sendsIfNoneMatch() throws IOException {
    builder(answers).build().put("key", content("x"), JPEG, Condition.absent());
    assertThat(answers.header("If-None-Match")).isEqualTo("*");
  }

  @Test
  void put_ifUnchanged_sendsTheEntityTag() throws IOException {
    builder(answers).build().put("key", content("x"), JPEG, Condition.unchanged("tag version-id"));
    assertThat(answers.header("If-Match")).isEqualTo("\"tag\"");
  }

  @Test
  void put_withOptions_sendsThem() throws IOException {
    builder(answers)
        .requesterPays()
        .expectedBucketOwner("111122223333")
        .encryptWithKmsKey("key-id")
        .storageClass(StorageClass.STANDARD_IA)
        .build()
        .put("key", content("x"), JPEG);
    assertThat(answers.header("x-amz-request-payer")).isEqualTo("requester");
    assertThat(answers.header("x-amz-expected-bucket-owner")).isEqualTo("111122223333");
    assertThat(answers.header("x-amz-server-side-encryption")).isEqualTo("aws:kms");
    assertThat(answers.header("x-amz-server-side-encryption-aws-kms-key-id")).isEqualTo("key-id");
    assertThat(answers.header("x-amz-storage-class")).isEqualTo("STANDARD_IA");
  }

  @Test
  void put_encryptedWithS3Keys_saysSo() throws IOException {
    builder(answers)
        .encryptWithKmsKey("no")
        .encryptWithS3Keys()
        .build()
        .put("k", content(""), JPEG);
    assertThat(answers.header("x-amz-server-side-encryption")).isEqualTo("AES256");
    assertThat(answers.header("x-amz-server-side-encryption-aws-kms-key-id")).isEmpty();
  }

  @Test
  void open_withOptions_sendsThemAndTheEntityTag() throws IOException {
    S3ImageStore store =
        builder(answers).requesterPays().expectedBucketOwner("111122223333").build();
    try (InputStream stream = store.open(entry("tag")).open()) {
      assertThat(stream).hasContent("hi");
    }
    assertThat(answers.header("If-Match")).isEqualTo("\"tag\"");
    assertThat(answers.header("Range")).isEmpty();
    assertThat(answers.header("x-amz-checksum-mode")).isEqualTo("ENABLED");
    assertThat(answers.header("x-amz-request-payer")).isEqualTo("requester");
    assertThat(answers.header("x-amz-expected-bucket-owner")).isEqualTo("111122223333");
    assertThat(answers.request().firstMatchingRawQueryParameter("versionId")).isEmpty();
  }

  @Test
  void open_entryOfAVersion_asksForThatVersion() throws IOException {
    builder(answers).build().open(entry("tag version-id")).open().close();
    assertThat(answers.header("If-Match")).isEqualTo("\"tag\"");
    assertThat(answers.request().firstMatchingRawQueryParameter("versionId"))
        .contains("version-id");
  }

  @Test
  void open_longObject_asksForTheFirstRange() throws IOException {
    S3ImageStore store = builder(answers).firstRange(2).build();
    Entry three = new Entry("key", 3, "tag", Instant.EPOCH, Attributes.none());
    store.open(three).open().close();
    assertThat(answers.header("Range")).isEqualTo("bytes=0-1");
    assertThat(answers.header("If-Match")).isEqualTo("\"tag\"");
  }

  @Test
  void delete_withOptions_sendsThem() throws IOException {
    CannedHttpClient noContent = new CannedHttpClient(204, Map.of(), "");
    builder(noContent).requesterPays().expectedBucketOwner("111122223333").build().delete("key");
    assertThat(noContent.header("x-amz-request-payer")).isEqualTo("requester");
    assertThat(noContent.header("x-amz-expected-bucket-owner")).isEqualTo("111122223333");
  }

  @Test
  void list_withOptions_sendsThemWhenConsumed() {
    CannedHttpClient listing = new CannedHttpClient(200, Map.of(), EMPTY_LISTING);
    S3ImageStore store =
        builder(listing)
            .keyPrefix("photos/")
            .requesterPays()
            .expectedBucketOwner("111122223333")
            .build();
    try (Stream<Entry> entries = store.list("2024/", "2024/may")) {
      assertThat(entries).isEmpty();
    }
    assertThat(listing.header("x-amz-request-payer")).isEqualTo("requester");
    assertThat(listing.header("x-amz-expected-bucket-owner")).isEqualTo("111122223333");
    assertThat(listing.request().firstMatchingRawQueryParameter("prefix")).contains("photos/2024/");
    assertThat(listing.request().firstMatchingRawQueryParameter("start-after"))
        .contains("photos/2024/may");
  }

  @Test
  void stat_attributesAgainstTheRules_areLeftOut() throws IOException {
    CannedHttpClient foreign =
        new CannedHttpClient(
            200,
            Map.of(
                "ETag", "tag-without-quotes",
                "Content-Length", "7",
                "Last-Modified", "Fri, 01 Mar 2024 12:00:00 GMT",
                "Content-Type", "image/jpeg",
                "Cache-Control", "caf\u00e9",
                "x-amz-meta-Mixed-Case", "kept",
                "x-amz-meta-under_score", "no name for metadata",
                "x-amz-meta-title", "L\u00f3d\u017a",
                "x-amz-meta-empty", ""),
            "");
    Entry entry = builder(foreign).build().stat("key").orElseThrow();
    assertThat(entry)
        .isEqualTo(
            new Entry(
                "key",
                7,
                "tag-without-quotes",
                Instant.parse("2024-03-01T12:00:00Z"),
                JPEG.withMetadata(Map.of("mixed-case", "kept"))));
  }

  @Test
  void key_longerThanS3Allows_isRefusedWithoutARequest() throws IOException {
    S3ImageStore store = builder(answers).keyPrefix("abc/").build();
    String longest = "\u65e5".repeat(340); // with the prefix 1,024 bytes
    StoreException refused =
        catchThrowableOfType(
            StoreException.class, () -> store.put(longest + "x", content("x"), JPEG));
    assertThat(refused.kind()).isEqualTo(Kind.INVALID_KEY);
    assertThatThrownBy(answers::request).hasMessage("0 requests");
    assertThat(store.put(longest, content("x"), JPEG)).isEqualTo("tag");
  }

  @Test
  void location_namesBucketAndPrefix() {
    assertThat(builder(answers).build().location()).isEqualTo("s3://bucket/");
    assertThat(builder(answers).keyPrefix("a/b/").build().location()).isEqualTo("s3://bucket/a/b/");
  }

  @Test
  void builder_wrongSettings_areRefused() {
    S3ImageStore.Builder builder = builder(answers);
    assertThatThrownBy(() -> builder.firstRange(0)).isInstanceOf(IllegalArgumentException.class);
    builder.firstRange(1);
    assertThatThrownBy(() -> builder.keyPrefix("\ud83d"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
