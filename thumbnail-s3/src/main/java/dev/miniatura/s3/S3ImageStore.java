package dev.miniatura.s3;

import dev.miniatura.ImageSource;
import dev.miniatura.storage.ImageStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.StorageClass;

/**
 * A store over a bucket, or over the part of it whose keys start with a prefix. Any client may be
 * given; {@link S3Clients} makes one that suits. The store does not close it.
 *
 * <pre>{@code
 * ImageStore photos = S3ImageStore.builder(client, "photos").keyPrefix("2024/").build();
 * }</pre>
 *
 * <p>Every key that S3 allows can be used: up to 1,024 bytes of UTF-8, the prefix included, among
 * them spaces, {@code //} and leading slashes. Keys are sent as they are, never normalized.
 *
 * <p>The version of an object is its entity tag. It changes whenever the content does; writing the
 * same bytes again may leave it as it was.
 *
 * <p>Objects are read in ranges, so that a decoder which has enough leaves most of a large object
 * where it is; see {@link Builder#firstRange}. A connection that breaks off is taken up again where
 * it broke, as long as the object is still the same. What is put is held in memory.
 *
 * <p>S3 reports an absent object as "access denied" to a caller who may not list the bucket. So
 * {@link #stat} needs the permission {@code s3:ListBucket} to tell that there is none.
 */
public final class S3ImageStore implements ImageStore {

  private final Requests requests;
  private final String keyPrefix;
  private final int firstRange;

  private S3ImageStore(Builder builder) {
    requests = new Requests(builder);
    keyPrefix = builder.keyPrefix;
    firstRange = builder.firstRange;
  }

  /**
   * Returns a builder for a store.
   *
   * @param client the client; it must reach the bucket's region
   * @param bucket the bucket's name, or an access point's ARN or alias
   * @throws IllegalArgumentException if the bucket's name is empty
   * @throws NullPointerException if an argument is null
   */
  public static Builder builder(S3Client client, String bucket) {
    return new Builder(
        Objects.requireNonNull(client, "client"), Objects.requireNonNull(bucket, "bucket"));
  }

  /** Returns {@code s3://bucket/prefix}. */
  @Override
  public String location() {
    return "s3://" + requests.bucket() + "/" + keyPrefix;
  }

  @Override
  public Optional<Entry> stat(String key) throws IOException {
    return requests.stat(key, objectKey(key), Optional.empty());
  }

  /**
   * Returns what is known of those of several objects that are there. Where their keys have a
   * beginning in common, a page of a listing tells which, and only those are asked for.
   */
  @Override
  public Map<String, Entry> statAll(Collection<String> keys) throws IOException {
    Set<String> listed = new HashSet<>(Objects.requireNonNull(keys, "keys"));
    if (listed.size() > 1) {
      listed.retainAll(listed(ObjectKeys.commonPrefix(keys)).orElse(listed));
    }
    return ImageStore.super.statAll(listed);
  }

  /** Returns the keys below a prefix, if a page of a listing holds them all. */
  private Optional<Set<String>> listed(String prefix) throws IOException {
    if (prefix.isEmpty()) {
      return Optional.empty();
    }
    try {
      ListObjectsV2Response page = requests.list(keyPrefix + prefix, "", null);
      return Boolean.TRUE.equals(page.isTruncated())
          ? Optional.empty()
          : Optional.of(
              page.contents().stream()
                  .map(S3Object::key)
                  .filter(key -> key.startsWith(keyPrefix))
                  .map(key -> key.substring(keyPrefix.length()))
                  .collect(Collectors.toSet()));
    } catch (StoreException e) {
      if (e.retryable()) {
        throw e;
      }
      return Optional.empty(); // not every caller may list, nor every server any prefix
    }
  }

  /**
   * Returns what is known of one version that a bucket with versioning keeps of an object, or
   * nothing when there is no such version. The entry opens that version, even if it is no longer
   * the current one.
   *
   * @param versionId what the bucket, or an event of it, calls the version
   * @throws IOException what the store reports, a {@link StoreException} where its kind is known
   * @throws NullPointerException if an argument is null
   */
  public Optional<Entry> stat(String key, String versionId) throws IOException {
    Objects.requireNonNull(versionId, "versionId");
    return requests.stat(key, objectKey(key), Optional.of(versionId));
  }

  @Override
  public ImageSource open(Entry entry) {
    Objects.requireNonNull(entry, "entry");
    return new ImageSource() {
      @Override
      public InputStream open() throws IOException {
        ObjectVersion version = ObjectVersion.parse(objectKey(entry.key()), entry.version());
        return entry.size() <= firstRange
            ? new ByteArrayInputStream(requests.get(version, entry.size()).asByteArrayUnsafe())
            : new RangedStream(requests, version, entry.size(), firstRange);
      }

      @Override
      public OptionalLong length() {
        return OptionalLong.of(entry.size());
      }
    };
  }

  /**
   * Returns an object by one request: what S3 tells of it comes with its content, of which up to
   * the {@linkplain Builder#firstRange first range} is held in memory.
   */
  @Override
  public Fetched fetch(Entry told) throws IOException {
    Objects.requireNonNull(told, "told");
    ObjectVersion version = ObjectVersion.parse(objectKey(told.key()), told.version());
    long size = told.size();
    if (size <= firstRange) {
      ResponseBytes<GetObjectResponse> whole = requests.getAsTold(version, size);
      return new Fetched(
          requests.entry(told.key(), version, size, whole.response()),
          ImageSource.of(whole.asByteArrayUnsafe()));
    }
    try (RangedStream stream = new RangedStream(requests, version, size, firstRange)) {
      Entry entry = requests.entry(told.key(), version, size, stream.headers());
      byte[] beginning = stream.readNBytes(firstRange);
      return new Fetched(
          entry,
          new ImageSource() {
            @Override
            public InputStream open() {
              return new SequenceInputStream(
                  new ByteArrayInputStream(beginning),
                  RangedStream.after(requests, version, size, firstRange));
            }

            @Override
            public OptionalLong length() {
              return OptionalLong.of(size);
            }
          });
    }
  }

