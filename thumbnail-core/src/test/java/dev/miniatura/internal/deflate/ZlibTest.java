package dev.miniatura.internal.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

class ZlibTest {

  private static final int STORED = 0;
  private static final int FIXED = 1;
  private static final int DYNAMIC = 2;

  @Test
  void compress_shortInputs_comeBack() throws Exception {
    Random random = new Random(1);
    for (int length = 0; length <= 300; length++) {
      check(new byte[length], 1, length + 1);
      byte[] noise = new byte[length];
      random.nextBytes(noise);
      check(noise, 1, length + 1);
    }
  }

  @Test
  void compress_everyPeriod_comesBack() throws Exception {
    int[] far = {1000, 4096, 32_506, 32_767, 32_768, 32_769, 40_000, 65_535, 65_536, 65_537};
    for (int i = 1; i <= 270 + far.length; i++) {
      int period = i <= 270 ? i : far[i - 271];
      byte[] data = new byte[2 * period + 700];
      new Random(period).nextBytes(data);
      System.arraycopy(data, 0, data, period, data.length - period);
      for (int at = period; at < data.length; at++) {
        data[at] = data[at - period];
      }
      check(data, 1, period);
      if (period < 1000) {
        assertThat(compress(data, Matches.ALL, 6)).hasSizeLessThan(period + 150);
      }
    }
  }

  @Test
  void compress_farthestDistance_isUsedAndNoneBeyond() throws Exception {
    byte[] pattern = new byte[1000];
    new Random(2).nextBytes(pattern);
    for (int distance : new int[] {32_768, 32_769}) {
      byte[] data = new byte[distance + pattern.length];
      System.arraycopy(pattern, 0, data, 0, pattern.length);
      System.arraycopy(pattern, 0, data, distance, pattern.length);
      check(data, 1, data.length);
      int size = compress(data, Matches.ALL, 6).length;
      assertThat(size > 2000).isEqualTo(distance > 32_768);
    }
  }

  @Test
  void compress_rowsOfPixels_comeBack() throws Exception {
    Random random = new Random(3);
    for (int pixelBytes = 1; pixelBytes <= 4; pixelBytes++) {
      for (int colors = 1; colors <= 400; colors += colors) {
        int width = 1 + random.nextInt(300);
        int rowBytes = 1 + width * pixelBytes;
        byte[] palette = new byte[colors * pixelBytes];
        random.nextBytes(palette);
        byte[] data = new byte[rowBytes * (1 + random.nextInt(200))];
        int color = 0;
        for (int row = 0; row < data.length; row += rowBytes) {
          for (int x = 0; x < width; x++) {
            if (random.nextInt(20) == 0) {
              color = random.nextInt(colors) * pixelBytes;
            }
            System.arraycopy(palette, color, data, row + 1 + x * pixelBytes, pixelBytes);
          }
        }
        check(data, pixelBytes, rowBytes);
      }
    }
  }

  @Test
  void compress_mixedContents_comeBack() throws Exception {
    Random random = new Random(4);
    for (int i = 0; i < 200; i++) {
      byte[] data = new byte[random.nextInt(1 << (1 + random.nextInt(17)))];
      for (int at = 0; at < data.length; ) {
        int end = Math.min(data.length, at + 1 + random.nextInt(3000));
        int kind = random.nextInt(4);
        int back = at == 0 ? 0 : 1 + random.nextInt(Math.min(at, 40_000));
        int bits = 1 + random.nextInt(8);
        for (; at < end; at++) {
          data[at] =
              kind == 0 || back == 0
                  ? (byte) random.nextInt(1 << bits)
                  : kind == 1 ? (byte) (random.nextGaussian() * bits) : data[at - back];
        }
      }
      check(data, 1 + random.nextInt(4), 1 + random.nextInt(1000));
    }
  }

  @Test
  void compress_largeInputs_comeBack() throws Exception {
    byte[] data = new byte[3 << 20];
    Random random = new Random(5);
    for (int i = 0; i < data.length; i++) {
      int spread = 1 + (i >> 17); // statistics that change
      data[i] = (byte) (random.nextGaussian() * spread);
    }
    check(data, 3, 3001);
    random.nextBytes(data);
    check(data, 3, 3001);
    Arrays.fill(data, (byte) 7);
    check(data, 3, 3001);
  }

  @Test
  void compress_eachForm_isChosenWhereItIsShortest() throws Exception {
    byte[] noise = new byte[200_000];
    new Random(6).nextBytes(noise);
    assertThat(form(compress(noise, Matches.ALL, 6))).isEqualTo(STORED);
    assertThat(compress(noise, Matches.ALL, 6)).hasSizeLessThan(noise.length + 100);
    assertThat(form(compress(new byte[] {1, 2, 3}, Matches.ALL, 6))).isEqualTo(FIXED);
    assertThat(form(compress(skewed(20), Matches.ALL, 6))).isEqualTo(DYNAMIC);
  }

  /** Frequencies of Fibonacci's numbers make Huffman's codes as long as they can be. */
  @Test
  void compress_skewedFrequencies_comesBack() throws Exception {
    for (int symbols = 2; symbols <= 27; symbols++) {
      byte[] data = skewed(symbols);
      check(data, 1, data.length + 1);
    }
  }

