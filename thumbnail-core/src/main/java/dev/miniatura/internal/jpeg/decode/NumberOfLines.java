package dev.miniatura.internal.jpeg.decode;

import dev.miniatura.internal.io.InputWindow;
import dev.miniatura.internal.jpeg.Marker;
import java.io.IOException;

/**
 * Looks ahead for the number of lines of a frame whose header says 0: it is in a DNL segment (T.81,
 * B.2.5) after the first scan.
 */
final class NumberOfLines {

  private static final int SEGMENT_BYTES = 6;

  private NumberOfLines() {}

  /**
   * Returns the number of lines, or 0 if there is no DNL segment. The window does not move, so
   * afterwards it holds everything up to the segment.
   */
  static int find(InputWindow in) throws IOException {
    int at = 0;
    while (in.require(at + SEGMENT_BYTES) >= at + SEGMENT_BYTES) {
      byte[] array = in.array;
      int last = in.limit - SEGMENT_BYTES;
      int i = in.position + at;
      for (; i <= last; i++) {
        if ((array[i] & 0xff) == 0xff
            && (array[i + 1] & 0xff) == Marker.DNL
            && array[i + 2] == 0
            && array[i + 3] == 4) {
          return (array[i + 4] & 0xff) << 8 | (array[i + 5] & 0xff);
        }
      }
      at = i - in.position;
    }
    return 0;
  }
}
