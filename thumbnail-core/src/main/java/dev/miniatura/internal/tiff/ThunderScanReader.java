package dev.miniatura.internal.tiff;

import java.io.IOException;
import java.util.Arrays;

/**
 * Decompresses ThunderScan (compression 32809), which a scanner of that name wrote: rows of 4-bit
 * samples. The upper two bits of a byte are a code, the others its operand: a number of pixels that
 * repeat the last one, three differences of two bits, two differences of three bits, or a pixel. A
 * row begins after a pixel of 0, and ends with the byte that fills it.
 */
final class ThunderScanReader implements RowReader {

  private static final int[] OF_TWO_BITS = {0, 1, 0, -1};
  private static final int SKIP_OF_TWO_BITS = 2;
  private static final int[] OF_THREE_BITS = {0, 1, 2, 3, 0, -3, -2, -1};
  private static final int SKIP_OF_THREE_BITS = 4;

  private final SegmentInput in;
  private final int columns;
  private int last;
  private int x;

  ThunderScanReader(SegmentInput in, int columns) {
    this.in = in;
    this.columns = columns;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Arrays.fill(target, offset, offset + length, (byte) 0);
    last = 0;
    x = 0;
    while (x < columns) {
      int code = in.read();
      if (code < 0) {
        return x / 2;
      }
      int operand = code & 0x3f;
      switch (code >> 6) {
        case 0 -> {
          for (int i = 0; i < operand; i++) {
            put(target, offset, last);
          }
        }
        case 1 -> {
          for (int shift = 4; shift >= 0; shift -= 2) {
            int index = operand >> shift & 3;
            if (index != SKIP_OF_TWO_BITS) {
              put(target, offset, last + OF_TWO_BITS[index]);
            }
          }
        }
        case 2 -> {
          for (int shift = 3; shift >= 0; shift -= 3) {
            int index = operand >> shift & 7;
            if (index != SKIP_OF_THREE_BITS) {
              put(target, offset, last + OF_THREE_BITS[index]);
            }
          }
        }
        default -> put(target, offset, operand);
      }
    }
    return length;
  }

  private void put(byte[] target, int offset, int value) {
    last = value & 0xf;
    if (x < columns) {
      target[offset + x / 2] |= (byte) (x % 2 == 0 ? last << 4 : last);
    }
    x++;
  }
}
