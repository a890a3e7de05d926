package dev.miniatura.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.miniatura.ImageSource;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Condition;
import dev.miniatura.storage.ImageStore.Entry;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link ImageStore} does. A subclass makes stores, and names what its store, or the
 * server behind it, is permitted to do otherwise; tests of that are skipped or relaxed.
 */
public abstract class ImageStoreContract {

  /** A way in which a store may fall short of the contract. */
  public enum Deviation {
    /** There cannot be both an object {@code a} and an object {@code a/b}. */
    OBJECT_HIDES_KEYS_BELOW,
    /** Attributes are not kept. */
    FORGETS_ATTRIBUTES,
    /** The cache control is not kept. */
    FORGETS_CACHE_CONTROL,
    /** Of several writers with the same condition, more than one may win. */
    CONDITIONS_NOT_ATOMIC,
    /** {@link Condition#unchanged} is not evaluated. */
    NO_CONDITION_ON_VERSION,
    /** {@link Condition#absent} is not evaluated. */
    NO_CONDITION_ON_ABSENCE,
    /** A source may read another version than the one it was opened for. */
    OPENS_ANY_VERSION,
    /** Keys are listed in an order of their own when they hold characters above U+FFFF. */
    OTHER_ORDER_ABOVE_BASIC_PLANE,
    /** Writing the same bytes again may leave the version as it was. */
    VERSION_IS_CONTENT,
    /** Listing a prefix that only strange keys have may fail. */
    REFUSES_STRANGE_PREFIXES,
  }

  private static final Attributes JPEG = Attributes.none().withContentType("image/jpeg");

  private ImageStore store;

  /** Returns a new, empty store, or an empty part of one. */
  protected abstract ImageStore createStore() throws IOException;

  /** Returns what the store is permitted to do otherwise. */
  protected Set<Deviation> deviations() {
    return EnumSet.noneOf(Deviation.class);
  }

  /**
   * Returns whether the store may fail on a key that is unusual, but text: with empty parts, {@code
   * .} or {@code ..}, control characters, or a part of a thousand bytes.
   */
  protected boolean mayRefuse(String key) {
    return false;
  }

  /** Returns whether the store may fail to list the keys with this prefix. */
  protected boolean mayRefusePrefix(String prefix) {
    return false;
  }

  /** Returns how many objects the paging test lists; more than fit on one page of the store. */
  protected int manyObjects() {
    return 2_100;
  }

  @BeforeEach
  void makeStore() throws IOException {
    store = createStore();
  }

  private void skipIf(Deviation deviation) {
    assumeFalse(deviations().contains(deviation), "permitted deviation " + deviation);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private String put(String key, String content) throws IOException {
    return store.put(key, ImageSource.of(bytes(content)), Attributes.none());
  }

  private String read(String key) throws IOException {
    return read(store.open(key));
  }

  private static String read(ImageSource source) throws IOException {
    try (InputStream stream = source.open()) {
      return new String(stream.readAllBytes(), UTF_8);
    }
  }

  private List<String> keys(String prefix, String after) throws IOException {
    try (Stream<Entry> entries = store.list(prefix, after)) {
      return entries.map(Entry::key).toList();
    }
  }

  private static Kind kindOf(Callable<?> call) {
    try {
      call.call();
    } catch (StoreException e) {
      return e.kind();
    } catch (Exception e) {
      throw new AssertionError("not a StoreException", e);
    }
    throw new AssertionError("nothing was thrown");
  }

  // put, stat, open

  @Test
  void put_newKey_canBeReadBack() throws IOException {
    put("a.jpg", "one");
    assertThat(read("a.jpg")).isEqualTo("one");
  }

  @Test
  void put_existingKey_replacesTheObject() throws IOException {
    put("a.jpg", "one, and longer");
    put("a.jpg", "two");
    assertThat(read("a.jpg")).isEqualTo("two");
    assertThat(keys("", "")).containsExactly("a.jpg");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4096, 65_536, 8_388_608 + 1})
  void put_anyLength_isKeptByteForByte(int length) throws IOException {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    store.put("a", ImageSource.of(content), Attributes.none());
    assertThat(store.stat("a").orElseThrow().size()).isEqualTo(length);
    ImageSource source = store.open("a");
    assertThat(source.length().orElse(length)).isEqualTo(length);
    try (InputStream stream = source.open()) {
      assertThat(Arrays.equals(stream.readAllBytes(), content)).isTrue();
    }
  }

