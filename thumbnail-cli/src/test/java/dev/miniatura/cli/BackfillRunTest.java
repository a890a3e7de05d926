package dev.miniatura.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.ImageSource;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.pipeline.Outcome;
import dev.miniatura.pipeline.ThumbnailPipeline;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Entry;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import dev.miniatura.storage.MemoryImageStore;
import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.TestImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run does when a store fails. */
class BackfillRunTest {

  private static final int OBJECTS = 300;

  @TempDir private Path folder;
  private final ImageStore source = MemoryImageStore.create();
  private final ImageStore thumbs = MemoryImageStore.create();
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<String> calls = new ArrayList<>();
  private Path file;

  @BeforeEach
  void putPhotos() throws IOException {
    file = folder.resolve("checkpoint");
    byte[] photo = JpegMaker.of(TestImages.photo(40, 30)).bytes();
    for (int i = 0; i < OBJECTS; i++) {
      source.put("%03d.jpg".formatted(i), ImageSource.of(photo), Attributes.none());
    }
    source.put("100.jpg", ImageSource.of(new byte[] {(byte) 0xff, (byte) 0xd8}), Attributes.none());
  }

  private Backfill backfill(Predicate<String> broken, Checkpoint start) {
    ThumbnailPipeline pipeline =
        ThumbnailPipeline.builder(new BreakingStore(broken), thumbs)
            .spec("small", ThumbnailSpec.fit(16, 16))
            .parallelism(1) // a slow success between two threads would break the row of failures
            .build();
    return new Backfill(pipeline, start, Optional.of(file), outcomes::add);
  }

  private Stream<Entry> listing(Checkpoint start) throws IOException {
    return source.list("", start.after());
  }

  private static Checkpoint beginning() {
    return new Checkpoint("task", "", List.of());
  }

  @Test
  void run_passingFailures_areTriedAgainAtTheEnd() throws Exception {
    Backfill backfill = backfill(key -> key.startsWith("00") && count(key) == 1, beginning());
    assertThat(backfill.run(listing(beginning()), Optional.empty())).isTrue();
    assertThat(outcomes).hasSize(OBJECTS);
    assertThat(outcomes.stream().filter(outcome -> outcome instanceof Outcome.Failed))
        .extracting(Outcome::source)
        .containsExactly("100.jpg");
    assertThat(Checkpoint.read(file)).contains(new Checkpoint("task", "299.jpg", List.of()));
  }

  @Test
  void run_everythingFails_endsAndLosesNothing() throws Exception {
    Backfill first = backfill(key -> key.compareTo("050.jpg") >= 0, beginning());
    assertThat(first.run(listing(beginning()), Optional.empty())).isFalse();
    assertThat(first.hopeless()).isTrue();
    Checkpoint left = Checkpoint.read(file).orElseThrow();
    assertThat(left.again()).hasSize(200).doesNotContain("049.jpg").contains("050.jpg");
    assertThat(left.after()).isLessThan("299.jpg");
    assertThat(outcomes).hasSize(50 + left.again().size());

    outcomes.clear();
    assertThat(backfill(key -> false, left).run(listing(left), Optional.empty())).isTrue();
    assertThat(outcomes).hasSize(OBJECTS - 50);
    try (Stream<Entry> made = thumbs.list("")) {
      assertThat(made).hasSize(OBJECTS - 1);
    }
  }

  private synchronized int count(String key) {
    calls.add(key);
    return (int) calls.stream().filter(key::equals).count();
  }

  /** The source, out of reach for some keys. */
  private final class BreakingStore implements ImageStore {

    private final Predicate<String> broken;

    BreakingStore(Predicate<String> broken) {
      this.broken = broken;
    }

    @Override
    public String location() {
      return source.location();
    }

    @Override
    public Optional<Entry> stat(String key) throws IOException {
      if (broken.test(key)) {
        throw new StoreException(Kind.NETWORK, key);
      }
      return source.stat(key);
    }

    @Override
    public ImageSource open(Entry entry) {
      return source.open(entry);
    }

    @Override
    public String put(String key, ImageSource content, Attributes attributes, Condition condition)
        throws IOException {
      return source.put(key, content, attributes, condition);
    }

    @Override
    public void delete(String key) throws IOException {
      source.delete(key);
    }

    @Override
    public Stream<Entry> list(String prefix, String after) throws IOException {
      return source.list(prefix, after);
    }
  }
}
