package dev.miniatura.lambda;

import dev.miniatura.ImageSource;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.MemoryImageStore;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;

/** A store in memory that says it is elsewhere, and of which a part can be out of order. */
class NamedStore implements ImageStore {

  private final String location;
  private final MemoryImageStore objects = MemoryImageStore.create();

  NamedStore(String location) {
    this.location = location;
  }

  @Override
  public String location() {
    return location;
  }

  @Override
  public Optional<Entry> stat(String key) throws IOException {
    return objects.stat(key);
  }

  @Override
  public ImageSource open(Entry entry) {
    return objects.open(entry);
  }

  @Override
  public String put(String key, ImageSource content, Attributes attributes, Condition condition)
      throws IOException {
    return objects.put(key, content, attributes, condition);
  }

  @Override
  public void delete(String key) throws IOException {
    objects.delete(key);
  }

  @Override
  public Stream<Entry> list(String prefix, String after) throws IOException {
    return objects.list(prefix, after);
  }
}