  @Test
  void put_contentOfUnknownLength_isKept() throws IOException {
    byte[] content = new byte[100_000];
    new Random(1).nextBytes(content);
    ImageSource unknownLength = () -> ImageSource.of(content).open();
    store.put("a", unknownLength, JPEG);
    try (InputStream stream = store.open("a").open()) {
      assertThat(Arrays.equals(stream.readAllBytes(), content)).isTrue();
    }
  }

  @Test
  void put_contentThatBreaksOff_leavesWhatWasThere() throws IOException {
    put("old", "one");
    ImageSource broken =
        () ->
            new SequenceInputStream(
                new ByteArrayInputStream(new byte[100_000]), new BrokenStream());
    for (String key : List.of("old", "new")) {
      assertThatThrownBy(() -> store.put(key, broken, Attributes.none()))
          .isInstanceOf(IOException.class);
    }
    assertThat(read("old")).isEqualTo("one");
    assertThat(store.stat("new")).isEmpty();
    assertThat(keys("", "")).containsExactly("old");
  }

  @Test
  void statAll_someThere_returnsThoseWithAttributes() throws IOException {
    for (String key : List.of("a/b.jpg.large.png", "a/b.jpg.small.png", "a/b.jpg.small.png.more")) {
      store.put(key, ImageSource.of(new byte[key.length()]), Attributes.none());
    }
    Set<String> keys =
        Set.of("a/b.jpg.small.png", "a/b.jpg.small.jpg", "a/b.jpg.large.png", "a/b.jpg.x");
    Map<String, Entry> there = store.statAll(keys);
    assertThat(there).containsOnlyKeys("a/b.jpg.large.png", "a/b.jpg.small.png");
    for (Map.Entry<String, Entry> each : there.entrySet()) {
      assertThat(store.stat(each.getKey())).contains(each.getValue());
    }
    assertThat(store.statAll(Set.of("a/b.jpg.large.png", "other"))).hasSize(1);
    assertThat(store.statAll(Set.of())).isEmpty();
  }

  @Test
  void stat_absentKey_isEmpty() throws IOException {
    put("a/b.jpg", "one");
    for (String key : List.of("b", "a", "a/b", "a/c.jpg", "c/b.jpg")) {
      assertThat(store.stat(key)).as(key).isEmpty();
    }
  }

  @Test
  void stat_keyBelowAnObject_isEmpty() throws IOException {
    put("a", "one");
    assertThat(store.stat("a/b")).isEmpty();
  }

  @Test
  void stat_object_tellsKeySizeAndTime() throws IOException {
    put("a.jpg", "four");
    Entry entry = store.stat("a.jpg").orElseThrow();
    assertThat(entry.key()).isEqualTo("a.jpg");
    assertThat(entry.size()).isEqualTo(4);
    assertThat(Duration.between(entry.lastModified(), Instant.now()).abs())
        .isLessThan(Duration.ofMinutes(5));
  }

  @Test
  void version_ofObject_isWhatPutReturnedUntilTheNextPut() throws IOException {
    String first = put("a", "one");
    assertThat(store.stat("a").orElseThrow().version()).isEqualTo(first).isNotEmpty();
    assertThat(store.stat("a").orElseThrow().version()).isEqualTo(first);
    String second = put("a", "two");
    assertThat(second).isNotEqualTo(first);
    assertThat(store.stat("a").orElseThrow().version()).isEqualTo(second);
  }

