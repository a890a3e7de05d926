package dev.miniatura.http;

import dev.miniatura.ImageSource;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.testkit.ForwardingImageStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A store that logs its calls and runs a hook before each. */
final class WatchedStore extends ForwardingImageStore {

  /** What to run, given {@code "put a.jpg"} and the like. */
  interface Hook {
    void before(String call) throws IOException;
  }

  final List<String> calls = new CopyOnWriteArrayList<>();
  private volatile Hook hook = call -> {};

  WatchedStore(ImageStore store) {
    super(store);
  }

  void before(Hook run) {
    hook = run;
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
    return super.list(prefix, after);
  }
}
