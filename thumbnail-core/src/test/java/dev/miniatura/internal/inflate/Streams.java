package dev.miniatura.internal.inflate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.Deflater;

/** Data and compressed streams for tests, and the reader under test in one call. */
final class Streams {

  private Streams() {}

  /** A stream in segments of a given length. */
  static final class Segments extends CompressedInput {
    private final byte[] data;
    private final int length;

    Segments(byte[] data, int length) {
      super("TEST");
      this.data = data;
      this.length = length;
      array = data;
    }

    @Override
    public boolean next() {
      limit = Math.min(data.length, limit + length);
      return position < limit;
    }

    @Override
    public long offset() {
      return position;
    }
  }

  static byte[] inflate(byte[] stream, int segment) throws IOException {
    ZlibWindow window = new ZlibWindow(new Segments(stream, segment), 1000);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (window.require(1000) > 0) {
      assertThat(window.array.length - window.limit).isGreaterThanOrEqualTo(ZlibWindow.READABLE);
      int taken = Math.min(window.limit - window.position, 1000);
      out.write(window.array, window.position, taken);
      window.position += taken;
    }
    if (window.truncated()) {
      throw new EOFException("truncated");
    }
    return out.toByteArray();
  }

  static byte[] deflate(byte[] data, int level, int strategy) {
    Deflater deflater = new Deflater(level);
    deflater.setStrategy(strategy);
    deflater.setInput(data);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[4096];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }

  /** Data of one of several kinds, from incompressible to constant. */
  static byte[] data(int kind, int length, Random random) {
    byte[] data = new byte[length];
    for (int i = 0; i < length; i++) {
      data[i] =
          switch (kind) {
            case 0 -> (byte) random.nextInt(256);
            case 1 -> (byte) Math.round(random.nextGaussian() * 3);
            case 2 -> (byte) Math.round(random.nextGaussian() * 40);
            case 3 ->
                "the quick brown fox "
                    .getBytes(StandardCharsets.US_ASCII)[(i + random.nextInt(40) / 39) % 20];
            case 4 -> (byte) (i % (1 + length / 300) == 0 ? random.nextInt(4) : 0);
            case 5 -> (byte) Math.min(255, -Math.log(random.nextDouble()) * 12);
            default -> i < 32_768 ? (byte) ((i * i) >> 7) : data[i - 32_768];
          };
    }
    return data;
  }

  static final int KINDS = 7;
}
