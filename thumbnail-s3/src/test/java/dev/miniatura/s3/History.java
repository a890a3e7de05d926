package dev.miniatura.s3;

import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/**
 * A random history of one object in a versioned bucket: it is put and deleted, versions of it are
 * deleted permanently, delete markers are removed. Each change has an event, which is delivered
 * once or twice, late and out of order.
 */
public final class History {

  /** Receives an event about an object that was put or removed. */
  public interface Receiver {
    void deliver(Optional<Entry> put) throws Exception;
  }

  private final S3Client client;
  private final String bucket;
  private final String key;
  private final Random random;
  private final List<byte[]> contents;
  private final List<String> log = new ArrayList<>();

  /**
   * Prepares a history.
   *
   * @param contents the possible contents of the object
   */
  public History(S3Client client, String bucket, String key, long seed, List<byte[]> contents) {
    this.client = client;
    this.bucket = bucket;
    this.key = key;
    this.contents = contents;
    random = new Random(seed);
  }

  /** Switches a bucket's versioning on. */
  public static void keepVersions(S3Client client, String bucket) {
    client.putBucketVersioning(
        request ->
            request
                .bucket(bucket)
                .versioningConfiguration(it -> it.status(BucketVersioningStatus.ENABLED)));
  }

  /** Makes changes, and delivers their events over time; all of them by the end. */
  public void run(int changes, Receiver receiver) throws Exception {
    List<Optional<Entry>> pending = new ArrayList<>();
    for (int i = 0; i < changes; i++) {
      Optional<Entry> put = change();
      pending.addAll(Collections.nCopies(1 + random.nextInt(2), put));
      Collections.shuffle(pending, random);
      while (!pending.isEmpty() && random.nextInt(3) == 0) {
        deliver(pending.remove(0), receiver);
      }
    }
    for (Optional<Entry> put : pending) {
      deliver(put, receiver);
    }
  }

  private void deliver(Optional<Entry> put, Receiver receiver) throws Exception {
    log.add(put.isPresent() ? "(created)" : "(removed)");
    receiver.deliver(put);
  }

  private Optional<Entry> change() {
    List<String> ids = ids();
    int choice = random.nextInt(10);
    if (choice < 4 || ids.isEmpty()) {
      int content = random.nextInt(contents.size());
      log.add("put " + content);
      byte[] bytes = contents.get(content);
      String tag =
          client
              .putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(bytes))
              .eTag();
      return Optional.of(
          new Entry(
              key,
              bytes.length,
              dev.miniatura.s3.ObjectVersion.unquoted(tag),
              Instant.now(),
              Attributes.none()));
    }
    if (choice < 6) {
      log.add("delete");
      client.deleteObject(request -> request.bucket(bucket).key(key));
      return Optional.empty();
    }
    // Most often the newest, since only that changes the object's content
    int index = random.nextInt(3) == 0 ? random.nextInt(ids.size()) : 0;
    log.add("delete version " + index);
    client.deleteObject(request -> request.bucket(bucket).key(key).versionId(ids.get(index)));
    return Optional.empty();
  }

  /** Returns the ids of all versions and delete markers, the newest first. */
  private List<String> ids() {
    var listing = client.listObjectVersions(request -> request.bucket(bucket).prefix(key));
    List<String> ids = new ArrayList<>();
    listing.deleteMarkers().stream()
        .filter(mark -> Boolean.TRUE.equals(mark.isLatest()))
        .forEach(mark -> ids.add(mark.versionId()));
    listing.versions().stream()
        .filter(version -> Boolean.TRUE.equals(version.isLatest()))
        .forEach(version -> ids.add(version.versionId()));
    listing.versions().stream().map(ObjectVersion::versionId).forEach(ids::add);
    listing.deleteMarkers().forEach(mark -> ids.add(mark.versionId()));
    return ids.stream().distinct().toList();
  }

  /** Returns what happened. */
  @Override
  public String toString() {
    return String.join(", ", log);
  }
}
