package dev.miniatura.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.ImageSource;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.pipeline.Outcome.Failed;
import dev.miniatura.pipeline.Outcome.Failure;
import dev.miniatura.pipeline.Outcome.Reason;
import dev.miniatura.pipeline.Outcome.Skipped;
import dev.miniatura.pipeline.Outcome.Unchanged;
import dev.miniatura.pipeline.Outcome.Written;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Entry;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import dev.miniatura.storage.MemoryImageStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Images that the caller was told of, and thumbnails that are written without a previous lookup.
 */
class ToldPipelineTest {

  private static final String SMALL = "a.png.small.jpg";
  private static final String LARGE = "a.png.large.jpg";

  private final HookedStore source = new HookedStore(MemoryImageStore.create());
  private final HookedStore destination = new HookedStore(MemoryImageStore.create());
  private final FakeRenderer renderer = new FakeRenderer();

  private ThumbnailPipeline.Builder builder() {
    return ThumbnailPipeline.builder(source, destination)
        .renderer(renderer)
        .specs(ThumbnailSpec.parseAll("small=fit:10x10,format:jpeg;large=cover:40x30,format:jpeg"));
  }

  /** Returns the data of an event: a source's key, size and version. */
  private Entry write(String text) throws IOException {
    source.put("a.png", ImageSource.of(text.getBytes(UTF_8)), Attributes.none());
    Entry entry = source.stat("a.png").orElseThrow();
    return new Entry(
        entry.key(), entry.size(), entry.version(), entry.lastModified(), Attributes.none());
  }

  private String read(String key) throws IOException {
    try (InputStream stream = destination.open(key).open()) {
      return new String(stream.readAllBytes(), UTF_8);
    }
  }

  private static List<String> keys(ImageStore store) throws IOException {
    try (Stream<Entry> entries = store.list("")) {
      return entries.map(Entry::key).toList();
    }
  }

  private static Failed failed(Outcome outcome, Failure failure) {
    assertThat(outcome).isInstanceOf(Failed.class);
    assertThat(((Failed) outcome).failure()).isEqualTo(failure);
    return (Failed) outcome;
  }

  @Test
  void process_newImage_looksForOneThumbnailAndPutsTheOthers() throws IOException {
    Entry told = write("jpeg flower");
    assertThat(builder().build().process(told)).isInstanceOf(Written.class);
    assertThat(destination.calls).containsExactly("stat " + SMALL, "put " + SMALL, "put " + LARGE);
  }

  @Test
  void process_again_isUnchangedWithoutTheSource() throws IOException {
    Entry told = write("jpeg flower");
    builder().build().process(told);
    source.calls.clear();
    destination.calls.clear();
    assertThat(builder().build().process(told)).isInstanceOf(Unchanged.class);
    assertThat(source.calls).isEmpty();
    assertThat(destination.calls).containsExactly("stat " + SMALL, "stat " + LARGE);
  }

  /** The order of steps that prevents old thumbnails from replacing newer ones. */
  @Test
  void process_newImage_isFetchedAfterTheThumbnailsWereLookedFor() throws IOException {
    Entry told = write("jpeg flower");
    builder().build().process(told);
    Entry next = write("jpeg tree");
    List<String> calls = new ArrayList<>();
    source.before(calls::add);
    destination.before(calls::add);
    assertThat(builder().build().process(next)).isInstanceOf(Written.class);
    assertThat(calls)
        .containsExactly(
            "stat " + SMALL,
            "stat " + LARGE,
            "stat a.png",
            "open a.png",
            "put " + SMALL,
            "put " + LARGE);
  }

  @Test
  void process_toldOfAnOlderVersion_goesByTheSource() throws IOException {
    Entry old = write("jpeg old");
    write("jpeg new");
    assertThat(builder().build().process(old)).isInstanceOf(Written.class);
    assertThat(read(SMALL)).startsWith("jpeg new");
    assertThat(builder().build().process(old)).isInstanceOf(Unchanged.class);
  }

  @Test
  void process_toldTheVersionOnly_asksTheSource() throws IOException {
    Entry told = write("jpeg flower");
    source.calls.clear();
    assertThat(builder().build().process("a.png", told.version())).isInstanceOf(Written.class);
    assertThat(source.calls).containsExactly("stat a.png", "open a.png");
    source.calls.clear();
    destination.delete(SMALL);
    assertThat(builder().build().process(told)).isInstanceOf(Written.class);
    assertThat(source.calls).containsExactly("fetch a.png", "stat a.png", "open a.png");
  }

  @Test
  void process_toldAnotherSize_goesByTheSource() throws IOException {
    Entry told = write("jpeg flower");
    Entry wrong =
        new Entry(told.key(), 1024, told.version(), told.lastModified(), Attributes.none());
    assertThat(builder().build().process(wrong)).isInstanceOf(Written.class);
  }

