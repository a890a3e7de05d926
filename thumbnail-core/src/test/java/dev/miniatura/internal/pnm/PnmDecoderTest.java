package dev.miniatura.internal.pnm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.ImageInfo;
import dev.miniatura.ImageSource;
import dev.miniatura.MalformedImageException;
import dev.miniatura.Thumbnail;
import dev.miniatura.ThumbnailException;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.testing.PnmMaker;
import dev.miniatura.testing.TestImages;
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
import org.junit.jupiter.params.provider.ValueSource;

class PnmDecoderTest {

  private static final Thumbnailer THUMBNAILER = Thumbnailer.create();

  private static byte[] file(String header, int... bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(header.getBytes(US_ASCII));
    for (int each : bytes) {
      out.write(each);
    }
    return out.toByteArray();
  }

  /** Returns the pixels in hexadecimal digits, rows after one another: gray in two, others in 8. */
  private static String pixels(byte[] file) throws IOException {
    BufferedImage image = THUMBNAILER.renderImage(ImageSource.of(file), ThumbnailSpec.fit(99, 99));
    StringBuilder text = new StringBuilder();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int argb = image.getRGB(x, y);
        boolean gray = argb >>> 24 == 255 && (argb & 0xff) * 0x10101 == (argb & 0xffffff);
        text.append(x + y == 0 ? "" : " ");
        text.append(gray ? "%02x".formatted(argb & 0xff) : "%08x".formatted(argb));
      }
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "P1 3 2 1 0 1 0 1 0",
        "P1\n3 2\n101010", // nothing between
        "P1\n# a picture\n3 # wide\n2\n101\n# a comment within the data\n0 1#another\n0",
        "P1 3\n\t2 1 0 1\r\n0 1 0 and more"
      })
  void render_plainBits_oneIsBlack(String file) throws IOException {
    assertThat(pixels(file(file))).isEqualTo("00 ff 00 ff 00 ff");
  }

  @Test
  void render_rawBits_rowsAreWholeBytes() throws IOException {
    byte[] file = file("P4 10 2\n", 0b10101010, 0b10_111111, 0xff, 0);
    assertThat(pixels(file))
        .isEqualTo("00 ff 00 ff 00 ff 00 ff 00 ff 00 00 00 00 00 00 00 00 ff ff");
  }

  @ParameterizedTest
  @CsvSource({
    "P2 3 1 15 0 7 15, 00 77 ff",
    "P2 3 1 65535 0 32896 65535, 00 80 ff",
    "P2 3 1 100 0 50 999, 00 80 ff", // what is too large is white
    "P3 2 1 255 1 2 3 255 255 255, ff010203 ff",
    "P3 1 1 1000 1000 0 500, ffff0080"
  })
  void render_plainNumbers_areScaled(String file, String pixels) throws IOException {
    assertThat(pixels(file(file))).isEqualTo(pixels);
  }

  @Test
  void render_raw_isScaled() throws IOException {
    assertThat(pixels(file("P5 3 1 255\n", 0, 77, 255))).isEqualTo("00 4d ff");
    assertThat(pixels(file("P5 3 1 # gray\n 15#\n", 0, 7, 15))).isEqualTo("00 77 ff");
    assertThat(pixels(file("P5 3 1 4660\n", 0, 0, 9, 0x1a, 0x12, 0x34))).isEqualTo("00 80 ff");
    assertThat(pixels(file("P6 2 1 255\n", 1, 2, 3, 4, 4, 4))).isEqualTo("ff010203 04");
    assertThat(pixels(file("P6 1 1 65535\n", 1, 1, 2, 2, 3, 3))).isEqualTo("ff010203");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, BLACKANDWHITE, '1', ff",
    "1, 255, GRAYSCALE, '77', 4d",
    "2, 255, GRAYSCALE_ALPHA, '77 255', 4d",
    "2, 255, '', '255 128', 80ffffff",
    "3, 15, RGB, '1 2 15', ff1122ff",
    "4, 255, RGB_ALPHA, '9 200 3 255', ff09c803",
    "4, 255, CMYK, '0 0 0 0', ff"
  })
  void render_arbitrary_byItsType(int depth, int maxval, String type, String samples, String pixels)
      throws IOException {
    String header =
        "P7\nWIDTH 1\n# a comment\nHEIGHT 1\nDEPTH %d\nMAXVAL %d\n%sENDHDR\n"
            .formatted(depth, maxval, type.isEmpty() ? "" : "TUPLTYPE " + type + "\n");
    int[] bytes = Arrays.stream(samples.split(" ")).mapToInt(Integer::parseInt).toArray();
    assertThat(pixels(file(header, bytes))).isEqualTo(pixels);
  }

  /** PFM begins with the last row; white is 1, or far more. */
  @ParameterizedTest
  @CsvSource({"true, 1", "false, 1", "true, 255", "false, 1000"})
  void render_reals_byTheirRange(boolean little, float white) throws IOException {
    ByteBuffer rows = ByteBuffer.allocate(16);
    rows.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    rows.putFloat(white).putFloat(-3).putFloat(white / 2).putFloat(Float.NaN);
    byte[] header = file("Pf 2 2\n" + (little ? "-1.0" : "1.0") + "\n");
    byte[] file = Arrays.copyOf(header, header.length + 16);
    System.arraycopy(rows.array(), 0, file, header.length, 16);
    assertThat(pixels(file)).isEqualTo("80 00 ff 00");
    file[1] = 'F';
    file[3] = '1';
    file[5] = '1'; // a pixel of three of them
    ImageInfo info = THUMBNAILER.probe(ImageSource.of(file));
    assertThat(info.color()).isEqualTo("RGB");
    assertThat(info.bitsPerSample()).isEqualTo(32);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void render_cutOff_isGrayBelowWithANote(boolean plain) throws IOException {
    byte[] raw = PnmMaker.rgb(TestImages.gradient(80, 60));
    byte[] file = plain ? file("P2 3 2 9 9 0 9 9") : Arrays.copyOf(raw, raw.length * 3 / 4);
    Thumbnail made = THUMBNAILER.render(ImageSource.of(file), ThumbnailSpec.fit(80, 60));
    assertThat(made.notes())
        .containsExactly("PNM: picture data ends early; what is missing is gray");
    assertThat(pixels(file)).endsWith("80 80");
    ThumbnailSpec strict = ThumbnailSpec.fit(80, 60).strict(true);
    assertThatThrownBy(() -> THUMBNAILER.render(ImageSource.of(file), strict))
        .isInstanceOf(MalformedImageException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "P5 3",
        "P5 3 1 255\n",
        "P5 0 1 255\n1",
        "P5 x 1 255\n1",
        "P5 1 -1 255\n1",
        "P5 1 1 70000\n1",
        "P5 1 1 0\n1",
        "P5 99999999999 1 1\n1",
        "P1 2 1 0 2",
        "P2 2 1 255 a",
        "P7\nWIDTH 1\n",
        "P7\nWIDTH 1\nENDHDR\nx",
        "P7\nNOTHING 1\nENDHDR\n"
      })
  void render_againstTheRules_isMalformed(String file) {
    assertThatThrownBy(() -> pixels(file(file)))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageMatching("(PNM|PAM): .*(byte .*)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "P7 332\n#XVVERSION\n80 60 255\n",
        "P7\nWIDTH 1\nHEIGHT 1\nDEPTH 7\nMAXVAL 255\nENDHDR\n1234567"
      })
  void render_whatIsNotShown_isNamed(String file) {
    assertThatThrownBy(() -> pixels(file(file))).isInstanceOf(UnsupportedImageException.class);
  }

  @Test
  void render_brokenFiles_throwNothingElse() throws IOException {
    Random random = new Random(6);
    byte[][] files = {
      PnmMaker.rgb(TestImages.gradient(8, 6)),
      file("P3 2 1 255 1 2 3 255 255 255"),
      file("P7\nWIDTH 1\nHEIGHT 1\nDEPTH 1\nMAXVAL 255\nENDHDR\n1"),
      file("Pf 2 1 -1\n", 1, 2, 3, 4, 5, 6, 7, 8)
    };
    for (int i = 0; i < 2000; i++) {
      byte[] file = files[i % files.length].clone();
      for (int n = 0; n < 2; n++) {
        file[2 + random.nextInt(Math.min(40, file.length) - 2)] = (byte) random.nextInt(128);
      }
      try {
        THUMBNAILER.render(ImageSource.of(file), ThumbnailSpec.fit(9, 9));
      } catch (ThumbnailException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }
}
