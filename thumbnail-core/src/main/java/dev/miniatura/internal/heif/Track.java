package dev.miniatura.internal.heif;

import dev.miniatura.internal.heif.Item.Extent;
import dev.miniatura.internal.heif.Item.Property;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image sequence (ISO/IEC 14496-12, clause 8): of its samples the first is located. The boxes of
 * its sample entry are what properties are for an item.
 *
 * @param id track_ID
 * @param auxiliary whether its handler is {@code auxv}
 * @param auxiliaryOf the tracks that this one goes with, of {@code auxl}
 * @param premultipliedBy the tracks by which colors are multiplied, of {@code prem}
 * @param samples how many pictures it has
 * @param first the first sample, as an item without number
 * @param width of a picture
 * @param height of a picture
 * @param quarters counterclockwise turns that its matrix asks for
 */
record Track(
    int id,
    boolean auxiliary,
    List<Integer> auxiliaryOf,
    List<Integer> premultipliedBy,
    long samples,
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
  private static final int STSZ = FourCc.of("stsz");
  private static final int STZ2 = FourCc.of("stz2");
  private static final int STCO = FourCc.of("stco");
  private static final int CO64 = FourCc.of("co64");

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
    Samples samples = Samples.read(bytes, table);
    first.extents.add(new Extent(samples.offset, samples.size));
    in = header.reader(bytes);
    boolean wide = in.i32() >>> 24 != 0;
    in.skip(wide ? 16 : 8);
    int id = in.i32();
    in.skip(wide ? 12 : 8);
    in.skip(16);
    int quarters = quarters(in.i32(), in.i32(), in.i32(), in.i32(), in.i32());
    return new Track(
        id,
        kind == AUXV,
        references(bytes, trak, AUXL),
        references(bytes, trak, PREM),
        samples.count,
        first,
        width,
        height,
        quarters);
  }

  /** Of the matrix a, b, u, c, d, … only turns by quarters are known. */
  private static int quarters(int a, int b, int u, int c, int d) {
    if (u == 0 && a == 0 && d == 0) {
      return b == ONE && c == -ONE ? 3 : b == -ONE && c == ONE ? 1 : 0;
    }
    return a == -ONE && d == -ONE && b == 0 && c == 0 ? 2 : 0;
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

  /** Where the first sample of a sample table is. */
  private record Samples(long count, long offset, long size) {

    static Samples read(SourceBytes bytes, Box table) throws IOException {
      long count = 0;
      long size = 0;
      long offset = 0;
      BoxReader in = table.reader(bytes);
      for (Box box = in.next(); box != null; box = in.next()) {
        BoxReader content = box.reader(bytes);
        if (box.type() == STSZ) {
          content.u32();
          size = content.u32();
          count = content.u32();
          size = size == 0 && count > 0 ? content.u32() : size;
        } else if (box.type() == STZ2) {
          content.u32();
          int bits = content.i32() & 0xff;
          count = content.u32();
          size = count == 0 ? 0 : bits == 16 ? content.u16() : content.u8() >> (bits == 4 ? 4 : 0);
        } else if (box.type() == STCO || box.type() == CO64) {
          content.u32();
          boolean any = content.u32() > 0;
          offset = !any ? 0 : box.type() == STCO ? content.u32() : content.u64();
        }
      }
      if (count == 0 || size == 0 || offset == 0) {
        throw in.malformed("sequence without samples");
      }
      return new Samples(count, offset, size);
    }
  }
}
