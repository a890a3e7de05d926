package dev.miniatura.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.miniatura.ImageSource;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The contract against S3Proxy 4.1.0 in memory. The permitted deviations and their causes:
 *
 * <table>
 * <caption>Deviations</caption>
 * <tr><th>deviation</th><th>whose</th><th>why</th></tr>
 * <tr><td>the version stays when the same bytes are written again</td><td>S3, and the store's
 * choice</td><td>the version is the entity tag, which S3 makes from the content</td></tr>
 * <tr><td>{@code a} and {@code a/b} exclude each other: status 500</td><td>server</td><td>it treats keys as file system paths</td></tr>
 * <tr><td>empty parts, {@code .} and {@code ..} in keys: status 400, 500, or another
 * key</td><td>server</td><td>it treats keys as paths</td></tr>
 * <tr><td>{@code dir/}: no entity tag</td><td>server</td><td>it is a folder to it</td></tr>
 * <tr><td>prefixes with empty parts: status 400, or keys without that prefix, which the store leaves
 * out</td><td>server</td><td>it treats them as paths</td></tr>
 * <tr><td>keys above U+FFFF before U+E000 in a listing</td><td>server</td><td>it sorts by UTF-16,
 * not UTF-8</td></tr>
 * </table>
 */
class S3ProxyContractTest extends S3Contract {

  @Override
  TestServer startServer() throws Exception {
    return TestServer.s3proxy();
  }

  @Override
  public Set<Deviation> deviations() {
    return EnumSet.of(
        Deviation.VERSION_IS_CONTENT,
        Deviation.OBJECT_HIDES_KEYS_BELOW,
        Deviation.REFUSES_STRANGE_PREFIXES,
        Deviation.OTHER_ORDER_ABOVE_BASIC_PLANE);
  }

  @Override
  public boolean mayRefuse(String key) {
    return Stream.of(key.split("/", -1)).anyMatch(List.of("", ".", "..")::contains);
  }

  @Test
  void request_withAnotherSecret_isDeniedAccess() throws IOException {
    String bucket = server().newBucket();
    S3ImageStore.builder(server().client(), bucket)
        .build()
        .put("key", ImageSource.of(new byte[1]), Attributes.none());
    try (S3Client stranger =
        S3Clients.builder(server().endpoint())
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(TestServer.ACCESS_KEY, "guessed")))
            .build()) {
      ImageStore store = S3ImageStore.builder(stranger, bucket).build();
      assertThat(kindOf(() -> store.stat("key"))).isEqualTo(Kind.ACCESS_DENIED);
      assertThat(kindOf(() -> store.delete("key"))).isEqualTo(Kind.ACCESS_DENIED);
      assertThat(kindOf(() -> store.put("key", ImageSource.of(new byte[2]), Attributes.none())))
          .isEqualTo(Kind.ACCESS_DENIED);
    }
    assertThat(server().client().headObject(o -> o.bucket(bucket).key("key")).contentLength())
        .isEqualTo(1);
  }

  @Test
  void request_toAbsentBucket_isNotFound() {
    ImageStore store = S3ImageStore.builder(server().client(), "there-is-no-such-bucket").build();
    assertThat(kindOf(() -> store.open("key"))).isEqualTo(Kind.NOT_FOUND);
    assertThat(kindOf(() -> store.put("key", ImageSource.of(new byte[1]), Attributes.none())))
        .isEqualTo(Kind.NOT_FOUND);
    assertThatThrownBy(() -> store.list("").findFirst())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("NoSuchBucket");
  }

  private static Kind kindOf(ThrowingCallable call) {
    return catchThrowableOfType(StoreException.class, call).kind();
  }
}
