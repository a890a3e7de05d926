package dev.miniatura.internal.icon;

import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.bmp.IconBitmap;
import dev.miniatura.internal.bytes.ByteViews;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the directory of an ICO or CUR file (ICONDIR, ICONDIRENTRY): sizes and colors are those of
 * the pictures themselves, not of the directory, which is often wrong.
 */
final class WindowsIcons {

  private static final int HEADER = 6;
  private static final int ENTRY = 16;
  private static final int MAX_COUNT = 64; // icons hold about ten

  private WindowsIcons() {}

  static IconDecoder.Contents read(
      Container container, SourceBytes bytes, Limits limits, Deadline deadline) throws IOException {
    int count = Math.min(MAX_COUNT, bytes.at(4) | bytes.at(5) << 8);
    byte[] directory = bytes.slice(HEADER, HEADER + (long) count * ENTRY);
    List<IconPicture> pictures = new ArrayList<>();
    MalformedImageException problem = null;
    for (int at = 0; at + ENTRY <= directory.length; at += ENTRY) {
      long start = ByteViews.intLe(directory, at + 12) & 0xffffffffL;
      long end = start + (ByteViews.intLe(directory, at + 8) & 0xffffffffL);
      try {
        pictures.add(picture(bytes, start, end, limits, deadline));
      } catch (MalformedImageException | UnsupportedImageException e) {
        problem =
            problem == null
                ? container.malformed(start, "a picture cannot be recognized")
                : problem;
      }
    }
    if (pictures.isEmpty()) {
      throw problem == null ? container.malformed(HEADER, "has no picture") : problem;
    }
    return new IconDecoder.Contents(pictures, problem == null, false);
  }

  private static IconPicture picture(
      SourceBytes bytes, long start, long end, Limits limits, Deadline deadline)
      throws IOException {
    Optional<IconPicture> png = IconPicture.png(bytes, start, end, limits, deadline);
    if (png.isPresent()) {
      return png.get();
    }
    IconBitmap bitmap = IconBitmap.open(bytes, start, end, deadline);
    return new IconPicture(
        bitmap.header().width(),
        bitmap.header().height(),
        bitmap.bits(),
        bitmap.isComplete(),
        () -> bitmap);
  }
}
