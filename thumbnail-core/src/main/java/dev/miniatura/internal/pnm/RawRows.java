package dev.miniatura.internal.pnm;

import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.pnm.PnmHeader.Coding;
import java.io.IOException;

/** Rows of raw PBM, PGM, PPM and PAM. */
final class RawRows implements SampleRows {

  private final PnmHeader file;
  private final SourceBytes bytes;
  private final byte[] stored;
  private final byte[] table;

  RawRows(PnmHeader file, SourceBytes bytes) {
    this.file = file;
    this.bytes = bytes;
    stored = new byte[(int) file.rowBytes()];
    table = SampleRows.table(file);
  }

  @Override
  public int read(int y, byte[] row) throws IOException {
    long at = file.start() + (long) y * stored.length;
    int count = Math.max(0, bytes.read(at, stored, 0, stored.length));
    if (file.coding() == Coding.BITS) {
      int samples = (int) Math.min(row.length, 8L * count);
      for (int i = 0; i < samples; i++) {
        row[i] = (byte) ((stored[i >> 3] >> (7 - (i & 7)) & 1) - 1);
      }
      return samples;
    }
    int maxval = file.maxval();
    if (maxval < 256) {
      for (int i = 0; i < count; i++) {
        row[i] = table[Math.min(stored[i] & 0xff, maxval)];
      }
      return count;
    }
    for (int i = 0; i < count / 2; i++) {
      int sample = (stored[2 * i] & 0xff) << 8 | (stored[2 * i + 1] & 0xff);
      row[i] = table[Math.min(sample, maxval)];
    }
    return count / 2;
  }
}
