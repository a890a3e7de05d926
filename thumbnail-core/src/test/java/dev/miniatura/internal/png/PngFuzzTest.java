package dev.miniatura.internal.png;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.Limits;
import dev.miniatura.ThumbnailException;
import dev.miniatura.testing.PngWriter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the bytes, decoding delivers rows or throws one of the library's own exceptions. */
class PngFuzzTest {

  private static final int[][] TYPES = {{0, 1}, {0, 16}, {2, 8}, {3, 4}, {4, 8}, {6, 16}};

  @Test
  void decode_damagedFiles_endsInRowsOrAThumbnailException() throws Exception {
    Random random = new Random(4);
    Limits limits = Limits.defaults().withWorkingBytes(32 << 20);
    int delivered = 0;
    int refused = 0;
    for (int round = 0; round < 3000; round++) {
      int[] type = TYPES[round % TYPES.length];
      PngWriter maker =
          PngWriter.random(1 + random.nextInt(40), 1 + random.nextInt(40), type[1], type[0], round);
      maker.interlaced(random.nextBoolean());
      maker.idatBytes(1 + random.nextInt(500));
      maker.chunk("gAMA", 0, 0, 0x9c, 0x40).chunk("PLTE", new byte[48]).chunk("tRNS", new byte[6]);
      maker.chunk("cICP", 12, 13, 0, 1).chunk("iCCP", 'a', 0, 0, 120, 1);
      byte[] png = maker.bytes();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        png[random.nextInt(png.length)] = (byte) random.nextInt(256);
      }
      if (random.nextInt(8) == 0) {
        png = Arrays.copyOf(png, random.nextInt(png.length));
      }
      try {
        Decoding.decode(random.nextBoolean() ? withCrcs(png) : png, limits);
        delivered++;
      } catch (ThumbnailException e) {
        refused++;
      }
    }
    assertThat(delivered).isGreaterThan(300);
    assertThat(refused).isGreaterThan(300);
  }

  /**
   * Corrects the CRCs, as far as the chunks can be walked, so that the damage is not detected by
   * them.
   */
  private static byte[] withCrcs(byte[] png) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(png, 0, Math.min(8, png.length));
    int at = 8;
    while (at + 12 <= png.length) {
      int length = ByteBuffer.wrap(png).getInt(at);
      if (length < 0 || length > png.length - at - 12) {
        break;
      }
      String name = new String(png, at + 4, 4, StandardCharsets.ISO_8859_1);
      if (!name.chars().allMatch(c -> c < 128)) {
        break;
      }
      out.writeBytes(PngWriter.chunkOf(name, Arrays.copyOfRange(png, at + 8, at + 8 + length)));
      at += 12 + length;
    }
    out.write(png, Math.min(at, png.length), Math.max(0, png.length - at));
    return out.toByteArray();
  }
}
