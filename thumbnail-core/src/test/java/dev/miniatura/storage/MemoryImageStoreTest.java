package dev.miniatura.storage;

import dev.miniatura.testing.ImageStoreContract;

class MemoryImageStoreTest extends ImageStoreContract {

  @Override
  protected ImageStore createStore() {
    return MemoryImageStore.create();
  }
}
