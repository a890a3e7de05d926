package dev.miniatura.internal.zstd;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.MalformedImageException;
import dev.miniatura.ThumbnailException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.inflate.CompressedInput;
import io.airlift.compress.zstd.ZstdCompressor;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZstdReaderTest {

  private static final int BEYOND = 100;

  /** Bytes in segments of a length. */
  private static final class Segments extends CompressedInput {

    private final byte[] file;
    private final int length;
    private int at;

    Segments(byte[] file, int length) {
      super("TEST");
      this.file = file;
      this.length = length;
    }

    @Override
    public boolean next() {
      array = Arrays.copyOfRange(file, at, Math.min(file.length, at + length));
      position = 0;
      limit = array.length;
      at += limit;
      return limit > 0;
    }

    @Override
    public long offset() {
      return (long) at - limit + position;
    }
  }

  private static byte[] read(byte[] file, int most, int segment) throws IOException {
    byte[] bytes = new byte[most + BEYOND];
    ZstdReader reader = new ZstdReader(new Segments(file, segment), "TEST", most);
    int count = 0;
    int some = 1;
    while (some > 0) { // in pieces, as rows are
      some = reader.read(bytes, count, Math.min(777, bytes.length - count));
      count += some;
    }
    return Arrays.copyOf(bytes, count);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  private static byte[] content(String kind, int length) {
    Random random = new Random(length);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] =
          (byte)
              switch (kind) {
                case "zeros" -> 0;
                case "noise" -> random.nextInt(256);
                case "skewed" -> (int) Math.abs(9 * random.nextGaussian());
                case "waves" -> (int) (99 * Math.sin(i / 50.0)) + random.nextInt(3);
                default ->
                    "a row of words, and words in a row".charAt(Math.floorMod(i * i, 1999) % 34);
              };
    }
    return bytes;
  }

  private static byte[] compressed(byte[] raw) {
    ZstdCompressor compressor = new ZstdCompressor();
    byte[] out = new byte[compressor.maxCompressedLength(raw.length)];
    return Arrays.copyOf(out, compressor.compress(raw, 0, raw.length, out, 0, out.length));
  }

  @ParameterizedTest
  @CsvSource({
    "zeros, 1",
    "zeros, 700000",
    "noise, 300000",
    "skewed, 300",
    "skewed, 5000",
    "skewed, 400000",
    "waves, 3000",
    "waves, 900000",
    "words, 20",
    "words, 60000",
    "words, 2000000"
  })
  void read_whatAnEncoderWrote_isThat(String kind, int length) throws IOException {
    byte[] raw = content(kind, length);
    byte[] file = compressed(raw);
    assertThat(read(file, length, 1000)).isEqualTo(raw);
    assertThat(read(file, length, 1)).isEqualTo(raw);
  }

  /** Blocks as RFC 8878 has them: as they are, and runs; skippable frames; no content at all. */
  @ParameterizedTest
  @CsvSource({
    "28b52ffd 20 03 19 0000 616263, abc",
    "28b52ffd 20 05 2a 0000 78 01 0000, xxxxx", // a run, then an empty last block
    "502a4d18 03000000 ffffff 28b52ffd 20 01 09 0000 61, a",
    "28b52ffd 20 01 09 0000 61 28b52ffd 20 01 09 0000 62, ab",
    "28b52ffd 04 00 09 0000 61 12345678, a", // a checksum, which nobody looks at
    "28b52ffd 21 00 01 09 0000 61, a", // dictionary 0 is none
    "28b52ffd 20 00 01 0000, ''"
  })
  void read_plainBlocks_areTheirBytes(String digits, String text) throws IOException {
    assertThat(new String(read(hex(digits), 10, 5), US_ASCII)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "28b52ffe 20 03 19 0000 616263", // another signature
        "28b52ffd 20 03 1f 0000 616263", // a block of the reserved type
        "28b52ffd 20 03 19 00ff 616263", // larger than a block may be
        "28b52ffd 20 03 0d 0000 00", // a compressed block of one byte
        "28b52ffd 20 03 1d 0000 000103" // sequences that end early
      })
  void read_blocksAgainstTheRules_areMalformed(String digits) {
    assertThatThrownBy(() -> read(hex(digits), 10, 100))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("Zstandard: ");
  }

  @Test
  void read_dictionaryOrHugeWindow_isNotSupported() {
    for (String digits : List.of("28b52ffd 21 07 01 09 0000 61", "28b52ffd 00 ff 09 0000 61")) {
      byte[] row = new byte[1];
      ZstdReader reader = new ZstdReader(new Segments(hex(digits), 100), "TEST", 1L << 40);
      assertThatThrownBy(() -> reader.read(row, 0, 1))
          .isInstanceOf(UnsupportedImageException.class);
    }
  }

  @Test
  void read_cutOff_isWhatBlocksThereAre() throws IOException {
    byte[] raw = content("waves", 600_000);
    byte[] file = compressed(raw);
    byte[] there = read(Arrays.copyOf(file, file.length / 2), raw.length, 1000);
    assertThat(there.length).isBetween(128 << 10, 500_000);
    assertThat(there).isEqualTo(Arrays.copyOf(raw, there.length));
  }

  @Test
  void read_damaged_failsTypedIfAtAll() {
    Random random = new Random(4);
    for (String kind : new String[] {"skewed", "waves", "words"}) {
      byte[] file = compressed(content(kind, 30_000));
      for (int i = 0; i < 1000; i++) {
        byte[] damaged = file.clone();
        for (int n = 0; n < 3; n++) {
          damaged[4 + random.nextInt(file.length - 4)] = (byte) random.nextInt();
        }
        try {
          read(damaged, 30_000, 1000);
        } catch (ThumbnailException e) {
          assertThat(e).hasMessageContaining("Zstandard");
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
    }
  }
}