  @Test
  void version_afterManyQuickWritesOfOneLength_isNewEachTime() throws IOException {
    List<String> versions = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      versions.add(put("a", "content " + (char) ('a' + i)));
    }
    assertThat(versions).doesNotHaveDuplicates();
  }

  @Test
  void version_ofSameContentWrittenAgain_isNew() throws IOException {
    skipIf(Deviation.VERSION_IS_CONTENT);
    assertThat(put("a", "one")).isNotEqualTo(put("a", "one"));
  }

  @Test
  void open_absentKey_reportsNotFound() throws IOException {
    assertThat(kindOf(() -> store.open("absent"))).isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  void open_twice_readsFromTheStartEachTime() throws IOException {
    put("a", "one");
    ImageSource source = store.open("a");
    try (InputStream stream = source.open()) {
      assertThat(stream.read()).isEqualTo('o');
      assertThat(read(source)).isEqualTo("one");
      assertThat(stream.read()).isEqualTo('n');
    }
  }

  @Test
  void open_closedEarly_doesNoHarm() throws IOException {
    store.put("a", ImageSource.of(new byte[2_000_000]), JPEG);
    for (int i = 0; i < 20; i++) {
      try (InputStream stream = store.open("a").open()) {
        assertThat(stream.read()).isZero();
      }
    }
  }

  @Test
  void open_entryDeletedSince_reportsNotFound() throws IOException {
    put("a", "one");
    ImageSource source = store.open("a");
    store.delete("a");
    assertThat(kindOf(() -> read(source))).isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  void open_entryReplacedSince_reportsConflict() throws IOException {
    skipIf(Deviation.OPENS_ANY_VERSION);
    put("a", "one");
    ImageSource source = store.open("a");
    put("a", "two");
    assertThat(kindOf(() -> read(source))).isEqualTo(Kind.CONFLICT);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3_000_000})
  void fetch_objectAsTold_isItsEntryAndContent(int length) throws IOException {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    store.put("a.jpg", ImageSource.of(content), JPEG);
    Entry entry = store.stat("a.jpg").orElseThrow();
    ImageStore.Fetched fetched = store.fetch(told(entry, entry.version(), length));
    assertThat(fetched.entry()).isEqualTo(entry);
    for (int time = 0; time < 2; time++) {
      try (InputStream stream = fetched.content().open()) {
        assertThat(Arrays.equals(stream.readAllBytes(), content)).isTrue();
      }
    }
  }

  @Test
  void fetch_objectNotAsTold_reportsConflictOrNotFound() throws IOException {
    put("a.jpg", "one");
    Entry old = store.stat("a.jpg").orElseThrow();
    assertThat(kindOf(() -> store.fetch(told(old, old.version(), 4)))).isEqualTo(Kind.CONFLICT);
    put("a.jpg", "two!");
    assertThat(kindOf(() -> store.fetch(old))).isEqualTo(Kind.CONFLICT);
    store.delete("a.jpg");
    assertThat(kindOf(() -> store.fetch(old))).isEqualTo(Kind.NOT_FOUND);
  }

  private static Entry told(Entry entry, String version, long size) {
    return new Entry(entry.key(), size, version, Instant.EPOCH, Attributes.none());
  }

  @Test
  void open_whileReplaced_keepsReadingTheOldVersion() throws IOException {
    byte[] old = new byte[300_000];
    Arrays.fill(old, (byte) 1);
    store.put("a", ImageSource.of(old), JPEG);
    try (InputStream stream = store.open("a").open()) {
      assertThat(stream.read()).isEqualTo(1);
      store.put("a", ImageSource.of(new byte[300_000]), JPEG);
      byte[] rest = stream.readAllBytes();
      assertThat(rest).hasSize(299_999).containsOnly(1);
    }
  }

  // Attributes

  @Test
  void attributes_ofObject_areKept() throws IOException {
    skipIf(Deviation.FORGETS_ATTRIBUTES);
    Attributes attributes =
        JPEG.withMetadata(
            Map.of("miniatura-spec", "0f 1e\"=;,%:\\", "x", "1", "a-much-longer-name", "~!#'"));
    put("a", "before");
    store.put("a", ImageSource.of(bytes("one")), attributes);
    assertThat(store.stat("a").orElseThrow().attributes().contentType()).contains("image/jpeg");
    assertThat(store.stat("a").orElseThrow().attributes().metadata())
        .isEqualTo(attributes.metadata());
  }

  @Test
  void attributes_cacheControl_isKept() throws IOException {
    skipIf(Deviation.FORGETS_ATTRIBUTES);
    skipIf(Deviation.FORGETS_CACHE_CONTROL);
    Attributes attributes = JPEG.withCacheControl("public, max-age=31536000, immutable");
    store.put("a", ImageSource.of(bytes("one")), attributes);
    assertThat(store.stat("a").orElseThrow().attributes()).isEqualTo(attributes);
  }

  @Test
  void attributes_asManyAsAllowed_areKept() throws IOException {
    skipIf(Deviation.FORGETS_ATTRIBUTES);
    Attributes attributes = JPEG.withMetadata(Map.of("name", "v".repeat(2_044)));
    store.put("a", ImageSource.of(bytes("one")), attributes);
    assertThat(store.stat("a").orElseThrow().attributes().metadata())
        .isEqualTo(attributes.metadata());
  }

  @Test
  void attributes_ofObjectWrittenAgain_areReplaced() throws IOException {
    store.put("a", ImageSource.of(bytes("one")), JPEG.withMetadata(Map.of("x", "1")));
    store.put("a", ImageSource.of(bytes("one")), Attributes.none());
    assertThat(store.stat("a").orElseThrow().attributes().metadata()).isEmpty();
  }

  @Test
  void attributes_ofObjectDeletedAndWrittenAgain_areNew() throws IOException {
    store.put("a", ImageSource.of(bytes("one")), JPEG.withMetadata(Map.of("x", "1")));
    store.delete("a");
    put("a", "one");
    assertThat(store.stat("a").orElseThrow().attributes().metadata()).isEmpty();
  }

  // Conditions

  @Test
  void put_ifAbsent_writesOnlyOnce() throws IOException {
    skipIf(Deviation.NO_CONDITION_ON_ABSENCE);
    String version =
        store.put("a", ImageSource.of(bytes("one")), Attributes.none(), Condition.absent());
    assertThat(
            kindOf(
                () ->
                    store.put(
                        "a", ImageSource.of(bytes("two")), Attributes.none(), Condition.absent())))
        .isEqualTo(Kind.CONFLICT);
    assertThat(read("a")).isEqualTo("one");
    assertThat(store.stat("a").orElseThrow().version()).isEqualTo(version);
  }

  @Test
  void put_ifUnchanged_writesOnlyOverThatVersion() throws IOException {
    skipIf(Deviation.NO_CONDITION_ON_VERSION);
    String first = put("a", "one");
    String second = store.put("a", ImageSource.of(bytes("two")), JPEG, Condition.unchanged(first));
    assertThat(
            kindOf(
                () ->
                    store.put(
                        "a", ImageSource.of(bytes("three")), JPEG, Condition.unchanged(first))))
        .isEqualTo(Kind.CONFLICT);
    assertThat(read("a")).isEqualTo("two");
    store.put("a", ImageSource.of(bytes("four")), JPEG, Condition.unchanged(second));
    assertThat(read("a")).isEqualTo("four");
  }

  @Test
  void put_ifUnchangedButDeleted_isAConflict() throws IOException {
    skipIf(Deviation.NO_CONDITION_ON_VERSION);
    String version = put("a", "one");
    store.delete("a");
    Kind kind =
        kindOf(
            () -> store.put("a", ImageSource.of(bytes("two")), JPEG, Condition.unchanged(version)));
    assertThat(kind).isIn(Kind.CONFLICT, Kind.NOT_FOUND);
    assertThat(store.stat("a")).isEmpty();
  }

  @Test
  void put_byManyWithTheSameCondition_succeedsOnce() throws Exception {
    skipIf(Deviation.CONDITIONS_NOT_ATOMIC);
    skipIf(Deviation.NO_CONDITION_ON_ABSENCE);
    for (int round = 0; round < 5; round++) {
      String key = "race-" + round;
      List<Callable<Boolean>> writers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String content = "writer " + i;
        writers.add(
            () -> {
              try {
                store.put(key, ImageSource.of(bytes(content)), JPEG, Condition.absent());
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
  void put_byManyThreads_keepsEveryObjectWhole() throws Exception {
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

  // Keys

  /** Keys that every store takes. */
  static List<String> plainKeys() {
    return List.of(
        "a",
        "photos/2024/may/a.jpg",
        "with space/and more .jpg",
        "plus+plus/a+b.jpg",
        "percent%20/100%.jpg",
        "ampersand&/semi;colon,comma/equals=.jpg",
        "q#hash/at@/dollar$/excl!/paren(1).jpg",
        "quote'/tilde~/caret^/[b]/{c}.jpg",
        "Łódź/日本語/صورة/фото.jpg",
        "e\u0301 decomposed and é composed",
        "emoji \uD83D\uDCF7/\uD83D\uDC69\u200D\uD83D\uDCBB.jpg",
        ".hidden/...three/..two",
        "UPPER/lower/MiXeD.JPG",
        "n".repeat(200) + "/" + "m".repeat(200));
  }

  /** Keys that any string rule would allow, and a file system does not. */
  static List<String> strangeKeys() {
    return List.of(
        "/leading",
        "//",
        "a//b",
        "trailing/",
        "./a",
        "a/../b",
        "..",
        "line\nfeed\r\ttab",
        "back\\slash?query=*|<>:\"",
        "\u0001control",
        "k".repeat(1024),
        "日".repeat(341));
  }

  @ParameterizedTest
  @MethodSource("plainKeys")
  void key_plain_isKeptAsItIs(String key) throws IOException {
    checkKey(key);
  }

  @ParameterizedTest
  @MethodSource("strangeKeys")
  void key_strange_isKeptAsItIs(String key) throws IOException {
    assumeFalse(mayRefuse(key), "permitted to refuse this key");
    checkKey(key);
  }

  private void checkKey(String key) throws IOException {
    put(key, key);
    assertThat(read(key)).isEqualTo(key);
    assertThat(store.stat(key).orElseThrow().key()).isEqualTo(key);
    assertThat(keys("", "")).containsExactly(key);
    if (!mayRefusePrefix(key)) {
      assertThat(keys(key, "")).containsExactly(key);
    }
    store.delete(key);
    assertThat(store.stat(key)).isEmpty();
    assertThat(keys("", "")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "unpaired \uD83D surrogate", "unpaired \uDCF7"})
  void key_thatIsNoText_isRefused(String key) throws IOException {
    assertThat(kindOf(() -> put(key, "one"))).isEqualTo(Kind.INVALID_KEY);
    assertThat(kindOf(() -> store.stat(key))).isEqualTo(Kind.INVALID_KEY);
    assertThat(
            kindOf(
                () -> {
                  store.delete(key);
                  return null;
                }))
        .isEqualTo(Kind.INVALID_KEY);
    assertThat(keys("", "")).isEmpty();
  }

  @Test
  void key_belowAnObject_isAnotherObject() throws IOException {
    skipIf(Deviation.OBJECT_HIDES_KEYS_BELOW);
    put("a", "one");
    put("a/b", "two");
    assertThat(read("a")).isEqualTo("one");
    assertThat(read("a/b")).isEqualTo("two");
  }

  @Test
  void key_inAnotherForm_isAnotherObject() throws IOException {
    put("a b", "one");
    put("a+b", "two");
    put("a%20b", "three");
    assertThat(read("a b")).isEqualTo("one");
    assertThat(read("a+b")).isEqualTo("two");
    assertThat(read("a%20b")).isEqualTo("three");
  }

  // delete

  @Test
  void delete_object_removesOnlyIt() throws IOException {
    put("a/b", "one");
    put("a/c", "two");
    store.delete("a/b");
    assertThat(store.stat("a/b")).isEmpty();
    assertThat(keys("", "")).containsExactly("a/c");
  }

  @Test
  void delete_absentKey_doesNothing() throws IOException {
    put("a/b", "one");
    store.delete("absent");
    store.delete("a");
    store.delete("a/b/c");
    store.delete("c/d/e");
    assertThat(keys("", "")).containsExactly("a/b");
  }

  // list

  @Test
  void list_emptyStore_isEmpty() throws IOException {
    assertThat(keys("", "")).isEmpty();
    assertThat(keys("a/b", "")).isEmpty();
  }

  @Test
  void list_entries_tellSizeAndVersion() throws IOException {
    String version = put("a/b", "four");
    try (Stream<Entry> entries = store.list("")) {
      Entry entry = entries.findFirst().orElseThrow();
      assertThat(entry.size()).isEqualTo(4);
      assertThat(entry.version()).isEqualTo(version);
      assertThat(read(store.open(entry))).isEqualTo("four");
    }
  }

  @Test
  void list_anyPrefix_isComparedAsText() throws IOException {
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
  void list_prefixThatNoKeyHas_isEmpty() throws IOException {
    skipIf(Deviation.REFUSES_STRANGE_PREFIXES);
    put("a/b", "one");
    for (String prefix : List.of("a//", "/a", "../", "a/../a/", "./a", "a/./", "//")) {
      assertThat(keys(prefix, "")).as(prefix).isEmpty();
    }
  }

  @Test
  void list_after_resumesBehindThatKey() throws IOException {
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
  void list_keys_areInOrderOfTheirBytes() throws IOException {
    List<String> ordered =
        new ArrayList<>(
            List.of("!", "+", "-", "a", "a b/c", "a!/b", "a/b", "a0", "aa/b", "b", "z", "~"));
    ordered.add("é");
    ordered.add("日本");
    if (!deviations().contains(Deviation.OTHER_ORDER_ABOVE_BASIC_PLANE)) {
      ordered.add("\uFF21"); // after every surrogate as UTF-16, before them as UTF-8
      ordered.add("\uD83D\uDCF7");
    }
    if (deviations().contains(Deviation.OBJECT_HIDES_KEYS_BELOW)) {
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
  void list_moreThanOnePage_listsEverythingOnce() throws IOException {
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
  void list_whileObjectsAreDeleted_doesNotFail() throws IOException {
    for (int i = 0; i < 20; i++) {
      put("a/" + (char) ('a' + i) + "/x", "x");
    }
    List<String> seen = new ArrayList<>();
    try (Stream<Entry> entries = store.list("a/")) {
      for (Iterator<Entry> i = entries.iterator(); i.hasNext(); ) {
        String key = i.next().key();
        seen.add(key);
        store.delete(key);
      }
    }
    assertThat(seen).doesNotHaveDuplicates().hasSize(20);
    assertThat(keys("", "")).isEmpty();
  }

  // Conditions on the store itself

  @Test
  void location_ofStore_isAStablePrefix() throws IOException {
    assertThat(store.location()).endsWith("/").contains(":");
    String before = store.location();
    put("a", "one");
    assertThat(store.location()).isEqualTo(before);
  }

  @Test
  void condition_holds_saysWhatItsNameSays() {
    Entry entry = new Entry("a", 1, "v", Instant.EPOCH, Attributes.none());
    assertThat(Condition.always().holds(Optional.empty())).isTrue();
    assertThat(Condition.always().holds(Optional.of(entry))).isTrue();
    assertThat(Condition.absent().holds(Optional.empty())).isTrue();
    assertThat(Condition.absent().holds(Optional.of(entry))).isFalse();
    assertThat(Condition.unchanged("v").holds(Optional.empty())).isFalse();
    assertThat(Condition.unchanged("v").holds(Optional.of(entry))).isTrue();
    assertThat(Condition.unchanged("w").holds(Optional.of(entry))).isFalse();
  }

  /** Reports an error as soon as it is read. */
  private static final class BrokenStream extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("connection reset");
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      throw new IOException("connection reset");
    }
  }
}
