package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.testing.Pictures;
import dev.miniatura.testing.TestImages;
import dev.miniatura.testing.TgaMaker;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TGA of every kind of pixel, written here byte by byte. */
class TgaTest {

  private static final int WIDTH = 13;
  private static final int HEIGHT = 7;
  private static final int TOP_LEFT = 0x20;

  private static byte[] file(int type, int depth, int descriptor, byte[] map, byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int entries = map.length / 4;
    out.writeBytes(
        new byte[] {
          3, (byte) (entries > 0 ? 1 : 0), (byte) type, 2, 0, (byte) entries, 0, 32, 0, 0, 0, 0
        });
    out.writeBytes(new byte[] {WIDTH, 0, HEIGHT, 0, (byte) depth, (byte) descriptor, 'i', 'd', 0});
    out.writeBytes(map);
    out.writeBytes(data);
    return out.toByteArray();
  }

  private static byte[] noise(int count) {
    byte[] bytes = new byte[count];
    SplittableRandom random = new SplittableRandom(count);
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  /** Packs stored bytes alternately as runs and as literal pixels. */
  private static byte[] runs(byte[] stored, int pixel) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    while (at < stored.length) {
      int same = pixel;
      while (at + same + pixel <= stored.length
          && same < 128 * pixel
          && Arrays.equals(stored, at, at + pixel, stored, at + same, at + same + pixel)) {
        same += pixel;
      }
      if (same > pixel) {
        out.write(0x80 | (same / pixel - 1));
        out.write(stored, at, pixel);
        at += same;
      } else {
        int count = Math.min(5 * pixel, stored.length - at);
        out.write(count / pixel - 1);
        out.write(stored, at, count);
        at += count;
      }
    }
    return out.toByteArray();
  }

  private static BufferedImage render(byte[] file) throws IOException {
    return Thumbnailer.create().renderImage(ImageSource.of(file), ThumbnailSpec.fit(999, 999));
  }

  static Stream<Arguments> depths() {
    return Stream.of(
        Arguments.of(1, 8),
        Arguments.of(1, 16),
        Arguments.of(2, 15),
        Arguments.of(2, 16),
        Arguments.of(2, 24),
        Arguments.of(2, 32),
        Arguments.of(3, 1),
        Arguments.of(3, 8),
        Arguments.of(3, 16));
  }

  /** Returns the expected color of one pixel, according to the specification. */
  private static int expected(int type, int depth, byte[] map, byte[] data, int x, int y) {
    int pixel = (depth + 7) / 8;
    int at = (y * WIDTH + x) * pixel;
    if (type == 3 && depth == 1) {
      int bit = data[y * 2 + x / 8] >> (7 - x % 8) & 1;
      return bit == 0 ? 0xff000000 : 0xffffffff;
    }
    int low = (data[at] & 0xff) | (pixel > 1 ? (data[at + 1] & 0xff) << 8 : 0);
    if (type == 1) {
      int entry = low - 2;
      if (entry < 0 || entry >= map.length / 4) {
        return 0xff000000;
      }
      return map[4 * entry + 3] << 24
          | (map[4 * entry + 2] & 0xff) << 16
          | (map[4 * entry + 1] & 0xff) << 8
          | (map[4 * entry] & 0xff);
    }
    if (type == 3) {
      return 0xff000000 | 0x010101 * (depth == 8 ? low : low >> 8);
    }
    if (depth < 24) {
      int red = Math.round((low >> 10 & 31) * 255f / 31);
      int green = Math.round((low >> 5 & 31) * 255f / 31);
      int blue = Math.round((low & 31) * 255f / 31);
      return 0xff000000 | red << 16 | green << 8 | blue;
    }
    int color = low | (data[at + 2] & 0xff) << 16;
    return color | (depth == 32 ? data[at + 3] << 24 : 0xff000000);
  }

