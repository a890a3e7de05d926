package dev.miniatura.internal.gif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.ThumbnailException;
import dev.miniatura.internal.gif.GifBytes.Codes;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import dev.miniatura.testing.GifMaker;
import dev.miniatura.testing.TestImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The decoded pixels of files, one by one: 0xAARRGGBB, 0 if transparent. */
class GifDecoderTest {

  private static final int RED = 0xffff0000;
  private static final int GREEN = 0xff00ff00;
  private static final int BLUE = 0xff0000ff;
  private static final int WHITE = 0xffffffff;
  private static final int BLACK = 0xff000000;
  private static final int[] FOUR = {RED, GREEN, BLUE, WHITE};

  private static GifDecoder open(byte[] file) throws IOException {
    return GifDecoder.open(
        SourceBytes.of(file), new Deadline(Duration.ofMinutes(1)), Limits.defaults());
  }

  /** Collects rows; missing ones are null. */
  private static final class Rows implements RowSink {
    private RasterLayout layout;
    private int[][] rows = {};

    @Override
    public void begin(RasterLayout announced) {
      layout = announced;
      rows = new int[announced.height()][];
    }

    @Override
    public void row(int plane, int y, byte[] samples, int offset) {
      assertThat(y == 0 || rows[y - 1] != null).as("rows in order").isTrue();
      int[] row = new int[layout.width()];
      for (int x = 0, at = offset; x < row.length; x++, at += layout.channels()) {
        int alpha = layout.alpha() ? samples[at + 3] & 0xff : 255;
        int rgb =
            (samples[at] & 0xff) << 16 | (samples[at + 1] & 0xff) << 8 | (samples[at + 2] & 0xff);
        row[x] = alpha == 0 ? 0 : alpha << 24 | rgb;
      }
      rows[y] = row;
    }

    int[] pixels() {
      return Arrays.stream(rows).flatMapToInt(Arrays::stream).toArray();
    }
  }

  private static Rows still(byte[] file, Notes notes) throws IOException {
    Rows rows = new Rows();
    open(file).plan(1, 1).decode(rows, notes);
    return rows;
  }

  private static int[] still(byte[] file) throws IOException {
    Notes notes = new Notes();
    int[] pixels = still(file, notes).pixels();
    assertThat(notes.list()).isEmpty();
    return pixels;
  }

  private static List<int[]> frames(byte[] file, Notes notes) throws IOException {
    GifDecoder decoder = open(file);
    List<int[]> frames = new ArrayList<>();
    Rows rows = new Rows();
    decoder.planFrames().decode(rows, notes);
    frames.add(rows.pixels());
    while (decoder.nextFrame(rows, notes)) {
      frames.add(rows.pixels());
    }
    return frames;
  }

  private static byte[] indexes(int count, int colors, int seed) {
    Random random = new Random(seed);
    byte[] indexes = new byte[count];
    for (int i = 0; i < count; i++) {
      // Runs and repetitions, so that strings of all lengths occur.
      indexes[i] =
          (byte)
              (i > 40 && random.nextInt(4) > 0
                  ? indexes[i - 1 - seed % 40]
                  : random.nextInt(colors));
    }
    return indexes;
  }

  private static int[] grays(int colors) {
    int[] rgb = new int[colors];
    Arrays.setAll(rgb, i -> 0x010203 * i & 0xffffff);
    return rgb;
  }

