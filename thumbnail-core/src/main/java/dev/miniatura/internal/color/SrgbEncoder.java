package dev.miniatura.internal.color;

import dev.miniatura.internal.raster.SrgbCurve;
import java.util.Arrays;

/** Makes 8-bit samples of sRGB from linear light: the inverse of {@link SrgbCurve}. */
final class SrgbEncoder {

  /** Linear light 1.0 as an argument of {@link #encode(int)}. */
  static final int ONE = 1 << 16;

  private SrgbEncoder() {}

  /**
   * Returns the 8-bit sample nearest to a linear light, clipped to [0, {@link #ONE}]. One step of
   * the argument is at most a twentieth of a sample (12.92 · 255 / 65536, where the curve is
   * steepest), so rounding the argument changes a result only next to a tie.
   */
  static byte encode(int linear) {
    return Encoding.TABLE[Math.max(0, Math.min(linear, ONE))];
  }

  /** The same for a number in [0, 1]. */
  static byte encode(double linear) {
    return encode((int) (ToneCurve.clamp(linear) * ONE + 0.5));
  }

  private static final class Encoding {

    static final byte[] TABLE = table();

    /**
     * Returns the sample for each argument. A sample extends from the tie with its lower neighbor
     * to the tie with its upper neighbor.
     */
    private static byte[] table() {
      byte[] table = new byte[ONE + 1];
      int start = 0;
      for (int sample = 0; sample < 255; sample++) {
        int end = (int) StrictMath.ceil(SrgbCurve.toLinear((sample + 0.5) / 255) * ONE);
        Arrays.fill(table, start, end, (byte) sample);
        start = end;
      }
      Arrays.fill(table, start, table.length, (byte) 255);
      return table;
    }
  }
}
