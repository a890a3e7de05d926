package dev.miniatura.internal.vp8l;

import dev.miniatura.internal.io.Deadline;
import java.io.IOException;

/** Adds to each pixel the prediction from its neighbors (RFC 9649, section 3.5.1). */
final class Predictor implements Transform {

  private final int blockBits;
  private final int columns;
  private final byte[] modes; // by block
  private final int[] above; // the previous row, followed by the first pixel of the current one

  private Predictor(int blockBits, int columns, byte[] modes, int width) {
    this.blockBits = blockBits;
    this.columns = columns;
    this.modes = modes;
    above = new int[width + 1];
  }

  /** Reads the modes of all blocks. */
  static Predictor read(BitSource in, int width, int height, Deadline deadline) throws IOException {
    int bits = 2 + in.take(3);
    int columns = Blocks.count(width, bits);
    int rows = Blocks.count(height, bits);
    byte[] modes = new byte[columns * rows];
    Blocks.read(
        in, columns, rows, deadline, (block, argb) -> modes[block] = (byte) (argb >> 8 & 15));
    return new Predictor(bits, columns, modes, width);
  }

  @Override
  public int[] undo(int y, int[] row) {
    int width = row.length;
    row[0] = Argb.add(row[0], y == 0 ? Argb.BLACK : above[0]);
    above[width] = row[0]; // the last pixel's neighbor above and to the right
    if (y == 0) {
      for (int x = 1; x < width; x++) {
        row[x] = Argb.add(row[x], row[x - 1]);
      }
    } else {
      int block = (y >> blockBits) * columns;
      for (int x = 1; x < width; block++) {
        int end = Math.min(width, ((x >> blockBits) + 1) << blockBits);
        undo(modes[block], row, x, end);
        x = end;
      }
    }
    System.arraycopy(row, 0, above, 0, width);
    return row;
  }

  private void undo(int mode, int[] row, int from, int to) {
    int[] above = this.above;
    int left = row[from - 1];
    switch (mode) {
      case 1 -> {
        for (int x = from; x < to; x++) {
          row[x] = left = Argb.add(row[x], left);
        }
      }
      case 2 -> {
        for (int x = from; x < to; x++) {
          row[x] = Argb.add(row[x], above[x]);
        }
      }
      case 3 -> {
        for (int x = from; x < to; x++) {
          row[x] = Argb.add(row[x], above[x + 1]);
        }
      }
      case 4 -> {
        for (int x = from; x < to; x++) {
          row[x] = Argb.add(row[x], above[x - 1]);
        }
      }
      case 5 -> {
        for (int x = from; x < to; x++) {
          row[x] = left = Argb.add(row[x], Argb.mean(Argb.mean(left, above[x + 1]), above[x]));
        }
      }
      case 6 -> {
        for (int x = from; x < to; x++) {
          row[x] = left = Argb.add(row[x], Argb.mean(left, above[x - 1]));
        }
      }
      case 7 -> {
        for (int x = from; x < to; x++) {
          row[x] = left = Argb.add(row[x], Argb.mean(left, above[x]));
        }
      }
      case 8 -> {
        for (int x = from; x < to; x++) {
          row[x] = Argb.add(row[x], Argb.mean(above[x - 1], above[x]));
        }
      }
      case 9 -> {
        for (int x = from; x < to; x++) {
          row[x] = Argb.add(row[x], Argb.mean(above[x], above[x + 1]));
        }
      }
      case 10 -> {
        for (int x = from; x < to; x++) {
          int upper = Argb.mean(above[x], above[x + 1]);
          row[x] = left = Argb.add(row[x], Argb.mean(Argb.mean(left, above[x - 1]), upper));
        }
      }
      case 11 -> {
        for (int x = from; x < to; x++) {
          row[x] = left = Argb.add(row[x], Argb.select(left, above[x], above[x - 1]));
        }
      }
      case 12 -> {
        for (int x = from; x < to; x++) {
          row[x] = left = Argb.add(row[x], Argb.addClipped(left, above[x], above[x - 1]));
        }
      }
      case 13 -> {
        for (int x = from; x < to; x++) {
          int mean = Argb.mean(left, above[x]);
          row[x] = left = Argb.add(row[x], Argb.addHalfClipped(mean, above[x - 1]));
        }
      }
      default -> { // 0, and modes without a meaning
        for (int x = from; x < to; x++) {
          row[x] = Argb.add(row[x], Argb.BLACK);
        }
      }
    }
  }

  /** Returns what a mode predicts for a pixel that is neither in the first row nor column. */
  static int predict(int mode, int left, int above, int aboveRight, int aboveLeft) {
    return switch (mode) {
      case 1 -> left;
      case 2 -> above;
      case 3 -> aboveRight;
      case 4 -> aboveLeft;
      case 5 -> Argb.mean(Argb.mean(left, aboveRight), above);
      case 6 -> Argb.mean(left, aboveLeft);
      case 7 -> Argb.mean(left, above);
      case 8 -> Argb.mean(aboveLeft, above);
      case 9 -> Argb.mean(above, aboveRight);
      case 10 -> Argb.mean(Argb.mean(left, aboveLeft), Argb.mean(above, aboveRight));
      case 11 -> Argb.select(left, above, aboveLeft);
      case 12 -> Argb.addClipped(left, above, aboveLeft);
      case 13 -> Argb.addHalfClipped(Argb.mean(left, above), aboveLeft);
      default -> Argb.BLACK;
    };
  }
}
