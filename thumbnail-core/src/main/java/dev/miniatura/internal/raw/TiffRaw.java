package dev.miniatura.internal.raw;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.miniatura.internal.exif.Camera;
import dev.miniatura.internal.exif.Exif;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.tiff.Directory;
import dev.miniatura.internal.tiff.TiffFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads raw files that are TIFF files (TIFF/EP, ISO 12234-2; DNG specification 1.7), as most are:
 * CR2, NEF, ARW, PEF, SRW, 3FR, and, with version numbers of their own, ORF and RW2. The raw data
 * is in a directory whose photometric interpretation is that of a color filter array or of linear
 * raw; a TIFF without one is not a raw file.
 */
final class TiffRaw {

  private static final int MAX_DIRECTORIES = 64;

  private static final int COMPRESSION = 259;
  private static final int PHOTOMETRIC = 262;
  private static final int MAKE = 271;
  private static final int STRIP_OFFSETS = 273;
  private static final int STRIP_BYTE_COUNTS = 279;
  private static final int SUB_DIRECTORIES = 330;
  private static final int JPEG_INTERCHANGE_FORMAT = 513;
  private static final int JPEG_INTERCHANGE_LENGTH = 514;
  private static final int EXIF_DIRECTORY = 0x8769;
  private static final int MAKER_NOTE = 0x927c;
  private static final int DNG_VERSION = 0xc612;
  private static final int PREVIEW_COLOR_SPACE = 0xc71a;
  private static final int[] PANASONIC_JPEGS = {0x2e, 0x127};

  private static final int COLOR_FILTER_ARRAY = 32803;
  private static final int LINEAR_RAW = 34892;

  private final SourceBytes bytes;
  private final TiffFile file;
  private final List<Directory> directories = new ArrayList<>();
  private final List<Preview> previews = new ArrayList<>();

  private TiffRaw(SourceBytes bytes) throws IOException {
    this.bytes = bytes;
    file = TiffFile.open(bytes);
  }

  /** Reads the directories of a file; empty if it is an ordinary TIFF. */
  static Optional<RawFile> read(Container container, SourceBytes bytes) throws IOException {
    return new TiffRaw(bytes).read(container);
  }

  private Optional<RawFile> read(Container container) throws IOException {
    if (file.big || !file.has(file.first(), 2)) {
      return Optional.empty();
    }
    Directory first = new Directory(file, file.first());
    if (container == Container.TIFF && !first.has(MAKE) && !first.has(DNG_VERSION)) {
      return Optional.empty();
    }
    collect(first);
    List<Directory> pages = new ArrayList<>();
    for (Directory each : directories) {
      if (!isRaw(each)) {
        pages.add(each);
      }
    }
    Camera camera = Exif.camera(bytes);
    String format = container.name();
    if (container == Container.TIFF) {
      if (pages.size() == directories.size() && !isCanon()) {
        return Optional.empty();
      }
      format = isCanon() ? "CR2" : first.has(DNG_VERSION) ? "DNG" : ofMaker(camera);
    }
    for (Directory each : directories) {
      addPreviews(each);
    }
    boolean adobe = Exif.isAdobeRgb(bytes);
    long exif = first.number(EXIF_DIRECTORY, -1);
    if (file.has(exif, 2)) {
      MakerNote note = MakerNote.read(file, new Directory(file, exif), MAKER_NOTE);
      adobe |= note.adobeRgb();
      note.previews().forEach(preview -> add(preview.start(), preview.end(), preview.colors()));
    }
    pages.removeIf(each -> !each.has(PHOTOMETRIC));
    int orientation = Exif.orientation(bytes);
    return Optional.of(
        new RawFile(format, orientation, camera, adobe, List.copyOf(previews), pages));
  }

  /** Collects a directory, those after it, and all their children. */
  private void collect(Directory first) throws IOException {
    Set<Long> seen = new HashSet<>(Set.of(first.at));
    directories.add(first);
    for (int i = 0; i < directories.size(); i++) {
      Directory each = directories.get(i);
      List<Long> next = new ArrayList<>(List.of(each.next));
      for (int child = 0; child < Math.min(MAX_DIRECTORIES, each.count(SUB_DIRECTORIES)); child++) {
        next.add(each.number(SUB_DIRECTORIES, child, 0));
      }
      for (long at : next) {
        if (directories.size() < MAX_DIRECTORIES && at > 0 && file.has(at, 2) && seen.add(at)) {
          directories.add(new Directory(file, at));
        }
      }
    }
  }

  private static boolean isRaw(Directory directory) throws IOException {
    long photometric = directory.number(PHOTOMETRIC, 0);
    return photometric == COLOR_FILTER_ARRAY || photometric == LINEAR_RAW;
  }

  /**
   * Returns whether the file is Canon's, whose raw data has no photometric interpretation, but a
   * signature after the header.
   */
  private boolean isCanon() throws IOException {
    return new String(bytes.slice(8, 11), ISO_8859_1).equals("CR\u0002");
  }

  private static String ofMaker(Camera camera) {
    String make = camera.make().orElse("").toUpperCase(Locale.ROOT);
    return make.startsWith("NIKON")
        ? "NEF"
        : make.startsWith("SONY")
            ? "ARW"
            : make.startsWith("PENTAX") || make.startsWith("RICOH")
                ? "PEF"
                : make.startsWith("SAMSUNG")
                    ? "SRW"
                    : make.startsWith("HASSELBLAD") ? "3FR" : "RAW";
  }

  private void addPreviews(Directory directory) throws IOException {
    ColorSetting colors = ColorSetting.ofDng(directory.number(PREVIEW_COLOR_SPACE, 0));
    long at = directory.number(JPEG_INTERCHANGE_FORMAT, 0);
    add(at, at + directory.number(JPEG_INTERCHANGE_LENGTH, 0), colors);
    long compression = directory.number(COMPRESSION, 1);
    boolean jpeg = compression == 6 || compression == 7;
    if (jpeg && directory.count(STRIP_OFFSETS) == 1 && !isRaw(directory)) {
      long strip = directory.number(STRIP_OFFSETS, 0);
      add(strip, strip + directory.number(STRIP_BYTE_COUNTS, 0), colors);
    }
    for (int tag : PANASONIC_JPEGS) {
      add(directory.place(tag), directory.place(tag) + directory.count(tag), colors);
    }
  }

  private void add(long start, long end, ColorSetting colors) {
    if (start > 0 && end > start && previews.stream().noneMatch(each -> each.start() == start)) {
      previews.add(new Preview(start, end, colors));
    }
  }
}
