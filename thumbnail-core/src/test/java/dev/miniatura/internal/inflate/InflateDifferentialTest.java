package dev.miniatura.internal.inflate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.MalformedImageException;
import java.io.EOFException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every stream written by the JDK's Deflater is decompressed correctly. */
class InflateDifferentialTest {

  private static final int[] STRATEGIES = {
    Deflater.DEFAULT_STRATEGY, Deflater.FILTERED, Deflater.HUFFMAN_ONLY
  };

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10, 700, 33_000, 200_000})
  void inflate_everyLevelAndStrategy_returnsTheData(int length) throws Exception {
    for (int kind = 0; kind < Streams.KINDS; kind++) {
      byte[] data = Streams.data(kind, length, new Random(kind));
      for (int level : new int[] {0, 1, 3, 6, 9}) {
        for (int strategy : STRATEGIES) {
          byte[] stream = Streams.deflate(data, level, strategy);
          assertThat(Arrays.equals(Streams.inflate(stream, 1 << 20), data))
              .as("kind %d, level %d, strategy %d", kind, level, strategy)
              .isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 15, 16, 17, 100, 8192})
  void inflate_anySegmentLength_returnsTheData(int segment) throws Exception {
    for (int kind = 0; kind < Streams.KINDS; kind++) {
      byte[] data = Streams.data(kind, 100_000, new Random(kind));
      for (int level : new int[] {0, 6}) {
        byte[] stream = Streams.deflate(data, level, Deflater.DEFAULT_STRATEGY);
        assertThat(Arrays.equals(Streams.inflate(stream, segment), data)).isTrue();
      }
    }
  }

  @Test
  void inflate_periodsOfEveryLength_areRepeated() throws Exception {
    for (int period = 1; period <= 300; period++) {
      byte[] data = Streams.data(0, 2000, new Random(period));
      for (int i = period; i < data.length; i++) {
        data[i] = data[i - period];
      }
      byte[] stream = Streams.deflate(data, 9, Deflater.DEFAULT_STRATEGY);
      assertThat(Arrays.equals(Streams.inflate(stream, 1 << 20), data)).isTrue();
    }
  }

  @Test
  void inflate_cutOff_endsWithoutError() {
    byte[] stream =
        Streams.deflate(Streams.data(1, 5000, new Random(1)), 6, Deflater.DEFAULT_STRATEGY);
    for (int length = 0; length < stream.length; length++) {
      byte[] start = Arrays.copyOf(stream, length);
      assertThatThrownBy(() -> Streams.inflate(start, 1 << 20)).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void inflate_wrongCheckValue_saysWhere() {
    byte[] stream =
        Streams.deflate(Streams.data(1, 500, new Random(1)), 6, Deflater.DEFAULT_STRATEGY);
    stream[stream.length - 1] ^= 1;
    assertThatThrownBy(() -> Streams.inflate(stream, 1 << 20))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("incorrect data check")
        .extracting(e -> ((MalformedImageException) e).offset())
        .isEqualTo((long) stream.length);
  }
}
