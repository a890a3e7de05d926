package dev.miniatura.lambda;

import dev.miniatura.storage.MemoryImageStore;
import dev.miniatura.storage.testkit.ForwardingImageStore;

/** An in-memory store that reports another location, and part of which can be out of order. */
class NamedStore extends ForwardingImageStore {

  private final String location;

  NamedStore(String location) {
    super(MemoryImageStore.create());
    this.location = location;
  }

  @Override
  public String location() {
    return location;
  }
}
