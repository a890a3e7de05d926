package dev.miniatura.internal.tga;

import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import java.util.Arrays;

/** The rows of a file as stored, either in place or unpacked. */
final class TgaRows {

  private final TgaHeader header;
  private final SourceBytes bytes;
  private final byte[] unpacked;
  private long there;

  /** Unpacks runs up to the end of the file. */
  TgaRows(TgaHeader header, SourceBytes bytes, Deadline deadline) throws IOException {
    this.header = header;
    this.bytes = bytes;
    if (header.runs()) {
      unpacked = new byte[header.rowBytes() * header.height()];
      there = unpack(deadline);
    } else {
      unpacked = new byte[0];
      long end = header.start() + (long) header.rowBytes() * header.height();
      there = bytes.reach(end) - header.start();
    }
  }

  private int unpack(Deadline deadline) throws IOException {
    int pixel = header.pixelBytes();
    long at = header.start();
    int out = 0;
    int packets = 0;
    while (out < unpacked.length) {
      if ((packets++ & 0xfff) == 0) {
        deadline.check();
      }
      int packet = bytes.at(at);
      if (packet < 0) {
        return out;
      }
      int count = (packet & 0x7f) + 1;
      int length = Math.min(count * pixel, unpacked.length - out);
      boolean run = packet >= 0x80;
      int read = Math.max(0, bytes.read(at + 1, unpacked, out, run ? pixel : length));
      if (run && read == pixel) {
        for (int i = pixel; i < length; i++) {
          unpacked[out + i] = unpacked[out + i - pixel];
        }
        read = length;
      }
      at += 1 + (run ? pixel : length);
      out += read;
      if (read < length) {
        return out;
      }
    }
    return out;
  }

  /** Returns whether part of the picture is missing. */
  boolean isCut() {
    return there < (long) header.rowBytes() * header.height();
  }

  /** Returns whether there is not a single pixel. */
  boolean isEmpty() {
    return there < header.pixelBytes();
  }

  /**
   * Reads a row.
   *
   * @param y number of the row from the top
   * @param row receives its bytes
   * @return how many complete pixels it has
   */
  int read(int y, byte[] row) throws IOException {
    int stored = header.topFirst() ? y : header.height() - 1 - y;
    long at = (long) stored * row.length;
    int count = (int) Math.max(0, Math.min(row.length, there - at));
    if (header.runs()) {
      System.arraycopy(unpacked, (int) Math.min(at, unpacked.length), row, 0, count);
    } else if (count > 0) {
      count = bytes.read(header.start() + at, row, 0, count);
    }
    Arrays.fill(row, Math.max(0, count), row.length, (byte) 0);
    return header.depth() == 1 ? Math.min(header.width(), count * 8) : count / header.pixelBytes();
  }
}
