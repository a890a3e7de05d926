package dev.miniatura.internal.av1;

import java.util.Random;

/** Writes sequence and frame headers of still pictures with random tools. */
final class RandomHeader {

  private final Random random;
  private final BitWriter sequence = new BitWriter();
  private final BitWriter frame = new BitWriter();

  int width;
  int height;
  private int bitDepth;
  private boolean monochrome;
  private int subX;
  private int subY;
  private boolean sb128;
  private boolean lossless;

  RandomHeader(Random random) {
    this.random = random;
  }

  private boolean chance(double p) {
    return random.nextDouble() < p;
  }

  private boolean write(BitWriter out, double p) {
    boolean flag = chance(p);
    out.flag(flag);
    return flag;
  }

  /** Writes both headers. */
  void write(int largest) {
    width = 1 + random.nextInt(chance(0.2) ? 24 : largest);
    height = 1 + random.nextInt(chance(0.2) ? 24 : largest);
    int depth = random.nextInt(3);
    bitDepth = 8 + 2 * depth;
    int format = random.nextInt(4); // 4:0:0, 4:2:0, 4:2:2, 4:4:4
    monochrome = format == 0;
    subX = format < 3 ? 1 : 0;
    subY = format < 2 ? 1 : 0;
    int profile = bitDepth == 12 || format == 2 ? 2 : format == 3 ? 1 : 0;
    sequence.bits(3, profile);
    sequence.bits(2, 3); // still_picture, reduced_still_picture_header
    sequence.bits(5, 0);
    sequence.bits(4, 15);
    sequence.bits(4, 15);
    sequence.bits(16, width - 1);
    sequence.bits(16, height - 1);
    sb128 = write(sequence, 0.5);
    write(sequence, 0.8); // enable_filter_intra
    write(sequence, 0.8); // enable_intra_edge_filter
    boolean superres = write(sequence, 0.2);
    boolean cdef = write(sequence, 0.7);
    boolean restoration = write(sequence, 0.7);
    boolean separate = writeColor(profile);
    boolean grain = write(sequence, 0.3);
    sequence.trail();
    writeFrame(superres, cdef, restoration, separate, grain);
  }

  private boolean writeColor(int profile) {
    sequence.flag(bitDepth > 8);
    if (profile == 2 && bitDepth > 8) {
      sequence.flag(bitDepth == 12);
    }
    if (profile != 1) {
      sequence.flag(monochrome);
    }
    sequence.flag(false); // color_description_present_flag
    sequence.flag(true); // color_range
    if (monochrome) {
      return false;
    }
    if (profile == 2 && bitDepth == 12) {
      sequence.bits(1, subX);
      if (subX == 1) {
        sequence.bits(1, subY);
      }
    }
    if (subX == 1 && subY == 1) {
      sequence.bits(2, 0);
    }
    return write(sequence, 0.3);
  }

  private void writeFrame(
      boolean superres, boolean cdef, boolean restoration, boolean separate, boolean grain) {
    write(frame, 0.2); // disable_cdf_update
    boolean screen = write(frame, 0.5);
    if (screen) {
      frame.flag(true); // force_integer_mv
    }
    int coded = width;
    if (superres && write(frame, 0.7)) {
      int denominator = 9 + random.nextInt(8);
      frame.bits(3, denominator - 9);
      coded = Math.max((width * 8 + denominator / 2) / denominator, Math.min(16, width));
    }
    frame.flag(false); // render_and_frame_size_different
    boolean intrabc = screen && coded == width && write(frame, 0.3);
    writeTiles(coded);
    writeQuantizers(separate, intrabc);
    if (!lossless && !intrabc) {
      writeLoopFilter();
      if (cdef) {
        writeCdef();
      }
    }
    if (!intrabc && restoration && !(lossless && coded == width)) {
      writeRestoration();
    }
    if (!lossless) {
      frame.flag(chance(0.8)); // tx_mode_select
    }
    frame.flag(chance(0.2)); // reduced_tx_set
    if (grain) {
      writeGrain();
    }
    frame.align();
  }

