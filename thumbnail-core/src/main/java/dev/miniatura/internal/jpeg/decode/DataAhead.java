package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.internal.io.InputWindow;
import dev.miniatura.internal.jpeg.Marker;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The entropy-coded data after a reader's position. It is read ahead as far as asked for, but not
 * beyond the first marker that is not a restart marker: what follows may not be needed. In memory,
 * where nothing is to be read, markers are only looked for if it has restart intervals.
 */
final class DataAhead {

  private final EntropyReader in;
  private final boolean intervals;
  private final Deque<Long> restarts = new ArrayDeque<>(); // offsets after restart markers
  private long known; // the offset up to which markers have been looked for
  private boolean complete;

  DataAhead(EntropyReader in, boolean intervals) {
    this.in = in;
    this.intervals = intervals;
  }

  /** Reads up to an offset, and returns the offset up to which there is data: no more than that. */
  long reach(long offset) throws IOException {
    InputWindow all = in.ahead(0);
    if (all.isInMemory() && !intervals) {
      return Math.min(offset, all.offset() + all.available());
    }
    known = Math.max(known, in.offset());
    while (known < offset && !complete) {
      int ahead = (int) (known - in.offset());
      InputWindow window = in.ahead(ahead + 2);
      int from = window.position + ahead;
      if (window.limit - from < 2) {
        known = window.offset() + window.available();
        complete = true;
      } else {
        int limit = (int) Math.min(window.limit, from + Math.max(2, offset - known));
        int at = MarkerSearch.find(window.array, from, limit);
        known += at - from;
        if (at < limit - 1) {
          known += 2;
          restarts.add(known);
          complete = !Marker.isRestart(window.array[at + 1] & 0xff);
        }
      }
    }
    return Math.min(known, offset);
  }

  /** Returns the offset after the next marker found behind an offset, or −1. */
  long restartAfter(long offset) {
    while (!restarts.isEmpty() && restarts.peek() <= offset) {
      restarts.remove();
    }
    return restarts.isEmpty() ? -1 : restarts.peek();
  }
}
