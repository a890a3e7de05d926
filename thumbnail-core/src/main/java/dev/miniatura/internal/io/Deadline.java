package dev.miniatura.internal.io;

import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import java.time.Duration;

/** The moment by which one source must be done; checked wherever bytes are read or rows arrive. */
public final class Deadline {

  private final long start;
  private final long allowedNanos;

  public Deadline(Duration allowed) {
    start = System.nanoTime();
    allowedNanos = allowed.toNanos();
  }

  /** Throws when the time is up. */
  public void check() throws LimitExceededException {
    long spent = System.nanoTime() - start;
    if (spent > allowedNanos) {
      throw new LimitExceededException(
          Limits.Kind.TIME, allowedNanos / 1_000_000, spent / 1_000_000);
    }
  }
}
