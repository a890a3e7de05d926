package dev.miniatura.internal.icon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.ImageSource;
import dev.miniatura.MalformedImageException;
import dev.miniatura.Thumbnail;
import dev.miniatura.ThumbnailException;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.testing.Pictures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every pixel of icons built from random bits. */
class IconDecoderTest {

  private static final int WIDTH = 37; // rows end within a byte
  private static final int HEIGHT = 21;
  private static final int TRANSPARENT = 0;
  private static final Random RANDOM = new Random(7);

  /** A bitmap of an icon: its bytes, and what it shows. */
  private static final class Bitmap {

    final byte[] bytes;
    final int[] argb;

    private Bitmap(byte[] bytes, int[] argb) {
      this.bytes = bytes;
      this.argb = argb;
    }

    static Bitmap random(int bits, boolean alpha) {
      int rowBytes = (WIDTH * bits + 31) / 32 * 4;
      int maskBytes = (WIDTH + 31) / 32 * 4;
      ByteBuffer out = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
      out.putInt(40).putInt(WIDTH).putInt(2 * HEIGHT).putShort((short) 1).putShort((short) bits);
      out.position(40);
      int[] palette = RANDOM.ints(bits > 8 ? 0 : 1 << bits, 0, 1 << 24).toArray();
      Arrays.stream(palette).forEach(out::putInt);
      byte[] rows = new byte[rowBytes * HEIGHT];
      RANDOM.nextBytes(rows);
      for (int at = 3; bits == 32 && !alpha && at < rows.length; at += 4) {
        rows[at] = 0;
      }
      byte[] mask = new byte[maskBytes * HEIGHT];
      RANDOM.nextBytes(mask);
      out.put(rows).put(mask);
      int[] argb = new int[WIDTH * HEIGHT];
      for (int i = 0; i < argb.length; i++) {
        int x = i % WIDTH;
        int line = HEIGHT - 1 - i / WIDTH; // bottom-up
        int pixel = pixel(rows, line * rowBytes, x, bits);
        int color =
            bits <= 8
                ? palette[pixel]
                : bits == 16
                    ? fiveBits(pixel >> 10) << 16 | fiveBits(pixel >> 5) << 8 | fiveBits(pixel)
                    : pixel;
        boolean clear = (mask[line * maskBytes + x / 8] >> (7 - x % 8) & 1) != 0;
        argb[i] = alpha ? color : clear ? TRANSPARENT : 0xff << 24 | color;
      }
      return new Bitmap(Arrays.copyOf(out.array(), out.position()), argb);
    }

    private static int fiveBits(int value) {
      return Math.round((value & 31) * 255 / 31f);
    }

    private static int pixel(byte[] rows, int from, int x, int bits) {
      if (bits < 8) {
        return rows[from + x * bits / 8] >> (8 - bits - x * bits % 8) & ((1 << bits) - 1);
      }
      int pixel = 0;
      for (int i = bits / 8 - 1; i >= 0; i--) {
        pixel = pixel << 8 | (rows[from + x * bits / 8 + i] & 0xff);
      }
      return pixel;
    }
  }

  private static byte[] windows(int type, byte[]... pictures) {
    ByteBuffer out = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
    out.putShort((short) 0).putShort((short) type).putShort((short) pictures.length);
    int at = 6 + 16 * pictures.length;
    for (byte[] each : pictures) {
      out.putLong(0).putInt(each.length).putInt(at); // sizes and colors are left out
      out.put(at, each);
      at += each.length;
    }
    return Arrays.copyOf(out.array(), at);
  }

  private static byte[] element(String type, byte[] content) {
    return ByteBuffer.allocate(8 + content.length)
        .put(type.getBytes(StandardCharsets.US_ASCII))
        .putInt(8 + content.length)
        .put(content)
        .array();
  }

  private static byte[] mac(byte[]... elements) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Arrays.stream(elements).forEach(all::writeBytes);
    return element("icns", all.toByteArray());
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static BufferedImage shown(byte[] file) throws IOException {
    return Thumbnailer.create().renderImage(ImageSource.of(file), ThumbnailSpec.fit(500, 500));
  }

