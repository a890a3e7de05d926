package dev.miniatura.internal.av1;

import dev.miniatura.Limits;
import dev.miniatura.internal.codec.CodecConfiguration;
import dev.miniatura.internal.codec.CodedBytes;
import dev.miniatura.internal.codec.PictureFormat;
import dev.miniatura.internal.codec.PictureSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.CRC32;

/** Decoded pictures as the reference decoders write them: planes in turn, little-endian. */
final class Pictures {

  private Pictures() {}

  static byte[] decode(byte[] stream, Av1Options options) throws IOException {
    Collector collector = new Collector();
    Av1Decoder.picture(CodedBytes.of(stream, 0), null, options).decode(collector);
    return collector.toByteArray();
  }

  /** Returns the options of an item without choices, for its exact picture. */
  static Av1Options exact(Limits limits) {
    return Av1Options.exact(CodecConfiguration.of("av01", CodedBytes.of(new byte[0], 0)), limits);
  }

  static long crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  private static final class Collector implements PictureSink {

    private final ByteArrayOutputStream[] planes = new ByteArrayOutputStream[3];
    private final int[] widths = new int[3];
    private boolean wide;

    @Override
    public void begin(PictureFormat format) {
      wide = format.bitDepthLuma() > 8;
      for (int i = 0; i < 3; i++) {
        planes[i] = new ByteArrayOutputStream();
        widths[i] = format.width(i);
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
