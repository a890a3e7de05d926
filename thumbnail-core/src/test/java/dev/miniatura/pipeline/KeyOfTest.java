package dev.miniatura.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.miniatura.ImageSource;
import dev.miniatura.OutputFormat;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.MemoryImageStore;
import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.TestImages;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * {@link ThumbnailPipeline#keyOf} compared with the keys under which thumbnails are actually
 * written.
 */
class KeyOfTest {

  private final MemoryImageStore photos = MemoryImageStore.create();

  private ThumbnailPipeline pipeline(String template) {
    return ThumbnailPipeline.builder(photos, MemoryImageStore.create())
        .specs(ThumbnailSpec.parseAll("small=fit:32x32,format:png;large=fit:64x64"))
        .keyTemplate(template)
        .sourcePrefix("in/")
        .destinationPrefix("out/")
        .build();
  }

  @Test
  void keyOf_isTheKeyThatIsWritten() throws IOException {
    byte[] file = JpegMaker.of(TestImages.photo(90, 60)).bytes();
    photos.put("in/2024/a b.jpg", ImageSource.of(file), Attributes.none());
    for (String template : new String[] {"{key}.{spec}.{ext}", "{spec}/{dir}/{name}"}) {
      ThumbnailPipeline pipeline = pipeline(template);
      Outcome outcome = pipeline.process("in/2024/a b.jpg");
      assertThat(outcome).isInstanceOf(Outcome.Written.class);
      for (Outcome.Item item : ((Outcome.Written) outcome).thumbnails()) {
        OutputFormat format =
            item.mediaType().equals("image/png") ? OutputFormat.PNG : OutputFormat.JPEG;
        assertThat(pipeline.keyOf("in/2024/a b.jpg", item.spec(), format)).isEqualTo(item.key());
        if (item.spec().equals("small") || !template.contains("{ext}")) {
          assertThat(pipeline.keyOf("in/2024/a b.jpg", item.spec())).isEqualTo(item.key());
        }
      }
    }
  }

  @Test
  void keyOf_formatNotKnown_saysSo() {
    ThumbnailPipeline pipeline = pipeline("{key}.{spec}.{ext}");
    assertThatIllegalStateException()
        .isThrownBy(() -> pipeline.keyOf("in/a.jpg", "large"))
        .withMessageContaining("depends on the source's format");
    assertThat(pipeline.keyOf("in/a.jpg", "small")).isEqualTo("out/a.jpg.small.png");
  }

  @Test
  void keyOf_whatCannotBe_isRefused() {
    ThumbnailPipeline pipeline = pipeline("{key}.{spec}.{ext}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pipeline.keyOf("in/a.jpg", "huge"))
        .withMessageContaining("small, large");
    assertThatIllegalArgumentException().isThrownBy(() -> pipeline.keyOf("a.jpg", "small"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pipeline.keyOf("in/a.jpg", "small", OutputFormat.GIF));
  }
}
