package dev.miniatura.internal.pnm;

import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.pnm.PnmHeader.Coding;
import java.io.IOException;

/** Rows of plain PBM, PGM and PPM, whose samples are decimal digits. */
final class PlainRows implements SampleRows {

  private final boolean bits;
  private final int maxval;
  private final byte[] table;
  private final HeaderText text;

  PlainRows(PnmHeader file, SourceBytes bytes) {
    bits = file.coding() == Coding.PLAIN_BITS;
    maxval = file.maxval();
    table = SampleRows.table(file);
    text = new HeaderText(file.container(), bytes, file.start());
  }

  @Override
  public int read(int y, byte[] row) throws IOException {
    for (int i = 0; i < row.length; i++) {
      int sample = bits ? text.digit() : text.number();
      if (sample < 0) {
        return i;
      }
      row[i] = bits ? (byte) (sample - 1) : table[Math.min(sample, maxval)];
    }
    return row.length;
  }
}
