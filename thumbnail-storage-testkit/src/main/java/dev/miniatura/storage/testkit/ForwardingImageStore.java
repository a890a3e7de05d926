package dev.miniatura.storage.testkit;

import dev.miniatura.ImageSource;
import dev.miniatura.storage.ImageStore;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A store that forwards every call to another. Override a method to observe it, to change its
 * answer or to let it fail.
 *
 * <p>The default methods of {@link ImageStore} are not forwarded but run here, so overriding {@link
 * #stat} also affects {@link #statAll}, {@link #fetch} and {@link #open(String)}.
 */
public class ForwardingImageStore implements ImageStore {

  private final ImageStore store;

  /**
   * Creates a store.
   *
   * @param store the store that does the work
   */
  public ForwardingImageStore(ImageStore store) {
    this.store = Objects.requireNonNull(store, "store");
  }

  @Override
  public String location() {
    return store.location();
  }

  @Override
  public Optional<Entry> stat(String key) throws IOException {
    return store.stat(key);
  }

  @Override
  public ImageSource open(Entry entry) {
    return store.open(entry);
  }

  @Override
  public String put(String key, ImageSource content, Attributes attributes, Condition condition)
      throws IOException {
    return store.put(key, content, attributes, condition);
  }

  @Override
  public void delete(String key) throws IOException {
    store.delete(key);
  }

  @Override
  public Stream<Entry> list(String prefix, String after) throws IOException {
    return store.list(prefix, after);
  }
}
