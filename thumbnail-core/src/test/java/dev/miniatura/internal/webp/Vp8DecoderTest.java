package dev.miniatura.internal.webp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Vp8DecoderTest {

  /**
   * Frames in which all modes, segments, filters and partitions occur have the samples recorded
   * here as CRC-32. The records were verified once by wrapping the bytes of the writer in a file
   * and comparing with the output of libwebp's own tool, {@code dwebp -noasm -yuv} of version
   * 1.2.4: all bytes of all frames, these and 277 more. A change here is an error unless the writer
   * was changed; then the comparison must be repeated.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 149, 0, bb1d2c95",
    "136, 9, 1, 3b345b83",
    "59, 73, 2, cf49c6bf",
    "15, 111, 3, ee068341",
    "63, 13, 4, 470fe74f",
    "138, 143, 5, 68d73766",
    "12, 127, 6, e7c7ebb0",
    "137, 5, 7, d1c97973",
    "65, 107, 8, a5f4f577",
    "10, 47, 9, 3a1302d8",
    "64, 1, 10, 63f37407",
    "139, 69, 11, 91606108",
    "7, 63, 12, 3fca5403",
    "143, 1, 13, 347dcdca",
    "66, 85, 14, 48a2b934",
    "2, 123, 15, 36dc6cf1",
    "52, 13, 16, 3a9d7b0f",
    "127, 121, 17, ff276df5",
    "1, 105, 18, 005f1196",
    "126, 5, 19, 913d2c66",
    "54, 137, 20, 82e298b7",
    "19, 25, 21, 6772057c",
    "53, 1, 22, ac03346a",
    "128, 99, 23, 42d9af03"
  })
  void decode_randomFrame_hasTheRecordedSamples(int width, int height, long seed, String crc)
      throws IOException {
    Planes planes = Planes.decode(Vp8Writer.random(width, height, seed));

    assertThat(planes.notes()).isEmpty();
    assertThat(planes.rows()).containsExactly(height, (height + 1) / 2, (height + 1) / 2);
    assertThat(planes.crc()).isEqualTo(crc);
  }

  @Test
  void decode_oneColor_isThatColor() throws IOException {
    Planes planes = Planes.decode(Vp8Writer.solid(35, 21, 145, 54, 34));

    byte[] expected = new byte[35 * 21 + 2 * 18 * 11];
    Arrays.fill(expected, 0, 35 * 21, (byte) 145);
    Arrays.fill(expected, 35 * 21, 35 * 21 + 18 * 11, (byte) 54);
    Arrays.fill(expected, 35 * 21 + 18 * 11, expected.length, (byte) 34);
    assertThat(planes.samples()).isEqualTo(expected);
  }

  @Test
  void decode_truncatedAnywhere_isGrayBelowWhatIsThere() throws IOException {
    byte[] whole = Vp8Writer.random(70, 90, 3);
    byte[] all = Planes.decode(whole).samples();
    int partly = 0;
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      Planes planes;
      try {
        planes = Planes.decode(part);
      } catch (MalformedImageException e) {
        assertThat(e.offset()).isBetween(0L, (long) length);
        continue;
      }
      assertThat(planes.rows()).containsExactly(90, 45, 45);
      if (!planes.notes().isEmpty()) {
        partly++;
        assertThat(planes.notes()).singleElement().asString().contains("image data ends early");
        assertThat(planes.luma(69, 89)).isEqualTo(128);
      } else {
        assertThat(planes.samples()).isEqualTo(all); // only the encoder's last bits were missing
      }
    }
    assertThat(partly).isGreaterThan(100);
  }

  @Test
  void decode_truncated_keepsTheRowsAbove() throws IOException {
    byte[] whole = Vp8Writer.solid(64, 640, 200, 128, 128);

    Planes planes = Planes.decode(Arrays.copyOf(whole, whole.length - 12));

    assertThat(planes.luma(0, 0)).isEqualTo(200);
    assertThat(planes.luma(63, 639)).isEqualTo(128);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 4, 9, 10, 11})
  void decode_withoutFilter_isTheFrameThatHasNone(long seed) throws IOException {
    byte[] frame = Vp8Writer.random(75, 60, seed);
    byte[] sameOfLevelZero = Vp8Writer.random(75, 60, seed, false);

    byte[] unfiltered = Planes.decode(frame, false, Limits.defaults()).samples();

    assertThat(unfiltered).isEqualTo(Planes.decode(sameOfLevelZero).samples());
    assertThat(unfiltered).isNotEqualTo(Planes.decode(frame).samples());
  }

  @Test
  void decode_noTimeLeft_stops() {
    byte[] frame = Vp8Writer.random(70, 90, 3);
    Limits limits = Limits.defaults().withTime(Duration.ofNanos(1));

    assertThatThrownBy(() -> Planes.decode(frame, true, limits))
        .isInstanceOf(LimitExceededException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, image data is not a key frame",
    "0, 0, image data is not a key frame",
    "0, 24, image data is not a key frame",
    "3, 0, no start code",
    "6, 0, its size is 0 x 33"
  })
  void read_badHeader_isMalformed(int offset, byte value, String reason) {
    byte[] frame = Vp8Writer.solid(17, 33, 16, 128, 128);
    frame[offset] = value;

    assertThatThrownBy(() -> FrameHeader.read(frame, 0, frame.length))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining(reason);
  }
}
