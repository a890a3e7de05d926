package dev.miniatura.internal.raw;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.miniatura.internal.exif.Camera;
import dev.miniatura.internal.exif.Exif;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads CR3, an ISO base media file (ISO/IEC 14496-12) whose tracks hold one sample each: a
 * full-size JPEG, and raw data. Canon's own boxes hold smaller JPEGs and EXIF, as described by
 * Laurent Clévy.
 */
final class CanonRaw {

  private static final Set<String> PARENTS = Set.of("moov", "trak", "mdia", "minf", "stbl", "uuid");
  private static final int MAX_DEPTH = 8;
  private static final int MAX_BOXES = 4096;
  private static final int UUID_BYTES = 16;

  /** The box that holds all metadata. */
  private static final int METADATA_UUID = 0x85c0b687;

  /** The box that holds the preview, eight bytes into it. */
  private static final int PREVIEW_UUID = 0xeaf42b5e;

  /** In PRVW and THMB, size and kind of the JPEG precede it. */
  private static final int JPEG_HEADER = 16;

  private final SourceBytes bytes;
  private final List<Preview> previews = new ArrayList<>();
  private SourceBytes main = SourceBytes.of(new byte[0]); // CMT1
  private SourceBytes exif = SourceBytes.of(new byte[0]); // CMT2
  private long sampleBytes; // of the current track
  private int boxes;

  private CanonRaw(SourceBytes bytes) {
    this.bytes = bytes;
  }

  static RawFile read(SourceBytes bytes) throws IOException {
    CanonRaw file = new CanonRaw(bytes);
    file.boxes(0, Long.MAX_VALUE, 0);
    Camera named = Exif.camera(file.main);
    Camera dated = Exif.camera(file.exif);
    Camera camera = new Camera(named.make(), named.model(), named.taken().or(dated::taken));
    return new RawFile(
        Container.CR3.name(),
        Exif.orientation(file.main),
        camera,
        Exif.isAdobeRgb(file.exif),
        List.copyOf(file.previews),
        List.of());
  }

  /** Reads boxes up to a position, or to the end of a truncated file. */
  private void boxes(long from, long to, int depth) throws IOException {
    long at = from;
    while (at + 8 <= to && bytes.at(at) >= 0 && boxes++ < MAX_BOXES) {
      long size = u32(at);
      long content = at + 8;
      if (size == 1) {
        size = u32(at + 8) << 32 | u32(at + 12);
        content += 8;
      }
      long end = size == 0 ? to : at + size;
      if (end < content || end > to) {
        return;
      }
      box(new String(bytes.slice(at + 4, at + 8), ISO_8859_1), content, end, depth);
      at = end;
    }
  }

  private void box(String type, long from, long to, int depth) throws IOException {
    if (PARENTS.contains(type) && depth < MAX_DEPTH) {
      boxes(inner(type, from), to, depth + 1);
    }
    switch (type) {
      case "CMT1" -> main = SourceBytes.of(bytes.slice(from, to));
      case "CMT2" -> exif = SourceBytes.of(bytes.slice(from, to));
      case "THMB", "PRVW" -> add(from + JPEG_HEADER, to);
      case "stsz" -> sampleBytes = u32(from + 4) > 0 ? u32(from + 4) : u32(from + 12);
      case "co64" -> addSample(u32(from + 8) << 32 | u32(from + 12));
      case "stco" -> addSample(u32(from + 8));
      default -> {} // not about pictures
    }
  }

  /** Returns the position of the first box within a box. */
  private long inner(String type, long from) throws IOException {
    if (!type.equals("uuid")) {
      return from;
    }
    return switch ((int) u32(from)) {
      case METADATA_UUID -> from + UUID_BYTES;
      case PREVIEW_UUID -> from + UUID_BYTES + 8;
      default -> Long.MAX_VALUE; // has none
    };
  }

  private void addSample(long at) {
    add(at, at + sampleBytes);
  }

  private void add(long start, long end) {
    if (start > 0 && end > start) {
      previews.add(new Preview(start, end, ColorSetting.UNKNOWN));
    }
  }

  private long u32(long at) throws IOException {
    long value = 0;
    for (int i = 0; i < 4; i++) {
      value = value << 8 | Math.max(0, bytes.at(at + i));
    }
    return value;
  }
}
