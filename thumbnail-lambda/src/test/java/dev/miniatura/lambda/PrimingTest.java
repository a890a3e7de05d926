package dev.miniatura.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.pipeline.Outcome;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.crac.Core;
import org.junit.jupiter.api.Test;

class PrimingTest {

  private static final Configuration CONFIGURATION =
      Configuration.of(
          Map.of(
              "MINIATURA_SOURCE", "s3://photos/in/",
              "MINIATURA_DESTINATION", "s3://thumbs/out/",
              "MINIATURA_SPECS", "small=fit:32x32"));

  private final List<String> calls = new ArrayList<>();

  private final class AskedStore extends NamedStore {
    private final boolean broken;

    AskedStore(String location, boolean broken) {
      super(location);
      this.broken = broken;
    }

    @Override
    public Optional<Entry> stat(String key) throws IOException {
      calls.add(location() + key);
      if (broken) {
        throw new StoreException(Kind.ACCESS_DENIED, key);
      }
      return super.stat(key);
    }
  }

  private Priming priming(boolean broken) {
    return new Priming(
        CONFIGURATION,
        new Stores(
            new AskedStore("s3://photos/", broken),
            new AskedStore("s3://thumbs/", false),
            Optional.of(
                (source, outcome, seen) -> {
                  assertThat(source).isEmpty();
                  assertThat(outcome).isInstanceOf(Outcome.Removed.class);
                  calls.add(outcome.source());
                })));
  }

  @Test
  void beforeCheckpoint_asksForWhatIsNotThere() throws IOException {
    priming(false).beforeCheckpoint(Core.getGlobalContext());
    assertThat(calls)
        .containsExactly(
            "s3://photos/in/miniatura-priming",
            "s3://thumbs/out/miniatura-priming",
            "in/miniatura-priming");
  }

  @Test
  void beforeCheckpoint_bucketThatIsNotReady_isNoReasonNotToDeploy() throws IOException {
    priming(true).beforeCheckpoint(Core.getGlobalContext());
    assertThat(calls).containsExactly("s3://photos/in/miniatura-priming");
  }
}
