package dev.miniatura.storage.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.miniatura.ImageSource;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Entry;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import dev.miniatura.storage.testkit.ImageStoreContract.Deviation;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** What the parts of the contract know of the store, and the calls that they share. */
interface StoreUnderTest {

  Attributes JPEG = Attributes.none().withContentType("image/jpeg");

  ImageStore store();

  Set<Deviation> deviations();

  boolean mayRefuse(String key);

  boolean mayRefusePrefix(String prefix);

  int manyObjects();

  default void skipIf(Deviation deviation) {
    assumeFalse(deviations().contains(deviation), "permitted deviation " + deviation);
  }

  default String put(String key, String content) throws IOException {
    return store().put(key, content(content), Attributes.none());
  }

  default String read(String key) throws IOException {
    return contentOf(store().open(key));
  }

  default List<String> keys(String prefix, String after) throws IOException {
    try (Stream<Entry> entries = store().list(prefix, after)) {
      return entries.map(Entry::key).toList();
    }
  }

  static ImageSource content(String text) {
    return ImageSource.of(text.getBytes(UTF_8));
  }

  static String contentOf(ImageSource source) throws IOException {
    try (InputStream stream = source.open()) {
      return new String(stream.readAllBytes(), UTF_8);
    }
  }

  static Kind kindOf(Callable<?> call) {
    try {
      call.call();
    } catch (StoreException e) {
      return e.kind();
    } catch (Exception e) {
      throw new AssertionError("not a StoreException", e);
    }
    throw new AssertionError("nothing was thrown");
  }
}
