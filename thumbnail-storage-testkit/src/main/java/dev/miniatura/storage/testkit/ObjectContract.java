package dev.miniatura.storage.testkit;

import static dev.miniatura.storage.testkit.ImageStoreContract.Deviation.OPENS_ANY_VERSION;
import static dev.miniatura.storage.testkit.ImageStoreContract.Deviation.VERSION_IS_CONTENT;
import static dev.miniatura.storage.testkit.StoreUnderTest.contentOf;
import static dev.miniatura.storage.testkit.StoreUnderTest.kindOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.ImageSource;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Entry;
import dev.miniatura.storage.ImageStore.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writing objects and reading them back. */
interface ObjectContract extends StoreUnderTest {

  @Test
  default void put_newKey_canBeReadBack() throws IOException {
    put("a.jpg", "one");
    assertThat(read("a.jpg")).isEqualTo("one");
  }

  @Test
  default void put_existingKey_replacesTheObject() throws IOException {
    put("a.jpg", "one, and longer");
    put("a.jpg", "two");
    assertThat(read("a.jpg")).isEqualTo("two");
    assertThat(keys("", "")).containsExactly("a.jpg");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4096, 65_536, 8_388_608 + 1})
  default void put_anyLength_isKeptByteForByte(int length) throws IOException {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    store().put("a", ImageSource.of(content), Attributes.none());
    assertThat(store().stat("a").orElseThrow().size()).isEqualTo(length);
    ImageSource source = store().open("a");
    assertThat(source.length().orElse(length)).isEqualTo(length);
    try (InputStream stream = source.open()) {
      assertThat(Arrays.equals(stream.readAllBytes(), content)).isTrue();
    }
  }

  @Test
  default void put_contentOfUnknownLength_isKept() throws IOException {
    byte[] content = new byte[100_000];
    new Random(1).nextBytes(content);
    ImageSource unknownLength = () -> ImageSource.of(content).open();
    store().put("a", unknownLength, JPEG);
    try (InputStream stream = store().open("a").open()) {
      assertThat(Arrays.equals(stream.readAllBytes(), content)).isTrue();
    }
  }

  @Test
  default void put_contentThatBreaksOff_leavesWhatWasThere() throws IOException {
    put("old", "one");
    ImageSource broken =
        () ->
            new SequenceInputStream(
                new ByteArrayInputStream(new byte[100_000]), new BrokenStream());
    for (String key : List.of("old", "new")) {
      assertThatThrownBy(() -> store().put(key, broken, Attributes.none()))
          .isInstanceOf(IOException.class);
    }
    assertThat(read("old")).isEqualTo("one");
    assertThat(store().stat("new")).isEmpty();
    assertThat(keys("", "")).containsExactly("old");
  }

  @Test
  default void statAll_someThere_returnsThoseWithAttributes() throws IOException {
    for (String key : List.of("a/b.jpg.large.png", "a/b.jpg.small.png", "a/b.jpg.small.png.more")) {
      store().put(key, ImageSource.of(new byte[key.length()]), Attributes.none());
    }
    Set<String> keys =
        Set.of("a/b.jpg.small.png", "a/b.jpg.small.jpg", "a/b.jpg.large.png", "a/b.jpg.x");
    Map<String, Entry> there = store().statAll(keys);
    assertThat(there).containsOnlyKeys("a/b.jpg.large.png", "a/b.jpg.small.png");
    for (Map.Entry<String, Entry> each : there.entrySet()) {
      assertThat(store().stat(each.getKey())).contains(each.getValue());
    }
    assertThat(store().statAll(Set.of("a/b.jpg.large.png", "other"))).hasSize(1);
    assertThat(store().statAll(Set.of())).isEmpty();
  }

  @Test
  default void stat_absentKey_isEmpty() throws IOException {
    put("a/b.jpg", "one");
    for (String key : List.of("b", "a", "a/b", "a/c.jpg", "c/b.jpg")) {
      assertThat(store().stat(key)).as(key).isEmpty();
    }
  }

  @Test
  default void stat_keyBelowAnObject_isEmpty() throws IOException {
    put("a", "one");
    assertThat(store().stat("a/b")).isEmpty();
  }

  @Test
  default void stat_object_tellsKeySizeAndTime() throws IOException {
    put("a.jpg", "four");
    Entry entry = store().stat("a.jpg").orElseThrow();
    assertThat(entry.key()).isEqualTo("a.jpg");
    assertThat(entry.size()).isEqualTo(4);
    assertThat(Duration.between(entry.lastModified(), Instant.now()).abs())
        .isLessThan(Duration.ofMinutes(5));
  }

  @Test
  default void version_ofObject_isWhatPutReturnedUntilTheNextPut() throws IOException {
    String first = put("a", "one");
    assertThat(store().stat("a").orElseThrow().version()).isEqualTo(first).isNotEmpty();
    assertThat(store().stat("a").orElseThrow().version()).isEqualTo(first);
    String second = put("a", "two");
    assertThat(second).isNotEqualTo(first);
    assertThat(store().stat("a").orElseThrow().version()).isEqualTo(second);
  }

  @Test
  default void version_afterManyQuickWritesOfOneLength_isNewEachTime() throws IOException {
    List<String> versions = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      versions.add(put("a", "content " + (char) ('a' + i)));
    }
    assertThat(versions).doesNotHaveDuplicates();
  }

  @Test
  default void version_ofSameContentWrittenAgain_isNew() throws IOException {
    skipIf(VERSION_IS_CONTENT);
    assertThat(put("a", "one")).isNotEqualTo(put("a", "one"));
  }

  @Test
  default void open_absentKey_reportsNotFound() throws IOException {
    assertThat(kindOf(() -> store().open("absent"))).isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  default void open_twice_readsFromTheStartEachTime() throws IOException {
    put("a", "one");
    ImageSource source = store().open("a");
    try (InputStream stream = source.open()) {
      assertThat(stream.read()).isEqualTo('o');
      assertThat(contentOf(source)).isEqualTo("one");
      assertThat(stream.read()).isEqualTo('n');
    }
  }

  @Test
  default void open_closedEarly_doesNoHarm() throws IOException {
    store().put("a", ImageSource.of(new byte[2_000_000]), JPEG);
    for (int i = 0; i < 20; i++) {
      try (InputStream stream = store().open("a").open()) {
        assertThat(stream.read()).isZero();
      }
    }
  }

  @Test
  default void open_entryDeletedSince_reportsNotFound() throws IOException {
    put("a", "one");
    ImageSource source = store().open("a");
    store().delete("a");
    assertThat(kindOf(() -> contentOf(source))).isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  default void open_entryReplacedSince_reportsConflict() throws IOException {
    skipIf(OPENS_ANY_VERSION);
    put("a", "one");
    ImageSource source = store().open("a");
    put("a", "two");
    assertThat(kindOf(() -> contentOf(source))).isEqualTo(Kind.CONFLICT);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3_000_000})
  default void fetch_objectAsTold_isItsEntryAndContent(int length) throws IOException {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    store().put("a.jpg", ImageSource.of(content), JPEG);
    Entry entry = store().stat("a.jpg").orElseThrow();
    ImageStore.Fetched fetched = store().fetch(told(entry, entry.version(), length));
    assertThat(fetched.entry()).isEqualTo(entry);
    for (int time = 0; time < 2; time++) {
      try (InputStream stream = fetched.content().open()) {
        assertThat(Arrays.equals(stream.readAllBytes(), content)).isTrue();
      }
    }
  }

  @Test
  default void fetch_objectNotAsTold_reportsConflictOrNotFound() throws IOException {
    put("a.jpg", "one");
    Entry old = store().stat("a.jpg").orElseThrow();
    assertThat(kindOf(() -> store().fetch(told(old, old.version(), 4)))).isEqualTo(Kind.CONFLICT);
    put("a.jpg", "two!");
    assertThat(kindOf(() -> store().fetch(old))).isEqualTo(Kind.CONFLICT);
    store().delete("a.jpg");
    assertThat(kindOf(() -> store().fetch(old))).isEqualTo(Kind.NOT_FOUND);
  }

  private static Entry told(Entry entry, String version, long size) {
    return new Entry(entry.key(), size, version, Instant.EPOCH, Attributes.none());
  }

  @Test
  default void open_whileReplaced_keepsReadingTheOldVersion() throws IOException {
    byte[] old = new byte[300_000];
    Arrays.fill(old, (byte) 1);
    store().put("a", ImageSource.of(old), JPEG);
    try (InputStream stream = store().open("a").open()) {
      assertThat(stream.read()).isEqualTo(1);
      store().put("a", ImageSource.of(new byte[300_000]), JPEG);
      byte[] rest = stream.readAllBytes();
      assertThat(rest).hasSize(299_999).containsOnly(1);
    }
  }

  @Test
  default void location_ofStore_isAStablePrefix() throws IOException {
    assertThat(store().location()).endsWith("/").contains(":");
    String before = store().location();
    put("a", "one");
    assertThat(store().location()).isEqualTo(before);
  }
}
