package dev.miniatura.internal.io;

import dev.miniatura.internal.io.MemoryBudget.Reservation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A stream whose bytes, once read, are kept in segments. */
final class StreamBytes extends SourceBytes {

  private static final int SEGMENT = InputWindow.WINDOW_BYTES;

  private final InputWindow stream;
  private final OptionalLong declared;
  private final Reservation memory;
  private final List<byte[]> segments = new ArrayList<>();
  private long held;
  private boolean ended;

  /**
   * Creates the bytes of a stream.
   *
   * @param stream positioned at the source's start
   * @param declared the length, if the source gives it
   */
  StreamBytes(InputWindow stream, OptionalLong declared, Reservation memory) {
    super(new byte[0], 0);
    this.stream = stream;
    this.declared = declared;
    this.memory = memory;
  }

  @Override
  boolean load(long position) throws IOException {
    readTo(position + 1);
    if (position >= held) {
      return false;
    }
    int index = (int) (position / SEGMENT);
    block = segments.get(index);
    start = (long) index * SEGMENT;
    size = (int) Math.min(SEGMENT, held - start);
    return true;
  }

  private void readTo(long position) throws IOException {
    while (held < position && !ended) {
      int filled = (int) (held % SEGMENT);
      if (filled == 0 && held / SEGMENT == segments.size()) {
        memory.keep(SEGMENT);
        segments.add(new byte[SEGMENT]);
      }
      byte[] last = segments.get(segments.size() - 1);
      int count = stream.read(last, filled, SEGMENT - filled);
      ended = count < 0;
      held += Math.max(count, 0);
    }
  }

  @Override
  public long length() {
    return ended ? held : declared.orElse(-1);
  }

  @Override
  public long heldBytes() {
    long bytes = Math.max(held, length());
    return (bytes + SEGMENT - 1) / SEGMENT * SEGMENT;
  }

  @Override
  public long wholeBytes() {
    return heldBytes();
  }

  @Override
  public byte[] all() throws IOException {
    readTo(Long.MAX_VALUE);
    byte[] all = new byte[arrayLength(held, memory)];
    for (int i = 0; i < segments.size(); i++) {
      int from = i * SEGMENT;
      System.arraycopy(segments.get(i), 0, all, from, Math.min(SEGMENT, all.length - from));
      segments.set(i, new byte[0]);
    }
    held = 0;
    return all;
  }

  @Override
  public long reach(long position) throws IOException {
    readTo(position);
    return Math.min(position, held);
  }
}
