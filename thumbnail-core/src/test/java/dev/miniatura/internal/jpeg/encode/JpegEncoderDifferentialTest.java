package dev.miniatura.internal.jpeg.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;

/** The encoder's output, read by the JDK. */
class JpegEncoderDifferentialTest {

  @Test
  void encode_everySmallSize_decodesToTheSamePicture() throws IOException {
    for (int width = 1; width <= 33; width += width < 18 ? 1 : 5) {
      for (int height = 1; height <= 33; height += height < 18 ? 1 : 5) {
        for (ColorKind color : new ColorKind[] {ColorKind.GRAY, ColorKind.YCBCR}) {
          Raster raster = EncoderRasters.smooth(width, height, color);
          JpegOptions options = new JpegOptions(92, (width + height) % 2 == 0, false, null);
          assertThat(psnr(raster, decode(JpegEncoder.encode(raster, options)), 0, 3))
              .as("%d x %d %s", width, height, color)
              .isGreaterThan(40);
        }
      }
    }
  }

  @Test
  void encode_halvedChroma_decodesToTheSamePicture() throws IOException {
    for (int width = 1; width <= 36; width += 5) {
      for (int height = 1; height <= 36; height += 5) {
        Raster raster = EncoderRasters.smooth(width, height, ColorKind.YCBCR);
        JpegOptions options = new JpegOptions(92, width % 2 == 0, true, null);
        Raster decoded = decode(JpegEncoder.encode(raster, options));
        assertThat(psnr(raster, decoded, 0, 1)).isGreaterThan(40);
        assertThat(psnr(raster, decoded, 1, 3)).isGreaterThan(30);
      }
    }
  }

  @Test
  void encode_everyQuality_isAsGoodAsItsSteps() throws IOException {
    Raster raster = EncoderRasters.noisy(61, 47, ColorKind.YCBCR, 10);
    for (int quality = 1; quality <= 100; quality += 3) {
      Raster decoded =
          decode(JpegEncoder.encode(raster, new JpegOptions(quality, false, false, null)));
      double worst = 0; // root mean square of steps / 2: no coefficient is further off
      for (int k = 0; k < 64; k++) {
        worst += Math.pow(Quantizer.luma(quality).step(k) / 2.0, 2) / 64;
      }
      assertThat(psnr(raster, decoded, 0, 1))
          .isGreaterThan(10 * Math.log10(255 * 255 / (worst + 1)));
    }
  }

  @Test
  void encode_progressive_decodesToThePixelsOfBaseline() throws IOException {
    for (int quality : new int[] {3, 40, 80, 100}) {
      for (ColorKind color : new ColorKind[] {ColorKind.GRAY, ColorKind.YCBCR}) {
        for (boolean halve : new boolean[] {false, true}) {
          Raster raster = EncoderRasters.noisy(83, 59, color, quality);
          Raster baseline =
              decode(JpegEncoder.encode(raster, new JpegOptions(quality, false, halve, null)));
          Raster progressive =
              decode(JpegEncoder.encode(raster, new JpegOptions(quality, true, halve, null)));
          for (int c = 0; c < baseline.channelCount(); c++) {
            assertThat(progressive.channel(c)).isEqualTo(baseline.channel(c));
          }
        }
      }
    }
  }

  /** More symbols than are buffered, and thousands of blocks that end at the same time. */
  @Test
  void encode_largePictures_decode() throws IOException {
    Raster noise = EncoderRasters.noisy(700, 500, ColorKind.YCBCR, 11);
    Raster flat = Raster.opaque(2048, 1100, ColorKind.GRAY);
    flat.channel(0)[2048 * 900 + 17] = (byte) 200;
    for (boolean progressive : new boolean[] {false, true}) {
      JpegOptions options = new JpegOptions(96, progressive, false, null);
      assertThat(psnr(noise, decode(JpegEncoder.encode(noise, options)), 0, 3)).isGreaterThan(40);
      assertThat(psnr(flat, decode(JpegEncoder.encode(flat, options)), 0, 1)).isGreaterThan(70);
    }
  }

  private static double psnr(Raster expected, Raster actual, int from, int to) {
    assertThat(actual.width()).isEqualTo(expected.width());
    assertThat(actual.height()).isEqualTo(expected.height());
    assertThat(actual.channelCount()).isEqualTo(expected.channelCount());
    double error = 0;
    int samples = 0;
    for (int c = from; c < Math.min(to, expected.channelCount()); c++) {
      for (int i = 0; i < expected.channel(c).length; i++) {
        double difference = (expected.channel(c)[i] & 0xff) - (actual.channel(c)[i] & 0xff);
        error += difference * difference;
        samples++;
      }
    }
    return 10 * Math.log10(255 * 255 / (error / samples + 1e-6));
  }

  /** Reads gray or YCbCr samples, chroma enlarged, without color conversion. */
  private static Raster decode(byte[] bytes) throws IOException {
    ImageReader reader = jdkReader();
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(in);
      java.awt.image.Raster samples = reader.readRaster(0, null);
      ColorKind color = samples.getNumBands() == 1 ? ColorKind.GRAY : ColorKind.YCBCR;
      Raster raster = Raster.opaque(samples.getWidth(), samples.getHeight(), color);
      for (int c = 0; c < raster.channelCount(); c++) {
        for (int i = 0; i < raster.channel(c).length; i++) {
          int x = i % raster.width();
          raster.channel(c)[i] = (byte) samples.getSample(x, i / raster.width(), c);
        }
      }
      return raster;
    } finally {
      reader.dispose();
    }
  }

  private static ImageReader jdkReader() {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (reader.getClass().getName().startsWith("com.sun.")) {
        return reader;
      }
    }
    throw new AssertionError("the JDK has no JPEG reader");
  }
}
