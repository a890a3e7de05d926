package dev.miniatura.internal.io;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Does the pieces of a job in parallel: on the calling thread, and on others until the instance is
 * closed. With one worker, pieces are done in order and no thread is started.
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
  private final Object lock = new Object();
  private final Deque<FutureTask<Void>> waiting = new ArrayDeque<>();
  private final List<Thread> atWork;
  private int others; // threads that are at work or about to be

  /**
   * Creates workers; the calling thread is one of them.
   *
   * @param count the number of workers, positive
   */
  public Workers(int count) {
    this.count = count;
    atWork = new ArrayList<>(count); // so that adding one cannot fail for want of memory
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
    List<Future<?>> helping = new ArrayList<>();
    for (int worker = 1; worker < Math.min(count, pieces.size()); worker++) {
      int number = worker;
      helping.add(
          start(
              () -> {
                pending.work(number);
                return null;
              }));
    }
    pending.work(0);
    for (Future<?> other : helping) {
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
    synchronized (lock) {
      waiting.add(task);
      if (others < count - 1) {
        Threads.POOL.execute(this::work);
        others++;
      }
    }
    return task;
  }

  /**
   * Has the calling thread and another one do the same work at once, which they share, and returns
   * when it is done, even if the calling thread is interrupted. One worker does it alone.
   */
  public void share(Runnable work) {
    if (count == 1) {
      work.run();
      return;
    }
    FutureTask<Void> other =
        start(
            () -> {
              work.run();
              return null;
            });
    work.run();
    other.run(); // if no thread has come to it, which must find nothing left
    waitFor(other);
  }

  private static void waitFor(FutureTask<Void> task) {
    boolean interrupted = false;
    try {
      for (boolean done = false; !done; ) {
        try {
          task.get();
          done = true;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Does tasks until none is waiting. */
  private void work() {
    for (FutureTask<Void> task = next(); task != null; task = next()) {
      task.run();
    }
  }

  private @Nullable FutureTask<Void> next() {
    synchronized (lock) {
      FutureTask<Void> task = waiting.poll();
      if (task == null) {
        others--;
        atWork.remove(Thread.currentThread());
        lock.notifyAll();
      } else if (!atWork.contains(Thread.currentThread())) {
        atWork.add(Thread.currentThread());
      }
      return task;
    }
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

  /** Interrupts pieces in progress and returns when no other thread is at work. */
  @Override
  public void close() {
    boolean interrupted = false;
    synchronized (lock) {
      waiting.clear();
      atWork.forEach(Thread::interrupt);
      while (others > 0) {
        try {
          lock.wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The threads of all instances. They wait a little for more to do: where others are at work, a
   * new thread may begin milliseconds later.
   */
  private static final class Threads {

    static final Executor POOL =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            1,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              Thread thread = new Thread(null, task, "miniatura-worker", 0, false);
              thread.setDaemon(true);
              thread.setContextClassLoader(null); // which would outlive its application
              return thread;
            });

    private Threads() {}
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