  /**
   * Returns a source that reads one version that a bucket with versioning keeps of an object.
   *
   * @param versionId what the bucket, or an event of it, calls the version
   * @throws StoreException of kind {@link Kind#NOT_FOUND} if there is none
   * @throws IOException what else the store reports
   * @throws NullPointerException if an argument is null
   */
  public ImageSource open(String key, String versionId) throws IOException {
    return open(
        stat(key, versionId)
            .orElseThrow(() -> new StoreException(Kind.NOT_FOUND, key + ", version " + versionId)));
  }

  @Override
  public String put(String key, ImageSource content, Attributes attributes, Condition condition)
      throws IOException {
    String objectKey = objectKey(key);
    Objects.requireNonNull(content, "content");
    Objects.requireNonNull(attributes, "attributes");
    Objects.requireNonNull(condition, "condition");
    byte[] bytes;
    try (InputStream stream = content.open()) {
      bytes = stream.readAllBytes();
    }
    return requests.put(objectKey, bytes, attributes, condition);
  }

  @Override
  public void delete(String key) throws IOException {
    requests.delete(objectKey(key));
  }

  /** Lists objects in the order in which the server does; that of S3 is by UTF-8 bytes. */
  @Override
  public Stream<Entry> list(String prefix, String after) {
    Objects.requireNonNull(prefix, "prefix");
    Objects.requireNonNull(after, "after");
    if (!ObjectKeys.isText(prefix)) {
      return Stream.empty();
    }
    Listing listing = new Listing(requests, keyPrefix, prefix, after);
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(
            listing, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.DISTINCT),
        false);
  }

  private String objectKey(String key) throws StoreException {
    return ObjectKeys.checked(keyPrefix, Objects.requireNonNull(key, "key"));
  }

  /** Collects a store's settings. The order in which they are made does not matter. */
  public static final class Builder {

    /** Most bytes of an object that are fetched by one request into memory. */
    private static final int DEFAULT_FIRST_RANGE = 1 << 20;

    final S3Client client;
    final String bucket;
    private String keyPrefix = "";
    private int firstRange = DEFAULT_FIRST_RANGE;
    boolean requesterPays;
    @Nullable String expectedBucketOwner;
    @Nullable ServerSideEncryption encryption;
    @Nullable String kmsKeyId;
    @Nullable StorageClass storageClass;

    private Builder(S3Client client, String bucket) {
      if (bucket.isEmpty()) {
        throw new IllegalArgumentException("a bucket's name cannot be empty");
      }
      this.client = client;
      this.bucket = bucket;
    }

    /**
     * Sets what is put before every key; nothing otherwise. A part of the bucket that looks like a
     * folder has a prefix that ends with a slash.
     *
     * @throws IllegalArgumentException if there is a surrogate in it without its partner
     * @throws NullPointerException if {@code keyPrefix} is null
     */
    public Builder keyPrefix(String keyPrefix) {
      if (!ObjectKeys.isText(Objects.requireNonNull(keyPrefix, "keyPrefix"))) {
        throw new IllegalArgumentException("key prefix: unpaired surrogate");
      }
      this.keyPrefix = keyPrefix;
      return this;
    }

    /**
     * Sets how many bytes are fetched by the first request for an object; 1 MiB otherwise. An
     * object no longer than that is fetched as a whole, and its checksum is compared before anyone
     * sees a byte of it. Of a longer one, each following request is for four times as many bytes as
     * the one before, and what a decoder no longer needs is not fetched: a smaller value fetches
     * less of progressive JPEGs, by more requests.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder firstRange(int bytes) {
      if (bytes < 1) {
        throw new IllegalArgumentException("first range: " + bytes);
      }
      firstRange = bytes;
      return this;
    }

    /** Agrees to pay for the requests, which buckets of others may demand. */
    public Builder requesterPays() {
      requesterPays = true;
      return this;
    }

    /**
     * Sets the account that the bucket must belong to; requests to another one's bucket fail as
     * {@link Kind#ACCESS_DENIED}.
     *
     * @throws NullPointerException if {@code accountId} is null
     */
    public Builder expectedBucketOwner(String accountId) {
      expectedBucketOwner = Objects.requireNonNull(accountId, "accountId");
      return this;
    }

    /** Encrypts what is put with keys that S3 manages. The bucket's default is used otherwise. */
    public Builder encryptWithS3Keys() {
      encryption = ServerSideEncryption.AES256;
      kmsKeyId = null;
      return this;
    }

    /**
     * Encrypts what is put with a key of KMS. The bucket's default is used otherwise.
     *
     * @param keyId the key's id, alias or ARN
     * @throws NullPointerException if {@code keyId} is null
     */
    public Builder encryptWithKmsKey(String keyId) {
      encryption = ServerSideEncryption.AWS_KMS;
      kmsKeyId = Objects.requireNonNull(keyId, "keyId");
      return this;
    }

    /**
     * Sets the storage class of what is put; {@code STANDARD} otherwise.
     *
     * @throws NullPointerException if {@code storageClass} is null
     */
    public Builder storageClass(StorageClass storageClass) {
      this.storageClass = Objects.requireNonNull(storageClass, "storageClass");
      return this;
    }

    /** Returns the store. Nothing is asked of the server. */
    public S3ImageStore build() {
      return new S3ImageStore(this);
    }
  }
}
