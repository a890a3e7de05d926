package dev.miniatura.internal.vp8l;

import dev.miniatura.internal.bytes.ByteViews;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.raster.PixelRows;
import java.io.IOException;

/**
 * Reads an entropy-coded image (RFC 9649, sections 3.6.2 and 3.7.2.3): the picture itself, before
 * its transforms are undone, or one of the small images that describe it.
 *
 * <p>A backward reference reaches at most 1,048,456 pixels back, so at most twice that many pixels
 * of a large image are held.
 */
final class PixelReader {

  /** The reach of backward references in pixels. */
  private static final int REACH = 1 << 20;

  private static final int MAX_LENGTH = 4096;

  private static final int MAX_CODE_BITS = 15;

  /** The number of pixels that are read before rows are passed on, but at least one row. */
  private static final int BATCH = 1 << 12;

  private final BitSource in;
  private final int width;
  private final int height;
  private final Deadline deadline;
  private final ColorCache cache;
  private final GroupMap groups;
  private final long end; // number of pixels in the image
  private int[] pixels = {};
  private long start; // number of the pixel at index 0
  private int at; // index of the next pixel
  private int row; // row of the next pixel
  private int rowStart; // index of its first pixel
  private int cached; // index of the first pixel that is not in the cache

  private PixelReader(
      BitSource in, int width, int height, Deadline deadline, ColorCache cache, GroupMap groups) {
    this.in = in;
    this.width = width;
    this.height = height;
    this.deadline = deadline;
    this.cache = cache;
    this.groups = groups;
    end = (long) width * height;
  }

  /**
   * Reads the part before the pixels.
   *
   * @param main whether this is the picture itself, which may have several groups of codes
   */
  static PixelReader open(BitSource in, int width, int height, boolean main, Deadline deadline)
      throws IOException {
    int cacheBits = 0;
    if (in.flag()) {
      cacheBits = in.take(4);
      if (cacheBits == 0 || cacheBits > ColorCache.MAX_BITS) {
        throw in.malformed("a color cache of " + cacheBits + " bits");
      }
    }
    ColorCache cache = new ColorCache(cacheBits);
    boolean mapped = main && in.flag();
    GroupMap groups =
        mapped
            ? GroupMap.readImage(in, width, height, cache.size(), deadline)
            : GroupMap.readSingle(in, cache.size());
    return new PixelReader(in, width, height, deadline, cache, groups);
  }

  /** Returns the bytes that reading an image takes, in addition to its prefix codes. */
  static long workingBytes(int width, int height) {
    return Integer.BYTES * held(width, height) + BitSource.workingBytes();
  }

  private static long held(int width, int height) {
    long most = 2L * REACH + Math.max(width, BATCH) + MAX_LENGTH;
    return Math.min((long) width * height, most);
  }

  /**
   * Reads the pixels, and passes on all complete rows.
   *
   * @return the number of those rows; fewer than all if the source ends early
   */
  int read(PixelRows rows) throws IOException {
    pixels = new int[(int) held(width, height)];
    int[] line = new int[width];
    int done = 0;
    int doneTo = 0; // index after the last row passed on
    boolean complete = true;
    while (done < height && complete) {
      deadline.check();
      int batch = width * Math.min(height - done, Math.max(1, BATCH / width));
      if (end - start > pixels.length && doneTo + batch + MAX_LENGTH > pixels.length) {
        int dropped = at - REACH;
        System.arraycopy(pixels, dropped, pixels, 0, REACH);
        start += dropped;
        at -= dropped;
        rowStart -= dropped;
        doneTo -= dropped;
        cached -= dropped;
      }
      complete = readTo(doneTo + batch);
      for (; doneTo + width <= at; doneTo += width, done++) {
        System.arraycopy(pixels, doneTo, line, 0, width);
        rows.row(done, line);
      }
    }
    return done;
  }

  /**
   * Reads at least up to an index; a backward reference may extend beyond it.
   *
   * @return false if the source ended before that
   */
  private boolean readTo(int target) throws IOException {
    boolean complete = true;
    while (at < target && complete) {
      while (at - rowStart >= width) {
        rowStart += width;
        row++;
      }
      int column = at - rowStart;
      int blockEnd = rowStart + Math.min(width, groups.blockEnd(column));
      complete = readBlock(groups.at(column, row), blockEnd);
    }
    if (cache.size() > 0) {
      cache.add(pixels, cached, at);
      cached = at;
    }
    return complete;
  }

