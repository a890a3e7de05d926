package dev.miniatura.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.ImageSource;
import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.OutputFormat;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.pipeline.Outcome.Failed;
import dev.miniatura.pipeline.Outcome.Failure;
import dev.miniatura.pipeline.Outcome.Item;
import dev.miniatura.pipeline.Outcome.Reason;
import dev.miniatura.pipeline.Outcome.Refused;
import dev.miniatura.pipeline.Outcome.Removed;
import dev.miniatura.pipeline.Outcome.Skipped;
import dev.miniatura.pipeline.Outcome.Unchanged;
import dev.miniatura.pipeline.Outcome.Written;
import dev.miniatura.storage.FileImageStore;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Entry;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import dev.miniatura.storage.MemoryImageStore;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ThumbnailPipelineTest {

  private final HookedStore source = new HookedStore(MemoryImageStore.create());
  private final HookedStore destination = new HookedStore(MemoryImageStore.create());
  private final FakeRenderer renderer = new FakeRenderer();

  @TempDir private Path folder;

  private ThumbnailPipeline.Builder builder() {
    return ThumbnailPipeline.builder(source, destination)
        .renderer(renderer)
        .specs(ThumbnailSpec.parseAll("small=fit:10x10;large=cover:40x30,format:jpeg"));
  }

  private static void write(ImageStore store, String key, String text) throws IOException {
    store.put(key, ImageSource.of(text.getBytes(UTF_8)), Attributes.none());
  }

  private static String read(ImageStore store, String key) throws IOException {
    try (InputStream stream = store.open(key).open()) {
      return new String(stream.readAllBytes(), UTF_8);
    }
  }

  private static List<String> keys(ImageStore store) throws IOException {
    try (Stream<Entry> entries = store.list("")) {
      return entries.map(Entry::key).toList();
    }
  }

  private static List<String> keysOf(List<Item> items) {
    return items.stream().map(Item::key).toList();
  }

  private static <T extends Outcome> T as(Class<T> type, Outcome outcome) {
    assertThat(outcome).isInstanceOf(type);
    return type.cast(outcome);
  }

  // Written and Unchanged

  @Test
  void process_newSource_writesEveryThumbnailFromOneDecode() throws IOException {
    write(source, "2024/a.png", "png noted flower");
    Written written = as(Written.class, builder().build().process("2024/a.png"));
    assertThat(written.source()).isEqualTo("2024/a.png");
    assertThat(written.notes()).containsExactly("a profile was ignored");
    assertThat(written.thumbnails())
        .containsExactly(
            new Item(
                "small",
                ThumbnailSpec.fit(10, 10).hash(),
                "2024/a.png.small.png",
                10,
                10,
                "png noted flower as fit:10x10".length(),
                "image/png"),
            new Item(
                "large",
                ThumbnailSpec.cover(40, 30).format(OutputFormat.JPEG).hash(),
                "2024/a.png.large.jpg",
                40,
                30,
                "png noted flower as cover:40x30,format:jpeg".length(),
                "image/jpeg"));
    assertThat(read(destination, "2024/a.png.small.png"))
        .isEqualTo("png noted flower as fit:10x10");
    assertThat(renderer.decodes).hasValue(1);
    assertThat(source.calls.stream().filter(call -> call.startsWith("open"))).hasSize(1);
    assertThat(written.timing().bytesIn()).isEqualTo("png noted flower".length());
    assertThat(written.timing().bytesOut())
        .isEqualTo(written.thumbnails().stream().mapToLong(Item::size).sum());
  }

  @Test
  void process_realImage_isRenderedByTheEngine() throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(64, 32, BufferedImage.TYPE_INT_RGB), "png", png);
    source.put("a.png", ImageSource.of(png.toByteArray()), Attributes.none());
    Written written =
        as(
            Written.class,
            ThumbnailPipeline.builder(source, destination)
                .specs(ThumbnailSpec.parseAll("small=fit:16x16;large=fit:32x32,format:jpeg"))
                .build()
                .process("a.png"));
    for (Item item : written.thumbnails()) {
      try (InputStream stream = destination.open(item.key()).open()) {
        BufferedImage thumbnail = ImageIO.read(stream);
        assertThat(thumbnail.getWidth()).isEqualTo(item.width());
        assertThat(thumbnail.getHeight()).isEqualTo(item.height()).isEqualTo(item.width() / 2);
      }
    }
    assertThat(written.timing().bytesIn()).isEqualTo(png.size());
  }

  @Test
  void process_newSource_setsContentTypeAndCacheControl() throws IOException {
    write(source, "a.png", "png flower");
    builder().cacheControl("max-age=60").build().process("a.png");
    Attributes attributes = destination.stat("a.png.small.png").orElseThrow().attributes();
    assertThat(attributes.contentType()).contains("image/png");
    assertThat(attributes.cacheControl()).contains("max-age=60");
  }

  @Test
  void process_secondTime_isUnchangedAndReadsNothing() throws IOException {
    write(source, "a.png", "png flower");
    ThumbnailPipeline pipeline = builder().build();
    Written written = as(Written.class, pipeline.process("a.png"));
    as(Unchanged.class, pipeline.process("a.png")); // so that the next is expected to be, too
    source.calls.clear();
    destination.calls.clear();
    Unchanged unchanged = as(Unchanged.class, pipeline.process("a.png"));
    assertThat(unchanged.thumbnails()).isEqualTo(written.thumbnails());
    assertThat(source.calls).containsExactly("stat a.png");
    assertThat(destination.calls).allMatch(call -> call.startsWith("stat")).hasSize(2);
    assertThat(renderer.decodes).hasValue(1);
  }

  @Test
  void process_toldVersionOfTheThumbnails_doesNotAskTheSource() throws IOException {
    write(source, "a.png", "png flower");
    ThumbnailPipeline pipeline = builder().build();
    Written written = as(Written.class, pipeline.process("a.png"));
    String version = source.stat("a.png").orElseThrow().version();
    source.calls.clear();
    Unchanged unchanged = as(Unchanged.class, pipeline.process("a.png", version));
    assertThat(unchanged.thumbnails()).isEqualTo(written.thumbnails());
    assertThat(source.calls).isEmpty();
  }

  @Test
  void process_toldAnotherVersion_goesByTheSource() throws IOException {
    write(source, "a.png", "png flower");
    String old = source.stat("a.png").orElseThrow().version();
    write(source, "a.png", "png tree");
    ThumbnailPipeline pipeline = builder().build();
    as(Written.class, pipeline.process("a.png", old));
    assertThat(read(destination, "a.png.small.png")).startsWith("png tree");
    as(Unchanged.class, pipeline.process("a.png", old));
    source.delete("a.png");
    as(Skipped.class, pipeline.process("a.png", old));
  }

  @Test
  void process_toldVersionAndWithCatalog_recordsTheSource() throws IOException {
    List<Optional<Entry>> records = new ArrayList<>();
    ThumbnailPipeline pipeline =
        builder().catalog((entry, outcome, seen) -> records.add(entry)).build();
    write(source, "a.png", "png flower");
    pipeline.process("a.png");
    Entry entry = source.stat("a.png").orElseThrow();
    as(Unchanged.class, pipeline.process("a.png", entry.version()));
    assertThat(records).containsExactly(Optional.of(entry), Optional.of(entry));
  }

  @Test
  void process_replacedSource_writesAgain() throws IOException {
    write(source, "a.png", "png flower");
    ThumbnailPipeline pipeline = builder().build();
    pipeline.process("a.png");
    write(source, "a.png", "png tree");
    as(Written.class, pipeline.process("a.png"));
    assertThat(read(destination, "a.png.small.png")).startsWith("png tree");
    assertThat(read(destination, "a.png.large.jpg")).startsWith("png tree");
  }

  @Test
  void process_changedSpec_writesOnlyThatThumbnail() throws IOException {
    write(source, "a.png", "png flower");
    builder().build().process("a.png");
    destination.calls.clear();
    Written written =
        as(
            Written.class,
            ThumbnailPipeline.builder(source, destination)
                .renderer(renderer)
                .specs(ThumbnailSpec.parseAll("small=fit:10x10;large=cover:50x50,format:jpeg"))
                .build()
                .process("a.png"));
    assertThat(keysOf(written.thumbnails())).containsExactly("a.png.small.png", "a.png.large.jpg");
    assertThat(destination.calls.stream().filter(call -> call.startsWith("put")))
        .containsExactly("put a.png.large.jpg");
  }

  @Test
  void process_thumbnailDeleted_writesItAgain() throws IOException {
    write(source, "a.png", "png flower");
    ThumbnailPipeline pipeline = builder().build();
    pipeline.process("a.png");
    destination.delete("a.png.small.png");
    as(Written.class, pipeline.process("a.png"));
    assertThat(keys(destination)).containsExactly("a.png.large.jpg", "a.png.small.png");
  }

  @Test
  void process_thumbnailOverwrittenBySomeoneElse_writesItAgain() throws IOException {
    write(source, "a.png", "png flower");
    ThumbnailPipeline pipeline = builder().build();
    pipeline.process("a.png");
    write(destination, "a.png.small.png", "something else");
    as(Written.class, pipeline.process("a.png"));
    assertThat(read(destination, "a.png.small.png")).isEqualTo("png flower as fit:10x10");
  }

  @Test
  void process_sourceOfAnotherFormatThanBefore_leavesNoOldThumbnail() throws IOException {
    write(source, "a", "png flower");
    ThumbnailPipeline pipeline = builder().build();
    pipeline.process("a");
    assertThat(keys(destination)).containsExactly("a.large.jpg", "a.small.png");
    write(source, "a", "gif flower");
    pipeline.process("a");
    assertThat(keys(destination)).containsExactly("a.large.jpg", "a.small.gif");
  }

  @Test
  void process_betweenFolders_secondRunIsUnchanged() throws IOException {
    FileImageStore photos = FileImageStore.of(folder.resolve("photos"));
    FileImageStore thumbs = FileImageStore.of(folder.resolve("thumbs"));
    Files.createDirectories(folder.resolve("photos/2024"));
    Files.writeString(folder.resolve("photos/2024/a b.png"), "png flower");
    for (Class<? extends Outcome> expected : List.of(Written.class, Unchanged.class)) {
      ThumbnailPipeline pipeline =
          ThumbnailPipeline.builder(photos, thumbs)
              .renderer(renderer)
              .spec("small", ThumbnailSpec.fit(10, 10))
              .build();
      Outcome outcome = pipeline.process("2024/a b.png");
      assertThat(outcome).isInstanceOf(expected);
    }
    assertThat(folder.resolve("thumbs/2024/a b.png.small.png")).exists();
    try (Stream<Path> files = Files.list(folder.resolve("photos"))) {
      assertThat(files.map(path -> path.getFileName().toString())).containsExactly("2024");
    }
  }

  @Test
  void process_prefixes_areTakenOffAndPutBefore() throws IOException {
    write(source, "in/a.png", "png flower");
    ThumbnailPipeline pipeline = builder().sourcePrefix("in/").destinationPrefix("out/").build();
    Written written = as(Written.class, pipeline.process("in/a.png"));
    assertThat(keysOf(written.thumbnails()))
        .containsExactly("out/a.png.small.png", "out/a.png.large.jpg");
    assertThat(pipeline.process("elsewhere/a.png"))
        .isInstanceOfSatisfying(
            Skipped.class, s -> assertThat(s.reason()).isEqualTo(Reason.OUTSIDE_PREFIX));
  }

  // Recursion

  @Test
  void process_thumbnailOfAnyPipeline_isSkipped() throws IOException {
    write(source, "a.png", "png flower");
    builder().build().process("a.png");
    ThumbnailPipeline next =
        ThumbnailPipeline.builder(destination, MemoryImageStore.create())
            .renderer(renderer)
            .spec("tiny", ThumbnailSpec.fit(1, 1))
            .build();
    Skipped skipped = as(Skipped.class, next.process("a.png.small.png"));
    assertThat(skipped.reason()).isEqualTo(Reason.THUMBNAIL);
    assertThat(renderer.decodes).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', {key}.{spec}.{ext}, false",
    "a/, a/, {key}.{spec}.{ext}, false",
    "a, ab, {key}.{spec}.{ext}, false",
    "'', thumbs/, {key}.{spec}.{ext}, false",
    "photos/, '', {key}.{spec}.{ext}, false",
    "photos/, photos/thumbs/, {key}.{spec}.{ext}, false",
    "photos/, '', photos/{key}.{spec}, false",
    "photos/, thumbs/, {key}.{spec}.{ext}, true",
    "photos/, '', thumbs/{key}.{spec}.{ext}, true",
    "a/, ab/, {key}.{spec}.{ext}, true",
  })
  void build_oneStoreForBoth_needsPrefixesApart(
      String sourcePrefix, String destinationPrefix, String template, boolean allowed) {
    ThumbnailPipeline.Builder builder =
        ThumbnailPipeline.builder(source, source)
            .specs(ThumbnailSpec.parseAll("s=fit:10x10;t=fit:20x20"))
            .sourcePrefix(sourcePrefix)
            .destinationPrefix(destinationPrefix)
            .keyTemplate(template);
    if (allowed) {
      assertThat(builder.build()).isNotNull();
    } else {
      assertThatThrownBy(builder::build)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("made of thumbnails");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "photos, photos, false",
    "photos, photos/thumbs, false",
    "photos/2024, photos, false",
    "photos, photos/../photos, false",
    "photos, photos-small, true",
    "photos, thumbs, true",
  })
  void build_folders_mustBeApart(String from, String to, boolean allowed) {
    ThumbnailPipeline.Builder builder =
        ThumbnailPipeline.builder(
                FileImageStore.of(folder.resolve(from)), FileImageStore.of(folder.resolve(to)))
            .spec("s", ThumbnailSpec.fit(10, 10));
    if (allowed) {
      assertThat(builder.build()).isNotNull();
    } else {
      assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void process_destinationInsideSource_skipsWhatLiesThere() throws IOException {
    Path photos = Files.createDirectories(folder.resolve("photos"));
    Files.writeString(photos.resolve("a.png"), "png flower");
    FileImageStore all = FileImageStore.of(photos);
    ThumbnailPipeline pipeline =
        ThumbnailPipeline.builder(all, FileImageStore.of(photos.resolve("thumbs")))
            .renderer(renderer)
            .spec("small", ThumbnailSpec.fit(10, 10))
            .destinationInsideSource()
            .build();
    for (int run = 0; run < 2; run++) {
      for (String key : keys(all)) {
        pipeline.process(key);
      }
    }
    assertThat(keys(all)).containsExactly("a.png", "thumbs/a.png.small.png");
    Skipped skipped = as(Skipped.class, pipeline.process("thumbs/a.png.small.png"));
    assertThat(skipped.reason()).isEqualTo(Reason.DESTINATION);
  }

  @Test
  void build_sameFolderInsideItself_isRefusedEvenIfInsideIsPermitted() {
    FileImageStore store = FileImageStore.of(folder);
    assertThatThrownBy(
            () ->
                ThumbnailPipeline.builder(store, store)
                    .spec("s", ThumbnailSpec.fit(10, 10))
                    .destinationInsideSource()
                    .build())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void build_withoutSpec_isRefused() {
    assertThatThrownBy(() -> ThumbnailPipeline.builder(source, destination).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("spec");
  }

  @Test
  void cacheControl_thatIsNoHeader_isRefused() {
    assertThatThrownBy(() -> builder().cacheControl("max-age=1\r\nX: 1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void process_folderPlaceholder_isSkipped() throws IOException {
    write(source, "2024/", "");
    Skipped skipped = as(Skipped.class, builder().build().process("2024/"));
    assertThat(skipped.reason()).isEqualTo(Reason.FOLDER);
  }

  // Failures

  @ParameterizedTest
  @CsvSource({
    "malformed, MALFORMED, false",
    "unsupported, UNSUPPORTED, false",
    "busy, BUSY, true",
    "memory, OUT_OF_MEMORY, true",
    "overflow, INTERNAL, true",
    "bug, INTERNAL, true",
  })
  void process_badImage_isAnOutcome(String text, Failure kind, boolean retryable)
      throws IOException {
    write(source, "a.jpg", text);
    Failed failed = as(Failed.class, builder().build().process("a.jpg"));
    assertThat(failed.source()).isEqualTo("a.jpg");
    assertThat(failed.failure()).isEqualTo(kind);
    assertThat(failed.retryable()).isEqualTo(retryable);
    assertThat(keys(destination)).isEmpty();
  }

  @Test
  void process_imageBeyondALimit_isRefused() throws IOException {
    write(source, "a.jpg", "huge");
    Refused refused = as(Refused.class, builder().build().process("a.jpg"));
    assertThat(refused.cause().limit()).isEqualTo(Limits.Kind.PIXELS);
  }

  /** It used to fail permanently; but removing a picture is not a failure. */
  @Test
  void process_absentSource_isSkipped() {
    Skipped skipped = as(Skipped.class, builder().build().process("a.jpg"));
    assertThat(skipped.reason()).isEqualTo(Reason.SOURCE_GONE);
  }

  @Test
  void process_sourceRemovedBeforeItIsOpened_isSkipped() throws IOException {
    write(source, "a.png", "png flower");
    source.before(
        call -> {
          if (call.startsWith("open")) {
            source.before(ignored -> {});
            source.delete("a.png");
          }
        });
    Skipped skipped = as(Skipped.class, builder().build().process("a.png"));
    assertThat(skipped.reason()).isEqualTo(Reason.SOURCE_GONE);
    assertThat(keys(destination)).isEmpty();
  }

  @Test
  void processAndRemove_absentBucket_isNoAbsentObject() throws IOException {
    write(source, "a.png", "png flower");
    ThumbnailPipeline pipeline = builder().build();
    as(Written.class, pipeline.process("a.png"));
    source.delete("a.png");
    source.before(when("list a.png", Kind.NOT_FOUND));
    assertFailed(pipeline.process("a.png"), Kind.NOT_FOUND);
    assertFailed(pipeline.remove("a.png"), Kind.NOT_FOUND);
    // A listing may fail only when it is read
    source.before(when("page of a.png", Kind.ACCESS_DENIED));
    assertFailed(pipeline.process("a.png"), Kind.ACCESS_DENIED);
    assertFailed(pipeline.remove("a.png"), Kind.ACCESS_DENIED);
    assertThat(keys(destination)).hasSize(2);
  }

  @Test
  void process_newSource_asksForNoKeyTwice() throws IOException {
    write(source, "a.bin", "gif flower");
    as(
        Written.class,
        builder().specs(ThumbnailSpec.parseAll("s=fit:9x9")).build().process("a.bin"));
    assertThat(destination.calls)
        .doesNotHaveDuplicates()
        .contains("stat a.bin.s.gif", "put a.bin.s.gif");
  }

  @Test
  void process_oneMoreSpec_doesNotSearchForWhatIsThere() throws IOException {
    write(source, "a.png", "png flower");
    ThumbnailPipeline one =
        ThumbnailPipeline.builder(source, destination)
            .renderer(renderer)
            .spec("small", ThumbnailSpec.fit(10, 10))
            .build();
    as(Written.class, one.process("a.png"));
    write(source, "b.png", "png tree");
    ThumbnailPipeline two = builder().build();
    as(Written.class, two.process("b.png"));
    as(Unchanged.class, two.process("b.png"));
    destination.calls.clear();
    as(Written.class, two.process("a.png"));
    assertThat(destination.calls)
        .contains("stat a.png.small.png")
        .doesNotContain("stat a.png.small.jpg");
  }

  @Test
  void process_nameOfAGif_looksForAGifFirst() throws IOException {
    write(source, "A.GIF", "gif flower");
    ThumbnailPipeline pipeline =
        ThumbnailPipeline.builder(source, destination)
            .renderer(renderer)
            .spec("s", ThumbnailSpec.fit(9, 9))
            .build();
    as(Written.class, pipeline.process("A.GIF"));
    as(Unchanged.class, pipeline.process("A.GIF"));
    destination.calls.clear();
    as(Unchanged.class, pipeline.process("A.GIF"));
    assertThat(destination.calls).containsExactly("stat A.GIF.s.gif");
  }

  /** If one request covers many keys, it is the only lookup for a new image. */
  @Test
  void process_afterNewImages_looksUnderAllKeysAtOnce() throws IOException {
    ThumbnailPipeline pipeline = builder().build();
    for (String key : List.of("a.png", "b.png")) {
      write(source, key, "png flower");
      destination.calls.clear();
      destination.lookups.clear();
      as(Written.class, pipeline.process(key));
      assertThat(destination.lookups).hasSize(1);
      assertThat(destination.lookups.get(0))
          .contains(key + ".small.png", key + ".small.jpg", key + ".large.jpg");
    }
    as(Unchanged.class, pipeline.process("a.png"));
    write(source, "c.png", "png flower");
    destination.calls.clear();
    destination.lookups.clear();
    as(Written.class, pipeline.process("c.png")); // the one before had its thumbnails
    assertThat(destination.calls.get(0)).isEqualTo("stat c.png.small.png");
    assertThat(destination.lookups).hasSize(1);
    assertThat(destination.lookups.get(0)).doesNotContain("c.png.small.png");
  }

  @Test
  void withThumbnailer_isTheSameButForTheEngine() throws IOException {
    write(source, "a.png", "png flower");
    write(source, "b.png", "no picture");
    ThumbnailPipeline pipeline = builder().cacheControl("max-age=60").build();
    as(Written.class, pipeline.process("a.png"));
    as(Unchanged.class, pipeline.process("a.png"));
    ThumbnailPipeline other = pipeline.withThumbnailer(Thumbnailer.create());
    destination.calls.clear();
    as(Unchanged.class, other.process("a.png"));
    assertThat(destination.calls).containsExactly("stat a.png.small.png", "stat a.png.large.jpg");
    assertThat(as(Failed.class, other.process("b.png")).failure()).isEqualTo(Failure.UNSUPPORTED);
  }

  @Test
  void process_specThatCannotBeMade_leavesWhatIsOfThisVersionOrAnotherSource() throws IOException {
    write(source, "a.png", "png flower");
    as(Written.class, builder().build().process("a.png"));
    ThumbnailPipeline refusing =
        builder()
            .specs(ThumbnailSpec.parseAll("wide=fit:99x9"))
            .renderer(
                (image, specs) -> {
                  throw new LimitExceededException(Limits.Kind.PIXELS, 1, 2);
                })
            .build();
    as(Refused.class, refusing.process("a.png"));
    assertThat(keys(destination)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"malformed", "unsupported", "huge"})
  void process_versionThatCannotBeRendered_takesTheThumbnailsOfTheOneBefore(String text)
      throws IOException {
    write(source, "a.png", "png flower");
    write(source, "b.png", "png tree");
    ThumbnailPipeline pipeline = builder().build();
    pipeline.process("a.png");
    pipeline.process("b.png");
    write(source, "a.png", text);
    Outcome outcome = pipeline.process("a.png");
    assertThat(outcome).isNotInstanceOf(Written.class);
    assertThat(outcome instanceof Failed failed && failed.failure().retryable()).isFalse();
    assertThat(keys(destination)).containsExactly("b.png.large.jpg", "b.png.small.png");
  }

  @Test
  void process_versionThatCannotBeRenderedReplacedMeanwhile_isAConflict() throws IOException {
    write(source, "a.png", "png flower");
    ThumbnailPipeline pipeline = builder().build();
    pipeline.process("a.png");
    write(source, "a.png", "malformed");
    destination.before(
        call -> {
          if (call.startsWith("delete")) {
            destination.before(ignored -> {});
            write(source, "a.png", "png tree");
            as(Written.class, pipeline.process("a.png"));
          }
        });
    assertFailed(pipeline.process("a.png"), Kind.CONFLICT);
    as(Written.class, pipeline.process("a.png"));
    assertThat(read(destination, "a.png.small.png")).startsWith("png tree");
  }

  @Test
  void process_storeFailsForAWhile_keepsTheThumbnailsOfTheVersionBefore() throws IOException {
    write(source, "a.png", "png flower");
    ThumbnailPipeline pipeline = builder().build();
    pipeline.process("a.png");
    write(source, "a.png", "png tree");
    source.before(when("open a.png", Kind.ACCESS_DENIED));
    assertFailed(pipeline.process("a.png"), Kind.ACCESS_DENIED);
    assertThat(keys(destination)).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void process_storeFails_keepsKindAndRetryability(Kind kind) throws IOException {
    write(source, "a.png", "png flower");
    ThumbnailPipeline pipeline = builder().build();
    for (String call : List.of("stat a.png", "open a.png")) {
      source.before(when(call, kind));
      assertFailed(pipeline.process("a.png"), kind);
      source.before(ignored -> {});
    }
    for (String call : List.of("stat a.png.large.jpg", "put a.png.small.png")) {
      destination.before(when(call, kind));
      assertFailed(pipeline.process("a.png"), kind);
      destination.before(ignored -> {});
    }
    as(Written.class, pipeline.process("a.png"));
  }

  private static HookedStore.Hook when(String call, Kind kind) {
    return actual -> {
      if (actual.equals(call)) {
        throw new StoreException(kind, call);
      }
    };
  }

  private static void assertFailed(Outcome outcome, Kind kind) {
    Failed failed = as(Failed.class, outcome);
    assertThat(failed.failure().name()).isEqualTo(kind.name());
    // Including failures that the store itself would not retry at once: a policy or a bucket can be
    // repaired
    assertThat(failed.retryable()).isEqualTo(kind != Kind.INVALID_KEY);
    assertThat(failed.cause()).isInstanceOf(StoreException.class);
  }

  @Test
  void process_otherInputError_isRetryable() throws IOException {
    write(source, "a.png", "png flower");
    source.before(
        call -> {
          if (call.startsWith("open")) {
            throw new IOException("connection reset");
          }
        });
    Failed failed = as(Failed.class, builder().build().process("a.png"));
    assertThat(failed.failure()).isEqualTo(Failure.IO);
    assertThat(failed.retryable()).isTrue();
  }

  @Test
  void process_cutShortAndContinued_rendersTheSameSpecsTogether() throws IOException {
    write(source, "a.png", "png flower");
    List<List<ThumbnailSpec>> rendered = new ArrayList<>();
    ThumbnailPipeline pipeline =
        builder()
            .renderer(
                (image, specs) -> {
                  rendered.add(specs);
                  return renderer.renderAll(image, specs);
                })
            .build();
    destination.before(when("put a.png.large.jpg", Kind.NETWORK));
    as(Failed.class, pipeline.process("a.png"));
    destination.before(call -> {});
    as(Written.class, pipeline.process("a.png"));
    assertThat(rendered).hasSize(2);
    assertThat(rendered.get(1)).isEqualTo(rendered.get(0)).hasSize(2);
  }

  @Test
  void process_secondPutFails_nextTryMakesOnlyTheRest() throws IOException {
    write(source, "a.png", "png flower");
    ThumbnailPipeline pipeline = builder().build();
    destination.before(when("put a.png.large.jpg", Kind.NETWORK));
    Failed failed = as(Failed.class, pipeline.process("a.png"));
    assertThat(failed.retryable()).isTrue();
    assertThat(keys(destination)).containsExactly("a.png.small.png");
    destination.before(call -> {});
    destination.calls.clear();
    Written written = as(Written.class, pipeline.process("a.png"));
    assertThat(keysOf(written.thumbnails())).containsExactly("a.png.small.png", "a.png.large.jpg");
    assertThat(destination.calls.stream().filter(call -> call.startsWith("put")))
        .containsExactly("put a.png.large.jpg");
  }

  @Test
  void process_invalidKey_isAnOutcome() {
    ThumbnailPipeline pipeline =
        ThumbnailPipeline.builder(FileImageStore.of(folder), destination)
            .spec("s", ThumbnailSpec.fit(10, 10))
            .build();
    Failed failed = as(Failed.class, pipeline.process("../../etc/passwd"));
    assertThat(failed.failure()).isEqualTo(Failure.INVALID_KEY);
  }

  @Test
  void process_twoSourcesForOneKey_failsForTheSecond() throws IOException {
    write(source, "a.png", "jpeg one");
    write(source, "a.tif", "jpeg two");
    ThumbnailPipeline pipeline = builder().keyTemplate("{dir}/{name}.{spec}.{ext}").build();
    as(Written.class, pipeline.process("a.png"));
    Failed failed = as(Failed.class, pipeline.process("a.tif"));
    assertThat(failed.failure()).isEqualTo(Failure.COLLISION);
    assertThat(failed.retryable()).isFalse();
    assertThat(failed.cause()).hasMessageContaining("a.small.jpg");
    assertThat(read(destination, "a.small.jpg")).startsWith("jpeg one");
    as(Unchanged.class, pipeline.process("a.png"));
  }

  // Races

  @Test
  void process_sourceReplacedBeforeItIsOpened_isAConflict() throws IOException {
    write(source, "a.png", "png old");
    source.before(
        call -> {
          if (call.startsWith("open")) {
            source.before(ignored -> {});
            write(source, "a.png", "png new");
          }
        });
    Failed failed = as(Failed.class, builder().build().process("a.png"));
    assertThat(failed.failure()).isEqualTo(Failure.CONFLICT);
    assertThat(keys(destination)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void process_slowerThanANewerVersion_doesNotOverwriteIt(boolean thumbnailsExist)
      throws IOException {
    ThumbnailPipeline pipeline = builder().build();
    if (thumbnailsExist) {
      write(source, "a.png", "png oldest");
      pipeline.process("a.png");
    }
    write(source, "a.png", "png old");
    destination.before(
        call -> {
          if (call.startsWith("put")) {
            destination.before(ignored -> {});
            write(source, "a.png", "png new");
            as(Written.class, pipeline.process("a.png"));
          }
        });
    Failed failed = as(Failed.class, pipeline.process("a.png"));
    assertThat(failed.failure()).isEqualTo(Failure.CONFLICT);
    assertThat(failed.retryable()).isTrue();
    assertThat(read(destination, "a.png.small.png")).startsWith("png new");
    assertThat(read(destination, "a.png.large.jpg")).startsWith("png new");
    as(Unchanged.class, pipeline.process("a.png"));
  }

  @Test
  void process_sameVersionTwiceAtOnce_succeedsForBoth() throws IOException {
    write(source, "a.png", "png flower");
    ThumbnailPipeline pipeline = builder().build();
    destination.before(
        call -> {
          if (call.startsWith("put")) {
            destination.before(ignored -> {});
            as(Written.class, pipeline.process("a.png"));
          }
        });
    Written written = as(Written.class, pipeline.process("a.png"));
    assertThat(keysOf(written.thumbnails())).containsExactly("a.png.small.png", "a.png.large.jpg");
    assertThat(written.timing().bytesOut()).isZero();
  }

  // remove

  @Test
  void remove_sourceGone_deletesItsThumbnailsOnly() throws IOException {
    write(source, "a.png", "png flower");
    write(source, "b.png", "png tree");
    ThumbnailPipeline pipeline = builder().build();
    pipeline.process("a.png");
    pipeline.process("b.png");
    write(destination, "a.png.small.gif", "not a thumbnail of ours");
    source.delete("a.png");
    Removed removed = as(Removed.class, pipeline.remove("a.png"));
    assertThat(removed.keys()).containsExactlyInAnyOrder("a.png.small.png", "a.png.large.jpg");
    assertThat(keys(destination))
        .containsExactly("a.png.small.gif", "b.png.large.jpg", "b.png.small.png");
    assertThat(as(Removed.class, pipeline.remove("a.png")).keys()).isEmpty();
  }

  @Test
  void remove_sourceThere_deletesNothing() throws IOException {
    write(source, "a.png", "png flower");
    ThumbnailPipeline pipeline = builder().build();
    pipeline.process("a.png");
    as(Unchanged.class, pipeline.remove("a.png"));
    assertThat(keys(destination)).hasSize(2);
  }

  /** It used to be skipped, so that the thumbnails of the deleted version stayed. */
  @Test
  void remove_olderVersionThereAgain_makesItsThumbnails() throws IOException {
    write(source, "a.png", "png flower");
    ThumbnailPipeline pipeline = builder().build();
    write(source, "a.png", "png tree");
    pipeline.process("a.png");
    write(source, "a.png", "png flower");
    as(Written.class, pipeline.remove("a.png"));
    assertThat(read(destination, "a.png.small.png")).startsWith("png flower");
    destination.delete("a.png.small.png");
    destination.delete("a.png.large.jpg");
    as(Written.class, pipeline.remove("a.png"));
    assertThat(keys(destination)).hasSize(2);
  }

  @Test
  void remove_sourceComesBackMeanwhile_endsWithItsThumbnails() throws IOException {
    write(source, "a.png", "png flower");
    ThumbnailPipeline pipeline = builder().build();
    pipeline.process("a.png");
    source.delete("a.png");
    destination.before(
        call -> {
          if (call.startsWith("delete")) {
            destination.before(ignored -> {});
            write(source, "a.png", "png tree");
            pipeline.process("a.png");
          }
        });
    as(Written.class, pipeline.remove("a.png"));
    assertThat(read(destination, "a.png.small.png")).startsWith("png tree");
    as(Unchanged.class, pipeline.process("a.png"));
  }

  // Catalog

  @Test
  void catalog_everyOutcomeButSkipped_isRecorded() throws IOException {
    List<String> records = new ArrayList<>();
    ThumbnailPipeline pipeline =
        builder()
            .catalog(
                (entry, outcome, seen) ->
                    records.add(
                        outcome.getClass().getSimpleName()
                            + " "
                            + entry.map(Entry::size).map(String::valueOf).orElse("-")))
            .build();
    write(source, "a.png", "png flower");
    write(source, "b.png", "malformed");
    pipeline.process("a.png");
    pipeline.process("a.png");
    pipeline.process("b.png");
    pipeline.process("c.png");
    pipeline.remove("a.png");
    source.delete("a.png");
    pipeline.remove("a.png");
    assertThat(records)
        .containsExactly("Written 10", "Unchanged 10", "Failed 9", "Unchanged 10", "Removed -");
  }

  @Test
  void catalog_isToldWhenTheSourceWasLookedAtLast() throws IOException {
    List<Instant> looks = new ArrayList<>();
    List<Instant> records = new ArrayList<>();
    ThumbnailPipeline pipeline =
        builder().catalog((entry, outcome, seen) -> records.add(seen)).build();
    source.before(
        call -> {
          if (call.startsWith("stat")) {
            looks.add(Instant.now());
          }
        });
    write(source, "a.png", "png flower");
    pipeline.process("a.png");
    source.delete("a.png");
    pipeline.remove("a.png");
    assertThat(records).hasSize(2);
    assertThat(records.get(0)).isBeforeOrEqualTo(looks.get(0));
    assertThat(records.get(1)).isBetween(looks.get(0), looks.get(1));
  }

  @Test
  void catalog_failing_makesTheOutcomeRetryableUntilItIsRecorded() throws IOException {
    write(source, "a.png", "png flower");
    write(source, "b.png", "malformed");
    ThumbnailCatalog broken =
        (Optional<Entry> entry, Outcome outcome, Instant seen) -> {
          throw new StoreException(Kind.THROTTLED, "table");
        };
    ThumbnailPipeline pipeline = builder().catalog(broken).build();
    for (String key : List.of("a.png", "b.png")) {
      Failed failed = as(Failed.class, pipeline.process(key));
      assertThat(failed.failure()).isEqualTo(Failure.THROTTLED);
      assertThat(failed.retryable()).isTrue();
      assertThat(failed.cause().getSuppressed()).hasSize(key.equals("a.png") ? 0 : 1);
    }
    as(Unchanged.class, builder().build().process("a.png"));
  }
}
