package dev.miniatura;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.miniatura.internal.output.Encoder;
import dev.miniatura.internal.output.Encoders;
import dev.miniatura.pipeline.Outcome;
import dev.miniatura.pipeline.ThumbnailPipeline;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.MemoryImageStore;
import dev.miniatura.testing.IccProfiles;
import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.PngMaker;
import dev.miniatura.testing.TestImages;
import dev.miniatura.testing.ToyEncoder;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A format is one class and one entry: the toy format of these tests is available everywhere. */
class OutputFormatTest {

  private static final OutputFormat TOY = OutputFormat.named("toy");
  private static final byte[] PHOTO = JpegMaker.of(TestImages.photo(160, 120)).bytes();

  private static String text(byte[] source, String spec) throws IOException {
    Thumbnail thumbnail =
        Thumbnailer.create().render(ImageSource.of(source), ThumbnailSpec.parse(spec));
    return new String(thumbnail.bytes(), US_ASCII);
  }

  @Test
  void all_areNamedDistinctly() {
    assertThat(OutputFormat.all())
        .contains(OutputFormat.JPEG, OutputFormat.PNG, OutputFormat.GIF, OutputFormat.WEBP, TOY);
    assertThat(Encoders.all()).extracting(Encoder::name).doesNotHaveDuplicates();
    assertThat(Encoders.all()).extracting(Encoder::extension).doesNotHaveDuplicates();
    assertThat(Encoders.all()).extracting(Encoder::mediaType).doesNotHaveDuplicates();
  }

  @Test
  void sources_belongToOneFormat() {
    assertThat(Encoders.all().stream().flatMap(encoder -> encoder.sources().stream()))
        .doesNotHaveDuplicates();
  }

