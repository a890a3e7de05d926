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
 * The memory shared by all renders. A render that needs more than is free waits in order of
 * arrival. One that already holds some, because it reads a source of unknown length, goes before
 * those that hold nothing; if none is left that could release memory, one of them is refused as
 * busy.
 */
public final class MemoryBudget {

  private static final MemoryBudget OF_PROCESS =
      new MemoryBudget(Runtime.getRuntime().maxMemory() / 4 * 3);

  private final long capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Reservation> queue = new ArrayDeque<>(); // those that wait and hold nothing
  private final AtomicInteger working = new AtomicInteger(); // those that are open and do not wait
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

  /** Returns the budget of the whole process: three quarters of the maximum heap. */
  public static MemoryBudget ofProcess() {
    return OF_PROCESS;
  }

  /** Returns the number of shared bytes. */
  public long capacity() {
    return capacity;
  }

  /**
   * Opens an empty reservation.
   *
   * @param most the maximum for this source, in addition to the budget's own bound
   * @param maxWait how long to wait for memory each time
   * @param deadline postponed by the time spent waiting
   */
  public Reservation open(long most, Duration maxWait, Deadline deadline) {
    deadline.sharedBy(() -> working.get() > Runtime.getRuntime().availableProcessors());
    return new Reservation(Math.min(most, capacity), maxWait, deadline);
  }

  /** The memory of one source. Used by one thread; closing it releases everything. */
  public final class Reservation implements AutoCloseable {

    private final long most;
    private final Duration maxWait;
    private final Deadline deadline;
    private long held;
    private long source; // bytes of the source in memory
    private long planned; // the part of them that the reservation includes
    private boolean closed;

    private Reservation(long most, Duration maxWait, Deadline deadline) {
      this.most = most;
      this.maxWait = maxWait;
      this.deadline = deadline;
      working.incrementAndGet();
    }

    /** Returns the maximum for this source. */
    public long most() {
      return most;
    }

    /** Reserves memory for bytes of the source that are about to be buffered. */
    void keep(long bytes) throws IOException {
      source += bytes;
      if (source > planned) {
        raise(held + source - planned);
        planned = source;
      }
    }

    /**
     * Reserves the peak memory of rendering.
     *
     * @param peak total bytes
     * @param ofSource the part of them that holds the source
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
