package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThumbnailSpecTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fit:256x256",
        "fit:256x",
        "fit:x256",
        "cover:320x240,gravity:north-east,format:jpeg,quality:75",
        "pad:100x50,matte:#102030,format:png,palette",
        "stretch:10x20,kernel:catmull-rom,light:linear",
        "fit:640x480,format:gif,icc:keep,frames:all",
        "fit:64x64,format:jpeg,progressive,chroma:444",
        "fit:64x64,orientation:ignore,strict"
      })
  void toString_canonicalText_roundTrips(String text) {
    ThumbnailSpec spec = ThumbnailSpec.parse(text);
    assertThat(spec).hasToString(text);
    assertThat(ThumbnailSpec.parse(spec.toString())).isEqualTo(spec).hasSameHashCodeAs(spec);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fit:256x256,quality:80,gravity:center | fit:256x256",
        "fit:256x256,quality:090               | fit:256x256,quality:90",
        "fit:9x9,effort:4,format:webp          | fit:9x9,format:webp",
        "fit:9x9,quality:80,format:webp        | fit:9x9,format:webp",
        "fit:9x9,effort:06,quality:75          | fit:9x9,quality:75,effort:6",
        "fit:9x9,palette,lossless,effort:5     | fit:9x9,effort:5,lossless,palette",
        "pad:9x9,matte:#ABC                    | pad:9x9,matte:#aabbcc",
        "' fit:1x1 , enlarge '                 | fit:1x1,enlarge",
        "fit:9x9,quality:70,format:jpeg        | fit:9x9,format:jpeg,quality:70",
        "fit:9x9,format:jpg                    | fit:9x9,format:jpeg",
        "fit:9x9,orientation:exif              | fit:9x9",
        "stretch:9x9,enlarge                   | stretch:9x9"
      })
  void parse_otherWordings_areBroughtToTheCanonicalOne(String said, String canonical) {
    assertThat(ThumbnailSpec.parse(said)).hasToString(canonical);
  }

  @Test
  void withMethods_matchTheGrammar() {
    ThumbnailSpec built =
        ThumbnailSpec.cover(320, 240)
            .gravity(Gravity.SOUTH)
            .matte(0x00ff00)
            .format(OutputFormat.PNG)
            .quality(33)
            .progressive(true)
            .fullChroma(true)
            .palette(true)
            .enlarge(true)
            .kernel(Kernel.BOX)
            .linearLight(true)
            .keepProfile(true)
            .allFrames(true)
            .useOrientation(false)
            .strict(true);
    assertThat(ThumbnailSpec.parse(built.toString())).isEqualTo(built);
    assertThat(built.enlarge(false).enlarge()).isFalse();
    assertThat(built.linearLight(false).toString()).doesNotContain("light");
  }

  @Test
  void box_otherSize_keepsAllElse() {
    ThumbnailSpec spec =
        ThumbnailSpec.parse("cover:320x240,gravity:north,quality:70").filter("own", image -> image);
    assertThat(spec.box(640, 480))
        .hasToString("cover:640x480,gravity:north,quality:70,filter:own")
        .isEqualTo(
            ThumbnailSpec.parse("cover:640x480,gravity:north,quality:70")
                .filter("own", spec.filters().get(0)));
    assertThat(ThumbnailSpec.parse("fit:10x,enlarge").boxWidth(20)).hasToString("fit:20x,enlarge");
    assertThat(ThumbnailSpec.parse("fit:10x,enlarge").boxHeight(20)).hasToString("fit:x20,enlarge");
    assertThatIllegalStateException()
        .isThrownBy(() -> spec.boxWidth(9))
        .withMessageContaining("cover needs both");
    assertThatIllegalArgumentException().isThrownBy(() -> spec.box(0, 9));
  }

  @Test
  void stretch_alwaysEnlarges() {
    assertThat(ThumbnailSpec.stretch(9, 9).enlarge()).isTrue();
    assertThat(ThumbnailSpec.stretch(9, 9).enlarge(false))
        .isEqualTo(ThumbnailSpec.stretch(9, 9).enlarge(true));
  }

  @Test
  void withMethod_leavesTheOriginalAlone() {
    ThumbnailSpec spec = ThumbnailSpec.fit(10, 10);
    ThumbnailSpec other = spec.quality(10);
    assertThat(spec.quality()).isEqualTo(80);
    assertThat(other.quality()).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "crop:10x10             | unknown geometry 'crop'",
        "fit:10                 | is not a geometry",
        "fit:x                  | needs a width or a height",
        "cover:10x              | needs both",
        "fit:0x10               | width must be 1 to 65535",
        "fit:70000x10           | width must be 1 to 65535",
        "fit:99999999999x1      | side must be a number",
        "fit:1x1,speed:9        | unknown option 'speed'",
        "fit:1x1,quality:0      | quality must be 1 to 100",
        "fit:1x1,effort:7       | effort must be 0 to 6",
        "fit:1x1,quality:high   | quality must be a number",
        "fit:1x1,quality        | needs a value",
        "fit:1x1,enlarge:yes    | takes no value",
        "fit:1x1,enlarge,enlarge| given twice",
        "fit:1x1,format:heic    | known: jpeg, png, gif, webp",
        "fit:1x1,matte:red      | matte must be #rgb",
        "fit:1x1,filter:sepia   | in code only",
        "''                     | is not a geometry"
      })
  void parse_badText_saysWhere(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ThumbnailSpec.parse(text))
        .withMessageContaining(message);
  }

  @Test
  void parseAll_namedSpecs_keepsTheirOrder() {
    assertThat(ThumbnailSpec.parseAll("small=fit:128x128; large=fit:1024x1024,format:jpeg"))
        .containsExactly(
            entry("small", ThumbnailSpec.fit(128, 128)),
            entry("large", ThumbnailSpec.fit(1024, 1024).format(OutputFormat.JPEG)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fit:1x1", "a=fit:1x1;a=fit:2x2", "a b=fit:1x1", "=fit:1x1", "a=;"})
  void parseAll_badText_isRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ThumbnailSpec.parseAll(text));
  }

  @Test
  void hash_isAStablePartOfTheFormat() {
    assertThat(ThumbnailSpec.fit(256, 256).hash())
        .isEqualTo(ThumbnailSpec.parse("fit:256x256,quality:80").hash())
        .isNotEqualTo(ThumbnailSpec.fit(256, 255).hash())
        .isEqualTo("5bd7030825cf983b");
  }

  @Test
  void filter_hasAName_thatStandsInTextAndHash() {
    ThumbnailSpec plain = ThumbnailSpec.fit(10, 10);
    ThumbnailSpec marked = plain.filter("mark", image -> image).filter("frame-2", image -> image);
    assertThat(marked).hasToString("fit:10x10,filter:mark+frame-2");
    assertThat(marked.hash()).isNotEqualTo(plain.hash());
    assertThat(marked.filters()).hasSize(2);
  }
}
