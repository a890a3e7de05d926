package dev.miniatura.internal.av1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.CRC32;

/** Decoded pictures as the reference decoders write them: planes in turn, little-endian. */
final class Pictures {

  private Pictures() {}

  static byte[] decode(byte[] stream, Av1Options options) throws IOException {
    Collector collector = new Collector();
    Av1Decoder.decode(stream, 0, stream.length, options, collector);
    return collector.toByteArray();
  }

  static long crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  private static final class Collector implements Av1Sink {

    private final ByteArrayOutputStream[] planes = new ByteArrayOutputStream[3];
    private final int[] widths = new int[3];
    private boolean wide;

    @Override
    public void begin(Av1Format format, int width, int height) {
      wide = format.bitDepth() > 8;
      for (int i = 0; i < 3; i++) {
        planes[i] = new ByteArrayOutputStream();
        int shift = i > 0 ? format.subsamplingX() : 0;
        widths[i] = (width + shift) >> shift;
      }
    }

    @Override
    public void rows(int plane, int y, int count, short[] samples, int offset, int stride) {
      for (int i = 0; i < count; i++) {
        for (int x = 0; x < widths[plane]; x++) {
          int sample = samples[offset + i * stride + x];
          planes[plane].write(sample);
          if (wide) {
            planes[plane].write(sample >> 8);
          }
        }
      }
    }

    byte[] toByteArray() {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (ByteArrayOutputStream plane : planes) {
        all.writeBytes(plane.toByteArray());
      }
      return all.toByteArray();
    }
  }
}
