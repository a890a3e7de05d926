package dev.miniatura.internal.zstd;

import java.util.Arrays;

/** What was decompressed last, as far back as matches may reach. */
final class Window {

  private byte[] array = {};
  private int history; // bytes that matches may reach back

  /** Index of the first byte that was not taken. */
  private int position;

  private int limit;

  /**
   * Begins a frame.
   *
   * @param reach bytes that its matches may reach back
   * @param most bytes that anyone will take
   */
  void begin(int reach, long most) {
    history = (int) Math.min(reach, most);
    long size = Math.min(2L * reach, most) + 2L * ZstdReader.MAX_BLOCK;
    int length = (int) Math.min(size, Integer.MAX_VALUE - 64);
    if (array.length < length) {
      array = new byte[length];
    }
    position = 0;
    limit = 0;
  }

  /** Makes room for a block. All that is there has been taken. */
  void reserve() {
    if (array.length - limit < ZstdReader.MAX_BLOCK) {
      int kept = Math.min(limit, Math.min(history, array.length - ZstdReader.MAX_BLOCK));
      System.arraycopy(array, limit - kept, array, 0, kept);
      limit = kept;
      position = kept;
    }
  }

  void append(byte[] bytes, int from, int count) throws BrokenBlock {
    checkRoom(count);
    System.arraycopy(bytes, from, array, limit, count);
    limit += count;
  }

  void fill(byte value, int count) throws BrokenBlock {
    checkRoom(count);
    Arrays.fill(array, limit, limit + count, value);
    limit += count;
  }

  /** Copies a match, which may overlap what it makes. */
  void copy(int offset, int count) throws BrokenBlock {
    BrokenBlock.check(offset <= limit, "a match before the first byte");
    checkRoom(count);
    int from = limit - offset;
    if (offset >= count) {
      System.arraycopy(array, from, array, limit, count);
    } else {
      for (int i = 0; i < count; i++) {
        array[limit + i] = array[from + i];
      }
    }
    limit += count;
  }

  private void checkRoom(int count) throws BrokenBlock {
    BrokenBlock.check(count <= array.length - limit, "a block that is too large");
  }

  /** Takes up to {@code count} bytes; returns how many. */
  int take(byte[] target, int offset, int count) {
    int taken = Math.min(count, limit - position);
    System.arraycopy(array, position, target, offset, taken);
    position += taken;
    return taken;
  }
}
