package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.internal.io.InputWindow;
import dev.miniatura.internal.io.Workers;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes MCUs of a sequential scan with several threads: {@linkplain McuRun runs} of them are
 * decoded ahead, in the intervals between restart markers or at any place, while the calling thread
 * turns those before them into samples, and delivers these.
 *
 * <p>Only runs that prove to be what one thread would have decoded are used. Whatever is not plain
 * data is left to the reader for one thread, a row at a time: the end, corrupt or missing data. So
 * samples, errors and notes are the same.
 */
final class ParallelReader implements McuReader {

  /** More threads gain nothing: the calling thread alone does what is not entropy decoding. */
  static final int MAX_THREADS = 8;

  /** Smaller scans gain little. */
  private static final int MIN_MCUS = 4096;

  /** So do scans with shorter restart intervals. */
  private static final int MIN_INTERVAL = 64;

  /** Less data is left to one thread. */
  private static final int MIN_BYTES = 8 << 10;

  private static final int MAX_STRETCH = McuRun.MAX_BYTES - McuRun.SYNC_BYTES - McuRun.BEYOND_BYTES;

  /** The memory for the coefficients of a run; fewer than {@link #MOST_MCUS} may fit. */
  private static final int RUN_BYTES = 1 << 19;

  private static final int MOST_MCUS = 3072;

  /** What a run is made for, of the MCUs that it has room for: the data may become denser. */
  private static final double FILL = 1 / 3.0;

  /** How often runs may turn out to be useless before one thread does the rest. */
  private static final int MAX_FAILURES = 8;

  private final EntropyReader in;
  private final McuReader one;
  private final Workers workers;
  private final DataAhead data;
  private final boolean intervals;
  private final int maxMcus;
  private final List<RunBand> bands = new ArrayList<>();
  private final Deque<McuRun> free = new ArrayDeque<>();
  private final Deque<McuRun> started = new ArrayDeque<>(); // in order

  private @Nullable McuRun current;
  private int delivered; // MCUs of it
  private int[] predictions = {}; // before it
  private long endBit; // after it
  private long next; // offset at which the next run begins
  private double bytesPerMcu;
  private int failures;
  private boolean alone; // one thread decodes this row

  private ParallelReader(
      EntropyReader in,
      McuReader one,
      List<ScanComponent<PlaneBand>> components,
      int restartInterval,
      Workers workers)
      throws IOException {
    this.in = in;
    this.one = one;
    this.workers = workers;
    intervals = restartInterval > 0;
    data = new DataAhead(in, intervals);
    int most = maxMcus(components.stream().mapToLong(ParallelReader::laneBytes).sum());
    maxMcus = intervals ? Math.min(most, restartInterval) : most;
    for (int i = 0; i < components.size(); i++) {
      for (int y = 0; y < components.get(i).v(); y++) {
        bands.add(new RunBand(components.get(i), i, y));
      }
    }
    for (int i = 0; i < runs(workers.count()); i++) {
      InputWindow source = in.ahead(0);
      byte[] array = source.isInMemory() ? source.array : new byte[McuRun.MAX_BYTES];
      free.add(new McuRun(source.over(array), components, maxMcus));
    }
  }

  /**
   * Returns a reader for several threads, or that for one if more do not pay.
   *
   * @param one reads the same
   */
  static McuReader of(
      EntropyReader in,
      McuReader one,
      List<ScanComponent<PlaneBand>> components,
      long mcus,
      int restartInterval,
      Workers workers)
      throws IOException {
    boolean pays = mcus >= MIN_MCUS && (restartInterval == 0 || restartInterval >= MIN_INTERVAL);
    return pays ? new ParallelReader(in, one, components, restartInterval, workers) : one;
  }

  /**
   * Returns how many runs there are: for each thread the one at hand and one more, so that it need
   * not wait while the calling thread is busy with another.
   */
  private static int runs(int threads) {
    return 2 * threads + 2;
  }

  private static int maxMcus(long laneBytes) {
    return (int) Math.min(MOST_MCUS, RUN_BYTES / laneBytes);
  }

  private static long laneBytes(ScanComponent<PlaneBand> component) {
    return laneBytes(component.target().idctSize, component.h() * component.v());
  }

  private static long laneBytes(int idctSize, int blocks) {
    return RunRow.blockBytes(idctSize) * blocks;
  }

  @Override
  public void startInterval() {
    release();
  }

  @Override
  public int read(int x, int max, int[] dc) throws IOException {
    alone &= x > 0;
    if (current == null && !alone) {
      takeNext(dc);
      if (current == null) {
        leave(x);
      }
    }
    McuRun run = current;
    if (run == null) {
      return one.read(x, max, dc);
    }
    int mcus = Math.min(max, run.mcus() - delivered);
    for (int i = 0; i < bands.size(); i++) {
      bands.get(i).store(run.rows.get(i), predictions, delivered, mcus, x);
    }
    delivered += mcus;
    if (delivered == run.mcus()) {
      release();
    }
    return mcus;
  }

