package dev.miniatura.internal.webp;

import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;

/**
 * Expands samples in limited range (H.273: luma 16 to 235, chroma 16 to 240) to the full range of
 * {@code ColorKind.YCBCR}.
 */
final class LimitedRange implements RowSink {

  private static final byte[] LUMA = new byte[256];
  private static final byte[] CHROMA = new byte[256];

  static {
    for (int i = 0; i < 256; i++) {
      LUMA[i] = InverseTransform.clamp((int) Math.round((i - 16) * 255 / 219.0));
      CHROMA[i] = InverseTransform.clamp((int) Math.round((i - 128) * 255 / 224.0 + 128));
    }
  }

  private final RowSink sink;
  private final int width;
  private final byte[] row;

  LimitedRange(int width, RowSink sink) {
    this.width = width;
    this.sink = sink;
    row = new byte[width];
  }

  @Override
  public void row(int plane, int y, byte[] samples, int offset) throws IOException {
    byte[] table = plane == 0 ? LUMA : CHROMA;
    int count = plane == 0 ? width : (width + 1) / 2;
    byte[] to = row;
    for (int x = 0; x < count; x++) {
      to[x] = table[samples[offset + x] & 0xff];
    }
    sink.row(plane, y, to, 0);
  }
}
