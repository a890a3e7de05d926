package dev.miniatura.internal.png;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.png.Decoding.Decoded;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.testing.ExifMaker;
import dev.miniatura.testing.PngWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PngDecoderTest {

  @ParameterizedTest
  @CsvSource({
    "0,1", "0,2", "0,4", "0,8", "0,16", "2,8", "2,16", "3,1", "3,2", "3,4", "3,8", "4,8", "4,16",
    "6,8", "6,16"
  })
  void decode_everyColorTypeAndDepth_deliversTheSamples(int type, int depth) throws Exception {
    for (int size = 1; size <= 20; size++) {
      for (boolean transparent : new boolean[] {false, true}) {
        PngWriter maker = PngWriter.random(size, 21 - size, depth, type, size);
        maker.idatBytes(1 + size * size);
        byte[] palette = palette(1 << Math.min(8, depth));
        if (type == 3) {
          maker.chunk("PLTE", palette);
        }
        if (transparent && type != 4 && type != 6) {
          addTransparency(maker);
        }
        boolean alpha = type == 4 || type == 6 || transparent;
        byte[] expected = expected(maker, palette, transparent);
        for (boolean interlaced : new boolean[] {false, true}) {
          maker.interlaced(interlaced);
          Decoded decoded = Decoding.decode(maker.bytes());
          assertThat(decoded.samples()).isEqualTo(expected);
          assertThat(decoded.header().alpha()).isEqualTo(alpha);
          assertThat(decoded.header().progressive()).isEqualTo(interlaced);
          assertThat(decoded.plan().layout().color())
              .isEqualTo(type == 0 || type == 4 ? ColorKind.GRAY : ColorKind.RGB);
          assertThat(decoded.notes()).isEmpty();
        }
      }
    }
  }

  private static byte[] palette(int entries) {
    byte[] palette = new byte[3 * entries];
    for (int i = 0; i < palette.length; i++) {
      palette[i] = (byte) (i * 37 + 11);
    }
    return palette;
  }

  /** The first pixel's color; for palettes, an alpha for the first half of the entries. */
  private static void addTransparency(PngWriter maker) {
    if (maker.colorType() == 3) {
      byte[] alphas = new byte[(1 << maker.depth()) / 2];
      for (int i = 0; i < alphas.length; i++) {
        alphas[i] = (byte) (i * 51 + 3);
      }
      maker.chunk("tRNS", alphas);
      return;
    }
    ByteBuffer color = ByteBuffer.allocate(2 * PngWriter.perPixel(maker.colorType()));
    for (int c = 0; c < PngWriter.perPixel(maker.colorType()); c++) {
      color.putShort((short) maker.samples()[c]);
    }
    maker.chunk("tRNS", color.array());
  }

  private static byte[] expected(PngWriter maker, byte[] palette, boolean transparent) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int per = PngWriter.perPixel(maker.colorType());
    int max = (1 << maker.depth()) - 1;
    for (int i = 0; i < maker.samples().length; i += per) {
      if (maker.colorType() == 3) {
        int index = maker.samples()[i];
        out.write(palette, 3 * index, 3);
        if (transparent) {
          out.write(index < (max + 1) / 2 ? index * 51 + 3 : 255);
        }
        continue;
      }
      boolean same = true;
      for (int c = 0; c < per; c++) {
        out.write((maker.samples()[i + c] * 255 + max / 2) / max);
        same &= maker.samples()[i + c] == maker.samples()[c];
      }
      if (transparent && maker.colorType() != 4 && maker.colorType() != 6) {
        out.write(same ? 0 : 255);
      }
    }
    return out.toByteArray();
  }

  @Test
  void rounded_everySample_isNearest() {
    for (int sample = 0; sample < 65_536; sample++) {
      assertThat(SampleExpander.rounded(sample)).isEqualTo((sample * 255 + 32_767) / 65_535);
    }
  }

  @Test
  void decode_indexBeyondPalette_isBlack() throws Exception {
    PngWriter maker = PngWriter.random(1, 1, 8, 3, 1);
    maker.samples()[0] = 2;
    maker.chunk("PLTE", 9, 9, 9, 8, 8, 8);
    assertThat(Decoding.decode(maker.bytes()).samples()).containsExactly(0, 0, 0);
  }

  @Test
  void decode_cutOff_deliversTheRowsThatAreThere() throws Exception {
    PngWriter maker = PngWriter.random(40, 60, 8, 2, 3);
    byte[] png = maker.bytes();
    byte[] whole = Decoding.decode(png).samples();
    Decoded decoded = Decoding.decode(Arrays.copyOf(png, png.length / 2));
    assertThat(decoded.rows()).isBetween(10, 50);
    assertThat(decoded.samples()).isEqualTo(Arrays.copyOf(whole, decoded.rows() * 40 * 3));
    assertThat(decoded.notes())
        .containsExactly("PNG: image data ends early; what is missing is blank");
  }

  @Test
  void decode_interlacedCutOff_repeatsPixelsOfEarlierPasses() throws Exception {
    PngWriter maker = PngWriter.random(64, 64, 8, 0, 3);
    Arrays.fill(maker.samples(), 7);
    for (int i = 0; i < 64 * 64; i++) {
      maker.samples()[i] = i / 64 / 8 * 8 + i % 64 / 8; // constant in blocks of 8 by 8
    }
    maker.interlaced(true);
    byte[] png = maker.bytes();
    byte[] whole = Decoding.decode(png).samples();
    int complete = 0;
    for (int length = 60; length < png.length - 12; length++) {
      byte[] start = Arrays.copyOf(png, length);
      try {
        Decoded decoded = Decoding.decode(start);
        assertThat(decoded.samples()).isEqualTo(Arrays.copyOf(whole, decoded.rows() * 64));
        complete += decoded.rows() == 64 ? 1 : 0;
      } catch (MalformedImageException e) {
        assertThat(e.reason()).isIn("no image data", "source ends before the image data");
      }
    }
    assertThat(complete).isGreaterThan(10);
  }

  @Test
  void decode_noRow_isMalformed() {
    byte[] png = PngWriter.random(10, 10, 8, 0, 3).bytes();
    assertThatThrownBy(() -> Decoding.decode(Arrays.copyOf(png, 45)))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("no image data");
  }

  @ParameterizedTest
  @ValueSource(strings = {"IHDR", "PLTE"})
  void decode_criticalChunkWithWrongCrc_isMalformed(String name) {
    PngWriter maker = PngWriter.random(10, 10, 8, 3, 3);
    maker.chunk("PLTE", palette(256));
    byte[] png = maker.bytes();
    int at = indexOf(png, name) - 4;
    int crcAt = at + 8 + ByteBuffer.wrap(png).getInt(at);
    png[crcAt + 3] ^= 1;
    assertThatThrownBy(() -> Decoding.decode(png))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("CRC error in chunk " + name)
        .extracting(e -> ((MalformedImageException) e).offset())
        .isEqualTo((long) crcAt);
  }

  /**
   * As in browsers, data that decompresses is shown; this test used to require that a wrong CRC of
   * IDAT is refused.
   */
  @Test
  void decode_wrongCheckValueOfImageData_isShownWithNote() throws Exception {
    byte[] png = PngWriter.random(10, 10, 8, 2, 3).bytes();
    Decoded intact = Decoding.decode(png);
    int at = indexOf(png, "IDAT") - 4;
    int crcAt = at + 8 + ByteBuffer.wrap(png).getInt(at);
    for (int wrong : new int[] {crcAt + 3, crcAt - 1}) { // CRC and Adler-32
      byte[] broken = png.clone();
      broken[wrong] ^= 1;
      Decoded decoded = Decoding.decode(broken);
      assertThat(decoded.samples()).isEqualTo(intact.samples());
      String said = wrong > crcAt ? "IDAT with a wrong CRC" : "incorrect data check";
      assertThat(decoded.notes()).singleElement().asString().contains(said);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void decode_damagedImageData_showsTheRowsBeforeIt(int interlaced) throws Exception {
    PngWriter maker = PngWriter.random(300, 300, 8, 2, 3);
    maker.interlaced(interlaced == 1);
    byte[] png = maker.bytes();
    Decoded intact = Decoding.decode(png);
    int middle = (indexOf(png, "IDAT") + png.length) / 2;
    Arrays.fill(png, middle, middle + 400, (byte) 0xff);
    Decoded decoded = Decoding.decode(png);
    assertThat(decoded.notes()).isNotEmpty();
    assertThat(decoded.rows()).isPositive();
    if (interlaced == 0) {
      assertThat(Arrays.mismatch(decoded.samples(), intact.samples())).isGreaterThan(300 * 100);
    }
  }

  @Test
  void decode_ancillaryChunkWithWrongCrc_isIgnoredWithNote() throws Exception {
    PngWriter maker = PngWriter.random(10, 10, 8, 2, 3).chunk("tRNS", 0, 1, 0, 1, 0, 1);
    byte[] png = maker.bytes();
    png[indexOf(png, "tRNS") + 4] ^= 1;
    Decoded decoded = Decoding.decode(png);
    assertThat(decoded.header().alpha()).isFalse();
    assertThat(decoded.notes())
        .singleElement()
        .asString()
        .matches("PNG: tRNS with a wrong CRC; ignored \\(byte \\d+\\)");
  }

  @Test
  void open_unknownCriticalChunk_isUnsupported() {
    byte[] png = PngWriter.random(10, 10, 8, 2, 3).chunk("CgBI", 1, 2, 3, 4).bytes();
    assertThatThrownBy(() -> Decoding.decode(png)).isInstanceOf(UnsupportedImageException.class);
  }

  @Test
  void decode_unknownFilterType_isMalformed() {
    PngWriter maker = PngWriter.random(10, 10, 8, 2, 3);
    maker.filter(5);
    assertThatThrownBy(() -> Decoding.decode(maker.bytes()))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("unknown filter type 5");
  }

  @Test
  void info_exifAndAnimation_areRead() throws Exception {
    PngWriter maker = PngWriter.random(10, 20, 8, 2, 3);
    maker.chunk("acTL", 0, 0, 0, 12, 0, 0, 0, 0);
    maker.chunk("eXIf", 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0);
    Decoded decoded = Decoding.decode(maker.bytes());
    assertThat(decoded.header().frames()).isEqualTo(12);
    assertThat(decoded.header().orientation()).isEqualTo(6);
  }

  @Test
  void open_rewrittenForIphones_isUnsupportedByName() {
    byte[] png = {
      (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 4, 'C', 'g', 'B', 'I', 0, 0, 0, 0
    };
    assertThatThrownBy(() -> Decoding.decode(png))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("CgBI");
  }

  private static int[] bytes(String text) {
    return text.chars().toArray();
  }

  private static int[] bytes(String text, byte[] more) {
    return IntStream.concat(text.chars(), IntStream.range(0, more.length).map(i -> more[i] & 0xff))
        .toArray();
  }

  private static byte[] deflated(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
      deflater.write(text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static String hex(String prefix, int orientation) {
    byte[] exif = ExifMaker.bigEndian().orientation(orientation).bytes();
    byte[] all =
        Arrays.copyOf(prefix.getBytes(StandardCharsets.ISO_8859_1), prefix.length() + exif.length);
    System.arraycopy(exif, 0, all, prefix.length(), exif.length);
    String digits = HexFormat.of().formatHex(all).replaceAll("(.{72})", "$1\n");
    return "\nexif\n%8d\n%s\n".formatted(all.length, digits);
  }

  private static final String XMP =
      "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:Description tiff:Orientation=\"8\"/></x:xmpmeta>";

  static Stream<Arguments> orientations() {
    String profile = "Raw profile type exif\0";
    String xmp = "XML:com.adobe.xmp\0";
    return Stream.of(
        Arguments.of(6, "tEXt", bytes(profile + hex("Exif\0\0", 6))),
        Arguments.of(6, "tEXt", bytes(profile + hex("", 6))),
        Arguments.of(6, "zTXt", bytes(profile + "\0", deflated(hex("Exif\0\0", 6)))),
        Arguments.of(3, "zTXt", bytes("Raw profile type APP1\0\0", deflated(hex("Exif\0\0", 3)))),
        Arguments.of(8, "iTXt", bytes(xmp + "\0\0\0\0" + XMP)),
        Arguments.of(8, "iTXt", bytes(xmp + "\u0001\0en\0\0", deflated(XMP))),
        Arguments.of(5, "iTXt", bytes(xmp + "\0\0\0\0<tiff:Orientation>5</tiff:Orientation>")),
        Arguments.of(1, "iTXt", bytes(xmp + "\0\0\0\0tiff:Orientation=\"9\"")),
        Arguments.of(1, "iTXt", bytes(xmp)),
        Arguments.of(1, "tEXt", bytes("Comment\0" + XMP)),
        Arguments.of(1, "tEXt", bytes(profile + "\nexif\n 12\nno digits")),
        Arguments.of(1, "zTXt", bytes(profile + "\0nothing deflated")),
        Arguments.of(1, "zTXt", bytes("Raw profile type exif")));
  }

  @ParameterizedTest
  @MethodSource("orientations")
  void info_orientationInText_isReadUnlessExifIsThere(int expected, String type, int[] data)
      throws Exception {
    PngWriter maker = PngWriter.random(10, 20, 8, 2, 3).chunk(type, data);
    assertThat(Decoding.decode(maker.bytes()).header().orientation()).isEqualTo(expected);
    maker.chunk("eXIf", 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 2, 0, 0);
    assertThat(Decoding.decode(maker.bytes()).header().orientation()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void decode_hugeClaimWithoutData_allocatesLittle(boolean interlaced) {
    PngWriter maker = PngWriter.random(1, 1, 8, 6, 3);
    maker.interlaced(interlaced);
    byte[] png = maker.bytes();
    ByteBuffer.wrap(png).putInt(16, 30_000).putInt(20, 30_000);
    fixHeaderCrc(png);
    assertThatThrownBy(() -> Decoding.decode(png, Limits.defaults().withWorkingBytes(4L << 30)))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("no image data");
  }

  @Test
  void decode_moreThanTheLimit_isRefusedBeforeAnyRow() {
    PngWriter maker = PngWriter.random(400, 400, 8, 6, 3);
    maker.interlaced(true);
    byte[] png = maker.bytes();
    assertThatThrownBy(() -> Decoding.decode(png, Limits.defaults().withWorkingBytes(300_000)))
        .isInstanceOf(LimitExceededException.class);
  }

  static void fixHeaderCrc(byte[] png) {
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
  }

  static int indexOf(byte[] png, String name) {
    return new String(png, StandardCharsets.ISO_8859_1).indexOf(name);
  }
}
