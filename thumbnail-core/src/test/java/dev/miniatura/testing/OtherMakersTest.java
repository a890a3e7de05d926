package dev.miniatura.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** BMP, TGA, PNM, PSD and animated PNG. */
class OtherMakersTest {

  private static final BufferedImage PHOTO = TestImages.photo(61, 43);

  @Test
  void bmp_bothDirections_decodeExactly() throws Exception {
    assertThat(Pictures.maxDifference(Decoded.of(BmpMaker.bytes(PHOTO)), PHOTO)).isZero();
    assertThat(Pictures.maxDifference(Decoded.of(BmpMaker.topDown(PHOTO)), PHOTO)).isZero();
  }

  @Test
  void tga_plainAndRunLength_decodeExactly() throws Exception {
    BufferedImage marks = TestImages.marks(300, 20);
    BufferedImage alpha = TestImages.translucent(30, 20);

    assertThat(Pictures.maxDifference(Decoded.of(TgaMaker.bytes(PHOTO)), PHOTO)).isZero();
    assertThat(Pictures.maxDifference(Decoded.of(TgaMaker.runLength(marks)), marks)).isZero();
    assertThat(Pictures.maxDifference(Decoded.of(TgaMaker.bytes(alpha)), alpha)).isZero();
  }

  @Test
  void pnm_colorAndGray_decodeExactly() throws Exception {
    BufferedImage gray = Decoded.of(PnmMaker.gray(PHOTO));

    assertThat(Pictures.maxDifference(Decoded.of(PnmMaker.rgb(PHOTO)), PHOTO)).isZero();
    assertThat(gray.getRaster().getSample(30, 20, 0))
        .isEqualTo(Pictures.luma(PHOTO.getRGB(30, 20)));
  }

  @Test
  void psd_photo_decodesExactly() throws Exception {
    assertThat(Pictures.maxDifference(Decoded.of(PsdMaker.bytes(PHOTO)), PHOTO)).isZero();
  }

  @Test
  void apng_animation_decodesToItsFirstFrame() throws Exception {
    byte[] apng = ApngMaker.bytes(List.of(PHOTO, TestImages.marks(61, 43)), 100);

    assertThat(Pictures.maxDifference(Decoded.of(apng), PHOTO)).isZero();
    assertThat(new String(apng, StandardCharsets.ISO_8859_1)).contains("acTL", "fcTL", "fdAT");
  }
}
