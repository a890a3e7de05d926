package dev.miniatura.internal.hdr;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.ImageSource;
import dev.miniatura.MalformedImageException;
import dev.miniatura.ThumbnailException;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.UnsupportedImageException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HdrDecoderTest {

  private static final int WIDTH = 40;
  private static final int HEIGHT = 24;
  private static final Thumbnailer THUMBNAILER = Thumbnailer.create();

  /** Mantissas and exponent of a pixel: red from left to right, green downwards, in steps. */
  private static byte[] pixel(int x, int y) {
    return new byte[] {(byte) (x / 5 * 30 + 2), (byte) (y * 10), 7, (byte) (x < 20 ? 127 : 128)};
  }

  private static byte[] file(String resolution, String coding, int lines, int length, Order order) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("#?RADIANCE\n# a comment\nFORMAT=32-bit_rle_rgbe\n\n".getBytes(US_ASCII));
    out.writeBytes((resolution + "\n").getBytes(US_ASCII));
    for (int i = 0; i < lines; i++) {
      byte[] line = new byte[4 * length];
      for (int j = 0; j < length; j++) {
        System.arraycopy(order.pixel(i, j), 0, line, 4 * j, 4);
      }
      switch (coding) {
        case "flat" -> out.writeBytes(line);
        case "old" -> writeRepeats(out, line);
        default -> writeComponents(out, line);
      }
    }
    return out.toByteArray();
  }

  /** Returns the pixel at a place of a scanline. */
  private interface Order {
    byte[] pixel(int line, int place);
  }

  private static void writeRepeats(ByteArrayOutputStream out, byte[] line) {
    for (int at = 0; at < line.length; ) {
      int count = 1;
      while (at + 4 * count < line.length
          && Arrays.equals(line, at, at + 4, line, at + 4 * count, at + 4 * count + 4)) {
        count++;
      }
      out.write(line, at, 4);
      if (count > 1) {
        out.writeBytes(new byte[] {1, 1, 1, (byte) (count - 1)});
      }
      at += 4 * count;
    }
  }

  private static void writeComponents(ByteArrayOutputStream out, byte[] line) {
    int length = line.length / 4;
    out.writeBytes(new byte[] {2, 2, (byte) (length >> 8), (byte) length});
    for (int c = 0; c < 4; c++) {
      for (int x = 0; x < length; ) {
        int count = 1;
        while (x + count < length && line[4 * (x + count) + c] == line[4 * x + c]) {
          count++;
        }
        out.write(count > 1 ? 128 + count : 1);
        out.write(line[4 * x + c]);
        x += count;
      }
    }
  }

  private static byte[] file(String coding) {
    return file("-Y 24 +X 40", coding, HEIGHT, WIDTH, (line, place) -> pixel(place, line));
  }

  private static BufferedImage render(byte[] file) throws IOException {
    return THUMBNAILER.renderImage(ImageSource.of(file), ThumbnailSpec.fit(WIDTH, WIDTH));
  }

  /** What IEC 61966-2-1 makes of an amount of light. */
  private static int shown(int mantissa, int exponent) {
    double light = (mantissa + 0.5) / 256 * Math.pow(2, exponent - 128);
    double encoded = light <= 0.0031308 ? light * 12.92 : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
    return (int) Math.round(255 * Math.min(1, encoded));
  }

  private static void assertShown(BufferedImage image) {
    assertThat(image.getWidth()).isEqualTo(WIDTH);
    assertThat(image.getHeight()).isEqualTo(HEIGHT);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        byte[] pixel = pixel(x, y);
        int rgb = 0;
        for (int c = 0; c < 3; c++) {
          rgb = rgb << 8 | shown(pixel[c] & 0xff, pixel[3] & 0xff);
        }
        assertThat(image.getRGB(x, y) & 0xffffff).as("%d, %d", x, y).isEqualTo(rgb);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"flat", "old", "components"})
  void render_codings_showTheSame(String coding) throws IOException {
    assertShown(render(file(coding)));
  }

  @ParameterizedTest
  @CsvSource({"-Y +X", "-Y -X", "+Y -X", "+Y +X", "+X -Y", "-X -Y", "-X +Y", "+X +Y"})
  void render_orders_areUpright(String axes) throws IOException {
    boolean rows = axes.charAt(1) == 'Y';
    String x = axes.replaceAll(".*([-+])X.*", "$1");
    String y = axes.replaceAll(".*([-+])Y.*", "$1");
    Order order =
        (line, place) -> {
          int column = rows ? place : line;
          int row = rows ? line : place;
          return pixel(
              x.equals("+") ? column : WIDTH - 1 - column, y.equals("-") ? row : HEIGHT - 1 - row);
        };
    String resolution = axes.replace("Y", "Y " + HEIGHT).replace("X", "X " + WIDTH);
    int lines = rows ? HEIGHT : WIDTH;
    for (String coding : new String[] {"flat", "components"}) {
      assertShown(render(file(resolution, coding, lines, WIDTH + HEIGHT - lines, order)));
    }
  }

  @Test
  void render_brighterThanWhite_isWhite() throws IOException {
    byte[] light = {(byte) 128, 64, 0, (byte) 130};
    byte[] file = file("-Y 1 +X 1", "flat", 1, 1, (line, place) -> light);
    assertThat(render(file).getRGB(0, 0) & 0xffff00).isEqualTo(0xffff00);
  }

  @ParameterizedTest
  @ValueSource(strings = {"flat", "old", "components"})
  void render_cutOff_isGrayBelowWithANote(String coding) throws IOException {
    byte[] whole = file(coding);
    byte[] cut = Arrays.copyOf(whole, whole.length * 2 / 3);
    ThumbnailSpec spec = ThumbnailSpec.fit(WIDTH, WIDTH);
    assertThat(THUMBNAILER.render(ImageSource.of(cut), spec).notes())
        .containsExactly("HDR: picture data ends early; what is missing is gray");
    assertThat(render(cut).getRGB(9, 9)).isEqualTo(render(whole).getRGB(9, 9));
    assertThat(render(cut).getRGB(9, HEIGHT - 1) & 0xffffff).isEqualTo(0x808080);
  }

  @Test
  void render_damagedScanline_isGrayFromThere() throws IOException {
    byte[] file = file("components");
    int second = file.length / 2;
    while (file[second] != 2 || file[second + 1] != 2 || file[second + 3] != WIDTH) {
      second++;
    }
    file[second + 3]++;
    assertThat(THUMBNAILER.render(ImageSource.of(file), ThumbnailSpec.fit(40, 40)).notes())
        .containsExactly(
            "HDR: a scanline of another width; what is missing is gray (byte " + second + ")");
    assertThat(render(file).getRGB(9, HEIGHT - 1) & 0xffffff).isEqualTo(0x808080);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#?RADIANCE",
        "#?RADIANCE\n\n",
        "#?RADIANCE\n\n-Y 3 +Y 3\nx",
        "#?RADIANCE\n\n-Y 0 +X 3\nx",
        "#?RADIANCE\n\n-Y 3 +X 3\n",
        "#?RADIANCE\n\n-Y 1 +X 9\n\2\2\0\10xxxx",
        "#?RADIANCE\n\n-Y 1 +X 9\n\1\1\1\11xxxx"
      })
  void render_againstTheRules_isMalformed(String file) {
    assertThatThrownBy(() -> render(file.getBytes(US_ASCII)))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageStartingWith("HDR: ");
  }

  @Test
  void render_xyz_isNamed() {
    byte[] file = "#?RADIANCE\nFORMAT=32-bit_rle_xyze\n\n-Y 1 +X 1\n1234".getBytes(US_ASCII);
    assertThatThrownBy(() -> render(file)).isInstanceOf(UnsupportedImageException.class);
  }

  @Test
  void render_brokenFiles_throwNothingElse() {
    Random random = new Random(9);
    byte[][] files = {file("flat"), file("old"), file("components")};
    for (int i = 0; i < 900; i++) {
      byte[] file = files[i % 3].clone();
      for (int n = 0; n < 3; n++) {
        file[11 + random.nextInt(file.length - 11)] = (byte) random.nextInt();
      }
      try {
        render(file);
      } catch (ThumbnailException e) {
        assertThat(e.getMessage()).contains("HDR");
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }
}
