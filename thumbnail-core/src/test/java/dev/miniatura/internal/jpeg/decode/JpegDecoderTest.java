package dev.miniatura.internal.jpeg.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.io.BytesSource;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.InputWindow;
import dev.miniatura.internal.jpeg.Marker;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.DecodePlan;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.Plane;
import dev.miniatura.testing.CoefficientJpeg;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JpegDecoderTest {

  private static final int[] YUV_420 = {0x22, 0x11, 0x11};

  @Test
  void info_usualFile_saysWhatTheHeaderSays() throws IOException {
    CoefficientJpeg jpeg = CoefficientJpeg.random(1, 83, 61, 8, YUV_420);
    Decoded decoded = Decoded.of(jpeg.baseline(), 8);
    assertThat(decoded.header().format()).isEqualTo("JPEG");
    assertThat(decoded.header().width()).isEqualTo(83);
    assertThat(decoded.header().height()).isEqualTo(61);
    assertThat(decoded.header().orientation()).isEqualTo(1);
    assertThat(decoded.header().color()).isEqualTo("YCbCr 4:2:0");
    assertThat(decoded.header().progressive()).isFalse();
    assertThat(decoded.header().iccProfile()).isFalse();
    assertThat(Decoded.of(jpeg.progressive(), 8).header().progressive()).isTrue();
  }

  @Test
  void plan_subsampledChroma_hasExactExtents() throws IOException {
    CoefficientJpeg jpeg = CoefficientJpeg.gray(3_001, 17, 8, YUV_420);
    List<Plane> planes = Decoded.of(jpeg.baseline(), 1).plan().layout().planes();
    assertThat(planes.get(0)).isEqualTo(new Plane(376, 3, 1, 375.125, 2.125, true));
    assertThat(planes.get(1)).isEqualTo(new Plane(188, 2, 1, 187.5625, 1.0625, true));
  }

  @ParameterizedTest
  @CsvSource({
    "97, 1, 1", // 4:2:0 of 1600 px: 200 luma and 100 chroma blocks per row
    "98, 1, 2",
    "153, 1, 2",
    "154, 2, 2",
    "286, 2, 3",
    "388, 3, 4",
    "429, 3, 5",
    "572, 4, 6",
    "720, 5, 8",
    "858, 6, 8",
    "1000, 8, 8",
    "1600, 8, 8"
  })
  void plan_target_decidesIdctSizePerComponent(double target, int luma, int chroma)
      throws IOException {
    byte[] file = CoefficientJpeg.gray(1_600, 16, 8, YUV_420).baseline();
    InputWindow in = open(file);
    DecodePlan plan = JpegDecoder.open(in, Limits.defaults()).plan(target, 0.1);
    assertThat(plan.layout().planes().get(0).width()).isEqualTo(200 * luma);
    assertThat(plan.layout().planes().get(1).width()).isEqualTo(100 * chroma);
    assertThat(plan.layout().planes().get(1).blockMean())
        .isEqualTo(chroma == 1 || chroma == 2 || chroma == 4);
  }

  @ParameterizedTest
  @EnumSource(CoefficientJpeg.Code.class)
  void decode_skippingAllAcCoefficients_leavesTheDcAlone(CoefficientJpeg.Code code)
      throws IOException {
    CoefficientJpeg jpeg = CoefficientJpeg.random(11, 200, 200, 16, 0x11);
    CoefficientJpeg dcOnly = CoefficientJpeg.random(11, 200, 200, 16, 0x11);
    short[] coefficients = dcOnly.coefficients(0);
    for (int at = 0; at < coefficients.length; at += 64) {
      Arrays.fill(coefficients, at + 1, at + 64, (short) 0);
    }
    jpeg.code(code);
    Decoded decoded = Decoded.of(jpeg.baseline(), 1);
    assertThat(decoded.notes()).isEmpty();
    assertThat(decoded.planes()).isDeepEqualTo(Decoded.of(dcOnly.baseline(), 1).planes());
  }

  @Test
  void decode_restartIntervals_changesNothing() throws IOException {
    CoefficientJpeg jpeg = CoefficientJpeg.random(2, 131, 77, 4, YUV_420);
    for (double target : new double[] {1, 20, 60, Decoded.FULL}) {
      Decoded plain = Decoded.of(jpeg.baseline(), target);
      for (int interval : new int[] {1, 3, 9, 1_000}) {
        jpeg.restartInterval(interval);
        Decoded decoded = Decoded.of(jpeg.baseline(), target);
        assertThat(decoded.planes()).isDeepEqualTo(plain.planes());
        assertThat(decoded.notes()).isEmpty();
      }
      jpeg.restartInterval(0);
    }
  }

  @Test
  void decode_oneScanPerComponent_equalsOneScan() throws IOException {
    for (int[] factors : new int[][] {YUV_420, {0x31, 0x21, 0x12}, {0x11, 0x11, 0x22, 0x44}}) {
      CoefficientJpeg jpeg = CoefficientJpeg.random(3, 131, 77, 4, factors);
      int[] order = factors.length == 3 ? new int[] {2, 0, 1} : new int[] {3, 1, 0, 2};
      for (double target : new double[] {1, 20, 60, Decoded.FULL}) {
        assertThat(Decoded.of(jpeg.baselineByComponent(order), target).planes())
            .isDeepEqualTo(Decoded.of(jpeg.baseline(), target).planes());
      }
    }
  }

  @Test
  void decode_componentWithoutScan_isGray() throws IOException {
    CoefficientJpeg jpeg = CoefficientJpeg.random(3, 40, 40, 4, YUV_420);
    Decoded decoded = Decoded.of(jpeg.baselineByComponent(0), Decoded.FULL);
    assertThat(decoded.planes()[1]).containsOnly(128);
    assertThat(decoded.planes()[0])
        .isEqualTo(Decoded.of(jpeg.baseline(), Decoded.FULL).planes()[0]);
  }

  @Test
  void decode_linesInDnl_findsTheHeight() throws IOException {
    CoefficientJpeg jpeg = CoefficientJpeg.random(4, 83, 61, 4, YUV_420);
    Decoded expected = Decoded.of(jpeg.baseline(), Decoded.FULL);
    jpeg.linesInDnl(true);
    Decoded decoded = Decoded.of(jpeg.baseline(), Decoded.FULL);
    assertThat(decoded.header().height()).isEqualTo(61);
    assertThat(decoded.planes()).isDeepEqualTo(expected.planes());
  }

  @Test
  void decode_somethingAfterTheImage_isNotRead() throws IOException {
    byte[] file = CoefficientJpeg.random(5, 83, 61, 4, YUV_420).baseline();
    byte[] second = CoefficientJpeg.gray(8, 8, 1, 0x11).baseline();
    Decoded decoded = Decoded.of(join(file, second), Decoded.FULL);
    assertThat(decoded.planes()).isDeepEqualTo(Decoded.of(file, Decoded.FULL).planes());
    assertThat(decoded.bytesRead()).isLessThanOrEqualTo(file.length);
  }

  @Test
  void decode_fillBytesBeforeMarkers_areSkipped() throws IOException {
    CoefficientJpeg jpeg = CoefficientJpeg.random(6, 83, 61, 4, YUV_420);
    jpeg.restartInterval(2);
    byte[] file = jpeg.baseline();
    ByteArrayOutputStream filled = new ByteArrayOutputStream();
    for (int i = 0; i < file.length; i++) {
      boolean restart =
          file[i] == -1 && i + 1 < file.length && Marker.isRestart(file[i + 1] & 0xff);
      if (restart) {
        filled.write(0xff);
        filled.write(0xff);
      }
      filled.write(file[i]);
    }
    assertThat(Decoded.of(filled.toByteArray(), Decoded.FULL).planes())
        .isDeepEqualTo(Decoded.of(file, Decoded.FULL).planes());
  }

  @Test
  void decode_lostRestartInterval_isGrayAndTheRestInPlace() throws IOException {
    CoefficientJpeg jpeg = CoefficientJpeg.random(7, 64, 64, 4, 0x11);
    jpeg.restartInterval(8); // a block row
    byte[] file = jpeg.baseline();
    int from = indexOf(file, 0xd1);
    int to = indexOf(file, 0xd2);
    byte[] without = join(Arrays.copyOf(file, from), Arrays.copyOfRange(file, to, file.length));

    Decoded expected = Decoded.of(file, Decoded.FULL);
    Decoded decoded = Decoded.of(without, Decoded.FULL);

    assertThat(decoded.notes())
        .hasSize(1)
        .first()
        .asString()
        .matches("JPEG: corrupt data; parts may look wrong \\(byte \\d+\\)");
    assertThat(Arrays.copyOfRange(decoded.planes()[0], 2 * 512, 3 * 512)).containsOnly(128);
    assertThat(Arrays.copyOfRange(decoded.planes()[0], 3 * 512, 4096))
        .isEqualTo(Arrays.copyOfRange(expected.planes()[0], 3 * 512, 4096));
  }

  @Test
  void decode_truncated_isGrayFromThereOn() throws IOException {
    CoefficientJpeg jpeg = CoefficientJpeg.random(8, 64, 64, 4, 0x11);
    byte[] file = jpeg.baseline();
    Decoded expected = Decoded.of(file, Decoded.FULL);
    Decoded decoded = Decoded.of(Arrays.copyOf(file, file.length / 2), Decoded.FULL);
    assertThat(decoded.notes()).hasSize(1);
    String note = decoded.notes().get(0);
    assertThat(note)
        .matches("JPEG: truncated; the last \\d+ rows are gray \\(byte " + file.length / 2 + "\\)");
    int gray = Integer.parseInt(note.replaceAll(".*last (\\d+) rows.*", "$1"));
    assertThat(gray).isBetween(8, 56);
    assertThat(Arrays.copyOfRange(decoded.planes()[0], (64 - gray) * 64, 4096)).containsOnly(128);
    assertThat(Arrays.copyOf(decoded.planes()[0], (56 - gray) * 64))
        .isEqualTo(Arrays.copyOf(expected.planes()[0], (56 - gray) * 64));
  }

  @Test
  void decode_componentIdsRgb_isRgb() throws IOException {
    CoefficientJpeg jpeg = CoefficientJpeg.random(9, 16, 16, 4, 0x11, 0x11, 0x11);
    jpeg.ids('R', 'G', 'B');
    assertThat(Decoded.of(jpeg.baseline(), 1).plan().layout().color()).isEqualTo(ColorKind.RGB);
    jpeg.segments(segment(0xe0, "JFIF\0", 1, 1, 0, 0, 1, 0, 1, 0, 0));
    assertThat(Decoded.of(jpeg.baseline(), 1).plan().layout().color()).isEqualTo(ColorKind.YCBCR);
  }

  @ParameterizedTest
  @CsvSource({"3, 0, RGB", "3, 1, YCBCR", "4, 0, CMYK", "4, 1, YCCK", "4, 2, YCCK", "1, 0, GRAY"})
  void decode_adobeTransform_decidesTheColor(int components, int transform, ColorKind color)
      throws IOException {
    int[] factors = new int[components];
    Arrays.fill(factors, 0x11);
    CoefficientJpeg jpeg = CoefficientJpeg.random(9, 16, 16, 4, factors);
    jpeg.segments(adobe(transform));
    assertThat(Decoded.of(jpeg.baseline(), 1).plan().layout().color()).isEqualTo(color);
  }

  /** With or without Adobe's marker, as in other viewers. */
  @Test
  void decode_inks_areInvertedToZeroForNoInk() throws IOException {
    CoefficientJpeg jpeg = CoefficientJpeg.random(10, 16, 16, 4, 0x11, 0x11, 0x11, 0x11);
    Decoded plain = Decoded.of(jpeg.baseline(), Decoded.FULL);
    jpeg.segments(adobe(0));
    Decoded cmyk = Decoded.of(jpeg.baseline(), Decoded.FULL);
    jpeg.segments(adobe(2));
    Decoded ycck = Decoded.of(jpeg.baseline(), Decoded.FULL);
    assertThat(plain.plan().layout().color()).isEqualTo(ColorKind.CMYK);
    for (int i = 0; i < 4; i++) {
      assertThat(cmyk.sample(i, 5, 5)).isEqualTo(plain.sample(i, 5, 5));
      assertThat(ycck.sample(i, 5, 5))
          .isEqualTo(i < 3 ? 255 - plain.sample(i, 5, 5) : plain.sample(i, 5, 5));
    }
  }

  /**
   * Other processes have other kinds of tables, so tables are checked once the process is known.
   */
  @Test
  void open_tableThatBreaksRules_isMalformedOnlyIfTheProcessIsOurs() throws IOException {
    byte[] category16 = segment(0xc4, "", cat(0, counts(2), 0, 16));
    byte[] class2 = segment(0xc4, "", cat(0x20, counts(1), 0));
    byte[] precision2 = segment(0xdb, "", cat(0x20, new int[64]));
    byte[] shortInterval = segment(0xdd, "", 1);
    for (byte[] table : List.of(category16, class2, precision2, shortInterval)) {
      CoefficientJpeg jpeg = CoefficientJpeg.random(10, 16, 16, 4, 0x11);
      jpeg.segments(table);
      byte[] baseline = jpeg.baseline();
      assertThatThrownBy(() -> JpegDecoder.open(open(baseline), Limits.defaults()))
          .isInstanceOf(MalformedImageException.class);
      byte[] lossless = baseline.clone();
      lossless[indexOf(lossless, 0xc0) + 1] = (byte) 0xc3;
      assertThatThrownBy(() -> JpegDecoder.open(open(lossless), Limits.defaults()))
          .isInstanceOf(UnsupportedImageException.class);
    }
  }

  /** Returns sixteen counts of codes, the second of them given. */
  private static int[] counts(int ofTwoBits) {
    int[] counts = new int[16];
    counts[1] = ofTwoBits;
    return counts;
  }

  private static int[] cat(int first, int[] then, int... last) {
    return IntStream.concat(
            IntStream.of(first), IntStream.concat(IntStream.of(then), IntStream.of(last)))
        .toArray();
  }

  /** The memory charged for a skipped component is what skipping takes, at any target. */
  @Test
  void plan_componentNobodyGets_isChargedAsItIsDecoded() throws IOException {
    CoefficientJpeg one = CoefficientJpeg.random(5, 640, 640, 4, 0x11);
    CoefficientJpeg two = CoefficientJpeg.random(5, 640, 640, 4, 0x11, 0x11);
    long first = plannedBytes(one.progressive());
    long both = plannedBytes(two.progressive());
    long blocks = 80L * 80;
    assertThat(both - first).isBetween(2 * blocks, 4 * blocks); // a short each, and its band
  }

  private static long plannedBytes(byte[] file) throws IOException {
    return JpegDecoder.open(open(file), Limits.defaults()).plan(1e9, 1e9).workingBytes();
  }

  @Test
  void decode_twoComponents_isGrayOfTheFirst() throws IOException {
    CoefficientJpeg jpeg = CoefficientJpeg.random(12, 40, 24, 4, 0x21, 0x11);
    Decoded decoded = Decoded.of(jpeg.baseline(), Decoded.FULL);
    assertThat(decoded.plan().layout().color()).isEqualTo(ColorKind.GRAY);
    assertThat(decoded.planes()).hasDimensions(1, 40 * 24);
    assertThat(Decoded.of(jpeg.progressive(), Decoded.FULL).planes())
        .isDeepEqualTo(decoded.planes());
  }

  @Test
  void decode_iccChunks_areJoinedInOrder() throws IOException {
    CoefficientJpeg jpeg = CoefficientJpeg.gray(8, 8, 4, 0x11);
    jpeg.segments(join(icc(2, 2, 30, 40), icc(1, 2, 10, 20)));
    Decoded decoded = Decoded.of(jpeg.baseline(), 1);
    assertThat(decoded.plan().layout().iccProfile()).containsExactly(10, 20, 30, 40);
    assertThat(decoded.header().iccProfile()).isTrue();
    jpeg.segments(icc(2, 2, 30, 40));
    Decoded broken = Decoded.of(jpeg.baseline(), 1);
    assertThat(broken.plan().layout().iccProfile()).isNull();
    assertThat(broken.notes()).containsExactly("JPEG: ICC profile is incomplete; ignored");
  }

  @Test
  void info_exif_hasTheOrientation() throws IOException {
    CoefficientJpeg jpeg = CoefficientJpeg.gray(8, 8, 4, 0x11);
    int[] tiff = {
      0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0
    };
    jpeg.segments(segment(0xe1, "Exif\0", tiff));
    assertThat(Decoded.of(jpeg.baseline(), 1).header().orientation()).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource({"c3, JPEG: lossless", "c5, JPEG: hierarchical", "cb, JPEG: lossless", "f7, JPEG-LS"})
  void open_otherProcess_isUnsupported(String marker, String feature) {
    byte[] file = CoefficientJpeg.gray(8, 8, 4, 0x11).baseline();
    file[indexOf(file, 0xc0) + 1] = (byte) Integer.parseInt(marker, 16);
    assertThatThrownBy(() -> Decoded.of(file, 1))
        .isInstanceOfSatisfying(
            UnsupportedImageException.class, e -> assertThat(e.feature()).isEqualTo(feature));
  }

  @Test
  void open_twelveBits_isUnsupported() {
    byte[] file = CoefficientJpeg.gray(8, 8, 4, 0x11).baseline();
    file[indexOf(file, 0xc0) + 4] = 12;
    assertThatThrownBy(() -> Decoded.of(file, 1))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("12-bit samples");
  }

  @Test
  void open_noImage_isMalformedWithOffset() {
    byte[] file = CoefficientJpeg.gray(8, 8, 4, 0x11).baseline();
    int scan = indexOf(file, 0xda);
    assertThatThrownBy(() -> Decoded.of(Arrays.copyOf(file, scan), 1))
        .isInstanceOfSatisfying(
            MalformedImageException.class, e -> assertThat(e.offset()).isEqualTo(scan));
    assertThatThrownBy(() -> Decoded.of("GIF89a".getBytes(StandardCharsets.US_ASCII), 1))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("no SOI marker");
  }

  @Test
  void decode_moreScansThanAllowed_isRefused() throws IOException {
    CoefficientJpeg jpeg = CoefficientJpeg.random(13, 16, 16, 20, 0x11);
    byte[] file = jpeg.progressive();
    Limits limits = Limits.defaults().withScans(3);
    InputWindow in = open(file);
    JpegDecoder decoder = JpegDecoder.open(in, limits);
    assertThatThrownBy(
            () -> decoder.plan(1_000, 1_000).decode((plane, y, samples, offset) -> {}, new Notes()))
        .isInstanceOfSatisfying(
            LimitExceededException.class, e -> assertThat(e.limit()).isEqualTo(Limits.Kind.SCANS));
  }

  @Test
  void plan_hugeDimensions_costsNothingYetSaysWhatItWillTake() throws IOException {
    CoefficientJpeg jpeg = CoefficientJpeg.gray(8, 8, 4, YUV_420);
    for (byte[] file : List.of(jpeg.baseline(), jpeg.progressive())) {
      boolean progressive = indexOf(file, 0xc2) >= 0;
      int frame = indexOf(file, progressive ? 0xc2 : 0xc0);
      Arrays.fill(file, frame + 5, frame + 9, (byte) 0xff);
      DecodePlan plan = JpegDecoder.open(open(file), Limits.defaults()).plan(60_000, 60_000);
      assertThat(plan.layout().width()).isEqualTo(65_535);
      if (progressive) {
        assertThat(plan.workingBytes()).isGreaterThan(65_535L * 65_535 * 3);
      } else {
        assertThat(plan.workingBytes()).isLessThan(3 << 20);
      }
    }
  }

  private static InputWindow open(byte[] file) throws IOException {
    Limits limits = Limits.defaults();
    return InputWindow.open(new BytesSource(file), limits, new Deadline(limits.time()));
  }

  private static int indexOf(byte[] file, int marker) {
    for (int i = 0; i + 1 < file.length; i++) {
      if (file[i] == -1 && (file[i + 1] & 0xff) == marker) {
        return i;
      }
    }
    return -1;
  }

  private static byte[] adobe(int transform) {
    return segment(0xee, "Adobe", 0, 100, 0, 0, 0, 0, transform);
  }

  private static byte[] icc(int number, int count, int... content) {
    int[] bytes = new int[content.length + 2];
    bytes[0] = number;
    bytes[1] = count;
    System.arraycopy(content, 0, bytes, 2, content.length);
    return segment(0xe2, "ICC_PROFILE\0", bytes);
  }

  private static byte[] segment(int marker, String name, int... content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0xff);
    out.write(marker);
    int length = 2 + name.length() + content.length;
    out.write(length >> 8);
    out.write(length);
    out.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    for (int value : content) {
      out.write(value);
    }
    return out.toByteArray();
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
