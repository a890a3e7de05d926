package dev.miniatura.lambda;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.miniatura.ImageInfo;
import dev.miniatura.ImageSource;
import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.pipeline.Outcome;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Entry;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** The catalog's writes. {@link CatalogIT} does the same on a server. */
class DynamoDbThumbnailCatalogTest {

  static final Map<String, ThumbnailSpec> SPECS =
      ThumbnailSpec.parseAll("large=fit:256x256;small=fit:64x64");
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  static final Outcome.Timing TIMING =
      new Outcome.Timing(
          Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, 0);

  private final FakeDynamoDb table = new FakeDynamoDb();

  private DynamoDbThumbnailCatalog catalog() {
    return new DynamoDbThumbnailCatalog(
        table,
        "thumbnails",
        "s3://photos/",
        SPECS,
        Optional.of(Duration.ofDays(30)),
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private void record(int seen, int version, Outcome outcome) throws IOException {
    Optional<Entry> source =
        Optional.of(
                new Entry(
                    "a.jpg", 1000L + version, "v" + version, NOW.minusMillis(7), Attributes.none()))
            .filter(entry -> version > 0);
    catalog().record(source, outcome, Instant.ofEpochSecond(seen));
  }

  private static List<Outcome.Item> items() {
    return SPECS.entrySet().stream()
        .map(
            spec ->
                new Outcome.Item(
                    spec.getKey(),
                    spec.getValue().hash(),
                    "a.jpg." + spec.getKey() + ".jpg",
                    64,
                    48,
                    2000,
                    "image/jpeg"))
        .toList();
  }

  /** Returns a JPEG whose EXIF has the camera's make and model, and the date. */
  private static byte[] photo() throws IOException {
    byte[] jpeg = Files.readAllBytes(Path.of("../samples/landscape.jpg"));
    ByteBuffer exif = ByteBuffer.allocate(112);
    exif.putShort((short) 0xFFE1).putShort((short) 110).put("Exif\0\0MM\0*".getBytes(US_ASCII));
    exif.putInt(8).putShort((short) 3);
    exif.putShort((short) 0x010F).putShort((short) 2).putInt(6).putInt(50);
    exif.putShort((short) 0x0110).putShort((short) 2).putInt(8).putInt(56);
    exif.putShort((short) 0x8769).putShort((short) 4).putInt(1).putInt(64).putInt(0);
    exif.put("Maker\0Model 1\0".getBytes(US_ASCII)).putShort((short) 1);
    exif.putShort((short) 0x9003).putShort((short) 2).putInt(20).putInt(82).putInt(0);
    exif.put("2026:01:02 03:04:05\0".getBytes(US_ASCII));
    ByteArrayOutputStream photo = new ByteArrayOutputStream();
    photo.write(jpeg, 0, 2);
    photo.writeBytes(exif.array());
    photo.write(jpeg, 2, jpeg.length - 2);
    return photo.toByteArray();
  }

  private static Outcome written() throws IOException {
    ImageInfo image = Thumbnailer.create().probe(ImageSource.of(photo()));
    return new Outcome.Written("a.jpg", items(), image, List.of(), TIMING);
  }

  private static Outcome unchanged() {
    return new Outcome.Unchanged("a.jpg", items(), TIMING);
  }

  private static Outcome failed(Outcome.Failure failure, Exception cause) {
    return new Outcome.Failed("a.jpg", failure, cause, TIMING);
  }

  private static Outcome removed() {
    return new Outcome.Removed("a.jpg", List.of(), TIMING);
  }

  @Test
  void written_saysWhatWasMadeOfWhat() throws IOException {
    record(3, 1, written());
    assertThat(table.calls).containsExactly("put thumbnails", "put thumbnails");
    assertThat(table.items).containsOnlyKeys("s3://photos/a.jpg large", "s3://photos/a.jpg small");
    Map<String, String> expected =
        Map.ofEntries(
            Map.entry("outcome", "written"),
            Map.entry("sourceVersion", "v1"),
            Map.entry("sourceModified", String.valueOf(NOW.minusMillis(7).toEpochMilli())),
            Map.entry("sourceBytes", "1001"),
            Map.entry("seenAt", "3000000"),
            Map.entry("createdAt", "2026-01-02T03:04:05Z"),
            Map.entry("expiresAt", "1769915045"),
            Map.entry("width", "64"),
            Map.entry("height", "48"),
            Map.entry("bytes", "2000"),
            Map.entry("mediaType", "image/jpeg"),
            Map.entry("sourceFormat", "JPEG"),
            Map.entry("cameraMake", "Maker"),
            Map.entry("cameraModel", "Model 1"),
            Map.entry("takenAt", "2026-01-02T03:04:05"));
    expected.forEach(
        (name, value) -> assertThat(table.values(name)).as(name).containsExactly(value, value));
    assertThat(table.values("thumbnailKey")).containsExactly("a.jpg.large.jpg", "a.jpg.small.jpg");
    assertThat(table.values("specHash"))
        .containsExactlyElementsOf(SPECS.values().stream().map(ThumbnailSpec::hash).toList());
    assertThat(table.values("sourceWidth")).doesNotContain("none", "0");
    assertThat(table.values("sourceHeight")).doesNotContain("none", "0");
  }

  @Test
  void statuses_areThoseOfKnownSpecs() throws IOException {
    record(3, 1, written());
    table.items.put(
        "s3://photos/a.jpg old",
        Map.of(
            "source", AttributeValue.fromS("s3://photos/a.jpg"),
            "spec", AttributeValue.fromS("old")));

    assertThat(catalog().statuses("a.jpg"))
        .containsExactly(
            new Statuses.Status("large", "written", "", "a.jpg.large.jpg"),
            new Statuses.Status("small", "written", "", "a.jpg.small.jpg"));
    assertThat(catalog().statuses("b.jpg")).isEmpty();
    record(4, 2, failed(Outcome.Failure.MALFORMED, new MalformedImageException("JPEG", 2, "bad")));
    assertThat(catalog().statuses("a.jpg"))
        .allSatisfy(status -> assertThat(status.outcome()).isEqualTo("failed"))
        .allSatisfy(status -> assertThat(status.detail()).contains("bad"));
  }

  @Test
  void whatWasSeenBefore_doesNotTakeThePlaceOfWhatWasSeenLater() throws IOException {
    record(5, 2, written());
    record(4, 1, written());
    record(4, 1, unchanged());
    record(4, 0, removed());
    record(4, 1, failed(Outcome.Failure.MALFORMED, new MalformedImageException("JPEG", 2, "bad")));
    assertThat(table.values("sourceVersion")).containsExactly("v2", "v2");
    assertThat(table.values("seenAt")).containsExactly("5000000", "5000000");
    assertThat(table.values("outcome")).containsExactly("written", "written");
  }

  @Test
  void unchanged_isConfirmedAndWhatIsMissingIsPut() throws IOException {
    record(1, 1, written());
    table.calls.clear();
    record(9, 1, unchanged());
    assertThat(table.calls).containsExactly("update thumbnails", "update thumbnails");
    assertThat(table.values("seenAt")).containsExactly("9000000", "9000000");
    assertThat(table.values("sourceFormat")).containsExactly("JPEG", "JPEG");
    table.items.remove("s3://photos/a.jpg small");
    record(10, 1, unchanged());
    assertThat(table.values("outcome")).containsExactly("written", "written");
    assertThat(table.values("thumbnailKey")).containsExactly("a.jpg.large.jpg", "a.jpg.small.jpg");
    assertThat(table.values("sourceFormat")).containsExactly("JPEG", "none");
  }

  @Test
  void failure_isRecordedIfItStays() throws IOException {
    String details = "long ".repeat(200);
    record(1, 1, failed(Outcome.Failure.MALFORMED, new IOException(details)));
    assertThat(table.values("outcome")).containsExactly("failed", "failed");
    assertThat(table.values("failure")).containsExactly("malformed", "malformed");
    assertThat(table.values("detail")).allMatch(detail -> detail.equals(details.substring(0, 500)));
    record(2, 2, failed(Outcome.Failure.NETWORK, new IOException("x")));
    assertThat(table.values("sourceVersion")).containsExactly("v1", "v1");
    record(
        3,
        3,
        new Outcome.Refused(
            "a.jpg", new LimitExceededException(Limits.Kind.PIXELS, 10, 11), TIMING));
    assertThat(table.values("outcome")).containsExactly("refused", "refused");
    assertThat(table.values("failure")).containsExactly("limit_exceeded", "limit_exceeded");
    record(4, 4, written());
    assertThat(table.values("failure")).containsExactly("none", "none");
  }

  @Test
  void removed_deletesTheItems() throws IOException {
    record(1, 1, written());
    record(2, 0, removed());
    record(3, 0, removed());
    assertThat(table.items).isEmpty();
    table.calls.clear();
    record(4, 0, unchanged()); // without an entry, nothing is known about the source
    assertThat(table.calls).isEmpty();
  }

  @Test
  void table_outOfOrder_isAnErrorThatMayPass() {
    table.failure =
        ProvisionedThroughputExceededException.builder()
            .message("slow")
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode("ProvisionedThroughputExceededException")
                    .build())
            .build();
    assertThat(catchThrowableOfType(StoreException.class, () -> record(1, 1, written())).kind())
        .isEqualTo(Kind.THROTTLED);
    table.failure = SdkClientException.create("no connection");
    assertThat(catchThrowableOfType(StoreException.class, () -> record(1, 1, written())).kind())
        .isEqualTo(Kind.NETWORK);
    table.failure = ResourceNotFoundException.builder().message("no such table").build();
    assertThat(catchThrowableOfType(IOException.class, () -> record(1, 1, written())))
        .isNotInstanceOf(StoreException.class)
        .hasMessageStartingWith("table 'thumbnails': ");
  }
}
