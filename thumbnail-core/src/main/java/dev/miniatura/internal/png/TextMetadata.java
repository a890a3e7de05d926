package dev.miniatura.internal.png;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.miniatura.internal.exif.Exif;
import dev.miniatura.internal.io.SourceBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Metadata in text chunks (PNG 11.3.3), as it was written before the eXIf chunk existed, and still
 * is: EXIF in hexadecimal digits under ImageMagick's keywords, and XMP (XMP specification, part 3,
 * section 1.1.5). Broken metadata is treated as absent.
 */
final class TextMetadata {

  static final int TEXT = Chunks.type("tEXt");
  static final int COMPRESSED_TEXT = Chunks.type("zTXt");
  static final int INTERNATIONAL_TEXT = Chunks.type("iTXt");

  /** Larger chunks contain no relevant metadata. */
  static final int MAX_BYTES = 1 << 20;

  private static final String EXIF_PREFIX = "Exif\0\0";
  private static final Pattern PROFILE =
      Pattern.compile("\\s*(?:exif|APP1|app1)\\s+\\d+\\s+([0-9a-fA-F\\s]*)");
  private static final Pattern XMP_ORIENTATION =
      Pattern.compile("tiff:Orientation\\s*(?:=\\s*[\"']|>)\\s*([1-8])\\b");

  private byte @Nullable [] exif;
  private int xmpOrientation;

  static boolean isText(int type) {
    return type == TEXT || type == COMPRESSED_TEXT || type == INTERNATIONAL_TEXT;
  }

  /** Reads the data of a text chunk. */
  void read(int type, byte[] data) {
    int end = indexOfZero(data, 0);
    String keyword = new String(data, 0, end, ISO_8859_1);
    boolean international = type == INTERNATIONAL_TEXT;
    if (keyword.equals("XML:com.adobe.xmp") && international) {
      readXmp(text(data, end + 1));
    } else if (keyword.matches("Raw profile type (?:exif|APP1)") && !international) {
      readProfile(
          type == TEXT
              ? Arrays.copyOfRange(data, Math.min(data.length, end + 1), data.length)
              : inflated(data, end + 2));
    }
  }

  /** Returns the text of an iTXt chunk: two flags and two strings precede it. */
  private static byte[] text(byte[] data, int flags) {
    int at = indexOfZero(data, indexOfZero(data, flags + 2) + 1) + 1;
    if (at > data.length) {
      return new byte[0];
    }
    return data[flags] == 1 ? inflated(data, at) : Arrays.copyOfRange(data, at, data.length);
  }

  private static int indexOfZero(byte[] data, int from) {
    int at = from;
    while (at < data.length && data[at] != 0) {
      at++;
    }
    return at;
  }

  private void readXmp(byte[] packet) {
    Matcher field = XMP_ORIENTATION.matcher(new String(packet, ISO_8859_1));
    if (xmpOrientation == 0 && field.find()) {
      xmpOrientation = Integer.parseInt(field.group(1));
    }
  }

  private void readProfile(byte[] text) {
    Matcher profile = PROFILE.matcher(new String(text, ISO_8859_1));
    if (!profile.matches()) {
      return;
    }
    String digits = profile.group(1).replaceAll("\\s", "");
    byte[] bytes = HexFormat.of().parseHex(digits, 0, digits.length() & ~1);
    String start = new String(bytes, 0, Math.min(EXIF_PREFIX.length(), bytes.length), ISO_8859_1);
    if (start.equals(EXIF_PREFIX)) {
      exif = Arrays.copyOfRange(bytes, EXIF_PREFIX.length(), bytes.length);
    } else if (start.startsWith("II*") || start.startsWith("MM\0")) {
      exif = bytes;
    } else {
      readXmp(bytes);
    }
  }

  private static byte[] inflated(byte[] data, int from) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(data, Math.min(data.length, from), Math.max(0, data.length - from));
      byte[] buffer = new byte[8192];
      int count = inflater.inflate(buffer);
      while (count > 0 && out.size() < 2 * MAX_BYTES) {
        out.write(buffer, 0, count);
        count = inflater.inflate(buffer);
      }
    } catch (DataFormatException e) {
      return new byte[0];
    } finally {
      inflater.end();
    }
    return out.toByteArray();
  }

  /** Returns EXIF, without a prefix; null without it. */
  byte @Nullable [] exif() {
    return exif;
  }

  /** Returns the orientation from EXIF, otherwise from XMP; 1 if neither has one. */
  int orientation() throws IOException {
    int ofExif = exif == null ? 1 : Exif.orientation(SourceBytes.of(exif));
    return ofExif > 1 ? ofExif : Math.max(1, xmpOrientation);
  }
}
