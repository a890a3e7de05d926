package dev.miniatura.internal.png;

import dev.miniatura.internal.quantize.IndexedImage;
import dev.miniatura.internal.raster.Raster;

/** One way to lay out a picture for PNG: the fields of the header, and the rows (PNG 7.2). */
abstract class RowSource {

  static final int GRAY = 0;
  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int GRAY_ALPHA = 4;
  static final int RGB_ALPHA = 6;

  private final int width;
  private final int height;
  private final int colorType;
  private final int bitDepth;
  private final int samplesPerPixel;

  RowSource(int width, int height, int colorType, int bitDepth, int samplesPerPixel) {
    this.width = width;
    this.height = height;
    this.colorType = colorType;
    this.bitDepth = bitDepth;
    this.samplesPerPixel = samplesPerPixel;
  }

  final int width() {
    return width;
  }

  final int height() {
    return height;
  }

  final int colorType() {
    return colorType;
  }

  final int bitDepth() {
    return bitDepth;
  }

  final int bitsPerPixel() {
    return bitDepth * samplesPerPixel;
  }

  /** Returns the bytes of a row, without the filter type. */
  final int rowBytes() {
    return (int) (((long) width * bitsPerPixel() + 7) / 8);
  }

  /** Stores row {@code y}, {@link #rowBytes} long, at the start of {@code row}. */
  abstract void read(int y, byte[] row);

  /** Returns channels of a raster unchanged, one byte per sample. */
  static RowSource ofChannels(Raster raster, int colorType, int... channels) {
    int count = channels.length;
    return new RowSource(raster.width(), raster.height(), colorType, 8, count) {
      @Override
      void read(int y, byte[] row) {
        int width = raster.width();
        for (int c = 0; c < count; c++) {
          byte[] samples = raster.channel(channels[c]);
          for (int x = 0, from = y * width, to = c; x < width; x++, from++, to += count) {
            row[to] = samples[from];
          }
        }
      }
    };
  }

  /** Returns palette indices, in as few bits as the palette needs. */
  static RowSource ofIndices(IndexedImage image) {
    int bitDepth = depthFor(image.palette().length);
    return packed(image.width(), image.height(), PALETTE, bitDepth, image.indices(), 0);
  }

  /**
   * Returns the high bits of gray samples.
   *
   * @param bitDepth 1, 2 or 4; every sample is a multiple of 255, 85 or 17
   */
  static RowSource ofGrayLevels(Raster raster, int bitDepth) {
    byte[] samples = raster.channel(0);
    return packed(raster.width(), raster.height(), GRAY, bitDepth, samples, 8 - bitDepth);
  }

  private static RowSource packed(
      int width, int height, int colorType, int bitDepth, byte[] samples, int shift) {
    return new RowSource(width, height, colorType, bitDepth, 1) {
      @Override
      void read(int y, byte[] row) {
        int from = y * width;
        int perByte = 8 / bitDepth;
        for (int i = 0; i < rowBytes(); i++) {
          int packed = 0;
          for (int k = 0; k < perByte; k++) {
            int x = i * perByte + k;
            int value = x < width ? (samples[from + x] & 0xff) >> shift : 0;
            packed = packed << bitDepth | value;
          }
          row[i] = (byte) packed;
        }
      }
    };
  }

  private static int depthFor(int colors) {
    int depth = 1;
    while (1 << depth < colors) {
      depth *= 2;
    }
    return depth;
  }
}
