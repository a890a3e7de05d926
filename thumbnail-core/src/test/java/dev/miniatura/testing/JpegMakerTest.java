package dev.miniatura.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.testing.JpegMaker.Color;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JpegMakerTest {

  /** Neither side is a multiple of any MCU. */
  private static final BufferedImage PHOTO = TestImages.photo(203, 117);

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "1, 2", "2, 2", "4, 1"})
  void bytes_everySampling_decodesToThePicture(int h, int v) throws Exception {
    JpegMaker maker = JpegMaker.of(PHOTO).sampling(h, v).quality(92);

    assertThat(Pictures.psnr(Decoded.of(maker.bytes()), PHOTO)).isGreaterThan(27);
  }

  @ParameterizedTest
  @EnumSource(Color.class)
  void bytes_everyColor_decodesToThePicture(Color color) throws Exception {
    BufferedImage decoded = Decoded.of(JpegMaker.of(PHOTO).color(color).quality(92).bytes());

    assertThat(decoded.getWidth()).isEqualTo(203);
    if (color == Color.GRAY) {
      assertThat(decoded.getRaster().getNumBands()).isOne();
    } else if (color == Color.CMYK || color == Color.YCCK) {
      assertThat(Pictures.corners(decoded)).isEqualTo("RGBY");
    } else {
      assertThat(Pictures.psnr(decoded, PHOTO)).isGreaterThan(27);
    }
  }

  @ParameterizedTest
  @EnumSource(Color.class)
  void bytes_progressive_decodesToThePixelsOfBaseline(Color color) throws Exception {
    JpegMaker maker = JpegMaker.of(PHOTO).color(color);
    BufferedImage baseline = Decoded.of(maker.bytes());

    BufferedImage progressive = Decoded.of(maker.progressive().bytes());

    assertThat(Pictures.maxDifference(progressive, baseline)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 100})
  void bytes_restartIntervals_decodeToTheSamePixels(int interval) throws Exception {
    BufferedImage without = Decoded.of(JpegMaker.of(PHOTO).bytes());
    JpegMaker maker = JpegMaker.of(PHOTO).restartInterval(interval);

    assertThat(Pictures.maxDifference(Decoded.of(maker.bytes()), without)).isZero();
    assertThat(Pictures.maxDifference(Decoded.of(maker.separateScans().bytes()), without)).isZero();
    assertThat(Pictures.maxDifference(Decoded.of(maker.progressive().bytes()), without)).isZero();
  }

  @Test
  void bytes_noiseAtFullQuality_staysInTheRangesOfBaseline() throws Exception {
    BufferedImage noise = TestImages.noise(64, 48, 1);

    byte[] jpeg = JpegMaker.of(noise).quality(100).sampling(1, 1).bytes();

    assertThat(Pictures.psnr(Decoded.of(jpeg), noise)).isGreaterThan(45);
  }

  @Test
  void bytes_onePixel_decodes() throws Exception {
    byte[] jpeg = JpegMaker.of(TestImages.solid(1, 1, 0x336699)).quality(100).bytes();

    assertThat(Pictures.maxDifference(Decoded.of(jpeg).getRGB(0, 0), 0x336699)).isLessThan(4);
  }

  @Test
  void bytes_metadata_standsBetweenJfifAndTables() {
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    byte[] jpeg =
        JpegMaker.of(PHOTO)
            .orientation(6)
            .icc(profile, 1000)
            .xmp("<x:xmpmeta/>")
            .restartInterval(5)
            .bytes();

    List<String> markers = markers(jpeg);

    int chunks = (profile.length + 999) / 1000;
    assertThat(markers.subList(0, 2)).containsExactly("e0 JFIF", "e1 Exif");
    assertThat(markers.stream().filter("e2 ICC_"::equals)).hasSize(chunks);
    assertThat(markers.get(2 + chunks)).isEqualTo("e1 http");
    assertThat(markers.stream().skip(3 + chunks).map(marker -> marker.substring(0, 2)))
        .startsWith("db", "db", "c0", "dd", "c4")
        .endsWith("da");
  }

  @Test
  void bytes_sameOptions_areTheSame() {
    assertThat(JpegMaker.of(PHOTO).progressive().bytes())
        .isEqualTo(JpegMaker.of(PHOTO).progressive().bytes());
  }

  private static List<String> markers(byte[] jpeg) {
    List<String> markers = new ArrayList<>();
    int at = 2;
    while (true) {
      int marker = jpeg[at + 1] & 0xff;
      String start = new String(jpeg, at + 4, 4, StandardCharsets.ISO_8859_1);
      markers.add(String.format("%02x %s", marker, start));
      if (marker == 0xda) {
        return markers;
      }
      at += 2 + ((jpeg[at + 2] & 0xff) << 8 | (jpeg[at + 3] & 0xff));
    }
  }
}
