package dev.miniatura.internal.tiff;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;

/** Writes TIFF files with any fields; directories come first, so that truncated files have them. */
final class TiffBytes {

  /** One directory. */
  static final class Ifd {
    private final Map<Integer, Object> fields = new TreeMap<>();
    private byte[][] segments = {};
    private boolean tiles;
    private final List<Ifd> children = new ArrayList<>();

    Ifd set(int tag, long... values) {
      fields.put(tag, values);
      return this;
    }

    Ifd set(int tag, byte[] bytes) {
      fields.put(tag, bytes);
      return this;
    }

    Ifd set(int tag, double... values) {
      fields.put(tag, values);
      return this;
    }

    Ifd strips(byte[]... stored) {
      segments = stored;
      return this;
    }

    Ifd tiles(byte[]... stored) {
      segments = stored;
      tiles = true;
      return this;
    }

    Ifd child(Ifd child) {
      children.add(child);
      return this;
    }
  }

  private final boolean little;
  private final boolean big;
  private byte[] out = new byte[1 << 16];
  private int end;

  private TiffBytes(boolean little, boolean big) {
    this.little = little;
    this.big = big;
  }

  static Ifd page(int width, int height, int photometric, int samples, int bits) {
    long[] sizes = new long[samples];
    Arrays.fill(sizes, bits);
    return new Ifd()
        .set(256, width)
        .set(257, height)
        .set(258, sizes)
        .set(259, 1)
        .set(262, photometric)
        .set(277, samples);
  }

  static byte[] of(Ifd... pages) {
    return of(true, false, pages);
  }

  static byte[] of(boolean little, boolean big, Ifd... pages) {
    TiffBytes file = new TiffBytes(little, big);
    return file.build(pages);
  }

  private byte[] build(Ifd[] pages) {
    out[0] = out[1] = (byte) (little ? 'I' : 'M');
    put(2, big ? 43 : 42, 2);
    if (big) {
      put(4, 8, 2);
    }
    end = big ? 16 : 8;
    long link = big ? 8 : 4;
    List<Runnable> later = new ArrayList<>();
    for (Ifd page : pages) {
      end += end & 1;
      put((int) link, end, big ? 8 : 4);
      link = directory(page, later);
    }
    later.forEach(Runnable::run);
    return Arrays.copyOf(out, end);
  }

  /** Returns where the offset of the next directory belongs. */
  private int directory(Ifd page, List<Runnable> later) {
    int count = page.segments.length;
    if (count > 0) {
      page.fields.put(page.tiles ? 324 : 273, new long[count]);
      page.fields.put(page.tiles ? 325 : 279, new long[count]);
    }
    if (!page.children.isEmpty()) {
      page.fields.put(330, new long[page.children.size()]);
    }
    int entryBytes = big ? 20 : 12;
    int at = end;
    put(at, page.fields.size(), big ? 8 : 2);
    at += big ? 8 : 2;
    int link = at + page.fields.size() * entryBytes;
    end = link + (big ? 8 : 4);
    for (Map.Entry<Integer, Object> field : page.fields.entrySet()) {
      int values = field(at, field.getKey(), field.getValue());
      boolean offsets = count > 0 && field.getKey() == (page.tiles ? 324 : 273);
      boolean counts = count > 0 && field.getKey() == (page.tiles ? 325 : 279);
      for (int i = 0; i < page.segments.length && (offsets || counts); i++) {
        byte[] segment = page.segments[i];
        int place = values + 4 * i;
        if (counts) {
          put(place, segment.length, 4);
        } else {
          later.add(
              () -> {
                put(place, end, 4);
                append(segment);
              });
        }
      }
      if (field.getKey() == 330) {
        for (int i = 0; i < page.children.size(); i++) {
          put(values + 4 * i, end, 4);
          directory(page.children.get(i), later);
        }
      }
      at += entryBytes;
    }
    return link;
  }

