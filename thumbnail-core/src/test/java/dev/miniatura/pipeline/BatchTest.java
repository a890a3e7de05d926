package dev.miniatura.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.ImageSource;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Entry;
import dev.miniatura.storage.MemoryImageStore;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BatchTest {

  private final HookedStore source = new HookedStore(MemoryImageStore.create());
  private final HookedStore destination = new HookedStore(MemoryImageStore.create());
  private final FakeRenderer renderer = new FakeRenderer();

  private ThumbnailPipeline pipeline(int parallelism) {
    return ThumbnailPipeline.builder(source, destination)
        .renderer(renderer)
        .spec("s", ThumbnailSpec.fit(10, 10))
        .parallelism(parallelism)
        .build();
  }

  private void write(String key, String text) throws IOException {
    source.put(key, ImageSource.of(text.getBytes(UTF_8)), Attributes.none());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void processAll_withBadImages_hasAnOutcomeForEach(int parallelism) throws Exception {
    List<String> texts =
        List.of("png a", "malformed", "memory", "overflow", "huge", "bug", "gif b");
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 210; i++) {
      keys.add("k" + i);
      write("k" + i, texts.get(i % texts.size()));
    }
    keys.add("absent");
    Map<String, Outcome> outcomes = new TreeMap<>();
    AtomicInteger inConsumer = new AtomicInteger();
    pipeline(parallelism)
        .processAll(
            keys.stream(),
            outcome -> {
              assertThat(inConsumer.incrementAndGet()).isEqualTo(1);
              assertThat(outcomes.put(outcome.source(), outcome)).isNull();
              inConsumer.decrementAndGet();
            });
    assertThat(outcomes.keySet()).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(outcomes.values().stream().filter(o -> o instanceof Outcome.Written)).hasSize(60);
    assertThat(outcomes.values().stream().filter(o -> o instanceof Outcome.Refused)).hasSize(30);
    assertThat(outcomes.values().stream().filter(o -> o instanceof Outcome.Failed)).hasSize(120);
    assertThat(outcomes.get("absent")).isInstanceOf(Outcome.Skipped.class);
  }

  @Test
  void processListed_asListed_asksForNoSourceBeforeItIsFetched() throws Exception {
    write("a", "png a");
    write("b", "malformed");
    List<Entry> listing = source.list("").toList();
    write("b", "png replaced since");
    Map<String, Outcome> outcomes = new TreeMap<>();
    for (Class<?> expected : List.of(Outcome.Written.class, Outcome.Unchanged.class)) {
      pipeline(2)
          .processListed(listing.stream(), outcome -> outcomes.put(outcome.source(), outcome));
      assertThat(outcomes).containsOnlyKeys("a", "b");
      assertThat(outcomes.values()).allMatch(expected::isInstance);
      source.calls.clear();
    }
    pipeline(1).processListed(listing.stream().limit(1), outcome -> {});
    assertThat(source.calls).isEmpty();
  }

  @Test
  void processAll_anyNumberOfKeys_takesThemOnlyWhenAThreadIsFree() throws Exception {
    AtomicInteger taken = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    AtomicInteger mostAhead = new AtomicInteger();
    Stream<String> keys =
        IntStream.iterate(0, i -> i + 1)
            .limit(1_000_000)
            .mapToObj(
                i -> {
                  int ahead = taken.incrementAndGet() - done.get();
                  mostAhead.accumulateAndGet(ahead, Math::max);
                  return "elsewhere/" + i;
                });
    ThumbnailPipeline pipeline =
        ThumbnailPipeline.builder(source, destination)
            .spec("s", ThumbnailSpec.fit(10, 10))
            .sourcePrefix("in/")
            .parallelism(4)
            .build();
    pipeline.processAll(keys, outcome -> done.incrementAndGet());
    assertThat(done).hasValue(1_000_000);
    assertThat(mostAhead.get()).isLessThanOrEqualTo(5);
  }

  @Test
  void processAll_parallel_worksOnSeveralAtATime() throws Exception {
    for (int i = 0; i < 4; i++) {
      write("k" + i, "png " + i);
    }
    CountDownLatch allAtWork = new CountDownLatch(4);
    source.before(
        call -> {
          if (call.startsWith("open")) {
            allAtWork.countDown();
            awaitForever(allAtWork);
          }
        });
    List<Outcome> outcomes = new ArrayList<>();
    pipeline(4).processAll(Stream.of("k0", "k1", "k2", "k3"), outcomes::add);
    assertThat(outcomes).hasSize(4).allMatch(outcome -> outcome instanceof Outcome.Written);
  }

  private static void awaitForever(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void processAll_interrupted_endsWithAnOutcomeForWhatWasBegun(int parallelism) throws Exception {
    for (int i = 0; i < 100; i++) {
      write("k" + i, "png " + i);
    }
    CountDownLatch begun = new CountDownLatch(parallelism);
    source.before(
        call -> {
          if (call.startsWith("open")) {
            begun.countDown();
            awaitForever(new CountDownLatch(1));
          }
        });
    Thread caller = Thread.currentThread();
    Thread interrupter =
        new Thread(
            () -> {
              try {
                begun.await();
                caller.interrupt();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    interrupter.start();
    List<Outcome> outcomes = new ArrayList<>();
    assertThatThrownBy(
            () ->
                pipeline(parallelism)
                    .processAll(IntStream.range(0, 100).mapToObj(i -> "k" + i), outcomes::add))
        .isInstanceOf(InterruptedException.class);
    interrupter.join();
    assertThat(Thread.interrupted()).isFalse();
    assertThat(outcomes)
        .hasSize(parallelism)
        .allSatisfy(
            outcome ->
                assertThat(outcome)
                    .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed ->
                            assertThat(failed.failure()).isEqualTo(Outcome.Failure.INTERRUPTED)));
    assertThat(
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("miniatura-")))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void processAll_listingFails_endsAndPassesTheErrorOn(int parallelism) {
    Stream<String> keys =
        IntStream.range(0, 100)
            .mapToObj(
                i -> {
                  if (i == 50) {
                    throw new UncheckedIOException(new IOException("page 2"));
                  }
                  return "absent" + i;
                });
    List<Outcome> outcomes = new ArrayList<>();
    assertThatThrownBy(() -> pipeline(parallelism).processAll(keys, outcomes::add))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("page 2");
    assertThat(outcomes).hasSize(50);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void processAll_consumerFails_endsAndPassesTheErrorOn(int parallelism) {
    AtomicInteger seen = new AtomicInteger();
    assertThatThrownBy(
            () ->
                pipeline(parallelism)
                    .processAll(
                        IntStream.range(0, 100_000).mapToObj(i -> "absent" + i),
                        outcome -> {
                          if (seen.incrementAndGet() == 10) {
                            throw new IllegalStateException("enough");
                          }
                        }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("enough");
    assertThat(seen.get()).isLessThan(100);
  }

  @Test
  void processAll_sameKeyManyTimesAtOnce_writesItOnce() throws Exception {
    write("k", "png flower");
    List<Outcome> outcomes = new ArrayList<>();
    pipeline(8).processAll(Stream.generate(() -> "k").limit(200), outcomes::add);
    assertThat(outcomes)
        .hasSize(200)
        .allMatch(o -> o instanceof Outcome.Written || o instanceof Outcome.Unchanged);
  }

  @Test
  void run_interruptedWhileItWaitsForItsHelper_endsThem() throws Exception {
    Thread caller = Thread.currentThread();
    CountDownLatch begun = new CountDownLatch(1);
    AtomicInteger daemons = new AtomicInteger();
    Function<String, Outcome> process =
        key -> {
          try {
            if (Thread.currentThread() == caller) {
              begun.await();
            } else {
              daemons.addAndGet(Thread.currentThread().isDaemon() ? 1 : 0);
              begun.countDown();
              while (!joins(caller)) {
                Thread.sleep(1);
              }
              caller.interrupt();
              Thread.sleep(30_000);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new Outcome.Skipped(key, Outcome.Reason.FOLDER, new Meter().timing());
        };
    List<String> done = new ArrayList<>();
    Batch<String> batch =
        new Batch<>(List.of("a", "b").iterator(), process, outcome -> done.add(outcome.source()));
    assertThatThrownBy(() -> batch.run(2)).isInstanceOf(InterruptedException.class);
    assertThat(done).containsExactlyInAnyOrder("a", "b");
    assertThat(daemons).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void run_anyParallelism_takesNoMoreThreads(int parallelism) throws Exception {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Function<Integer, Outcome> process =
        image -> {
          threads.add(Thread.currentThread());
          LockSupport.parkNanos(2_000_000); // so that every thread gets a turn
          return new Outcome.Skipped("" + image, Outcome.Reason.FOLDER, new Meter().timing());
        };
    new Batch<>(IntStream.range(0, 60).iterator(), process, outcome -> {}).run(parallelism);
    assertThat(threads).hasSize(parallelism).contains(Thread.currentThread());
  }

  private static boolean joins(Thread thread) {
    return Stream.of(thread.getStackTrace())
        .anyMatch(frame -> frame.getMethodName().equals("join"));
  }
}
