package dev.miniatura.internal.png;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.testing.PngWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Errors outside the image data leave a note, and the picture is shown. */
class PngNotesTest {

  private static final int SIDE = 10;

  private static PngWriter maker() {
    return PngWriter.random(SIDE, SIDE, 8, 2, 3);
  }

  private static Stream<Arguments> broken() {
    int[] animated = {0, 0, 0, 2, 0, 0, 0, 0};
    return Stream.of(
        Arguments.of(maker().chunk("cICP", 99, 99, 0, 1), "cICP with unknown code points; ignored"),
        Arguments.of(maker().chunk("gAMA", 0, 0, 0, 0), "gAMA without an exponent; ignored"),
        Arguments.of(maker().chunk("iCCP", 'x'), "iCCP without a compressed profile; ignored"),
        Arguments.of(
            maker().chunk("iCCP", 'x', 0, 0, 0xff, 0xff),
            "iCCP cannot be decompressed: .*; ignored"),
        Arguments.of(
            maker().chunk("iCCP", 'x', 0, 0, 0x78, 0x9c), "iCCP is cut off or too long; ignored"),
        Arguments.of(
            maker().chunk("sRGB", 0).chunk("sRGB", 0),
            "sRGB too long or repeated; ignored \\(byte \\d+\\)"),
        Arguments.of(maker().chunk("tRNS", 1), "tRNS does not suit the color type; ignored"),
        Arguments.of(
            maker().chunk("acTL", animated).chunk("fcTL", frame(SIDE / 2)),
            "animation whose first frame is not the image; ignored"),
        Arguments.of(
            maker().chunk("acTL", animated).chunk("fcTL", frame(0)),
            "animation with a bad frame: .*; ignored \\(byte \\d+\\)"));
  }

  private static int[] frame(int width) {
    int[] control = new int[26];
    control[7] = width;
    control[11] = SIDE;
    return control;
  }

  @ParameterizedTest
  @MethodSource("broken")
  void decode_brokenMetadata_isIgnoredWithNote(PngWriter maker, String note) throws Exception {
    Decoding.Decoded decoded = Decoding.decode(maker.bytes());
    assertThat(decoded.notes()).singleElement().asString().matches("PNG: " + note);
    assertThat(decoded.rows()).isEqualTo(SIDE);
  }

  @Test
  void decode_dataAfterTheLastRow_isIgnoredWithNote() throws Exception {
    byte[] png = PngWriter.random(1, 1, 8, 0, 1).bytes();
    int data = new String(png, StandardCharsets.ISO_8859_1).indexOf("IDAT") - 4;
    ByteArrayOutputStream longer = new ByteArrayOutputStream();
    longer.write(png, 0, data);
    longer.writeBytes(PngWriter.chunkOf("IDAT", PngWriter.deflate(new byte[] {0, 7, 0, 9})));
    longer.writeBytes(PngWriter.chunkOf("IEND", new byte[0]));
    Decoding.Decoded decoded = Decoding.decode(longer.toByteArray());
    assertThat(decoded.notes())
        .containsExactly("PNG: image data goes on after the last row; ignored");
    assertThat(decoded.samples()[0]).isEqualTo((byte) 7);
  }
}
