package dev.miniatura.internal.sgi;

import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.bytes.ByteViews;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.ImageDecoder;
import dev.miniatura.internal.raster.ImageHeader;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;

/**
 * Decodes SGI images (The SGI Image File Format, version 1.0) of 8 and 16 bits, with and without
 * run lengths: gray, RGB, and either with alpha; further channels are ignored. Rows are read in
 * place, since the file begins with the lowest.
 */
public final class SgiDecoder implements ImageDecoder {

  private static final int HEADER = 512;
  private static final int HEADER_FIELDS = 108;
  private static final int COLOR_MAP = 3; // kind of file that holds only a palette
  private static final int LITERAL = 0x80; // in a control sample; the other bits are a count
  private static final int SHORT_MAX = 0xffff;

  private final SourceBytes bytes;
  private final Deadline deadline;
  private final boolean encoded;
  private final int sampleBytes;
  private final int width;
  private final int height;
  private final int storedChannels;
  private final RasterLayout layout;

  private SgiDecoder(SourceBytes bytes, Deadline deadline) throws IOException {
    this.bytes = bytes;
    this.deadline = deadline;
    byte[] head = bytes.slice(0, HEADER_FIELDS);
    if (head.length < HEADER_FIELDS) {
      throw Container.SGI.malformed(head.length, "ends within its header");
    }
    if (ByteViews.intBe(head, 104) == COLOR_MAP) {
      throw new UnsupportedImageException("SGI: a palette without a picture");
    }
    encoded = head[2] == 1;
    sampleBytes = head[3];
    int dimensions = u16(head, 4);
    width = u16(head, 6);
    height = dimensions == 1 ? Math.max(1, u16(head, 8)) : u16(head, 8);
    storedChannels = dimensions < 3 ? 1 : u16(head, 10);
    if (width == 0 || height == 0 || storedChannels == 0) {
      throw Container.SGI.malformed(
          6, "its size is %d x %d x %d".formatted(width, height, storedChannels));
    }
    ColorKind color = storedChannels < 3 ? ColorKind.GRAY : ColorKind.RGB;
    layout =
        RasterLayout.interleaved(
            width, height, color, storedChannels % 2 == 0 || storedChannels > 4, null);
  }

  /**
   * Reads the header.
   *
   * @throws UnsupportedImageException if the file has no picture
   */
  public static ImageDecoder open(SourceBytes bytes, Deadline deadline) throws IOException {
    return new SgiDecoder(bytes, deadline);
  }

  private static int u16(byte[] array, int at) {
    return (array[at] & 0xff) << 8 | (array[at + 1] & 0xff);
  }

  @Override
  public ImageHeader header() {
    String color = layout.color() == ColorKind.GRAY ? "gray" : "RGB";
    return ImageHeader.of(Container.SGI.name(), width, height, color, 8 * sampleBytes)
        .alpha(layout.alpha())
        .build();
  }

  @Override
  public DecodePlan plan(double targetWidth, double targetHeight, boolean chromaHalved)
      throws IOException {
    long tables = encoded ? 2L * Integer.BYTES * height * layout.channels() : 0;
    long row = (long) width * layout.channels() + mostStored();
    return DecodePlan.of(layout, heldOfSource() + tables + row, "by rows", this::decode);
  }

  @Override
  public long heldOfSource() throws IOException {
    return bytes.heldBytes();
  }

  /** Returns the maximum number of bytes of a channel's row, where every run is one sample. */
  private int mostStored() {
    return (encoded ? 2 * width + 1 : width) * sampleBytes;
  }

  private void decode(RowSink sink, Notes notes) throws IOException {
    int channels = layout.channels();
    // The tables list all rows of the first channel, then of the second: starts, then lengths.
    long entries = (long) height * storedChannels;
    byte[] starts = table(HEADER, encoded ? height * channels : 0);
    byte[] lengths = table(HEADER + Integer.BYTES * entries, encoded ? height * channels : 0);
    byte[] row = new byte[width * channels];
    boolean any = false;
    boolean all = true;
    sink.begin(layout);
    for (int y = 0; y < height; y++) {
      deadline.check();
      int least = width;
      int most = 0;
      for (int c = 0; c < channels; c++) {
        int index = c * height + height - 1 - y;
        int count =
            encoded
                ? expand(number(starts, index), number(lengths, index), c, row)
                : copy(HEADER + (long) index * width * sampleBytes, c, row);
        least = Math.min(least, count);
        most = Math.max(most, count);
        fill(c, count, row);
      }
      any |= most > 0;
      all &= least == width;
      layout.fillMissing(row, most, width);
      sink.row(0, y, row, 0);
    }
    if (!any) {
      throw Container.SGI.malformed(bytes.reach(HEADER), "has no picture data");
    }
    if (!all) {
      notes.add(Container.SGI.name(), "picture data ends early", "what is missing is gray");
    }
  }

  /** Fills missing samples: channels follow one another, so those of a pixel may be incomplete. */
  private void fill(int channel, int from, byte[] row) {
    int channels = layout.channels();
    boolean alpha = layout.alpha() && channel == channels - 1;
    for (int x = from; x < width; x++) {
      row[x * channels + channel] = (byte) (alpha ? 255 : 128);
    }
  }

  private byte[] table(long at, int entries) throws IOException {
    return bytes.slice(at, at + (long) entries * Integer.BYTES);
  }

  private static long number(byte[] table, int index) {
    int at = index * Integer.BYTES;
    return at + Integer.BYTES <= table.length ? ByteViews.intBe(table, at) & 0xffffffffL : 0;
  }

  private int copy(long at, int channel, byte[] row) throws IOException {
    byte[] stored = bytes.slice(at, at + mostStored());
    int count = stored.length / sampleBytes;
    for (int x = 0; x < count; x++) {
      row[x * layout.channels() + channel] = sample(stored, x * sampleBytes);
    }
    return count;
  }

  /** Expands run lengths, and returns how many samples they gave. */
  private int expand(long at, long length, int channel, byte[] row) throws IOException {
    if (at < HEADER) {
      return 0;
    }
    byte[] stored = bytes.slice(at, at + Math.min(length, mostStored()));
    int channels = layout.channels();
    int count = 0;
    int from = 0;
    while (count < width && from + 2 * sampleBytes <= stored.length) {
      int control = stored[from + sampleBytes - 1];
      from += sampleBytes;
      boolean literal = (control & LITERAL) != 0;
      int stop = Math.min(width, count + (control & (LITERAL - 1)));
      if (stop == count) {
        break;
      }
      while (count < stop && from + sampleBytes <= stored.length) {
        row[count++ * channels + channel] = sample(stored, from);
        from += literal ? sampleBytes : 0;
      }
      from += literal ? 0 : sampleBytes;
    }
    return count;
  }

  /** Returns a sample in 8 bits, rounded. */
  private byte sample(byte[] stored, int at) {
    return sampleBytes == 1
        ? stored[at]
        : (byte) ((u16(stored, at) * 255 + SHORT_MAX / 2) / SHORT_MAX);
  }
}
