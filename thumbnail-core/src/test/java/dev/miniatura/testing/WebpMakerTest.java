package dev.miniatura.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebpMakerTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 40", "40, 1", "16, 16", "203, 117"})
  void bytes_photo_decodesExactly(int width, int height) throws Exception {
    BufferedImage photo = TestImages.photo(width, height);

    BufferedImage decoded = Decoded.of(WebpMaker.of(photo).bytes());

    assertThat(Pictures.maxDifference(decoded, photo)).isZero();
  }

  @Test
  void bytes_noise_decodesExactly() throws Exception {
    BufferedImage noise = TestImages.noise(300, 200, 5);

    assertThat(Pictures.maxDifference(Decoded.of(WebpMaker.of(noise).bytes()), noise)).isZero();
  }

  @Test
  void bytes_alpha_decodesExactly() throws Exception {
    BufferedImage image = TestImages.translucent(50, 40);

    BufferedImage decoded = Decoded.of(WebpMaker.of(image).orientation(6).bytes());

    assertThat(Pictures.maxDifference(decoded, image)).isZero();
  }

  @Test
  void bytes_metadata_standsWhereTheContainerWantsIt() {
    byte[] webp =
        WebpMaker.of(TestImages.photo(30, 20))
            .icc(ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData())
            .orientation(8)
            .xmp("<x:xmpmeta/>")
            .bytes();

    assertThat(chunks(webp)).containsExactly("VP8X", "ICCP", "VP8L", "EXIF", "XMP ");
    assertThat(webp[20]).isEqualTo((byte) 0x2c);
  }

  @Test
  void bytes_animation_holdsAllFrames() {
    List<BufferedImage> frames = List.of(TestImages.marks(8, 8), TestImages.solid(8, 8, 0xff0000));

    assertThat(chunks(WebpMaker.animated(frames, 80).bytes()))
        .containsExactly("VP8X", "ANIM", "ANMF", "ANMF");
  }

  private static List<String> chunks(byte[] webp) {
    ByteBuffer buffer = ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN);
    List<String> types = new ArrayList<>();
    int at = 12;
    while (at < webp.length) {
      types.add(new String(webp, at, 4, StandardCharsets.ISO_8859_1));
      int size = buffer.getInt(at + 4);
      at += 8 + size + size % 2;
    }
    assertThat(buffer.getInt(4)).isEqualTo(webp.length - 8);
    return types;
  }
}
