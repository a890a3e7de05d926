package dev.miniatura.internal.icon;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.miniatura.Limits;
import dev.miniatura.internal.bytes.ByteViews;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the elements of an ICNS file: each has a type of four letters and a length, and holds a
 * PNG, a JPEG 2000, pixels or a mask for those. Other elements hold no pictures.
 */
final class MacIcons {

  private static final int HEADER = 8; // of the file and of each element
  private static final int MAX_ELEMENTS = 256;
  private static final int JP2_BOX = 0x6a502020; // "jP  "
  private static final int JPEG_2000_CODESTREAM = 0xff4fff51;

  private MacIcons() {}

  /** The content of an element. */
  record Range(long start, long end) {}

  static IconDecoder.Contents read(SourceBytes bytes, Limits limits, Deadline deadline)
      throws IOException {
    Map<String, Range> elements = elements(bytes);
    List<IconPicture> pictures = new ArrayList<>();
    boolean jpeg2000 = false;
    for (Map.Entry<String, Range> element : elements.entrySet()) {
      Range range = element.getValue();
      Optional<IconPicture> png = IconPicture.png(bytes, range.start, range.end, limits, deadline);
      if (png.isPresent()) {
        pictures.add(png.get());
      } else if (isJpeg2000(bytes.slice(range.start, Math.min(range.end, range.start + HEADER)))) {
        jpeg2000 = true;
      } else {
        MacBitmap.of(element.getKey(), elements, bytes).ifPresent(each -> pictures.add(each));
      }
    }
    return new IconDecoder.Contents(pictures, true, jpeg2000);
  }

  private static Map<String, Range> elements(SourceBytes bytes) throws IOException {
    Map<String, Range> elements = new LinkedHashMap<>();
    long at = HEADER;
    byte[] head = bytes.slice(at, at + HEADER);
    while (head.length == HEADER && elements.size() < MAX_ELEMENTS) {
      long length = Math.max(HEADER, ByteViews.intBe(head, 4) & 0xffffffffL);
      elements.putIfAbsent(new String(head, 0, 4, ISO_8859_1), new Range(at + HEADER, at + length));
      at += length;
      head = bytes.slice(at, at + HEADER);
    }
    return elements;
  }

  /** Returns whether a picture is JPEG 2000 (ISO/IEC 15444-1). */
  private static boolean isJpeg2000(byte[] start) {
    return start.length == HEADER
        && (ByteViews.intBe(start, 4) == JP2_BOX
            || ByteViews.intBe(start, 0) == JPEG_2000_CODESTREAM);
  }
}
