package dev.miniatura.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.testing.GifMaker.Disposal;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GifMakerTest {

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 16, 17, 128, 256})
  void bytes_everyPaletteSize_decodesToNearestColors(int colors) throws Exception {
    BufferedImage photo = TestImages.photo(203, 117);
    Palette palette = Palette.of(photo, colors);

    BufferedImage plain =
        Decoded.of(GifMaker.canvas(203, 117).maxColors(colors).frame(photo).bytes());
    BufferedImage interlaced =
        Decoded.of(GifMaker.canvas(203, 117).maxColors(colors).interlaced().frame(photo).bytes());

    assertThat(plain.getRGB(100, 60))
        .isEqualTo(palette.colors[palette.index(photo.getRGB(100, 60))]);
    assertThat(Pictures.maxDifference(interlaced, plain)).isZero();
  }

  @Test
  void bytes_noise_survivesFullCodeTables() throws Exception {
    BufferedImage noise = TestImages.noise(200, 200, 3);

    assertThat(Pictures.psnr(Decoded.of(GifMaker.of(noise).bytes()), noise)).isGreaterThan(18);
  }

  /** Every length up to some hundred, so that the last code meets every change of its width. */
  @Test
  void bytes_everyLength_endsWhereTheDecoderExpects() throws Exception {
    BufferedImage noise = TestImages.noise(400, 1, 4);
    for (int width = 1; width < 400; width++) {
      BufferedImage part = noise.getSubimage(0, 0, width, 1);
      BufferedImage decoded =
          Decoded.of(GifMaker.canvas(width, 1).maxColors(4).frame(part).bytes());
      Palette palette = Palette.of(part, 4);
      int last = palette.colors[palette.index(part.getRGB(width - 1, 0))];
      assertThat(decoded.getRGB(width - 1, 0)).isEqualTo(last);
    }
  }

  @Test
  void bytes_alpha_becomesTransparent() throws Exception {
    BufferedImage decoded = Decoded.of(GifMaker.of(TestImages.translucent(40, 30)).bytes());

    assertThat(decoded.getRGB(0, 0) >>> 24).isZero();
    assertThat(decoded.getRGB(20, 15) >>> 24).isEqualTo(255);
  }

  @Test
  void bytes_animation_hasItsFrames() throws Exception {
    byte[] gif =
        GifMaker.canvas(32, 32)
            .loops(0)
            .frame(TestImages.marks(32, 32))
            .frame(TestImages.solid(8, 8, 0x00ff00), 10, 12, 5, Disposal.RESTORE)
            .bytes();

    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(gif)));

    assertThat(reader.getNumImages(true)).isEqualTo(2);
    assertThat(reader.read(1).getWidth()).isEqualTo(8);
    reader.dispose();
  }
}
