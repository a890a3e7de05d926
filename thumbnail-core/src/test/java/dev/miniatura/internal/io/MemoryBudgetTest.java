package dev.miniatura.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.BusyException;
import dev.miniatura.LimitExceededException;
import dev.miniatura.internal.io.MemoryBudget.Reservation;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MemoryBudgetTest {

  private static final Duration LONG = Duration.ofMinutes(5);

  private final MemoryBudget budget = new MemoryBudget(100);

  private Reservation open(Duration maxWait) {
    return budget.open(1000, maxWait, new Deadline(LONG));
  }

  private interface Body {
    void run() throws IOException;
  }

  private static Thread start(Body body, CompletableFuture<Throwable> end) {
    Thread thread =
        new Thread(
            () -> {
              try {
                body.run();
                end.complete(null);
              } catch (Throwable e) {
                end.complete(e);
              }
            });
    thread.start();
    return thread;
  }

  private static void awaitWaiting(Thread thread) throws InterruptedException {
    while (thread.getState() != Thread.State.TIMED_WAITING && thread.isAlive()) {
      Thread.sleep(1);
    }
  }

  @Test
  void plan_moreThanTheWholeBudget_isRefusedForGoodWithBothNumbers() {
    assertThatThrownBy(() -> open(LONG).plan(101, 0))
        .isInstanceOf(LimitExceededException.class)
        .hasMessage("working memory in bytes: 101 exceeds the limit of 100");
  }

  @Test
  void plan_notFree_waitsUntilItIsAndThenNoLonger() throws Exception {
    Reservation first = open(LONG);
    first.plan(60, 0);
    Reservation second = open(LONG);
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread waiting = start(() -> second.plan(60, 0), end);
    awaitWaiting(waiting);
    assertThat(end).isNotDone();
    first.close();
    assertThat(end.get()).isNull();
    second.close();
    open(Duration.ZERO).plan(100, 0);
  }

  @Test
  void plan_notFreeInTime_isBusy() throws IOException {
    open(LONG).plan(60, 0);
    assertThatThrownBy(() -> open(Duration.ZERO).plan(60, 0))
        .isInstanceOf(BusyException.class)
        .hasMessageMatching(
            "busy: 60 bytes of memory are needed, 40 of 100 are free, after \\d+ ms");
    assertThatThrownBy(() -> open(Duration.ofMillis(20)).plan(41, 0))
        .isInstanceOf(BusyException.class);
    open(Duration.ZERO).plan(40, 0);
  }

  @Test
  void plan_manyWait_inTheOrderOfTheirArrival() throws Exception {
    Reservation first = open(LONG);
    first.plan(100, 0);
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    List<CompletableFuture<Throwable>> ends = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int number = i;
      Reservation next = open(LONG);
      CompletableFuture<Throwable> end = new CompletableFuture<>();
      ends.add(end);
      Thread thread =
          start(
              () -> {
                next.plan(number % 2 == 0 ? 90 : 20, 0); // the small ones do not pass the large
                order.add(number);
                next.close();
              },
              end);
      awaitWaiting(thread);
    }
    first.close();
    for (CompletableFuture<Throwable> end : ends) {
      assertThat(end.get()).isNull();
    }
    assertThat(order).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void keep_whatThePlanIncludes_isNotReservedTwice() throws IOException {
    Reservation first = open(Duration.ZERO);
    first.keep(10);
    first.plan(80, 30);
    first.keep(20); // 30 of 30
    open(Duration.ZERO).plan(20, 0);
    assertThatThrownBy(() -> first.keep(1)).isInstanceOf(BusyException.class);
  }

  @Test
  void keep_allWhoHoldWaitForEachOther_endsForOneOfThem() throws Exception {
    Reservation first = open(LONG);
    first.keep(50);
    Reservation second = open(LONG);
    second.keep(50);
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    awaitWaiting(start(() -> first.keep(20), end));
    assertThatThrownBy(() -> second.keep(20)).isInstanceOf(BusyException.class);
    second.close();
    assertThat(end.get()).isNull();
  }

  @Test
  void plan_interruptedWhileWaiting_ends() throws Exception {
    open(LONG).plan(100, 0);
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread thread = start(() -> open(LONG).plan(1, 0), end);
    awaitWaiting(thread);
    thread.interrupt();
    assertThat(end.get()).isInstanceOf(InterruptedIOException.class);
  }

  @Test
  void plan_timeSpentWaiting_isNotTheSources() throws Exception {
    Reservation first = open(LONG);
    first.plan(100, 0);
    Deadline deadline = new Deadline(Duration.ofSeconds(1));
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread thread =
        start(
            () -> {
              budget.open(100, LONG, deadline).plan(1, 0);
              deadline.check();
            },
            end);
    awaitWaiting(thread);
    Thread.sleep(1200);
    first.close();
    assertThat(end.get()).isNull();
  }

  @Test
  void deadline_moreAtWorkThanProcessors_isBusyNotTheImagesFault() throws Exception {
    Deadline deadline = new Deadline(Duration.ofNanos(1));
    Reservation mine = budget.open(100, LONG, deadline);
    List<Reservation> others = new ArrayList<>();
    for (int i = 1; i < Runtime.getRuntime().availableProcessors(); i++) {
      others.add(open(LONG));
    }
    Thread.sleep(1);
    assertThatThrownBy(deadline::check).isInstanceOf(LimitExceededException.class);
    Reservation oneMore = open(LONG);
    assertThatThrownBy(deadline::check).isInstanceOf(BusyException.class);
    // Who waits for memory takes no time
    mine.plan(100, 0);
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread thread = start(() -> oneMore.plan(1, 0), end);
    awaitWaiting(thread);
    assertThatThrownBy(deadline::check).isInstanceOf(LimitExceededException.class);
    mine.close();
    mine.close();
    assertThat(end.get()).isNull();
    assertThatThrownBy(deadline::check).isInstanceOf(LimitExceededException.class);
    others.add(open(LONG));
    assertThatThrownBy(deadline::check).isInstanceOf(BusyException.class);
    others.forEach(Reservation::close);
  }
}
