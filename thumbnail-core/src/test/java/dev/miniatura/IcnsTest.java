package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.testing.PngMaker;
import dev.miniatura.testing.TestImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** macOS icons with JPEG 2000, which is not supported, with and without PNG. */
class IcnsTest {

  private static final byte[] JPEG_2000 = {
    0,
    0,
    0,
    12,
    'j',
    'P',
    ' ',
    ' ',
    13,
    10,
    (byte) 0x87,
    10,
    0,
    0,
    0,
    20,
    'f',
    't',
    'y',
    'p',
    'j',
    'p',
    '2',
    ' ',
    0,
    0,
    0,
    0,
    'j',
    'p',
    '2',
    ' '
  };

  private static byte[] entry(String type, byte[] content) {
    return ByteBuffer.allocate(8 + content.length)
        .put(type.getBytes(StandardCharsets.US_ASCII))
        .putInt(8 + content.length)
        .put(content)
        .array();
  }

  private static byte[] icons(byte[]... entries) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] each : entries) {
      all.writeBytes(each);
    }
    return entry("icns", all.toByteArray());
  }

  private static byte[] png(int side, int color) {
    return PngMaker.of(TestImages.solid(side, side, color)).bytes();
  }

  private static BufferedImage render(byte[] file, int side) throws IOException {
    return Thumbnailer.create().renderImage(ImageSource.of(file), ThumbnailSpec.fit(side, side));
  }

  @Test
  void render_jpeg2000BesidePng_showsTheBestThatCanBeRead() throws IOException {
    byte[] file =
        icons(
            entry("ic08", JPEG_2000), // 256
            entry("ic07", png(128, 0xff0000)),
            entry("ic11", png(32, 0x00ff00)));
    assertThat(render(file, 200).getRGB(60, 60)).isEqualTo(0xffff0000);
    assertThat(render(file, 100).getRGB(60, 60)).isEqualTo(0xffff0000);
    assertThat(render(file, 20).getRGB(10, 10)).isEqualTo(0xff00ff00);
    Thumbnailer thumbnailer = Thumbnailer.create();
    assertThat(thumbnailer.probe(ImageSource.of(file)).width()).isEqualTo(128);
    ThumbnailSpec spec = ThumbnailSpec.fit(200, 200);
    assertThat(thumbnailer.render(ImageSource.of(file), spec.strict(true)).notes())
        .containsExactly("ICNS: JPEG 2000 is not supported; another of its pictures is shown");
  }

  @Test
  void render_jpeg2000Alone_isRefusedByName() {
    byte[] file = icons(entry("ic08", JPEG_2000));
    assertThatThrownBy(() -> render(file, 100))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("JPEG 2000");
  }
}
