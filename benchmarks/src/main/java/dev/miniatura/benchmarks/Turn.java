package dev.miniatura.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;

/** Measures for a short while, so that engines can take turns. */
final class Turn {

  private Turn() {}

  /**
   * Runs the work until the time is used up, at least once, and returns the milliseconds of each
   * run.
   */
  static double[] alone(long milliseconds, Callable<?> work) throws Exception {
    return run(System::nanoTime, milliseconds, work);
  }

  /**
   * The same with the processor time of the calling thread, which other programs on the machine
   * disturb less. Suitable for work in one thread.
   */
  static double[] aloneOnProcessor(long milliseconds, Callable<?> work) throws Exception {
    return run(ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime, milliseconds, work);
  }

  private static double[] run(LongSupplier clock, long milliseconds, Callable<?> work)
      throws Exception {
    List<Double> times = new ArrayList<>();
    long end = System.nanoTime() + milliseconds * 1_000_000;
    do {
      long start = clock.getAsLong();
      work.call();
      times.add((clock.getAsLong() - start) / 1e6);
    } while (System.nanoTime() < end);
    return times.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * Runs the work on several threads at once and again when all have finished; returns, for each of
   * these batches, its milliseconds divided by the number of threads.
   */
  static double[] together(ExecutorService pool, int threads, long milliseconds, Callable<?> work)
      throws Exception {
    double[] times =
        alone(
            milliseconds,
            () -> {
              for (Future<?> result : pool.invokeAll(Collections.nCopies(threads, work))) {
                result.get();
              }
              return null;
            });
    for (int i = 0; i < times.length; i++) {
      times[i] /= threads;
    }
    return times;
  }
}