  @Override
  public void lose(int x) {
    if (!alone) {
      leave(x);
    }
    one.lose(x);
  }

  /** Leaves the rest of a row to one thread. */
  private void leave(int x) {
    alone = true;
    one.startAt(x);
  }

  private void release() {
    if (current != null) {
      current.clear();
      free.add(current);
      current = null;
    }
  }

  /**
   * Takes the run that begins where the reader is, if there is one, and moves the reader behind it.
   */
  private void takeNext(int[] dc) throws IOException {
    if (failures == MAX_FAILURES) {
      return;
    }
    startRuns();
    while (!started.isEmpty()) {
      McuRun run = finished(started.peek());
      long here = in.count == 0 ? 8 * in.offset() : endBit;
      if (!run.follows(here) && in.offset() < run.limit()) {
        run.loadFrom(in);
        run.decode();
      }
      if (run.follows(here) && run.mcus() == 0) {
        break;
      }
      started.remove();
      if (run.follows(here)) {
        take(run, dc);
        return;
      }
      free.add(run);
    }
    failures += started.isEmpty() ? 0 : 1;
    dropAll();
  }

  private void take(McuRun run, int[] dc) throws IOException {
    current = run;
    predictions = dc.clone();
    run.pass(in, dc);
    endBit = run.endBit();
    bytesPerMcu = run.bytesPerMcu();
    delivered = 0;
    bands.forEach(RunBand::start);
    startRuns();
  }

  /** Waits for a run; meanwhile, decodes it or others. */
  private McuRun finished(McuRun run) throws IOException {
    for (McuRun each : started) {
      if (run.isDone()) {
        break;
      }
      each.help();
    }
    run.await();
    return run;
  }

  private void dropAll() throws IOException {
    started.forEach(McuRun::drop);
    for (McuRun run : started) {
      run.help();
      run.await();
      free.add(run);
    }
    started.clear();
  }

  private void startRuns() throws IOException {
    while (!free.isEmpty() && load(free.peek())) {
      McuRun run = free.remove();
      started.add(run);
      run.start(workers);
    }
  }

  /** Loads the next run, and returns whether there is one. */
  private boolean load(McuRun run) throws IOException {
    boolean first = started.isEmpty() && !(intervals && current != null);
    long begin = first ? in.offset() : next;
    long end;
    long last = Long.MAX_VALUE;
    long limit;
    if (intervals) {
      data.reach(begin + McuRun.MAX_BYTES);
      end = data.restartAfter(begin);
      limit = end;
    } else {
      long wanted = (long) Math.max(MIN_BYTES, FILL * maxMcus * bytesPerMcu);
      end = begin + Math.min(MAX_STRETCH, wanted);
      limit = data.reach(end + McuRun.BEYOND_BYTES);
      if (limit < end + McuRun.BEYOND_BYTES) {
        end = limit;
      } else {
        last = end;
      }
    }
    if (end < begin + (intervals ? 1 : MIN_BYTES)) {
      return false;
    }
    if (first) {
      run.loadFrom(in, last, limit);
    } else {
      long from = intervals ? begin : Math.max(in.offset(), begin - McuRun.SYNC_BYTES);
      run.load(in.ahead(0), from, begin, last, limit);
    }
    if (bytesPerMcu > 0) {
      run.expect(bytesPerMcu);
    }
    next = end;
    return true;
  }

  /** Returns whether scans of a frame may be decoded by several threads. */
  static boolean suits(FrameHeader frame) {
    long mcus = 0;
    for (FrameComponent component : frame.components()) {
      mcus = Math.max(mcus, (long) component.blocksX() * component.blocksY());
    }
    return !frame.progressive() && !frame.arithmetic() && mcus >= MIN_MCUS;
  }

  /** Returns the maximum number of bytes that are held of a source read by several threads. */
  static long sourceBytes(int threads) {
    return 2L * (runs(threads) + 2) * McuRun.MAX_BYTES;
  }

  /** Returns the maximum number of bytes that several threads need in addition to one. */
  static long workingBytes(List<ComponentPlan> components, int threads) {
    long lanes = 0;
    long batches = 0;
    for (ComponentPlan planned : components) {
      FrameComponent component = planned.component();
      lanes += laneBytes(planned.idctSize(), component.h() * component.v());
      batches += component.v() * IdctBatch.bytes(planned.idctSize());
    }
    long run = McuRun.MAX_BYTES + 2 * lanes * maxMcus(lanes) + RunRow.BATCHES * batches;
    return sourceBytes(threads) + runs(threads) * run + 2 * batches;
  }
}
