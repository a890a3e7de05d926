package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.internal.io.InputWindow;
import dev.miniatura.internal.io.Workers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;

/**
 * Decodes a stretch of a scan's entropy-coded data into coefficients, before it is known what comes
 * before it, and so by any thread.
 *
 * <p>Huffman codes synchronize themselves: a decoder that starts anywhere soon finds itself at the
 * ends of codes, and as Y, Cb and Cr have different codes, at the ends of MCUs. So the stretch
 * begins at the first MCU that starts behind its beginning, as seen by a decoder that has started a
 * little earlier, and ends at the first that starts behind its end. It is what the scan contains
 * exactly if the MCUs before it end at the very bit where it {@linkplain #firstBit begins}. Its DC
 * coefficients then lack the same number, the prediction at its beginning.
 *
 * <p>The stretch ends early where the data ends or is corrupt.
 */
final class McuRun {

  /** How far in front of a stretch decoding starts. */
  static final int SYNC_BYTES = 1 << 9;

  /** How much data behind a stretch its last MCU may need. */
  static final int BEYOND_BYTES = 2 << 10;

  /** The maximum length of a stretch with these. */
  static final int MAX_BYTES = 64 << 10;

  /** How many MCUs are read at a time, fewer near the end. */
  private static final int STEP = 32;

  /** For how many bytes one of them is read, unless more is known. */
  private static final int MCU_BYTES = 512;

  final List<RunRow> rows = new ArrayList<>();
  private final InputWindow window;
  private final EntropyReader in;
  private final McuReader reader;
  private final int maxMcus;

  private FutureTask<Void> task = new FutureTask<>(() -> null);
  private volatile boolean dropped;
  private long offset; // in the source, of index 0 of the window
  private int from; // index at which decoding starts
  private int begin; // index of the stretch
  private long last; // offset in the source
  private long limit; // offset in the source
  private int mcuBytes = MCU_BYTES;
  private boolean known;
  private long bits; // buffered at the start, if known
  private int count;

  private long firstBit;
  private int mcus;
  private int[] predictions; // after the last MCU, if they were 0 before the first
  private long endBits;
  private int endCount;
  private int endPosition;

  /**
   * Creates an empty run, to be used many times.
   *
   * @param window of the source, or a copy of a part of it with room for {@link #MAX_BYTES}
   */
  McuRun(InputWindow window, List<ScanComponent<PlaneBand>> components, int maxMcus) {
    this.window = window;
    this.maxMcus = maxMcus;
    in = new EntropyReader(window);
    for (ScanComponent<PlaneBand> component : components) {
      for (int y = 0; y < component.v(); y++) {
        rows.add(new RunRow(component.target().idctSize, maxMcus * component.h()));
      }
    }
    reader =
        SequentialFrame.areMeans(components)
            ? new MeanReader(in, components, rows)
            : new BlockReader(in, components, rows, true);
    predictions = new int[components.size()];
  }

  /**
   * Takes the data, or a copy of it, to be decoded from some bytes before the stretch.
   *
   * @param source holds it
   * @param start the offset at which decoding starts
   * @param first the offset of the stretch
   * @param lastOffset the offset behind which it ends; a huge number for the end of the data
   * @param limitOffset the offset of the end of the data
   */
  void load(InputWindow source, long start, long first, long lastOffset, long limitOffset) {
    int length = (int) Math.min(limitOffset - start, MAX_BYTES);
    int at = source.position + (int) (start - source.offset());
    if (window.array == source.array) {
      from = at;
    } else {
      System.arraycopy(source.array, at, window.array, 0, length);
      from = 0;
    }
    window.limit = from + length;
    offset = start - from;
    begin = (int) (first - offset);
    last = lastOffset;
    limit = limitOffset;
    known = false;
    dropped = false;
  }

  /** Takes the data from a reader's position to the end of the stretch loaded before. */
  void loadFrom(EntropyReader reader) throws IOException {
    loadFrom(reader, last, limit);
  }

