package dev.miniatura.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.miniatura.storage.ImageStore;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The contract for parts of one bucket of S3Proxy; every test leaves its objects next to those of
 * the others. The deviations are those of {@link S3ProxyContractTest}, and the longest keys do not
 * fit after the prefix.
 */
class S3PrefixContractTest extends S3Contract {

  private static final AtomicInteger STORES = new AtomicInteger();

  private String bucket = "";

  @Override
  TestServer startServer() throws Exception {
    return TestServer.s3proxy();
  }

  @Override
  public ImageStore createStore() {
    if (bucket.isEmpty()) {
      bucket = server().newBucket();
    }
    return S3ImageStore.builder(server().client(), bucket)
        .keyPrefix("part +%/" + STORES.incrementAndGet() + "/")
        .build();
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
    return key.getBytes(UTF_8).length > 1_000
        || Stream.of(key.split("/", -1)).anyMatch(List.of("", ".", "..")::contains);
  }
}
