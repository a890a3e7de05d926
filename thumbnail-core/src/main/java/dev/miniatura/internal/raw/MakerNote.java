package dev.miniatura.internal.raw;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.tiff.Directory;
import dev.miniatura.internal.tiff.TiffFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The content of a manufacturer's own field: a preview, and the color space that the camera was set
 * to.
 *
 * @param previews none or one
 */
record MakerNote(List<Preview> previews, boolean adobeRgb) {

  private static final int ADOBE_RGB = 2;

  private static final int CANON_COLOR_SPACE = 0xb4;

  private static final int NIKON_HEADER = 10;
  private static final int NIKON_PREVIEW_DIRECTORY = 0x11;
  private static final int NIKON_COLOR_SPACE = 0x1e;
  private static final int NIKON_PREVIEW_START = 0x201;
  private static final int NIKON_PREVIEW_LENGTH = 0x202;

  private static final int OLYMPUS_CAMERA_SETTINGS = 0x2020;
  private static final int OLYMPUS_PREVIEW_START = 0x101;
  private static final int OLYMPUS_PREVIEW_LENGTH = 0x102;
  private static final int OLYMPUS_COLOR_SPACE = 0x507;

  private static final MakerNote NONE = new MakerNote(List.of(), false);

  /** Reads the note in an EXIF directory; empty for other manufacturers. */
  static MakerNote read(TiffFile file, Directory exif, int tag) throws IOException {
    byte[] note = exif.bytes(tag);
    if (note == null || note.length < 2 * NIKON_HEADER) {
      return NONE;
    }
    long at = exif.place(tag);
    String name = new String(note, 0, NIKON_HEADER, ISO_8859_1);
    if (name.startsWith("Nikon\0\u0002")) {
      return nikon(at + NIKON_HEADER, Arrays.copyOfRange(note, NIKON_HEADER, note.length));
    }
    if (name.startsWith("OLYMPUS\0")) {
      return olympus(framed(note, 8), 12, at);
    }
    if (name.startsWith("OM SYSTEM")) {
      return olympus(framed(note, 12), 16, at);
    }
    if (name.startsWith("OLYMP\0")) {
      return olympus(file, at + 8, 0);
    }
    Directory canon = new Directory(file, at);
    return new MakerNote(List.of(), canon.number(CANON_COLOR_SPACE, 0) == ADOBE_RGB);
  }

  /** Reads Nikon's note, which is a TIFF file within the file. */
  private static MakerNote nikon(long at, byte[] tiff) throws IOException {
    TiffFile file = TiffFile.open(SourceBytes.of(tiff));
    if (!file.has(file.first(), 2)) {
      return NONE;
    }
    Directory note = new Directory(file, file.first());
    boolean adobe = note.number(NIKON_COLOR_SPACE, 0) == ADOBE_RGB;
    long preview = note.number(NIKON_PREVIEW_DIRECTORY, 0);
    if (preview <= 0 || !file.has(preview, 2)) {
      return new MakerNote(List.of(), adobe);
    }
    Directory directory = new Directory(file, preview);
    long start = at + directory.number(NIKON_PREVIEW_START, 0);
    return new MakerNote(
        List.of(
            new Preview(
                start, start + directory.number(NIKON_PREVIEW_LENGTH, 0), ColorSetting.UNKNOWN)),
        adobe);
  }

  /** Wraps a note with its own byte order and offsets as a TIFF file. */
  private static TiffFile framed(byte[] note, int order) throws IOException {
    byte[] framed = note.clone();
    System.arraycopy(note, order, framed, 0, 2);
    framed[2] = framed[3] = 0;
    return TiffFile.open(SourceBytes.of(framed));
  }

  /**
   * Reads Olympus' note.
   *
   * @param first offset of its directory
   * @param base position to which the preview's offset is relative
   */
  private static MakerNote olympus(TiffFile file, long first, long base) throws IOException {
    if (!file.has(first, 2)) {
      return NONE;
    }
    long settings = new Directory(file, first).number(OLYMPUS_CAMERA_SETTINGS, 0);
    if (settings <= 0 || !file.has(settings, 2)) {
      return NONE;
    }
    Directory directory = new Directory(file, settings);
    long start = base + directory.number(OLYMPUS_PREVIEW_START, 0);
    Preview preview =
        new Preview(
            start, start + directory.number(OLYMPUS_PREVIEW_LENGTH, 0), ColorSetting.UNKNOWN);
    return new MakerNote(List.of(preview), directory.number(OLYMPUS_COLOR_SPACE, 0) == 1);
  }
}
