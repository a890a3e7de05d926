package dev.miniatura.internal.webp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.Limits;
import dev.miniatura.internal.raster.Raster;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The decoder decodes a frame to the samples that the encoder expects. {@link Vp8DecoderTest} shows
 * that the decoder is right, including the loop filter; {@code scripts/check-webp} also compares
 * with libwebp.
 */
class Vp8EncoderTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
  void encode_allSizes_decodesToWhatTheEncoderHas(int effort) throws IOException {
    for (int width = 1; width <= 70; width++) {
      for (int height = 1 + (width + effort) % 7; height <= 70; height += 7) {
        int quality = (37 * width + 11 * height + effort) % 101;
        Raster picture = EncodedPictures.random(width, height, 1000L * width + height);

        assertSame(picture, quality, Effort.level(effort));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"16383, 1", "1, 16383", "700, 3", "333, 217"})
  void encode_longSides_decodesToWhatTheEncoderHas(int width, int height) throws IOException {
    assertSame(EncodedPictures.random(width, height, width), 80, Effort.level(4));
  }

  private static void assertSame(Raster picture, int quality, Effort effort) throws IOException {
    Vp8Encoder encoder = new Vp8Encoder(LimitedRangePlanes.of(picture), quality, true);
    encoder.encode(effort);

    Planes planes = Planes.decode(encoder.write(), false, Limits.defaults());

    assertThat(planes.notes()).isEmpty();
    assertThat(planes.samples())
        .describedAs("%d x %d at %d", picture.width(), picture.height(), quality)
        .isEqualTo(cropped(encoder.planes(), picture.width(), picture.height()));
  }

  private static byte[] cropped(CodedPlane[] planes, int width, int height) {
    int half = (width + 1) / 2;
    byte[] samples = new byte[width * height + 2 * half * ((height + 1) / 2)];
    int to = 0;
    for (CodedPlane plane : planes) {
      int count = plane == planes[0] ? width : half;
      int rows = plane == planes[0] ? height : (height + 1) / 2;
      for (int y = 0; y < rows; y++, to += count) {
        System.arraycopy(plane.decoded, plane.at(0, 0) + y * plane.stride, samples, to, count);
      }
    }
    return samples;
  }

  @Test
  void encode_higherQuality_isLargerAndCloser() throws IOException {
    LimitedRangePlanes picture = LimitedRangePlanes.of(EncodedPictures.landscape(160, 120));
    int size = 0;
    double error = Double.MAX_VALUE;
    for (int quality = 0; quality <= 100; quality += 10) {
      byte[] frame = Vp8Encoder.encode(picture, quality, Effort.level(4));
      double now = error(picture, Planes.decode(frame));

      assertThat(frame.length).isGreaterThan(size);
      assertThat(now).isLessThan(error);
      size = frame.length;
      error = now;
    }
    assertThat(error).isLessThan(1.5);
  }

  @Test
  void encode_moreEffort_isSmallerAtAboutTheSameError() throws IOException {
    LimitedRangePlanes picture = LimitedRangePlanes.of(EncodedPictures.landscape(160, 120));
    double[] costs = new double[7];
    for (int effort = 0; effort < costs.length; effort++) {
      byte[] frame = Vp8Encoder.encode(picture, 75, Effort.level(effort));
      // One step of quality changes both by about one percent.
      costs[effort] = Math.log(frame.length) + Math.log(error(picture, Planes.decode(frame))) / 2;
    }
    assertThat(costs[1]).isLessThan(costs[0]);
    assertThat(costs[4]).isLessThan(costs[1]);
    assertThat(costs[6]).isLessThan(costs[4] + 0.005);
  }

  private static double error(LimitedRangePlanes picture, Planes decoded) {
    double sum = 0;
    byte[] luma = picture.luma();
    for (int i = 0; i < luma.length; i++) {
      double difference = (luma[i] & 0xff) - (decoded.samples()[i] & 0xff);
      sum += difference * difference;
    }
    return sum / luma.length;
  }

  @Test
  void encode_oneColor_takesLittle() throws IOException {
    byte[] gray = new byte[256 * 256];
    Arrays.fill(gray, (byte) 90);
    byte[] chroma = new byte[128 * 128];
    Arrays.fill(chroma, (byte) 140);
    LimitedRangePlanes picture = new LimitedRangePlanes(256, 256, gray, chroma, chroma);

    byte[] frame = Vp8Encoder.encode(picture, 75, Effort.level(4));

    assertThat(frame.length).isLessThan(200);
    assertThat(error(picture, Planes.decode(frame))).isLessThan(2);
  }

  /** The bound stands for that of the format, which is reached only at 20 megapixels. */
  @ParameterizedTest
  @CsvSource({"1000000, false", "600, true", "520, true"})
  void encode_firstPartitionTooLarge_predictsMoreSimply(int most, boolean simpler)
      throws IOException {
    LimitedRangePlanes picture = LimitedRangePlanes.of(EncodedPictures.landscape(300, 300));
    byte[] usual = Vp8Encoder.encode(picture, 80, Effort.level(4));

    byte[] frame = Vp8Encoder.encode(picture, 80, Effort.level(4), most);

    int first = ((frame[0] & 0xff) | ((frame[1] & 0xff) << 8) | ((frame[2] & 0xff) << 16)) >> 5;
    assertThat(first).isLessThanOrEqualTo(most);
    assertThat(frame.length != usual.length).isEqualTo(simpler);
    assertThat(error(picture, Planes.decode(frame))).isLessThan(60);
  }

  @Test
  void encode_twice_givesTheSameBytes() {
    LimitedRangePlanes picture = LimitedRangePlanes.of(EncodedPictures.landscape(90, 70));

    assertThat(Vp8Encoder.encode(picture, 60, Effort.level(6)))
        .isEqualTo(Vp8Encoder.encode(picture, 60, Effort.level(6)));
  }
}
