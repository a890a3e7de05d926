package dev.miniatura.internal.heif;

import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.heif.Item.Extent;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import java.util.Arrays;

/** The data of an item, wherever in the file its extents are. */
final class ItemData {

  /** The maximum size of descriptions of derived items, with at most 256 layers of 8 bytes. */
  private static final int MAX_DESCRIPTION = 4096;

  private ItemData() {}

  /**
   * Returns the length in bytes of an item's data, according to the file.
   *
   * @throws LimitExceededException if it is more than one array can hold
   */
  static int length(HeifFile file, Item item) throws IOException {
    long length = 0;
    for (Extent extent : item.extents) {
      length += lengthOf(file, item, extent);
      if (length > Integer.MAX_VALUE - 64) {
        throw new LimitExceededException(Limits.Kind.WORKING_BYTES, Integer.MAX_VALUE - 64, length);
      }
    }
    return (int) length;
  }

  /** Returns the length of an extent; an extent of length 0 means everything. */
  private static long lengthOf(HeifFile file, Item item, Extent extent) throws IOException {
    if (extent.length() > 0) {
      return extent.length();
    }
    long end = item.construction == 1 ? end(file) - start(file) : file.bytes.length();
    if (end < 0) {
      throw new UnsupportedImageException("HEIF: item without a length in a stream");
    }
    return Math.max(0, end - extent.start());
  }

  private static long start(HeifFile file) throws MalformedImageException {
    Items items = file.items;
    Box data = items == null ? null : items.data();
    if (data == null) {
      throw Container.HEIF.malformed(-1, "no idat box");
    }
    return data.start();
  }

  private static long end(HeifFile file) throws MalformedImageException {
    Items items = file.items;
    Box data = items == null ? null : items.data();
    return data == null ? start(file) : data.end();
  }

  /** Reads an item's data, without any part beyond the end of the source. */
  static byte[] read(HeifFile file, Item item) throws IOException {
    return read(file, item, Integer.MAX_VALUE);
  }

  /** Reads the first bytes of an item's data. */
  static byte[] read(HeifFile file, Item item, int most) throws IOException {
    if (item.construction > 1) {
      throw new UnsupportedImageException("HEIF: item made of the data of other items");
    }
    SourceBytes bytes = file.bytes;
    long base = item.construction == 1 ? start(file) : 0;
    long known = bytes.length();
    long last = item.construction == 1 ? end(file) : known < 0 ? Long.MAX_VALUE : known;
    long claimed = length(file, item);
    long present = 0;
    for (Extent extent : item.extents) {
      present += Math.max(0, Math.min(claimed, last - base - extent.start()));
    }
    byte[] data = new byte[(int) Math.min(most, Math.min(claimed, present))];
    int filled = 0;
    for (Extent extent : item.extents) {
      long from = base + extent.start();
      long there = Math.min(lengthOf(file, item, extent), last - from);
      int count = (int) Math.min(there, data.length - filled);
      int read = count <= 0 ? 0 : Math.max(0, bytes.read(from, data, filled, count));
      filled += read;
      if (read < count || count <= 0) {
        break;
      }
    }
    return filled == data.length ? data : Arrays.copyOf(data, filled);
  }

  /** Tells the source that an item's data will be read. */
  static void willRead(HeifFile file, Item item) throws IOException {
    for (Extent extent : item.extents) {
      if (item.construction == 0) {
        file.bytes.willRead(extent.start(), extent.start() + lengthOf(file, item, extent));
      }
    }
  }

  /** Reads the description of a derived item. */
  static BoxReader reader(HeifFile file, Item item) throws IOException {
    byte[] data = read(file, item, MAX_DESCRIPTION);
    return new BoxReader(SourceBytes.of(data), 0, data.length);
  }

  /** Returns the position in the source of the first byte of an item's data, for messages. */
  static long offset(HeifFile file, Item item) throws IOException {
    if (item.extents.isEmpty()) {
      return -1;
    }
    return (item.construction == 1 ? start(file) : 0) + item.extents.get(0).start();
  }
}
