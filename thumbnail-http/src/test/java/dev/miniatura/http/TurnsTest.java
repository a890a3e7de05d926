package dev.miniatura.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TurnsTest {

  private static final long LONG = Duration.ofSeconds(10).toNanos();

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch begun = new CountDownLatch(1);

  @AfterEach
  void endThreads() {
    held.countDown();
    threads.shutdownNow();
  }

  private String hold() {
    begun.countDown();
    try {
      held.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return "held";
  }

  private Future<String> started(Turns turns, String what) throws InterruptedException {
    Future<String> future = threads.submit(() -> turns.once(what, String.class, this::hold));
    begun.await();
    return future;
  }

  private static void awaitWaiting(Turns turns, int count) {
    while (turns.waiting() < count) {
      Thread.onSpinWait();
    }
  }

  @Test
  void once_theSameAtTheSameTime_isDoneOnce() throws Exception {
    Turns turns = new Turns(2, 9, LONG);
    AtomicInteger runs = new AtomicInteger();
    Future<String> first = started(turns, "a");
    List<Future<String>> others = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      others.add(
          threads.submit(
              () -> turns.once("a", String.class, () -> "run " + runs.incrementAndGet())));
    }
    awaitWaiting(turns, 5);

    held.countDown();

    for (Future<String> other : others) {
      assertThat(other.get()).isEqualTo(first.get());
    }
    assertThat(runs).hasValue(0);
    assertThat(turns.waiting()).isZero();
    assertThat(turns.rendering()).isZero();
    assertThat(turns.once("a", String.class, () -> "again")).isEqualTo("again");
  }

  @Test
  void once_noTurnFree_waits() throws Exception {
    Turns turns = new Turns(1, 1, LONG);
    Future<String> first = started(turns, "a");
    Future<String> second = threads.submit(() -> turns.once("b", String.class, () -> "b"));
    awaitWaiting(turns, 1);
    assertThat(turns.rendering()).isEqualTo(1);

    assertThatThrownBy(() -> turns.once("c", String.class, () -> "c"))
        .as("who comes when enough wait")
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.BUSY));

    held.countDown();
    assertThat(first.get()).isEqualTo("held");
    assertThat(second.get()).isEqualTo("b");
  }

  @Test
  void once_waitedTooLong_isBusy() throws Exception {
    Turns turns = new Turns(1, 1, 1);
    Future<String> first = started(turns, "a");

    assertThatThrownBy(() -> turns.once("b", String.class, () -> "b"))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.BUSY));
    assertThatThrownBy(() -> turns.once("a", String.class, () -> "a"))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.BUSY));
    assertThat(turns.waiting()).isZero();
    held.countDown();
    assertThat(first.get()).isEqualTo("held");
  }

  @Test
  void once_failure_isThatOfAllWhoWaitAndOfNobodyAfterwards() throws Exception {
    Turns turns = new Turns(1, 9, LONG);
    Future<String> first =
        threads.submit(
            () ->
                turns.once(
                    "a",
                    String.class,
                    () -> {
                      hold();
                      throw new ProblemException(Problem.MALFORMED_IMAGE);
                    }));
    begun.await();
    Future<String> second = threads.submit(() -> turns.once("a", String.class, () -> "a"));
    awaitWaiting(turns, 1);

    held.countDown();

    for (Future<String> each : List.of(first, second)) {
      assertThatThrownBy(each::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem()).isEqualTo(Problem.MALFORMED_IMAGE));
    }
    assertThat(turns.once("a", String.class, () -> "a")).isEqualTo("a");
  }
}
