package dev.miniatura.lambda;

import dev.miniatura.ImageInfo;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.pipeline.Outcome;
import dev.miniatura.pipeline.ThumbnailCatalog;
import dev.miniatura.storage.ImageStore.Entry;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * A table with one item for each source and spec: partition key {@code source}, sort key {@code
 * spec}. The item records the outcome for the version of the source that was processed last;
 * retryable failures are not recorded, since they will be retried.
 *
 * <p>Every write is conditional, so that duplicates and races end with the same items in whatever
 * order they arrive: the latest look at the source wins. The order of versions would not help, as
 * deleting one restores an older one. Clocks of different machines need to agree as well as those
 * of Lambda do: within the time between a change and the event that reports it.
 *
 * <p>Items of images that were refused or failed have the attribute {@code trouble}, for an index
 * by it and {@code createdAt}. An index of all outcomes would send every write to one of three
 * partitions.
 *
 * <p>Positions in EXIF are not recorded, only the camera's make and model and the date.
 */
final class DynamoDbThumbnailCatalog implements ThumbnailCatalog {

  private static final int MAX_DETAIL = 500;

  /** There is no item, or one from an earlier look. */
  private static final String NOT_NEWER = "attribute_not_exists(seenAt) OR seenAt <= :seen";

  /** The existing item already says what would be recorded. */
  private static final String SAME =
      "sourceVersion = :version AND specHash = :hash AND outcome = :outcome";

  private final DynamoDbClient client;
  private final String table;
  private final String location;
  private final Map<String, ThumbnailSpec> specs;
  private final Optional<Duration> lifetime;
  private final Clock clock;