  /**
   * Reads pixels coded with one group, at least up to an index; returns false if the source ended.
   */
  private boolean readBlock(PrefixGroup group, int target) throws IOException {
    BitSource in = this.in;
    byte[] bytes = in.bytes;
    int[] pixels = this.pixels;
    char[] entries = group.entries;
    int greenMask = group.greenMask;
    boolean greenOnly = group.greenOnly;
    int constant = group.constant;
    int at = this.at;
    int whole = at; // index after the last pixel known to exist
    int position = in.position;
    int limit = in.limit;
    long bits = in.bits;
    int count = in.count;
    while (at < target) {
      if (limit - position >= BitSource.STRIDE) {
        bits |= ByteViews.longLe(bytes, position) << count;
        position += (63 - count) >>> 3;
        count |= 56;
      } else {
        in.position = position;
        in.bits = bits;
        in.count = count;
        if (in.isOver()) {
          break;
        }
        whole = at;
        in.fill();
        position = in.position;
        limit = in.limit;
        bits = in.bits;
        count = in.count;
      }
      int entry = entries[(int) bits & greenMask];
      if ((entry & 15) > PrefixTable.ROOT_BITS) {
        entry = entries[PrefixTable.next(entry, bits)];
      }
      bits >>>= entry & 15;
      count -= entry & 15;
      int symbol = entry >>> 4;
      if (symbol < PrefixCodes.LITERALS) {
        if (greenOnly) {
          pixels[at++] = constant | symbol << 8;
          continue;
        }
        int red = entries[group.red + ((int) bits & group.redMask)];
        if ((red & 15) > PrefixTable.ROOT_BITS) {
          red = entries[group.red + PrefixTable.next(red, bits)];
        }
        bits >>>= red & 15;
        int blue = entries[group.blue + ((int) bits & group.blueMask)];
        if ((blue & 15) > PrefixTable.ROOT_BITS) {
          blue = entries[group.blue + PrefixTable.next(blue, bits)];
        }
        bits >>>= blue & 15;
        count -= (red & 15) + (blue & 15);
        if (count < MAX_CODE_BITS && group.alphaMask != 0) {
          in.position = position;
          in.bits = bits;
          in.count = count;
          in.fill();
          position = in.position;
          limit = in.limit;
          bits = in.bits;
          count = in.count;
        }
        int alpha = entries[group.alpha + ((int) bits & group.alphaMask)];
        if ((alpha & 15) > PrefixTable.ROOT_BITS) {
          alpha = entries[group.alpha + PrefixTable.next(alpha, bits)];
        }
        bits >>>= alpha & 15;
        count -= alpha & 15;
        pixels[at++] = alpha >>> 4 << 24 | red >>> 4 << 16 | symbol << 8 | blue >>> 4;
      } else if (symbol >= PrefixCodes.LITERALS + PrefixCodes.LENGTHS) {
        cache.add(pixels, cached, at);
        cached = at;
        pixels[at++] = cache.get(symbol - PrefixCodes.LITERALS - PrefixCodes.LENGTHS);
      } else {
        in.position = position;
        in.bits = bits;
        in.count = count;
        at = copy(group, symbol - PrefixCodes.LITERALS, at);
        position = in.position;
        limit = in.limit;
        bits = in.bits;
        count = in.count;
      }
    }
    in.position = position;
    in.bits = bits;
    in.count = count;
    this.at = in.isOver() ? whole : at;
    return !in.isOver();
  }

  /** Reads a backward reference and copies its pixels; returns the index after them. */
  private int copy(PrefixGroup group, int lengthCode, int at) throws IOException {
    int length = value(lengthCode);
    in.fill();
    int entry = group.entries[group.distance + ((int) in.bits & group.distanceMask)];
    if ((entry & 15) > PrefixTable.ROOT_BITS) {
      entry = group.entries[group.distance + PrefixTable.next(entry, in.bits)];
    }
    in.drop(entry & 15);
    int code = value(entry >>> 4);
    int distance =
        code > DistanceMap.NEAR ? code - DistanceMap.NEAR : DistanceMap.near(code, width);
    if (distance > at || length > end - start - at) {
      if (in.isOver()) {
        return at;
      }
      throw in.malformed("a reference to pixels outside of the picture");
    }
    if (distance >= length) {
      System.arraycopy(pixels, at - distance, pixels, at, length);
    } else {
      for (int i = at; i < at + length; i++) {
        pixels[i] = pixels[i - distance];
      }
    }
    return at + length;
  }

  /** Returns a length or distance from its prefix code and the extra bits (section 3.6.2.2). */
  private int value(int code) throws IOException {
    if (code < 4) {
      return code + 1;
    }
    int extra = (code - 2) >> 1;
    return ((2 + (code & 1)) << extra) + in.take(extra) + 1;
  }
}