  /** Returns the order of rows as described in the specification. */
  private static List<Integer> passes(int height) {
    List<Integer> order = new ArrayList<>();
    for (int[] pass : new int[][] {{0, 8}, {4, 8}, {2, 4}, {1, 2}}) {
      for (int y = pass[0]; y < height; y += pass[1]) {
        order.add(y);
      }
    }
    return order;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "2, 3, 2",
    "2, 300, 7",
    "3, 17, 90",
    "4, 100, 100",
    "5, 64, 64",
    "6, 33, 45",
    "7, 90, 200",
    "8, 300, 2",
    "8, 1, 300",
    "8, 300, 300"
  })
  void decode_anySizeAndPalette_givesTheIndexedColors(int bits, int width, int height)
      throws IOException {
    for (int colors : new int[] {(1 << (bits - 1)) + 1, 1 << bits}) {
      for (boolean interlaced : new boolean[] {false, true}) {
        for (boolean clears : new boolean[] {false, true}) {
          int[] rgb = grays(colors);
          byte[] indexes = indexes(width * height, colors, width + height);
          byte[] stored = indexes.clone();
          for (int i = 0; interlaced && i < height; i++) {
            System.arraycopy(indexes, passes(height).get(i) * width, stored, i * width, width);
          }
          int codeSize = Math.max(2, bits);
          byte[] file =
              GifBytes.screen(width, height, rgb)
                  .image(0, 0, width, height, interlaced)
                  .data(codeSize, GifBytes.lzw(codeSize, clears, stored))
                  .end();
          int[] expected = new int[indexes.length];
          Arrays.setAll(expected, i -> BLACK | rgb[indexes[i] & 0xff]);

          assertThat(still(file)).isEqualTo(expected);
          assertThat(frames(file, new Notes()).get(0)).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void decode_longestStrings_areWhole() throws IOException {
    byte[] plain = new byte[4000 * 2500];
    byte[] file =
        GifBytes.screen(4000, 2500, FOUR)
            .image(0, 0, 4000, 2500, false)
            .data(2, GifBytes.lzw(2, true, Arrays.copyOf(plain, 1 << 16)))
            .end();
    Notes notes = new Notes();

    int[][] rows = still(file, notes).rows;

    assertThat(rows[15]).containsOnly(RED);
    assertThat(notes.list().get(0)).startsWith("GIF: image data ends early; what is missing is");
  }

  @Test
  void decode_paletteOfTheFrame_goesBeforeThatOfTheScreen() throws IOException {
    byte[] file =
        GifBytes.screen(2, 1, FOUR)
            .image(0, 0, 2, 1, false, BLUE, WHITE)
            .pixels(2, (byte) 0, (byte) 1)
            .end();

    assertThat(still(file)).containsExactly(BLUE, WHITE);
  }

  @Test
  void decode_noPalette_isBlackAsInBrowsers() throws IOException {
    byte[] file =
        GifBytes.screen(2, 1).image(0, 0, 2, 1, false).pixels(2, (byte) 0, (byte) 3).end();

    assertThat(still(file)).containsExactly(BLACK, BLACK);
  }

  @Test
  void decode_indexBeyondThePalette_isBlack() throws IOException {
    byte[] file =
        GifBytes.screen(2, 1, FOUR).image(0, 0, 2, 1, false).pixels(3, (byte) 3, (byte) 4).end();

    assertThat(still(file)).containsExactly(WHITE, BLACK);
  }

  @Test
  void decode_transparentIndexThatNoPixelCanHave_isOpaque() throws IOException {
    byte[] file =
        GifBytes.screen(2, 1, FOUR)
            .control(0, 200, 0)
            .image(0, 0, 2, 1, false)
            .pixels(2, (byte) 0, (byte) 3)
            .end();

    assertThat(open(file).header().alpha()).isFalse();
    assertThat(still(file)).containsExactly(RED, WHITE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void decode_frameOnItsScreen_isTransparentAround(int transparent) throws IOException {
    byte[] file =
        GifBytes.screen(4, 3, FOUR)
            .control(0, transparent, 0)
            .image(1, 1, 2, 1, false)
            .pixels(2, (byte) 1, (byte) 2)
            .end();

    assertThat(still(file))
        .containsExactly(
            0,
            0,
            0,
            0,
            0,
            transparent == 1 ? 0 : GREEN,
            transparent == 2 ? 0 : BLUE,
            0,
            0,
            0,
            0,
            0);
  }

  @Test
  void decode_frameWithoutPixels_showsNothing() throws IOException {
    byte[] file =
        GifBytes.screen(2, 1, FOUR)
            .image(0, 0, 0, 5, false)
            .data(77)
            .image(0, 0, 2, 1, false)
            .pixels(2, (byte) 0, (byte) 1)
            .image(0, 0, 1, 0, true)
            .data(0)
            .end();
    Notes notes = new Notes();

    List<int[]> frames = frames(file, notes);

    assertThat(frames).hasSize(3);
    assertThat(frames.get(0)).containsOnly(0);
    assertThat(Arrays.copyOf(frames.get(1), 2)).containsExactly(RED, GREEN);
    assertThat(frames.get(2)).isEqualTo(frames.get(1));
    assertThat(notes.list()).isEmpty();
  }

  @Test
  void decode_laterFramePartlyOffTheScreen_isClipped() throws IOException {
    for (boolean interlaced : new boolean[] {false, true}) {
      byte[] file =
          GifBytes.screen(2, 2, FOUR)
              .image(0, 0, 2, 2, false)
              .pixels(2, new byte[4])
              .image(1, 1, 2, 9, interlaced)
              .pixels(2, indexes(18, 1, 1))
              .image(0, 0, 2, 2, false, BLUE, GREEN)
              .pixels(2, new byte[] {0, 1, 1, 0})
              .end();

      assertThat(frames(file, new Notes()))
          .containsExactly(
              new int[] {RED, RED, RED, RED},
              new int[] {RED, RED, RED, RED},
              new int[] {BLUE, GREEN, GREEN, BLUE});
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 12, 255})
  void decode_codeSizeOutOfRange_isMalformed(int size) {
    byte[] file = GifBytes.screen(1, 1, FOUR).image(0, 0, 1, 1, false).data(size, (byte) 4).end();

    assertThatThrownBy(() -> still(file))
        .isInstanceOfSatisfying(
            MalformedImageException.class, e -> assertThat(e.offset()).isEqualTo(13 + 12 + 10))
        .hasMessageContaining("LZW code size of " + size);
  }

  @Test
  void decode_unknownCode_showsWhatIsBeforeItAndSaysWhere() throws IOException {
    Codes codes = new Codes();
    for (int i = 0; i < 600; i++) {
      codes.put(4, 3).put(i % 4, 3); // the table is cleared before each index
    }
    byte[] lzw = codes.put(4, 3).put(7, 3).put(0, 3).bytes();
    byte[] file = GifBytes.screen(40, 20, FOUR).image(0, 0, 40, 20, false).data(2, lzw).end();
    Notes notes = new Notes();

    int[][] rows = still(file, notes).rows;

    assertThat(rows[14]).startsWith(RED, GREEN, BLUE, WHITE);
    assertThat(rows[15]).isNull();
    int at = (1200 * 3 + 3) / 8;
    int offset = 13 + 12 + 10 + 1 + at + at / 255 + 1;
    assertThat(notes.list())
        .containsExactly(
            "GIF: LZW code 7 is not known; what is missing is blank (byte %d)".formatted(offset));
  }

  @Test
  void nextFrame_brokenFrame_showsItsRowsAndTheFramesBehindIt() throws IOException {
    byte[] broken = new Codes().put(4, 3).put(1, 3).put(2, 3).put(4, 3).put(7, 3).bytes();
    byte[] file =
        GifBytes.screen(2, 2, FOUR)
            .image(0, 0, 2, 2, false)
            .pixels(2, new byte[4])
            .image(0, 0, 2, 2, false)
            .data(2, broken)
            .image(1, 1, 1, 1, false)
            .pixels(2, (byte) 3)
            .end();
    Notes notes = new Notes();

    assertThat(frames(file, notes))
        .containsExactly(
            new int[] {RED, RED, RED, RED},
            new int[] {GREEN, BLUE, RED, RED},
            new int[] {GREEN, BLUE, RED, WHITE});
    assertThat(notes.list()).hasSize(1);
  }

  @Test
  void decode_cutWithinPasses_rowsAreLikeThoseAbove() throws IOException {
    int height = 16;
    byte[] stored = new byte[height];
    for (int i = 0; i < height; i++) {
      stored[i] = passes(height).get(i).byteValue();
    }
    byte[] whole =
        GifBytes.screen(1, height, grays(16))
            .image(0, 0, 1, height, true)
            .pixels(4, Arrays.copyOf(stored, 5))
            .end();
    Notes notes = new Notes();

    int[] pixels = still(whole, notes).pixels();

    int[] present = {0, 0, 2, 2, 4, 4, 4, 4, 8, 8, 8, 8, 12, 12, 12, 12};
    int[] rgb = grays(16);
    assertThat(pixels).isEqualTo(Arrays.stream(present).map(i -> BLACK | rgb[i]).toArray());
    assertThat(notes.list().toString()).contains("image data ends early; what is missing is blank");
  }

  @Test
  void decode_cutAnywhere_givesMoreTheMoreThereIs() throws IOException {
    byte[] file = GifMaker.of(TestImages.photo(60, 50)).bytes();
    int[][] all = still(file, new Notes()).rows;
    int most = 0;
    for (int length = 0; length < file.length - 2; length += 7) {
      Notes notes = new Notes();
      int[][] rows;
      try {
        rows = still(Arrays.copyOf(file, length), notes).rows;
      } catch (MalformedImageException e) {
        assertThat(most).isZero();
        continue;
      }
      int whole = 0;
      while (whole < all.length && Arrays.equals(rows[whole], all[whole])) {
        whole++;
      }
      assertThat(whole).isGreaterThanOrEqualTo(most);
      assertThat(notes.list().isEmpty()).isEqualTo(whole == all.length);
      most = whole;
    }
    assertThat(most).isGreaterThan(45);
  }

  @Test
  void open_extensionsOfOddSizes_areSkipped() throws IOException {
    byte[] file =
        GifBytes.screen(2, 1, FOUR)
            .extension(0xfe)
            .extension(0xfe, new int[255])
            .extension(0xff, 3, 1, 2)
            .extension(0xff, 'N', 'E', 'T', 'S', 'C', 'A', 'P', 'E', '2', '.', '0')
            .extension(0x01, 0)
            .extension(0xf9, 1, 0)
            .control(0, 0, 7)
            .extension(0xf9)
            .image(0, 0, 2, 1, false)
            .pixels(2, (byte) 0, (byte) 1)
            .end();

    assertThat(still(file)).containsExactly(0, GREEN);
    assertThat(open(file).plays()).isEqualTo(1);
  }

  @Test
  void open_zerosBetweenBlocks_areSkipped() throws IOException {
    byte[] file =
        GifBytes.screen(2, 1, FOUR)
            .padding(1)
            .control(0, 0, 7)
            .padding(3)
            .image(0, 0, 2, 1, false)
            .pixels(2, (byte) 0, (byte) 1)
            .padding(400)
            .image(0, 0, 1, 1, false)
            .pixels(2, (byte) 2)
            .padding(2)
            .end();

    assertThat(still(file)).containsExactly(0, GREEN);
    assertThat(open(file).header().frames()).isEqualTo(2);
  }

  @Test
  void plan_still_holdsRowsOnly() throws IOException {
    BufferedImage small = TestImages.photo(40, 30);
    byte[] plain = GifMaker.canvas(3000, 2000).frame(small).bytes();
    byte[] passes = GifMaker.canvas(40, 30).interlaced().frame(small).bytes();

    DecodePlan byRows = open(plain).plan(1, 1);
    DecodePlan interlaced = open(passes).plan(1, 1);

    assertThat(byRows.description()).isEqualTo("by rows");
    assertThat(byRows.workingBytes()).isLessThan(120_000);
    assertThat(interlaced.description()).isEqualTo("interlaced");
    assertThat(open(plain).planFrames().workingBytes()).isGreaterThan(3000 * 2000 * 4);
  }

  @Test
  void wanted_upperRows_leavesTheOthersAlone() throws IOException {
    byte[] file = GifMaker.of(TestImages.photo(60, 50)).bytes();
    GifDecoder decoder = open(Arrays.copyOf(file, file.length - 200));
    decoder.wanted(0, 0, 60, 20);
    Notes notes = new Notes();
    Rows rows = new Rows();

    decoder.plan(1, 1).decode(rows, notes);

    assertThat(rows.rows[19]).isNotNull();
    assertThat(rows.rows[20]).isNull();
    assertThat(notes.list()).isEmpty();
  }

  @Test
  void decode_mutations_failTypedIfAtAll() throws IOException {
    byte[] file =
        GifMaker.canvas(50, 40)
            .frame(TestImages.photo(50, 40))
            .interlaced()
            .frame(TestImages.photo(30, 20), 20, 30, 4, GifMaker.Disposal.RESTORE)
            .frame(TestImages.photo(20, 20))
            .bytes();
    Random random = new Random(7);
    int decoded = 0;
    for (int round = 0; round < 2000; round++) {
      byte[] damaged =
          Arrays.copyOf(file, file.length - (round % 3 == 0 ? random.nextInt(400) : 0));
      for (int n = random.nextInt(5); n >= 0; n--) {
        int at = random.nextInt(4) == 0 ? random.nextInt(64) : random.nextInt(damaged.length);
        damaged[at] = (byte) random.nextInt();
      }
      try {
        if (open(damaged).header().pixels() < 1 << 16) {
          still(damaged, new Notes());
          decoded += frames(damaged, new Notes()).size();
        }
      } catch (ThumbnailException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
    assertThat(decoded).isGreaterThan(1000);
  }
}
