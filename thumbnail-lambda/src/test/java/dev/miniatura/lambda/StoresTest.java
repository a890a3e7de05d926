package dev.miniatura.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.miniatura.ImageSource;
import dev.miniatura.storage.ImageStore.Attributes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The effect of the settings on requests to S3. */
class StoresTest {

  private static final List<String> CREDENTIALS = List.of("aws.accessKeyId", "aws.secretAccessKey");

  private final Map<String, String> headers = new ConcurrentHashMap<>();
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    CREDENTIALS.forEach(name -> System.setProperty(name, "test"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    CREDENTIALS.forEach(System::clearProperty);
  }

  private void answer(HttpExchange exchange) throws IOException {
    paths.add(exchange.getRequestURI().getPath());
    headers.clear();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().add("ETag", "\"tag\"");
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private Stores stores(Map<String, String> settings) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "MINIATURA_SOURCE", "s3://photos/in/",
                "MINIATURA_DESTINATION", "s3://thumbs/out/",
                "MINIATURA_SPECS", "small=fit:32x32",
                "MINIATURA_ENDPOINT", "http://127.0.0.1:" + server.getAddress().getPort()));
    environment.putAll(settings);
    return Stores.of(Configuration.of(environment));
  }

  @Test
  void of_endpoint_isAskedForTheWholeBuckets() throws IOException {
    Stores stores = stores(Map.of());
    assertThat(stores.source().location()).isEqualTo("s3://photos/");
    assertThat(stores.destination().location()).isEqualTo("s3://thumbs/");
    assertThat(stores.catalog()).isEmpty();
    stores.source().put("k", ImageSource.of(new byte[1]), Attributes.none());
    stores.destination().put("k", ImageSource.of(new byte[1]), Attributes.none());
    assertThat(paths).containsExactly("/photos/k", "/thumbs/k");
    assertThat(headers)
        .doesNotContainKeys(
            "x-amz-expected-bucket-owner", "x-amz-server-side-encryption", "x-amz-storage-class");
  }

  @Test
  void of_settings_areThoseOfThumbnailsAndTheOwnerThatOfBoth() throws IOException {
    Stores stores =
        stores(
            Map.of(
                "MINIATURA_BUCKET_OWNER", "111122223333",
                "MINIATURA_KMS_KEY", "key-id",
                "MINIATURA_STORAGE_CLASS", "STANDARD_IA"));
    stores.destination().put("k", ImageSource.of(new byte[1]), Attributes.none());
    assertThat(headers)
        .containsEntry("x-amz-expected-bucket-owner", "111122223333")
        .containsEntry("x-amz-server-side-encryption-aws-kms-key-id", "key-id")
        .containsEntry("x-amz-storage-class", "STANDARD_IA");
    stores.source().put("k", ImageSource.of(new byte[1]), Attributes.none());
    assertThat(headers)
        .containsEntry("x-amz-expected-bucket-owner", "111122223333")
        .doesNotContainKeys("x-amz-server-side-encryption", "x-amz-storage-class");
  }
}
