package dev.miniatura.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.miniatura.ImageSource;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.testkit.ImageStoreContract;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The contract against an S3 server: one server for the class, a new bucket for each test. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class S3Contract extends ImageStoreContract {

  private TestServer server;

  /** Starts the server. */
  abstract TestServer startServer() throws Exception;

  /** Returns the server that is running. */
  final TestServer server() {
    return server;
  }

  @BeforeAll
  final void start() throws Exception {
    server = startServer();
  }

  @AfterAll
  final void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @Override
  public ImageStore createStore() throws IOException {
    return S3ImageStore.builder(server.client(), server.newBucket()).build();
  }

  @Override
  public int manyObjects() {
    return TestServer.PAGE * 2 + 60;
  }

  static ImageSource content(String text) {
    return ImageSource.of(text.getBytes(UTF_8));
  }
}
