package dev.miniatura.internal.jpeg.encode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HuffmanEncoderTest {

  @Test
  void of_randomFrequencies_isValid() {
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      int[] frequencies = new int[256];
      int used = random.nextInt(256) + 1;
      int range = 1 << random.nextInt(1, 20);
      for (int s = 0; s < used; s++) {
        frequencies[random.nextInt(256)] = random.nextInt(range);
      }
      assertValid(frequencies);
    }
  }

  @Test
  void of_fibonacciFrequencies_isCutTo16Bits() {
    int[] frequencies = new int[256];
    int previous = 1;
    int current = 1;
    for (int s = 0; s < 40; s++) {
      frequencies[s * 5] = current;
      int next = previous + current;
      previous = current;
      current = next;
    }
    assertValid(frequencies);
  }

  @Test
  void of_everySymbolOnce_isValid() {
    int[] frequencies = new int[256];
    Arrays.fill(frequencies, 1);
    assertValid(frequencies);
  }

  @Test
  void of_oneSymbol_getsOneBit() {
    int[] frequencies = new int[256];
    frequencies[77] = 9;
    int[] codes = new int[256];
    HuffmanEncoder.of(frequencies, 0).fill(codes, 0);
    assertThat(codes[77]).isEqualTo(1 << 16);
  }

  @Test
  void of_shortCodes_areOptimal() {
    Random random = new Random(6);
    for (int i = 0; i < 50; i++) {
      int[] frequencies = new int[256];
      for (int s = 0; s < 100; s++) {
        frequencies[s] = random.nextInt(1, 1000);
      }
      int[] codes = new int[256];
      HuffmanEncoder.of(frequencies, 0).fill(codes, 0);
      long bits = 0;
      for (int s = 0; s < 256; s++) {
        bits += (long) frequencies[s] * (codes[s] >>> 16);
      }
      assertThat(bits).isEqualTo(optimalBits(frequencies));
    }
  }

  private static void assertValid(int[] frequencies) {
    int[] codes = new int[256];
    HuffmanEncoder.of(frequencies, 0).fill(codes, 0);
    long space = 0; // Kraft sum in units of 2^-16
    for (int s = 0; s < 256; s++) {
      int length = codes[s] >>> 16;
      assertThat(length > 0).isEqualTo(frequencies[s] > 0);
      if (length > 0) {
        assertThat(length).isLessThanOrEqualTo(16);
        assertThat(codes[s] & 0xffff).isLessThan((1 << length) - 1);
        space += 1L << (16 - length);
        for (int t = 0; t < 256; t++) {
          if (codes[t] != 0 && frequencies[t] > frequencies[s]) {
            assertThat(codes[t] >>> 16).isLessThanOrEqualTo(length);
          }
        }
      }
    }
    assertThat(space).isLessThan(1 << 16);
  }

  /** The textbook algorithm, with one more symbol of frequency 0 for the code of all ones. */
  private static long optimalBits(int[] frequencies) {
    PriorityQueue<Long> queue = new PriorityQueue<>(Comparator.naturalOrder());
    queue.add(0L);
    for (int frequency : frequencies) {
      if (frequency > 0) {
        queue.add((long) frequency);
      }
    }
    long bits = 0;
    while (queue.size() > 1) {
      long sum = queue.remove() + queue.remove();
      bits += sum;
      queue.add(sum);
    }
    return bits;
  }
}
