package dev.miniatura.storage.testkit;

import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.MemoryImageStore;

class ForwardingImageStoreTest extends ImageStoreContract {

  @Override
  public ImageStore createStore() {
    return new ForwardingImageStore(MemoryImageStore.create());
  }
}
