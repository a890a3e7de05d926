package dev.miniatura.internal.psd;

import dev.miniatura.internal.color.LabToSrgb;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.Samples;
import org.jspecify.annotations.Nullable;

/** Converts rows of planes to rows of 8-bit samples. */
final class SampleReader {

  private static final int ROUNDING = 2;

  private final PsdHeader header;
  private final int channels;
  private final int colors; // number of color channels of the row
  private final @Nullable LabToSrgb lab;
  private boolean matted;

  SampleReader(PsdHeader header, RasterLayout layout, boolean alpha) {
    this.header = header;
    channels = layout.channels();
    colors = channels - (alpha ? 1 : 0);
    lab = header.mode == PsdHeader.LAB ? new LabToSrgb() : null;
    matted = alpha && header.isMatted();
  }

  /**
   * Adds a row of a plane.
   *
   * @param count how many of its samples exist
   */
  void take(int plane, byte[] stored, int count, byte[] row) {
    if (header.mode == PsdHeader.INDEXED) {
      takeIndexes(stored, count, row);
      return;
    }
    int at = plane;
    for (int x = 0; x < count; x++, at += channels) {
      row[at] = sample(stored, x);
    }
    byte missing = plane < colors ? (byte) 128 : (byte) 255;
    for (int x = count; x < header.width; x++, at += channels) {
      row[at] = missing;
    }
  }

  private byte sample(byte[] stored, int x) {
    return switch (header.depth) {
      case 1 -> (byte) ((stored[x >> 3] >> (7 - (x & 7)) & 1) - 1); // 1 is black
      case 16 -> {
        int value = (stored[2 * x] & 0xff) << 8 | (stored[2 * x + 1] & 0xff);
        yield (byte) ((value * 255 + 32767) / 65535);
      }
      case 32 -> {
        int bits = 0;
        for (int i = 0; i < 4; i++) {
          bits = bits << 8 | (stored[4 * x + i] & 0xff);
        }
        float value = Float.intBitsToFloat(bits);
        yield (byte) Math.round(255 * Math.max(0, Math.min(1, value))); // NaN becomes 0
      }
      default -> stored[x];
    };
  }

  private void takeIndexes(byte[] stored, int count, byte[] row) {
    int third = header.palette.length / 3;
    int at = 0;
    for (int x = 0; x < header.width; x++) {
      int index = stored[x] & 0xff;
      for (int c = 0; c < 3; c++) {
        row[at + c] =
            x >= count ? (byte) 128 : index < third ? header.palette[c * third + index] : 0;
      }
      if (channels > 3) {
        row[at + 3] = (byte) (index == header.transparentIndex ? 0 : 255);
      }
      at += channels;
    }
  }

  /** Computes the colors of a row after all of its planes were added. */
  void finish(byte[] row) {
    for (int at = 0; at < row.length; at += channels) {
      if (matted) {
        unmatte(row, at, row[at + colors] & 0xff);
      }
      if (lab != null) {
        lab.convert(
            (row[at] & 0xff) * 100 / 255.0,
            (row[at + 1] & 0xff) - 128,
            (row[at + 2] & 0xff) - 128,
            row,
            at);
      }
      for (int c = 0; header.mode == PsdHeader.CMYK && c < 4; c++) {
        row[at + c] = (byte) ~row[at + c]; // 255 is no ink
      }
    }
  }

  /**
   * Returns whether the colors of a row cannot have been laid over white, as Photoshop does,
   * because they are darker than white alone would allow; other programs write colors unchanged.
   */
  boolean isUnmatted(byte[] row) {
    for (int at = 0; at < row.length; at += channels) {
      int least = 255 - (row[at + colors] & 0xff) - ROUNDING;
      for (int c = 0; c < (lab == null ? colors : 1); c++) {
        if ((row[at + c] & 0xff) < least) {
          return true;
        }
      }
    }
    return false;
  }

  /** Leaves colors unchanged from here on. */
  void keepColors() {
    matted = false;
  }

  /** Returns whether colors are treated as laid over white. */
  boolean matted() {
    return matted;
  }

  /** Removes the white over which colors were laid: all channels at their maximum, or a = b = 0. */
  private void unmatte(byte[] row, int at, int alpha) {
    if (alpha == 0 || alpha == 255) {
      return;
    }
    for (int c = 0; c < colors; c++) {
      int white = lab != null && c > 0 ? 128 : 255;
      int value = white + Math.round((float) ((row[at + c] & 0xff) - white) * 255 / alpha);
      row[at + c] = (byte) Samples.clamp(value);
    }
  }
}