  /** Takes the data from a reader's position, at the start of an MCU. */
  void loadFrom(EntropyReader reader, long lastOffset, long limitOffset) throws IOException {
    load(reader.ahead(0), reader.offset(), reader.offset(), lastOffset, limitOffset);
    known = true;
    bits = reader.bits;
    count = reader.count - reader.padding;
  }

  /** Tells about how many bytes an MCU takes. */
  void expect(double bytesPerMcu) {
    mcuBytes = (int) Math.min(MCU_BYTES, 2 * bytesPerMcu + 8);
  }

  /** Decodes what has been loaded. */
  void decode() throws IOException {
    clear();
    in.startAt(from, known ? bits : 0, known ? count : 0);
    int[] ignored = new int[predictions.length];
    if (begin > from) {
      advance(begin, ignored, false);
      clear();
      in.startAt(in.position, in.bits, in.count);
    }
    firstBit = 8 * offset + bitIndex();
    predictions = new int[ignored.length];
    advance((int) (Math.min(last, limit) - offset), new int[ignored.length], true);
    reader.flush(mcus);
  }

  /** Forgets the MCUs; the run is then ready for others. */
  void clear() {
    reader.startAt(0);
    rows.forEach(RunRow::clear);
    mcus = 0;
  }

  /** Reads up to the first MCU that starts at or after an index. */
  private void advance(int until, int[] dc, boolean intact) throws IOException {
    keep(dc);
    while (mcus < maxMcus && !dropped && (in.position < until || bitIndex() < 8L * until)) {
      int step = Math.max(1, Math.min(STEP, (until - in.position) / mcuBytes));
      step = Math.min(step, maxMcus - mcus);
      reader.read(mcus, step, dc);
      if (in.isOverrun() || (intact && in.corruptAt() >= 0)) {
        break;
      }
      mcus += step;
      keep(dc);
    }
    in.restore(endBits, endCount, endPosition);
    in.padding = 0;
  }

  private void keep(int[] dc) {
    System.arraycopy(dc, 0, predictions, 0, dc.length);
    endBits = in.bits;
    endCount = in.count - in.padding;
    endPosition = in.position;
  }

  /**
   * Returns the index of the next bit, in bits from index 0 of the window, which does not depend on
   * how many of them are buffered.
   */
  private long bitIndex() {
    byte[] array = window.array;
    int at = in.position;
    int left = in.count - in.padding;
    for (; left >= 8; left -= 8) {
      at -= at >= 2 && array[at - 1] == 0 && array[at - 2] == (byte) 0xff ? 2 : 1;
    }
    return 8L * at - left;
  }

  /** Has other threads decode what has been loaded. */
  void start(Workers workers) {
    task =
        workers.start(
            () -> {
              decode();
              return null;
            });
  }

  /** Decodes on the calling thread, unless another one has begun. */
  void help() {
    task.run();
  }

  boolean isDone() {
    return task.isDone();
  }

  /** Waits until it is decoded. */
  void await() throws IOException {
    Workers.await(task);
  }

  /** Ends decoding early, to nothing that can be used. */
  void drop() {
    dropped = true;
  }

  /** Returns the offset of the end of the data. */
  long limit() {
    return limit;
  }

  /**
   * Returns whether the stretch is what a scan contains after an MCU.
   *
   * @param bit the position after that MCU, in bits
   */
  boolean follows(long bit) {
    return known || firstBit == bit;
  }

  /** Returns the number of MCUs. */
  int mcus() {
    return mcus;
  }

  /** Returns the number of bytes per MCU. */
  double bytesPerMcu() {
    return (endBit() - firstBit) / 8.0 / mcus;
  }

  /** Returns the position after the last MCU, in bits of the source. */
  long endBit() {
    return 8 * offset + bitIndex();
  }

  /** Moves a reader, and predictions, which were those before the first MCU, behind the last. */
  void pass(EntropyReader reader, int[] dc) {
    reader.moveTo(offset + endPosition, endBits, endCount);
    for (int i = 0; i < dc.length; i++) {
      dc[i] += predictions[i];
    }
  }
}
