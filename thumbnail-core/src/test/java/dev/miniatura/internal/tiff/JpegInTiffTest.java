package dev.miniatura.internal.tiff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.ImageSource;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.internal.tiff.TiffBytes.Ifd;
import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.Pictures;
import dev.miniatura.testing.TestImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JPEG in TIFF as written by old software (TIFF 6.0, section 22), and with unusual tables. */
class JpegInTiffTest {

  private static final int WIDTH = 96;
  private static final int HEIGHT = 80;
  private static final byte[] JPEG =
      JpegMaker.of(TestImages.photo(WIDTH, HEIGHT)).quality(90).sampling(2, 2).bytes();

  private static BufferedImage render(byte[] file) throws IOException {
    return Thumbnailer.create().renderImage(ImageSource.of(file), ThumbnailSpec.fit(WIDTH, HEIGHT));
  }

  private static Ifd page(int compression) {
    return TiffBytes.page(WIDTH, HEIGHT, 6, 3, 8).set(259, compression).set(530, 2, 2);
  }

  /** Returns the offset of the only strip. */
  private static int strip(byte[] file) {
    for (int at = 8; at < file.length - 12; at++) {
      if ((file[at] & 0xff) == 0x11 && file[at + 1] == 1 && file[at + 4] == 1) {
        return (file[at + 8] & 0xff) | (file[at + 9] & 0xff) << 8 | (file[at + 10] & 0xff) << 16;
      }
    }
    throw new AssertionError("no strip");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void render_oldStyleOfAWholeJpeg_isThatJpeg(boolean samples) throws IOException {
    Ifd page = page(6).set(278, HEIGHT).strips(JPEG);
    int at = strip(TiffBytes.of(page.set(513, 1).set(514, JPEG.length)));
    byte[] file = TiffBytes.of(page.set(513, at));
    if (!samples) {
      file = without(file, 277);
    }
    assertThat(Pictures.maxDifference(render(file), render(JPEG))).isZero();
  }

  /** Returns a file in which a field has an unknown number. */
  private static byte[] without(byte[] file, int tag) {
    byte[] changed = file.clone();
    int entries = file[8] & 0xff;
    for (int i = 0; i < entries; i++) {
      int at = 10 + 12 * i;
      if (((file[at] & 0xff) | (file[at + 1] & 0xff) << 8) == tag) {
        changed[at] = (byte) 0xfe;
        changed[at + 1] = (byte) 0xff;
        return changed;
      }
    }
    throw new AssertionError("no field " + tag);
  }

  /** The tables of a JPEG: Q0, Q1, DC and AC codes by destination, and the data of its scan. */
  private static Map<String, byte[]> parts() {
    Map<String, byte[]> parts = new TreeMap<>();
    int at = 2;
    while ((JPEG[at + 1] & 0xff) != 0xda) {
      int end = at + 2 + ((JPEG[at + 2] & 0xff) << 8 | (JPEG[at + 3] & 0xff));
      int marker = JPEG[at + 1] & 0xff;
      int table = at + 4;
      while ((marker == 0xdb || marker == 0xc4) && table < end) {
        int length = 64;
        if (marker == 0xc4) {
          length = 16;
          for (int i = 1; i <= 16; i++) {
            length += JPEG[table + i] & 0xff;
          }
        }
        String name =
            (marker == 0xdb ? "Q" : JPEG[table] >> 4 == 0 ? "DC" : "AC") + (JPEG[table] & 15);
        parts.put(name, Arrays.copyOfRange(JPEG, table + 1, table + 1 + length));
        table += 1 + length;
      }
      at = end;
    }
    int data = at + 2 + ((JPEG[at + 2] & 0xff) << 8 | (JPEG[at + 3] & 0xff));
    parts.put("scan", Arrays.copyOfRange(JPEG, data, JPEG.length - 2));
    return parts;
  }

  @Test
  void render_oldStyleOfTablesInFields_isThatJpeg() throws IOException {
    Map<String, byte[]> parts = parts();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes(parts.get("scan"));
    long[] places = new long[6];
    String[] names = {"Q0", "Q1", "DC0", "DC1", "AC0", "AC1"};
    for (int i = 0; i < names.length; i++) {
      places[i] = data.size();
      data.writeBytes(parts.get(names[i]));
    }
    // The tables stand behind the strip's data in the same bytes, which are found in a first pass.
    byte[] file = {};
    long start = 0;
    for (int pass = 0; pass < 2; pass++) {
      file =
          TiffBytes.of(
              page(6)
                  .set(278, HEIGHT)
                  .set(512, 1)
                  .set(519, start + places[0], start + places[1], start + places[1])
                  .set(520, start + places[2], start + places[3], start + places[3])
                  .set(521, start + places[4], start + places[5], start + places[5])
                  .strips(data.toByteArray()));
      start = strip(file);
    }
    assertThat(Pictures.maxDifference(render(file), render(JPEG))).isZero();
  }

  /** Returns the JPEG with elements of 16 bits in its quantization tables. */
  private static byte[] wide(int frame) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0xff);
    out.write(0xd8);
    int at = 2;
    while ((JPEG[at + 1] & 0xff) != 0xda) {
      int end = at + 2 + ((JPEG[at + 2] & 0xff) << 8 | (JPEG[at + 3] & 0xff));
      int marker = JPEG[at + 1] & 0xff;
      if (marker == 0xdb) {
        for (int table = at + 4; table < end; table += 65) {
          out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xdb, 0, (byte) 131});
          out.write(0x10 | JPEG[table]);
          for (int i = 1; i <= 64; i++) {
            out.write(0);
            out.write(JPEG[table + i]);
          }
        }
      } else {
        out.write(0xff);
        out.write(marker == 0xc0 ? frame : marker);
        out.write(JPEG, at + 2, end - at - 2);
      }
      at = end;
    }
    out.write(JPEG, at, JPEG.length - at);
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {0xc0, 0xc1})
  void render_quantizationTablesOf16Bits_areRead(int frame) throws IOException {
    byte[] file = TiffBytes.of(page(7).set(278, HEIGHT).strips(wide(frame)));
    assertThat(Pictures.maxDifference(render(file), render(JPEG))).isZero();
    assertThat(Pictures.maxDifference(render(wide(frame)), render(JPEG))).isZero();
  }
}
