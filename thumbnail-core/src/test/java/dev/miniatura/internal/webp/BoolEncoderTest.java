package dev.miniatura.internal.webp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BoolEncoderTest {

  @Test
  void bits_anyProbabilities_comeBackWithoutReadingBeyond() {
    for (int seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      int count = random.nextInt(400);
      int skew = 1 + random.nextInt(255);
      int[] probabilities = new int[count];
      int[] bits = new int[count];
      BoolEncoder encoder = new BoolEncoder();
      for (int i = 0; i < count; i++) {
        probabilities[i] = 1 + random.nextInt(255);
        bits[i] = random.nextInt(256) < skew ? 1 : 0;
        encoder.bit(probabilities[i], bits[i]);
      }
      byte[] bytes = encoder.finish();
      BoolDecoder decoder = new BoolDecoder(bytes, 0, bytes.length);
      for (int i = 0; i < count; i++) {
        assertThat(decoder.bit(probabilities[i])).isEqualTo(bits[i]);
      }
      assertThat(decoder.hasEnded()).isFalse();
    }
  }

  /** Improbable ones push the value to its upper end, where carries run through bytes of 255. */
  @Test
  void bits_improbableOnes_carry() {
    BoolEncoder encoder = new BoolEncoder();
    int[] bits = new int[5000];
    Random random = new Random(1);
    for (int i = 0; i < bits.length; i++) {
      bits[i] = random.nextInt(50) == 0 ? 0 : 1;
      encoder.bit(255, bits[i]);
    }
    byte[] bytes = encoder.finish();
    BoolDecoder decoder = new BoolDecoder(bytes, 0, bytes.length);
    for (int bit : bits) {
      assertThat(decoder.bit(255)).isEqualTo(bit);
    }
  }
}
