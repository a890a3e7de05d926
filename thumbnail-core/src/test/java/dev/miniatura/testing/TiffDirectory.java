package dev.miniatura.testing;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** One image file directory (TIFF 6.0, section 2) and the values to which its entries point. */
final class TiffDirectory {

  private static final int ASCII = 2;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int RATIONAL = 5;
  private static final int UNDEFINED = 7;

  private static final class Entry {
    final int type;
    final int count;
    final byte[] value;

    Entry(int type, int count, byte[] value) {
      this.type = type;
      this.count = count;
      this.value = value;
    }

    int outOfLineBytes() {
      return value.length <= 4 ? 0 : value.length + value.length % 2;
    }
  }

  private final ByteOrder order;
  private final Map<Integer, Entry> entries = new TreeMap<>();

  TiffDirectory(ByteOrder order) {
    this.order = order;
  }

  TiffDirectory ascii(int tag, String text) {
    byte[] value = (text + "\0").getBytes(StandardCharsets.US_ASCII);
    return put(tag, new Entry(ASCII, value.length, value));
  }

  TiffDirectory shorts(int tag, int... values) {
    ByteWriter out = new ByteWriter(order);
    for (int value : values) {
      out.u16(value);
    }
    return put(tag, new Entry(SHORT, values.length, out.toByteArray()));
  }

  TiffDirectory longs(int tag, int... values) {
    return put(tag, new Entry(LONG, values.length, quads(values)));
  }

  /** Adds numerators, all with the denominator one. */
  TiffDirectory rationals(int tag, int... numerators) {
    int[] pairs = new int[2 * numerators.length];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = i % 2 == 0 ? numerators[i / 2] : 1;
    }
    return put(tag, new Entry(RATIONAL, numerators.length, quads(pairs)));
  }

  TiffDirectory undefined(int tag, byte[] value) {
    return put(tag, new Entry(UNDEFINED, value.length, value));
  }

  private TiffDirectory put(int tag, Entry entry) {
    entries.put(tag, entry);
    return this;
  }

  private byte[] quads(int... values) {
    ByteWriter out = new ByteWriter(order);
    for (int value : values) {
      out.u32(value);
    }
    return out.toByteArray();
  }

  private int tableBytes() {
    return 2 + 12 * entries.size() + 4;
  }

  /** Returns how many bytes {@link #bytes} will have. */
  int size() {
    return tableBytes() + entries.values().stream().mapToInt(Entry::outOfLineBytes).sum();
  }

  /** Returns the directory for that offset of the file, the last of its chain. */
  byte[] bytes(int offset) {
    return bytes(offset, 0);
  }

  /**
   * Returns the directory for that offset of the file, followed by the one at {@code next}. Entries
   * are in ascending order of their tags, as the specification requires.
   */
  byte[] bytes(int offset, int next) {
    ByteWriter table = new ByteWriter(order);
    ByteWriter values = new ByteWriter(order);
    table.u16(entries.size());
    entries.forEach(
        (tag, entry) -> {
          table.u16(tag).u16(entry.type).u32(entry.count);
          if (entry.outOfLineBytes() == 0) {
            table.bytes(entry.value).zeros(4 - entry.value.length);
          } else {
            table.u32(offset + tableBytes() + values.size());
            values.bytes(entry.value).zeros(entry.value.length % 2);
          }
        });
    return table.u32(next).bytes(values.toByteArray()).toByteArray();
  }
}
