package dev.miniatura.internal.webp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.Limits;
import dev.miniatura.internal.color.YCbCr;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.Raster;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossyWebpEncoderTest {

  private static int[] pixels(byte[] file) throws IOException {
    WebpContents contents = WebpContents.read(SourceBytes.of(file));
    LossyFrame frame = LossyFrame.read(file, contents.lossy(), contents.alpha());
    int[] pixels = new int[frame.width() * frame.height()];
    frame.decode(
        (y, argb) -> System.arraycopy(argb, 0, pixels, y * frame.width(), frame.width()),
        new Deadline(Limits.defaults().time()),
        new Notes());
    return pixels;
  }

  @ParameterizedTest
  @CsvSource({"17, 5", "16, 16", "1, 1", "33, 20"})
  void encode_opaque_isASimpleFile(int width, int height) throws IOException {
    byte[] file =
        LossyWebpEncoder.encode(EncodedPictures.random(width, height, 3), LossyWebpOptions.of(75));

    assertThat(new String(file, 0, 4, US_ASCII)).isEqualTo("RIFF");
    assertThat(Riff.u32(file, 4)).isEqualTo(file.length - 8);
    assertThat(new String(file, 8, 8, US_ASCII)).isEqualTo("WEBPVP8 ");
    assertThat(file.length % 2).isZero();
    assertThat(pixels(file)).hasSize(width * height);
  }

  @Test
  void encode_colors_comeBack() throws IOException {
    int[] colors = {0xff0000, 0x00ff00, 0x0000ff, 0xffffff, 0x000000, 0x808080, 0x30a0f0};
    for (int color : colors) {
      Raster raster = Raster.opaque(40, 40, ColorKind.RGB);
      for (int c = 0; c < 3; c++) {
        Arrays.fill(raster.channel(c), (byte) (color >> (16 - 8 * c)));
      }
      for (Raster form :
          new Raster[] {raster, YCbCr.fromRgb(raster, true), YCbCr.fromRgb(raster, false)}) {
        int pixel = pixels(LossyWebpEncoder.encode(form, LossyWebpOptions.of(95)))[820];
        for (int shift = 0; shift < 24; shift += 8) {
          assertThat(pixel >> shift & 0xff)
              .describedAs("%06x in %s", color, form.color())
              .isBetween((color >> shift & 0xff) - 4, (color >> shift & 0xff) + 4);
        }
      }
    }
  }

  @Test
  void encode_gray_hasNoColor() throws IOException {
    Raster gray = Raster.opaque(50, 30, ColorKind.GRAY);
    new Random(1).nextBytes(gray.channel(0));

    for (int pixel : pixels(LossyWebpEncoder.encode(gray, LossyWebpOptions.of(30)))) {
      assertThat(pixel & 0xff).isEqualTo(pixel >> 8 & 0xff).isEqualTo(pixel >> 16 & 0xff);
    }
  }

  @Test
  void encode_alpha_comesBackAsItWas() throws IOException {
    Raster raster = Raster.withAlpha(37, 21, ColorKind.RGB);
    for (int c = 0; c < 4; c++) {
      new Random(c).nextBytes(raster.channel(c));
    }

    byte[] file = LossyWebpEncoder.encode(raster, LossyWebpOptions.of(75));

    assertThat(new String(file, 12, 4, US_ASCII)).isEqualTo("VP8X");
    assertThat(file[20]).isEqualTo((byte) 0x10);
    assertThat(Riff.u24(file, 24)).isEqualTo(36);
    assertThat(Riff.u24(file, 27)).isEqualTo(20);
    int[] pixels = pixels(file);
    for (int i = 0; i < pixels.length; i++) {
      assertThat((byte) (pixels[i] >>> 24)).isEqualTo(raster.channel(3)[i]);
    }
  }

  @Test
  void encode_opaqueAlpha_leavesItOut() throws IOException {
    Raster raster = Raster.withAlpha(8, 8, ColorKind.GRAY);
    Arrays.fill(raster.channel(1), (byte) 255);

    byte[] file = LossyWebpEncoder.encode(raster, LossyWebpOptions.of(75));

    assertThat(WebpContents.read(SourceBytes.of(file)).alpha().isPresent()).isFalse();
  }

  @Test
  void encode_profile_isEmbedded() throws IOException {
    byte[] profile = new byte[301];
    new Random(4).nextBytes(profile);

    byte[] file =
        LossyWebpEncoder.encode(
            EncodedPictures.random(20, 20, 5), new LossyWebpOptions(75, 4, profile));

    assertThat(file[20]).isEqualTo((byte) 0x20);
    assertThat(WebpContents.read(SourceBytes.of(file)).iccProfile()).isEqualTo(profile);
  }

  @Test
  void encode_tooLong_isRefused() {
    Raster raster = Raster.opaque(16384, 1, ColorKind.GRAY);

    assertThatThrownBy(() -> LossyWebpEncoder.encode(raster, LossyWebpOptions.of(75)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("16,383");
  }

  @ParameterizedTest
  @CsvSource({"-1, 4", "101, 4", "75, -1", "75, 7"})
  void options_outOfRange_areRefused(int quality, int effort) {
    assertThatThrownBy(() -> new LossyWebpOptions(quality, effort, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Knee and ends of the curve, and the formula by hand between them. */
  @ParameterizedTest
  @CsvSource({"0, 127", "25, 57", "50, 38", "75, 26", "80, 19", "90, 9", "100, 0"})
  void index_quality_followsTheCurve(int quality, int index) {
    assertThat(QualityCurve.index(quality)).isEqualTo(index);
  }
}
