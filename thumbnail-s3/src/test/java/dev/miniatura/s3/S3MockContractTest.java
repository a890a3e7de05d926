package dev.miniatura.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ChecksumMode;

/**
 * The contract against S3Mock 5.2.0. The permitted deviations and their causes:
 *
 * <table>
 * <caption>Deviations</caption>
 * <tr><th>deviation</th><th>whose</th><th>why</th></tr>
 * <tr><td>the version stays when the same bytes are written again</td><td>S3, and the store's
 * choice</td><td>the version is the entity tag, which S3 makes from the content</td></tr>
 * <tr><td>of several writers with the same condition, two may win</td><td>server</td><td>it looks
 * and writes without a lock</td></tr>
 * <tr><td>a backslash in a key: status 400</td><td>server</td><td>its HTTP server refuses
 * it</td></tr>
 * <tr><td>keys above U+FFFF before U+E000 in a listing</td><td>server</td><td>it sorts by UTF-16,
 * not UTF-8</td></tr>
 * </table>
 */
class S3MockContractTest extends S3Contract {

  @Override
  TestServer startServer() {
    return TestServer.s3mock();
  }

  @Override
  public Set<Deviation> deviations() {
    return EnumSet.of(
        Deviation.VERSION_IS_CONTENT,
        Deviation.CONDITIONS_NOT_ATOMIC,
        Deviation.OTHER_ORDER_ABOVE_BASIC_PLANE);
  }

  @Override
  public boolean mayRefuse(String key) {
    return key.contains("\\");
  }

  @Test
  void version_ofBucketWithVersioning_canBeReadWhenReplacedOrDeleted() throws IOException {
    String bucket = server().newBucket();
    server()
        .client()
        .putBucketVersioning(
            request ->
                request
                    .bucket(bucket)
                    .versioningConfiguration(c -> c.status(BucketVersioningStatus.ENABLED)));
    S3ImageStore store = S3ImageStore.builder(server().client(), bucket).build();
    store.put("key", content("one"), Attributes.none());
    String first = server().client().headObject(o -> o.bucket(bucket).key("key")).versionId();
    store.put("key", content("three"), Attributes.none());
    assertThat(store.open("key", first).open()).hasContent("one");
    assertThat(store.open("key").open()).hasContent("three");
    assertThat(store.stat("key", first).orElseThrow().version())
        .isNotEqualTo(store.stat("key").orElseThrow().version());
    store.delete("key");
    assertThat(store.stat("key")).isEmpty();
    assertThat(store.open("key", first).open()).hasContent("one");
  }

  @Test
  void version_thatDoesNotExist_isNotFound() throws IOException {
    S3ImageStore store = S3ImageStore.builder(server().client(), server().newBucket()).build();
    store.put("key", content("one"), Attributes.none());
    String absent = "00000000-0000-0000-0000-000000000000";
    assertThat(store.stat("key", absent)).isEmpty();
    assertThat(catchThrowableOfType(StoreException.class, () -> store.open("key", absent)).kind())
        .isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  void put_checksum_isKeptByTheServer() throws IOException {
    String bucket = server().newBucket();
    S3ImageStore.builder(server().client(), bucket)
        .build()
        .put("key", content("123456789"), Attributes.none());
    assertThat(
            server()
                .client()
                .headObject(o -> o.bucket(bucket).key("key").checksumMode(ChecksumMode.ENABLED))
                .checksumCRC32())
        .isEqualTo("y/Q5Jg==");
  }
}
