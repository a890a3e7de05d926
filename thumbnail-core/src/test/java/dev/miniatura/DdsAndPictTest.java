package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twelvemonkeys.imageio.plugins.pict.PICTImageWriterSpi;
import dev.miniatura.testing.Pictures;
import dev.miniatura.testing.TestImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;

/** Formats whose signature lies deep, or that hold blocks of pixels. */
class DdsAndPictTest {

  private static final BufferedImage PICTURE = TestImages.photo(48, 32);

  private static BufferedImage render(byte[] file) throws IOException {
    return Thumbnailer.create().renderImage(ImageSource.of(file), ThumbnailSpec.fit(48, 48));
  }

  private static String format(byte[] file) throws IOException {
    return Thumbnailer.create().probe(ImageSource.of(file)).format();
  }

  private static void assertShown(byte[] file) throws IOException {
    BufferedImage shown = render(file);
    for (int i = 0; i < 48 * 32; i++) {
      int rgb = PICTURE.getRGB(i % 48, i / 48);
      assertThat(Pictures.maxDifference(shown.getRGB(i % 48, i / 48), rgb)).isZero();
    }
  }

  /** Returns a surface of 32 bits per pixel. */
  private static byte[] dds() {
    ByteBuffer file = ByteBuffer.allocate(128 + 4 * 48 * 32).order(ByteOrder.LITTLE_ENDIAN);
    file.put("DDS ".getBytes(StandardCharsets.US_ASCII)).putInt(124).putInt(0x100f);
    file.putInt(32).putInt(48).putInt(4 * 48);
    file.putInt(76, 32).putInt(80, 0x41).putInt(88, 32);
    file.putInt(92, 0xff0000).putInt(96, 0xff00).putInt(100, 0xff).putInt(104, 0xff000000);
    file.putInt(108, 0x1000).position(128);
    for (int i = 0; i < 48 * 32; i++) {
      file.putInt(PICTURE.getRGB(i % 48, i / 48));
    }
    return file.array();
  }

  private static byte[] pict() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageWriter writer = new PICTImageWriterSpi().createWriterInstance(null);
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
      writer.setOutput(out);
      writer.write(PICTURE);
    }
    return file.toByteArray();
  }

  @Test
  void render_dds_isThePicture() throws IOException {
    assertThat(format(dds())).isEqualTo("DDS");
    assertShown(dds());
  }

  @Test
  void render_pict_isThePicture() throws IOException {
    assertThat(format(pict())).isEqualTo("PICT");
    assertShown(pict());
  }

  @Test
  void render_cutOff_isTypedOrShown() throws IOException {
    for (byte[] file : new byte[][] {dds(), pict()}) {
      for (int length : new int[] {130, 540, file.length / 2}) {
        try {
          render(Arrays.copyOf(file, length));
        } catch (ThumbnailException e) {
          assertThat(e.getMessage()).isNotEmpty();
        }
      }
    }
    assertThatThrownBy(() -> render(Arrays.copyOf(dds(), 60)))
        .isInstanceOf(ThumbnailException.class);
  }
}
