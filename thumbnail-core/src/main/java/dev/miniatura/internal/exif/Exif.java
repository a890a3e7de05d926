package dev.miniatura.internal.exif;

import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the few relevant EXIF fields: those that change how a picture looks, and those about the
 * camera. EXIF is a TIFF structure (EXIF 2.32, section 4.5): a byte order mark, 42, and the offset
 * of the first image file directory. Missing and broken fields are treated as absent, as in every
 * viewer.
 */
public final class Exif {

  private static final int TAG_MAKE = 0x010F;
  private static final int TAG_MODEL = 0x0110;
  private static final int TAG_ORIENTATION = 0x0112;
  private static final int TAG_EXIF_DIRECTORY = 0x8769;
  private static final int TAG_COLOR_SPACE = 0xA001;
  private static final int TAG_INTEROPERABILITY_DIRECTORY = 0xA005;
  private static final int TAG_INTEROPERABILITY_INDEX = 1;
  private static final int TAG_DATE_TIME_ORIGINAL = 0x9003;
  private static final int TYPE_ASCII = 2;
  private static final int TYPE_SHORT = 3;
  private static final int TYPE_LONG = 4;
  private static final int HEADER_BYTES = 8;
  private static final int ENTRY_BYTES = 12;
  private static final int ABSENT = -1;
  private static final int ADOBE_RGB = 2; // of ColorSpace, as some cameras write it
  private static final int UNCALIBRATED = 0xffff; // the format in EXIF

  /**
   * The version of TIFF, and the values that Olympus and Panasonic use instead in their raw files.
   */
  private static final Set<Integer> VERSIONS = Set.of(42, 0x4f52, 0x5352, 0x55);

  /** The maximum length of text. Names of cameras are shorter; longer text is cut. */
  private static final int MAX_TEXT = 64;

  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("uuuu:MM:dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

  private final SourceBytes bytes;
  private final boolean little;

  private Exif(SourceBytes bytes) throws IOException {
    this.bytes = bytes;
    little = bytes.at(0) == 'I';
  }

  /**
   * Returns the orientation, 1 to 8; 1 if the field is missing or the structure is broken, as in
   * every viewer.
   *
   * @param bytes the TIFF structure, without JPEG's {@code Exif\0\0} prefix
   */
  public static int orientation(SourceBytes bytes) throws IOException {
    Exif exif = new Exif(bytes);
    long value = exif.number(exif.find(exif.firstDirectory(), TAG_ORIENTATION));
    return value >= 1 && value <= 8 ? (int) value : 1;
  }

  /**
   * Returns the camera and the date.
   *
   * @param bytes the TIFF structure, without JPEG's {@code Exif\0\0} prefix, whose first directory
   *     is that of EXIF or points to it; only the fields of a TIFF file are read
   */
  public static Camera camera(SourceBytes bytes) throws IOException {
    Exif exif = new Exif(bytes);
    long first = exif.firstDirectory();
    return new Camera(
        exif.text(exif.find(first, TAG_MAKE)),
        exif.text(exif.find(first, TAG_MODEL)),
        exif.text(exif.find(exif.fields(), TAG_DATE_TIME_ORIGINAL)).flatMap(Exif::dateTime));
  }

  /**
   * Returns whether a camera was set to Adobe RGB: the index R03 of interoperability (DCF 2.0), or,
   * without that index, a color space other than sRGB.
   *
   * @param bytes a TIFF structure whose first directory is that of EXIF, or points to it
   */
  public static boolean isAdobeRgb(SourceBytes bytes) throws IOException {
    Exif exif = new Exif(bytes);
    long fields = exif.fields();
    long index = exif.number(exif.find(fields, TAG_INTEROPERABILITY_DIRECTORY));
    String name = exif.text(exif.find(index, TAG_INTEROPERABILITY_INDEX)).orElse("");
    long space = exif.number(exif.find(fields, TAG_COLOR_SPACE));
    return name.equals("R03") || (name.isEmpty() && (space == ADOBE_RGB || space == UNCALIBRATED));
  }

  private static Optional<LocalDateTime> dateTime(String text) {
    try {
      return Optional.of(LocalDateTime.parse(text, DATE_TIME));
    } catch (DateTimeException e) {
      return Optional.empty(); // cameras without a clock write blanks or zeros
    }
  }

  private boolean has(long position, long count) throws IOException {
    return bytes.reach(position + count) == position + count;
  }

  private long firstDirectory() throws IOException {
    boolean ordered =
        has(0, HEADER_BYTES) && bytes.at(0) == bytes.at(1) && (little || bytes.at(0) == 'M');
    return ordered && VERSIONS.contains(u16(2)) ? u32(4) : ABSENT;
  }

  /** Returns the position of the EXIF directory, which may be the first one. */
  private long fields() throws IOException {
    long first = firstDirectory();
    long second = number(find(first, TAG_EXIF_DIRECTORY));
    return second == ABSENT ? first : second;
  }

  /** Returns the position of an entry of a directory; directories may be anywhere. */
  private long find(long directory, int tag) throws IOException {
    if (directory < 0 || !has(directory, 2)) {
      return ABSENT;
    }
    int entries = u16(directory);
    for (int i = 0; i < entries; i++) {
      long entry = directory + 2 + (long) i * ENTRY_BYTES;
      if (!has(entry, ENTRY_BYTES)) {
        return ABSENT;
      }
      if (u16(entry) == tag) {
        return entry;
      }
    }
    return ABSENT;
  }

  private long number(long entry) throws IOException {
    if (entry < 0) {
      return ABSENT;
    }
    return switch (u16(entry + 2)) {
      case TYPE_SHORT -> u16(entry + 8);
      case TYPE_LONG -> u32(entry + 8);
      default -> ABSENT;
    };
  }

  /** Returns a text's printable characters up to its NUL, without blanks at its ends. */
  private Optional<String> text(long entry) throws IOException {
    if (entry < 0 || u16(entry + 2) != TYPE_ASCII) {
      return Optional.empty();
    }
    long count = u32(entry + 4);
    long at = count <= 4 ? entry + 8 : u32(entry + 8);
    if (!has(at, count)) {
      return Optional.empty();
    }
    byte[] ascii = bytes.slice(at, at + Math.min(count, MAX_TEXT));
    String text = new String(ascii, StandardCharsets.US_ASCII);
    int end = text.indexOf(0);
    String printable = (end < 0 ? text : text.substring(0, end)).replaceAll("[^ -~]", "").strip();
    return printable.isEmpty() ? Optional.empty() : Optional.of(printable);
  }

  private int u16(long at) throws IOException {
    int first = bytes.at(at);
    int second = bytes.at(at + 1);
    return little ? (second << 8) | first : (first << 8) | second;
  }

  private long u32(long at) throws IOException {
    long first = u16(at);
    long second = u16(at + 2);
    return little ? (second << 16) | first : (first << 16) | second;
  }
}
