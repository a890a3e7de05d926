package dev.miniatura.internal.jpeg.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JpegEncoderTest {

  private static final JpegOptions FINEST = JpegOptions.baseline(100);

  @Test
  void encode_oneWhitePixel_isSmallAndComplete() {
    Raster raster = Raster.opaque(1, 1, ColorKind.GRAY);
    raster.channel(0)[0] = (byte) 255;
    byte[] bytes = JpegEncoder.encode(raster, JpegOptions.baseline(80));
    assertThat(bytes).startsWith(0xff, 0xd8, 0xff, 0xe0).endsWith(0xff, 0xd9).hasSizeLessThan(180);
  }

  @Test
  void encode_twice_givesSameBytes() {
    Raster raster = EncoderRasters.noisy(67, 45, ColorKind.YCBCR, 7);
    for (boolean progressive : new boolean[] {false, true}) {
      JpegOptions options = new JpegOptions(75, progressive, true, null);
      assertThat(JpegEncoder.encode(raster, options))
          .isEqualTo(JpegEncoder.encode(raster, options));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ColorKind.class,
      names = {"GRAY", "YCBCR"})
  void encode_severalThreads_givesSameBytes(ColorKind color) {
    for (int[] size : new int[][] {{257, 259}, {8, 8_200}, {640, 401}, {33, 33}}) {
      Raster raster = EncoderRasters.noisy(size[0], size[1], color, 3);
      for (boolean halved : new boolean[] {false, true}) {
        for (boolean progressive : new boolean[] {false, true}) {
          JpegOptions options = new JpegOptions(85, progressive, halved, null);
          byte[] one = JpegEncoder.encode(raster, options);
          for (int threads = 2; threads < 6; threads++) {
            assertThat(JpegEncoder.encode(raster, options, threads)).isEqualTo(one);
          }
        }
      }
    }
  }

  @Test
  void encode_profile_isChunkedInOrder() throws IOException {
    byte[] profile = new byte[150_000];
    new Random(8).nextBytes(profile);
    Raster raster = EncoderRasters.smooth(9, 9, ColorKind.YCBCR);
    byte[] bytes = JpegEncoder.encode(raster, new JpegOptions(75, false, true, profile));

    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    in.skipNBytes(2);
    ByteArrayOutputStream found = new ByteArrayOutputStream();
    int pieces = 0;
    while (true) {
      in.skipNBytes(1);
      int code = in.read();
      if (code == 0xda) {
        break;
      }
      int length = (in.read() << 8 | in.read()) - 2;
      byte[] segment = in.readNBytes(length);
      if (code == 0xe2) {
        assertThat(new String(segment, 0, 12, StandardCharsets.US_ASCII))
            .isEqualTo("ICC_PROFILE\0");
        assertThat(segment[12]).isEqualTo((byte) ++pieces);
        assertThat(segment[13]).isEqualTo((byte) 3);
        found.write(segment, 14, length - 14);
      }
    }
    assertThat(pieces).isEqualTo(3);
    assertThat(found.toByteArray()).isEqualTo(profile);
  }

  @Test
  void encode_higherQuality_needsMoreBytes() {
    Raster raster = EncoderRasters.noisy(64, 64, ColorKind.YCBCR, 9);
    int previous = 0;
    for (int quality : new int[] {1, 10, 30, 50, 70, 90, 100}) {
      int size = JpegEncoder.encode(raster, JpegOptions.baseline(quality)).length;
      assertThat(size).isGreaterThan(previous);
      previous = size;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 30, 50, 80, 90, 97, 100})
  void mostBytes_isMoreThanAnyNoiseNeeds(int quality) {
    for (int size : new int[] {1, 8, 17, 200}) {
      for (int levels : new int[] {2, 3, 16, 256}) {
        for (boolean halved : new boolean[] {false, true}) {
          Raster noise = EncoderRasters.noise(size, size + 3, halved, levels, quality);
          long most = JpegEncoder.mostBytes(size, size + 3, quality, halved);
          for (boolean progressive : new boolean[] {false, true}) {
            JpegOptions options = new JpegOptions(quality, progressive, halved, null);
            assertThat(JpegEncoder.encode(noise, options).length)
                .as("%d of %d levels, halved %s", size, levels, halved)
                .isLessThanOrEqualTo((int) most);
          }
        }
      }
    }
  }

  @Test
  void mostBytes_isNotFarFromNoise() {
    int size = JpegEncoder.encode(EncoderRasters.noise(512, 512, true, 2, 1), FINEST).length;
    assertThat(JpegEncoder.mostBytes(512, 512, 100, true)).isLessThan(size * 2L);
  }

  @Test
  void encode_largeNoise_isWholeOverAllBuffers() throws IOException {
    Raster noise = Raster.opaque(700, 500, ColorKind.GRAY);
    new Random(2).nextBytes(noise.channel(0));
    byte[] file = JpegEncoder.encode(noise, FINEST);
    assertThat(JpegEncoder.encode(noise, FINEST, 2)).isEqualTo(file);
    assertThat(file.length).isGreaterThan(3 * 700 * 500 / 4); // thrice the first buffer
    int[] decoded =
        ImageIO.read(new ByteArrayInputStream(file))
            .getData()
            .getPixels(0, 0, 700, 500, (int[]) null);
    for (int i = 0; i < decoded.length; i++) {
      assertThat(Math.abs(decoded[i] - (noise.channel(0)[i] & 0xff))).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void encode_halvedRaster_equalsHalvingHere() {
    Raster full = EncoderRasters.smooth(37, 21, ColorKind.YCBCR);
    Raster halved = Raster.halvedChroma(37, 21);
    System.arraycopy(full.channel(0), 0, halved.channel(0), 0, full.channel(0).length);
    for (int c = 1; c < 3; c++) {
      for (int i = 0; i < halved.channel(c).length; i++) {
        halved.channel(c)[i] = boxMean(full, c, i % halved.width(c) * 2, i / halved.width(c) * 2);
      }
    }
    assertThat(JpegEncoder.encode(halved, JpegOptions.baseline(90)))
        .isEqualTo(JpegEncoder.encode(full, JpegOptions.baseline(90)))
        .isEqualTo(JpegEncoder.encode(halved, new JpegOptions(90, false, false, null)));
  }

  private static byte boxMean(Raster raster, int c, int x, int y) {
    int sum = 0;
    for (int i = 0; i < 4; i++) {
      int column = Math.min(x + i % 2, raster.width(c) - 1);
      int row = Math.min(y + i / 2, raster.height(c) - 1);
      sum += raster.channel(c)[row * raster.width(c) + column] & 0xff;
    }
    return (byte) Math.round(sum / 4.0);
  }

  @Test
  void encode_wrongInput_isRefused() {
    JpegOptions options = JpegOptions.baseline(80);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JpegEncoder.encode(Raster.opaque(1, 1, ColorKind.RGB), options));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JpegEncoder.encode(Raster.withAlpha(1, 1, ColorKind.GRAY), options));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JpegEncoder.encode(Raster.opaque(65_536, 1, ColorKind.GRAY), options));
    assertThatIllegalArgumentException().isThrownBy(() -> JpegOptions.baseline(0));
    assertThatIllegalArgumentException().isThrownBy(() -> JpegOptions.baseline(101));
  }
}
