package dev.miniatura.testing;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Writes camera raw files: the structure written by each manufacturer's cameras, two JPEGs in their
 * usual places, and a few bytes of noise in place of the raw data.
 */
public final class RawMaker {

  private static final int COLOR_FILTER_ARRAY = 32803;
  private static final int RGB = 2;
  private static final int YCBCR = 6;

  private final byte[] large;
  private final byte[] small;
  private int orientation = 1;
  private int colorSpace = 1;
  private String interoperability = "";
  private int makerColorSpace;
  private int previewColorSpace;
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
  private final Map<String, Function<Map<String, Integer>, byte[]>> parts = new LinkedHashMap<>();
  private Map<String, Integer> places = new HashMap<>();

  private RawMaker(byte[] large, byte[] small) {
    this.large = large;
    this.small = small;
  }

  /** Starts a file with two JPEGs, a large one and a small one. */
  public static RawMaker of(byte[] large, byte[] small) {
    return new RawMaker(large, small);
  }

  /** Sets the orientation in the first directory. */
  public RawMaker orientation(int value) {
    orientation = value;
    return this;
  }

  /** Sets ColorSpace and the index of interoperability; an empty one is left out. */
  public RawMaker colors(int space, String index) {
    colorSpace = space;
    interoperability = index;
    return this;
  }

  /** Sets the color space in the maker note, with the manufacturer's own numbers. */
  public RawMaker makerColorSpace(int value) {
    makerColorSpace = value;
    return this;
  }

  /** Sets PreviewColorSpace of a DNG. */
  public RawMaker previewColorSpace(int value) {
    previewColorSpace = value;
    return this;
  }

  private int at(String part) {
    return places.getOrDefault(part, 0);
  }

  private TiffDirectory directory() {
    return new TiffDirectory(order);
  }

  private TiffDirectory main(String make) {
    return directory()
        .ascii(271, make)
        .ascii(272, "Synthetic raw")
        .shorts(274, orientation)
        .longs(0x8769, at("exif"));
  }

  /** A directory of raw data, whose size does not matter. */
  private TiffDirectory raw() {
    return directory()
        .longs(254, 0)
        .longs(256, 6000)
        .longs(257, 4000)
        .shorts(258, 16)
        .shorts(259, 1)
        .shorts(262, COLOR_FILTER_ARRAY)
        .longs(273, at("raw"))
        .longs(279, 64);
  }

  /** Adds the fields of a small picture without compression. */
  private TiffDirectory thumbnail(TiffDirectory fields) {
    return fields
        .longs(254, 1)
        .longs(256, 4)
        .longs(257, 3)
        .shorts(258, 8, 8, 8)
        .shorts(259, 1)
        .shorts(262, RGB)
        .longs(273, at("pixels"))
        .shorts(277, 3)
        .longs(278, 3)
        .longs(279, 36);
  }

  private TiffDirectory exchange(TiffDirectory fields, String part, byte[] jpeg) {
    return fields.shorts(259, 6).longs(513, at(part)).longs(514, jpeg.length);
  }

  private TiffDirectory strip(TiffDirectory fields, String part, byte[] jpeg, int compression) {
    return fields
        .longs(256, 1)
        .longs(257, 1)
        .shorts(259, compression)
        .longs(273, at(part))
        .longs(279, jpeg.length);
  }

  private RawMaker part(String name, Function<Map<String, Integer>, byte[]> bytes) {
    parts.put(name, bytes);
    return this;
  }

  /** Adds a directory, which another one may follow. */
  private RawMaker directory(String name, Supplier<TiffDirectory> fields, String next) {
    return part(name, all -> fields.get().bytes(at(name), at(next)));
  }

  private RawMaker header(String signature, String first) {
    return part(
        "header", all -> new ByteWriter(order).ascii(signature).u32(at(first)).toByteArray());
  }

  /** Adds the directories of EXIF, the JPEGs and the raw data, then lays everything out. */
  private byte[] file(Function<Map<String, Integer>, byte[]> makerNote) {
    directory(
        "exif",
        () -> {
          TiffDirectory fields =
              directory()
                  .ascii(0x9003, "2024:05:06 07:08:09")
                  .undefined(0x927c, makerNote.apply(places))
                  .shorts(0xa001, colorSpace);
          return interoperability.isEmpty() ? fields : fields.longs(0xa005, at("interop"));
        },
        "");
    directory("interop", () -> directory().ascii(1, interoperability), "");
    part("pixels", all -> new byte[36]);
    part("raw", all -> "no picture".repeat(7).getBytes(StandardCharsets.US_ASCII));
    part("small", all -> small);
    part("large", all -> large);
    return layOut();
  }

  /**
   * Lays parts out twice: their size does not depend on their position, so the second time all
   * positions are right.
   */
  private byte[] layOut() {
    byte[] bytes = {};
    for (int pass = 0; pass < 2; pass++) {
      ByteWriter out = new ByteWriter(order);
      Map<String, Integer> found = new HashMap<>();
      parts.forEach(
          (name, part) -> {
            found.put(name, out.size());
            byte[] content = part.apply(places);
            out.bytes(content).zeros(content.length % 2);
          });
      places = found;
      bytes = out.toByteArray();
    }
    return bytes;
  }

