package dev.miniatura.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.MalformedImageException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {

  @Test
  void run_oneWorker_doesPiecesInOrderOnTheCallingThread() throws Exception {
    List<Integer> done = new ArrayList<>();
    try (Workers workers = new Workers(1)) {
      Thread caller = Thread.currentThread();
      workers.run(
          IntStream.range(0, 5)
              .<Workers.Piece>mapToObj(
                  piece ->
                      worker -> {
                        assertThat(Thread.currentThread()).isSameAs(caller);
                        done.add(piece);
                      })
              .toList());
    }
    assertThat(done).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void run_severalWorkers_areAtWorkAtOnceAndSoonEnd() throws Exception {
    CountDownLatch all = new CountDownLatch(3);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Set<Integer> numbers = ConcurrentHashMap.newKeySet();
    try (Workers workers = new Workers(3)) {
      Workers.Piece meeting =
          worker -> {
            threads.add(Thread.currentThread());
            numbers.add(worker);
            all.countDown();
            awaitUninterrupted(all);
          };
      workers.run(Collections.nCopies(3, meeting));
    }
    assertThat(numbers).containsExactlyInAnyOrder(0, 1, 2);
    threads.remove(Thread.currentThread());
    assertThat(threads).hasSize(2);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** Threads are used again, and are as if new. */
  @Test
  void close_whileOthersWork_waitsForThemAndInterruptsNobodyElse() throws Exception {
    for (int round = 0; round < 50; round++) {
      CountDownLatch begun = new CountDownLatch(1);
      AtomicBoolean ended = new AtomicBoolean();
      try (Workers workers = new Workers(2)) {
        FutureTask<Void> task =
            workers.start(
                () -> {
                  begun.countDown();
                  while (!Thread.interrupted()) {
                    Thread.onSpinWait();
                  }
                  ended.set(true);
                  Thread.currentThread().interrupt();
                  return null;
                });
        begun.await();
        assertThat(task.isDone()).isFalse();
      }
      assertThat(ended).isTrue();
      AtomicBoolean interrupted = new AtomicBoolean();
      try (Workers workers = new Workers(2)) {
        Workers.await(
            workers.start(
                () -> {
                  interrupted.set(Thread.currentThread().isInterrupted());
                  return null;
                }));
      }
      assertThat(interrupted).isFalse();
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void run_severalFail_throwsTheFirstInOrderAndBeginsNoMore() {
    CountDownLatch secondHasFailed = new CountDownLatch(1);
    Set<Integer> begun = ConcurrentHashMap.newKeySet();
    Workers.Piece first =
        worker -> {
          awaitUninterrupted(secondHasFailed);
          throw new MalformedImageException("TEST", 0, "first");
        };
    Workers.Piece second =
        worker -> {
          secondHasFailed.countDown();
          throw new IllegalStateException("second");
        };
    Workers.Piece later = begun::add;
    try (Workers workers = new Workers(2)) {
      List<Workers.Piece> pieces = new ArrayList<>(List.of(first, second));
      pieces.addAll(Collections.nCopies(1000, later));
      assertThatThrownBy(() -> workers.run(pieces))
          .isInstanceOf(MalformedImageException.class)
          .hasMessageContaining("first");
    }
    assertThat(begun).isEmpty();
  }

  @Test
  void start_isDoneByAnotherThreadOrByTheCallerButOnce() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
    try (Workers workers = new Workers(2)) {
      FutureTask<Void> first =
          workers.start(
              () -> {
                threads.add(Thread.currentThread());
                begun.countDown();
                awaitUninterrupted(go);
                return null;
              });
      FutureTask<Void> second =
          workers.start(
              () -> {
                threads.add(Thread.currentThread());
                return null;
              });
      begun.await();
      second.run();
      go.countDown();
      first.run();
      Workers.await(first);
      Workers.await(second);
    }
    assertThat(threads).hasSize(2).doesNotHaveDuplicates().endsWith(Thread.currentThread());
  }

  @Test
  void share_callerInterrupted_returnsWhenAllIsDoneAndStaysInterrupted() {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CountDownLatch otherHasBegun = new CountDownLatch(1);
    CountDownLatch callerGoesOn = new CountDownLatch(1);
    Thread caller = Thread.currentThread();
    boolean stays;
    try (Workers workers = new Workers(2)) {
      workers.share(
          () -> {
            threads.add(Thread.currentThread());
            if (Thread.currentThread() == caller) {
              awaitUninterrupted(otherHasBegun);
              callerGoesOn.countDown();
            } else {
              otherHasBegun.countDown();
              awaitUninterrupted(callerGoesOn);
              caller.interrupt();
            }
            while (next.getAndIncrement() < 1000) {
              done.incrementAndGet();
            }
          });
    } finally {
      stays = Thread.interrupted();
    }
    assertThat(stays).isTrue();
    assertThat(done).hasValue(1000);
    assertThat(threads).hasSize(2).contains(caller);
  }

  @Test
  void share_otherFails_throwsItsError() {
    OutOfMemoryError error = new OutOfMemoryError("test");
    CountDownLatch both = new CountDownLatch(2);
    Thread caller = Thread.currentThread();
    try (Workers workers = new Workers(2)) {
      Runnable work =
          () -> {
            both.countDown();
            awaitUninterrupted(both);
            if (Thread.currentThread() != caller) {
              throw error;
            }
          };
      assertThatThrownBy(() -> workers.share(work)).isSameAs(error);
    }
  }

  @Test
  void await_failedTask_throwsItsError() {
    for (Throwable error :
        List.of(
            new MalformedImageException("TEST", 0, "first"),
            new IllegalStateException("second"),
            new OutOfMemoryError("third"))) {
      try (Workers workers = new Workers(2)) {
        FutureTask<Void> task =
            workers.start(
                () -> {
                  if (error instanceof Exception exception) {
                    throw exception;
                  }
                  throw (Error) error;
                });
        assertThatThrownBy(() -> Workers.await(task)).isSameAs(error);
      }
    }
  }

  @Test
  void run_callerInterruptedWhileOthersWork_interruptsThemAndStaysInterrupted() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch otherHasBegun = new CountDownLatch(1);
    Set<Thread> interrupted = ConcurrentHashMap.newKeySet();
    Thread caller = Thread.currentThread();
    Workers.Piece piece =
        worker -> {
          if (worker == 0) {
            awaitUninterrupted(otherHasBegun);
            caller.interrupt(); // to be noticed while it waits for the other
            return;
          }
          otherHasBegun.countDown();
          try {
            never.await();
          } catch (InterruptedException e) {
            interrupted.add(Thread.currentThread());
          }
        };
    boolean stays;
    try (Workers workers = new Workers(2)) {
      assertThatThrownBy(() -> workers.run(List.of(piece, piece)))
          .isInstanceOf(InterruptedIOException.class);
    } finally {
      stays = Thread.interrupted();
    }
    assertThat(stays).isTrue();
    assertThat(interrupted).hasSize(1);
  }
}
