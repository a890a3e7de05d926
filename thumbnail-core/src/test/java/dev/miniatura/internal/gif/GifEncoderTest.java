package dev.miniatura.internal.gif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Raster;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GifEncoderTest {

  @Test
  void finish_oneFrame_isStill() {
    String file = text(encode(new GifOptions(256, false, 0), 100, flat(9, 9, 10)));
    assertThat(file).startsWith("GIF89a").endsWith("\0;").doesNotContain("NETSCAPE");
    assertThat(file).hasSizeLessThan(60);
  }

  @Test
  void finish_plays_areWrittenAsRepetitions() {
    Raster[] frames = {flat(9, 9, 10), flat(9, 9, 20)};
    assertThat(text(encode(new GifOptions(256, false, 0), 100, frames)))
        .contains("NETSCAPE2.0\3\1\0\0\0");
    assertThat(text(encode(new GifOptions(256, false, 1), 100, frames))).doesNotContain("NETSCAPE");
    assertThat(text(encode(new GifOptions(256, false, 300), 100, frames)))
        .contains("NETSCAPE2.0\3\1\53\1\0");
  }

  @Test
  void addFrame_sameAgain_isMerged() {
    Raster first = flat(9, 9, 10);
    Raster second = flat(9, 9, 20);
    GifOptions options = new GifOptions(256, false, 0);
    GifEncoder merged = new GifEncoder(options);
    merged.addFrame(first, 70);
    merged.addFrame(flat(9, 9, 10), 30);
    merged.addFrame(second, 100);
    assertThat(merged.finish()).isEqualTo(encode(options, 100, first, second));
  }

  @Test
  void addFrame_wrongInput_isRefused() {
    GifEncoder encoder = new GifEncoder(GifOptions.DEFAULT);
    assertThatIllegalStateException().isThrownBy(encoder::finish);
    encoder.addFrame(flat(3, 3, 0), 10);
    assertThatIllegalArgumentException().isThrownBy(() -> encoder.addFrame(flat(3, 4, 0), 10));
    assertThatIllegalArgumentException().isThrownBy(() -> encoder.addFrame(flat(65_536, 1, 0), 10));
    assertThatIllegalArgumentException().isThrownBy(() -> new GifOptions(1, false, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new GifOptions(16, false, -1));
  }

  private static byte[] encode(GifOptions options, int delay, Raster... frames) {
    GifEncoder encoder = new GifEncoder(options);
    for (Raster frame : frames) {
      encoder.addFrame(frame, delay);
    }
    return encoder.finish();
  }

  private static Raster flat(int width, int height, int level) {
    Raster raster = Raster.opaque(width, height, ColorKind.GRAY);
    Arrays.fill(raster.channel(0), (byte) level);
    return raster;
  }

  private static String text(byte[] file) {
    return new String(file, StandardCharsets.ISO_8859_1);
  }
}
