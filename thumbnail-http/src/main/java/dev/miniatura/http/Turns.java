package dev.miniatura.http;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets a few threads render at a time and some wait; when too many are waiting, others are refused
 * at once. Work that several request at the same time is done once.
 */
final class Turns {

  /** The work of one turn. */
  interface Work<T> {
    T run() throws ProblemException;
  }

  private final Semaphore free;
  private final int renders;
  private final int maxWaiting;
  private final long maxWaitNanos;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Map<String, CompletableFuture<?>> running = new ConcurrentHashMap<>();

  Turns(int renders, int maxWaiting, long maxWaitNanos) {
    free = new Semaphore(renders, true);
    this.renders = renders;
    this.maxWaiting = maxWaiting;
    this.maxWaitNanos = maxWaitNanos;
  }

  int rendering() {
    return renders - free.availablePermits();
  }

  int waiting() {
    return waiting.get();
  }

  /**
   * Does some work, or waits for another thread that is doing the same.
   *
   * @param what identifies the work
   */
  <T> T once(String what, Class<T> type, Work<T> work) throws ProblemException {
    CompletableFuture<T> mine = new CompletableFuture<>();
    CompletableFuture<?> other = running.putIfAbsent(what, mine);
    if (other != null) {
      return type.cast(await(other));
    }
    try {
      T result = inTurn(work);
      mine.complete(result);
      return result;
    } catch (ProblemException | RuntimeException | Error e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      running.remove(what, mine);
    }
  }

  private <T> T inTurn(Work<T> work) throws ProblemException {
    if (!free.tryAcquire()) {
      waited(
          () -> {
            if (!free.tryAcquire(maxWaitNanos, TimeUnit.NANOSECONDS)) {
              throw new ProblemException(Problem.BUSY);
            }
            return true;
          });
    }
    try {
      return work.run();
    } finally {
      free.release();
    }
  }

  private Object await(CompletableFuture<?> other) throws ProblemException {
    return waited(
        () -> {
          try {
            return other.get(2 * maxWaitNanos, TimeUnit.NANOSECONDS);
          } catch (TimeoutException e) {
            throw new ProblemException(Problem.BUSY, e);
          } catch (ExecutionException e) {
            throw e.getCause() instanceof ProblemException problem
                ? new ProblemException(problem.problem(), problem)
                : new ProblemException(Problem.INTERNAL, e);
          }
        });
  }

  private interface Wait<T> {
    T run() throws ProblemException, InterruptedException;
  }

  private <T> T waited(Wait<T> wait) throws ProblemException {
    try {
      if (waiting.incrementAndGet() > maxWaiting) {
        throw new ProblemException(Problem.BUSY);
      }
      return wait.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(Problem.BUSY, e);
    } finally {
      waiting.decrementAndGet();
    }
  }
}