  @ParameterizedTest
  @MethodSource("depths")
  void render_everyKindOfPixel_isAsTheSpecificationSays(int type, int depth) throws IOException {
    byte[] map = type == 1 ? noise(4 * 200) : new byte[0];
    byte[] data = noise(HEIGHT * (depth == 1 ? 2 : WIDTH * ((depth + 7) / 8)));
    for (int descriptor : new int[] {0, 0x10, 0x20, 0x30}) {
      BufferedImage image = render(file(type, depth, descriptor, map, data));
      BufferedImage unpacked =
          depth == 1
              ? image
              : render(file(type + 8, depth, descriptor, map, runs(data, (depth + 7) / 8)));
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          int column = (descriptor & 0x10) == 0 ? x : WIDTH - 1 - x;
          int row = (descriptor & 0x20) == 0 ? HEIGHT - 1 - y : y;
          int pixel = expected(type, depth, map, data, column, row);
          assertThat(image.getRGB(x, y))
              .as("%d, %d of %x", x, y, descriptor)
              .matches(actual -> pixel >>> 24 == 0 ? actual >>> 24 == 0 : actual == pixel);
          assertThat(unpacked.getRGB(x, y)).isEqualTo(image.getRGB(x, y));
        }
      }
    }
  }

  @Test
  void render_grayWithAttributes_hasAlpha() throws IOException {
    byte[] data = noise(2 * WIDTH * HEIGHT);
    BufferedImage image = render(file(3, 16, TOP_LEFT | 8, new byte[0], data));
    for (int x = 0; x < WIDTH; x++) {
      assertThat(image.getRGB(x, 0) >>> 24).isEqualTo(data[2 * x + 1] & 0xff);
      if (data[2 * x + 1] != 0) {
        assertThat(image.getRGB(x, 0) & 0xff).isEqualTo(data[2 * x] & 0xff);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 32", "3, 16"})
  void render_alphaZeroEverywhere_isOpaque(int type, int depth) throws IOException {
    byte[] data = noise(depth / 8 * WIDTH * HEIGHT);
    for (int i = depth / 8 - 1; i < data.length; i += depth / 8) {
      data[i] = 0;
    }
    BufferedImage image = render(file(type, depth, TOP_LEFT | 8, new byte[0], data));
    assertThat(image.getRGB(4, 4) >>> 24).isEqualTo(255);
    data[data.length - 1] = 1;
    assertThat(render(file(type, depth, TOP_LEFT | 8, new byte[0], data)).getRGB(4, 4) >>> 24)
        .isZero();
  }

  @Test
  void render_writtenByTheMaker_isThePicture() throws IOException {
    BufferedImage picture = TestImages.photo(90, 70);
    assertThat(Pictures.maxDifference(render(TgaMaker.bytes(picture)), picture)).isZero();
    assertThat(Pictures.maxDifference(render(TgaMaker.runLength(picture)), picture)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10})
  void render_cutFile_isGrayWhereNothingIs(int type) throws IOException {
    byte[] data = noise(3 * WIDTH * HEIGHT);
    byte[] file = file(type, 24, TOP_LEFT, new byte[0], type == 2 ? data : runs(data, 3));
    byte[] cut = Arrays.copyOf(file, file.length / 2);
    Thumbnail thumbnail =
        Thumbnailer.create()
            .render(ImageSource.of(cut), ThumbnailSpec.fit(99, 99).format(OutputFormat.PNG));
    assertThat(thumbnail.notes())
        .containsExactly("TGA: picture data ends early; what is missing is gray");
    assertThat(render(cut).getRGB(0, 0)).isEqualTo(render(file).getRGB(0, 0));
    assertThat(render(cut).getRGB(WIDTH - 1, HEIGHT - 1)).isEqualTo(0xff808080);
  }

  @Test
  void render_nothingButAHeader_isMalformed() {
    byte[] file = file(2, 24, 0, new byte[0], new byte[0]);
    assertThatThrownBy(() -> render(file)).isInstanceOf(MalformedImageException.class);
    byte[] map = file(1, 8, 0, noise(40), new byte[0]);
    assertThatThrownBy(() -> render(Arrays.copyOf(map, 30)))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("ends within its color map");
  }

  @ParameterizedTest
  @CsvSource({"1, 24", "2, 8", "3, 24", "11, 1"})
  void render_depthThatDoesNotExist_isNoTga(int type, int depth) {
    assertThatThrownBy(() -> render(file(type, depth, 0, new byte[0], new byte[99])))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("no known signature");
  }
}
