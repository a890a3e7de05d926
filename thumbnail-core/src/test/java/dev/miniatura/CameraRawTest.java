package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.testing.ExifMaker;
import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.Pictures;
import dev.miniatura.testing.RawMaker;
import dev.miniatura.testing.TestImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A camera's raw file shows the smallest sufficient preview, as the camera intended it. */
class CameraRawTest {

  private static final byte[] LARGE = JpegMaker.of(TestImages.photo(600, 400)).bytes();
  private static final byte[] SMALL = JpegMaker.of(TestImages.photo(300, 200)).bytes();

  /** Thumbnails for the camera's own display have bars above and below. */
  private static final byte[] BARRED = JpegMaker.of(TestImages.photo(160, 120)).bytes();

  private static final Map<String, Function<RawMaker, byte[]>> FORMATS =
      new TreeMap<>(
          Map.of(
              "CR2", RawMaker::cr2,
              "CR3", RawMaker::cr3,
              "NEF", RawMaker::nef,
              "ARW", RawMaker::arw,
              "DNG", RawMaker::dng,
              "PEF", RawMaker::pef,
              "SRW", RawMaker::srw,
              "3FR", RawMaker::hasselblad,
              "ORF", RawMaker::orf,
              "RW2", RawMaker::rw2));

  /** Formats with only one JPEG in the files that are made here. */
  private static final Set<String> ONE_JPEG = Set.of("ORF", "RW2");

  static Stream<String> formats() {
    return FORMATS.keySet().stream();
  }

  static Stream<String> formatsOfTwo() {
    return formats().filter(format -> !ONE_JPEG.contains(format));
  }

  private static byte[] file(String format, RawMaker maker) {
    return Objects.requireNonNull(FORMATS.get(format)).apply(maker);
  }

  private static RawMaker maker() {
    return RawMaker.of(LARGE, SMALL);
  }

  private static Thumbnail render(byte[] file, int side) throws IOException {
    return Thumbnailer.create().render(ImageSource.of(file), spec(side));
  }

  private static ThumbnailSpec spec(int side) {
    return ThumbnailSpec.fit(side, side).format(OutputFormat.PNG);
  }

  private static BufferedImage picture(byte[] file, int side) throws IOException {
    return Thumbnailer.create().renderImage(ImageSource.of(file), spec(side));
  }

