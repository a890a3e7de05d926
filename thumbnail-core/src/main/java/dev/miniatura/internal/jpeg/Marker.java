package dev.miniatura.internal.jpeg;

import dev.miniatura.internal.io.InputWindow;
import java.io.IOException;

/** Marker codes of T.81, table B.1, and the search for the next one. */
final class Marker {

  static final int SOF0 = 0xc0;
  static final int DHT = 0xc4;
  static final int JPG = 0xc8;
  static final int DAC = 0xcc;
  static final int SOF15 = 0xcf;
  static final int RST0 = 0xd0;
  static final int RST7 = 0xd7;
  static final int SOI = 0xd8;
  static final int EOI = 0xd9;
  static final int SOS = 0xda;
  static final int DQT = 0xdb;
  static final int DNL = 0xdc;
  static final int DRI = 0xdd;
  static final int APP0 = 0xe0;
  static final int APP1 = 0xe1;
  static final int APP2 = 0xe2;
  static final int APP14 = 0xee;
  static final int SOF55 = 0xf7;

  /** What {@link #find} returns when the source ends first. */
  static final int NONE = -1;

  private static final int PREFIX = 0xff;

  private Marker() {}

  static boolean isRestart(int code) {
    return code >= RST0 && code <= RST7;
  }

  /**
   * Moves to the next marker, over entropy-coded data, stuffed zeros and fill bytes (T.81, B.1.1.2
   * and F.1.2.3); the window's position is then on the {@code FF} right before the code.
   *
   * @return the code, or {@link #NONE} with everything read
   */
  static int find(InputWindow in) throws IOException {
    while (in.require(2) >= 2) {
      byte[] array = in.array;
      int last = in.limit - 1; // a prefix there has its code in the next window
      int at = in.position;
      while (at < last) {
        if (at <= in.limit - EightBytes.COUNT && !EightBytes.containFF(EightBytes.get(array, at))) {
          at += EightBytes.COUNT;
        } else if ((array[at] & 0xff) != PREFIX) {
          at++;
        } else {
          int code = array[at + 1] & 0xff;
          if (code != 0 && code != PREFIX) {
            in.position = at;
            return code;
          }
          at++;
        }
      }
      in.position = Math.min(at, in.limit);
    }
    in.position = in.limit;
    return NONE;
  }
}
