package dev.miniatura.internal.png;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Raster;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

class PngEncoderTest {

  private static final int HEADER = 8 + 8;

  @Test
  void encode_noise_keepsItsLayout() {
    assertThat(layout(noise(ColorKind.GRAY, false))).containsExactly(8, 0);
    assertThat(layout(noise(ColorKind.GRAY, true))).containsExactly(8, 4);
    assertThat(layout(noise(ColorKind.RGB, false))).containsExactly(8, 2);
    assertThat(layout(noise(ColorKind.RGB, true))).containsExactly(8, 6);
  }

  @Test
  void encode_opaqueAlpha_isDropped() {
    Raster rgb = noise(ColorKind.RGB, true);
    Arrays.fill(rgb.channel(3), (byte) 255);
    assertThat(layout(rgb)).containsExactly(8, 2);
    Raster gray = noise(ColorKind.GRAY, true);
    Arrays.fill(gray.channel(1), (byte) 255);
    assertThat(layout(gray)).containsExactly(8, 0);
  }

  @Test
  void encode_equalChannels_becomeGray() {
    for (boolean alpha : new boolean[] {false, true}) {
      Raster raster = noise(ColorKind.RGB, alpha);
      System.arraycopy(raster.channel(0), 0, raster.channel(1), 0, raster.channel(0).length);
      System.arraycopy(raster.channel(0), 0, raster.channel(2), 0, raster.channel(0).length);
      assertThat(layout(raster)).containsExactly(8, alpha ? 4 : 0);
    }
  }

  @Test
  void encode_fewGrayLevels_takesFewerBits() {
    for (int bits : new int[] {1, 2, 4}) {
      Raster raster = noise(ColorKind.GRAY, false);
      byte[] samples = raster.channel(0);
      int step = 255 / ((1 << bits) - 1);
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (byte) ((samples[i] & 0xff) >> (8 - bits) & 0xff);
        samples[i] *= (byte) step;
      }
      assertThat(layout(raster)).containsExactly(bits, 0);
    }
  }

  @Test
  void encode_fewColors_takesThePalette() {
    int[] bits = {1, 2, 4, 4, 8, 8};
    int[] colors = {2, 3, 5, 16, 17, 256};
    for (int i = 0; i < colors.length; i++) {
      assertThat(layout(ofColors(colors[i], 200, 150))).containsExactly(bits[i], 3);
    }
    assertThat(layout(ofColors(257, 200, 150))).containsExactly(8, 2);
  }

  @Test
  void encode_onePixel_isTiny() {
    Raster raster = Raster.withAlpha(1, 1, ColorKind.RGB);
    assertThat(PngEncoder.encode(raster, PngOptions.DEFAULT)).hasSizeLessThan(90);
  }

  @Test
  void encode_profile_isCompressedAfterTheHeader() throws Exception {
    byte[] profile = new byte[3000];
    new Random(1).nextBytes(profile);
    byte[] file = PngEncoder.encode(noise(ColorKind.RGB, false), new PngOptions(9, profile));
    int start = 8 + 12 + 13;
    int length = intAt(file, start);
    assertThat(new String(file, start + 4, 8, StandardCharsets.ISO_8859_1)).isEqualTo("iCCPicc\0");
    Inflater inflater = new Inflater();
    inflater.setInput(file, start + 8 + 5, length - 5);
    byte[] found = new byte[4000];
    assertThat(inflater.inflate(found)).isEqualTo(3000);
    assertThat(inflater.finished()).isTrue();
    inflater.end();
    assertThat(found).startsWith(profile);
  }

  @Test
  void encode_twice_givesSameBytes() {
    Raster raster = noise(ColorKind.RGB, true);
    assertThat(PngEncoder.encode(raster, PngOptions.DEFAULT))
        .isEqualTo(PngEncoder.encode(raster, PngOptions.DEFAULT));
  }

  @Test
  void encode_wrongInput_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> PngEncoder.encode(Raster.opaque(1, 1, ColorKind.YCBCR), PngOptions.DEFAULT));
    assertThatIllegalArgumentException().isThrownBy(() -> new PngOptions(0, null));
    assertThatIllegalArgumentException().isThrownBy(() -> new PngOptions(10, null));
  }

  /** Returns bit depth and color type. */
  private static int[] layout(Raster raster) {
    byte[] file = PngEncoder.encode(raster, PngOptions.DEFAULT);
    return new int[] {file[HEADER + 8], file[HEADER + 9]};
  }

  private static int intAt(byte[] file, int offset) {
    return ByteBuffer.wrap(file).getInt(offset);
  }

  private static Raster noise(ColorKind color, boolean alpha) {
    Raster raster = Raster.of(61, 43, color, alpha);
    Random random = new Random(2);
    for (int c = 0; c < raster.channelCount(); c++) {
      random.nextBytes(raster.channel(c));
    }
    return raster;
  }

  private static Raster ofColors(int colors, int width, int height) {
    Raster raster = Raster.opaque(width, height, ColorKind.RGB);
    Random random = new Random(colors);
    for (int i = 0; i < width * height; i++) {
      int color = i < colors ? i : random.nextInt(colors);
      raster.channel(0)[i] = (byte) (color * 77);
      raster.channel(1)[i] = (byte) (color >> 8);
      raster.channel(2)[i] = (byte) (color * 31 + 5);
    }
    return raster;
  }
}
