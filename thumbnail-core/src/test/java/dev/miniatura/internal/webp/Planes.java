package dev.miniatura.internal.webp;

import dev.miniatura.Limits;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.raster.Notes;
import java.io.IOException;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A decoded VP8 frame: the samples of Y, then Cb, then Cr, without padding.
 *
 * @param rows how many rows of each plane were delivered
 */
@SuppressWarnings("ArrayRecordComponent")
record Planes(int width, int height, byte[] samples, int[] rows, List<String> notes) {

  static Planes decode(byte[] vp8) throws IOException {
    return decode(vp8, true, Limits.defaults());
  }

  static Planes decode(byte[] vp8, boolean filtered, Limits limits) throws IOException {
    FrameHeader header = FrameHeader.read(vp8, 0, vp8.length);
    int width = header.size().width();
    int height = header.size().height();
    int half = (width + 1) / 2;
    int[] starts = {0, width * height, width * height + half * ((height + 1) / 2)};
    byte[] samples = new byte[starts[2] + half * ((height + 1) / 2)];
    int[] rows = new int[3];
    Notes notes = new Notes();
    new Vp8Decoder(header, filtered, new Deadline(limits.time()))
        .decode(
            (plane, y, row, offset) -> {
              int count = plane == 0 ? width : half;
              if (y != rows[plane]++) {
                throw new AssertionError("row " + y + " of plane " + plane);
              }
              System.arraycopy(row, offset, samples, starts[plane] + y * count, count);
            },
            notes);
    return new Planes(width, height, samples, rows, notes.list());
  }

  /** Returns the CRC-32 of all samples. */
  String crc() {
    CRC32 crc = new CRC32();
    crc.update(samples);
    return "%08x".formatted(crc.getValue());
  }

  /** Returns a sample of luma. */
  int luma(int x, int y) {
    return samples[y * width + x] & 0xff;
  }
}
