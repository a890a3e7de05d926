package dev.miniatura.storage;

import dev.miniatura.storage.testkit.ImageStoreContract;

class MemoryImageStoreTest extends ImageStoreContract {

  @Override
  public ImageStore createStore() {
    return MemoryImageStore.create();
  }
}