  private static int log2(int size, int target) {
    int k = 0;
    while (size << k < target) {
      k++;
    }
    return k;
  }

  private void writeTiles(int coded) {
    int shift = sb128 ? 7 : 6;
    int cols = (coded + (1 << shift) - 1) >> shift;
    int rows = (height + (1 << shift) - 1) >> shift;
    int log2Cols;
    int log2Rows;
    boolean uniform = write(frame, 0.6);
    if (uniform) {
      log2Cols = increments(log2(1, cols));
      log2Rows = increments(log2(1, rows));
    } else {
      log2Cols = log2(1, explicit(cols));
      log2Rows = log2(1, explicit(rows));
    }
    if (log2Cols + log2Rows > 0) {
      frame.bits(log2Cols + log2Rows, 0); // context_update_tile_id
      frame.bits(2, 3); // tile_size_bytes_minus_1
    }
  }

  private int increments(int most) {
    int value = 0;
    while (value < most && write(frame, 0.4)) {
      value++;
    }
    return value;
  }

  /** Writes tiles of any sizes; those of frames this small are never too large. */
  private int explicit(int superblocks) {
    int tiles = 0;
    for (int start = 0; start < superblocks; tiles++) {
      int bound = superblocks - start;
      int size = 1 + random.nextInt(bound);
      nonSymmetric(bound, size - 1);
      start += size;
    }
    return tiles;
  }

  private void nonSymmetric(int bound, int value) {
    int bits = 32 - Integer.numberOfLeadingZeros(bound);
    int shorter = (1 << bits) - bound;
    if (value < shorter) {
      frame.bits(bits - 1, value);
    } else {
      frame.bits(bits, value + shorter);
    }
  }

  private void writeQuantizers(boolean separate, boolean intrabc) {
    int base = chance(0.1) ? 0 : chance(0.5) ? 1 + random.nextInt(60) : 1 + random.nextInt(255);
    frame.bits(8, base);
    boolean deltas = chance(0.3);
    int all = delta(deltas);
    if (!monochrome) {
      boolean different = separate && write(frame, 0.5);
      all |= delta(deltas);
      all |= delta(deltas);
      if (different) {
        all |= delta(deltas);
        all |= delta(deltas);
      }
    }
    if (write(frame, 0.4)) { // using_qmatrix
      frame.bits(4, random.nextInt(16));
      frame.bits(4, random.nextInt(16));
      if (separate) {
        frame.bits(4, random.nextInt(16));
      }
    }
    boolean segmentation = write(frame, 0.3);
    boolean anyLossy = false;
    if (segmentation) {
      anyLossy = writeSegmentation(base);
    }
    lossless = (base == 0 && all == 0 && !anyLossy) || (segmentation && !anyLossy && all == 0);
    if (base == 0) {
      return;
    }
    if (write(frame, 0.4)) { // delta_q_present
      frame.bits(2, random.nextInt(4));
      if (!intrabc && write(frame, 0.6)) {
        frame.bits(2, random.nextInt(3));
        frame.flag(chance(0.5));
      }
    }
  }

  private int delta(boolean allowed) {
    int value = allowed ? random.nextInt(21) - 10 : 0;
    frame.optionalSigned(value);
    return value;
  }

  /** Returns whether a segment is not lossless, deltas apart. */
  private boolean writeSegmentation(int base) {
    boolean lossy = false;
    for (int i = 0; i < 8; i++) {
      int index = base;
      for (int feature = 0; feature < 8; feature++) {
        double p = feature == 6 ? 0.1 : feature == 5 || feature == 7 ? 0 : 0.3;
        if (!write(frame, p)) {
          continue;
        }
        if (feature == 0) {
          int value = random.nextInt(121) - 60;
          frame.bits(9, value & 511);
          index = Math.max(0, Math.min(255, base + value));
        } else if (feature < 5) {
          frame.bits(7, random.nextInt(41) - 20 & 127);
        }
      }
      lossy |= index > 0;
    }
    return lossy;
  }

