package dev.miniatura.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.ImageSource;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.MemoryImageStore;
import java.io.IOException;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Storage settings that change while there are thumbnails. */
class KeptTest {

  private final MemoryImageStore source = MemoryImageStore.create();
  private final MemoryImageStore destination = MemoryImageStore.create();

  @BeforeEach
  void storeSource() throws IOException {
    source.put("a.png", ImageSource.of("png flower".getBytes(UTF_8)), Attributes.none());
  }

  private Outcome process(UnaryOperator<ThumbnailPipeline.Builder> settings) {
    ThumbnailPipeline.Builder builder =
        ThumbnailPipeline.builder(source, destination)
            .renderer(new FakeRenderer())
            .specs(ThumbnailSpec.parseAll("small=fit:10x10"));
    return settings.apply(builder).build().process("a.png");
  }

  private Attributes attributes() throws IOException {
    return destination.stat("a.png.small.png").orElseThrow().attributes();
  }

  @Test
  void cacheControl_thatChanges_reachesThumbnails() throws Exception {
    assertThat(process(it -> it)).isInstanceOf(Outcome.Written.class);
    assertThat(process(it -> it.cacheControl("max-age=60"))).isInstanceOf(Outcome.Written.class);
    assertThat(attributes().cacheControl()).contains("max-age=60");
    assertThat(process(it -> it.cacheControl("max-age=60"))).isInstanceOf(Outcome.Unchanged.class);
    assertThat(process(it -> it.keptAs(""))).isInstanceOf(Outcome.Written.class);
    assertThat(attributes().cacheControl()).isEmpty();
    assertThat(process(it -> it.keptAs(""))).isInstanceOf(Outcome.Unchanged.class);
  }

  @Test
  void nothingSaid_leavesThumbnailsAsTheyAreKept() throws Exception {
    process(it -> it.cacheControl("max-age=60").keptAs("key 1"));
    // It used to be Written: callers without such settings treated those of others as outdated.
    assertThat(process(it -> it)).isInstanceOf(Outcome.Unchanged.class);
    assertThat(attributes().cacheControl()).contains("max-age=60");
  }

  @Test
  void keptAs_thatChanges_makesThumbnailsAgain() throws Exception {
    process(it -> it);
    assertThat(process(it -> it.keptAs("key 1"))).isInstanceOf(Outcome.Written.class);
    assertThat(process(it -> it.keptAs("key 1"))).isInstanceOf(Outcome.Unchanged.class);
    assertThat(process(it -> it.keptAs("key 2"))).isInstanceOf(Outcome.Written.class);
    assertThat(attributes().metadata().values()).noneMatch(value -> value.contains("key"));
    assertThat(process(it -> it.keptAs(""))).isInstanceOf(Outcome.Written.class);
  }

  @Test
  void nothingSaid_leavesNoMark() throws Exception {
    process(it -> it);
    Map<String, String> metadata = attributes().metadata();
    assertThat(metadata).doesNotContainKey("miniatura-kept");
    process(it -> it.keptAs(""));
    assertThat(attributes().metadata()).isEqualTo(metadata);
  }
}
