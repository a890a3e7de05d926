package dev.miniatura.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.testing.TiffMaker.Color;
import dev.miniatura.testing.TiffMaker.Compression;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TiffMakerTest {

  private static final BufferedImage PHOTO = TestImages.photo(61, 43);

  @ParameterizedTest
  @EnumSource(Compression.class)
  void bytes_everyCompression_decodesExactly(Compression compression) throws Exception {
    BufferedImage marks = TestImages.marks(300, 43);
    TiffMaker photo = TiffMaker.of(PHOTO).compression(compression);
    TiffMaker flat = TiffMaker.of(marks).compression(compression).bigEndian().rowsPerStrip(43);

    assertThat(Pictures.maxDifference(Decoded.of(photo.bytes()), PHOTO)).isZero();
    assertThat(Pictures.maxDifference(Decoded.of(flat.bytes()), marks)).isZero();
  }

  @Test
  void bytes_alpha_decodesExactly() throws Exception {
    BufferedImage image = TestImages.translucent(40, 30);

    assertThat(Pictures.maxDifference(Decoded.of(TiffMaker.of(image).bytes()), image)).isZero();
  }

  @Test
  void bytes_deepPicture_keepsSixteenBits() throws Exception {
    BufferedImage deep = TestImages.deep(20, 10);

    BufferedImage little = Decoded.of(TiffMaker.of(deep).bytes());
    BufferedImage big = Decoded.of(TiffMaker.of(deep).bigEndian().bytes());

    int[] expected = deep.getRaster().getPixel(13, 7, new int[3]);
    assertThat(little.getRaster().getPixel(13, 7, new int[3])).isEqualTo(expected);
    assertThat(big.getRaster().getPixel(13, 7, new int[3])).isEqualTo(expected);
  }

  @Test
  void bytes_gray_holdsTheLuma() throws Exception {
    BufferedImage decoded = Decoded.of(TiffMaker.of(PHOTO).color(Color.GRAY, 8).bytes());

    assertThat(decoded.getRaster().getSample(30, 20, 0))
        .isEqualTo(Pictures.luma(PHOTO.getRGB(30, 20)));
  }

  @Test
  void bytes_cmyk_showsThePicture() throws Exception {
    BufferedImage decoded =
        Decoded.of(TiffMaker.of(TestImages.marks(64, 64)).color(Color.CMYK, 8).bytes());

    assertThat(Pictures.corners(decoded)).isEqualTo("RGBY");
  }

  @Test
  void bytes_pages_formAChain() throws Exception {
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    byte[] tiff =
        TiffMaker.of(PHOTO).page(TestImages.marks(20, 10)).icc(profile).orientation(6).bytes();

    ImageReader reader = ImageIO.getImageReadersByFormatName("tiff").next();
    ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(tiff));
    reader.setInput(in);

    assertThat(reader.getNumImages(true)).isEqualTo(2);
    assertThat(reader.read(1).getHeight()).isEqualTo(10);
    reader.dispose();
  }
}
