package dev.miniatura.testing;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes HEIF files (ISO/IEC 23008-12) with given coded pictures: {@code ftyp}, {@code meta},
 * {@code mdat}. Items are numbered from 1; the first is the primary one.
 */
public final class HeifMaker {

  private record Item(
      String type,
      @SuppressWarnings("ArrayRecordComponent") byte[] data,
      List<Integer> properties) {}

  private final String[] brands;
  private final List<Item> items = new ArrayList<>();
  private final List<byte[]> properties = new ArrayList<>();
  private final List<byte[]> references = new ArrayList<>();
  private int primary = 1;
  private int locationVersion;
  private boolean inItemData;
  private int extentsPerItem = 1;
  private boolean dataFirst;
  private byte[] sequence = {};

  private HeifMaker(String... brands) {
    this.brands = brands;
  }

  /** Starts a file of the given brands, the major one first. */
  public static HeifMaker of(String... brands) {
    return new HeifMaker(brands);
  }

  /** Adds an item with essential properties; returns its number. */
  public int item(String type, byte[] data, byte[]... boxes) {
    items.add(new Item(type, data, new ArrayList<>()));
    for (byte[] box : boxes) {
      property(items.size(), true, box);
    }
    return items.size();
  }

  /** Adds a property to an item. */
  public HeifMaker property(int item, boolean essential, byte[] box) {
    properties.add(box);
    items.get(item - 1).properties.add(properties.size() | (essential ? 0x8000 : 0));
    return this;
  }

  /** Adds references from an item to others. */
  public HeifMaker reference(String type, int from, int... to) {
    ByteWriter out = ByteWriter.bigEndian().u16(from).u16(to.length);
    for (int each : to) {
      out.u16(each);
    }
    references.add(box(type, out.toByteArray()));
    return this;
  }

  /** Chooses the primary item. */
  public HeifMaker primary(int item) {
    primary = item;
    return this;
  }

  /**
   * Chooses the version of {@code iloc}, 0 to 2, and for 1 and 2 whether data is in {@code idat}.
   */
  public HeifMaker locations(int version, boolean inIdat) {
    locationVersion = version;
    inItemData = inIdat;
    return this;
  }

  /** Cuts each item's data into so many pieces, with a byte between them that belongs to none. */
  public HeifMaker extents(int count) {
    extentsPerItem = count;
    return this;
  }

  /** Puts {@code mdat} before {@code meta}. */
  public HeifMaker dataFirst() {
    dataFirst = true;
    return this;
  }

  /** Appends a box after all others, such as {@link #moov}. */
  public HeifMaker sequence(byte[] moov) {
    sequence = moov;
    return this;
  }

  /** Returns the file. */
  public byte[] bytes() {
    ByteWriter types = ByteWriter.bigEndian().ascii(brands[0]).u32(0);
    for (String brand : brands) {
      types.ascii(brand);
    }
    byte[] ftyp = box("ftyp", types.toByteArray());
    byte[] data = data();
    int metaLength = items.isEmpty() ? 0 : meta(0, data).length;
    int dataStart = ftyp.length + 8 + (dataFirst ? 0 : metaLength);
    byte[] meta = items.isEmpty() ? new byte[0] : meta(inItemData ? 0 : dataStart, data);
    byte[] mdat = box("mdat", inItemData ? new byte[0] : data);
    return concat(ftyp, dataFirst ? mdat : meta, dataFirst ? meta : mdat, sequence);
  }

  private int pieces(Item item) {
    return Math.max(1, Math.min(extentsPerItem, item.data.length));
  }

  private byte[] data() {
    ByteWriter out = ByteWriter.bigEndian();
    for (Item item : items) {
      int pieces = pieces(item);
      for (int i = 0; i < pieces; i++) {
        int from = item.data.length * i / pieces;
        out.bytes(item.data, from, item.data.length * (i + 1) / pieces - from).u8(0xee);
      }
    }
    return out.toByteArray();
  }

