package dev.miniatura.internal.pcx;

import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import java.util.Arrays;

/** The bytes of rows, uncompressed or run-length encoded; a run may continue in the next row. */
final class RunLengths {

  private static final int RUN = 0xc0; // upper bits of a count

  private final SourceBytes bytes;
  private final boolean runs;
  private long at = PcxHeader.BYTES;
  private int left; // of a run
  private byte repeated;

  RunLengths(SourceBytes bytes, boolean runs) {
    this.bytes = bytes;
    this.runs = runs;
  }

  /** Reads a row; returns false if it is incomplete. */
  boolean read(byte[] row) throws IOException {
    if (!runs) {
      int count = bytes.read(at, row, 0, row.length);
      at += row.length;
      return count == row.length;
    }
    int filled = 0;
    while (filled < row.length) {
      if (left == 0) {
        int next = bytes.at(at++);
        boolean run = next >= RUN;
        int value = run ? bytes.at(at++) : next;
        if (value < 0) {
          return false;
        }
        left = run ? next - RUN : 1;
        repeated = (byte) value;
      }
      int count = Math.min(left, row.length - filled);
      Arrays.fill(row, filled, filled + count, repeated);
      filled += count;
      left -= count;
    }
    return true;
  }
}
