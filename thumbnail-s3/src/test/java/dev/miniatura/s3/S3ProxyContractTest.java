package dev.miniatura.s3;

import dev.miniatura.storage.ImageStore;
import dev.miniatura.testing.ImageStoreContract;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * The contract against S3Proxy 4.1.0 in memory. What is permitted, and whose doing it is:
 *
 * <table>
 * <caption>Deviations</caption>
 * <tr><th>deviation</th><th>whose</th><th>why</th></tr>
 * <tr><td>the version stays when the same bytes are written again</td><td>S3, and the store's
 * choice</td><td>the version is the entity tag, which S3 makes from the content</td></tr>
 * <tr><td>{@code a} and {@code a/b} exclude each other: status 500</td><td>server</td><td>it takes
 * keys for paths of a file system</td></tr>
 * <tr><td>empty parts, {@code .} and {@code ..} in keys: status 400, 500, or another
 * key</td><td>server</td><td>it takes keys for paths</td></tr>
 * <tr><td>{@code dir/}: no entity tag</td><td>server</td><td>it is a folder to it</td></tr>
 * <tr><td>prefixes with empty parts: status 400, or keys without that prefix, which the store leaves
 * out</td><td>server</td><td>it takes them for paths</td></tr>
 * <tr><td>keys above U+FFFF before U+E000 in a listing</td><td>server</td><td>it sorts by UTF-16,
 * not UTF-8</td></tr>
 * </table>
 */
class S3ProxyContractTest extends ImageStoreContract {

  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.s3proxy();
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
        Deviation.OBJECT_HIDES_KEYS_BELOW,
        Deviation.REFUSES_STRANGE_PREFIXES,
        Deviation.OTHER_ORDER_ABOVE_BASIC_PLANE);
  }

  @Override
  protected boolean mayRefuse(String key) {
    return Stream.of(key.split("/", -1)).anyMatch(List.of("", ".", "..")::contains);
  }

  @Override
  protected int manyObjects() {
    return TestServer.PAGE * 2 + 60;
  }
}
