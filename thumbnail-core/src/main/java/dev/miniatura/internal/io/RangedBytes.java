package dev.miniatura.internal.io;

import dev.miniatura.internal.io.MemoryBudget.Reservation;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The bytes of a source that is read in ranges. Long gaps between the parts that are needed are
 * left out; what was read is kept in segments.
 */
final class RangedBytes extends SourceBytes {

  private static final int SEGMENT = 16 << 10;

  /** The longest gap that is read, because another request takes longer. */
  private static final int MAX_GAP = 512 << 10;

  /** The longest rest of a range that is read before another is requested: it is on its way. */
  private static final int MAX_REST = 1 << 20;

  /** The length of the first range whose end is not known. */
  private static final int AHEAD = 256 << 10;

  /** How many times as long as the one before a range is, if its end is not known. */
  private static final int GROWTH = 4;

  /** The maximum number of requests that leave out something. */
  private static final int MAX_REQUESTS = 64;

  /** The maximum number of parts known to be needed; more may be needed. */
  private static final int MAX_PARTS = 4096;

  private final InputStream stream;
  private final RangedInput ranges; // the same stream
  private final long length;
  private final Reservation memory;
  private final Deadline deadline;
  private final Map<Long, byte[]> segments = new HashMap<>();
  private final TreeMap<Long, Long> needed = new TreeMap<>(); // start and end of parts
  private byte[] prefix;
  private long next; // position of the next byte of the stream
  private long target; // to which it is being read
  private long ahead = AHEAD; // length of the next range if its end is not known
  private int requests;

  /**
   * Creates the bytes of a source.
   *
   * @param stream at the position after the prefix
   * @param ranges the same stream
   * @param prefix the bytes that were already read
   */
  RangedBytes(
      InputStream stream,
      RangedInput ranges,
      byte[] prefix,
      long length,
      Reservation memory,
      Deadline deadline) {
    super(new byte[0], 0);
    this.stream = stream;
    this.ranges = ranges;
    this.prefix = prefix;
    this.length = length;
    this.memory = memory;
    this.deadline = deadline;
  }

  @Override
  boolean load(long position) throws IOException {
    if (position < 0 || position >= length) {
      return false;
    }
    long from = position / SEGMENT * SEGMENT;
    byte[] segment = segments.get(from);
    if (segment == null) {
      target = from;
      if (from < next) {
        request(from);
      } else if (from - Math.max(next, ranges.requestedTo()) > MAX_GAP && requests < MAX_REQUESTS) {
        readRest();
        request(from);
      }
      while (next < from) {
        readSegment();
      }
      segment = readSegment();
    }
    block = segment;
    start = from;
    size = segment.length;
    return true;
  }

  private void readRest() throws IOException {
    long end = ranges.requestedTo();
    while (end - next <= MAX_REST && next + SEGMENT <= end) {
      readSegment();
    }
  }

  private void request(long from) throws IOException {
    prefix = new byte[0];
    next = from;
    requests++;
    ranges.request(from, end(from));
  }

  /** Returns where a range ends: after the parts known to be needed, or at some distance. */
  private long end(long from) {
    long end = from;
    Map.Entry<Long, Long> first = needed.floorEntry(from);
    if (first != null) {
      end = Math.max(end, first.getValue());
    }
    for (Map.Entry<Long, Long> part : needed.tailMap(from, false).entrySet()) {
      if (part.getKey() - end > MAX_GAP) {
        break;
      }
      end = Math.max(end, part.getValue());
    }
    if (end == from) {
      end = Math.max(from, target) + ahead;
      ahead *= GROWTH;
    }
    return Math.min(length, (end + SEGMENT - 1) / SEGMENT * SEGMENT);
  }

  private byte[] readSegment() throws IOException {
    deadline.check();
    long from = next;
    byte[] segment = new byte[(int) Math.min(SEGMENT, length - from)];
    int filled = 0;
    while (filled < segment.length) {
      int count = read(segment, filled);
      if (count < 0) {
        throw new EOFException("the source ends at byte " + next + " of " + length);
      }
      filled += count;
      next += count;
    }
    if (!segments.containsKey(from)) {
      memory.keep(SEGMENT);
      segments.put(from, segment);
    }
    return segment;
  }

  private int read(byte[] target, int offset) throws IOException {
    int room = target.length - offset;
    if (next < prefix.length) {
      int count = (int) Math.min(room, prefix.length - next);
      System.arraycopy(prefix, (int) next, target, offset, count);
      return count;
    }
    if (next >= ranges.requestedTo()) {
      request(next);
    }
    return stream.read(target, offset, room);
  }

  @Override
  public void willRead(long from, long to) {
    if (from < to && from < length && needed.size() < MAX_PARTS) {
      needed.merge(from, Math.min(to, length), Math::max);
    }
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public long heldBytes() {
    return (length + SEGMENT - 1) / SEGMENT * SEGMENT;
  }

  @Override
  public long wholeBytes() {
    return heldBytes();
  }

  @Override
  public byte[] all() throws IOException {
    byte[] all = new byte[arrayLength(length, memory)];
    int count = Math.max(0, read(0, all, 0, all.length));
    segments.clear();
    return count == all.length ? all : Arrays.copyOf(all, count);
  }

  @Override
  public long reach(long position) {
    return Math.min(position, length);
  }
}
