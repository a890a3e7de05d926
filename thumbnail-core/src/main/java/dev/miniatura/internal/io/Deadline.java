package dev.miniatura.internal.io;

import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * The moment by which one source must be done; checked wherever bytes are read or rows arrive. An
 * interrupt of the thread brings it forward to now.
 */
public final class Deadline {

  private final long allowedNanos;
  private long start;

  public Deadline(Duration allowed) {
    start = System.nanoTime();
    allowedNanos = allowed.toNanos();
  }

  /**
   * Throws when the time is up or the thread was interrupted, which it stays.
   *
   * @throws InterruptedIOException if the thread was interrupted
   */
  public void check() throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted while an image was read or rendered");
    }
    long spent = System.nanoTime() - start;
    if (spent > allowedNanos) {
      throw new LimitExceededException(
          Limits.Kind.TIME, allowedNanos / 1_000_000, spent / 1_000_000);
    }
  }

  /** Puts the moment off by the time spent waiting for others. */
  void extend(long nanos) {
    start += nanos;
  }
}
