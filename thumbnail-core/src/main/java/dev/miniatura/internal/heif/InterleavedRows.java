package dev.miniatura.internal.heif;

import dev.miniatura.internal.codec.PictureFormat;
import dev.miniatura.internal.color.YCbCr;
import dev.miniatura.internal.heif.PictureColors.Coding;
import dev.miniatura.internal.raster.RowSink;
import dev.miniatura.internal.raster.Samples;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Delivers gray or RGB with all channels interleaved, including alpha, cropped to the visible part.
 * Needed if planes cannot be resampled separately: with alpha, for codings without separate planes,
 * and if the crop cuts through chroma samples. Each chroma sample covers its luma samples evenly.
 */
final class InterleavedRows implements ComponentRows {

  /** The number of luma rows that codecs deliver before the chroma of the same place. */
  private static final int ROWS_AHEAD = 128;

  private final RowSink sink;
  private final Placement placement;
  private final PictureFormat format;
  private final Coding coding;
  private final YCbCr yCbCr;
  private final @Nullable AlphaPlane alpha;
  private final boolean premultiplied;
  private final int width;
  private final int[] columns; // column of chroma, for each column of luma
  private final byte[] colors;
  private final byte[] pixels;
  private final List<Deque<byte[]>> waiting =
      List.of(new ArrayDeque<>(), new ArrayDeque<>(), new ArrayDeque<>());
  private int next; // next luma row to deliver

  /**
   * Creates rows.
   *
   * @param width width of the picture before it is cropped
   */
  InterleavedRows(
      RowSink sink,
      int width,
      Placement placement,
      PictureFormat format,
      PictureColors meaning,
      @Nullable AlphaPlane alpha,
      boolean premultiplied) {
    this.sink = sink;
    this.width = width;
    this.placement = placement;
    this.format = format;
    this.coding = meaning.coding();
    this.yCbCr = YCbCr.of(meaning.weights());
    this.alpha = alpha;
    this.premultiplied = premultiplied;
    columns = new int[width];
    for (int x = 0; x < width; x++) {
      columns[x] = x >> format.shiftX();
    }
    int channels = coding == Coding.GRAY ? 1 : 3;
    colors = new byte[channels * width];
    pixels = new byte[placement.codedWidth() * (channels + (alpha == null ? 0 : 1))];
  }

  /** Returns the bytes that an instance holds. */
  static long workingBytes(int width) {
    return (long) width * (Integer.BYTES + 3 + 4 + 3 * ROWS_AHEAD);
  }

  @Override
  public void row(int component, int y, byte[] samples, int offset) throws IOException {
    int count = component == 0 ? width : (width + (1 << format.shiftX()) - 1) >> format.shiftX();
    waiting.get(component).add(Arrays.copyOfRange(samples, offset, offset + count));
    while (!waiting.get(0).isEmpty() && (coding == Coding.GRAY || hasChroma())) {
      send();
    }
  }

  private boolean hasChroma() {
    return !waiting.get(1).isEmpty() && !waiting.get(2).isEmpty();
  }

  private void send() throws IOException {
    byte[] luma = waiting.get(0).remove();
    int y = next++ - placement.top();
    boolean shown = y >= 0 && y < placement.codedHeight();
    if (coding == Coding.GRAY) {
      System.arraycopy(luma, 0, colors, 0, width);
    } else {
      if (shown) {
        convert(luma, waiting.get(1).element(), waiting.get(2).element());
      }
      if ((next & ((1 << format.shiftY()) - 1)) == 0) {
        waiting.get(1).remove();
        waiting.get(2).remove();
      }
    }
    if (shown) {
      sink.row(0, y, cut(y), 0);
    }
  }

  private void convert(byte[] first, byte[] second, byte[] third) {
    switch (coding) {
      case IDENTITY -> {
        for (int x = 0, at = 0; x < width; x++, at += 3) {
          colors[at] = third[x];
          colors[at + 1] = first[x];
          colors[at + 2] = second[x];
        }
      }
      case YCGCO -> {
        for (int x = 0, at = 0; x < width; x++, at += 3) {
          int luma = first[x] & 0xff;
          int green = (second[columns[x]] & 0xff) - 128;
          int orange = (third[columns[x]] & 0xff) - 128;
          colors[at] = (byte) Samples.clamp(luma - green + orange);
          colors[at + 1] = (byte) Samples.clamp(luma + green);
          colors[at + 2] = (byte) Samples.clamp(luma - green - orange);
        }
      }
      default -> yCbCr.toRgbRow(first, second, columns, third, columns, colors);
    }
  }

  /** Returns the visible part of the row, with its alpha. */
  private byte[] cut(int y) {
    int channels = coding == Coding.GRAY ? 1 : 3;
    int from = placement.left() * channels;
    if (alpha == null) {
      System.arraycopy(colors, from, pixels, 0, pixels.length);
      return pixels;
    }
    int row = y + placement.top();
    for (int x = 0, at = 0; x < placement.codedWidth(); x++) {
      int opacity = alpha.at(placement.left() + x, row);
      for (int c = 0; c < channels; c++) {
        byte color = colors[from++];
        pixels[at++] = premultiplied ? divided(color, opacity) : color;
      }
      pixels[at++] = (byte) opacity;
    }
    return pixels;
  }

  private static byte divided(byte color, int opacity) {
    return opacity == 0 ? 0 : (byte) Math.min(255, ((color & 0xff) * 255 + opacity / 2) / opacity);
  }
}
