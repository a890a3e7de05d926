package dev.miniatura.internal.tiff;

import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.webp.WebpPicture;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Decodes segments that are WebP files (compression 50001): three or four samples of 8 bits,
 * chunky, whatever they stand for.
 */
final class WebpRows implements RowReader {

  private static final int MAX_FILE = 16 << 20;

  private final Page page;
  private final long start;
  private final long end;
  private final Deadline deadline;
  private byte @Nullable [] rows;
  private int position;

  WebpRows(Page page, long start, long end, Deadline deadline) {
    this.page = page;
    this.start = start;
    this.end = end;
    this.deadline = deadline;
  }

  static boolean suits(Page page) {
    return page.bits == 8
        && !page.isSubsampled()
        && !page.planar
        && (page.samples == 3 || page.samples == 4);
  }

  static long workingBytes(Page page) {
    int file = fileBytes(page);
    return page.segmentBytes()
        + file
        + WebpPicture.workingBytes(page.segmentWidth, page.segmentHeight, file);
  }

  /** Returns the most bytes that a segment's file may have: more than its samples, it has not. */
  private static int fileBytes(Page page) {
    return (int) Math.min(MAX_FILE, 2 * page.segmentBytes() + 4096);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    byte[] all = rows;
    if (all == null) {
      all = decode();
      rows = all;
    }
    int count = Math.min(length, all.length - position);
    System.arraycopy(all, position, target, offset, count);
    position += count;
    return count;
  }

  private byte[] decode() throws IOException {
    byte[] file = page.file.bytes.slice(start, Math.min(end, start + fileBytes(page)));
    WebpPicture picture = WebpPicture.read(SourceBytes.of(file));
    if (picture.width() != page.segmentWidth || picture.height() > page.segmentHeight) {
      throw page.file.malformed(start, "a WebP of another size than its strip or tile");
    }
    int width = picture.width();
    int samples = page.samples;
    byte[] all = new byte[width * picture.height() * samples];
    picture.decode(
        (y, argb) -> {
          int at = y * width * samples;
          for (int x = 0; x < width; x++) {
            int pixel = argb[x];
            all[at++] = (byte) (pixel >> 16);
            all[at++] = (byte) (pixel >> 8);
            all[at++] = (byte) pixel;
            if (samples == 4) {
              all[at++] = (byte) (pixel >>> 24);
            }
          }
        },
        deadline);
    return all;
  }
}
