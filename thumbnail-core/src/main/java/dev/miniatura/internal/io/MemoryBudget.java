package dev.miniatura.internal.io;

import dev.miniatura.BusyException;
import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Memory that all who render share. Who needs more than is free waits in the order of arrival. Who
 * holds some already, having read what does not tell its size, goes before those who hold nothing;
 * when nobody is left who could give memory back, one of them is refused as busy.
 */
public final class MemoryBudget {

  private static final MemoryBudget OF_PROCESS =
      new MemoryBudget(Runtime.getRuntime().maxMemory() / 4 * 3);

  private final long capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Reservation> queue = new ArrayDeque<>(); // who waits and holds nothing
  private final AtomicInteger working = new AtomicInteger(); // who is open and does not wait
  private long reserved;
  private int holders;
  private int waitingHolders;

  /**
   * Creates a budget.
   *
   * @param capacity bytes to be shared
   */
  public MemoryBudget(long capacity) {
    if (capacity <= 0) {
      throw new IllegalArgumentException("memory budget in bytes: " + capacity);
    }
    this.capacity = capacity;
  }

  /** Returns the budget of the whole process: three quarters of the largest heap. */
  public static MemoryBudget ofProcess() {
    return OF_PROCESS;
  }

  /** Returns the bytes that are shared. */
  public long capacity() {
    return capacity;
  }

  /**
   * Begins with nothing.
   *
   * @param most bytes that one source may take, in addition to what the budget says
   * @param maxWait how long to wait for memory each time
   * @param deadline is put off by the time spent waiting
   */
  public Reservation open(long most, Duration maxWait, Deadline deadline) {
    deadline.sharedBy(() -> working.get() > Runtime.getRuntime().availableProcessors());
    return new Reservation(Math.min(most, capacity), maxWait, deadline);
  }

  /** What one source takes. Used by one thread; closing it gives all back. */
  public final class Reservation implements AutoCloseable {

    private final long most;
    private final Duration maxWait;
    private final Deadline deadline;
    private long held;
    private long source; // bytes of the source in memory
    private long planned; // of those, how many the reservation includes
    private boolean closed;

    private Reservation(long most, Duration maxWait, Deadline deadline) {
      this.most = most;
      this.maxWait = maxWait;
      this.deadline = deadline;
      working.incrementAndGet();
    }

    /** Returns the most that this source may take. */
    public long most() {
      return most;
    }

    /** Reserves memory for bytes of the source that are about to be kept. */
    void keep(long bytes) throws IOException {
      source += bytes;
      if (source > planned) {
        raise(held + source - planned);
        planned = source;
      }
    }

    /**
     * Reserves what rendering takes at its peak.
     *
     * @param peak bytes in all
     * @param ofSource those of them that are the source's
     */
    public void plan(long peak, long ofSource) throws IOException {
      raise(Math.max(held, peak));
      planned = Math.max(planned, ofSource);
    }

    private void raise(long total) throws IOException {
      if (total > most) {
        throw new LimitExceededException(Limits.Kind.WORKING_BYTES, most, total);
      }
      lock.lock();
      try {
        if (!fits(total)) {
          await(total);
        }
        holders += held == 0 && total > 0 ? 1 : 0;
        reserved += total - held;
        held = total;
      } finally {
        lock.unlock();
      }
    }

    private boolean fits(long total) {
      boolean turn = held > 0 || queue.isEmpty() || queue.peek() == this;
      return turn && reserved - held + total <= capacity;
    }

    private void await(long total) throws IOException {
      long start = System.nanoTime();
      long left = maxWait.toNanos();
      boolean holds = held > 0;
      if (holds) {
        waitingHolders++;
      } else {
        queue.add(this);
      }
      working.decrementAndGet();
      try {
        while (!fits(total)) {
          if (left <= 0 || (holds && waitingHolders == holders)) {
            throw new BusyException(
                "%d bytes of memory are needed, %d of %d are free, after %d ms"
                    .formatted(
                        total - held,
                        capacity - reserved,
                        capacity,
                        (System.nanoTime() - start) / 1_000_000));
          }
          left = changed.awaitNanos(left);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for memory");
      } finally {
        working.incrementAndGet();
        if (holds) {
          waitingHolders--;
        } else {
          queue.remove(this);
        }
        changed.signalAll();
        deadline.extend(System.nanoTime() - start);
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        holders -= held > 0 ? 1 : 0;
        reserved -= held;
        held = 0;
        working.addAndGet(closed ? 0 : -1);
        closed = true;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
