package dev.miniatura.internal.psd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.MalformedImageException;
import dev.miniatura.ThumbnailException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.RasterLayout;
import dev.miniatura.internal.raster.RowSink;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The decoded samples of files, one by one. */
class PsdDecoderTest {

  private static final byte[] NOTHING = {};

  /** The parts of a file. */
  private static final class File {
    private boolean big;
    private int mode = PsdHeader.RGB;
    private int depth = 8;
    private boolean packed;
    private int zipped; // 2, or 3 with prediction
    private byte[] palette = NOTHING;
    private byte[] resources = NOTHING;
    private byte[] layers = NOTHING; // layer info, without its length

    /** Writes a picture of 8-bit samples, plane by plane, which are widened to the depth. */
    byte[] bytes(int width, int height, int[]... planes) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeBytes("8BPS");
      out.writeShort(big ? 2 : 1);
      out.write(new byte[6]);
      out.writeShort(planes.length);
      out.writeInt(height);
      out.writeInt(width);
      out.writeShort(depth);
      out.writeShort(mode);
      out.writeInt(palette.length);
      out.write(palette);
      out.writeInt(resources.length);
      out.write(resources);
      length(out, layers.length == 0 ? 0 : layers.length + (big ? 8 : 4));
      if (layers.length > 0) {
        length(out, layers.length);
        out.write(layers);
      }
      out.writeShort(packed ? 1 : zipped);
      if (planes.length > 0 && planes[0].length > 0) {
        writePlanes(out, width, height, planes);
      }
      return bytes.toByteArray();
    }

    private void length(DataOutputStream out, int length) throws IOException {
      if (big) {
        out.writeInt(0);
      }
      out.writeInt(length);
    }

    private void writePlanes(DataOutputStream out, int width, int height, int[]... planes)
        throws IOException {
      ByteArrayOutputStream rows = new ByteArrayOutputStream();
      for (int[] plane : planes) {
        for (int y = 0; y < height; y++) {
          byte[] row = row(Arrays.copyOfRange(plane, y * width, (y + 1) * width));
          byte[] stored = packed ? pack(row) : zipped == 3 ? predict(row) : row;
          rows.writeBytes(stored);
          if (packed && big) {
            out.writeInt(stored.length);
          } else if (packed) {
            out.writeShort(stored.length);
          }
        }
      }
      out.write(zipped > 0 ? deflate(rows.toByteArray()) : rows.toByteArray());
    }

