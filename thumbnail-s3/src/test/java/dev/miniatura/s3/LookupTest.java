package dev.miniatura.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.miniatura.ImageSource;
import dev.miniatura.s3.ScriptedHttpClient.Answer;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Entry;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.retry.RetryMode;

/** The number of requests to find existing objects. */
class LookupTest {

  private static final Map<String, String> HEADERS =
      Map.of("ETag", "\"tag\"", "Last-Modified", "Fri, 01 Mar 2024 12:00:00 GMT");

  private static S3ImageStore store(ScriptedHttpClient http) {
    return S3ImageStore.builder(
            TestServer.clientBuilder(URI.create("http://127.0.0.1:1"))
                .httpClientBuilder(defaults -> http)
                .overrideConfiguration(o -> o.retryStrategy(RetryMode.STANDARD))
                .build(),
            "bucket")
        .keyPrefix("thumbs/")
        .build();
  }

  /** Answers listings with one page, and every HEAD. */
  private static ScriptedHttpClient listing(int status, String page) {
    return new ScriptedHttpClient(
        request ->
            request.firstMatchingRawQueryParameter("list-type").isPresent()
                ? Answer.of(status, Map.of(), page)
                : Answer.of(200, HEADERS, ""));
  }

  private static String page(boolean truncated, String... keys) {
    StringBuilder page =
        new StringBuilder("<ListBucketResult><IsTruncated>" + truncated + "</IsTruncated>");
    for (String key : keys) {
      page.append(
          ("<Contents><Key>%s</Key><Size>3</Size><ETag>\"tag\"</ETag>"
                  + "<LastModified>2024-03-01T12:00:00Z</LastModified></Contents>")
              .formatted(key));
    }
    return page.append("</ListBucketResult>").toString();
  }

  @Test
  void statAll_nothingThere_takesOneListing() throws IOException {
    ScriptedHttpClient http = listing(200, page(false, "x", "elsewhere", "thumbs/a.other"));
    assertThat(store(http).statAll(List.of("a.s.jpg", "a.s.png", "a.l.jpg"))).isEmpty();
    assertThat(http.asked()).containsExactly("LIST");
    assertThat(http.requests.get(0).firstMatchingRawQueryParameter("prefix")).contains("thumbs/a.");
  }

  @Test
  void statAll_someThere_asksForThose() throws IOException {
    ScriptedHttpClient http = listing(200, page(false, "thumbs/a.s.png"));
    Map<String, Entry> found = store(http).statAll(List.of("a.s.jpg", "a.s.png", "a.l.jpg"));
    assertThat(found).containsOnlyKeys("a.s.png");
    assertThat(found.values()).extracting(Entry::version).containsExactly("tag");
    assertThat(http.asked()).containsExactly("LIST", "HEAD");
  }

  @Test
  void statAll_oneKeyOrNoCommonBeginning_isNotListed() throws IOException {
    ScriptedHttpClient http = listing(200, page(false));
    assertThat(store(http).statAll(Set.of("a"))).containsOnlyKeys("a");
    assertThat(store(http).statAll(List.of("a", "b"))).containsOnlyKeys("a", "b");
    assertThat(store(http).statAll(List.of())).isEmpty();
    assertThat(http.asked()).containsExactly("HEAD", "HEAD", "HEAD");
  }

  @Test
  void statAll_moreThanAPageOrListingDenied_asksForEach() throws IOException {
    ScriptedHttpClient truncated = listing(200, page(true, "thumbs/a.0"));
    assertThat(store(truncated).statAll(List.of("a.1", "a.2"))).containsOnlyKeys("a.1", "a.2");
    ScriptedHttpClient denied = listing(403, "<Error><Code>AccessDenied</Code></Error>");
    assertThat(store(denied).statAll(List.of("a.1", "a.2"))).containsOnlyKeys("a.1", "a.2");
    assertThat(denied.asked()).containsExactly("LIST", "HEAD", "HEAD");
  }

  @Test
  void statAll_serverOutOfReach_fails() {
    ScriptedHttpClient http = listing(500, "<Error><Code>InternalError</Code></Error>");
    StoreException failure =
        catchThrowableOfType(
            StoreException.class, () -> store(http).statAll(List.of("a.1", "a.2")));
    assertThat(failure.kind()).isEqualTo(Kind.NETWORK);
    assertThat(http.asked()).doesNotContain("HEAD");
  }

  @Test
  void commonPrefix_isInWholeCharacters() {
    assertThat(ObjectKeys.commonPrefix(List.of("p/a.s.jpg", "p/a.l.jpg"))).isEqualTo("p/a.");
    assertThat(ObjectKeys.commonPrefix(List.of("abc", "ab", "abd"))).isEqualTo("ab");
    assertThat(ObjectKeys.commonPrefix(List.of("ab", "abc"))).isEqualTo("ab");
    assertThat(ObjectKeys.commonPrefix(List.of("a", "b"))).isEmpty();
    assertThat(ObjectKeys.commonPrefix(List.of("a\ud83c\udf05", "a\ud83c\udf06"))).isEqualTo("a");
    assertThat(ObjectKeys.commonPrefix(List.of("\ud83c\udf05x", "\ud83c\udf05y")))
        .isEqualTo("\ud83c\udf05");
  }

