package dev.miniatura.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.miniatura.ImageSource;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.pipeline.Outcome.Failed;
import dev.miniatura.pipeline.Outcome.Failure;
import dev.miniatura.pipeline.Outcome.Reason;
import dev.miniatura.pipeline.Outcome.Skipped;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Entry;
import dev.miniatura.storage.MemoryImageStore;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thumbnails in the folders of their sources. */
class BesideSourcesTest {

  private final MemoryImageStore store = MemoryImageStore.create();

  private ThumbnailPipeline.Builder builder(String suffix, String specs) {
    return ThumbnailPipeline.builder(store, store)
        .renderer(new FakeRenderer())
        .specs(ThumbnailSpec.parseAll(specs))
        .besideSources(suffix);
  }

  private ThumbnailPipeline pipeline(String suffix) {
    return builder(suffix, "small=fit:10x10").build();
  }

  private void write(String key, String text) throws IOException {
    store.put(key, ImageSource.of(text.getBytes(UTF_8)), Attributes.none());
  }

  private String read(String key) throws IOException {
    try (var stream = store.open(key).open()) {
      return new String(stream.readAllBytes(), UTF_8);
    }
  }

  private List<String> keys() throws IOException {
    try (Stream<Entry> entries = store.list("")) {
      return entries.map(Entry::key).toList();
    }
  }

  private void processAll(ThumbnailPipeline pipeline) throws IOException {
    keys().forEach(pipeline::process);
  }

  @Test
  void process_overAndOver_makesOneThumbnailEach() throws IOException {
    write("2024/a.png", "png a");
    write("b.tar.png", "png b");
    write("noending", "png c");
    List<String> all =
        List.of(
            "2024/a.png",
            "2024/a_thumb.png",
            "b.tar.png",
            "b.tar_thumb.png",
            "noending",
            "noending_thumb.png");
    for (int i = 0; i < 3; i++) {
      processAll(pipeline("_thumb"));
      assertThat(keys()).isEqualTo(all);
    }
    assertThat(pipeline("_thumb").process("b.tar.png")).isInstanceOf(Outcome.Unchanged.class);
  }

  @Test
  void process_marksAreLost_makesNoThumbnailsOfThumbnailsAndReplacesNone() throws IOException {
    write("a.png", "png a");
    write("a_thumb.png", "png copied by something that keeps no metadata");
    assertThat(pipeline("_thumb").process("a_thumb.png"))
        .isInstanceOfSatisfying(
            Skipped.class, it -> assertThat(it.reason()).isEqualTo(Reason.THUMBNAIL));
    assertThat(pipeline("_thumb").process("a.png"))
        .isInstanceOfSatisfying(
            Failed.class,
            it -> {
              assertThat(it.failure()).isEqualTo(Failure.COLLISION);
              assertThat(it.cause())
                  .hasMessageContaining("'a_thumb.png' exists and is not known to be a thumbnail");
            });
    assertThat(pipeline("_thumb").remove("gone.png")).isInstanceOf(Outcome.Removed.class);
    assertThat(read("a_thumb.png")).startsWith("png copied");
  }

  @Test
  void process_anotherSuffix_takesThumbnailsOfTheFirstForThumbnails() throws IOException {
    write("a.png", "png a");
    processAll(pipeline("_thumb"));
    processAll(pipeline("_small"));
    processAll(pipeline("_thumb"));
    assertThat(keys()).containsExactly("a.png", "a_small.png", "a_thumb.png");
  }

  @Test
  void process_severalSpecs_haveTheirNamesInTheSuffix() throws IOException {
    write("a.png", "png a");
    ThumbnailPipeline pipeline =
        builder("-{spec}", "small=fit:10x10;large=fit:20x20,format:jpeg").build();
    processAll(pipeline);
    processAll(pipeline);
    assertThat(keys()).containsExactly("a-large.jpg", "a-small.png", "a.png");
    assertThat(pipeline.keyOf("a.png", "large")).isEqualTo("a-large.jpg");
  }

  @Test
  void process_sourcesThatDifferInTheirExtension_areKeptApart() throws IOException {
    write("a.png", "png a");
    write("a.bmp", "png another");
    assertThat(pipeline("_t").process("a.png")).isInstanceOf(Outcome.Written.class);
    assertThat(pipeline("_t").process("a.bmp"))
        .isInstanceOfSatisfying(
            Failed.class, it -> assertThat(it.failure()).isEqualTo(Failure.COLLISION));
    assertThat(read("a_t.png")).startsWith("png a as");
  }

  @Test
  void remove_takesTheThumbnailBesideAndNothingElse() throws IOException {
    write("in/a.png", "png a");
    write("in/b.png", "png b");
    ThumbnailPipeline pipeline = builder("_t", "s=fit:10x10").sourcePrefix("in/").build();
    processAll(pipeline);
    store.delete("in/a.png");
    assertThat(pipeline.remove("in/a.png"))
        .isInstanceOfSatisfying(
            Outcome.Removed.class, it -> assertThat(it.keys()).containsExactly("in/a_t.png"));
    assertThat(pipeline.remove("in/a_t.png")).isInstanceOf(Skipped.class);
    assertThat(keys()).containsExactly("in/b.png", "in/b_t.png");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "{name}", "_{spec}{spec}", "}"})
  void besideSources_whatIsNoSuffix_isRefused(String suffix) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pipeline(suffix))
        .withMessageContaining("'" + suffix + "' is not a suffix");
  }

  @Test
  void build_whatWouldGetInTheWay_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder("_t", "a=fit:10x10;b=fit:20x20").build())
        .withMessageContaining("{spec}");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ThumbnailPipeline.builder(store, MemoryImageStore.create())
                    .specs(ThumbnailSpec.parseAll("s=fit:10x10"))
                    .besideSources("_t")
                    .build())
        .withMessageContaining("same store");
  }
}