  private void writeLoopFilter() {
    int level0 = chance(0.2) ? 0 : random.nextInt(64);
    int level1 = chance(0.2) ? 0 : random.nextInt(64);
    frame.bits(6, level0);
    frame.bits(6, level1);
    if (!monochrome && (level0 | level1) != 0) {
      frame.bits(6, chance(0.2) ? 0 : random.nextInt(64));
      frame.bits(6, chance(0.2) ? 0 : random.nextInt(64));
    }
    frame.bits(3, chance(0.5) ? 0 : random.nextInt(8));
    boolean deltas = write(frame, 0.5);
    if (deltas && write(frame, 0.5)) {
      for (int i = 0; i < 10; i++) {
        if (write(frame, 0.3)) {
          frame.bits(7, random.nextInt(21) - 10 & 127);
        }
      }
    }
  }

  private void writeCdef() {
    frame.bits(2, random.nextInt(4));
    int bits = random.nextInt(4);
    frame.bits(2, bits);
    for (int i = 0; i < 1 << bits; i++) {
      frame.bits(6, random.nextInt(64));
      if (!monochrome) {
        frame.bits(6, random.nextInt(64));
      }
    }
  }

  private void writeRestoration() {
    boolean uses = false;
    boolean chroma = false;
    for (int plane = 0; plane < (monochrome ? 1 : 3); plane++) {
      int type = random.nextInt(4);
      frame.bits(2, type);
      uses |= type != 0;
      chroma |= plane > 0 && type != 0;
    }
    if (!uses) {
      return;
    }
    if (write(frame, 0.4) && !sb128) {
      frame.flag(chance(0.4));
    }
    if (subX == 1 && subY == 1 && chroma) {
      frame.flag(chance(0.5));
    }
  }

  private int points(int most, int[] counts, int plane) {
    int count = random.nextInt(most + 1);
    frame.bits(4, count);
    int value = -1;
    for (int i = 0; i < count; i++) {
      value += 1 + random.nextInt((255 - value) / (count - i + 1) + 1);
      value = Math.min(value, 255 - (count - 1 - i));
      frame.bits(8, value);
      frame.bits(8, random.nextInt(256));
    }
    counts[plane] = count;
    return count;
  }

  private void writeGrain() {
    if (!write(frame, 0.9)) {
      return;
    }
    frame.bits(16, random.nextInt(65536));
    int[] counts = new int[3];
    int luma = points(chance(0.2) ? 0 : 14, counts, 0);
    boolean fromLuma = !monochrome && write(frame, 0.4);
    boolean halved = subX == 1 && subY == 1;
    if (!monochrome && !fromLuma && !(halved && luma == 0)) {
      int cb = points(10, counts, 1);
      if (halved && cb == 0) {
        frame.bits(4, 0);
      } else {
        int cr = 1 + random.nextInt(9);
        frame.bits(4, cr);
        for (int i = 0; i < cr; i++) {
          frame.bits(8, 20 * i + random.nextInt(20));
          frame.bits(8, random.nextInt(256));
        }
        counts[2] = cr;
      }
    }
    frame.bits(2, random.nextInt(4));
    int lag = random.nextInt(4);
    frame.bits(2, lag);
    int positions = 2 * lag * (lag + 1);
    for (int plane = 0; plane < 3; plane++) {
      if (counts[plane] > 0 || (plane > 0 && fromLuma)) {
        int count = plane > 0 && luma > 0 ? positions + 1 : positions;
        for (int i = 0; i < count; i++) {
          frame.bits(8, 128 + random.nextInt(17) - 8);
        }
      }
    }
    frame.bits(2, random.nextInt(4));
    frame.bits(2, random.nextInt(4));
    for (int plane = 1; plane < 3; plane++) {
      if (counts[plane] > 0) {
        frame.bits(8, random.nextInt(256));
        frame.bits(8, random.nextInt(256));
        frame.bits(9, random.nextInt(512));
      }
    }
    frame.flag(chance(0.5));
    frame.flag(chance(0.3));
  }

  byte[] sequence() {
    return sequence.toByteArray();
  }

  byte[] frame() {
    return frame.toByteArray();
  }
}