  @Test
  void compress_tooMany_isNull() {
    byte[] data = new byte[100_000];
    Random random = new Random(7);
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) random.nextInt(9);
    }
    for (Matches matches : Matches.values()) {
      int size = compress(data, matches, 6, 3, 301).length;
      assertThat(Zlib.compress(data, 3, 301, matches, 6, size)).hasSize(size);
      assertThat(Zlib.compress(data, 3, 301, matches, 6, size - 1)).isNull();
      assertThat(Zlib.compress(data, 3, 301, matches, 6, 10)).isNull();
    }
  }

  @Test
  void compress_rowsAndNoise_takeNoMoreThanWithTheJdk() {
    int rowBytes = 1 + 3 * 200;
    byte[] data = new byte[rowBytes * 200];
    Random random = new Random(8);
    for (int at = 0; at < data.length; at++) {
      boolean edge = random.nextInt(60) == 0;
      data[at] = at < rowBytes || edge ? (byte) random.nextInt(256) : data[at - rowBytes];
    }
    assertThat(compress(data, Matches.ALL, 6, 3, rowBytes).length)
        .isLessThan(jdk(data, Deflater.DEFAULT_STRATEGY) * 101 / 100);
    byte[] noise = new byte[100_000];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) (random.nextGaussian() * 6);
    }
    assertThat(compress(noise, Matches.NONE, 6).length)
        .isLessThanOrEqualTo(jdk(noise, Deflater.HUFFMAN_ONLY));
  }

  @Test
  void compress_higherLevels_takeFewerBytes() {
    byte[] data = new byte[60_000];
    Random random = new Random(9);
    for (int at = 0; at < data.length; at++) {
      data[at] = at < 301 || random.nextInt(30) == 0 ? (byte) random.nextInt(32) : data[at - 301];
    }
    int fast = compress(data, Matches.ALL, 1, 3, 301).length;
    int usual = compress(data, Matches.ALL, 6, 3, 301).length;
    int small = compress(data, Matches.ALL, 9, 3, 301).length;
    assertThat(fast).isGreaterThan(usual);
    assertThat(usual).isGreaterThanOrEqualTo(small);
  }

  @Test
  void prefixCode_skewedCounts_isCompleteAndNotTooLong() {
    for (int most : new int[] {7, 15}) {
      for (int symbols = 1; symbols <= (most == 7 ? 19 : 40); symbols++) {
        int[] counts = new int[Math.max(symbols, 2)];
        int before = 0;
        int next = 1;
        for (int i = 0; i < symbols; i++) {
          counts[i] = next;
          next += before;
          before = counts[i];
        }
        int space = 0;
        for (int length : PrefixCode.of(counts, 0, counts.length, most).lengths) {
          assertThat(length).isBetween(1, most);
          space += 1 << (most - length);
        }
        assertThat(space).isEqualTo(1 << most);
      }
    }
  }

  private static byte[] skewed(int symbols) {
    int[] counts = new int[symbols];
    int total = 0;
    for (int i = 0; i < symbols; i++) {
      counts[i] = i < 2 ? 1 : counts[i - 1] + counts[i - 2];
      total += counts[i];
    }
    byte[] data = new byte[total];
    int at = 0;
    for (int i = 0; i < symbols; i++) {
      for (int k = 0; k < counts[i]; k++) {
        data[at++] = (byte) (i * 7);
      }
    }
    Random random = new Random(symbols);
    for (int i = total - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      byte swapped = data[i];
      data[i] = data[other];
      data[other] = swapped;
    }
    return data;
  }

  private static void check(byte[] data, int pixelBytes, int rowBytes) throws Exception {
    for (Matches matches : Matches.values()) {
      for (int level : data.length > 1 << 20 ? Set.of(6) : new TreeSet<>(Set.of(1, 4, 6, 9))) {
        byte[] stream = compress(data, matches, level, pixelBytes, rowBytes);
        assertThat(inflate(stream, data.length)).isEqualTo(data);
      }
    }
  }

  private static byte[] compress(byte[] data, Matches matches, int level) {
    return compress(data, matches, level, 1, data.length + 1);
  }

  private static byte[] compress(
      byte[] data, Matches matches, int level, int pixelBytes, int rowBytes) {
    return Objects.requireNonNull(
        Zlib.compress(data, pixelBytes, rowBytes, matches, level, Integer.MAX_VALUE));
  }

  /** Returns the form of the first block. */
  private static int form(byte[] stream) {
    return stream[2] >> 1 & 3;
  }

  private static byte[] inflate(byte[] stream, int length) throws DataFormatException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(stream);
      byte[] data = new byte[length + 1];
      int size = inflater.inflate(data);
      size += inflater.inflate(data, size, data.length - size);
      assertThat(inflater.finished()).isTrue();
      assertThat(inflater.getRemaining()).isZero();
      return Arrays.copyOf(data, size);
    } finally {
      inflater.end();
    }
  }

  private static int jdk(byte[] data, int strategy) {
    Deflater deflater = new Deflater(6);
    try {
      deflater.setStrategy(strategy);
      deflater.setInput(data);
      deflater.finish();
      byte[] buffer = new byte[2 * data.length + 100];
      int size = 0;
      while (!deflater.finished()) {
        size += deflater.deflate(buffer, size, buffer.length - size);
      }
      return size;
    } finally {
      deflater.end();
    }
  }
}
