package dev.miniatura.s3;

import dev.miniatura.ImageSource;
import dev.miniatura.storage.ImageStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
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
 * A store over a bucket, or over the part of it whose keys start with a prefix. It works with any
 * client; {@link S3Clients} makes a suitable one. The store does not close it.
 *
 * <pre>{@code
 * ImageStore photos = S3ImageStore.builder(client, "photos").keyPrefix("2024/").build();
 * }</pre>
 *
 * <p>Every key that S3 allows can be used: up to 1,024 bytes of UTF-8, the prefix included, among
 * them spaces, {@code //} and leading slashes. Keys are sent as they are, never normalized.
 *
 * <p>The version of an object is its entity tag. It changes whenever the content does; writing the
 * same bytes again may leave it unchanged.
 *
 * <p>Objects are read in ranges, so that a decoder that has read enough leaves most of a large
 * object on the server; see {@link Builder#firstRange}. If a connection breaks, reading resumes at
 * the same position, provided that the object has not changed. Objects being written are held in
 * memory.
 *
 * <p>S3 reports an absent object as "access denied" to callers that may not list the bucket. So
 * {@link #stat} needs the permission {@code s3:ListBucket} to report that there is none.
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
   * Returns the entries of those objects that exist. If the keys have a common prefix, one page of
   * a listing shows which exist, and only those are requested.
   */
  @Override
  public Map<String, Entry> statAll(Collection<String> keys) throws IOException {
    Set<String> listed = new HashSet<>(Objects.requireNonNull(keys, "keys"));
    if (listed.size() > 1) {
      listed.retainAll(listed(ObjectKeys.commonPrefix(keys)).orElse(listed));
    }
    return ImageStore.super.statAll(listed);
  }

  /** Returns the keys below a prefix, if one page of a listing holds them all. */
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
      return Optional.empty(); // listing is not permitted, or not of this prefix
    }
  }

  /**
   * Returns the entry of one version of an object in a versioned bucket, or empty if there is no
   * such version. The entry opens that version, even if it is no longer the current one.
   *
   * @param versionId the version's id in the bucket or in one of its events
   * @throws IOException whatever the store reports; a {@link StoreException} if its kind is known
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
   * Returns an object with one request: its attributes come with its content, of which up to the
   * {@linkplain Builder#firstRange first range} is held in memory.
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
              return new RangedStream(requests, version, size, beginning);
            }

            @Override
            public OptionalLong length() {
              return OptionalLong.of(size);
            }
          });
    }
  }

  /**
   * Returns a source that reads one version of an object in a versioned bucket.
   *
   * @param versionId the version's id in the bucket or in one of its events
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

  /** Lists objects in the server's order; that of S3 is by UTF-8 bytes. */
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

  /** Collects a store's settings, in any order. */
  public static final class Builder {

    /** The maximum number of bytes of an object that one request fetches into memory. */
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
     * Sets the prefix of every key; the default is none. For a folder-like part of the bucket, end
     * the prefix with a slash.
     *
     * @throws IllegalArgumentException if it contains an unpaired surrogate
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
     * Sets how many bytes the first request for an object fetches; the default is 1 MiB. An object
     * no longer than that is fetched as a whole, and its checksum is verified before any byte is
     * used. For a longer one, each request fetches four times as many bytes as the one before, and
     * the part that a decoder does not need is not fetched: a smaller value fetches less of
     * progressive JPEGs, with more requests.
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

    /** Agrees to pay for requests, which buckets of other accounts may require. */
    public Builder requesterPays() {
      requesterPays = true;
      return this;
    }

    /**
     * Sets the account that the bucket must belong to; requests to another account's bucket fail as
     * {@link Kind#ACCESS_DENIED}.
     *
     * @throws NullPointerException if {@code accountId} is null
     */
    public Builder expectedBucketOwner(String accountId) {
      expectedBucketOwner = Objects.requireNonNull(accountId, "accountId");
      return this;
    }

    /** Encrypts written objects with keys that S3 manages. The default is that of the bucket. */
    public Builder encryptWithS3Keys() {
      encryption = ServerSideEncryption.AES256;
      kmsKeyId = null;
      return this;
    }

    /**
     * Encrypts written objects with a KMS key. The default is that of the bucket.
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
     * Sets the storage class of written objects; the default is {@code STANDARD}.
     *
     * @throws NullPointerException if {@code storageClass} is null
     */
    public Builder storageClass(StorageClass storageClass) {
      this.storageClass = Objects.requireNonNull(storageClass, "storageClass");
      return this;
    }

    /** Returns the store. No request is sent. */
    public S3ImageStore build() {
      return new S3ImageStore(this);
    }
  }
}
