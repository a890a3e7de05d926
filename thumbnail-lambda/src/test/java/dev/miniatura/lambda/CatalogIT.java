package dev.miniatura.lambda;

import static dev.miniatura.lambda.DynamoDbThumbnailCatalogTest.NOW;
import static dev.miniatura.lambda.DynamoDbThumbnailCatalogTest.SPECS;
import static dev.miniatura.lambda.DynamoDbThumbnailCatalogTest.TIMING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.miniatura.ImageInfo;
import dev.miniatura.ImageInfos;
import dev.miniatura.ImageSource;
import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.internal.raster.ImageHeader;
import dev.miniatura.pipeline.Outcome;
import dev.miniatura.s3.History;
import dev.miniatura.s3.S3ImageStore;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The catalog on a DynamoDB server. */
@Timeout(300)
class CatalogIT {

  private static final ImageInfo IMAGE =
      ImageInfos.of(ImageHeader.of("JPEG", 400, 300, "RGB", 8).orientation(6).build());

  private static DynamoServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new DynamoServer();
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  private static DynamoDbThumbnailCatalog catalog(String table, Optional<Duration> lifetime) {
    return new DynamoDbThumbnailCatalog(
        server.client(), table, "s3://photos/", SPECS, lifetime, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static DynamoDbThumbnailCatalog catalog() {
    return catalog(DynamoServer.TABLE, Optional.empty());
  }

  /**
   * Records an outcome.
   *
   * @param seen when the source was looked at, in seconds after the first look
   */
  private static void record(int seen, Optional<Entry> source, Outcome outcome) throws IOException {
    catalog().record(source, outcome, NOW.plusSeconds(seen));
  }

  /** Returns the entry of a version that was written as many seconds after the first. */
  private static Optional<Entry> version(String key, int version) {
    return Optional.of(
        new Entry(
            key, 1000L + version, "v" + version, NOW.plusSeconds(version - 60), Attributes.none()));
  }

  private static List<Outcome.Item> items(String key) {
    List<Outcome.Item> items = new ArrayList<>();
    SPECS.forEach(
        (name, spec) ->
            items.add(
                new Outcome.Item(
                    name, spec.hash(), key + "." + name + ".jpg", 64, 48, 2000, "image/jpeg")));
    return items;
  }

  private static Outcome written(String key) {
    return new Outcome.Written(key, items(key), IMAGE, List.of(), TIMING);
  }

  private static Outcome unchanged(String key) {
    return new Outcome.Unchanged(key, items(key), TIMING);
  }

  private static Outcome malformed(String key) {
    Throwable cause = new MalformedImageException("JPEG", 2, "no start of image");
    return new Outcome.Failed(key, Outcome.Failure.MALFORMED, cause, TIMING);
  }

  private static Outcome removed(String key) {
    return new Outcome.Removed(key, List.of(), TIMING);
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    AttributeValue value = Objects.requireNonNull(item.get(name), name);
    return value.s() != null ? value.s() : value.n();
  }

  /** Returns an attribute of each of a source's items. */
  private static List<String> values(String key, String name) {
    return server.items("s3://photos/" + key).stream().map(item -> text(item, name)).toList();
  }

  @Test
  void record_written_saysWhatWasMade() throws Exception {
    catalog(DynamoServer.TABLE, Optional.of(Duration.ofDays(30)))
        .record(version("a b+é.jpg", 1), written("a b+é.jpg"), NOW);
    assertThat(server.items("s3://photos/a b+é.jpg"))
        .hasSize(2)
        .last()
        .satisfies(
            item -> {
              assertThat(text(item, "spec")).isEqualTo("small");
              assertThat(text(item, "outcome")).isEqualTo("written");
              assertThat(text(item, "sourceVersion")).isEqualTo("v1");
              assertThat(text(item, "sourceBytes")).isEqualTo("1001");
              assertThat(text(item, "sourceFormat")).isEqualTo("JPEG");
              assertThat(text(item, "sourceWidth")).isEqualTo("300");
              assertThat(text(item, "sourceHeight")).isEqualTo("400");
              assertThat(text(item, "thumbnailKey")).isEqualTo("a b+é.jpg.small.jpg");
              assertThat(text(item, "width")).isEqualTo("64");
              assertThat(text(item, "height")).isEqualTo("48");
              assertThat(text(item, "bytes")).isEqualTo("2000");
              assertThat(text(item, "specHash")).isEqualTo(ThumbnailSpec.parse("fit:64x64").hash());
              assertThat(text(item, "createdAt")).isEqualTo("2026-01-02T03:04:05Z");
              assertThat(text(item, "expiresAt"))
                  .isEqualTo(String.valueOf(NOW.plus(Duration.ofDays(30)).getEpochSecond()));
            });
  }

  @Test
  void record_olderVersionLate_keepsTheNewer() throws Exception {
    record(2, version("late.jpg", 2), written("late.jpg"));
    record(1, version("late.jpg", 1), written("late.jpg"));
    record(1, version("late.jpg", 1), malformed("late.jpg"));
    record(1, version("late.jpg", 1), unchanged("late.jpg"));
    assertThat(values("late.jpg", "sourceVersion")).containsExactly("v2", "v2");
    assertThat(values("late.jpg", "outcome")).containsExactly("written", "written");
  }

  /** The later modification time used to win, so that the row of a deleted version stayed. */
  @Test
  void record_newestVersionDeleted_returnsToTheOlder() throws Exception {
    record(1, version("back.jpg", 1), written("back.jpg"));
    record(2, version("back.jpg", 2), written("back.jpg"));
    record(3, version("back.jpg", 1), written("back.jpg"));
    record(2, version("back.jpg", 2), unchanged("back.jpg"));
    assertThat(values("back.jpg", "sourceVersion")).containsExactly("v1", "v1");
  }

  @Test
  void record_unchanged_isNewerThanWhatWasSeenBefore() throws Exception {
    record(5, version("flip.jpg", 2), written("flip.jpg"));
    record(9, version("flip.jpg", 2), unchanged("flip.jpg"));
    record(7, version("flip.jpg", 1), written("flip.jpg"));
    record(8, Optional.empty(), removed("flip.jpg"));
    assertThat(values("flip.jpg", "sourceVersion")).containsExactly("v2", "v2");
    assertThat(values("flip.jpg", "sourceFormat")).containsExactly("JPEG", "JPEG");
  }

  @Test
  void record_unchanged_makesUpForWhatIsMissingOnly() throws Exception {
    record(1, version("again.jpg", 1), written("again.jpg"));
    record(1, version("again.jpg", 1), unchanged("again.jpg"));
    assertThat(values("again.jpg", "sourceFormat")).containsExactly("JPEG", "JPEG");
    record(1, version("lost.jpg", 1), unchanged("lost.jpg"));
    assertThat(values("lost.jpg", "outcome")).containsExactly("written", "written");
    assertThat(values("lost.jpg", "thumbnailKey"))
        .containsExactly("lost.jpg.large.jpg", "lost.jpg.small.jpg");
  }

  @Test
  void record_failures_keepsThoseThatStay() throws Exception {
    record(1, version("bad.jpg", 1), malformed("bad.jpg"));
    assertThat(values("bad.jpg", "failure")).containsExactly("malformed", "malformed");
    assertThat(values("bad.jpg", "detail")).allMatch(detail -> detail.contains("no start"));
    var limit = new LimitExceededException(Limits.Kind.PIXELS, 10, 11);
    record(1, version("big.jpg", 1), new Outcome.Refused("big.jpg", limit, TIMING));
    assertThat(values("big.jpg", "outcome")).containsExactly("refused", "refused");
    assertThat(values("big.jpg", "trouble")).containsExactly("refused", "refused");
    assertThat(catalog().statuses("big.jpg"))
        .extracting(Statuses.Status::spec, Statuses.Status::outcome, Statuses.Status::detail)
        .containsExactly(
            tuple("large", "refused", limit.getMessage()),
            tuple("small", "refused", limit.getMessage()));
    Outcome network =
        new Outcome.Failed("n.jpg", Outcome.Failure.NETWORK, new IOException("x"), TIMING);
    record(1, version("n.jpg", 1), network);
    assertThat(server.items("s3://photos/n.jpg")).isEmpty();
    record(2, version("bad.jpg", 2), written("bad.jpg"));
    assertThat(server.items("s3://photos/bad.jpg"))
        .hasSize(2)
        .noneMatch(item -> item.containsKey("failure") || item.containsKey("trouble"));
    assertThat(catalog().statuses("bad.jpg"))
        .hasSize(2)
        .allMatch(status -> status.outcome().equals("written") && !status.thumbnail().isEmpty());
    assertThat(catalog().statuses("never.jpg")).isEmpty();
  }

  @Test
  void record_removed_deletesWhatIsOlder() throws Exception {
    record(1, version("gone.jpg", 1), written("gone.jpg"));
    record(2, Optional.empty(), removed("gone.jpg"));
    record(2, Optional.empty(), removed("gone.jpg"));
    assertThat(server.items("s3://photos/gone.jpg")).isEmpty();
    record(90, version("back.jpg", 90), written("back.jpg"));
    record(60, Optional.empty(), removed("back.jpg"));
    assertThat(values("back.jpg", "sourceVersion")).containsExactly("v90", "v90");
  }

  @Test
  void record_sixteenThreads_convergeWithoutDuplicates() throws Exception {
    List<BiFunction<String, Integer, Outcome>> outcomes =
        List.of((key, v) -> written(key), (key, v) -> unchanged(key));
    List<Callable<Void>> calls = new ArrayList<>();
    for (String key : List.of("race/a.jpg", "race/b.jpg", "race/c.jpg")) {
      for (int version = 1; version <= 20; version++) {
        for (BiFunction<String, Integer, Outcome> outcome : outcomes) {
          int v = version;
          calls.add(
              () -> {
                record(v, version(key, v), outcome.apply(key, v));
                return null;
              });
        }
      }
    }
    Collections.shuffle(calls, new Random(7));
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      for (Future<Void> call : threads.invokeAll(calls, 40, TimeUnit.SECONDS)) {
        call.get();
      }
    } finally {
      threads.shutdownNow();
    }
    for (String key : List.of("race/a.jpg", "race/b.jpg", "race/c.jpg")) {
      assertThat(values(key, "spec")).containsExactly("large", "small");
      assertThat(values(key, "sourceVersion")).containsExactly("v20", "v20");
    }
  }

  @Test
  void record_tableThatIsNotThere_isAnErrorThatNamesIt() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () -> catalog("elsewhere", Optional.empty()).record(version("a", 1), written("a"), NOW))
        .withMessageContaining("'elsewhere'");
  }

  @Test
  void function_withCatalog_recordsFailsAndDeletes() throws Exception {
    byte[] photo = Files.readAllBytes(Path.of("../samples/landscape.jpg"));
    try (S3Server s3 = new S3Server("photos", "thumbs");
        FunctionProcess function =
            new FunctionProcess(
                    Bundle.exploded(), FunctionProcess.HANDLER, environment(s3), List.of())
                .ready()) {
      s3.put("photos", "e2e/good.jpg", photo);
      s3.put("photos", "e2e/bad.jpg", new byte[] {1, 2, 3});
      String[] events =
          IntStream.range(0, 8)
              .mapToObj(i -> EventTexts.s3("ObjectCreated:Put", i % 2 == 0 ? GOOD : BAD))
              .toArray(String[]::new);
      assertThat(function.invoke(EventTexts.sqs(events))).isEqualTo("{\"batchItemFailures\":[]}");
      assertThat(function.invoke(EventTexts.sqs(events))).isEqualTo("{\"batchItemFailures\":[]}");
      assertThat(values(GOOD, "outcome")).containsExactly("written", "written");
      assertThat(values(GOOD, "cameraModel")).containsOnly("Synthetic camera");
      assertThat(server.items("s3://photos/" + GOOD).toString()).doesNotContainIgnoringCase("gps");
      assertThat(values(BAD, "failure")).containsExactly("unsupported", "unsupported");
      s3.delete("photos", GOOD);
      function.invoke(EventTexts.sqs(EventTexts.s3("ObjectRemoved:Delete", GOOD)));
      assertThat(server.items("s3://photos/" + GOOD)).isEmpty();
      assertThat(function.log()).allMatch(line -> line.matches("\\{.*}"));
    }
  }

  private static byte[] small(String format) throws IOException {
    return Thumbnailer.create()
        .render(
            ImageSource.of(Path.of("../samples/palette.png")),
            ThumbnailSpec.parse("fit:16x16,format:" + format))
        .bytes();
  }

  /** Thumbnails and rows of a function that gets the events of versions late and twice. */
  @Test
  @Timeout(300)
  void function_anyHistoryOfVersions_endsWithTheRowsOfTheObjectAsItIs() throws Exception {
    List<byte[]> contents = List.of(small("jpeg"), small("png"), new byte[] {1, 2, 3});
    try (S3Server s3 = new S3Server("photos", "thumbs")) {
      History.keepVersions(s3.client(), "photos");
      ImageStore photos = S3ImageStore.builder(s3.client(), "photos").build();
      ImageStore thumbs = S3ImageStore.builder(s3.client(), "thumbs").build();
      HandlerFixture function =
          new HandlerFixture(
              photos,
              thumbs,
              Optional.of(
                  new DynamoDbThumbnailCatalog(
                      server.client(),
                      DynamoServer.TABLE,
                      "s3://photos/",
                      HandlerFixture.SPECS,
                      Optional.empty(),
                      Clock.systemUTC())));
      for (int seed = 1; seed <= HISTORIES; seed++) {
        String key = "history-%d.jpg".formatted(seed);
        History history = new History(s3.client(), "photos", key, seed, contents);
        history.run(
            CHANGES,
            put ->
                function.invoke(
                    EventTexts.sqs(
                        EventTexts.s3(
                            put.isEmpty() ? "ObjectRemoved:Delete" : "ObjectCreated:Put", key))));
        List<String> versions = photos.stat(key).stream().map(Entry::version).toList();
        boolean image = photos.stat(key).filter(entry -> entry.size() > 3).isPresent();
        String outcome = image ? "written" : "failed";
        assertThat(s3.keys("thumbs", key)).as("%s", history).hasSize(image ? 2 : 0);
        assertThat(values(key, "outcome"))
            .as("%s", history)
            .isEqualTo(versions.isEmpty() ? List.of() : List.of(outcome, outcome));
        assertThat(values(key, "sourceVersion"))
            .as("%s", history)
            .containsExactlyInAnyOrderElementsOf(
                versions.isEmpty() ? List.of() : Collections.nCopies(2, versions.get(0)));
      }
    }
  }

  private static final int HISTORIES = 10;
  private static final int CHANGES = 8;
  private static final String GOOD = "e2e/good.jpg";
  private static final String BAD = "e2e/bad.jpg";

  private static Map<String, String> environment(S3Server s3) {
    return Map.of(
        "MINIATURA_SOURCE", "s3://photos",
        "MINIATURA_DESTINATION", "s3://thumbs",
        "MINIATURA_SPECS", "large=fit:256x256;small=fit:64x64",
        "MINIATURA_CATALOG_TABLE", DynamoServer.TABLE,
        "MINIATURA_CATALOG_TTL_DAYS", "30",
        "AWS_ENDPOINT_URL_DYNAMODB", server.endpoint().toString(),
        "MINIATURA_ENDPOINT", s3.endpoint().toString());
  }
}