  private static byte[] none(Map<String, Integer> places) {
    return new byte[] {0, 0, 0, 0, 0, 0};
  }

  /** Canon: the large JPEG is the first directory's strip, the small one follows it. */
  public byte[] cr2() {
    part(
        "header",
        all ->
            new ByteWriter(order)
                .ascii("II*\0")
                .u32(16)
                .ascii("CR\u0002\0")
                .u32(at("lossless"))
                .toByteArray());
    directory("first", () -> strip(main("Canon"), "large", large, 6), "second");
    directory("second", () -> exchange(directory(), "small", small), "lossless");
    directory("lossless", () -> strip(directory(), "raw", new byte[64], 6), "");
    return file(all -> directory().shorts(0xb4, makerColorSpace).shorts(0xb5, 0).bytes(0));
  }

  /** Nikon: the large JPEG in a child beside the raw data, the small one in the maker's note. */
  public byte[] nef() {
    order = ByteOrder.BIG_ENDIAN;
    header("MM\0*", "first");
    directory(
        "first",
        () -> thumbnail(main("NIKON CORPORATION")).longs(330, at("child"), at("data")),
        "");
    directory("child", () -> exchange(directory().longs(254, 1), "large", large), "");
    directory("data", this::raw, "");
    return file(this::nikonNote);
  }

  private byte[] nikonNote(Map<String, Integer> all) {
    int tiff = at("exif") + 2 + 3 * 12 + (interoperability.isEmpty() ? 0 : 12) + 4 + 20 + 10;
    TiffDirectory note = directory().longs(0x11, 8 + 2 + 2 * 12 + 4).shorts(0x1e, makerColorSpace);
    TiffDirectory preview = directory().longs(0x201, at("small") - tiff).longs(0x202, small.length);
    return new ByteWriter(order)
        .ascii("Nikon\0\u0002\u0010\0\0MM\0*")
        .u32(8)
        .bytes(note.bytes(8))
        .bytes(preview.bytes(8 + note.size()))
        .toByteArray();
  }

  /** Sony: JPEGs in the first directory and in one after it, the raw data in a child. */
  public byte[] arw() {
    header("II*\0", "first");
    directory(
        "first", () -> exchange(main("SONY"), "small", small).longs(330, at("data")), "second");
    directory("second", () -> exchange(directory(), "large", large), "");
    directory("data", this::raw, "");
    return file(RawMaker::none);
  }

  /** DNG: JPEGs as strips of children, a small picture without compression first. */
  public byte[] dng() {
    header("II*\0", "first");
    directory(
        "first",
        () ->
            thumbnail(main("Leica Camera AG"))
                .longs(330, at("data"), at("child"), at("child2"))
                .undefined(0xc612, new byte[] {1, 4, 0, 0}),
        "");
    directory("data", this::raw, "");
    directory("child", () -> dngPreview("large", large), "");
    directory("child2", () -> dngPreview("small", small), "");
    return file(RawMaker::none);
  }

  private TiffDirectory dngPreview(String part, byte[] jpeg) {
    return strip(directory().longs(254, 1), part, jpeg, 7)
        .shorts(262, YCBCR)
        .longs(0xc71a, previewColorSpace);
  }

  /** A DNG whose pictures are all raw, but for a small one without compression. */
  public byte[] dngWithoutJpeg() {
    header("II*\0", "first");
    directory(
        "first",
        () ->
            thumbnail(main("Leica Camera AG"))
                .longs(330, at("data"))
                .undefined(0xc612, new byte[] {1, 4, 0, 0}),
        "");
    directory("data", this::raw, "");
    return file(RawMaker::none);
  }

  /** Olympus: one JPEG in the maker's note, whose offsets count from its start. */
  public byte[] orf() {
    header("IIRO", "first");
    directory("first", () -> main("OLYMPUS CORPORATION").shorts(262, 1), "");
    return file(
        all -> {
          int start = at("exif") + 2 + 3 * 12 + (interoperability.isEmpty() ? 0 : 12) + 4 + 20;
          TiffDirectory note = directory().longs(0x2020, 12 + 2 + 12 + 4);
          TiffDirectory settings =
              directory()
                  .longs(0x101, at("large") - start)
                  .longs(0x102, large.length)
                  .shorts(0x507, makerColorSpace);
          return new ByteWriter(order)
              .ascii("OLYMPUS\0II\u0003\0")
              .bytes(note.bytes(12))
              .bytes(settings.bytes(12 + note.size()))
              .toByteArray();
        });
  }

  /** Panasonic: one JPEG as the value of a field. */
  public byte[] rw2() {
    header("IIU\0", "first");
    directory("first", () -> main("Panasonic").undefined(0x2e, large), "");
    return file(RawMaker::none);
  }

  /** Pentax: raw data first, then the JPEGs. */
  public byte[] pef() {
    order = ByteOrder.BIG_ENDIAN;
    header("MM\0*", "first");
    directory("first", () -> main("PENTAX").shorts(262, COLOR_FILTER_ARRAY), "second");
    directory("second", () -> exchange(directory(), "small", small), "third");
    directory("third", () -> exchange(directory(), "large", large), "");
    return file(RawMaker::none);
  }

