package dev.miniatura.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.ImageSource;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import dev.miniatura.storage.MemoryImageStore;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The words for outcomes in logs, rows and answers. */
class OutcomeTest {

  private final ImageStore source = MemoryImageStore.create();
  private final ThumbnailPipeline pipeline =
      ThumbnailPipeline.builder(source, MemoryImageStore.create())
          .renderer(new FakeRenderer())
          .spec("s", ThumbnailSpec.fit(9, 9))
          .build();

  private void write(String text) throws IOException {
    source.put("a", ImageSource.of(text.getBytes(UTF_8)), Attributes.none());
  }

  @Test
  void kind_isAWordForEach() throws IOException {
    assertThat(pipeline.process("a").kind()).isEqualTo("skipped");
    write("png flower");
    assertThat(pipeline.process("a").kind()).isEqualTo("written");
    assertThat(pipeline.process("a").kind()).isEqualTo("unchanged");
    write("huge");
    assertThat(pipeline.process("a").kind()).isEqualTo("refused");
    write("malformed");
    assertThat(pipeline.process("a").kind()).isEqualTo("failed");
    source.delete("a");
    assertThat(pipeline.remove("a").kind()).isEqualTo("removed");
  }

  @Test
  void text_isTheNameInLowerCase() {
    assertThat(Outcome.Failure.ACCESS_DENIED.text()).isEqualTo("access_denied");
    assertThat(Outcome.Reason.SOURCE_GONE.text()).isEqualTo("source_gone");
  }

  @Test
  void storeException_retryable_isThatOfItsKind() {
    assertThat(Arrays.stream(Kind.values()).filter(Kind::retryable))
        .containsExactly(Kind.CONFLICT, Kind.THROTTLED, Kind.NETWORK);
    for (Kind kind : Kind.values()) {
      assertThat(new StoreException(kind, "a").retryable()).isEqualTo(kind.retryable());
    }
  }
}
