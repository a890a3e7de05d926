package dev.miniatura.internal.vp8l;

import dev.miniatura.internal.io.Deadline;
import java.io.IOException;

/** Images with one pixel for each block of the picture (RFC 9649, section 3.6.1). */
final class Blocks {

  private static final int SMALLEST_BITS = 2;

  /** Receives the pixel of a block. */
  interface Visitor {

    /**
     * Receives one pixel.
     *
     * @param block its index, in row order
     */
    void take(int block, int argb);
  }

  private Blocks() {}

  /** Returns how many blocks of a side of 2 to the power of {@code bits} cover a length. */
  static int count(int length, int bits) {
    return (length + (1 << bits) - 1) >> bits;
  }

  /** Returns the maximum number of blocks of an image of a size. */
  static long most(int width, int height) {
    return (long) count(width, SMALLEST_BITS) * count(height, SMALLEST_BITS);
  }

  /** Reads an image, in which no pixel may be missing. */
  static void read(BitSource in, int columns, int rows, Deadline deadline, Visitor visitor)
      throws IOException {
    int read =
        PixelReader.open(in, columns, rows, false, deadline)
            .read(
                (y, argb) -> {
                  for (int x = 0; x < columns; x++) {
                    visitor.take(y * columns + x, argb[x]);
                  }
                });
    if (read < rows) {
      in.require("what describes the picture");
    }
  }
}
