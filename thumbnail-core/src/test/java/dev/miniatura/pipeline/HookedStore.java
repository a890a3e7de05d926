package dev.miniatura.pipeline;

import dev.miniatura.ImageSource;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.testkit.ForwardingImageStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A store that logs its calls and runs a hook before each. */
final class HookedStore extends ForwardingImageStore {

  /** What to run, given {@code "put a.jpg"} and the like. */
  interface Hook {
    void before(String call) throws IOException;
  }

  final List<String> calls = new CopyOnWriteArrayList<>();

  /** The keys of each lookup of several objects, without empty lookups. */
  final List<Collection<String>> lookups = new CopyOnWriteArrayList<>();

  private volatile Hook hook = call -> {};

  HookedStore(ImageStore store) {
    super(store);
  }

  void before(Hook hook) {
    this.hook = hook;
  }

  private void call(String call) throws IOException {
    calls.add(call);
    hook.before(call);
  }

  @Override
  public Optional<Entry> stat(String key) throws IOException {
    call("stat " + key);
    return super.stat(key);
  }

  @Override
  public Map<String, Entry> statAll(Collection<String> keys) throws IOException {
    if (!keys.isEmpty()) {
      lookups.add(List.copyOf(keys));
    }
    return super.statAll(keys);
  }

  @Override
  public Fetched fetch(Entry told) throws IOException {
    calls.add("fetch " + told.key());
    return super.fetch(told);
  }

  @Override
  public ImageSource open(Entry entry) {
    return () -> {
      call("open " + entry.key());
      return super.open(entry).open();
    };
  }

  @Override
  public String put(String key, ImageSource content, Attributes attributes, Condition condition)
      throws IOException {
    call("put " + key);
    return super.put(key, content, attributes, condition);
  }

  @Override
  public void delete(String key) throws IOException {
    call("delete " + key);
    super.delete(key);
  }

  @Override
  public Stream<Entry> list(String prefix, String after) throws IOException {
    call("list " + prefix);
    Stream<Entry> entries = super.list(prefix, after);
    return Stream.of(entries)
        .flatMap(
            page -> {
              try {
                hook.before("page of " + prefix);
                return page;
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .onClose(entries::close);
  }
}