  private byte[] meta(int dataStart, byte[] data) {
    byte[] pitm = fullBox("pitm", 0, 0, ByteWriter.bigEndian().u16(primary).toByteArray());
    return fullBox(
        "meta",
        0,
        0,
        fullBox("hdlr", 0, 0, ByteWriter.bigEndian().u32(0).ascii("pict").zeros(13).toByteArray()),
        pitm,
        information(),
        locations(dataStart),
        references.isEmpty()
            ? new byte[0]
            : fullBox("iref", 0, 0, references.toArray(new byte[0][])),
        box("iprp", box("ipco", properties.toArray(new byte[0][])), associations()),
        inItemData ? box("idat", data) : new byte[0]);
  }

  private byte[] information() {
    ByteWriter out = ByteWriter.bigEndian().u16(items.size());
    for (int i = 0; i < items.size(); i++) {
      byte[] entry =
          ByteWriter.bigEndian().u16(i + 1).u16(0).ascii(items.get(i).type).u8(0).toByteArray();
      out.bytes(fullBox("infe", 2, 0, entry));
    }
    return fullBox("iinf", 0, 0, out.toByteArray());
  }

  private byte[] locations(int dataStart) {
    ByteWriter out = ByteWriter.bigEndian().u16(0x4400);
    if (locationVersion < 2) {
      out.u16(items.size());
    } else {
      out.u32(items.size());
    }
    int start = dataStart;
    for (int i = 0; i < items.size(); i++) {
      if (locationVersion < 2) {
        out.u16(i + 1);
      } else {
        out.u32(i + 1);
      }
      if (locationVersion > 0) {
        out.u16(inItemData ? 1 : 0);
      }
      int length = items.get(i).data.length;
      int pieces = pieces(items.get(i));
      out.u16(0).u16(pieces);
      for (int p = 0; p < pieces; p++) {
        int size = length * (p + 1) / pieces - length * p / pieces;
        out.u32(start).u32(size);
        start += size + 1;
      }
    }
    return fullBox("iloc", locationVersion, 0, out.toByteArray());
  }

  private byte[] associations() {
    ByteWriter out = ByteWriter.bigEndian().u32(items.size());
    for (int i = 0; i < items.size(); i++) {
      List<Integer> each = items.get(i).properties;
      out.u16(i + 1).u8(each.size());
      each.forEach(out::u16);
    }
    return fullBox("ipma", 0, 1, out.toByteArray());
  }

  /** Returns a box. */
  public static byte[] box(String type, byte[]... content) {
    byte[] all = concat(content);
    return ByteWriter.bigEndian().u32(8 + all.length).ascii(type).bytes(all).toByteArray();
  }

  /** Returns a box with version and flags. */
  public static byte[] fullBox(String type, int version, int flags, byte[]... content) {
    byte[] head = ByteWriter.bigEndian().u8(version).u24(flags).toByteArray();
    return box(type, head, concat(content));
  }

  private static byte[] concat(byte[]... parts) {
    ByteWriter out = ByteWriter.bigEndian();
    for (byte[] part : parts) {
      out.bytes(part);
    }
    return out.toByteArray();
  }

  /** Returns the size of a picture. */
  public static byte[] ispe(int width, int height) {
    return fullBox("ispe", 0, 0, ByteWriter.bigEndian().u32(width).u32(height).toByteArray());
  }

  /** Returns a turn by quarters, counterclockwise. */
  public static byte[] irot(int quarters) {
    return box("irot", new byte[] {(byte) quarters});
  }

  /** Returns an exchange of top and bottom (0), or of left and right (1). */
  public static byte[] imir(int axis) {
    return box("imir", new byte[] {(byte) axis});
  }

  /** Returns a clean aperture of whole pixels, in a picture of the given size. */
  public static byte[] clap(
      int pictureWidth, int pictureHeight, int left, int top, int width, int height) {
    return box(
        "clap",
        ByteWriter.bigEndian()
            .u32(width)
            .u32(1)
            .u32(height)
            .u32(1)
            .u32(2 * left + width - pictureWidth)
            .u32(2)
            .u32(2 * top + height - pictureHeight)
            .u32(2)
            .toByteArray());
  }

