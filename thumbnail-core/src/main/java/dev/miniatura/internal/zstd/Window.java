package dev.miniatura.internal.zstd;

import java.util.Arrays;

/** The most recently decompressed bytes, as far back as matches may reach. */
final class Window {

  private byte[] array = {};
  private int history; // how many bytes matches may reach back

  /** The index of the first byte that has not been taken. */
  private int position;

  private int limit;

  /**
   * Begins a frame.
   *
   * @param reach how many bytes its matches may reach back
   * @param most the maximum number of bytes that will be taken
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

  /** Makes room for a block. All previous bytes must have been taken. */
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

  /** Copies a match, which may overlap its own output. */
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

  /** Takes up to {@code count} bytes and returns their number. */
  int take(byte[] target, int offset, int count) {
    int taken = Math.min(count, limit - position);
    System.arraycopy(array, position, target, offset, taken);
    position += taken;
    return taken;
  }
}