  /** Writes an entry and its values; returns where these are. */
  private int field(int at, int tag, Object value) {
    int type = value instanceof byte[] ? 7 : value instanceof double[] ? 12 : 4;
    int size = type == 7 ? 1 : type == 12 ? 8 : 4;
    int count =
        value instanceof byte[] bytes
            ? bytes.length
            : value instanceof double[] reals ? reals.length : ((long[]) value).length;
    put(at, tag, 2);
    put(at + 2, type, 2);
    put(at + 4, count, big ? 8 : 4);
    int inline = big ? 8 : 4;
    int place = at + 4 + inline;
    if (count * size > inline) {
      put(place, end, inline);
      place = end;
      append(new byte[count * size]);
    }
    for (int i = 0; i < count; i++) {
      if (value instanceof byte[] bytes) {
        out[place + i] = bytes[i];
      } else if (value instanceof double[] reals) {
        put(place + 8 * i, Double.doubleToLongBits(reals[i]), 8);
      } else {
        put(place + 4 * i, ((long[]) value)[i], 4);
      }
    }
    return place;
  }

  private void put(int at, long value, int size) {
    while (out.length < at + size) {
      out = Arrays.copyOf(out, 2 * out.length);
    }
    for (int i = 0; i < size; i++) {
      out[at + i] = (byte) (value >> (8 * (little ? i : size - 1 - i)));
    }
  }

  private void append(byte[] bytes) {
    while (out.length < end + bytes.length) {
      out = Arrays.copyOf(out, 2 * out.length);
    }
    System.arraycopy(bytes, 0, out, end, bytes.length);
    end += bytes.length;
  }

  static byte[] deflate(byte[] raw) {
    Deflater deflater = new Deflater();
    deflater.setInput(raw);
    deflater.finish();
    byte[] buffer = new byte[raw.length + 1024];
    int length = deflater.deflate(buffer);
    deflater.end();
    return Arrays.copyOf(buffer, length);
  }

  static byte[] packBits(byte[] raw) {
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    int at = 0;
    while (at < raw.length) {
      int run = 1;
      while (at + run < raw.length && run < 128 && raw[at + run] == raw[at]) {
        run++;
      }
      if (run > 2) {
        stored.write(257 - run);
        stored.write(raw[at]);
      } else {
        stored.write(run - 1);
        stored.write(raw, at, run);
      }
      at += run;
    }
    return stored.toByteArray();
  }

  /**
   * Codes LZW by a table of whole strings.
   *
   * @param full whether the table is kept when it is full, rather than cleared in time
   */
  static byte[] lzw(byte[] raw, boolean old, boolean full) {
    BitWriter bits = new BitWriter(old);
    Map<String, Integer> table = new TreeMap<>();
    String string = "";
    int width = 9;
    int next = 258;
    bits.put(256, 9);
    for (byte each : raw) {
      String longer = string + (char) (each & 0xff);
      if (longer.length() == 1 || table.containsKey(longer)) {
        string = longer;
        continue;
      }
      bits.put(string.length() == 1 ? string.charAt(0) : table.get(string), width);
      string = longer.substring(longer.length() - 1);
      if (next < 4096) {
        table.put(longer, next++);
      }
      if (next == 4094 && !full) {
        bits.put(256, 12);
        table.clear();
        next = 258;
        width = 9;
      } else if (next + (old ? 0 : 1) > 1 << width && width < 12) {
        width++;
      }
    }
    if (!string.isEmpty()) {
      bits.put(string.length() == 1 ? string.charAt(0) : table.get(string), width);
      next++;
      if (next + (old ? 0 : 1) > 1 << width && width < 12) {
        width++;
      }
    }
    bits.put(257, width);
    return bits.bytes();
  }

  /** Writes codes, the highest bit first or the lowest. */
  static final class BitWriter {

    private final ByteArrayOutputStream stored = new ByteArrayOutputStream();
    private final boolean lowest;
    private long bits;
    private int count;

    BitWriter(boolean lowest) {
      this.lowest = lowest;
    }

    void put(int code, int width) {
      bits = lowest ? bits | (long) code << count : bits << width | code;
      count += width;
      while (count >= 8) {
        stored.write((int) (lowest ? bits : bits >> (count - 8)));
        bits = lowest ? bits >>> 8 : bits;
        count -= 8;
      }
    }

    byte[] bytes() {
      if (count > 0) {
        stored.write((int) (lowest ? bits : bits << (8 - count)));
        count = 0;
      }
      return stored.toByteArray();
    }
  }
}