  @Test
  void process_toldOfWhatIsGone_isSkipped() throws IOException {
    Entry told = write("jpeg flower");
    source.delete("a.png");
    assertThat(builder().build().process(told))
        .isInstanceOfSatisfying(
            Skipped.class, it -> assertThat(it.reason()).isEqualTo(Reason.SOURCE_GONE));
  }

  @Test
  void process_sourceDenied_isRetried() throws IOException {
    Entry told = write("jpeg flower");
    source.before(
        call -> {
          source.before(other -> {}); // one look alone is denied: it is not made up for by another
          throw new StoreException(Kind.ACCESS_DENIED, call);
        });
    assertThat(failed(builder().build().process(told), Failure.ACCESS_DENIED).retryable()).isTrue();
  }

  @Test
  void process_toldOfAThumbnail_isSkipped() throws IOException {
    builder().build().process(write("jpeg flower"));
    Entry thumbnail = destination.stat(SMALL).orElseThrow();
    Entry told =
        new Entry(
            SMALL,
            thumbnail.size(),
            thumbnail.version(),
            thumbnail.lastModified(),
            Attributes.none());
    ThumbnailPipeline next =
        ThumbnailPipeline.builder(destination, MemoryImageStore.create())
            .renderer(renderer)
            .spec("tiny", ThumbnailSpec.fit(1, 1))
            .build();
    assertThat(next.process(told))
        .isInstanceOfSatisfying(
            Skipped.class, it -> assertThat(it.reason()).isEqualTo(Reason.THUMBNAIL));
    assertThat(renderer.decodes).hasValue(1);
  }

  @Test
  void process_withCatalog_recordsTheWholeEntry() throws IOException {
    List<Optional<Entry>> records = new ArrayList<>();
    ThumbnailPipeline pipeline =
        builder().catalog((entry, outcome, seen) -> records.add(entry)).build();
    source.put(
        "a.png",
        ImageSource.of("jpeg flower".getBytes(UTF_8)),
        Attributes.none().withMetadata(Map.of("camera", "x")));
    Entry entry = source.stat("a.png").orElseThrow();
    Entry told =
        new Entry("a.png", entry.size(), entry.version(), entry.lastModified(), Attributes.none());
    pipeline.process(told);
    pipeline.process(told);
    assertThat(records).containsExactly(Optional.of(entry), Optional.of(entry));
  }

  // What is under a key that nobody had looked at

  @ParameterizedTest
  @ValueSource(strings = {"jpeg old", "jpeg flower"})
  void process_firstThumbnailDeleted_makesAllOfThisVersion(String before) throws IOException {
    builder().build().process(write(before));
    destination.delete(SMALL);
    assertThat(builder().build().process(write("jpeg flower"))).isInstanceOf(Written.class);
    assertThat(read(SMALL)).startsWith("jpeg flower");
    assertThat(read(LARGE)).startsWith("jpeg flower");
  }

  @Test
  void process_firstThumbnailDeletedAndSourceReplacedMeanwhile_leavesTheNewer() throws IOException {
    ThumbnailPipeline pipeline = builder().build();
    pipeline.process(write("jpeg oldest"));
    destination.delete(SMALL);
    Entry old = write("jpeg old");
    destination.before(
        call -> {
          if (call.equals("put " + LARGE)) {
            destination.before(ignored -> {});
            Entry next = write("jpeg new");
            assertThat(pipeline.process(next)).isInstanceOf(Written.class);
          }
        });
    failed(pipeline.process(old), Failure.CONFLICT);
    assertThat(read(SMALL)).startsWith("jpeg new");
    assertThat(read(LARGE)).startsWith("jpeg new");
  }

  @Test
  void process_replacedBetweenLookAndPut_leavesTheNewer() throws IOException {
    ThumbnailPipeline pipeline = builder().build();
    pipeline.process(write("jpeg oldest"));
    destination.delete(SMALL);
    Entry old = write("jpeg old");
    destination.before(
        call -> {
          if (call.equals("stat " + LARGE)) {
            destination.before(
                next -> {
                  if (next.equals("put " + LARGE)) {
                    destination.before(ignored -> {});
                    assertThat(pipeline.process(write("jpeg new"))).isInstanceOf(Written.class);
                  }
                });
          }
        });
    failed(pipeline.process(old), Failure.CONFLICT);
    assertThat(read(LARGE)).startsWith("jpeg new");
  }

  @Test
  void process_cannotBeRendered_takesWhatNobodyHadLookedAt() throws IOException {
    ThumbnailPipeline pipeline = builder().build();
    pipeline.process(write("jpeg flower"));
    destination.delete(SMALL);
    failed(pipeline.process(write("malformed")), Failure.MALFORMED);
    assertThat(keys(destination)).isEmpty();
  }

  @Test
  void process_keysThatSourcesMayShare_areAllLookedAtFirst() throws IOException {
    Entry told = write("jpeg flower");
    builder().keyTemplate("{dir}/{name}.{spec}.{ext}").build().process(told);
    assertThat(destination.calls)
        .containsExactly(
            "stat a.small.jpg", "stat a.large.jpg", "put a.small.jpg", "put a.large.jpg");
  }
}
