package dev.miniatura.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.ImageSource;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Entry;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileImageStoreTest {

  private static final Attributes LABELED =
      Attributes.none().withContentType("image/png").withMetadata(Map.of("miniatura", "1"));

  @TempDir private Path folder;
  private Path root;
  private FileImageStore store;

  @BeforeEach
  void makeStore() throws IOException {
    root = folder.resolve("root");
    store = FileImageStore.of(root);
    Files.writeString(folder.resolve("secret.jpg"), "secret");
  }

  private void put(String key, String content) throws IOException {
    store.put(key, ImageSource.of(content.getBytes(UTF_8)), LABELED);
  }

  private static void assertInvalidKey(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.INVALID_KEY);
              assertThat(e.retryable()).isFalse();
            });
  }

  private List<String> filesOutside() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(path -> !path.startsWith(root) && !path.equals(folder))
          .map(path -> folder.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  private List<String> keys() throws IOException {
    try (Stream<Entry> entries = store.list("")) {
      return entries.map(Entry::key).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.miniatura.storage.FileKeysTest#attacks")
  void anyCall_keyThatLeavesTheRoot_isRefusedAndTouchesNothing(String key) throws IOException {
    put("a/b", "one");
    List<String> before = filesOutside();
    assertInvalidKey(() -> put(key, "attack"));
    assertInvalidKey(() -> store.stat(key));
    assertInvalidKey(() -> store.open(key));
    assertInvalidKey(() -> store.delete(key));
    assertThat(filesOutside()).isEqualTo(before);
    assertThat(keys()).containsExactly("a/b");
    assertThat(folder.resolve("secret.jpg")).hasContent("secret");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void anyCall_overASymbolicLinkThatLeavesTheRoot_isRefused() throws IOException {
    put("a", "one");
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("b.jpg"), "outside");
    Files.createSymbolicLink(root.resolve("folder"), outside);
    Files.createSymbolicLink(root.resolve("up"), Path.of(".."));
    Files.createSymbolicLink(root.resolve("file.jpg"), folder.resolve("secret.jpg"));
    Files.createSymbolicLink(root.resolve("own"), root.resolve(".miniatura"));
    List<String> before = filesOutside();
    for (String key :
        List.of("folder/b.jpg", "folder/new/c.jpg", "up/secret.jpg", "up/new.jpg", "own/x/y")) {
      assertInvalidKey(() -> put(key, "attack"));
      assertInvalidKey(() -> store.delete(key));
    }
    for (String key : List.of("folder/b.jpg", "up/secret.jpg", "file.jpg", "up")) {
      assertInvalidKey(() -> store.stat(key));
      assertInvalidKey(() -> store.open(key));
    }
    assertThat(keys()).containsExactly("a");
    assertThat(filesOutside()).isEqualTo(before);
    assertThat(outside.resolve("b.jpg")).hasContent("outside");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void delete_symbolicLink_removesOnlyTheLink() throws IOException {
    put("a", "one");
    Files.createSymbolicLink(root.resolve("link.jpg"), folder.resolve("secret.jpg"));
    assertInvalidKey(() -> put("link.jpg", "new"));
    store.delete("link.jpg");
    assertThat(folder.resolve("secret.jpg")).hasContent("secret");
    put("link.jpg", "new");
    assertThat(root.resolve("link.jpg")).isRegularFile().hasContent("new");
    assertThat(folder.resolve("secret.jpg")).hasContent("secret");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void stat_symbolicLinkWithinTheRoot_isTheFile() throws IOException {
    put("a/b", "one");
    Files.createSymbolicLink(root.resolve("link"), root.resolve("a/b"));
    Files.createSymbolicLink(root.resolve("loop"), root);
    assertThat(store.stat("link")).isPresent();
    Files.createSymbolicLink(root.resolve("folder"), root.resolve("a"));
    assertThat(keys()).containsExactly("a/b", "link");
    try (Stream<Entry> entries = store.list("folder/")) {
      assertThat(entries).isEmpty();
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void location_ofTheSameFolderOverALink_isTheSame() throws IOException {
    put("a", "one");
    Files.createSymbolicLink(folder.resolve("alias"), root);
    assertThat(FileImageStore.of(folder.resolve("alias")).location()).isEqualTo(store.location());
    assertThat(FileImageStore.of(folder.resolve("alias/new/below")).location())
        .isEqualTo(store.location() + "new/below/");
    assertThat(FileImageStore.of(folder.resolve("x/../root")).location())
        .isEqualTo(store.location());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void open_entryOfAFileOutside_isRefused() throws IOException {
    put("a", "one");
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("b.jpg"), "outside");
    Files.createSymbolicLink(root.resolve("folder"), outside);
    Entry there = FileImageStore.of(outside).stat("b.jpg").orElseThrow();
    Entry forged =
        new Entry(
            "folder/b.jpg",
            there.size(),
            there.version(),
            there.lastModified(),
            there.attributes());
    assertInvalidKey(() -> store.open(forged).open());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void stat_linkThatLeadsToItself_isNoAbsentFile() throws IOException {
    put("a", "one");
    Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
    assertThatThrownBy(() -> store.stat("loop")).isInstanceOf(IOException.class);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void open_anotherVersion_leavesNoFileOpen() throws IOException {
    put("a", "one");
    Entry first = store.stat("a").orElseThrow();
    put("a", "three");
    assertThatThrownBy(() -> store.open(first).open()).isInstanceOf(StoreException.class);
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      assertThat(open.filter(link -> leadsTo(link, root.resolve("a")))).isEmpty();
    }
  }

  private static boolean leadsTo(Path link, Path file) {
    try {
      return Files.readSymbolicLink(link).equals(file);
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }

  @Test
  void put_overAFileOfTheFuture_isLater() throws IOException {
    put("a", "one");
    Instant future = Instant.now().plus(Duration.ofDays(1));
    Files.setLastModifiedTime(root.resolve("a"), FileTime.from(future));
    put("a", "two");
    assertThat(store.stat("a").orElseThrow().lastModified()).isAfter(future);
  }

  @Test
  void delete_leavesNothingBehindAndFoldersAlone() throws IOException {
    put("a", "one");
    Path empty = Files.createDirectory(root.resolve("empty"));
    store.delete("empty");
    assertThat(empty).isDirectory();
    store.delete("a");
    try (Stream<Path> files = Files.walk(root)) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void list_namesThatBeginOthers_areToldFromFolders() throws IOException {
    for (String key : List.of("a", "ab", "d/b", "d/c")) {
      put(key, "one");
    }
    for (String[] each :
        new String[][] {{"ab", "", "ab"}, {"", "ab", "d/b,d/c"}, {"", "d/b", "d/c"}}) {
      try (Stream<Entry> entries = store.list(each[0], each[1])) {
        assertThat(entries.map(Entry::key)).containsExactly(each[2].split(","));
      }
    }
  }

  @Test
  void store_onlyReadFrom_createsNothing() throws IOException {
    assertThat(store.stat("a")).isEmpty();
    assertThat(keys()).isEmpty();
    store.delete("a");
    assertThat(root).doesNotExist();
  }

  @Test
  void put_belowAFileOrOverAFolder_isRefused() throws IOException {
    put("a/b", "one");
    assertInvalidKey(() -> put("a/b/c", "two"));
    assertInvalidKey(() -> put("a/b/c/d", "two"));
    assertInvalidKey(() -> put("a", "two"));
    assertThat(root.resolve("a/b")).hasContent("one");
    assertThat(keys()).containsExactly("a/b");
  }

  @Test
  void attributes_fileReplacedByAnother_areGone() throws IOException {
    put("a", "one");
    assertThat(store.stat("a").orElseThrow().attributes()).isEqualTo(LABELED);
    Files.writeString(root.resolve("a"), "replaced");
    assertThat(store.stat("a").orElseThrow().attributes()).isEqualTo(Attributes.none());
  }

  @Test
  void attributes_fileTouched_areGone() throws IOException {
    put("a", "one");
    Files.setLastModifiedTime(root.resolve("a"), FileTime.from(Instant.EPOCH));
    assertThat(store.stat("a").orElseThrow().attributes()).isEqualTo(Attributes.none());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 12, 30, 60})
  void attributes_textCutOff_countAsAbsent(int length) throws IOException {
    put("a", "one");
    Path text = attributesOf();
    byte[] whole = Files.readAllBytes(text);
    assertThat(whole.length).isGreaterThan(60);
    Files.write(text, Arrays.copyOf(whole, length));
    assertThat(store.stat("a").orElseThrow().attributes()).isEqualTo(Attributes.none());
  }

  @Test
  void attributes_textDamaged_countAsAbsentOrDiffer() throws IOException {
    put("a", "one");
    Path text = attributesOf();
    byte[] whole = Files.readAllBytes(text);
    for (int i = 0; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= (byte) 0x80;
      Files.write(text, damaged);
      assertThat(store.stat("a").orElseThrow().attributes()).isNotEqualTo(LABELED);
    }
  }

  @Test
  void attributes_ofFolderCopiedWithTimes_areKept() throws IOException {
    put("a", "one");
    Path copy = folder.resolve("copy");
    try (Stream<Path> files = Files.walk(root)) {
      for (Path path : (Iterable<Path>) files::iterator) {
        Files.copy(
            path,
            copy.resolve(root.relativize(path).toString()),
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    assertThat(FileImageStore.of(copy).stat("a").orElseThrow().attributes()).isEqualTo(LABELED);
  }

  private Path attributesOf() throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve(".miniatura/attributes"))) {
      return files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
  }

  @Test
  void put_firstOfAStore_removesAbandonedFilesOnly() throws IOException {
    put("a", "one");
    Path unfinished = root.resolve(".miniatura/unfinished");
    Path old = Files.writeString(unfinished.resolve("old"), "half");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    Path young = Files.writeString(unfinished.resolve("young"), "half");
    FileImageStore.of(root).put("b", ImageSource.of("two".getBytes(UTF_8)), Attributes.none());
    assertThat(old).doesNotExist();
    assertThat(young).exists();
    assertThat(keys()).containsExactly("a", "b");
  }

  @Test
  void put_afterTheOwnFolderWasDeleted_works() throws IOException {
    put("a", "one");
    deleteTree(root.resolve(".miniatura"));
    assertThat(store.stat("a").orElseThrow().attributes()).isEqualTo(Attributes.none());
    put("a", "two");
    assertThat(store.stat("a").orElseThrow().attributes()).isEqualTo(LABELED);
  }

  private static void deleteTree(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /**
   * A writer is killed at random moments, many times: visible objects are complete, their
   * attributes are those with which they were written or none, and the next writer is not
   * obstructed.
   */
  @Test
  void put_writerKilled_leavesOnlyWholeObjects() throws Exception {
    int written = 0;
    for (int round = 0; round < 4; round++) {
      Process writer =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx64m",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Writer.class.getName(),
                  root.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (InputStream started = writer.getInputStream()) {
        assertThat(started.read()).isEqualTo('!');
        TimeUnit.MILLISECONDS.sleep(40 + 37L * round);
      } finally {
        writer.destroyForcibly().waitFor();
      }
      for (String key : keys()) {
        checkWritten(key);
        written++;
      }
      try (Stream<Path> visible = Files.list(root)) {
        assertThat(visible.map(path -> path.getFileName().toString()))
            .allMatch(name -> name.equals(".miniatura") || name.matches("\\d+"));
      }
    }
    assertThat(written).isPositive();
    put("0", "one");
    assertThat(store.stat("0").orElseThrow().attributes()).isEqualTo(LABELED);
  }

  private void checkWritten(String key) throws IOException {
    Entry entry = store.stat(key).orElseThrow();
    try (InputStream stream = store.open(entry).open()) {
      byte[] bytes = stream.readAllBytes();
      assertThat(bytes).hasSize(Writer.SIZE).containsOnly(bytes[0]);
      Attributes attributes = entry.attributes();
      if (!attributes.equals(Attributes.none())) {
        assertThat(attributes.metadata()).containsEntry("content", Byte.toString(bytes[0]));
      }
    }
  }

  /** Writes the same few objects over and over until it is killed. */
  static final class Writer {

    static final int SIZE = 300_000;

    private Writer() {}

    public static void main(String[] arguments) throws IOException {
      FileImageStore store = FileImageStore.of(Path.of(arguments[0]));
      for (int i = 0; ; i++) {
        byte[] content = new byte[SIZE];
        Arrays.fill(content, (byte) i);
        Attributes attributes =
            Attributes.none().withMetadata(Map.of("content", Byte.toString((byte) i)));
        store.put(Integer.toString(i % 7), ImageSource.of(content), attributes);
        if (i == 0) {
          System.out.write('!');
          System.out.flush();
        }
      }
    }
  }
}
