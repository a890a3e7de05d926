package dev.miniatura.internal.tiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.miniatura.ImageSource;
import dev.miniatura.OutputFormat;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.tiff.TiffBytes.Ifd;
import dev.miniatura.testing.TestImages;
import io.airlift.compress.zstd.ZstdCompressor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.DeltaOptions;
import org.tukaani.xz.FilterOptions;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** TIFF of the compressions that its writers added last: LZMA, Zstandard and WebP. */
class CompressionsTest {

  private static final int WIDTH = 60;
  private static final int HEIGHT = 45;
  private static final int ROWS_PER_STRIP = 16;
  private static final BufferedImage PICTURE = TestImages.photo(WIDTH, HEIGHT);

  private static byte[] rgb(BufferedImage image, int top, int rows) {
    byte[] bytes = new byte[image.getWidth() * rows * 3];
    int at = 0;
    for (int y = top; y < top + rows; y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int pixel = image.getRGB(x, y);
        bytes[at++] = (byte) (pixel >> 16);
        bytes[at++] = (byte) (pixel >> 8);
        bytes[at++] = (byte) pixel;
      }
    }
    return bytes;
  }

  private static byte[] differences(byte[] rgb) {
    byte[] stored = rgb.clone();
    for (int i = 0; i < rgb.length; i++) {
      stored[i] -= i % (WIDTH * 3) < 3 ? 0 : rgb[i - 3];
    }
    return stored;
  }

  private static byte[] compressed(int compression, byte[] raw) throws IOException {
    if (compression == Compressions.ZSTD) {
      ZstdCompressor compressor = new ZstdCompressor();
      byte[] out = new byte[compressor.maxCompressedLength(raw.length)];
      return Arrays.copyOf(out, compressor.compress(raw, 0, raw.length, out, 0, out.length));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FilterOptions[] filters = {new DeltaOptions(1), new LZMA2Options(6)}; // as libtiff writes
    try (XZOutputStream xz = new XZOutputStream(out, filters)) {
      xz.write(raw);
    }
    return out.toByteArray();
  }

  private static byte[] file(int compression, boolean predicted) throws IOException {
    Ifd page = TiffBytes.page(WIDTH, HEIGHT, 2, 3, 8).set(259, compression);
    byte[][] strips = new byte[3][];
    for (int i = 0; i < 3; i++) {
      int top = i * ROWS_PER_STRIP;
      byte[] raw = rgb(PICTURE, top, Math.min(ROWS_PER_STRIP, HEIGHT - top));
      strips[i] = compressed(compression, predicted ? differences(raw) : raw);
    }
    return TiffBytes.of(page.set(278, ROWS_PER_STRIP).set(317, predicted ? 2 : 1).strips(strips));
  }

  @ParameterizedTest
  @CsvSource({"34925, false", "34925, true", "50000, false", "50000, true"})
  void decode_strips_areThePicture(int compression, boolean predicted) throws IOException {
    Decoding decoding = Decoding.of(file(compression, predicted));
    assertThat(decoding.notes.list()).isEmpty();
    assertThat(decoding.planes[0]).isEqualTo(rgb(PICTURE, 0, HEIGHT));
  }

  @ParameterizedTest
  @ValueSource(ints = {34925, 50000})
  void decode_damagedOrCut_losesAStripOnly(int compression) throws IOException {
    byte[] whole = file(compression, false);
    byte[] damaged = whole.clone();
    int last = compressed(compression, rgb(PICTURE, 32, HEIGHT - 32)).length;
    for (int i = whole.length - last; i < whole.length; i += 3) {
      damaged[i] = 0x55;
    }
    for (byte[] file : new byte[][] {damaged, Arrays.copyOf(whole, whole.length - last / 2)}) {
      Decoding decoding = Decoding.of(file);
      assertThat(decoding.notes.list()).hasSize(1);
      byte[] intact = rgb(PICTURE, 0, 32);
      assertThat(Arrays.copyOf(decoding.planes[0], intact.length)).isEqualTo(intact);
      assertThat(decoding.planes[0]).hasSize(WIDTH * HEIGHT * 3).endsWith(128, 128, 128);
    }
  }

  private static byte[] webp(BufferedImage image, boolean lossless) throws IOException {
    ThumbnailSpec spec = ThumbnailSpec.fit(WIDTH, HEIGHT).format(OutputFormat.WEBP);
    return Thumbnailer.create()
        .render(ImageSource.of(image), lossless ? spec.lossless(true) : spec)
        .bytes();
  }

  @Test
  void decode_thunderScan_ofEveryCode() throws IOException {
    byte[] first = {(byte) 0xc9, 0x02, 0b01_01_11_10, (byte) 0b10_011_101};
    byte[] second = {0, (byte) 0xc1, 0b01_11_11_11, (byte) 0b10_100_111, 9}; // 4 bits wrap around
    byte[] rows = {(byte) 0xc9, 0x02, 0b01_01_11_10, (byte) 0b10_011_101, (byte) 0xc2, 0x06};
    Ifd page = TiffBytes.page(7, 4, 1, 1, 4).set(259, Compressions.THUNDER_SCAN).set(278, 2);
    byte[] upper = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, upper, first.length, second.length);
    Decoding decoding = Decoding.of(TiffBytes.of(page.strips(upper, rows)));

    int[] wanted = {9, 9, 9, 10, 9, 12, 9, 1, 0, 15, 14, 13, 13, 13, 9, 9, 9, 10, 9, 12, 9};
    for (int i = 0; i < wanted.length; i++) {
      assertThat(decoding.at(i % 7, i / 7, 0)).isEqualTo(17 * wanted[i]);
    }
    assertThat(decoding.at(6, 3, 0)).isEqualTo(17 * 2);
    assertThat(decoding.notes.list()).isEmpty();
  }

  @Test
  void decode_thunderScanThatEndsEarly_isGrayBelow() throws IOException {
    Ifd page = TiffBytes.page(4, 2, 1, 1, 4).set(259, Compressions.THUNDER_SCAN).set(278, 2);
    Decoding decoding = Decoding.of(TiffBytes.of(page.strips(new byte[] {(byte) 0xcf, 3})));

    assertThat(decoding.planes[0]).startsWith(255, 255, 255, 255).endsWith(128, 128, 128, 128);
    assertThat(decoding.notes.list()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void decode_webp_isThatPicture(boolean lossless) throws IOException {
    byte[] webp = webp(PICTURE, lossless);
    Ifd page = TiffBytes.page(WIDTH, HEIGHT, 2, 3, 8).set(259, Compressions.WEBP);
    Decoding decoding = Decoding.of(TiffBytes.of(page.set(278, HEIGHT).strips(webp)));
    BufferedImage same =
        Thumbnailer.create().renderImage(ImageSource.of(webp), ThumbnailSpec.fit(WIDTH, HEIGHT));
    byte[] wanted = rgb(same, 0, HEIGHT);
    long sum = 0;
    for (int i = 0; i < wanted.length; i++) {
      sum += Math.abs((wanted[i] & 0xff) - (decoding.planes[0][i] & 0xff));
    }
    // Halved chroma is interpolated here, and resampled there.
    assertThat(sum).isLessThanOrEqualTo(lossless ? 0 : 2L * wanted.length);
  }

  @Test
  void decode_tilesOfWebpWithAlpha_keepIt() throws IOException {
    BufferedImage tile = new BufferedImage(16, 16, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < 256; i++) {
      tile.setRGB(i % 16, i / 16, (i | 0xe0) << 24 | i << 8 | 77);
    }
    byte[] webp = webp(tile, true);
    Ifd page = TiffBytes.page(30, 16, 2, 4, 8).set(259, Compressions.WEBP).set(338, 2);
    Decoding decoding = Decoding.of(TiffBytes.of(page.set(322, 16).set(323, 16).tiles(webp, webp)));
    assertThat(decoding.layout.alpha()).isTrue();
    for (int i = 0; i < 256; i++) {
      assertThat(decoding.at(i % 16, i / 16, 3)).isEqualTo(i | 0xe0);
      assertThat(decoding.at(i % 16, i / 16, 1)).isCloseTo(i, within(1));
    }
    assertThat(decoding.at(17, 3, 1)).isCloseTo(49, within(1));
  }

  @Test
  void decode_cutWebp_isMalformed() throws IOException {
    byte[] webp = webp(PICTURE, true);
    Ifd page = TiffBytes.page(WIDTH, HEIGHT, 2, 3, 8).set(259, Compressions.WEBP);
    byte[] file = TiffBytes.of(page.set(278, HEIGHT).strips(webp));
    assertThatThrownBy(() -> Decoding.of(Arrays.copyOf(file, file.length - webp.length / 2)))
        .isInstanceOf(dev.miniatura.MalformedImageException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "34887, 8, LERC compression",
    "50001, 16, WebP compression of such samples",
    "34677, 8, SGI Log compression"
  })
  void render_unknownCompression_isNamed(int compression, int bits, String name) {
    Ifd page = TiffBytes.page(4, 4, 2, 3, bits).set(259, compression).strips(new byte[96]);
    assertThatThrownBy(
            () ->
                Thumbnailer.create()
                    .render(ImageSource.of(TiffBytes.of(page)), ThumbnailSpec.fit(4, 4)))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining(name);
  }

  /** 24 bits: integers of all of their range, and numbers of 7 bits of exponent. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void decode_samplesOf24Bits_areScaled(boolean real) throws IOException {
    int[] stored = real ? new int[] {0, 0x3e0000, 0x3f0000} : new int[] {0, 0x808080, 0xffffff};
    byte[] strip = new byte[9];
    for (int i = 0; i < 9; i++) {
      strip[i] = (byte) (stored[i / 3] >> (8 * (i % 3)));
    }
    Ifd page = TiffBytes.page(3, 1, 1, 1, 24).set(339, real ? 3 : 1).set(278, 1).strips(strip);
    Decoding decoding = Decoding.of(TiffBytes.of(page));
    assertThat(decoding.layout.color()).isEqualTo(ColorKind.GRAY);
    assertThat(decoding.planes[0]).containsExactly(0, 128, 255);
  }
}
