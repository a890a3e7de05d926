package dev.miniatura.internal.tiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.ImageSource;
import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.ThumbnailException;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.Pictures;
import dev.miniatura.testing.TestImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TiffDecoderTest {

  private static final int WIDTH = 37;
  private static final int HEIGHT = 29;
  private static final int TILE = 16;
  private static final int ROWS_PER_STRIP = 11;

  /** How a file is laid out. */
  private record Form(
      int compression, boolean tiles, boolean planar, boolean little, boolean big, int predictor) {}

  static Stream<Arguments> forms() {
    List<Arguments> forms = new ArrayList<>();
    for (int compression : new int[] {1, 5, 8, 32946, 32773}) {
      for (int i = 0; i < 16; i++) {
        boolean predicts = compression == 5 || compression == 8;
        for (int predictor = 1; predictor <= (predicts ? 2 : 1); predictor++) {
          for (int bits : new int[] {8, 16}) {
            Form form =
                new Form(
                    compression, (i & 1) != 0, (i & 2) != 0, (i & 4) != 0, (i & 8) != 0, predictor);
            forms.add(Arguments.of(form, bits));
          }
        }
      }
    }
    return forms.stream();
  }

  /** A sample in [0, 2^bits) that differs from its neighbors in every digit. */
  private static int sample(int x, int y, int channel, int bits) {
    int mixed = (x * 2654435 + y * 40503 + channel * 7919) * 31 + x * y;
    int smooth = 3 * x + 5 * y + 50 * channel;
    return (x / 8 % 2 == 0 ? mixed >>> 8 : smooth << Math.max(0, bits - 8)) & ((1 << bits) - 1);
  }

  /** Returns what is stored of a rectangle: all samples of each pixel, or one. */
  private static byte[] rectangle(
      int left, int top, int width, int height, int first, int count, int bits, Form form) {
    int size = bits / 8;
    ByteBuffer out = ByteBuffer.allocate(width * height * count * size);
    out.order(form.little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < count; c++) {
          int value = sample(left + x, top + y, first + c, bits);
          if (form.predictor == 2 && x > 0) {
            value -= sample(left + x - 1, top + y, first + c, bits);
          }
          if (size == 1) {
            out.put((byte) value);
          } else {
            out.putShort((short) value);
          }
        }
      }
    }
    return compressed(out.array(), form.compression);
  }

  private static byte[] compressed(byte[] raw, int compression) {
    return switch (compression) {
      case 5 -> TiffBytes.lzw(raw, false, false);
      case 8, 32946 -> TiffBytes.deflate(raw);
      case 32773 -> TiffBytes.packBits(raw);
      default -> raw;
    };
  }

  private static byte[] file(Form form, int bits, int samples, int photometric) {
    List<byte[]> segments = new ArrayList<>();
    for (int plane = 0; plane < (form.planar ? samples : 1); plane++) {
      int count = form.planar ? 1 : samples;
      if (form.tiles) {
        for (int y = 0; y < HEIGHT; y += TILE) {
          for (int x = 0; x < WIDTH; x += TILE) {
            segments.add(rectangle(x, y, TILE, TILE, plane, count, bits, form));
          }
        }
      } else {
        for (int y = 0; y < HEIGHT; y += ROWS_PER_STRIP) {
          int rows = Math.min(ROWS_PER_STRIP, HEIGHT - y);
          segments.add(rectangle(0, y, WIDTH, rows, plane, count, bits, form));
        }
      }
    }
    TiffBytes.Ifd page =
        TiffBytes.page(WIDTH, HEIGHT, photometric, samples, bits)
            .set(259, form.compression)
            .set(284, form.planar ? 2 : 1)
            .set(317, form.predictor);
    byte[][] all = segments.toArray(new byte[0][]);
    if (form.tiles) {
      page.set(322, TILE).set(323, TILE).tiles(all);
    } else {
      page.set(278, ROWS_PER_STRIP).strips(all);
    }
    return TiffBytes.of(form.little, form.big, page);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void decode_anyForm_isExact(Form form, int bits) throws IOException {
    Decoding decoding = Decoding.of(file(form, bits, 3, 2));
    assertThat(decoding.layout.color()).isEqualTo(ColorKind.RGB);
    assertThat(decoding.notes.list()).isEmpty();
    int most = (1 << bits) - 1;
    check(decoding, 3, (i, c) -> (sample(i % WIDTH, i / WIDTH, c, bits) * 255 + most / 2) / most);
  }

  /** Checks all samples against a function of the pixel's index and the channel. */
  private static void check(Decoding decoding, int channels, IntBinaryOperator expected) {
    assertThat(decoding.layout.channels()).isEqualTo(channels);
    assertThat(decoding.planes[0]).hasSize(WIDTH * HEIGHT * channels);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      for (int c = 0; c < channels; c++) {
        assertThat(decoding.at(i % WIDTH, i / WIDTH, c))
            .as("%d, %d, channel %d", i % WIDTH, i / WIDTH, c)
            .isEqualTo(expected.applyAsInt(i, c));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4", "5", "6", "7", "9", "10", "11", "12", "13", "14", "15"})
  void decode_anyDepthOfGray_isScaledWithRounding(int bits) throws IOException {
    for (int photometric : new int[] {0, 1}) {
      TiffBytes.BitWriter out = new TiffBytes.BitWriter(false);
      ByteBuffer rows = ByteBuffer.allocate(HEIGHT * ((WIDTH * bits + 7) / 8));
      for (int y = 0; y < HEIGHT; y++) {
        out = new TiffBytes.BitWriter(false);
        for (int x = 0; x < WIDTH; x++) {
          out.put(sample(x, y, 0, bits), bits);
        }
        rows.put(out.bytes());
      }
      byte[] file =
          TiffBytes.of(TiffBytes.page(WIDTH, HEIGHT, photometric, 1, bits).strips(rows.array()));
      int most = (1 << bits) - 1;
      check(
          Decoding.of(file),
          1,
          (i, c) -> {
            int gray = (sample(i % WIDTH, i / WIDTH, 0, bits) * 255 + most / 2) / most;
            return photometric == 0 ? 255 - gray : gray;
          });
    }
  }

  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true"})
  void decode_lzwOfAllStyles_isExact(boolean old, boolean full) throws IOException {
    byte[] raw = new byte[300 * 200];
    Random random = new Random(4);
    for (int i = 0; i < raw.length; i++) {
      raw[i] = (byte) (i < 20_000 ? 7 : i < 40_000 ? random.nextInt(256) : i % 300 / 9);
    }
    byte[] file =
        TiffBytes.of(
            TiffBytes.page(300, 200, 1, 1, 8).set(259, 5).strips(TiffBytes.lzw(raw, old, full)));
    assertThat(Decoding.of(file).planes[0]).isEqualTo(raw);
  }

  private static byte[] gray8(int... pixels) {
    byte[] bytes = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      bytes[i] = (byte) pixels[i];
    }
    return bytes;
  }

  @Test
  void decode_palette_looksUpItsColors() throws IOException {
    long[] wide = {0, 0x8080, 0xffff, 0, 0x4040, 0, 0, 0x1010, 0, 0xffff, 0, 0};
    long[] narrow = Arrays.stream(wide).map(v -> v >> 8).toArray();
    for (long[] map : new long[][] {wide, narrow}) {
      byte[] file =
          TiffBytes.of(TiffBytes.page(4, 1, 3, 1, 2).set(320, map).strips(gray8(0b00011011)));
      Decoding decoding = Decoding.of(file);
      assertThat(decoding.planes[0]).isEqualTo(gray8(0, 64, 0, 128, 0, 255, 255, 0, 0, 0, 16, 0));
    }
  }

  /** An unspecified extra sample is alpha only if it varies. */
  @ParameterizedTest
  @CsvSource({
    "0, true, true",
    "0, false, false",
    "-1, true, true",
    "-1, false, false",
    "2, false, true"
  })
  void decode_extraSample_isAlphaWhereItIsSaidOrVaries(int kind, boolean varies, boolean alpha)
      throws IOException {
    TiffBytes.Ifd page = TiffBytes.page(2, 1, 2, 4, 8);
    if (kind >= 0) {
      page.set(338, kind);
    }
    page.strips(gray8(10, 20, 30, 0, 40, 50, 60, varies ? 128 : 0));
    Decoding decoding = Decoding.of(TiffBytes.of(page));
    assertThat(decoding.layout.alpha()).isEqualTo(alpha);
    assertThat(decoding.at(1, 0, 1)).isEqualTo(50);
    if (alpha) {
      assertThat(decoding.at(1, 0, 3)).isEqualTo(varies ? 128 : 0);
    }
  }

  @Test
  void decode_alphaBehindSpots_isFoundAndDivided() throws IOException {
    byte[] stored = gray8(10, 20, 40, 99, 51, 7);
    TiffBytes.Ifd page = TiffBytes.page(1, 1, 2, 6, 8).set(338, 0, 1, 0).strips(stored);
    assertThat(Decoding.of(TiffBytes.of(page)).planes[0]).isEqualTo(gray8(50, 100, 200, 51));
    byte[] inks = gray8(1, 2, 3, 4, 99);
    TiffBytes.Ifd spot = TiffBytes.page(1, 1, 5, 5, 8).set(338, 0).strips(inks);
    Decoding decoding = Decoding.of(TiffBytes.of(spot));
    assertThat(decoding.layout.color()).isEqualTo(ColorKind.CMYK);
    assertThat(decoding.planes[0]).isEqualTo(gray8(1, 2, 3, 4));
    TiffBytes.Ifd otherInks = TiffBytes.page(1, 1, 5, 5, 8).set(332, 2).set(338, 0).strips(inks);
    assertThat(Decoding.of(TiffBytes.of(otherInks)).planes[0]).isEqualTo(gray8(1, 2, 3, 4));
  }

  /** If a type has no practical range, the picture's own numbers determine black and white. */
  @ParameterizedTest
  @CsvSource({
    "3, 0, 1, 0, 255",
    "3, 0, 0.5, 0, 128",
    "3, 0, 200, 0, 200",
    "3, -50, 1500, 0, 255",
    "3, 0, 1500, 0, 255",
    "2, -100, 900, 0, 255",
    "2, 10, 200, 10, 200",
    "1, 0, 4294967295, 0, 255",
    "1, 0, 200, 0, 200"
  })
  void decode_numbersWithoutRange_areShownFromBlackToWhite(
      int format, double low, double high, int black, int white) throws IOException {
    ByteBuffer stored = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    if (format == 3) {
      stored.putFloat((float) low).putFloat((float) high);
    } else {
      stored.putInt((int) (long) low).putInt((int) (long) high);
    }
    TiffBytes.Ifd page = TiffBytes.page(2, 1, 1, 1, 32).set(339, format).strips(stored.array());
    assertThat(Decoding.of(TiffBytes.of(page)).planes[0]).isEqualTo(gray8(black, white));
  }

  /** Highest bytes first, all differences taken from the byte before (technical note 3). */
  @Test
  void decode_predictedFloats_areExact() throws IOException {
    float[] values = {0, 0.25f, 0.5f, 1};
    byte[] planes = new byte[16];
    for (int i = 0; i < 4; i++) {
      for (int b = 0; b < 4; b++) {
        planes[b * 4 + i] = (byte) (Float.floatToIntBits(values[i]) >> (24 - 8 * b));
      }
    }
    for (int i = 15; i > 0; i--) {
      planes[i] -= planes[i - 1];
    }
    TiffBytes.Ifd page = TiffBytes.page(4, 1, 1, 1, 32).set(339, 3).set(317, 3).set(259, 8);
    byte[] file = TiffBytes.of(page.strips(TiffBytes.deflate(planes)));
    assertThat(Decoding.of(file).planes[0]).isEqualTo(gray8(0, 64, 128, 255));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "2, 2", "4, 2", "1, 2"})
  void decode_subsampledYCbCr_coversItsPixels(int across, int down) throws IOException {
    int width = 5;
    int height = 3;
    ByteBuffer stored = ByteBuffer.allocate(400);
    for (int y = 0; y < height; y += down) {
      for (int x = 0; x < width; x += across) {
        for (int i = 0; i < across * down; i++) {
          stored.put((byte) (100 + 10 * (y + i / across) + x + i % across));
        }
        stored.put((byte) 128).put((byte) (x < across ? 128 : 228));
      }
    }
    TiffBytes.Ifd page = TiffBytes.page(width, height, 6, 3, 8).set(530, across, down);
    Decoding decoding =
        Decoding.of(TiffBytes.of(page.strips(Arrays.copyOf(stored.array(), stored.position()))));
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int luma = 100 + 10 * y + x;
        boolean red = x >= across;
        assertThat(decoding.at(x, y, 0)).isEqualTo(red ? Math.min(255, luma + 140) : luma);
        assertThat(decoding.at(x, y, 2)).isEqualTo(luma);
      }
    }
  }

  private static final BufferedImage PICTURE = TestImages.gradient(96, 80);

  /** Returns a page of JPEGs of their own, or with tables apart. */
  private static byte[] jpegs(boolean tiles, boolean tablesApart) throws IOException {
    List<byte[]> pieces = new ArrayList<>();
    int side = 32;
    for (int y = 0; y < 80; y += side) {
      for (int x = 0; x < 96; x += tiles ? side : 96) {
        int width = tiles ? side : 96;
        int height = tiles ? side : Math.min(side, 80 - y);
        BufferedImage piece = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        piece.createGraphics().drawImage(PICTURE, -x, -y, null);
        pieces.add(JpegMaker.of(piece).quality(95).sampling(2, 2).bytes());
      }
    }
    TiffBytes.Ifd page = TiffBytes.page(96, 80, 6, 3, 8).set(259, 7);
    if (tablesApart) {
      byte[] first = pieces.get(0);
      page.set(347, tables(first));
      pieces.replaceAll(TiffDecoderTest::withoutTables);
    }
    byte[][] all = pieces.toArray(new byte[0][]);
    if (tiles) {
      page.set(322, side).set(323, side).tiles(all);
    } else {
      page.set(278, side).strips(all);
    }
    return TiffBytes.of(page);
  }

  private static byte[] tables(byte[] jpeg) {
    return segments(jpeg, true);
  }

  private static byte[] withoutTables(byte[] jpeg) {
    return segments(jpeg, false);
  }

  /** Returns DQT as a stream, or the rest. */
  private static byte[] segments(byte[] jpeg, boolean tables) {
    ByteBuffer out = ByteBuffer.allocate(jpeg.length + 2).putShort((short) 0xffd8);
    int at = 2;
    while (jpeg[at + 1] != (byte) 0xda) {
      int length = 2 + ((jpeg[at + 2] & 0xff) << 8 | (jpeg[at + 3] & 0xff));
      boolean table = jpeg[at + 1] == (byte) 0xdb; // Huffman codes are each piece's own
      if (table == tables) {
        out.put(jpeg, at, length);
      }
      at += length;
    }
    if (tables) {
      out.putShort((short) 0xffd9);
    } else {
      out.put(jpeg, at, jpeg.length - at);
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void decode_jpegs_joinAtAnyScale(boolean tiles, boolean tablesApart) throws IOException {
    byte[] file = jpegs(tiles, tablesApart);
    for (int width : new int[] {96, 48, 24, 9}) {
      BufferedImage made =
          Thumbnailer.create().renderImage(ImageSource.of(file), ThumbnailSpec.fit(width, width));
      BufferedImage expected =
          Thumbnailer.create()
              .renderImage(ImageSource.of(PICTURE), ThumbnailSpec.fit(width, width));
      assertThat(Pictures.meanDifference(made, expected)).as("%d", width).isLessThan(2.5);
    }
    assertThat(Decoding.of(file, 9).plan.description()).contains("idct size 2");
  }

  @Test
  void decode_missingJpegTile_isGrayWithANote() throws IOException {
    byte[] file = jpegs(true, false);
    byte[] cut = Arrays.copyOf(file, file.length - 600);
    Decoding decoding = Decoding.of(cut);
    assertThat(decoding.planes[0]).hasSize(96 * 80);
    assertThat(decoding.notes.list()).isNotEmpty();
    assertThat(decoding.planes[0][96 * 80 - 1]).isEqualTo((byte) 128);
  }

  /** The directory comes first in these files, so that any cut leaves it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 8, 32773})
  void decode_cutFile_givesTheRowsItHas(int compression) throws IOException {
    for (boolean tiles : new boolean[] {false, true}) {
      Form form = new Form(compression, tiles, false, true, false, 1);
      byte[] file = file(form, 8, 3, 2);
      byte[] whole = Decoding.of(file).planes[0];
      int cut = file.length * 2 / 3;
      Decoding decoding = Decoding.of(Arrays.copyOf(file, cut));
      assertThat(decoding.notes.list()).isNotEmpty();
      assertThat(decoding.planes[0]).hasSameSizeAs(whole);
      int same = Arrays.mismatch(decoding.planes[0], whole) / (WIDTH * 3);
      assertThat(same).isBetween(HEIGHT / 3, HEIGHT - 1);
      assertThat(decoding.planes[0][whole.length - 1]).isEqualTo((byte) 128);
      byte[] strict = Arrays.copyOf(file, cut);
      assertThatThrownBy(
              () ->
                  Thumbnailer.create()
                      .render(ImageSource.of(strict), ThumbnailSpec.fit(9, 9).strict(true)))
          .isInstanceOf(MalformedImageException.class);
    }
  }

  @Test
  void decode_damagedStrip_losesThatStripOnly() throws IOException {
    byte[] good = TiffBytes.deflate(new byte[8 * 8]);
    byte[] bad = {1, 2, 3, 4};
    byte[] file =
        TiffBytes.of(
            TiffBytes.page(8, 24, 1, 1, 8).set(259, 8).set(278, 8).strips(good, bad, good));
    Decoding decoding = Decoding.of(file);
    assertThat(decoding.at(0, 7, 0)).isZero();
    assertThat(decoding.at(0, 8, 0)).isEqualTo(128);
    assertThat(decoding.at(0, 16, 0)).isZero();
    assertThat(decoding.notes.list()).hasSize(1);
  }

  @Test
  void decode_noDataAtAll_isMalformed() {
    byte[] file = TiffBytes.of(TiffBytes.page(8, 8, 1, 1, 8).set(259, 8).strips(new byte[1]));
    assertThatThrownBy(() -> Decoding.of(file)).isInstanceOf(MalformedImageException.class);
  }

  private static TiffBytes.Ifd solid(int width, int height, int gray) {
    byte[] pixels = new byte[width * height];
    Arrays.fill(pixels, (byte) gray);
    return TiffBytes.page(width, height, 1, 1, 8).strips(pixels);
  }

  /** Smaller versions are used if they suffice, whether they follow or are nested. */
  @Test
  void decode_versions_smallestThatSufficesIsChosen() throws IOException {
    byte[] inChain =
        TiffBytes.of(
            solid(64, 48, 10), solid(32, 24, 20).set(254, 1), solid(16, 12, 30).set(254, 1));
    byte[] within =
        TiffBytes.of(
            solid(64, 48, 10)
                .child(solid(32, 24, 20).set(254, 1))
                .child(solid(16, 12, 30).set(254, 1)));
    for (byte[] file : new byte[][] {inChain, within}) {
      assertThat(Decoding.of(file, 40).at(0, 0, 0)).isEqualTo(10);
      assertThat(Decoding.of(file, 24).at(0, 0, 0)).isEqualTo(20);
      assertThat(Decoding.of(file, 12).at(0, 0, 0)).isEqualTo(30);
    }
  }

  @Test
  void decode_firstPageIsMaskOrReduced_firstOfTheOthersIsThePicture() throws IOException {
    byte[] file =
        TiffBytes.of(solid(8, 6, 10).set(254, 1), solid(64, 48, 20).set(254, 4), solid(64, 48, 30));
    assertThat(Decoding.of(file).at(0, 0, 0)).isEqualTo(30);
    byte[] other = TiffBytes.of(solid(64, 48, 10), solid(16, 16, 20).set(254, 1));
    assertThat(Decoding.of(other, 4).at(0, 0, 0)).as("of another shape").isEqualTo(10);
  }

  @Test
  void open_directoriesInACircle_end() throws IOException {
    byte[] file = TiffBytes.of(solid(8, 8, 10).set(254, 1));
    int count = file[8] & 0xff;
    int link = 8 + 2 + 12 * count;
    file[link] = 8;
    assertThat(Decoding.of(file).at(0, 0, 0)).isEqualTo(10);
  }

  /** Segments that are not stored are black, as in sparse files of geographic systems. */
  @Test
  void render_pageOfA3At600Dpi_takesLittleMemory() throws IOException {
    for (boolean tiles : new boolean[] {false, true}) {
      TiffBytes.Ifd page = TiffBytes.page(7016, 9921, 2, 3, 8).set(259, 5);
      if (tiles) {
        page.set(322, 256).set(323, 256).tiles(new byte[28 * 39][0]);
        page.set(324, new long[28 * 39]).set(325, new long[28 * 39]);
      }
      byte[] file = TiffBytes.of(tiles ? page : page.set(273, 0).set(279, 0));
      if (tiles) {
        Arrays.fill(file, offsetOf(file, 324), offsetOf(file, 324) + 4 * 28 * 39, (byte) 0);
      }
      Limits limits = Limits.defaults().withWorkingBytes(24 << 20);
      BufferedImage image =
          Thumbnailer.create(limits).renderImage(ImageSource.of(file), ThumbnailSpec.fit(64, 64));
      assertThat(image.getRGB(20, 20)).isEqualTo(0xff000000);
    }
  }

  /** Returns where a field's values are, in a little-endian file. */
  private static int offsetOf(byte[] file, int tag) {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int at = 10;
    while (in.getShort(at) != tag) {
      at += 12;
    }
    return in.getInt(at + 8);
  }

  @Test
  void open_unknownCompression_isNamed() {
    for (String named : List.of("34887 LERC", "34677 SGI Log", "33003 JPEG 2000")) {
      int compression = Integer.parseInt(named.substring(0, 5));
      byte[] file = TiffBytes.of(solid(8, 8, 1).set(259, compression));
      assertThatThrownBy(
              () -> Thumbnailer.create().render(ImageSource.of(file), ThumbnailSpec.fit(4, 4)))
          .isInstanceOf(UnsupportedImageException.class)
          .hasMessageContaining("TIFF: " + named.substring(6));
    }
  }

  /** For any bytes, errors are those of this library. */
  @Test
  void render_brokenFiles_throwNothingElse() throws IOException {
    Random random = new Random(77);
    List<byte[]> files = new ArrayList<>(List.of(jpegs(true, true), jpegs(false, false)));
    for (int compression : new int[] {1, 5, 8, 32773}) {
      files.add(file(new Form(compression, true, true, false, true, 1), 16, 4, 2));
      files.add(file(new Form(compression, false, false, true, false, 1), 8, 4, 5));
    }
    Limits limits = Limits.defaults().withWorkingBytes(64 << 20).withPixels(4_000_000);
    for (int i = 0; i < 1500; i++) {
      byte[] file = files.get(i % files.size()).clone();
      for (int k = 0; k < 1 + i % 6; k++) {
        int most = i % 3 == 0 ? file.length : Math.min(file.length, 300);
        file[random.nextInt(most)] = (byte) (i % 2 == 0 ? random.nextInt(256) : 0xff);
      }
      byte[] broken = i % 5 == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file;
      try {
        Thumbnailer.create(limits).render(ImageSource.of(broken), ThumbnailSpec.fit(20, 20));
      } catch (ThumbnailException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }
}