  /** Samsung: JPEGs in the first directory and in a child. */
  public byte[] srw() {
    header("II*\0", "first");
    directory(
        "first",
        () -> exchange(main("SAMSUNG"), "small", small).longs(330, at("child"), at("data")),
        "");
    directory("child", () -> exchange(directory(), "large", large), "");
    directory("data", this::raw, "");
    return file(RawMaker::none);
  }

  /** Hasselblad: a picture without compression, the raw data in a child, then the JPEGs. */
  public byte[] hasselblad() {
    header("II*\0", "first");
    directory("first", () -> thumbnail(main("Hasselblad")).longs(330, at("data")), "second");
    directory("second", () -> exchange(directory(), "large", large), "third");
    directory("third", () -> exchange(directory(), "small", small), "");
    directory("data", this::raw, "");
    return file(RawMaker::none);
  }

  /** A photograph that a camera saved as TIFF, with a JPEG in it for its own display. */
  public byte[] tiff() {
    header("II*\0", "first");
    directory("first", () -> thumbnail(main("Canon")).longs(254, 0), "second");
    directory("second", () -> exchange(directory().longs(254, 1), "large", large), "");
    return file(RawMaker::none);
  }

  /** Fujifilm: a header of its own, and one JPEG, which has all of EXIF. */
  public byte[] raf() {
    return ByteWriter.bigEndian()
        .ascii("FUJIFILMCCD-RAW 0201FF389501")
        .ascii("Synthetic raw")
        .zeros(19)
        .ascii("0100")
        .zeros(20)
        .u32(160)
        .u32(large.length)
        .zeros(68)
        .bytes(large)
        .bytes(new byte[640])
        .toByteArray();
  }

  /** Canon's third kind: a JPEG of full size in a track, a smaller one in a box of its own. */
  public byte[] cr3() {
    order = ByteOrder.BIG_ENDIAN;
    byte[] ftyp = box("ftyp", ByteWriter.bigEndian().ascii("crx ").u32(1).ascii("crx isom"));
    for (int pass = 0; pass < 2; pass++) {
      ByteWriter out = ByteWriter.bigEndian().bytes(ftyp).bytes(moov());
      out.bytes(
          box(
              "uuid",
              ByteWriter.bigEndian()
                  .u32(0xeaf42b5e)
                  .u32(0x1c984b88)
                  .u32(0xb9fbb7dc)
                  .u32(0x406e4d16)
                  .u32(0)
                  .u32(1)
                  .bytes(canonJpeg("PRVW", small))));
      places.put("large", out.size() + 8);
      out.bytes(box("mdat", ByteWriter.bigEndian().bytes(large).zeros(64)));
      if (pass == 1) {
        return out.toByteArray();
      }
    }
    throw new IllegalStateException();
  }

  private byte[] moov() {
    TiffDirectory main =
        new TiffDirectory(ByteOrder.LITTLE_ENDIAN)
            .ascii(271, "Canon")
            .ascii(272, "Synthetic raw")
            .shorts(274, orientation);
    TiffDirectory exif =
        new TiffDirectory(ByteOrder.LITTLE_ENDIAN)
            .ascii(0x9003, "2024:05:06 07:08:09")
            .shorts(0xa001, colorSpace);
    ByteWriter metadata =
        ByteWriter.bigEndian()
            .u32(0x85c0b687)
            .u32(0x820f11e0)
            .u32(0x8111f4ce)
            .u32(0x462b6a48)
            .bytes(box("CNCV", ByteWriter.bigEndian().ascii("CanonCR3_001/00.09.00/00.00.00")))
            .bytes(box("CMT1", structure(main)))
            .bytes(box("CMT2", structure(exif)))
            .bytes(canonJpeg("THMB", small));
    ByteWriter samples =
        ByteWriter.bigEndian()
            .bytes(box("stsz", ByteWriter.bigEndian().u32(0).u32(0).u32(1).u32(large.length)))
            .bytes(box("co64", ByteWriter.bigEndian().u32(0).u32(1).u32(0).u32(at("large"))));
    byte[] track = box("trak", box("mdia", box("minf", box("stbl", samples.toByteArray()))));
    return box(
        "moov", ByteWriter.bigEndian().bytes(box("uuid", metadata)).bytes(track).toByteArray());
  }

  private static ByteWriter structure(TiffDirectory directory) {
    return ByteWriter.littleEndian().ascii("II*\0").u32(8).bytes(directory.bytes(8));
  }

  private static byte[] canonJpeg(String type, byte[] jpeg) {
    return box(type, ByteWriter.bigEndian().u32(0).u32(0).u32(0).u32(jpeg.length).bytes(jpeg));
  }

  private static byte[] box(String type, ByteWriter content) {
    return box(type, content.toByteArray());
  }

  private static byte[] box(String type, byte[] content) {
    return ByteWriter.bigEndian().u32(8 + content.length).ascii(type).bytes(content).toByteArray();
  }
}
