package dev.miniatura.internal.pcx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.ImageSource;
import dev.miniatura.MalformedImageException;
import dev.miniatura.ThumbnailException;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcxDecoderTest {

  private static final int WIDTH = 37;
  private static final int HEIGHT = 23;
  private static final Thumbnailer THUMBNAILER = Thumbnailer.create();

  private static int sample(int x, int y, int plane, int bits) {
    return (x * x + 7 * y + 3 * plane * x + plane) % 11 * 29 & ((1 << bits) - 1);
  }

  /** Returns a color of a palette. */
  private static int color(int index) {
    return index * 0x071d35 + 0x102030 & 0xffffff;
  }

  /** Returns the bytes of a row: a plane after the other, each of an even number of bytes. */
  private static byte[] row(int y, int bits, int planes) {
    int line = (WIDTH * bits + 15) / 16 * 2;
    byte[] row = new byte[line * planes];
    for (int plane = 0; plane < planes; plane++) {
      for (int x = 0; x < WIDTH; x++) {
        int bit = x * bits;
        int at = plane * line + bit / 8;
        row[at] = (byte) (row[at] | sample(x, y, plane, bits) << (8 - bits - bit % 8));
      }
    }
    return row;
  }

  private static void writeRuns(ByteArrayOutputStream out, byte[] row) {
    for (int at = 0; at < row.length; ) {
      int count = 1;
      while (at + count < row.length && count < 63 && row[at + count] == row[at]) {
        count++;
      }
      if (count > 1 || (row[at] & 0xc0) == 0xc0) {
        out.write(0xc0 | count);
      }
      out.write(row[at]);
      at += count;
    }
  }

  private static byte[] file(int bits, int planes, boolean runs, boolean palette) {
    ByteBuffer header = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
    header.put((byte) 10).put((byte) 5).put((byte) (runs ? 1 : 0)).put((byte) bits);
    header.putShort((short) 3).putShort((short) 4);
    header.putShort((short) (3 + WIDTH - 1)).putShort((short) (4 + HEIGHT - 1));
    for (int i = 0; i < 16 && palette; i++) {
      int at = 16 + 3 * i;
      header.put(at, (byte) (color(i) >> 16));
      header.put(at + 1, (byte) (color(i) >> 8)).put(at + 2, (byte) color(i));
    }
    header.put(65, (byte) planes).putShort(66, (short) ((WIDTH * bits + 15) / 16 * 2));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(header.array());
    for (int y = 0; y < HEIGHT; y++) {
      byte[] row = row(y, bits, planes);
      if (runs) {
        writeRuns(out, row);
      } else {
        out.writeBytes(row);
      }
    }
    if (bits == 8 && planes == 1 && palette) {
      out.write(12);
      for (int i = 0; i < 256; i++) {
        out.write(color(i) >> 16);
        out.write(color(i) >> 8);
        out.write(color(i));
      }
    }
    return out.toByteArray();
  }

  private static BufferedImage render(byte[] file) throws IOException {
    return THUMBNAILER.renderImage(ImageSource.of(file), ThumbnailSpec.fit(WIDTH, HEIGHT));
  }

  private static int index(int x, int y, int bits, int planes) {
    int index = 0;
    for (int plane = 0; plane < planes; plane++) {
      index |= sample(x, y, plane, bits) << (plane * bits);
    }
    return index;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2, true",
    "1, 3, true",
    "1, 4, true",
    "1, 4, false",
    "4, 1, true",
    "4, 1, false",
    "8, 1, true",
    "8, 1, false"
  })
  void render_indexes_areColorsOfThePalette(int bits, int planes, boolean runs) throws IOException {
    BufferedImage image = render(file(bits, planes, runs, true));
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        assertThat(image.getRGB(x, y) & 0xffffff).isEqualTo(color(index(x, y, bits, planes)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void render_trueColorAndBlackAndWhite_areThemselves(boolean runs) throws IOException {
    BufferedImage color = render(file(8, 3, runs, false));
    BufferedImage bits = render(file(1, 1, runs, true)); // whose palette nobody heeds
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int rgb = sample(x, y, 0, 8) << 16 | sample(x, y, 1, 8) << 8 | sample(x, y, 2, 8);
        assertThat(color.getRGB(x, y) & 0xffffff).isEqualTo(rgb);
        assertThat(bits.getRGB(x, y) & 0xffffff).isEqualTo(sample(x, y, 0, 1) * 0xffffff);
      }
    }
  }

  @Test
  void render_withoutPalette_isGrayOrOfTheEga() throws IOException {
    BufferedImage gray = render(file(8, 1, true, false));
    assertThat(gray.getRGB(5, 5) & 0xffffff).isEqualTo(sample(5, 5, 0, 8) * 0x10101);
    int[] ega = {0x000000, 0x0000aa, 0x00aa00, 0x00aaaa, 0xaa0000, 0xaa00aa, 0xaa5500, 0xaaaaaa};
    BufferedImage eight = render(file(1, 3, true, false));
    assertThat(eight.getRGB(5, 5) & 0xffffff).isEqualTo(ega[index(5, 5, 1, 3)]);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void render_cutOff_isGrayBelowWithANote(boolean runs) throws IOException {
    byte[] whole = file(8, 3, runs, false);
    byte[] cut = Arrays.copyOf(whole, 128 + (whole.length - 128) / 2);
    ThumbnailSpec spec = ThumbnailSpec.fit(WIDTH, HEIGHT);
    assertThat(THUMBNAILER.render(ImageSource.of(cut), spec).notes())
        .containsExactly("PCX: picture data ends early; what is missing is gray");
    BufferedImage shown = render(cut);
    assertThat(shown.getRGB(8, 8)).isEqualTo(render(whole).getRGB(8, 8));
    assertThat(shown.getRGB(8, HEIGHT - 1) & 0xffffff).isEqualTo(0x808080);
    for (int length : new int[] {100, 128}) {
      assertThatThrownBy(() -> render(Arrays.copyOf(whole, length)))
          .isInstanceOf(MalformedImageException.class);
    }
  }

  /** Planes of several bits break the plugin, which gets what is not known here. */
  @ParameterizedTest
  @CsvSource({"2, 4", "4, 4", "4, 3", "8, 2", "1, 8"})
  void render_oddPlanes_failTypedIfAtAll(int bits, int planes) throws IOException {
    try {
      render(file(bits, planes, true, true));
    } catch (ThumbnailException e) {
      assertThat(e.getMessage()).contains("PCX: ");
    }
  }

  @Test
  void render_brokenFiles_throwNothingElse() throws IOException {
    Random random = new Random(8);
    byte[] file = file(1, 4, true, true);
    for (int i = 0; i < 1000; i++) {
      byte[] broken = file.clone();
      broken[4 + random.nextInt(124)] = (byte) random.nextInt();
      broken[128 + random.nextInt(file.length - 128)] = (byte) random.nextInt();
      try {
        THUMBNAILER.render(ImageSource.of(broken), ThumbnailSpec.fit(9, 9));
      } catch (ThumbnailException e) {
        assertThat(e.getMessage()).contains("PCX");
      }
    }
  }
}
