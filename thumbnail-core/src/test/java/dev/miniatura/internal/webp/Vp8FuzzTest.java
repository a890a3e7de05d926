package dev.miniatura.internal.webp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.ThumbnailException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the bytes, decoding delivers all rows or throws one of the library's own exceptions. */
class Vp8FuzzTest {

  @Test
  void decode_damagedFrames_endsInRowsOrAThumbnailException() throws IOException {
    Random random = new Random(6);
    int delivered = 0;
    int refused = 0;
    for (int round = 0; round < 3000; round++) {
      int width = 1 + random.nextInt(60);
      int height = 1 + random.nextInt(60);
      byte[] frame = Vp8Writer.random(width, height, round);
      for (int flips = random.nextInt(20); flips >= 0; flips--) {
        int at = random.nextInt(random.nextInt(3) == 0 ? 60 : frame.length);
        if (at < 6 || at >= 10 || random.nextInt(50) == 0) { // sizes seldom, for time's sake
          frame[Math.min(at, frame.length - 1)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      if (random.nextInt(4) == 0) {
        frame = Arrays.copyOf(frame, random.nextInt(frame.length));
      }
      try {
        Planes planes = Planes.decode(frame);
        assertThat(planes.rows()[0]).isEqualTo(planes.height());
        delivered++;
      } catch (ThumbnailException e) {
        refused++;
      }
    }
    assertThat(delivered).isGreaterThan(300);
    assertThat(refused).isGreaterThan(300);
  }
}