  /** Returns code points of ITU-T H.273. */
  public static byte[] nclx(int primaries, int transfer, int matrix, boolean fullRange) {
    return box(
        "colr",
        ByteWriter.bigEndian()
            .ascii("nclx")
            .u16(primaries)
            .u16(transfer)
            .u16(matrix)
            .u8(fullRange ? 0x80 : 0)
            .toByteArray());
  }

  /** Returns a color profile. */
  public static byte[] icc(byte[] profile) {
    return box("colr", ByteWriter.bigEndian().ascii("prof").bytes(profile).toByteArray());
  }

  /** Returns the kind of an auxiliary picture. */
  public static byte[] auxC(String urn) {
    return fullBox("auxC", 0, 0, ByteWriter.bigEndian().ascii(urn).u8(0).toByteArray());
  }

  /** Returns the kind of an alpha picture. */
  public static byte[] alpha() {
    return auxC("urn:mpeg:mpegB:cicp:systems:auxiliary:alpha");
  }

  /**
   * Returns a configuration of HEVC without parameter sets, or with some.
   *
   * @param chromaFormat {@code chroma_format_idc}
   */
  public static byte[] hvcC(int chromaFormat, int bitDepth, byte[]... parameterSets) {
    ByteWriter out =
        ByteWriter.bigEndian()
            .u8(1)
            .zeros(15)
            .u8(0xfc | chromaFormat)
            .u8(0xf8 | (bitDepth - 8))
            .u8(0xf8 | (bitDepth - 8))
            .u16(0)
            .u8(0x0f)
            .u8(parameterSets.length);
    for (byte[] set : parameterSets) {
      out.u8(0x80 | ((set[0] >> 1) & 0x3f)).u16(1).u16(set.length).bytes(set);
    }
    return box("hvcC", out.toByteArray());
  }

  /** Returns a configuration of AV1 without OBUs. */
  public static byte[] av1C(
      int profile, int bitDepth, boolean monochrome, int subsamplingX, int subsamplingY) {
    int flags =
        (bitDepth > 8 ? 0x40 : 0)
            | (bitDepth > 10 ? 0x20 : 0)
            | (monochrome ? 0x10 : 0)
            | subsamplingX << 3
            | subsamplingY << 2;
    return box("av1C", new byte[] {(byte) 0x81, (byte) (profile << 5), (byte) flags, 0});
  }

  /** Returns the data of a {@code grid} item. */
  public static byte[] grid(int rows, int columns, int width, int height) {
    return ByteWriter.bigEndian()
        .u16(0)
        .u8(rows - 1)
        .u8(columns - 1)
        .u16(width)
        .u16(height)
        .toByteArray();
  }

  /** Returns the data of an {@code Exif} item. */
  public static byte[] exif(byte[] structure) {
    return ByteWriter.bigEndian().u32(6).ascii("Exif\0\0").bytes(structure).toByteArray();
  }

  /**
   * Returns a {@code moov} box with one track of pictures.
   *
   * @param type of the sample entry
   * @param offset in the file of the first sample
   * @param sizes of the samples, which follow each other
   * @param boxes of the sample entry
   */
  public static byte[] moov(
      String type, int width, int height, int offset, int[] sizes, byte[]... boxes) {
    return box(
        "moov",
        track(1, 0, "pict", type, width, height, offset, sizes, new byte[0], new byte[0], boxes));
  }

