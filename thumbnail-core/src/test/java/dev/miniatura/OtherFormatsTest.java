package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Unsupported formats are refused by name. */
class OtherFormatsTest {

  /** Reads {@code ~hh} as a byte of that value. */
  private static byte[] bytes(String text) {
    StringBuilder read = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      boolean coded = text.charAt(i) == '~';
      read.append(coded ? (char) Integer.parseInt(text, i + 1, i + 3, 16) : text.charAt(i));
      i += coded ? 2 : 0;
    }
    return Arrays.copyOf(read.toString().getBytes(StandardCharsets.ISO_8859_1), 100);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "~00~00~00~0cjP  ~0d~0a~87~0a, JPEG 2000",
        "~ff~4f~ff~51~00, JPEG 2000",
        "~ff~0a~00, JPEG XL",
        "~00~00~00~0cJXL ~0d~0a~87~0a, JPEG XL",
        "II~bc~01, JPEG XR",
        "%!PS-Adobe-3.0 EPSF-3.0, PostScript (EPS)",
        "~c5~d0~d3~c6, PostScript (EPS)",
        "%PDF-1.7, PDF",
        "<svg xmlns=''>, SVG",
        "~ef~bb~bf  <svg>, SVG",
        "<?xml version='1.0'?><svg>, SVG or another text file",
        "<!DOCTYPE html>, HTML",
        "PK~03~04, a ZIP archive",
        "~1f~8b~08, a compressed archive",
        "~00~00~00~18ftypmp42, video or another ISO media file of brand mp42",
        "~00~00~00~14ftypqt  , video or another ISO media file of brand qt",
        "~00~00~00~08wide, video (QuickTime)",
        "~1a~45~df~a3, \"video (Matroska, WebM)\"",
        "RIFF~00~00~00~00AVI LIST, video (AVI)",
        "~00~00~01~ba, video (MPEG)",
        "OggS, audio or video (Ogg)",
        "~76~2f~31~01, OpenEXR",
        "gimp xcf v011, XCF",
        "SIMPLE  =, FITS",
        "qoif, QOI",
        "#define im_width 28, XBM",
        "/* XPM */, XPM",
        "II~1a~00~00~00HEAPCCDR, CRW",
        "FOVb, X3F",
        "version https://git-lfs.github.com/spec/v1, Git LFS",
        "hello world, no known signature"
      })
  void render_formatThatIsNotRead_isNamed(String start, String name) {
    assertThatThrownBy(
            () ->
                Thumbnailer.create()
                    .render(ImageSource.of(bytes(start)), ThumbnailSpec.fit(10, 10)))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining(name);
  }
}
