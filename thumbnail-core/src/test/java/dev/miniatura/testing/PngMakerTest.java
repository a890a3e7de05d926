package dev.miniatura.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.testing.PngMaker.Color;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PngMakerTest {

  private static final BufferedImage PHOTO = TestImages.photo(61, 43);

  @ParameterizedTest
  @CsvSource({"RGB, 8, false", "RGB, 8, true", "RGB, 16, false", "RGBA, 16, true"})
  void bytes_color_decodesExactly(Color color, int depth, boolean interlaced) throws Exception {
    PngMaker maker = PngMaker.of(PHOTO).color(color, depth);

    BufferedImage decoded = Decoded.of((interlaced ? maker.interlaced() : maker).bytes());

    assertThat(Pictures.maxDifference(decoded, PHOTO)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "GRAY, 1",
    "GRAY, 2",
    "GRAY, 4",
    "GRAY, 8",
    "GRAY, 16",
    "GRAY_ALPHA, 8",
    "GRAY_ALPHA, 16"
  })
  void bytes_gray_holdsTheLuma(Color color, int depth) throws Exception {
    BufferedImage decoded = Decoded.of(PngMaker.of(PHOTO).color(color, depth).interlaced().bytes());

    int stored = decoded.getRaster().getSample(30, 20, 0);
    int luma = Pictures.luma(PHOTO.getRGB(30, 20));
    int read = decoded.getSampleModel().getSampleSize(0);
    assertThat(depth == 16 ? stored >> 8 : stored >> (read - depth))
        .isEqualTo(luma >> Math.max(0, 8 - depth));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void bytes_everyFilter_decodesExactly(int filter) throws Exception {
    byte[] png = PngMaker.of(PHOTO).filter(filter).idatBytes(100).bytes();

    assertThat(Pictures.maxDifference(Decoded.of(png), PHOTO)).isZero();
  }

  @Test
  void bytes_alpha_isKept() throws Exception {
    BufferedImage image = TestImages.translucent(40, 30);

    assertThat(Pictures.maxDifference(Decoded.of(PngMaker.of(image).bytes()), image)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "4, 18", "8, 30"})
  void bytes_palette_comesCloseWithMoreEntries(int depth, double decibels) throws Exception {
    BufferedImage decoded = Decoded.of(PngMaker.of(PHOTO).color(Color.PALETTE, depth).bytes());

    assertThat(Pictures.psnr(decoded, PHOTO)).isGreaterThan(decibels);
  }

  @Test
  void bytes_paletteOfFewColors_isExact() throws Exception {
    BufferedImage board = TestImages.marks(32, 32);

    BufferedImage decoded = Decoded.of(PngMaker.of(board).color(Color.PALETTE, 4).bytes());

    assertThat(Pictures.maxDifference(decoded, board)).isZero();
  }

  @Test
  void bytes_paletteWithTransparency_hasOneClearEntry() throws Exception {
    BufferedImage image = TestImages.translucent(32, 32);

    BufferedImage decoded = Decoded.of(PngMaker.of(image).color(Color.PALETTE, 8).bytes());

    assertThat(decoded.getRGB(0, 0)).isZero();
    assertThat(decoded.getRGB(16, 16) >>> 24).isEqualTo(255);
  }

  @Test
  void bytes_deepPicture_keepsSixteenBits() throws Exception {
    BufferedImage deep = TestImages.deep(20, 10);

    BufferedImage decoded = Decoded.of(PngMaker.of(deep).bytes());

    assertThat(decoded.getRaster().getPixel(13, 7, new int[3]))
        .isEqualTo(deep.getRaster().getPixel(13, 7, new int[3]));
  }

  @Test
  void bytes_metadata_standsBeforeThePalette() {
    byte[] png =
        PngMaker.of(PHOTO)
            .color(Color.PALETTE, 8)
            .orientation(6)
            .gamma(45_455)
            .cicp(12, 13)
            .icc(ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData())
            .chunk("tEXt", "Title\0Hills".getBytes(StandardCharsets.ISO_8859_1))
            .idatBytes(4000)
            .bytes();

    assertThat(chunks(png))
        .startsWith("IHDR", "eXIf", "gAMA", "cICP", "iCCP", "tEXt", "PLTE", "IDAT")
        .endsWith("IEND");
  }

  private static List<String> chunks(byte[] png) {
    ByteBuffer buffer = ByteBuffer.wrap(png);
    List<String> types = new ArrayList<>();
    for (int at = 8; at < png.length; at += 12 + buffer.getInt(at)) {
      types.add(new String(png, at + 4, 4, StandardCharsets.ISO_8859_1));
    }
    return types;
  }
}
