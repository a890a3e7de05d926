package dev.miniatura.internal.pnm;

import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Rows of PFM. White is 1 unless samples are far above it; then it is 255 or, if higher, the
 * maximum, as in floating-point TIFF.
 */
final class RealRows implements SampleRows {

  private static final float HIGHLIGHTS = 8; // the brightest light in pictures whose white is 1

  private final PnmHeader file;
  private final SourceBytes bytes;
  private final byte[] stored;
  private final ByteBuffer numbers;
  private final float white;

  RealRows(PnmHeader file, SourceBytes bytes, Deadline deadline) throws IOException {
    this.file = file;
    this.bytes = bytes;
    stored = new byte[(int) file.rowBytes()];
    numbers =
        ByteBuffer.wrap(stored)
            .order(file.little() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    float most = 0;
    for (int y = 0; y < file.height(); y++) {
      deadline.check();
      int count = load(y);
      for (int i = 0; i < count; i++) {
        float value = numbers.getFloat(4 * i);
        most = value < Float.POSITIVE_INFINITY ? Math.max(most, value) : most;
      }
    }
    white = most <= HIGHLIGHTS ? 1 : Math.max(most, 255);
  }

  private int load(int y) throws IOException {
    long at = file.start() + (file.height() - 1L - y) * stored.length;
    return Math.max(0, bytes.read(at, stored, 0, stored.length)) / 4;
  }

  @Override
  public int read(int y, byte[] row) throws IOException {
    int count = load(y);
    for (int i = 0; i < count; i++) {
      float share = numbers.getFloat(4 * i) / white;
      row[i] = (byte) (int) (255 * Math.min(1, Math.max(0, share)) + 0.5f); // NaN is 0
    }
    return count;
  }
}