  private static void assertShown(byte[] file, int width, int[] expected) throws IOException {
    BufferedImage image = shown(file);
    assertThat(image.getWidth()).isEqualTo(width);
    for (int i = 0; i < expected.length; i++) {
      int actual = image.getRGB(i % width, i / width);
      int alpha = expected[i] >>> 24;
      assertThat(actual >>> 24).as("alpha of pixel %d", i).isEqualTo(alpha);
      if (alpha > 0) { // colors are premultiplied, and rounded, in between
        assertThat(Pictures.maxDifference(actual, expected[i]))
            .as("pixel %d", i)
            .isLessThanOrEqualTo(alpha == 255 ? 0 : 1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 8, 16, 24, 32})
  void render_bitmapWithoutAlpha_isTransparentWhereTheMaskSays(int bits) throws IOException {
    Bitmap bitmap = Bitmap.random(bits, false);
    assertShown(windows(1, bitmap.bytes), WIDTH, bitmap.argb);
    assertShown(windows(2, bitmap.bytes), WIDTH, bitmap.argb);
  }

  @Test
  void render_bitmapWithAlpha_ignoresTheMask() throws IOException {
    Bitmap bitmap = Bitmap.random(32, true);
    assertShown(windows(1, bitmap.bytes), WIDTH, bitmap.argb);
  }

  @Test
  void render_bitmapsOfOneSize_theOneWithMostBitsIsShown() throws IOException {
    Bitmap best = Bitmap.random(24, false);
    assertShown(
        windows(1, Bitmap.random(4, false).bytes, best.bytes, Bitmap.random(8, false).bytes),
        WIDTH,
        best.argb);
  }

  @Test
  void render_truncatedPicture_anotherIsShown() throws IOException {
    Bitmap whole = Bitmap.random(8, false);
    byte[] file = windows(1, whole.bytes, Bitmap.random(32, true).bytes);
    byte[] cut = Arrays.copyOf(file, file.length - 1000);
    assertShown(cut, WIDTH, whole.argb);
    ThumbnailSpec spec = ThumbnailSpec.fit(500, 500);
    Thumbnail made = Thumbnailer.create().render(ImageSource.of(cut), spec);
    assertThat(made.notes())
        .containsExactly("ICO: a picture is truncated; another of its pictures is shown");
    assertThatThrownBy(() -> Thumbnailer.create().render(ImageSource.of(cut), spec.strict(true)))
        .isInstanceOf(MalformedImageException.class);
  }

  @Test
  void render_onlyPictureTruncated_existingRowsAreShown() throws IOException {
    Bitmap bitmap = Bitmap.random(24, false);
    byte[] file = windows(1, bitmap.bytes);
    int rowBytes = (WIDTH * 24 + 31) / 32 * 4;
    BufferedImage image = shown(Arrays.copyOf(file, 22 + 40 + 5 * rowBytes));
    for (int y = HEIGHT - 5; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) { // the mask is missing
        int expected = bitmap.argb[y * WIDTH + x];
        if (expected != TRANSPARENT) {
          assertThat(image.getRGB(x, y)).isEqualTo(expected);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "is32, s8mk, 16",
    "il32, l8mk, 32",
    "ih32, h8mk, 48",
    "it32, t8mk, 128",
    "icp4, s8mk, 16"
  })
  void render_colorsWithMask_anyStorage(String type, String maskType, int side) throws IOException {
    int area = side * side;
    int[] argb = RANDOM.ints(area, 0, 4).map(i -> i * 0x10502f).toArray(); // some runs
    byte[] mask = random(area);
    ByteBuffer threeBytes = ByteBuffer.allocate(3 * area);
    ByteBuffer fourBytes = ByteBuffer.allocate(4 * area);
    byte[] planes = new byte[3 * area];
    for (int i = 0; i < area; i++) {
      fourBytes.putInt(argb[i]);
      threeBytes.put((byte) (argb[i] >> 16)).putShort((short) argb[i]);
      for (int c = 0; c < 3; c++) {
        planes[c * area + i] = (byte) (argb[i] >> (16 - 8 * c));
      }
      argb[i] |= mask[i] << 24;
    }
    byte[] runs = runLengths(planes);
    byte[] zeros = new byte[type.equals("it32") ? 4 : 0];
    byte[] masked = element(maskType, mask);
    for (byte[] content : new byte[][] {threeBytes.array(), fourBytes.array(), runs}) {
      byte[] whole = Arrays.copyOf(zeros, zeros.length + content.length);
      System.arraycopy(content, 0, whole, zeros.length, content.length);
      assertShown(mac(element(type, whole), masked), side, argb);
      assertShown(mac(masked, element(type, whole)), side, argb);
      int[] opaque = Arrays.stream(argb).map(pixel -> pixel | 0xff << 24).toArray();
      assertShown(mac(element(type, whole)), side, opaque);
    }
  }

  /** Returns literals of up to 128 bytes, and runs of 3 to 130. */
  private static byte[] runLengths(byte[] samples) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int at = 0; at < samples.length; ) {
      int same = 1;
      while (same < 130 && at + same < samples.length && samples[at + same] == samples[at]) {
        same++;
      }
      if (same >= 3) {
        out.write(same + 125);
        out.write(samples[at]);
        at += same;
      } else {
        out.write(same - 1);
        out.write(samples, at, same);
        at += same;
      }
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({"is32, 16, 3", "il32, 32, 4", "it32, 128, 4"})
  void render_uncompressedColorsCutOff_showTheirPixels(String type, int side, int bytesPerPixel)
      throws IOException {
    byte[] pixels = random(bytesPerPixel * side * side);
    byte[] file = mac(element(type, pixels));
    byte[] cut = Arrays.copyOf(file, file.length - pixels.length / 2);
    int[] expected = new int[side * side];
    for (int i = 0; i < expected.length / 2; i++) {
      int at = bytesPerPixel * (i + 1) - 3;
      int greenAndBlue = (pixels[at + 1] & 0xff) << 8 | (pixels[at + 2] & 0xff);
      expected[i] = 0xff << 24 | (pixels[at] & 0xff) << 16 | greenAndBlue;
    }

    assertShown(cut, side, expected);
    assertThat(
            Thumbnailer.create().render(ImageSource.of(cut), ThumbnailSpec.fit(side, side)).notes())
        .containsExactly("ICNS: picture data ends early; what is missing is blank");
  }

  @ParameterizedTest
  @CsvSource({"ic04, 16", "icsb, 18", "sb24, 24", "ic05, 32", "icsB, 36", "SB24, 48"})
  void render_fourChannels_haveAlpha(String type, int side) throws IOException {
    int area = side * side;
    int[] argb = RANDOM.ints(area).toArray();
    byte[] planes = new byte[4 * area];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = (byte) (argb[i % area] >> (24 - 8 * (i / area)));
    }
    byte[] runs = runLengths(planes);
    byte[] content = Arrays.copyOf("ARGB".getBytes(StandardCharsets.US_ASCII), 4 + runs.length);
    System.arraycopy(runs, 0, content, 4, runs.length);
    assertShown(mac(element(type, content)), side, argb);
  }

  @ParameterizedTest
  @CsvSource({"ics#, 16, 16", "ICN#, 32, 32", "ich#, 48, 48", "icm#, 16, 12"})
  void render_blackAndWhite_itsSecondHalfIsTheMask(String type, int width, int height)
      throws IOException {
    int area = width * height;
    byte[] content = random(area / 4);
    int[] argb = new int[area];
    for (int i = 0; i < area; i++) {
      boolean visible = (content[area / 8 + i / 8] >> (7 - i % 8) & 1) != 0;
      boolean black = (content[i / 8] >> (7 - i % 8) & 1) != 0;
      argb[i] = !visible ? TRANSPARENT : black ? 0xff << 24 : -1;
    }
    assertShown(mac(element(type, content)), width, argb);
  }

  @Test
  void render_indexes_areColorsOfTheSystem() throws IOException {
    byte[] all = new byte[256];
    for (int i = 0; i < 256; i++) {
      all[i] = (byte) i;
    }
    BufferedImage image = shown(mac(element("ics8", all)));
    assertThat(image.getRGB(0, 0)).isEqualTo(0xffffffff);
    assertThat(image.getRGB(5, 0)).isEqualTo(0xffffff00); // the cube: blue changes fastest
    assertThat(image.getRGB(6, 0)).isEqualTo(0xffffccff);
    assertThat(image.getRGB(215 % 16, 215 / 16)).isEqualTo(0xffee0000);
    assertThat(image.getRGB(254 % 16, 254 / 16)).isEqualTo(0xff111111);
    assertThat(image.getRGB(15, 15)).isEqualTo(0xff000000);
    byte[] nibbles = new byte[512];
    nibbles[0] = 0x3f;
    BufferedImage coarse = shown(mac(element("icl4", nibbles)));
    assertThat(coarse.getRGB(0, 0)).isEqualTo(0xffdd0806);
    assertThat(coarse.getRGB(1, 0)).isEqualTo(0xff000000);
    assertThat(coarse.getRGB(2, 0)).isEqualTo(0xffffffff);
  }

  @Test
  void render_anyDamage_endsTyped() {
    byte[] windows = windows(1, Bitmap.random(8, false).bytes, Bitmap.random(32, true).bytes);
    byte[] mac =
        mac(
            element("is32", runLengths(random(768))),
            element("s8mk", random(256)),
            element("ics8", random(256)),
            element("ics#", random(64)));
    Random random = new Random(3);
    for (int i = 0; i < 600; i++) {
      byte[] file = (i % 2 == 0 ? windows : mac).clone();
      for (int j = random.nextInt(6); j >= 0; j--) {
        file[6 + random.nextInt(i % 4 < 2 ? 90 : file.length - 6)] = (byte) random.nextInt(256);
      }
      byte[] damaged = i % 3 == 0 ? Arrays.copyOf(file, 7 + random.nextInt(file.length - 7)) : file;
      try {
        shown(damaged);
      } catch (ThumbnailException e) {
        assertThat(e).hasMessageNotContaining("null");
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }
}
