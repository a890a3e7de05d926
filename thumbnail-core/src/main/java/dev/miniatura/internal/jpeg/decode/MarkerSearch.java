package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.internal.bytes.ByteViews;
import dev.miniatura.internal.io.InputWindow;
import java.io.IOException;

/** The search for the next marker. */
final class MarkerSearch {

  /** The result of {@link #next} if the source ends first. */
  static final int NONE = -1;

  private static final int PREFIX = 0xff;

  private MarkerSearch() {}

  /**
   * Moves to the next marker, over entropy-coded data, stuffed zeros and fill bytes (T.81, B.1.1.2
   * and F.1.2.3); the window's position is then on the {@code FF} right before the code.
   *
   * @return the code, or {@link #NONE} with everything read
   */
  static int next(InputWindow in) throws IOException {
    while (in.require(2) >= 2) {
      int at = find(in.array, in.position, in.limit);
      in.position = at;
      if (at < in.limit - 1) {
        return in.array[at + 1] & 0xff;
      }
    }
    in.position = in.limit;
    return NONE;
  }

  /**
   * Returns the index of the next marker's {@code FF} between two indexes, or where to go on once
   * there are more bytes: the second one, or the one before it.
   */
  static int find(byte[] array, int from, int limit) {
    int last = limit - 1; // the code for a prefix there is in the next window
    int at = from;
    while (at < last) {
      int before = 0;
      if (at <= limit - EightBytes.COUNT) {
        before = EightBytes.beforeFF(ByteViews.longBe(array, at));
      } else if ((array[at] & 0xff) != PREFIX) {
        before = 1;
      }
      at += before;
      if (before == 0) {
        int code = array[at + 1] & 0xff;
        if (code != 0 && code != PREFIX) {
          return at;
        }
        at++;
      }
    }
    return Math.min(at, limit);
  }
}
