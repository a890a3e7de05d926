package dev.miniatura.internal.hdr;

import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a Radiance picture: lines of text, an empty line, and the resolution (Radiance
 * reference manual, appendix on file formats).
 *
 * @param width the number of pixels in a scanline
 * @param height the number of scanlines
 * @param orientation EXIF's number for the order of scanlines and of the pixels in them
 * @param start the offset of the first scanline
 */
record HdrHeader(int width, int height, int orientation, long start) {

  private static final int MAX_LINE = 2048;
  private static final int MAX_LINES = 10_000;
  private static final Pattern RESOLUTION =
      Pattern.compile("([-+])([XY]) (\\d{1,9}) ([-+])([XY]) (\\d{1,9})\\s*");

  static HdrHeader read(SourceBytes bytes) throws IOException {
    long at = 0;
    String line = "#";
    for (int i = 0; i < MAX_LINES && !line.isBlank(); i++) {
      line = line(bytes, at);
      at += line.length() + 1L;
      if (line.contains("_rle_xyze")) {
        throw new UnsupportedImageException("HDR: pictures in XYZ");
      }
    }
    String resolution = line(bytes, at);
    Matcher matcher = RESOLUTION.matcher(resolution);
    if (!matcher.matches() || matcher.group(2).equals(matcher.group(5))) {
      throw malformed(at, "a resolution that cannot be read");
    }
    int height = Integer.parseInt(matcher.group(3));
    int width = Integer.parseInt(matcher.group(6));
    if (width == 0 || height == 0) {
      throw malformed(at, "its size is %d x %d".formatted(width, height));
    }
    boolean firstForward = matcher.group(1).equals(matcher.group(2).equals("Y") ? "-" : "+");
    boolean nextForward = matcher.group(4).equals(matcher.group(5).equals("Y") ? "-" : "+");
    int orientation =
        matcher.group(2).equals("Y")
            ? (firstForward ? (nextForward ? 1 : 2) : (nextForward ? 4 : 3))
            : (firstForward ? (nextForward ? 5 : 8) : (nextForward ? 6 : 7));
    return new HdrHeader(width, height, orientation, at + resolution.length() + 1);
  }

  /** Returns a line without its terminator. */
  private static String line(SourceBytes bytes, long start) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = bytes.at(start);
    while (next != '\n') {
      if (next < 0 || line.length() > MAX_LINE) {
        throw malformed(start, "ends within its header");
      }
      line.append((char) next);
      next = bytes.at(start + line.length());
    }
    return line.toString();
  }

  private static MalformedImageException malformed(long at, String reason) {
    return Container.HDR.malformed(at, reason);
  }
}