  @Test
  void named_takesNameOrExtension() {
    assertThat(OutputFormat.named("jpg")).isSameAs(OutputFormat.JPEG);
    assertThat(OutputFormat.named("jpeg")).isSameAs(OutputFormat.JPEG);
    assertThat(OutputFormat.named("ty")).isSameAs(TOY).hasToString("TOY");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OutputFormat.named("bmp"))
        .withMessageContaining("unknown format 'bmp'; known: jpeg, png, gif, webp");
  }

  @Test
  void render_otherArtifactsFormat_isWritten() throws IOException {
    Thumbnail thumbnail =
        Thumbnailer.create()
            .render(ImageSource.of(PHOTO), ThumbnailSpec.parse("fit:40x40,format:toy"));
    assertThat(new String(thumbnail.bytes(), US_ASCII))
        .isEqualTo("toy YCBCR 40x30 quality 40 halved");
    assertThat(thumbnail.format()).isSameAs(TOY);
    assertThat(thumbnail.mediaType()).isEqualTo("image/x-toy");
    assertThat(thumbnail.extension()).isEqualTo("ty");
  }

  @Test
  void render_whatTheFormatCannotHold_isConverted() throws IOException {
    byte[] clear = PngMaker.of(TestImages.translucent(160, 120)).bytes();
    assertThat(text(clear, "fit:40x40,format:toy")).isEqualTo("toy RGB 40x30 quality 40");
    byte[] wide = JpegMaker.of(TestImages.photo(160, 120)).icc(IccProfiles.displayP3()).bytes();
    assertThat(text(wide, "fit:40x40,format:toy,icc:keep")).startsWith("toy RGB");
  }

  @Test
  void plan_asksTheFormatForMemory() throws IOException {
    RenderPlan plan =
        Thumbnailer.create()
            .plan(ImageSource.of(PHOTO), List.of(ThumbnailSpec.parse("fit:40x40,format:toy")));
    assertThat(plan.peakBytes()).isBetween(ToyEncoder.WORKING_BYTES, 130_000_000L);
    assertThat(plan.outputs().get(0).format()).isSameAs(TOY);
  }

  @ParameterizedTest
  @CsvSource({
    "toy, 100, fit:x100, fit:x101",
    "jpeg, 65535, fit:65x, fit:66x",
    "gif, 65535, fit:65x, fit:66x",
    "webp, 16383, fit:16x, fit:17x"
  })
  void plan_sideThatTheFormatCannotSay_isRefused(
      String format, int allowed, String largest, String larger) throws IOException {
    ImageSource line = ImageSource.of(PngMaker.of(TestImages.photo(1, 1000)).bytes());
    String options = ",enlarge,format:" + format;
    ThumbnailSpec possible = ThumbnailSpec.parse(largest + options);
    assertThat(Thumbnailer.create().plan(line, List.of(possible)).outputs()).hasSize(1);
    ThumbnailSpec over = ThumbnailSpec.parse(larger + options);
    assertThatExceptionOfType(LimitExceededException.class)
        .isThrownBy(() -> Thumbnailer.create().plan(line, List.of(over)))
        .satisfies(
            e -> {
              assertThat(e.limit()).isEqualTo(Limits.Kind.RESULT_SIDE);
              assertThat(e.allowed()).isEqualTo(allowed);
              assertThat(e.actual()).isGreaterThan(allowed);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fit:9x9,format:toy,quality:40 | fit:9x9,format:toy",
        "fit:9x9,quality:40,format:toy | fit:9x9,format:toy",
        "fit:9x9,quality:80,format:toy | fit:9x9,format:toy,quality:80",
        "fit:9x9,quality:40            | fit:9x9,quality:40",
        "fit:9x9,quality:80            | fit:9x9",
        "fit:9x9,quality:80,format:png | fit:9x9,format:png"
      })
  void text_leavesOutTheDefaultOfTheFormat(String text, String canonical) {
    assertThat(ThumbnailSpec.parse(text)).hasToString(canonical);
    assertThat(ThumbnailSpec.parse(canonical)).isEqualTo(ThumbnailSpec.parse(text));
    assertThat(ThumbnailSpec.parse(canonical).quality())
        .isEqualTo(ThumbnailSpec.parse(text).quality());
  }

  @Test
  void quality_thatWasSaid_staysWithAnotherFormat() {
    ThumbnailSpec box = ThumbnailSpec.fit(9, 9);
    assertThat(box.quality(80).format(TOY)).isEqualTo(box.format(TOY).quality(80));
    assertThat(box.quality(80).format(TOY).quality()).isEqualTo(80);
    assertThat(box.format(TOY).quality()).isEqualTo(40);
    assertThat(box.format(TOY).format(OutputFormat.JPEG).quality()).isEqualTo(80);
  }

  @Test
  void possibleFormats_areTheOneSaidOrThoseOfSources() {
    assertThat(ThumbnailSpec.parse("fit:9x9,format:toy").possibleFormats()).containsExactly(TOY);
    assertThat(ThumbnailSpec.parse("fit:9x9").possibleFormats())
        .contains(OutputFormat.JPEG, OutputFormat.PNG, OutputFormat.GIF, TOY);
  }

  @Test
  void pipeline_takesIt() throws IOException {
    MemoryImageStore source = MemoryImageStore.create();
    MemoryImageStore thumbnails = MemoryImageStore.create();
    source.put("a.jpg", ImageSource.of(PHOTO), Attributes.none());
    ThumbnailPipeline pipeline =
        ThumbnailPipeline.builder(source, thumbnails)
            .specs(ThumbnailSpec.parseAll("small=fit:40x40,format:toy;any=fit:20x20"))
            .keyTemplate("{key}.{spec}.{ext}")
            .build();
    assertThat(pipeline.process("a.jpg")).isInstanceOf(Outcome.Written.class);
    assertThat(thumbnails.stat("a.jpg.small.ty").orElseThrow().attributes().contentType())
        .contains("image/x-toy");
    assertThat(pipeline.process("a.jpg")).isInstanceOf(Outcome.Unchanged.class);
    assertThat(pipeline.keyOf("a.jpg", "any", TOY)).isEqualTo("a.jpg.any.ty");
  }
}
