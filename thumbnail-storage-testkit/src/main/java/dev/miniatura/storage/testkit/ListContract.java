package dev.miniatura.storage.testkit;

import static dev.miniatura.storage.testkit.ImageStoreContract.Deviation.OBJECT_HIDES_KEYS_BELOW;
import static dev.miniatura.storage.testkit.ImageStoreContract.Deviation.OTHER_ORDER_ABOVE_BASIC_PLANE;
import static dev.miniatura.storage.testkit.ImageStoreContract.Deviation.REFUSES_STRANGE_PREFIXES;
import static dev.miniatura.storage.testkit.StoreUnderTest.contentOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.storage.ImageStore.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Listing and deleting. */
interface ListContract extends StoreUnderTest {

  @Test
  default void list_emptyStore_isEmpty() throws IOException {
    assertThat(keys("", "")).isEmpty();
    assertThat(keys("a/b", "")).isEmpty();
  }

  @Test
  default void list_entries_tellSizeAndVersion() throws IOException {
    String version = put("a/b", "four");
    try (Stream<Entry> entries = store().list("")) {
      Entry entry = entries.findFirst().orElseThrow();
      assertThat(entry.size()).isEqualTo(4);
      assertThat(entry.version()).isEqualTo(version);
      assertThat(contentOf(store().open(entry))).isEqualTo("four");
    }
  }

  @Test
  default void list_anyPrefix_isComparedAsText() throws IOException {
    List<String> all = List.of("a", "ab/c", "ab/cd", "ab/d/e", "abc", "b");
    for (String key : all) {
      put(key, "x");
    }
    for (String prefix :
        List.of("", "a", "ab", "ab/", "ab/c", "ab/d/", "ab/d/e", "b", "c", "ab/x")) {
      assertThat(keys(prefix, ""))
          .as(prefix)
          .containsExactlyElementsOf(all.stream().filter(k -> k.startsWith(prefix)).toList());
    }
  }

  @Test
  default void list_prefixThatNoKeyHas_isEmpty() throws IOException {
    skipIf(REFUSES_STRANGE_PREFIXES);
    put("a/b", "one");
    for (String prefix : List.of("a//", "/a", "../", "a/../a/", "./a", "a/./", "//")) {
      assertThat(keys(prefix, "")).as(prefix).isEmpty();
    }
  }

  @Test
  default void list_after_resumesBehindThatKey() throws IOException {
    List<String> all = List.of("a", "a-b", "ab/c", "ab/d", "ab/d0", "ab0", "b/c/d", "c");
    for (String key : all) {
      put(key, "x");
    }
    for (String after :
        List.of("a", "a-b", "ab", "ab/", "ab/c", "ab/cc", "ab/d", "ab/z", "b", "z")) {
      for (String prefix : List.of("", "a", "ab/", "b")) {
        assertThat(keys(prefix, after))
            .as("%s after %s", prefix, after)
            .containsExactlyElementsOf(
                all.stream()
                    .filter(key -> key.startsWith(prefix) && key.compareTo(after) > 0)
                    .toList());
      }
    }
  }

  @Test
  default void list_keys_areInOrderOfTheirBytes() throws IOException {
    List<String> ordered =
        new ArrayList<>(
            List.of("!", "+", "-", "a", "a b/c", "a!/b", "a/b", "a0", "aa/b", "b", "z", "~"));
    ordered.add("é");
    ordered.add("日本");
    if (!deviations().contains(OTHER_ORDER_ABOVE_BASIC_PLANE)) {
      ordered.add("\uFF21"); // after every surrogate as UTF-16, before them as UTF-8
      ordered.add("\uD83D\uDCF7");
    }
    if (deviations().contains(OBJECT_HIDES_KEYS_BELOW)) {
      ordered.remove("a");
    }
    List<String> shuffled = new ArrayList<>(ordered);
    Collections.shuffle(shuffled, new Random(7));
    for (String key : shuffled) {
      put(key, "x");
    }
    assertThat(keys("", "")).containsExactlyElementsOf(ordered);
  }

  @Test
  default void list_moreThanOnePage_listsEverythingOnce() throws IOException {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < manyObjects(); i++) {
      String key = String.format("many/%02d/%05d", i % 7, i);
      put(key, "x");
      expected.add(key);
    }
    Collections.sort(expected);
    assertThat(keys("many/", "")).isEqualTo(expected);
    String middle = expected.get(expected.size() / 2);
    assertThat(keys("many/", middle)).hasSize(expected.size() - expected.size() / 2 - 1);
  }

  @Test
  default void list_whileObjectsAreDeleted_doesNotFail() throws IOException {
    for (int i = 0; i < 20; i++) {
      put("a/" + (char) ('a' + i) + "/x", "x");
    }
    List<String> seen = new ArrayList<>();
    try (Stream<Entry> entries = store().list("a/")) {
      for (Iterator<Entry> i = entries.iterator(); i.hasNext(); ) {
        String key = i.next().key();
        seen.add(key);
        store().delete(key);
      }
    }
    assertThat(seen).doesNotHaveDuplicates().hasSize(20);
    assertThat(keys("", "")).isEmpty();
  }

  @Test
  default void delete_object_removesOnlyIt() throws IOException {
    put("a/b", "one");
    put("a/c", "two");
    store().delete("a/b");
    assertThat(store().stat("a/b")).isEmpty();
    assertThat(keys("", "")).containsExactly("a/c");
  }

  @Test
  default void delete_absentKey_doesNothing() throws IOException {
    put("a/b", "one");
    store().delete("absent");
    store().delete("a");
    store().delete("a/b/c");
    store().delete("c/d/e");
    assertThat(keys("", "")).containsExactly("a/b");
  }
}
