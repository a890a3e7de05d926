package dev.miniatura.internal.hdr;

import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import java.util.Arrays;

/** Reads scanlines. A pixel is four bytes: three mantissas and their common exponent. */
final class Scanlines {

  private static final int MIN_CODED = 8; // pixels in scanlines with run lengths by component
  private static final int MAX_CODED = 0x7fff;
  private static final int MAX_SHIFT = 24;

  private final SourceBytes bytes;
  private long at;

  Scanlines(SourceBytes bytes, long start) {
    this.bytes = bytes;
    at = start;
  }

  /** Reads a scanline; returns false if it is incomplete. */
  boolean read(byte[] line) throws IOException {
    int width = line.length / 4;
    boolean coded =
        width >= MIN_CODED
            && width <= MAX_CODED
            && bytes.at(at) == 2
            && bytes.at(at + 1) == 2
            && bytes.at(at + 2) < 128;
    return coded ? readComponents(line, width) : readPixels(line);
  }

  private boolean readComponents(byte[] line, int width) throws IOException {
    int said = bytes.at(at + 2) << 8 | bytes.at(at + 3);
    if (said != width) {
      throw Container.HDR.malformed(at, "a scanline of another width");
    }
    at += 4;
    for (int component = 0; component < 4; component++) {
      int x = 0;
      while (x < width) {
        int count = bytes.at(at++);
        boolean run = count > 128;
        int pixels = run ? count - 128 : count;
        if (count < 0) {
          return false;
        }
        if (pixels == 0 || pixels > width - x) {
          throw Container.HDR.malformed(at - 1, "a run beyond its scanline");
        }
        for (int i = 0; i < pixels; i++) {
          int value = bytes.at(run ? at : at + i);
          if (value < 0) {
            return false;
          }
          line[4 * x++ + component] = (byte) value;
        }
        at += run ? 1 : pixels;
      }
    }
    return true;
  }

  /** A pixel whose mantissas are 1 repeats the previous one as often as its exponent says. */
  private boolean readPixels(byte[] line) throws IOException {
    int shift = 0;
    int filled = 0;
    while (filled < line.length) {
      if (bytes.read(at, line, filled, 4) < 4) {
        return false;
      }
      boolean repeats = line[filled] == 1 && line[filled + 1] == 1 && line[filled + 2] == 1;
      if (!repeats) {
        filled += 4;
        shift = 0;
      } else {
        long count = shift > MAX_SHIFT ? 0 : (line[filled + 3] & 0xffL) << shift;
        if (filled == 0 || count > (line.length - filled) / 4) {
          throw Container.HDR.malformed(at, "a run beyond its scanline");
        }
        byte[] pixel = Arrays.copyOfRange(line, filled - 4, filled);
        for (int i = 0; i < count; i++, filled += 4) {
          System.arraycopy(pixel, 0, line, filled, 4);
        }
        shift += 8;
      }
      at += 4;
    }
    return true;
  }
}
