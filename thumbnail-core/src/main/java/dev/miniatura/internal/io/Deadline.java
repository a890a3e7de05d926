package dev.miniatura.internal.io;

import dev.miniatura.BusyException;
import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * The moment by which one source must be done; checked wherever bytes are read or rows arrive. An
 * interrupt of the thread brings it forward to now.
 */
public final class Deadline {

  private final long allowedNanos;
  private long start;
  private BooleanSupplier crowded = () -> false;

  public Deadline(Duration allowed) {
    start = System.nanoTime();
    allowedNanos = allowed.toNanos();
  }

  /**
   * Throws if the time is up or the thread was interrupted; it stays interrupted. If the time is up
   * while more calls are running than there are processors, those calls are taken to be the cause.
   *
   * @throws BusyException if the time is up for lack of a processor
   * @throws InterruptedIOException if the thread was interrupted
   */
  public void check() throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted while an image was read or rendered");
    }
    long spent = System.nanoTime() - start;
    if (spent > allowedNanos) {
      if (crowded.getAsBoolean()) {
        throw new BusyException(
            "not done after %d ms, because more calls are running than there are processors"
                .formatted(spent / 1_000_000));
      }
      throw new LimitExceededException(
          Limits.Kind.TIME, allowedNanos / 1_000_000, spent / 1_000_000);
    }
  }

  /** Sets the test for whether more calls are running than there are processors. */
  void sharedBy(BooleanSupplier crowd) {
    crowded = crowd;
  }

  /** Postpones the deadline by the time spent waiting for others. */
  void extend(long nanos) {
    start += nanos;
  }
}
