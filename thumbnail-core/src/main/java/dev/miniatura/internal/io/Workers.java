package dev.miniatura.internal.io;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Does the pieces of a job in parallel: on the calling thread, and on others that end when the
 * instance is closed. With one worker, pieces are done in order and no thread is started.
 */
public final class Workers implements AutoCloseable {

  /** A piece of work. */
  @FunctionalInterface
  public interface Piece {

    /**
     * Does the work.
     *
     * @param worker the number of the worker, which does one piece at a time; 0 for the calling
     *     thread
     */
    void run(int worker) throws IOException;
  }

  private final int count;
  private final List<Thread> started = new ArrayList<>();
  private @Nullable ExecutorService threads;

  /**
   * Creates workers; the calling thread is one of them.
   *
   * @param count the number of workers, positive
   */
  public Workers(int count) {
    this.count = count;
  }

  /** Returns the number of workers. */
  public int count() {
    return count;
  }

  /**
   * Does all pieces. If one fails, no later piece is started, and the failure of the first one in
   * order is thrown, as if they had been done one after another.
   *
   * @throws InterruptedIOException if the calling thread is interrupted; it remains interrupted
   */
  public void run(List<? extends Piece> pieces) throws IOException {
    Pending pending = new Pending(pieces);
    List<Future<?>> others = new ArrayList<>();
    for (int worker = 1; worker < Math.min(count, pieces.size()); worker++) {
      int number = worker;
      others.add(threads().submit(() -> pending.work(number)));
    }
    pending.work(0);
    for (Future<?> other : others) {
      await(other);
    }
    pending.throwFailure();
  }

  /**
   * Has a task done by another thread, unless the calling thread {@linkplain FutureTask#run runs}
   * it first. There must be more than one worker.
   */
  public FutureTask<Void> start(Callable<Void> work) {
    FutureTask<Void> task = new FutureTask<>(work);
    threads().execute(task);
    return task;
  }

  private ExecutorService threads() {
    ExecutorService running = threads;
    if (running == null) {
      running =
          Executors.newFixedThreadPool(
              count - 1,
              task -> {
                Thread thread = new Thread(task, "miniatura-worker");
                thread.setDaemon(true);
                started.add(thread);
                return thread;
              });
      threads = running;
    }
    return running;
  }

  /**
   * Waits for a task, and throws what it has thrown.
   *
   * @throws InterruptedIOException if the calling thread is interrupted; it remains interrupted
   */
  public static void await(Future<?> task) throws IOException {
    try {
      task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException)
          new InterruptedIOException("interrupted while an image was read or rendered")
              .initCause(e);
    } catch (ExecutionException e) {
      rethrow(e.getCause());
    }
  }

  private static void rethrow(@Nullable Throwable reason) throws IOException {
    if (reason instanceof IOException io) {
      throw io;
    } else if (reason instanceof RuntimeException runtime) {
      throw runtime;
    } else if (reason instanceof Error error) {
      throw error;
    }
  }

  /** Interrupts pieces in progress and returns when all threads have ended. */
  @Override
  public void close() {
    ExecutorService running = threads;
    if (running == null) {
      return;
    }
    running.shutdownNow();
    boolean interrupted = false;
    for (Thread thread : started) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The pieces, which workers take in order. */
  private static final class Pending {

    private final List<? extends Piece> pieces;
    private int next;
    private int failed = Integer.MAX_VALUE; // the lowest index of a piece that failed
    private @Nullable Throwable failure;

    Pending(List<? extends Piece> pieces) {
      this.pieces = pieces;
    }

    private synchronized int take() {
      return next < pieces.size() && failed == Integer.MAX_VALUE ? next++ : -1;
    }

    private synchronized void fail(int piece, Throwable reason) {
      if (piece < failed) {
        failed = piece;
        failure = reason;
      }
    }

    void work(int worker) {
      for (int piece = take(); piece >= 0; piece = take()) {
        try {
          pieces.get(piece).run(worker);
        } catch (IOException | RuntimeException | Error e) {
          fail(piece, e);
        }
      }
    }

    synchronized void throwFailure() throws IOException {
      rethrow(failure);
    }
  }
}
