package dev.miniatura.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.miniatura.ImageSource;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Condition;
import java.net.URI;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;

/** A null is refused at once, with the parameter's name, and not sent to a server. */
@NullUnmarked
class NullArgumentsTest {

  private interface Call {
    void run() throws Exception;
  }

  private static void refused(String name, Call call) {
    assertThatNullPointerException().isThrownBy(call::run).withMessage(name);
  }

  @Test
  void publicMethods_null_isRefusedByName() {
    try (S3Client client =
        S3Clients.builder(URI.create("http://localhost:1"))
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .build()) {
      S3ImageStore.Builder builder = S3ImageStore.builder(client, "photos");
      S3ImageStore store = builder.build();
      ImageSource content = ImageSource.of(new byte[1]);
      refused("endpoint", () -> S3Clients.builder(null));
      refused("client", () -> S3ImageStore.builder(null, "photos"));
      refused("bucket", () -> S3ImageStore.builder(client, null));
      refused("keyPrefix", () -> builder.keyPrefix(null));
      refused("accountId", () -> builder.expectedBucketOwner(null));
      refused("keyId", () -> builder.encryptWithKmsKey(null));
      refused("storageClass", () -> builder.storageClass(null));
      refused("key", () -> store.stat(null));
      refused("versionId", () -> store.stat("k", null));
      refused("entry", () -> store.open((dev.miniatura.storage.ImageStore.Entry) null));
      refused("key", () -> store.put(null, content, Attributes.none(), Condition.always()));
      refused("content", () -> store.put("k", null, Attributes.none(), Condition.always()));
      refused("attributes", () -> store.put("k", content, null, Condition.always()));
      refused("condition", () -> store.put("k", content, Attributes.none(), null));
      refused("key", () -> store.delete(null));
      refused("prefix", () -> store.list(null, ""));
      refused("after", () -> store.list("", null));
    }
  }

  /** Kotlin reads nullness annotations of packages, not of modules. */
  @Test
  void package_isNullMarked() {
    assertThat(S3ImageStore.class.getPackage().isAnnotationPresent(NullMarked.class)).isTrue();
  }
}
