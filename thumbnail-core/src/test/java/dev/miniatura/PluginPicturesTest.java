package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.testing.IffMaker;
import dev.miniatura.testing.Pictures;
import dev.miniatura.testing.PngMaker;
import dev.miniatura.testing.TestImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Formats that plugins decode: which of several pictures is shown, and which part of truncated
 * files.
 */
class PluginPicturesTest {

  private static final Thumbnailer THUMBNAILER = Thumbnailer.create();

  /** Returns an icon of PNGs, each of one color, with the colors of {@link #color}. */
  private static byte[] icon(int type, int... sides) throws IOException {
    ByteBuffer file = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
    file.putShort((short) 0).putShort((short) type).putShort((short) sides.length);
    int at = 6 + 16 * sides.length;
    for (int side : sides) {
      byte[] png = png(side);
      file.put((byte) side).put((byte) side).putShort((short) 0);
      file.putShort((short) 1).putShort((short) 32).putInt(png.length).putInt(at);
      file.put(at, png);
      at += png.length;
    }
    return Arrays.copyOf(file.array(), at);
  }

  private static byte[] png(int side) throws IOException {
    return PngMaker.of(TestImages.solid(side, side, color(side))).bytes();
  }

  private static int color(int side) {
    return side * 0x10305;
  }

  private static byte[] icns(Map<String, Integer> sides) throws IOException {
    ByteBuffer file = ByteBuffer.allocate(1 << 20);
    file.put("icns".getBytes(StandardCharsets.US_ASCII)).putInt(0);
    for (Map.Entry<String, Integer> entry : new java.util.TreeMap<>(sides).entrySet()) {
      byte[] png = png(entry.getValue());
      file.put(entry.getKey().getBytes(StandardCharsets.US_ASCII)).putInt(8 + png.length).put(png);
    }
    file.putInt(4, file.position());
    return Arrays.copyOf(file.array(), file.position());
  }

  private static int shown(byte[] file, int side) throws IOException {
    BufferedImage image =
        THUMBNAILER.renderImage(ImageSource.of(file), ThumbnailSpec.fit(side, side));
    return image.getRGB(image.getWidth() / 2, image.getHeight() / 2) & 0xffffff;
  }

  @ParameterizedTest
  @CsvSource({"16, 16", "20, 48", "48, 48", "60, 64", "64, 64", "200, 64"})
  void render_icon_smallestThatSufficesElseLargest(int target, int chosen) throws IOException {
    byte[] icon = icon(1, 16, 64, 48);
    assertThat(shown(icon, target)).isEqualTo(color(chosen));
    assertThat(THUMBNAILER.probe(ImageSource.of(icon)).width()).isEqualTo(64);
  }

  @Test
  void render_iconsOfApple_smallestThatSufficesElseLargest() throws IOException {
    byte[] icns = icns(Map.of("icp4", 16, "icp5", 32, "ic07", 128));
    assertThat(shown(icns, 16)).isEqualTo(color(16));
    assertThat(shown(icns, 100)).isEqualTo(color(128));
  }

  @Test
  void render_pictureThatCannotBeRead_anotherStandsIn() throws IOException {
    byte[] icon = icon(1, 16, 48);
    int second = ByteBuffer.wrap(icon).order(ByteOrder.LITTLE_ENDIAN).getInt(6 + 16 + 12);
    for (int from : new int[] {second, second + 45}) { // the header; the data alone
      byte[] broken = icon.clone();
      Arrays.fill(broken, from, icon.length, (byte) 0x55);
      Thumbnail made = THUMBNAILER.render(ImageSource.of(broken), ThumbnailSpec.fit(40, 40));
      assertThat(made.notes())
          .singleElement()
          .asString()
          .startsWith("ICO: ")
          .endsWith("; another of its pictures is shown");
      assertThat(shown(broken, 40)).isEqualTo(color(16));
    }
  }

  private static final BufferedImage PICTURE = TestImages.gradient(80, 60);

  /** Plugins give up, but the existing part of the file is shown. */
  @Test
  void render_cutFile_showsWhatIsThereWithANote() throws IOException {
    byte[] whole = IffMaker.gray(PICTURE);
    byte[] cut = Arrays.copyOf(whole, whole.length - 15 * IffMaker.rowBytes(80));
    ThumbnailSpec spec = ThumbnailSpec.fit(80, 60);
    assertThat(THUMBNAILER.render(ImageSource.of(cut), spec).notes())
        .containsExactly("IFF: picture data ends early; what is missing is black");
    BufferedImage shown = THUMBNAILER.renderImage(ImageSource.of(cut), spec);
    for (int y = 0; y < 45; y++) {
      for (int x = 0; x < 80; x++) {
        assertThat(shown.getRGB(x, y) & 0xff).isEqualTo(Pictures.luma(PICTURE.getRGB(x, y)));
      }
    }
    assertThatThrownBy(() -> THUMBNAILER.render(ImageSource.of(cut), spec.strict(true)))
        .isInstanceOf(MalformedImageException.class);
  }

  @Test
  void render_headerAlone_isMalformed() throws IOException {
    byte[] cut = Arrays.copyOf(IffMaker.gray(PICTURE), 100);
    assertThatThrownBy(() -> shown(cut, 10)).isInstanceOf(ThumbnailException.class);
  }
}