  private static ImageInfo info(byte[] file) throws IOException {
    return Thumbnailer.create().probe(ImageSource.of(file));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void probe_raw_saysFormatSizeCameraAndOrientation(String format) throws IOException {
    ImageInfo info = info(file(format, maker().orientation(6)));
    assertThat(info.format()).isEqualTo(format);
    assertThat(info.width()).isEqualTo(600);
    assertThat(info.height()).isEqualTo(400);
    assertThat(info.orientation()).isEqualTo(6);
    assertThat(info.camera().model()).contains("Synthetic raw");
    assertThat(info.camera().taken()).isPresent();
    assertThat(info.mediaType()).startsWith("image/x-").doesNotEndWith("dcraw");
    assertThat(info.extension()).isEqualToIgnoringCase(format);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void render_large_showsTheLargestPreviewUpright(String format) throws IOException {
    byte[] file = file(format, maker().orientation(6));
    byte[] jpeg = JpegMaker.of(TestImages.photo(600, 400)).orientation(6).bytes();
    assertThat(Pictures.maxDifference(picture(file, 500), picture(jpeg, 500))).isZero();
    assertThat(render(file, 500).notes())
        .containsExactly(
            format + ": camera raw is not developed; its preview of 600 x 400 is shown");
  }

  @ParameterizedTest
  @MethodSource("formatsOfTwo")
  void render_small_takesTheSmallestPreviewThatSuffices(String format) throws IOException {
    byte[] file = file(format, maker());
    assertThat(Pictures.maxDifference(picture(file, 120), picture(SMALL, 120))).isZero();
    assertThat(render(file, 120).notes())
        .singleElement()
        .asString()
        .endsWith("its preview of 300 x 200 is shown");
  }

  @ParameterizedTest
  @MethodSource("formatsOfTwo")
  void render_previewWithBars_isNotTakenForThePicture(String format) throws IOException {
    byte[] file = file(format, RawMaker.of(LARGE, BARRED));
    assertThat(Pictures.maxDifference(picture(file, 90), picture(LARGE, 90))).isZero();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void render_fromAStream_isTheSame(String format) throws IOException {
    byte[] file = file(format, maker());
    ImageSource stream = ImageSource.of(new ByteArrayInputStream(file));
    BufferedImage picture = Thumbnailer.create().renderImage(stream, spec(200));
    assertThat(Pictures.maxDifference(picture, picture(file, 200))).isZero();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void render_strict_doesNotMindThePreview(String format) throws IOException {
    ImageSource source = ImageSource.of(file(format, maker()));
    assertThat(Thumbnailer.create().render(source, spec(100).strict(true)).notes()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void render_cameraSetToAdobeRgb_isConvertedFromIt(String format) throws IOException {
    byte[] green = JpegMaker.of(TestImages.solid(64, 48, 0x40c040)).bytes();
    byte[] plain = file(format, RawMaker.of(green, green));
    byte[] adobe = file(format, RawMaker.of(green, green).colors(0xffff, "R03"));
    byte[] srgb = file(format, RawMaker.of(green, green).colors(0xffff, "R98"));
    int red = picture(plain, 32).getRGB(16, 12) >> 16 & 0xff;
    int adobeRed = picture(adobe, 32).getRGB(16, 12) >> 16 & 0xff;
    assertThat(red).isBetween(62, 66);
    assertThat(adobeRed).as("the same green is less red in sRGB").isLessThan(20);
    if (!format.equals("CR3")) { // whose EXIF has no index of interoperability
      assertThat(picture(srgb, 32).getRGB(16, 12) >> 16 & 0xff).isEqualTo(red);
    }
  }

  @Test
  void render_makerSaysAdobeRgb_isConvertedFromIt() throws IOException {
    byte[] green = JpegMaker.of(TestImages.solid(64, 48, 0x40c040)).bytes();
    for (String format : Set.of("CR2", "NEF", "ORF")) {
      int value = format.equals("ORF") ? 1 : 2;
      byte[] adobe = file(format, RawMaker.of(green, green).makerColorSpace(value));
      assertThat(picture(adobe, 32).getRGB(16, 12) >> 16 & 0xff).as(format).isLessThan(20);
    }
  }

  @Test
  void render_dngWhosePreviewsSayTheirColors_followsThem() throws IOException {
    byte[] green = JpegMaker.of(TestImages.solid(64, 48, 0x40c040)).bytes();
    RawMaker adobe = RawMaker.of(green, green).colors(0xffff, "R03");
    int srgb = picture(adobe.previewColorSpace(2).dng(), 32).getRGB(16, 12);
    assertThat(srgb >> 16 & 0xff).isBetween(62, 66);
    byte[] wide = RawMaker.of(green, green).previewColorSpace(4).dng();
    assertThat(picture(wide, 32).getRGB(16, 12) >> 16 & 0xff).isZero();
  }

  @Test
  void render_fujifilm_followsTheExifOfItsJpeg() throws IOException {
    byte[] exif = ExifMaker.littleEndian().orientation(8).taken("2024:05:06 07:08:09").bytes();
    byte[] jpeg = JpegMaker.of(TestImages.photo(600, 400)).exif(exif).bytes();
    byte[] file = RawMaker.of(jpeg, SMALL).raf();
    ImageInfo info = info(file);
    assertThat(info.format()).isEqualTo("RAF");
    assertThat(info.orientation()).isEqualTo(8);
    assertThat(info.camera().taken()).isPresent();
    assertThat(Pictures.maxDifference(picture(file, 200), picture(jpeg, 200))).isZero();
  }

  @ParameterizedTest
  @MethodSource("formatsOfTwo")
  void render_largestPreviewCutOff_showsASmallerOneWithANote(String format) throws IOException {
    byte[] file = file(format, RawMaker.of(LARGE, SMALL));
    byte[] cut = Arrays.copyOf(file, file.length - LARGE.length / 2 - 64);
    Thumbnail thumbnail = render(cut, 250);
    assertThat(thumbnail.notes())
        .contains(format + ": its largest preview is cut off; a smaller one is shown");
    assertThat(Pictures.maxDifference(picture(cut, 250), picture(SMALL, 250))).isZero();
    assertThatThrownBy(
            () -> Thumbnailer.create().render(ImageSource.of(cut), spec(250).strict(true)))
        .isInstanceOf(MalformedImageException.class);
  }

  @Test
  void render_onlyPreviewCutOff_showsWhatIsThere() throws IOException {
    byte[] file = RawMaker.of(LARGE, SMALL).rw2();
    byte[] cut = Arrays.copyOf(file, LARGE.length / 2); // it stands in front
    assertThat(render(cut, 100).notes()).hasSize(2).anyMatch(note -> note.contains("truncated"));
  }

  @Test
  void render_noJpeg_showsTheSmallPictureThatIsThere() throws IOException {
    byte[] file = maker().dngWithoutJpeg();
    assertThat(info(file).format()).isEqualTo("DNG");
    assertThat(render(file, 100).notes())
        .containsExactly("DNG: camera raw is not developed; its preview of 4 x 3 is shown");
  }

  @Test
  void render_noPreviewAtAll_isRefusedByName() {
    byte[] file = RawMaker.of(new byte[64], new byte[64]).pef();
    assertThatThrownBy(() -> render(file, 100))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("PEF: it has no preview, and raw data is not developed");
  }

  @Test
  void render_tiffWithAPreview_staysATiff() throws IOException {
    byte[] file = maker().tiff();
    ImageInfo info = info(file);
    assertThat(info.format()).isEqualTo("TIFF");
    assertThat(info.width()).isEqualTo(4);
    assertThat(render(file, 100).notes()).isEmpty();
  }

  @Test
  void render_anyByteWrong_failsTypedOrNotAtAll() throws IOException {
    for (String format : FORMATS.keySet()) {
      byte[] file = file(format, RawMaker.of(SMALL, BARRED).colors(0xffff, "R03"));
      int structure = Math.min(file.length, 900);
      for (int at = 0; at < structure; at += 11) {
        byte[] wrong = file.clone();
        wrong[at] ^= (byte) 0xa5;
        try {
          info(wrong);
          render(wrong, 16);
        } catch (ThumbnailException e) {
          assertThat(e.getMessage()).isNotBlank();
        }
      }
    }
  }
}
