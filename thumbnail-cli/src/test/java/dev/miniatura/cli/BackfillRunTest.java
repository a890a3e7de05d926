package dev.miniatura.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.miniatura.storage.testkit.ForwardingImageStore;
import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.TestImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The behavior of a run when a store fails. */
class BackfillRunTest {

  private static final int OBJECTS = 300;
  private static final int GRACE = 5;
  private static final Duration PAUSE = Duration.ofMillis(40);

  @TempDir private Path folder;
  private final ImageStore source = MemoryImageStore.create();
  private final ImageStore thumbs = MemoryImageStore.create();
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<String> calls = new ArrayList<>();
  private Kind failure = Kind.NETWORK;
  private Consumer<Outcome> watcher = outcome -> {};
  private Path file;
  private @Nullable ReportFile report;

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
        ThumbnailPipeline.builder(new BreakingStore(source, broken), thumbs)
            .spec("small", ThumbnailSpec.fit(16, 16))
            .parallelism(1) // a slow success between two threads would break the row of failures
            .build();
    return new Backfill(
        pipeline,
        start,
        new Backfill.Memory(Optional.of(file), Optional.ofNullable(report)),
        new Backfill.Listener() {
          @Override
          public void outcome(Outcome outcome) {
            outcomes.add(outcome);
            watcher.accept(outcome);
          }

          @Override
          public Optional<String> unmade(Outcome outcome) {
            return outcome instanceof Outcome.Written || outcome instanceof Outcome.Unchanged
                ? Optional.empty()
                : Optional.of(outcome.source());
          }
        },
        new Backfill.Patience(GRACE, PAUSE));
  }

  private Stream<Entry> listing(Checkpoint start) throws IOException {
    return source.list("", start.after());
  }

  private static Checkpoint beginning() {
    return new Checkpoint("task", "", List.of(), 0);
  }

  @Test
  void run_passingFailures_areTriedAgainAtTheEnd() throws Exception {
    Backfill backfill =
        backfill(key -> key.matches("0[0-2][02468].jpg") && count(key) == 1, beginning());
    assertThat(backfill.run(listing(beginning()), Optional.empty())).isTrue();
    assertThat(outcomes).hasSize(OBJECTS);
    assertThat(outcomes.stream().filter(outcome -> outcome instanceof Outcome.Failed))
        .extracting(Outcome::source)
        .containsExactly("100.jpg");
    assertThat(Checkpoint.read(file)).contains(new Checkpoint("task", "299.jpg", List.of(), 0));
  }

  /** A few failures are attributed to their objects, even if no success follows. */
  @Test
  void run_failuresAtTheEnd_areTriedAgain() throws Exception {
    Backfill backfill = backfill(key -> key.startsWith("29") && count(key) <= 1, beginning());
    try (Stream<Entry> listing = listing(beginning())) {
      Stream<Entry> fewLast = listing.filter(entry -> entry.key().compareTo("297") < 0);
      assertThat(backfill.run(fewLast.skip(286), Optional.empty())).isFalse(); // 7 in a row
    }
    calls.clear();
    outcomes.clear();
    Backfill four = backfill(key -> key.compareTo("296") >= 0 && count(key) <= 1, beginning());
    try (Stream<Entry> listing = listing(beginning())) {
      assertThat(four.run(listing.skip(290), Optional.empty())).isTrue();
    }
    assertThat(outcomes).hasSize(10).noneMatch(outcome -> outcome instanceof Outcome.Failed);
    assertThat(Checkpoint.read(file)).contains(new Checkpoint("task", "299.jpg", List.of(), 0));
  }

  @ParameterizedTest
  @CsvSource({"NETWORK, 4", "CONFLICT, 5"}) // one that is not as listed takes one more request
  void run_objectThatAlwaysFails_isTriedFourTimesAndKept(Kind kind, int asked) throws Exception {
    failure = kind;
    Backfill backfill = backfill(key -> key.equals("298.jpg") && count(key) > 0, beginning());
    long start = System.nanoTime();
    try (Stream<Entry> listing = listing(beginning())) {
      assertThat(backfill.run(listing.skip(297), Optional.empty())).isFalse();
    }
    assertThat(calls).hasSize(asked);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(PAUSE.multipliedBy(7));
    assertThat(backfill.stopped()).isEmpty();
    assertThat(outcomes)
        .extracting(Outcome::source)
        .containsExactly("297.jpg", "299.jpg", "298.jpg");
    assertThat(Checkpoint.read(file))
        .contains(new Checkpoint("task", "299.jpg", List.of("298.jpg"), 0));
  }

  @Test
  void run_takesLong_savesOnTheWay() throws Exception {
    List<Checkpoint> saved = new ArrayList<>();
    watcher =
        outcome -> {
          try {
            if (outcome.source().equals("005.jpg")) {
              assertThat(file).doesNotExist();
              Thread.sleep(1_100);
            } else if (outcome.source().equals("007.jpg")) {
              saved.add(Checkpoint.read(file).orElseThrow());
            }
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    try (Stream<Entry> listing = listing(beginning())) {
      backfill(key -> false, beginning()).run(listing.limit(9), Optional.empty());
    }
    assertThat(saved).extracting(Checkpoint::after).containsExactly("005.jpg");
  }

  @Test
  void run_withARate_beginsNoObjectBefore() throws Exception {
    long start = System.nanoTime();
    try (Stream<Entry> listing = listing(beginning())) {
      backfill(key -> false, beginning()).run(listing.limit(6), Optional.of(new Rate(20)));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(250));
  }

  /** It used to continue past 200 failures, and to name each in its checkpoint. */
  @Test
  void run_aRowOfFailures_endsWithTheCheckpointBeforeIt() throws Exception {
    Backfill first = backfill(key -> key.compareTo("050.jpg") >= 0, beginning());
    assertThat(first.run(listing(beginning()), Optional.empty())).isFalse();
    assertThat(first.stopped().orElseThrow())
        .isEqualTo("5 objects in a row failed, the last with: store not reached: 054.jpg");
    Checkpoint left = Checkpoint.read(file).orElseThrow();
    assertThat(left).isEqualTo(new Checkpoint("task", "049.jpg", List.of(), 0));
    assertThat(outcomes).hasSize(50 + GRACE);

    outcomes.clear();
    assertThat(backfill(key -> false, left).run(listing(left), Optional.empty())).isTrue();
    assertThat(outcomes).hasSize(OBJECTS - 50);
    try (Stream<Entry> made = thumbs.list("")) {
      assertThat(made).hasSize(OBJECTS - 1);
    }
  }

  @Test
  void run_badContentBetweenFailures_isNoSuccess() throws Exception {
    for (int i = 50; i < 100; i += 2) {
      source.put("%03d.jpg".formatted(i), ImageSource.of(new byte[] {1, 2}), Attributes.none());
    }
    Backfill first =
        backfill(key -> key.matches("0[5-9].*") && (key.charAt(2) & 1) == 1, beginning());
    assertThat(first.run(listing(beginning()), Optional.empty())).isFalse();
    assertThat(Checkpoint.read(file).orElseThrow().after()).isEqualTo("050.jpg");
  }

  @Test
  void run_aRowAmongThoseTriedAgain_keepsThem() throws Exception {
    Checkpoint start = new Checkpoint("task", "290.jpg", keys(0, 8), 0);
    Backfill first = backfill(key -> key.startsWith("00") && count(key) > 0, start);
    assertThat(first.run(listing(start), Optional.empty())).isFalse();
    assertThat(calls).isEqualTo(keys(0, GRACE)); // and no further one
    assertThat(Checkpoint.read(file)).contains(new Checkpoint("task", "299.jpg", keys(0, 8), 0));
  }

  private static List<String> keys(int from, int to) {
    return IntStream.range(from, to).mapToObj("%03d.jpg"::formatted).toList();
  }

  @Test
  void run_listingFails_stopsThere() throws Exception {
    Stream<Entry> broken =
        Stream.concat(
            listing(beginning()).limit(20),
            Stream.generate(
                () -> {
                  throw new UncheckedIOException(new StoreException(Kind.ACCESS_DENIED, "page 2"));
                }));
    Backfill first = backfill(key -> false, beginning());
    assertThat(first.run(broken, Optional.empty())).isFalse();
    assertThat(first.stopped()).contains("access denied: page 2");
    assertThat(Checkpoint.read(file).orElseThrow().after()).isEqualTo("019.jpg");
  }

  @Test
  void report_ofARunThatWasCutShort_isContinuedWithoutDoubles() throws Exception {
    Path lines = folder.resolve("report");
    source.put("000.jpg", ImageSource.of(new byte[] {1}), Attributes.none());
    source.put("200.jpg", ImageSource.of(new byte[] {1}), Attributes.none());
    try (ReportFile first = ReportFile.open(lines, 0)) {
      report = first;
      assertThat(
              backfill(key -> key.compareTo("150") > 0, beginning())
                  .run(listing(beginning()), Optional.empty()))
          .isFalse();
      first.append("written after the checkpoint");
    }
    Checkpoint left = Checkpoint.read(file).orElseThrow();
    assertThat(left.reported()).isEqualTo("000.jpg\n100.jpg\n".length());
    try (ReportFile second = ReportFile.open(lines, left.reported())) {
      report = second;
      assertThat(backfill(key -> false, left).run(listing(left), Optional.empty())).isTrue();
    }
    assertThat(lines).hasContent("000.jpg\n100.jpg\n200.jpg\n");
    assertThatThrownBy(() -> ReportFile.open(lines, 25))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("too short");
  }

  private synchronized int count(String key) {
    calls.add(key);
    return (int) calls.stream().filter(key::equals).count();
  }

  /** The source, unreachable for some keys. */
  private final class BreakingStore extends ForwardingImageStore {

    private final Predicate<String> broken;

    BreakingStore(ImageStore source, Predicate<String> broken) {
      super(source);
      this.broken = broken;
    }

    @Override
    public Optional<Entry> stat(String key) throws IOException {
      if (broken.test(key)) {
        throw new StoreException(failure, key);
      }
      return super.stat(key);
    }
  }
}