  @Test
  void isText_unpairedSurrogates_areNone() {
    assertThat(List.of("\ud800", "\udbff", "\udc00", "\udfff", "a\udfffb"))
        .noneMatch(ObjectKeys::isText);
    assertThat(List.of("", "\ud7ff\ue000", "\ud800\udc00", "\udbff\udfff"))
        .allMatch(ObjectKeys::isText);
  }

  @Test
  void list_prefixThatIsNoText_asksNothing() {
    ScriptedHttpClient http = listing(200, page(false));
    assertThat(store(http).list("\ud83d", "")).isEmpty();
    assertThat(http.requests).isEmpty();
  }

  @Test
  void list_entriesOfSeveralPages_followTheToken() {
    ScriptedHttpClient http =
        new ScriptedHttpClient(
            request ->
                request.firstMatchingRawQueryParameter("continuation-token").isEmpty()
                    ? Answer.of(
                        200,
                        Map.of(),
                        page(true, "thumbs/", "thumbs/a", "other")
                            .replace(
                                "</ListBucketResult>",
                                "<NextContinuationToken>next</NextContinuationToken>"
                                    + "</ListBucketResult>"))
                    : Answer.of(200, Map.of(), page(true, "thumbs/b")));
    try (Stream<Entry> entries = store(http).list("", "")) {
      Iterator<Entry> each = entries.iterator();
      assertThat(each.next())
          .isEqualTo(
              new Entry("a", 3, "tag", Instant.parse("2024-03-01T12:00:00Z"), Attributes.none()));
      assertThat(http.asked()).hasSize(1); // the next page when it is needed
      assertThat(each.next().key()).isEqualTo("b");
      assertThat(each.hasNext()).isFalse(); // a server that says there is more, but not where
    }
    Listing listing = new Listing(new Requests(builder(http)), "thumbs/", "", "a");
    assertThat(listing.next().key()).isEqualTo("a");
    assertThat(listing.next().key()).isEqualTo("b");
    assertThatThrownBy(listing::next).isInstanceOf(NoSuchElementException.class);
    assertThat(http.requests.get(2).firstMatchingRawQueryParameter("start-after"))
        .contains("thumbs/a");
  }

  private static S3ImageStore.Builder builder(ScriptedHttpClient http) {
    return S3ImageStore.builder(
        TestServer.clientBuilder(URI.create("http://127.0.0.1:1"))
            .httpClientBuilder(defaults -> http)
            .build(),
        "bucket");
  }

  @Test
  void fetch_asLongAsTheFirstRange_isOneRequestForTheWhole() throws IOException {
    ScriptedHttpClient http =
        new ScriptedHttpClient(request -> Answer.of(200, HEADERS, "whole object"));
    Entry told = new Entry("key", 12, "tag", Instant.EPOCH, Attributes.none());
    ImageSource content = builder(http).firstRange(12).build().fetch(told).content();
    assertThat(content.open()).hasContent("whole object");
    assertThat(builder(http).firstRange(12).build().open(told).open()).hasContent("whole object");
    assertThat(http.ranges()).containsExactly("all", "all");
    assertThat(builder(http).build().open(told).length()).hasValue(12);
  }

  @Test
  void stat_version_isThatVersion() throws IOException {
    ScriptedHttpClient http = new ScriptedHttpClient(request -> Answer.of(200, HEADERS, ""));
    Entry entry = store(http).stat("key", "v1").orElseThrow();
    assertThat(entry.version()).isEqualTo("tag v1");
  }

  @Test
  void open_versionThatThereIsNot_isNotFound() {
    ScriptedHttpClient http = new ScriptedHttpClient(request -> Answer.of(404, Map.of(), ""));
    StoreException failure =
        catchThrowableOfType(StoreException.class, () -> store(http).open("key", "v1"));
    assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(failure).hasMessageContaining("key, version v1");
    assertThat(http.requests.get(0).firstMatchingRawQueryParameter("versionId")).contains("v1");
  }

  @Test
  void error_tellsRequestAndMessageIfThereAreSome() {
    ScriptedHttpClient named =
        new ScriptedHttpClient(
            request ->
                Answer.of(
                    403,
                    Map.of("x-amz-request-id", "R1"),
                    "<Error><Code>AccessDenied</Code><Message> no </Message></Error>"));
    assertThatThrownBy(() -> store(named).delete("key"))
        .hasMessageEndingWith("thumbs/key (AccessDenied, 403, request R1: no)");
    ScriptedHttpClient bare =
        new ScriptedHttpClient(
            request ->
                Answer.of(
                    403, Map.of(), "<Error><Code>AccessDenied</Code><Message> </Message></Error>"));
    assertThatThrownBy(() -> store(bare).delete("key"))
        .hasMessageEndingWith("thumbs/key (AccessDenied, 403)");
  }

  @Test
  void objectVersion_quotes_areTakenOffInPairs() {
    assertThat(ObjectVersion.unquoted("\"tag\"")).isEqualTo("tag");
    assertThat(ObjectVersion.unquoted("\"\"")).isEmpty();
    assertThat(ObjectVersion.unquoted("\"")).isEqualTo("\"");
    assertThat(ObjectVersion.unquoted("\"tag")).isEqualTo("\"tag");
    assertThat(ObjectVersion.unquoted("tag\"")).isEqualTo("tag\"");
    assertThat(ObjectVersion.parse("k", "tag id").versionId()).contains("id");
    assertThat(ObjectVersion.parse("k", " id").versionId()).contains("id");
    assertThat(ObjectVersion.parse("k", "tag").versionId()).isEmpty();
  }
}
