package dev.miniatura.internal.jpeg.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.ThumbnailException;
import dev.miniatura.testing.CoefficientJpeg;
import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.TestImages;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Arithmetic coding: the same coefficients as with Huffman codes give the same samples. */
class ArithmeticTest {

  private static final double[] TARGETS = {Decoded.FULL, 60, 25, 8};

  @ParameterizedTest
  @CsvSource({
    "0x11, ",
    "0x22, 0x11 0x11",
    "0x21, 0x11 0x11",
    "0x12, 0x11 0x11",
    "0x41, 0x11 0x11",
    "0x11, 0x11 0x11",
    "0x11, 0x11 0x11 0x11",
    "0x22, 0x11 0x11 0x22"
  })
  void decode_anyCoefficients_areThoseOfTheHuffmanTwin(String first, String others)
      throws IOException {
    String[] all = others == null ? new String[] {first} : (first + " " + others).split(" ");
    int[] factors = Arrays.stream(all).mapToInt(Integer::decode).toArray();
    for (int interval : new int[] {0, 1, 7}) {
      CoefficientJpeg jpeg = CoefficientJpeg.random(interval, 131, 77, 3, factors);
      jpeg.restartInterval(interval);
      int[] order = IntStream.range(0, factors.length).toArray();
      assertTwins(
          List.of(
              jpeg.baseline(),
              jpeg.baselineByComponent(order),
              jpeg.progressive(),
              jpeg.spectral()),
          List.of(
              jpeg.arithmetic(true).baseline(),
              jpeg.baselineByComponent(order),
              jpeg.progressive(),
              jpeg.spectral()));
    }
  }

  /** Any bounds of DC differences and of low frequencies, which a DAC segment sets. */
  @ParameterizedTest
  @CsvSource({"0, 0, 1", "0, 1, 63", "1, 2, 5", "2, 5, 20", "3, 3, 10", "0, 15, 2", "7, 9, 5"})
  void decode_otherConditioning_isTheHuffmanTwin(int lower, int upper, int kx) throws IOException {
    for (int interval : new int[] {0, 3}) {
      CoefficientJpeg jpeg = CoefficientJpeg.random(upper + kx, 131, 77, 3, 0x22, 0x11, 0x11);
      flatten(jpeg.coefficients(0));
      jpeg.restartInterval(interval);
      List<byte[]> huffman = List.of(jpeg.baseline(), jpeg.progressive(), jpeg.spectral());
      byte[] usual = jpeg.arithmetic(true).baseline();
      jpeg.conditioning(lower, upper, kx);
      List<byte[]> conditioned = List.of(jpeg.baseline(), jpeg.progressive(), jpeg.spectral());
      assertTwins(huffman, conditioned);
      if (interval == 0) { // statistics that differ anywhere change everything after
        assertThat(tail(conditioned.get(0))).isNotEqualTo(tail(usual));
      }
    }
  }

  private static byte[] tail(byte[] file) {
    return Arrays.copyOfRange(file, file.length - 200, file.length);
  }

  /** Makes neighboring DC coefficients differ by amounts of every class. */
  private static void flatten(short[] coefficients) {
    Random random = new Random(4);
    for (int at = 0; at < coefficients.length; at += 64) {
      int most = 1 << random.nextInt(8);
      coefficients[at] = (short) (random.nextInt(2 * most + 1) - most);
    }
  }

  @ParameterizedTest
  @EnumSource(JpegMaker.Color.class)
  void decode_pictures_areThoseOfTheHuffmanTwin(JpegMaker.Color color) throws IOException {
    for (int interval : new int[] {0, 5}) {
      assertTwins(
          List.of(
              picture(color).restartInterval(interval).bytes(),
              picture(color).restartInterval(interval).progressive().bytes()),
          List.of(
              picture(color).restartInterval(interval).arithmetic().bytes(),
              picture(color).restartInterval(interval).arithmetic().progressive().bytes()));
    }
  }

  private static JpegMaker picture(JpegMaker.Color color) {
    return JpegMaker.of(TestImages.photo(203, 117)).color(color).quality(92);
  }

  private static void assertTwins(List<byte[]> huffman, List<byte[]> arithmetic)
      throws IOException {
    for (int i = 0; i < huffman.size(); i++) {
      assertThat(arithmetic.get(i)).isNotEqualTo(huffman.get(i));
      for (double target : TARGETS) {
        Decoded expected = Decoded.of(huffman.get(i), target);
        Decoded actual = Decoded.of(arithmetic.get(i), target);
        assertThat(actual.notes()).isEmpty();
        assertThat(Arrays.deepEquals(actual.planes(), expected.planes()))
            .as("file %d, target %s", i, target)
            .isTrue();
      }
    }
  }

  @Test
  void decode_truncated_isGrayFromThereOnWithANote() throws IOException {
    byte[] file = picture(JpegMaker.Color.YCBCR).arithmetic().bytes();
    Decoded whole = Decoded.of(file, Decoded.FULL);
    Decoded half = Decoded.of(Arrays.copyOf(file, file.length / 2), Decoded.FULL);
    assertThat(half.notes())
        .singleElement()
        .asString()
        .matches("JPEG: truncated; the last \\d+ rows are gray \\(byte \\d+\\)");
    int intact = 203 * 16;
    assertThat(Arrays.copyOf(half.planes()[0], intact))
        .isEqualTo(Arrays.copyOf(whole.planes()[0], intact));
    assertThat(half.sample(0, 100, 116)).isEqualTo(128);
  }

  @Test
  void decode_damaged_endsTyped() throws IOException {
    byte[] sequential = picture(JpegMaker.Color.YCBCR).arithmetic().restartInterval(9).bytes();
    byte[] progressive = picture(JpegMaker.Color.CMYK).arithmetic().progressive().bytes();
    Random random = new Random(1);
    for (int i = 0; i < 150; i++) {
      byte[] file = (i % 2 == 0 ? sequential : progressive).clone();
      for (int j = random.nextInt(8); j >= 0; j--) {
        file[20 + random.nextInt(file.length - 20)] = (byte) random.nextInt(256);
      }
      try {
        Decoded.of(i % 3 == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file, 80);
      } catch (ThumbnailException e) {
        assertThat(e).hasMessageContaining("JPEG");
      }
    }
  }
}
