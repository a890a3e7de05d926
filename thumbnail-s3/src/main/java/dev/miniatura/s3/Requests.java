package dev.miniatura.s3;

import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Condition;
import dev.miniatura.storage.ImageStore.Entry;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.RequestPayer;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.StorageClass;

/** The requests to one bucket, each with the store's options, and with errors translated. */
final class Requests {

  private final S3Client client;
  private final String bucket;
  private final @Nullable RequestPayer payer;
  private final @Nullable String owner;
  private final @Nullable ServerSideEncryption encryption;
  private final @Nullable String kmsKeyId;
  private final @Nullable StorageClass storageClass;

  Requests(S3ImageStore.Builder builder) {
    client = builder.client;
    bucket = builder.bucket;
    payer = builder.requesterPays ? RequestPayer.REQUESTER : null;
    owner = builder.expectedBucketOwner;
    encryption = builder.encryption;
    kmsKeyId = builder.kmsKeyId;
    storageClass = builder.storageClass;
  }

  String bucket() {
    return bucket;
  }

  private interface Call<T> {
    T run();
  }

  private <T> T call(String key, Call<T> call) throws IOException {
    try {
      return call.run();
    } catch (SdkException e) {
      throw translated(e, key);
    } catch (UncheckedIOException e) { // some HTTP clients pass it through
      throw new StoreException(Kind.NETWORK, "s3://" + bucket + "/" + key, e);
    }
  }

  IOException translated(SdkException e, String key) {
    return Failures.translated(e, "s3://" + bucket + "/" + key);
  }

