package dev.miniatura.testing;

import java.awt.image.BufferedImage;

/** Writes SGI files: 8 or 16 bits, any number of channels, with or without run lengths. */
public final class SgiMaker {

  /** Where the samples begin, or the tables of rows. */
  public static final int HEADER_BYTES = 512;

  private final int width;
  private final int height;
  private final int sampleBytes;
  private final int[][] channels;

  private SgiMaker(int width, int height, int sampleBytes, int[]... channels) {
    this.width = width;
    this.height = height;
    this.sampleBytes = sampleBytes;
    this.channels = channels;
  }

  /** Returns the lumas in 8 bits, without run lengths. */
  public static byte[] gray(BufferedImage image) {
    int[] lumas = new int[image.getWidth() * image.getHeight()];
    for (int i = 0; i < lumas.length; i++) {
      lumas[i] = Pictures.luma(image.getRGB(i % image.getWidth(), i / image.getWidth()));
    }
    return of(image.getWidth(), image.getHeight(), 1, lumas).plain();
  }

  /**
   * Starts a file.
   *
   * @param channels the samples of each channel, the top row first
   */
  public static SgiMaker of(int width, int height, int sampleBytes, int[]... channels) {
    return new SgiMaker(width, height, sampleBytes, channels);
  }

  private ByteWriter header(boolean encoded) {
    ByteWriter out = ByteWriter.bigEndian().u16(474).u8(encoded ? 1 : 0).u8(sampleBytes);
    out.u16(channels.length == 1 ? 2 : 3).u16(width).u16(height).u16(channels.length);
    return out.u32(0).u32(255).zeros(HEADER_BYTES - 20);
  }

  private void sample(ByteWriter out, int value) {
    if (sampleBytes == 1) {
      out.u8(value);
    } else {
      out.u16(value);
    }
  }

  /** Returns the file without run lengths. */
  public byte[] plain() {
    ByteWriter out = header(false);
    for (int[] channel : channels) {
      for (int y = height - 1; y >= 0; y--) {
        for (int x = 0; x < width; x++) {
          sample(out, channel[y * width + x]);
        }
      }
    }
    return out.toByteArray();
  }

  /** Returns the file with run lengths. */
  public byte[] encoded() {
    int rows = channels.length * height;
    ByteWriter starts = header(true);
    ByteWriter lengths = ByteWriter.bigEndian();
    ByteWriter data = ByteWriter.bigEndian();
    int before = HEADER_BYTES + 8 * rows;
    for (int[] channel : channels) {
      for (int y = height - 1; y >= 0; y--) {
        int from = data.size();
        row(channel, y * width, data);
        starts.u32(before + from);
        lengths.u32(data.size() - from);
      }
    }
    return starts.bytes(lengths.toByteArray()).bytes(data.toByteArray()).toByteArray();
  }

  private void row(int[] samples, int from, ByteWriter out) {
    int x = 0;
    while (x < width) {
      int same = 1;
      while (same < 127 && x + same < width && samples[from + x + same] == samples[from + x]) {
        same++;
      }
      boolean run = same > 2;
      int count = run ? same : Math.min(width - x, 5);
      sample(out, count | (run ? 0 : 0x80));
      for (int i = 0; i < (run ? 1 : count); i++) {
        sample(out, samples[from + x + i]);
      }
      x += count;
    }
    sample(out, 0);
  }
}
