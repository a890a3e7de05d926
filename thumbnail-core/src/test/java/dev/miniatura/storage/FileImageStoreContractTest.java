package dev.miniatura.storage;

import dev.miniatura.testing.ImageStoreContract;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

class FileImageStoreContractTest extends ImageStoreContract {

  @TempDir private Path folder;

  @Override
  protected ImageStore createStore() {
    return FileImageStore.of(folder.resolve("root"));
  }

  @Override
  protected Set<Deviation> deviations() {
    return EnumSet.of(Deviation.OBJECT_HIDES_KEYS_BELOW);
  }

  @Override
  protected boolean mayRefuse(String key) {
    return !FileKeys.of(folder).isKey(key);
  }

  @Override
  protected int manyObjects() {
    return 300; // there are no pages
  }
}
