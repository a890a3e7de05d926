package dev.miniatura.storage;

import dev.miniatura.storage.testkit.ImageStoreContract;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

class FileImageStoreContractTest extends ImageStoreContract {

  @TempDir private Path folder;

  @Override
  public ImageStore createStore() {
    return FileImageStore.of(folder.resolve("root"));
  }

  @Override
  public Set<Deviation> deviations() {
    return EnumSet.of(Deviation.OBJECT_HIDES_KEYS_BELOW);
  }

  @Override
  public boolean mayRefuse(String key) {
    return !FileKeys.of(folder).isKey(key);
  }

  @Override
  public int manyObjects() {
    return 300; // there are no pages
  }
}
