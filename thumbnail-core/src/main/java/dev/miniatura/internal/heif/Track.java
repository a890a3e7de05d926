package dev.miniatura.internal.heif;

import dev.miniatura.internal.heif.Item.Extent;
import dev.miniatura.internal.heif.Item.Property;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image sequence (ISO/IEC 14496-12, clause 8), with the position of its first sample. The boxes
 * of its sample entry correspond to the properties of an item.
 *
 * @param id track_ID
 * @param auxiliary whether its handler is {@code auxv}
 * @param auxiliaryOf the tracks to which this one belongs, from {@code auxl}
 * @param premultipliedBy the tracks by which colors are multiplied, from {@code prem}
 * @param samples number of its pictures
 * @param table its {@code stbl} box, which locates them
 * @param timescale units of time per second
 * @param plays how often it plays; 0 means forever
 * @param first the first sample, as an item without number
 * @param width width of a picture
 * @param height height of a picture
 * @param quarters counterclockwise quarter turns in its matrix
 */
record Track(
    int id,
    boolean auxiliary,
    List<Integer> auxiliaryOf,
    List<Integer> premultipliedBy,
    long samples,
    Box table,
    long timescale,
    int plays,
    Item first,
    int width,
    int height,
    int quarters) {

  private static final int TRAK = FourCc.of("trak");
  private static final int TKHD = FourCc.of("tkhd");
  private static final int TREF = FourCc.of("tref");
  private static final int AUXL = FourCc.of("auxl");
  private static final int PREM = FourCc.of("prem");
  private static final int MDIA = FourCc.of("mdia");
  private static final int HDLR = FourCc.of("hdlr");
  private static final int PICT = FourCc.of("pict");
  private static final int VIDE = FourCc.of("vide");
  private static final int AUXV = FourCc.of("auxv");
  private static final int MINF = FourCc.of("minf");
  private static final int STBL = FourCc.of("stbl");
  private static final int STSD = FourCc.of("stsd");
  private static final int MDHD = FourCc.of("mdhd");
  private static final int EDTS = FourCc.of("edts");
  private static final int ELST = FourCc.of("elst");

  private static final int MAX_TRACKS = 16;
  private static final int MAX_BOXES = 64;
  private static final int ONE = 0x10000; // in a matrix

  /** Reads the tracks of pictures in a {@code moov} box. */
  static List<Track> read(SourceBytes bytes, Box moov) throws IOException {
    List<Track> tracks = new ArrayList<>();
    BoxReader in = moov.reader(bytes);
    for (Box box = in.find(TRAK); box != null; box = in.find(TRAK)) {
      Track track = tracks.size() < MAX_TRACKS ? readTrack(bytes, box) : null;
      if (track != null) {
        tracks.add(track);
      }
    }
    return tracks;
  }

  private static @Nullable Box inside(SourceBytes bytes, @Nullable Box box, int type)
      throws IOException {
    return box == null ? null : box.reader(bytes).find(type);
  }

  private static @Nullable Track readTrack(SourceBytes bytes, Box trak) throws IOException {
    Box media = inside(bytes, trak, MDIA);
    Box handler = inside(bytes, media, HDLR);
    Box table = inside(bytes, inside(bytes, media, MINF), STBL);
    Box entries = inside(bytes, table, STSD);
    Box header = inside(bytes, trak, TKHD);
    if (handler == null || table == null || entries == null || header == null) {
      return null;
    }
    BoxReader in = handler.reader(bytes);
    in.skip(8);
    int kind = in.i32();
    if (kind != PICT && kind != VIDE && kind != AUXV) {
      return null;
    }
    in = entries.reader(bytes);
    in.skip(8);
    Box entry = in.next();
    if (entry == null) {
      return null;
    }
    Item first = new Item(0);
    first.type = entry.type();
    BoxReader sample = entry.reader(bytes);
    sample.skip(24); // of SampleEntry and VisualSampleEntry (12.1.3)
    int width = sample.u16();
    int height = sample.u16();
    sample.skip(50);
    for (Box box = sample.next();
        box != null && first.properties.size() < MAX_BOXES;
        box = sample.next()) {
      first.properties.add(new Property(box, false));
    }
    first.extents.add(SampleTable.first(bytes, table));
    in = header.reader(bytes);
    boolean wide = in.i32() >>> 24 != 0;
    in.skip(wide ? 16 : 8);
    int id = in.i32();
    in.skip(4);
    long duration = duration(in, wide);
    in.skip(16);
    int quarters = quarters(in.i32(), in.i32(), in.i32(), in.i32(), in.i32());
    return new Track(
        id,
        kind == AUXV,
        references(bytes, trak, AUXL),
        references(bytes, trak, PREM),
        SampleTable.count(bytes, table),
        table,
        timescale(bytes, inside(bytes, media, MDHD)),
        plays(inside(bytes, inside(bytes, trak, EDTS), ELST), bytes, duration),
        first,
        width,
        height,
        quarters);
  }

  /**
   * Returns the quarter turns of the matrix a, b, u, c, d, …; no other transforms are supported.
   */
  private static int quarters(int a, int b, int u, int c, int d) {
    if (u == 0 && a == 0 && d == 0) {
      return b == ONE && c == -ONE ? 3 : b == -ONE && c == ONE ? 1 : 0;
    }
    return a == -ONE && d == -ONE && b == 0 && c == 0 ? 2 : 0;
  }

  private static long timescale(SourceBytes bytes, @Nullable Box header) throws IOException {
    if (header == null) {
      return 0;
    }
    BoxReader in = header.reader(bytes);
    boolean wide = in.i32() >>> 24 != 0;
    in.skip(wide ? 16 : 8);
    return in.u32();
  }

  /**
   * Returns how often the sequence plays: a repeated edit fills the track's duration (ISO/IEC
   * 23008-12, clause 7.2). Without an edit the number is unspecified, and browsers repeat such
   * sequences forever.
   *
   * @param duration duration of the track in the units of the edit; 0 means forever
   */
  private static int plays(@Nullable Box edits, SourceBytes bytes, long duration)
      throws IOException {
    if (edits == null) {
      return 0;
    }
    BoxReader in = edits.reader(bytes);
    int header = in.i32();
    boolean repeated = (header & 1) != 0;
    if (!repeated || in.u32() == 0) {
      return 1;
    }
    long once = duration(in, header >>> 24 != 0);
    if (duration == 0 || once == 0) {
      return 0;
    }
    return (int) Math.min(Integer.MAX_VALUE, (duration - 1) / once + 1);
  }

  /** Returns a sample of the track, as an item. */
  Item sample(Extent data) {
    Item item = new Item(0);
    item.type = first.type;
    item.properties.addAll(first.properties);
    item.extents.add(data);
    return item;
  }

  /** Reads a duration; 0 if it is unknown or infinite. */
  private static long duration(BoxReader in, boolean wide) throws IOException {
    long high = wide ? in.u32() : 0;
    long value = high << 32 | in.u32();
    return value < 0 || value == 0xffff_ffffL ? 0 : value;
  }

  private static List<Integer> references(SourceBytes bytes, Box trak, int type)
      throws IOException {
    List<Integer> tracks = new ArrayList<>();
    Box box = inside(bytes, inside(bytes, trak, TREF), type);
    BoxReader in = box == null ? null : box.reader(bytes);
    while (in != null && in.left() >= 4 && tracks.size() < MAX_TRACKS) {
      tracks.add(in.i32());
    }
    return tracks;
  }
}
