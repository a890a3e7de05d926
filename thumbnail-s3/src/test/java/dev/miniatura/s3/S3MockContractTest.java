package dev.miniatura.s3;

import dev.miniatura.storage.ImageStore;
import dev.miniatura.testing.ImageStoreContract;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * The contract against S3Mock 5.2.0. What is permitted, and whose doing it is:
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
class S3MockContractTest extends ImageStoreContract {

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.s3mock();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Override
  protected ImageStore createStore() {
    return S3ImageStore.builder(server.client(), server.newBucket()).build();
  }

  @Override
  protected Set<Deviation> deviations() {
    return EnumSet.of(
        Deviation.VERSION_IS_CONTENT,
        Deviation.CONDITIONS_NOT_ATOMIC,
        Deviation.OTHER_ORDER_ABOVE_BASIC_PLANE);
  }

  @Override
  protected boolean mayRefuse(String key) {
    return key.contains("\\");
  }

  @Override
  protected int manyObjects() {
    return TestServer.PAGE * 2 + 60;
  }
}