  /**
   * Creates a catalog.
   *
   * @param location the prefix of sources' keys, for example {@code s3://photos/}
   * @param specs the pipeline's specs, by name
   * @param lifetime after which items may be deleted, counted from when they were written
   */
  DynamoDbThumbnailCatalog(
      DynamoDbClient client,
      String table,
      String location,
      Map<String, ThumbnailSpec> specs,
      Optional<Duration> lifetime,
      Clock clock) {
    this.client = client;
    this.table = table;
    this.location = location;
    this.specs = specs;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  @Override
  public void record(Optional<Entry> source, Outcome outcome, Instant seen) throws IOException {
    AttributeValue time = number(ChronoUnit.MICROS.between(Instant.EPOCH, seen));
    translated(
        () -> {
          if (outcome instanceof Outcome.Removed) {
            delete(outcome.source(), time);
          } else if (source.isPresent()) {
            put(source.get(), outcome, time);
          }
          return outcome;
        });
  }

  /**
   * Returns what is recorded of an image, of specs that are known.
   *
   * @param key the image's key in the source
   */
  List<Statuses.Status> statuses(String key) throws IOException {
    return translated(
        () ->
            client
                .query(
                    request ->
                        request
                            .tableName(table)
                            .keyConditionExpression("#source = :source")
                            .expressionAttributeNames(Map.of("#source", "source"))
                            .expressionAttributeValues(Map.of(":source", text(location + key))))
                .items()
                .stream()
                .filter(item -> specs.containsKey(value(item, "spec")))
                .map(
                    item ->
                        new Statuses.Status(
                            value(item, "spec"),
                            value(item, "outcome"),
                            value(item, "detail"),
                            value(item, "thumbnailKey")))
                .toList());
  }

  private static String value(Map<String, AttributeValue> item, String name) {
    return Optional.ofNullable(item.get(name)).map(AttributeValue::s).orElse("");
  }

  private <T> T translated(Supplier<T> call) throws IOException {
    try {
      return call.get();
    } catch (AwsServiceException e) {
      throw e.isThrottlingException()
          ? new StoreException(Kind.THROTTLED, table, e)
          : new IOException("table '" + table + "': " + e.getMessage(), e);
    } catch (SdkException e) {
      throw new StoreException(Kind.NETWORK, table, e);
    }
  }

  private void delete(String key, AttributeValue seen) {
    for (String spec : specs.keySet()) {
      conditionally(
          () ->
              client.deleteItem(
                  request ->
                      request
                          .tableName(table)
                          .key(key(key, spec))
                          .conditionExpression(NOT_NEWER)
                          .expressionAttributeValues(Map.of(":seen", seen))));
    }
  }

  /** Runs a conditional write and returns whether its condition held. */
  private static boolean conditionally(Runnable write) {
    try {
      write.run();
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  private void put(Entry source, Outcome outcome, AttributeValue seen) {
    if (outcome instanceof Outcome.Written written) {
      for (Outcome.Item item : written.thumbnails()) {
        Map<String, AttributeValue> attributes = attributes(source, outcome, item.spec(), seen);
        describe(attributes, item);
        describe(attributes, written.image());
        put(attributes);
      }
    } else if (outcome instanceof Outcome.Unchanged unchanged) {
      for (Outcome.Item item : unchanged.thumbnails()) {
        // As when it was written: the item may already exist, with more attributes.
        Map<String, AttributeValue> attributes = attributes(source, outcome, item.spec(), seen);
        attributes.put("outcome", text("written"));
        describe(attributes, item);
        confirm(attributes);
      }
    } else if (outcome instanceof Outcome.Refused refused) {
      putFailure(source, outcome, seen, "limit_exceeded", refused.cause());
    } else if (outcome instanceof Outcome.Failed failed && !failed.retryable()) {
      putFailure(source, outcome, seen, failed.failure().text(), failed.cause());
    }
  }

  private void putFailure(
      Entry source, Outcome outcome, AttributeValue seen, String kind, Throwable cause) {
    String detail = String.valueOf(cause.getMessage());
    for (String spec : specs.keySet()) {
      Map<String, AttributeValue> attributes = attributes(source, outcome, spec, seen);
      attributes.put("trouble", text(outcome.kind()));
      attributes.put("failure", text(kind));
      attributes.put("detail", text(detail.substring(0, Math.min(detail.length(), MAX_DETAIL))));
      put(attributes);
    }
  }

  private void put(Map<String, AttributeValue> item) {
    conditionally(
        () ->
            client.putItem(
                request ->
                    request
                        .tableName(table)
                        .item(item)
                        .conditionExpression(NOT_NEWER)
                        .expressionAttributeValues(values(item, Map.of(":seen", "seenAt")))));
  }

  /** Confirms that an item is still right, or replaces it. */
  private void confirm(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> values =
        values(
            item,
            Map.of(
                ":seen", "seenAt",
                ":version", "sourceVersion",
                ":hash", "specHash",
                ":outcome", "outcome"));
    Map<String, AttributeValue> key = new LinkedHashMap<>(item);
    key.keySet().retainAll(List.of("source", "spec"));
    boolean confirmed =
        conditionally(
            () ->
                client.updateItem(
                    request ->
                        request
                            .tableName(table)
                            .key(key)
                            .updateExpression("SET seenAt = :seen")
                            .conditionExpression(SAME + " AND seenAt <= :seen")
                            .expressionAttributeValues(values)));
    if (!confirmed) {
      put(item);
    }
  }

  private static Map<String, AttributeValue> values(
      Map<String, AttributeValue> item, Map<String, String> names) {
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    names.forEach(
        (placeholder, name) ->
            Optional.ofNullable(item.get(name)).ifPresent(value -> values.put(placeholder, value)));
    return values;
  }

  private Map<String, AttributeValue> key(String key, String spec) {
    return Map.of("source", text(location + key), "spec", text(spec));
  }

  private Map<String, AttributeValue> attributes(
      Entry source, Outcome outcome, String spec, AttributeValue seen) {
    Instant now = clock.instant();
    Map<String, AttributeValue> attributes = new LinkedHashMap<>(key(source.key(), spec));
    attributes.put("outcome", text(outcome.kind()));
    attributes.put("sourceVersion", text(source.version()));
    attributes.put("sourceModified", number(source.lastModified().toEpochMilli()));
    attributes.put("sourceBytes", number(source.size()));
    attributes.put("seenAt", seen);
    attributes.put("createdAt", text(now.toString()));
    ThumbnailSpec known = specs.get(spec);
    if (known != null) {
      attributes.put("specHash", text(known.hash()));
    }
    lifetime.ifPresent(
        time -> attributes.put("expiresAt", number(now.plus(time).getEpochSecond())));
    return attributes;
  }

  private static void describe(Map<String, AttributeValue> attributes, Outcome.Item item) {
    attributes.put("thumbnailKey", text(item.key()));
    attributes.put("width", number(item.width()));
    attributes.put("height", number(item.height()));
    attributes.put("bytes", number(item.size()));
    attributes.put("mediaType", text(item.mediaType()));
  }

  private static void describe(Map<String, AttributeValue> attributes, ImageInfo image) {
    attributes.put("sourceFormat", text(image.format()));
    attributes.put("sourceWidth", number(image.displayWidth()));
    attributes.put("sourceHeight", number(image.displayHeight()));
    ImageInfo.Camera camera = image.camera();
    camera.make().ifPresent(make -> attributes.put("cameraMake", text(make)));
    camera.model().ifPresent(model -> attributes.put("cameraModel", text(model)));
    camera.taken().ifPresent(taken -> attributes.put("takenAt", text(taken.toString())));
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(String.valueOf(value));
  }
}
