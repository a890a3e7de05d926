package dev.miniatura.storage.testkit;

import static dev.miniatura.storage.testkit.ImageStoreContract.Deviation.CONDITIONS_NOT_ATOMIC;
import static dev.miniatura.storage.testkit.ImageStoreContract.Deviation.NO_CONDITION_ON_ABSENCE;
import static dev.miniatura.storage.testkit.ImageStoreContract.Deviation.NO_CONDITION_ON_VERSION;
import static dev.miniatura.storage.testkit.StoreUnderTest.content;
import static dev.miniatura.storage.testkit.StoreUnderTest.kindOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Condition;
import dev.miniatura.storage.ImageStore.Entry;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Conditional writes, and concurrent writers. */
interface ConditionContract extends StoreUnderTest {

  @Test
  default void put_ifAbsent_writesOnlyOnce() throws IOException {
    skipIf(NO_CONDITION_ON_ABSENCE);
    String version = store().put("a", content("one"), Attributes.none(), Condition.absent());
    assertThat(
            kindOf(() -> store().put("a", content("two"), Attributes.none(), Condition.absent())))
        .isEqualTo(Kind.CONFLICT);
    assertThat(read("a")).isEqualTo("one");
    assertThat(store().stat("a").orElseThrow().version()).isEqualTo(version);
  }

  @Test
  default void put_ifUnchanged_writesOnlyOverThatVersion() throws IOException {
    skipIf(NO_CONDITION_ON_VERSION);
    String first = put("a", "one");
    String second = store().put("a", content("two"), JPEG, Condition.unchanged(first));
    assertThat(kindOf(() -> store().put("a", content("three"), JPEG, Condition.unchanged(first))))
        .isEqualTo(Kind.CONFLICT);
    assertThat(read("a")).isEqualTo("two");
    store().put("a", content("four"), JPEG, Condition.unchanged(second));
    assertThat(read("a")).isEqualTo("four");
  }

  @Test
  default void put_ifUnchangedButDeleted_isAConflict() throws IOException {
    skipIf(NO_CONDITION_ON_VERSION);
    String version = put("a", "one");
    store().delete("a");
    Kind kind = kindOf(() -> store().put("a", content("two"), JPEG, Condition.unchanged(version)));
    assertThat(kind).isIn(Kind.CONFLICT, Kind.NOT_FOUND);
    assertThat(store().stat("a")).isEmpty();
  }

  @Test
  default void put_byManyWithTheSameCondition_succeedsOnce() throws Exception {
    skipIf(CONDITIONS_NOT_ATOMIC);
    skipIf(NO_CONDITION_ON_ABSENCE);
    for (int round = 0; round < 5; round++) {
      String key = "race-" + round;
      List<Callable<Boolean>> writers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String content = "writer " + i;
        writers.add(
            () -> {
              try {
                store().put(key, content(content), JPEG, Condition.absent());
                return true;
              } catch (StoreException e) {
                assertThat(e.kind()).isEqualTo(Kind.CONFLICT);
                return false;
              }
            });
      }
      assertThat(together(writers).stream().filter(won -> won)).hasSize(1);
    }
  }

  @Test
  default void put_byManyThreads_keepsEveryObjectWhole() throws Exception {
    List<Callable<String>> writers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      String letter = String.valueOf((char) ('a' + i));
      writers.add(
          () -> {
            for (int round = 0; round < 5; round++) {
              put("shared", letter.repeat(50_000));
              put("own/" + letter, letter);
              assertThat(read("own/" + letter)).isEqualTo(letter);
            }
            return letter;
          });
    }
    together(writers);
    String shared = read("shared");
    assertThat(shared).isEqualTo(shared.substring(0, 1).repeat(50_000));
    assertThat(keys("own/", "")).hasSize(16);
  }

  private static <T> List<T> together(List<Callable<T>> calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(calls.size());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } finally {
      threads.shutdown();
    }
  }

  @Test
  default void condition_holds_saysWhatItsNameSays() {
    Entry entry = new Entry("a", 1, "v", Instant.EPOCH, Attributes.none());
    assertThat(Condition.always().holds(Optional.empty())).isTrue();
    assertThat(Condition.always().holds(Optional.of(entry))).isTrue();
    assertThat(Condition.absent().holds(Optional.empty())).isTrue();
    assertThat(Condition.absent().holds(Optional.of(entry))).isFalse();
    assertThat(Condition.unchanged("v").holds(Optional.empty())).isFalse();
    assertThat(Condition.unchanged("v").holds(Optional.of(entry))).isTrue();
    assertThat(Condition.unchanged("w").holds(Optional.of(entry))).isFalse();
  }
}