  Optional<Entry> stat(String storeKey, String key, Optional<String> versionId) throws IOException {
    try {
      HeadObjectResponse head =
          call(
              key,
              () ->
                  client.headObject(
                      request ->
                          request
                              .bucket(bucket)
                              .key(key)
                              .versionId(versionId.orElse(null))
                              .requestPayer(payer)
                              .expectedBucketOwner(owner)));
      ObjectVersion version = new ObjectVersion(key, tag(head.eTag(), key), versionId);
      return Optional.of(
          new Entry(
              storeKey,
              head.contentLength(),
              version.text(),
              head.lastModified(),
              Headers.attributes(head.contentType(), head.cacheControl(), head.metadata())));
    } catch (StoreException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static String tag(@Nullable String header, String key) throws StoreException {
    if (header == null || ObjectVersion.unquoted(header).isEmpty()) {
      throw new StoreException(Kind.REJECTED, key + ": the server sent no entity tag");
    }
    return ObjectVersion.unquoted(header);
  }

  /**
   * Returns a whole object, after verifying its checksum if the server stores one that the SDK
   * supports.
   */
  ResponseBytes<GetObjectResponse> get(ObjectVersion version, long size) throws IOException {
    ResponseBytes<GetObjectResponse> whole = get(version);
    checkLength(version, whole, size);
    return whole;
  }

  /** As {@link #get}, if the size of the version is not certain: another size is a conflict. */
  ResponseBytes<GetObjectResponse> getAsTold(ObjectVersion version, long size) throws IOException {
    ResponseBytes<GetObjectResponse> whole = get(version);
    long length = Objects.requireNonNullElse(whole.response().contentLength(), size);
    if (length != size) {
      throw new StoreException(Kind.CONFLICT, version.key() + ", " + length + " of " + size);
    }
    checkLength(version, whole, size);
    return whole;
  }

  private ResponseBytes<GetObjectResponse> get(ObjectVersion version) throws IOException {
    GetObjectRequest request = getRequest(version).checksumMode(ChecksumMode.ENABLED).build();
    return call(version.key(), () -> client.getObjectAsBytes(request));
  }

  private static void checkLength(
      ObjectVersion version, ResponseBytes<GetObjectResponse> whole, long size)
      throws StoreException {
    int length = whole.asByteArrayUnsafe().length;
    if (length != size) {
      throw new StoreException(
          Kind.NETWORK, version.key() + ", broken off after " + length + " of " + size);
    }
  }

  /** Returns the entry of an object being read, with the expected version and size. */
  Entry entry(String storeKey, ObjectVersion version, long size, GetObjectResponse response)
      throws StoreException {
    String range = response.contentRange();
    if (range != null && !range.endsWith("/" + size)) {
      throw new StoreException(Kind.CONFLICT, version.key() + ", " + range + " of " + size);
    }
    return new Entry(
        storeKey,
        size,
        version.text(),
        response.lastModified(),
        Headers.attributes(response.contentType(), response.cacheControl(), response.metadata()));
  }

  /** Opens the bytes {@code [from, to)} of an object. */
  ResponseInputStream<GetObjectResponse> get(ObjectVersion version, long from, long to)
      throws IOException {
    GetObjectRequest request = getRequest(version).range("bytes=" + from + "-" + (to - 1)).build();
    return call(version.key(), () -> client.getObject(request));
  }

  private GetObjectRequest.Builder getRequest(ObjectVersion version) {
    return GetObjectRequest.builder()
        .bucket(bucket)
        .key(version.key())
        .versionId(version.versionId().orElse(null))
        .ifMatch(version.quotedTag())
        .requestPayer(payer)
        .expectedBucketOwner(owner);
  }

  /**
   * Writes an object and returns its version. The checksum is computed here and sent as a header,
   * whatever the client's settings: some servers do not support checksums in a trailer.
   */
  String put(String key, byte[] content, Attributes attributes, Condition condition)
      throws IOException {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder()
            .bucket(bucket)
            .key(key)
            .contentType(attributes.contentType().orElse(null))
            .cacheControl(attributes.cacheControl().orElse(null))
            .metadata(attributes.metadata())
            .checksumCRC32(crc32(content))
            .serverSideEncryption(encryption)
            .ssekmsKeyId(kmsKeyId)
            .storageClass(storageClass)
            .requestPayer(payer)
            .expectedBucketOwner(owner);
    if (condition instanceof Condition.Absent) {
      request.ifNoneMatch("*");
    } else if (condition instanceof Condition.Unchanged unchanged) {
      request.ifMatch(ObjectVersion.parse(key, unchanged.version()).quotedTag());
    }
    PutObjectResponse response =
        call(key, () -> client.putObject(request.build(), RequestBody.fromBytes(content)));
    return tag(response.eTag(), key);
  }

  private static String crc32(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array());
  }

  void delete(String key) throws IOException {
    call(
        key,
        () ->
            client.deleteObject(
                request ->
                    request
                        .bucket(bucket)
                        .key(key)
                        .requestPayer(payer)
                        .expectedBucketOwner(owner)));
  }

  /**
   * Returns a page of a listing.
   *
   * @param after a key to start after, or {@code ""}
   * @param continuation the token of the previous page, or null for the first
   */
  ListObjectsV2Response list(String prefix, String after, @Nullable String continuation)
      throws IOException {
    try {
      return call(
          prefix,
          () ->
              client.listObjectsV2(
                  request ->
                      request
                          .bucket(bucket)
                          .prefix(prefix.isEmpty() ? null : prefix)
                          .startAfter(after.isEmpty() ? null : after)
                          .continuationToken(continuation)
                          .encodingType(EncodingType.URL)
                          .requestPayer(payer)
                          .expectedBucketOwner(owner)));
    } catch (IllegalArgumentException e) { // from the SDK: text that is not URL-encoded
      throw new StoreException(
          Kind.REJECTED, "s3://" + bucket + "/" + prefix + " (" + e.getMessage() + ")", e);
    }
  }

  /** Returns the entry of a listed object. */
  Entry entry(String storeKey, S3Object object) throws StoreException {
    return new Entry(
        storeKey,
        Objects.requireNonNull(object.size()),
        tag(object.eTag(), object.key()),
        Objects.requireNonNull(object.lastModified()),
        Attributes.none());
  }
}
