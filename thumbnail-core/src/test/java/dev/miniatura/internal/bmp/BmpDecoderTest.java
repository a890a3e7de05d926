package dev.miniatura.internal.bmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.MalformedImageException;
import dev.miniatura.ThumbnailException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The decoded pixels of files, one by one: 0xAARRGGBB. */
class BmpDecoderTest {

  private static final int RED = 0xffff0000;
  private static final int GREEN = 0xff00ff00;
  private static final int BLUE = 0xff0000ff;
  private static final int WHITE = 0xffffffff;
  private static final int BLACK = 0xff000000;
  private static final int GRAY = 0xff808080;
  private static final int[] FOUR = {RED, GREEN, BLUE, WHITE};

  /** Returns a file: a header of that size, a palette, and the data after them. */
  private static byte[] file(
      int header, int width, int height, int bits, int code, int[] palette, int... data) {
    ByteBuffer out = ByteBuffer.allocate(4096 + data.length).order(ByteOrder.LITTLE_ENDIAN);
    boolean core = header == 12;
    int start = 14 + header + palette.length * (core ? 3 : 4);
    out.put((byte) 'B').put((byte) 'M').putInt(0).putInt(0).putInt(start).putInt(header);
    if (core) {
      out.putShort((short) width).putShort((short) height).putShort((short) 1);
      out.putShort((short) bits);
    } else {
      out.putInt(width).putInt(height).putShort((short) 1).putShort((short) bits);
      out.putInt(code).position(14 + 32);
      if (header >= 40) {
        out.putInt(palette.length);
      }
    }
    out.position(14 + header);
    for (int color : palette) {
      out.put((byte) color).put((byte) (color >> 8)).put((byte) (color >> 16));
      if (!core) {
        out.put((byte) 0);
      }
    }
    for (int each : data) {
      out.put((byte) each);
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  /** Sets masks, which are at the same position in all headers, and after one of 40 bytes. */
  private static byte[] masked(byte[] file, int... masks) {
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(54).asIntBuffer().put(masks);
    return file;
  }

  private static BmpDecoder open(byte[] file) throws IOException {
    return BmpDecoder.open(SourceBytes.of(file), new Deadline(Duration.ofMinutes(1)));
  }

  /** Collects pixels; those of missing rows are 0. */
  private static final class Pixels implements RowSink {
    private RasterLayout layout;
    private int[] argb = {};
    private int rows;

    @Override
    public void begin(RasterLayout announced) {
      layout = announced;
      argb = new int[announced.width() * announced.height()];
    }

    @Override
    public void row(int plane, int y, byte[] samples, int offset) {
      assertThat(y).isEqualTo(rows++);
      int at = offset;
      for (int x = 0; x < layout.width(); x++) {
        int pixel = 0;
        for (int c = 0; c < 3; c++) {
          pixel = pixel << 8 | (samples[at++] & 0xff);
        }
        int alpha = layout.alpha() ? samples[at++] & 0xff : 255;
        argb[y * layout.width() + x] = alpha << 24 | pixel;
      }
    }
  }

  private static int[] decode(byte[] file, Notes notes) throws IOException {
    Pixels pixels = new Pixels();
    open(file).plan(1, 1).decode(pixels, notes);
    return pixels.argb;
  }

  private static int[] decode(byte[] file) throws IOException {
    Notes notes = new Notes();
    int[] pixels = decode(file, notes);
    assertThat(notes.list()).isEmpty();
    return pixels;
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 16, 40, 52, 56, 64, 108, 124})
  void decode_anyHeader_bottomRowFirst(int header) throws IOException {
    byte[] file = file(header, 3, 2, 2, 0, FOUR, 0b00011011, 0, 0, 0, 0b11111100, 0, 0, 0);

    assertThat(decode(file)).containsExactly(WHITE, WHITE, WHITE, RED, GREEN, BLUE);
    assertThat(open(file).header().color()).isEqualTo("palette");
  }

  @ParameterizedTest
  @CsvSource({"1, 90", "4, 18", "8, 1"})
  void decode_indexes_ofAllSizes(int bits, int first) throws IOException {
    int[] data = new int[8];
    data[0] = first; // 01011010, 0001 0010, 00000001
    data[1] = 2;
    int[] expected =
        switch (bits) {
          case 1 -> new int[] {RED, GREEN};
          case 4 -> new int[] {GREEN, BLUE};
          default -> new int[] {GREEN, BLUE};
        };
    assertThat(decode(file(40, 2, -1, bits, 0, bits == 1 ? Arrays.copyOf(FOUR, 2) : FOUR, data)))
        .isEqualTo(expected);
  }

  @Test
  void decode_indexBeyondThePalette_isBlack() throws IOException {
    assertThat(decode(file(40, 2, 1, 8, 0, FOUR, 3, 4, 0, 0))).containsExactly(WHITE, BLACK);
  }

  @Test
  void decode_rgb_ofAllDepths() throws IOException {
    int[] none = {};
    assertThat(decode(file(40, 1, 1, 24, 0, none, 1, 2, 3, 0))).containsExactly(0xff030201);
    assertThat(decode(file(40, 1, 1, 32, 0, none, 1, 2, 3, 0))).containsExactly(0xff030201);
    assertThat(decode(file(40, 1, 1, 16, 0, none, 0x1f, 0x7c, 0, 0))).containsExactly(0xffff00ff);
  }

  @Test
  void decode_masks_areScaledWithRounding() throws IOException {
    for (int header : new int[] {52, 56, 108, 124}) {
      byte[] behind = file(header, 1, 1, 16, 3, new int[0], 0b00100001, 0b00001000, 0, 0);
      assertThat(decode(masked(behind, 0xf800, 0x7e0, 0x1f))).containsExactly(0xff080408);
    }
    byte[] info = file(40, 1, 1, 32, 3, new int[3], 0xff, 0xff, 0xff, 0x3f);
    assertThat(decode(masked(info, 0x3ff00000, 0xffc00, 0x3ff))).containsExactly(WHITE);
    byte[] three = file(40, 1, 1, 24, 3, new int[3], 1, 2, 3, 0);
    assertThat(decode(masked(three, 0xff, 0xff00, 0xff0000))).containsExactly(0xff010203);
    assertThat(decode(masked(three, 0xff0000, 0xff00, 0xff))).containsExactly(0xff030201);
    byte[] none = file(40, 1, 1, 32, 3, new int[3], 0xff, 0xff, 0xff, 0xff);
    assertThat(decode(masked(none, 0xff, 0, 0xff00))).containsExactly(0xffff00ff);
  }

  @Test
  void decode_alpha_isKeptUnlessZeroEverywhere() throws IOException {
    int[] masks = {0xff0000, 0xff00, 0xff, 0xff000000};
    byte[] some = file(56, 2, 1, 32, 3, new int[0], 1, 2, 3, 0, 4, 5, 6, 7);
    byte[] nowhere = file(56, 2, 1, 32, 3, new int[0], 1, 2, 3, 0, 4, 5, 6, 0);

    assertThat(decode(masked(some, masks))).containsExactly(0x00030201, 0x07060504);
    assertThat(decode(masked(nowhere, masks))).containsExactly(0xff030201, 0xff060504);
  }

  @Test
  void decode_rle8_runsLiteralsAndDeltas() throws IOException {
    byte[] file =
        file(
            40, 4, 3, 8, 1, FOUR, //
            3, 1, 9, 2, 0, 0, // a run beyond the end of the row
            0, 3, 1, 2, 3, 0, 0, 2, 0, 1, // three literals in four bytes; up a row
            1, 3, 0, 1);

    assertThat(decode(file))
        .containsExactly(RED, RED, RED, WHITE, GREEN, BLUE, WHITE, RED, GREEN, GREEN, GREEN, BLUE);
  }

  @Test
  void decode_rle4_alternates() throws IOException {
    byte[] file = file(40, 5, 2, 4, 2, FOUR, 5, 0x12, 0, 0, 0, 5, 0x01, 0x23, 0x10, 0, 0, 1);

    assertThat(decode(file))
        .containsExactly(RED, GREEN, BLUE, WHITE, GREEN, GREEN, BLUE, GREEN, BLUE, GREEN);
  }

  @Test
  void decode_rle24OfOs2() throws IOException {
    int[] data = {2, 0xff, 0, 0, 0, 3, 0, 0, 0xff, 0, 0xff, 0, 0xff, 0, 0, 0, 0, 1};
    byte[] file = file(64, 5, 1, 24, 4, new int[0], data);

    assertThat(decode(file)).containsExactly(BLUE, BLUE, RED, GREEN, BLUE);
  }

  @Test
  void decode_endOfBitmapBeforeTheLastRow_leavesTheFirstColor() throws IOException {
    byte[] file = file(40, 2, 2, 8, 1, FOUR, 2, 3, 0, 0, 0, 1);

    assertThat(decode(file)).containsExactly(RED, RED, WHITE, WHITE);
  }

  @ParameterizedTest
  @ValueSource(ints = {40, -40})
  void decode_cut_showsTheRowsThatAreThere(int height) throws IOException {
    int[] data = new int[40 * 4];
    Arrays.setAll(data, i -> i / 4 < 30 ? 1 : 2);
    byte[] whole = file(40, 4, height, 8, 0, FOUR, data);
    Notes notes = new Notes();

    int[] pixels = decode(Arrays.copyOf(whole, whole.length - 38), notes);

    int[] expected = new int[160];
    Arrays.fill(expected, GREEN);
    if (height > 0) {
      Arrays.fill(expected, 0, 40, GRAY);
      Arrays.fill(expected, 36, 38, BLUE);
    } else {
      Arrays.fill(expected, 122, 160, GRAY);
      Arrays.fill(expected, 120, 122, BLUE);
    }
    assertThat(pixels).isEqualTo(expected);
    assertThat(notes.list())
        .containsExactly("BMP: picture data ends early; what is missing is gray");
  }

  @Test
  void decode_cutRuns_showWhatIsThere() throws IOException {
    byte[] whole = file(40, 3, 3, 8, 1, FOUR, 3, 1, 0, 0, 2, 2, 1, 3, 0, 0, 3, 3, 0, 1);
    Notes notes = new Notes();

    int[] pixels = decode(Arrays.copyOf(whole, whole.length - 8), notes);

    assertThat(pixels).containsExactly(GRAY, GRAY, GRAY, BLUE, BLUE, GRAY, GREEN, GREEN, GREEN);
    assertThat(notes.list()).hasSize(1);
  }

  @Test
  void decode_nothingThere_isMalformed() {
    byte[] file = file(40, 2, 2, 8, 0, FOUR);

    assertThatThrownBy(() -> decode(file))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("has no picture data");
  }

  @Test
  void open_headerCut_isMalformed() {
    byte[] file = file(40, 2, 2, 8, 0, FOUR);
    for (int length : new int[] {2, 17, 20, 53}) {
      assertThatThrownBy(() -> open(Arrays.copyOf(file, length)))
          .isInstanceOf(MalformedImageException.class)
          .hasMessageContaining("ends within its header");
    }
  }

  @Test
  void open_whatIsRare_isUnsupported() {
    for (byte[] file :
        new byte[][] {
          file(40, 2, 2, 0, 4, new int[0]),
          file(40, 2, 2, 24, 5, new int[0]),
          file(64, 2, 2, 1, 3, new int[2]),
          file(40, 2, 2, 64, 0, new int[0])
        }) {
      assertThatThrownBy(() -> open(file)).isInstanceOf(UnsupportedImageException.class);
    }
  }

  @Test
  void plan_bottomUp_holdsSomeRowsOnly() throws IOException {
    assertThat(open(file(40, 9000, 9000, 24, 0, new int[0])).plan(1, 1).workingBytes())
        .isLessThan(200_000);
  }

  @Test
  void wanted_someRows_readsNoOthers() throws IOException {
    int[] data = new int[64 * 4];
    Arrays.setAll(data, i -> i / 4 % 4);
    BmpDecoder decoder = open(file(40, 4, -64, 8, 0, FOUR, data));
    decoder.wanted(0, 30, 4, 34);
    Pixels pixels = new Pixels();

    decoder.plan(1, 1).decode(pixels, new Notes());

    assertThat(pixels.rows).isEqualTo(34);
    assertThat(Arrays.copyOfRange(pixels.argb, 30 * 4, 34 * 4))
        .containsExactly(
            BLUE, BLUE, BLUE, BLUE, WHITE, WHITE, WHITE, WHITE, RED, RED, RED, RED, GREEN, GREEN,
            GREEN, GREEN);
  }

  @Test
  void decode_mutations_failTypedIfAtAll() throws IOException {
    int[] data = new Random(1).ints(600, 0, 256).toArray();
    byte[][] files = {
      file(40, 20, 15, 8, 1, FOUR, data), file(40, 20, 15, 4, 2, FOUR, data),
      file(64, 20, 15, 24, 4, new int[0], data), file(124, 9, 16, 32, 3, new int[0], data),
      file(40, 20, -15, 16, 3, new int[3], data), file(12, 20, 15, 8, 0, FOUR, data)
    };
    Random random = new Random(7);
    int decoded = 0;
    for (int round = 0; round < 6000; round++) {
      byte[] damaged = files[round % files.length].clone();
      damaged = Arrays.copyOf(damaged, damaged.length - random.nextInt(round % 4 * 100 + 1));
      for (int n = random.nextInt(4); n >= 0; n--) {
        int at = random.nextInt(3) == 0 ? random.nextInt(60) : random.nextInt(damaged.length);
        damaged[at] = (byte) random.nextInt();
      }
      try {
        if (open(damaged).header().pixels() < 1 << 16) {
          decode(damaged, new Notes());
          decoded++;
        }
      } catch (ThumbnailException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
    assertThat(decoded).isGreaterThan(2000);
  }
}
