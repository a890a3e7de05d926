package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.testing.TestImages;
import dev.miniatura.testing.TiffMaker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Memory shared by concurrent calls. */
@Timeout(120)
class SharedMemoryTest {

  private static final ThumbnailSpec SMALL = ThumbnailSpec.fit(64, 64);
  private static final byte[] FILE = TiffMaker.of(TestImages.photo(600, 400)).bytes();

  private static long peak() throws IOException {
    return Thumbnailer.create().plan(ImageSource.of(FILE), List.of(SMALL)).peakBytes();
  }

  /** Renders, and blocks in its last step until released. */
  private static ThumbnailSpec held(CountDownLatch entered, CountDownLatch leave) {
    return SMALL.filter(
        "hold",
        image -> {
          entered.countDown();
          try {
            leave.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return image;
        });
  }

  @Test
  void render_memoryIsTaken_isBusyAndLaterNot() throws Exception {
    Thumbnailer thumbnailer =
        Thumbnailer.create().withMemoryBudget(peak() * 3 / 2).withMaxWait(Duration.ofMillis(10));
    ExecutorService pool = Executors.newSingleThreadExecutor();
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    try {
      Future<Thumbnail> first =
          pool.submit(() -> thumbnailer.render(ImageSource.of(FILE), held(entered, leave)));
      entered.await();
      assertThatThrownBy(() -> thumbnailer.render(ImageSource.of(FILE), SMALL))
          .isInstanceOf(BusyException.class)
          .isInstanceOf(ThumbnailException.class)
          .hasMessageContaining("%d bytes of memory are needed", peak());
      assertThat(thumbnailer.probe(ImageSource.of(FILE)).width()).isEqualTo(600);
      leave.countDown();
      first.get();
      assertThat(thumbnailer.render(ImageSource.of(FILE), SMALL).width()).isEqualTo(64);
    } finally {
      leave.countDown();
      pool.shutdownNow();
    }
  }

  @Test
  void render_manyAtATime_allAreMadeAndNoMoreThanFitTogether() throws Exception {
    Thumbnailer thumbnailer = Thumbnailer.create().withMemoryBudget(peak() * 2 + peak() / 2);
    List<Integer> together = Collections.synchronizedList(new ArrayList<>());
    List<Integer> inside = Collections.synchronizedList(new ArrayList<>());
    ThumbnailSpec counting =
        SMALL.filter(
            "count",
            image -> {
              inside.add(1);
              together.add(inside.size());
              try {
                Thread.sleep(20);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              inside.remove(0);
              return image;
            });
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Future<Thumbnail>> all = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        // A stream of unknown length is buffered as it is read, and waits in between.
        ImageSource source =
            i % 2 == 0 ? ImageSource.of(FILE) : () -> new ByteArrayInputStream(FILE);
        all.add(pool.submit(() -> thumbnailer.render(source, counting)));
      }
      int busy = 0;
      for (Future<Thumbnail> each : all) {
        try {
          assertThat(each.get().width()).isEqualTo(64);
        } catch (ExecutionException e) {
          assertThat(e).hasCauseInstanceOf(BusyException.class);
          busy++;
        }
      }
      assertThat(busy).isLessThanOrEqualTo(8); // bytes in memory always wait to the end
      assertThat(Collections.max(together)).isLessThanOrEqualTo(2);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void render_moreThanTheWholeBudget_isRefusedForGoodWithTrueNumbers() throws IOException {
    long peak = peak();
    Thumbnailer thumbnailer = Thumbnailer.create().withMemoryBudget(peak - 1);
    assertThatThrownBy(() -> thumbnailer.render(ImageSource.of(FILE), SMALL))
        .isInstanceOf(LimitExceededException.class)
        .hasMessage("working memory in bytes: %d exceeds the limit of %d", peak, peak - 1);
    assertThatThrownBy(() -> thumbnailer.plan(ImageSource.of(FILE), List.of(SMALL)))
        .isInstanceOf(LimitExceededException.class);
  }

  @Test
  void render_heapIsExhausted_isBusyNotTheImagesFault() throws IOException {
    OutOfMemoryError error = new OutOfMemoryError("Java heap space");
    ThumbnailSpec spec =
        SMALL.filter(
            "memory",
            image -> {
              throw error;
            });
    assertThatThrownBy(() -> Thumbnailer.create().render(ImageSource.of(FILE), spec))
        .isInstanceOf(BusyException.class)
        .hasMessageContaining("the heap is exhausted")
        .hasCause(error);
  }

  @Test
  void render_heapIsExhaustedInAPlugin_isBusyNotTheImagesFault() {
    OutOfMemoryError error = new OutOfMemoryError("Java heap space");
    ImageSource source =
        () ->
            new ByteArrayInputStream(FILE) {
              @Override
              public synchronized int read(byte[] target, int offset, int length) {
                if (pos > 1 << 16) {
                  throw error;
                }
                return super.read(target, offset, length);
              }
            };
    assertThatThrownBy(() -> Thumbnailer.create().render(source, SMALL))
        .isInstanceOf(BusyException.class)
        .hasCause(error);
  }

  @Test
  void settings_thatMakeNoSense_areRefused() {
    Thumbnailer thumbnailer = Thumbnailer.create();
    assertThatIllegalArgumentException().isThrownBy(() -> thumbnailer.withMemoryBudget(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> thumbnailer.withMaxWait(Duration.ofNanos(-1)));
  }
}