    private byte[] row(int[] samples) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      int eight = 0;
      for (int i = 0; i < samples.length; i++) {
        switch (depth) {
          case 1 -> {
            eight |= samples[i] == 0 ? 0x80 >> (i & 7) : 0;
            if ((i & 7) == 7 || i == samples.length - 1) {
              out.write(eight);
              eight = 0;
            }
          }
          case 16 -> out.writeShort(samples[i] * 257);
          case 32 -> out.writeFloat(samples[i] / 255f);
          default -> out.write(samples[i]);
        }
      }
      return bytes.toByteArray();
    }

    private static byte[] deflate(byte[] bytes) throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (OutputStream zip = new DeflaterOutputStream(out)) {
        zip.write(bytes);
      }
      return out.toByteArray();
    }

    private byte[] predict(byte[] row) {
      int size = depth / 8;
      byte[] stored = new byte[row.length];
      if (depth == 32) { // bytes of equal weight, each less the one before
        int count = row.length / size;
        for (int i = 0; i < row.length; i++) {
          stored[i % size * count + i / size] = row[i];
        }
        for (int i = row.length - 1; i > 0; i--) {
          stored[i] -= stored[i - 1];
        }
        return stored;
      }
      int before = 0;
      for (int at = 0; at < row.length; at += size) {
        int value = depth == 8 ? row[at] : row[at] << 8 | (row[at + 1] & 0xff);
        stored[at] = (byte) ((value - before) >> (depth - 8));
        stored[at + size - 1] = (byte) (value - before);
        before = value;
      }
      return stored;
    }

    /** Two literals, a run, and the rest as literals. */
    private static byte[] pack(byte[] row) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      int at = 0;
      while (at < row.length) {
        int run = 1;
        while (run < 128 && at + run < row.length && row[at + run] == row[at]) {
          run++;
        }
        out.write(1 - run);
        if (run == 1) {
          out.write(row[at]);
        } else {
          out.write(row[at]);
          out.write(-128); // means nothing
        }
        at += run;
      }
      return out.toByteArray();
    }

    private static byte[] resource(int id, int... data) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(new byte[] {'8', 'B', 'I', 'M', (byte) (id >> 8), (byte) id, 0, 0, 0, 0, 0});
      out.write(data.length);
      for (int each : data) {
        out.write(each);
      }
      if (data.length % 2 == 1) {
        out.write(0);
      }
      return out.toByteArray();
    }
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static PsdDecoder open(byte[] file) throws IOException {
    return PsdDecoder.open(SourceBytes.of(file), new Deadline(Duration.ofMinutes(1)));
  }

  /** Collects samples. */
  private static final class Samples implements RowSink {
    private RasterLayout layout;
    private int[] samples = {};
    private int rows;

    @Override
    public void begin(RasterLayout announced) {
      layout = announced;
      samples = new int[announced.width() * announced.height() * announced.channels()];
    }

    @Override
    public void row(int plane, int y, byte[] row, int offset) {
      int length = layout.width() * layout.channels();
      assertThat(y).isEqualTo(rows++);
      for (int i = 0; i < length; i++) {
        samples[y * length + i] = row[offset + i] & 0xff;
      }
    }
  }

  private static Samples decode(byte[] file, Notes notes) throws IOException {
    Samples samples = new Samples();
    open(file).plan(1, 1).decode(samples, notes);
    return samples;
  }

  private static int[] decode(byte[] file) throws IOException {
    Notes notes = new Notes();
    int[] samples = decode(file, notes).samples;
    assertThat(notes.list()).isEmpty();
    return samples;
  }

  private static final int[] LAYER_COUNT_BELOW_ZERO = {0xff, 0xff};

  private static byte[] matted() {
    return new byte[] {(byte) LAYER_COUNT_BELOW_ZERO[0], (byte) LAYER_COUNT_BELOW_ZERO[1]};
  }

  @ParameterizedTest
  @CsvSource({
    "8, false, false",
    "16, false, false",
    "32, false, false",
    "8, true, false",
    "16, true, true",
    "32, true, true",
    "8, false, true"
  })
  void decode_rgb_ofAllDepths(int depth, boolean packed, boolean big) throws IOException {
    File file = new File();
    file.depth = depth;
    file.packed = packed;
    file.big = big;
    int[] red = {1, 2, 3, 3, 3, 255};
    int[] green = {9, 9, 9, 0, 0, 0};
    int[] blue = {7, 200, 7, 7, 7, 7};

    assertThat(decode(file.bytes(3, 2, red, green, blue)))
        .containsExactly(1, 9, 7, 2, 9, 200, 3, 9, 7, 3, 0, 7, 3, 0, 7, 255, 0, 7);
  }

  @ParameterizedTest
  @CsvSource({"8, 2", "16, 2", "32, 2", "8, 3", "16, 3", "32, 3"})
  void decode_zippedPlanes_areThoseOfRawOnes(int depth, int compression) throws IOException {
    int width = 300;
    int height = 90;
    int[][] planes = new int[4][];
    for (int c = 0; c < planes.length; c++) {
      planes[c] = new Random(c).ints((long) width * height, 0, 9).toArray();
    }
    File raw = new File();
    raw.depth = depth;
    File zipped = new File();
    zipped.depth = depth;
    zipped.zipped = compression;
    byte[] file = zipped.bytes(width, height, planes);
    int[] whole = decode(raw.bytes(width, height, planes));

    assertThat(decode(file)).isEqualTo(whole);
    Notes notes = new Notes();
    int[] shown = decode(Arrays.copyOf(file, file.length / 2), notes).samples;
    assertThat(notes.list())
        .containsExactly("PSD: picture data ends early; what is missing is gray");
    assertThat(shown).hasSameSizeAs(whole);
    assertThat(shown[0]).isEqualTo(whole[0]); // red comes first
    byte[] damaged = file.clone();
    Arrays.fill(damaged, file.length / 2, file.length, (byte) 0xff);
    assertThat(decode(damaged, new Notes()).samples[0]).isEqualTo(whole[0]);
    assertThatThrownBy(() -> decode(Arrays.copyOf(file, 40)))
        .isInstanceOf(MalformedImageException.class);
  }

  @ParameterizedTest
  @CsvSource({"8", "16", "32"})
  void decode_grayAndAlpha(int depth) throws IOException {
    File file = new File();
    file.mode = PsdHeader.GRAY;
    file.depth = depth;
    byte[] straight = file.bytes(2, 1, new int[] {10, 20}, new int[] {0, 128});

    assertThat(open(straight).header().alpha()).isTrue();
    assertThat(decode(straight)).containsExactly(10, 0, 20, 128);
  }

  @ParameterizedTest
  @CsvSource({"8", "16", "32"})
  void decode_mergedTransparency_isFreedOfWhite(int depth) throws IOException {
    File file = new File();
    file.depth = depth;
    file.layers = matted();
    // 100, 0, 255 at a half over white
    byte[] laidOver =
        file.bytes(
            2,
            1,
            new int[] {177, 255},
            new int[] {127, 255},
            new int[] {255, 255},
            new int[] {128, 0});

    assertThat(decode(laidOver)).containsExactly(100, 0, 255, 128, 255, 255, 255, 0);
  }

  @Test
  void decode_colorsTooDarkToBeLaidOverWhite_areLeftAsTheyAre() throws IOException {
    File file = new File();
    file.layers = matted();
    byte[] straight =
        file.bytes(
            2, 1, new int[] {177, 3}, new int[] {127, 4}, new int[] {255, 5}, new int[] {128, 9});

    assertThat(decode(straight)).containsExactly(177, 127, 255, 128, 3, 4, 5, 9);
  }

  @Test
  void decode_channelsBeyondColor_areLeftOut() throws IOException {
    File file = new File();
    byte[] spots =
        file.bytes(1, 1, new int[] {1}, new int[] {2}, new int[] {3}, new int[] {4}, new int[] {5});

    assertThat(open(spots).header().alpha()).isFalse();
    assertThat(decode(spots)).containsExactly(1, 2, 3);
  }

  @Test
  void decode_cmyk_countsInk() throws IOException {
    File file = new File();
    file.mode = PsdHeader.CMYK;
    Samples samples =
        decode(
            file.bytes(1, 1, new int[] {255}, new int[] {0}, new int[] {200}, new int[] {254}),
            new Notes());

    assertThat(samples.layout.color()).isEqualTo(ColorKind.CMYK);
    assertThat(samples.samples).containsExactly(0, 255, 55, 1);
  }

  @Test
  void decode_lab_isConverted() throws IOException {
    File file = new File();
    file.mode = PsdHeader.LAB;
    byte[] white = file.bytes(2, 1, new int[] {255, 0}, new int[] {128, 128}, new int[] {128, 128});

    assertThat(decode(white)).containsExactly(255, 255, 255, 0, 0, 0);
  }

  @Test
  void decode_palette_withTransparentIndex() throws IOException {
    File file = new File();
    file.mode = PsdHeader.INDEXED;
    file.palette = new byte[768];
    file.palette[5] = 1;
    file.palette[256 + 5] = 2;
    file.palette[512 + 5] = 3;
    int[] indexes = {5, 6};

    assertThat(decode(file.bytes(2, 1, indexes))).containsExactly(1, 2, 3, 0, 0, 0);
    file.resources = File.resource(1047, 0, 6);
    assertThat(decode(file.bytes(2, 1, indexes))).containsExactly(1, 2, 3, 255, 0, 0, 0, 0);
  }

  @Test
  void decode_bitmap_oneIsBlack() throws IOException {
    File file = new File();
    file.mode = PsdHeader.BITMAP;
    file.depth = 1;
    int[] bits = {0, 255, 255, 0, 0, 0, 255, 0, 255};

    assertThat(decode(file.bytes(9, 1, bits))).isEqualTo(bits);
  }

  /** Its channels are inks, stored as those of the picture that was split into them. */
  @Test
  void decode_multichannel_isOfTheColorsItWasMadeOf() throws IOException {
    File file = new File();
    file.mode = PsdHeader.MULTICHANNEL;
    int[] plane = {200, 60};

    assertThat(decode(file.bytes(2, 1, plane, new int[] {1, 2}))).containsExactly(200, 60);
    assertThat(decode(file.bytes(2, 1, plane, new int[] {1, 2}, new int[] {3, 4})))
        .containsExactly(200, 1, 3, 60, 2, 4);
    int[] cmyk =
        decode(file.bytes(1, 1, new int[] {255}, new int[] {55}, new int[] {0}, new int[] {250}));
    assertThat(cmyk).containsExactly(0, 200, 255, 5);
  }

  @Test
  void decode_cut_showsThePlanesItHas() throws IOException {
    File file = new File();
    byte[] whole =
        file.bytes(1, 2, new int[] {1, 2}, new int[] {3, 4}, new int[] {5, 6}, new int[] {7, 8});
    Notes notes = new Notes();

    int[] samples = decode(Arrays.copyOf(whole, whole.length - 3), notes).samples;

    assertThat(samples).containsExactly(1, 3, 5, 255, 2, 4, 128, 255);
    assertThat(notes.list())
        .containsExactly("PSD: picture data ends early; what is missing is gray");
    assertThatThrownBy(() -> decode(Arrays.copyOf(whole, whole.length - 8)))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("has no picture data");
  }

  /** Returns a layer's record, without its channels' data. */
  private static byte[] record(
      int top, int left, int bottom, int right, int opacity, int flags, int folder)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (int edge : new int[] {top, left, bottom, right}) {
      out.writeInt(edge);
    }
    int pixels = (bottom - top) * (right - left);
    out.writeShort(4);
    for (int id = -1; id < 3; id++) {
      out.writeShort(id);
      out.writeInt(2 + pixels);
    }
    out.writeBytes("8BIMnorm");
    out.write(opacity);
    out.write(0);
    out.write(flags);
    out.write(0);
    out.writeInt(folder == 0 ? 12 : 28);
    out.write(new byte[12]);
    if (folder != 0) {
      out.writeBytes("8BIMlsct");
      out.writeInt(4);
      out.writeInt(folder);
    }
    return bytes.toByteArray();
  }

  /** Returns the channels' data of a layer of one color: alpha, red, green, blue. */
  private static byte[] plain(int pixels, int... values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int value : values) {
      out.writeBytes(new byte[2]);
      for (int i = 0; i < pixels; i++) {
        out.write(value);
      }
    }
    return out.toByteArray();
  }

  private static byte[] withoutMerged(byte[] layers, int... white) throws IOException {
    File file = new File();
    file.resources = File.resource(1057, 0, 0, 0, 1, 0);
    file.layers = layers;
    return file.bytes(2, 2, white, white, white);
  }

  @Test
  void decode_noMergedPicture_showsLayersThatAreNotHidden() throws IOException {
    byte[] layers =
        joined(
            new byte[] {0, 6},
            record(0, 0, 2, 2, 255, 0, 0),
            record(-1, 1, 1, 3, 128, 0, 0),
            record(0, 0, 2, 2, 255, 2, 0), // hidden
            record(0, 0, 0, 0, 255, 0, 3), // a group begins
            record(0, 0, 2, 2, 255, 0, 0),
            record(0, 0, 0, 0, 255, 2, 1), // and was hidden
            plain(4, 255, 200, 0, 0),
            plain(4, 255, 0, 100, 0),
            plain(4, 255, 9, 9, 9),
            plain(0, 0, 0, 0, 0),
            plain(4, 255, 9, 9, 9),
            plain(0, 0, 0, 0, 0));
    Notes notes = new Notes();

    Samples samples = decode(withoutMerged(layers, 255, 255, 255, 255), notes);

    assertThat(samples.samples)
        .containsExactly(200, 0, 0, 255, 100, 50, 0, 255, 200, 0, 0, 255, 200, 0, 0, 255);
    assertThat(notes.list())
        .containsExactly("PSD: no merged picture; its layers are laid over one another");
  }

  @Test
  void plan_neitherMergedPictureNorLayers_isRefused() throws IOException {
    byte[] file = withoutMerged(NOTHING, 255, 255, 255, 255);

    assertThatThrownBy(() -> open(file).plan(1, 1))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("without a merged picture");
  }

  @Test
  void plan_merged_holdsRowsOnly() throws IOException {
    File file = new File();
    byte[] header = file.bytes(9000, 9000, NOTHING_THERE, NOTHING_THERE, NOTHING_THERE);

    assertThat(open(header).plan(1, 1).workingBytes()).isLessThan(200_000);
  }

  private static final int[] NOTHING_THERE = {};

  @Test
  void decode_mutations_failTypedIfAtAll() throws IOException {
    File packed = new File();
    packed.packed = true;
    packed.resources = File.resource(1039, 1, 2, 3);
    packed.layers = matted();
    int[] plane = new Random(1).ints(24 * 10, 100, 140).toArray();
    File deep = new File();
    deep.depth = 16;
    deep.big = true;
    byte[] layers =
        joined(
            new byte[] {0, 2},
            record(0, 0, 2, 2, 255, 0, 0),
            record(0, 0, 2, 2, 99, 0, 0),
            plain(4, 255, 200, 0, 0),
            plain(4, 255, 0, 100, 0));
    byte[][] files = {
      packed.bytes(24, 10, plane, plane, plane, plane),
      deep.bytes(24, 10, plane, plane, plane),
      withoutMerged(layers, 255, 255, 255, 255)
    };
    Random random = new Random(7);
    int decoded = 0;
    for (int round = 0; round < 3000; round++) {
      byte[] damaged = files[round % files.length].clone();
      damaged = Arrays.copyOf(damaged, damaged.length - random.nextInt(round % 4 * 60 + 1));
      for (int n = random.nextInt(4); n >= 0; n--) {
        int at = random.nextInt(3) == 0 ? random.nextInt(120) : random.nextInt(damaged.length);
        damaged[Math.min(at, damaged.length - 1)] = (byte) random.nextInt();
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
    assertThat(decoded).isGreaterThan(1000);
  }
}
