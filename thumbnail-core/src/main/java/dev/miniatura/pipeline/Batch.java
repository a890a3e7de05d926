package dev.miniatura.pipeline;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Processes images with a few threads, including the caller's. A thread takes the next image when
 * it is done with its last one, so there is no queue: images may be produced lazily and without
 * end.
 *
 * @param <T> the type that identifies an image
 */
final class Batch<T> {

  private final Iterator<T> images;
  private final Function<T, Outcome> process;
  private final Consumer<? super Outcome> outcomes;
  private final Object imagesLock = new Object();
  private final Object outcomesLock = new Object();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile boolean stopped;

  Batch(Iterator<T> images, Function<T, Outcome> process, Consumer<? super Outcome> outcomes) {
    this.images = images;
    this.process = process;
    this.outcomes = outcomes;
  }

  /** Processes all; returns or throws only when every thread is done. */
  void run(int parallelism) throws InterruptedException {
    List<Thread> helpers = new ArrayList<>();
    for (int i = 1; i < parallelism; i++) {
      Thread helper = new Thread(this::work, "miniatura-" + i);
      helper.setDaemon(true);
      helper.start();
      helpers.add(helper);
    }
    work();
    boolean interrupted = Thread.interrupted();
    for (Thread helper : helpers) {
      interrupted |= join(helper, helpers, interrupted);
    }
    if (failure.get() instanceof RuntimeException exception) {
      throw exception;
    }
    if (failure.get() instanceof Error error) {
      throw error;
    }
    if (interrupted) {
      throw new InterruptedException();
    }
  }

  /** Waits for a thread to end, and makes all of them end early if this thread is interrupted. */
  private boolean join(Thread helper, List<Thread> helpers, boolean alreadyInterrupted) {
    boolean interrupted = alreadyInterrupted;
    while (true) {
      if (interrupted) {
        stopped = true;
        helpers.forEach(Thread::interrupt);
      }
      try {
        helper.join();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  private void work() {
    try {
      T image = next();
      while (image != null) {
        Outcome outcome = process.apply(image);
        synchronized (outcomesLock) {
          outcomes.accept(outcome);
        }
        image = next();
      }
    } catch (RuntimeException | Error e) {
      fail(e); // from the consumer: process reports errors as outcomes
    }
  }

  /**
   * Returns null when there is nothing more to do. An iterator that has failed is not called again.
   */
  private @Nullable T next() {
    synchronized (imagesLock) {
      try {
        boolean done = stopped || Thread.currentThread().isInterrupted() || !images.hasNext();
        return done ? null : images.next();
      } catch (RuntimeException | Error e) {
        fail(e);
        return null;
      }
    }
  }

  private void fail(Throwable error) {
    stopped = true;
    failure.compareAndSet(null, error);
  }
}