  /**
   * Returns the file of a sequence whose pictures are shown for a second, half a second, and so on
   * in turn.
   *
   * @param plays how often; 0 means forever
   * @param samples of the pictures
   * @param alpha samples of their transparency; none without
   * @param firstDependent index of the first sample that is not marked as independent, 0 if all are
   */
  public static byte[] sequence(
      String brand,
      String type,
      int width,
      int height,
      int plays,
      List<byte[]> samples,
      List<byte[]> alpha,
      int firstDependent,
      byte[]... boxes) {
    byte[] ftyp =
        box("ftyp", ByteWriter.bigEndian().ascii(brand).u32(0).ascii(brand).toByteArray());
    byte[] data = concat(samples.toArray(new byte[0][]));
    byte[] mdat = box("mdat", data, concat(alpha.toArray(new byte[0][])));
    int start = ftyp.length + 8;
    byte[] edit = plays == 0 ? new byte[0] : edit(samples.size());
    int duration = plays * samples.size();
    byte[] sync = firstDependent == 0 ? new byte[0] : sync(firstDependent);
    byte[] moov =
        box(
            "moov",
            track(
                1, duration, "pict", type, width, height, start, sizes(samples), edit, sync, boxes),
            alpha.isEmpty()
                ? new byte[0]
                : track(
                    2,
                    duration,
                    "auxv",
                    type,
                    width,
                    height,
                    start + data.length,
                    sizes(alpha),
                    box("tref", box("auxl", ByteWriter.bigEndian().u32(1).toByteArray())),
                    sync,
                    boxes));
    return concat(ftyp, mdat, moov);
  }

  private static int[] sizes(List<byte[]> samples) {
    return samples.stream().mapToInt(sample -> sample.length).toArray();
  }

  /** An edit that is repeated. */
  private static byte[] edit(int duration) {
    return box(
        "edts",
        fullBox(
            "elst",
            0,
            1,
            ByteWriter.bigEndian().u32(1).u32(duration).u32(0).u32(0x10000).toByteArray()));
  }

  private static byte[] sync(int count) {
    ByteWriter stss = ByteWriter.bigEndian().u32(count);
    for (int i = 1; i <= count; i++) {
      stss.u32(i);
    }
    return fullBox("stss", 0, 0, stss.toByteArray());
  }

  private static byte[] track(
      int id,
      int duration,
      String handler,
      String type,
      int width,
      int height,
      int offset,
      int[] sizes,
      byte[] more,
      byte[] sync,
      byte[]... boxes) {
    byte[] entry =
        box(
            type,
            ByteWriter.bigEndian()
                .zeros(24)
                .u16(width)
                .u16(height)
                .zeros(50)
                .bytes(concat(boxes))
                .toByteArray());
    ByteWriter stsz = ByteWriter.bigEndian().u32(0).u32(sizes.length);
    for (int size : sizes) {
      stsz.u32(size);
    }
    ByteWriter stts = ByteWriter.bigEndian().u32(sizes.length);
    for (int i = 0; i < sizes.length; i++) {
      stts.u32(1).u32(600 / (1 + i % 2));
    }
    byte[] stbl =
        box(
            "stbl",
            fullBox("stts", 0, 0, stts.toByteArray()),
            sync,
            fullBox("stsd", 0, 0, ByteWriter.bigEndian().u32(1).bytes(entry).toByteArray()),
            fullBox(
                "stsc",
                0,
                0,
                ByteWriter.bigEndian().u32(1).u32(1).u32(sizes.length).u32(1).toByteArray()),
            fullBox("stsz", 0, 0, stsz.toByteArray()),
            fullBox("stco", 0, 0, ByteWriter.bigEndian().u32(1).u32(offset).toByteArray()));
    byte[] tkhd =
        ByteWriter.bigEndian()
            .zeros(8)
            .u32(id)
            .zeros(4)
            .u32(duration)
            .zeros(16)
            .u32(0x10000)
            .zeros(12)
            .u32(0x10000)
            .zeros(12)
            .u32(0x40000000)
            .u32(width << 16)
            .u32(height << 16)
            .toByteArray();
    byte[] hdlr = ByteWriter.bigEndian().u32(0).ascii(handler).zeros(13).toByteArray();
    byte[] mdhd = ByteWriter.bigEndian().zeros(8).u32(600).zeros(8).toByteArray();
    return box(
        "trak",
        fullBox("tkhd", 0, 3, tkhd),
        more,
        box("mdia", fullBox("mdhd", 0, 0, mdhd), fullBox("hdlr", 0, 0, hdlr), box("minf", stbl)));
  }
}
