package dev.miniatura.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.ImageSource;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.pipeline.Outcome.Failed;
import dev.miniatura.pipeline.Outcome.Failure;
import dev.miniatura.pipeline.Outcome.Reason;
import dev.miniatura.pipeline.Outcome.Removed;
import dev.miniatura.pipeline.Outcome.Skipped;
import dev.miniatura.pipeline.Outcome.Written;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Entry;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import dev.miniatura.storage.MemoryImageStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OnDemandTest {

  private static final ThumbnailSpec ASKED = ThumbnailSpec.fit(33, 33);
  private static final String FOLDER = "asked/" + Label.sourceId("a.png") + "/";

  private final HookedStore source = new HookedStore(MemoryImageStore.create());
  private final HookedStore destination = new HookedStore(MemoryImageStore.create());
  private final ThumbnailPipeline pipeline = builder().onDemand("asked/").build();

  private ThumbnailPipeline.Builder builder() {
    return ThumbnailPipeline.builder(source, destination)
        .renderer(new FakeRenderer())
        .specs(ThumbnailSpec.parseAll("small=fit:10x10;large=fit:40x40"));
  }

  @BeforeEach
  void writeSource() throws IOException {
    write("png flower");
  }

  private void write(String text) throws IOException {
    source.put("a.png", ImageSource.of(text.getBytes(UTF_8)), Attributes.none());
  }

  private Entry told() throws IOException {
    return source.stat("a.png").orElseThrow();
  }

  private List<String> made() throws IOException {
    try (Stream<Entry> entries = destination.list("")) {
      return entries.map(Entry::key).toList();
    }
  }

  @Test
  void onDemand_anySpec_isKeptInOneFolderForEachImage() throws IOException {
    assertThat(pipeline.onDemand(List.of(ASKED)).process(told())).isInstanceOf(Written.class);
    assertThat(pipeline.onDemand(List.of(ASKED, ASKED.quality(50))).process(told()))
        .isInstanceOf(Written.class);

    assertThat(made())
        .containsExactlyInAnyOrder(FOLDER + ASKED.hash(), FOLDER + ASKED.quality(50).hash());
  }

  @Test
  void onDemand_longKey_hasAnEquallyShortOne() throws IOException {
    String key = "x/".repeat(500) + "a.png";
    source.put(key, ImageSource.of("png flower".getBytes(UTF_8)), Attributes.none());

    assertThat(
            pipeline.onDemand(List.of(ASKED)).process(source.stat(key).orElseThrow()).thumbnails())
        .allSatisfy(item -> assertThat(item.key()).hasSize("asked/".length() + 32 + 1 + 16));
  }

  @Test
  void onDemand_noPlaceSet_isRefused() {
    ThumbnailPipeline none = builder().build();

    assertThatThrownBy(() -> none.onDemand(List.of(ASKED)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> builder().onDemand("asked"))
        .hasMessage("'asked' does not end with a slash");
  }

  @Test
  void build_onDemandOnly_needsNoNamedSpec() throws IOException {
    ThumbnailPipeline unnamed =
        ThumbnailPipeline.builder(source, destination)
            .renderer(new FakeRenderer())
            .onDemand("asked/")
            .build();

    assertThat(unnamed.onDemand(List.of(ASKED)).process(told())).isInstanceOf(Written.class);
  }

  @Test
  void build_placeAroundTheSources_isRefused() {
    assertThatThrownBy(
            () ->
                ThumbnailPipeline.builder(source, source)
                    .spec("small", ASKED)
                    .sourcePrefix("in/deep/")
                    .destinationPrefix("out/")
                    .onDemand("in/")
                    .build())
        .hasMessageContaining("thumbnails would be made of thumbnails");
  }

  @Test
  void process_whatWasMadeOnRequest_isNoSource() {
    ThumbnailPipeline one =
        ThumbnailPipeline.builder(source, source)
            .spec("small", ASKED)
            .destinationPrefix("out/")
            .onDemand("asked/")
            .destinationInsideSource()
            .build();

    assertThat(one.process("asked/x"))
        .isInstanceOfSatisfying(
            Skipped.class, it -> assertThat(it.reason()).isEqualTo(Reason.DESTINATION));
  }

  @Test
  void process_newVersion_removesWhatWasMadeOfTheOld() throws IOException {
    pipeline.onDemand(List.of(ASKED)).process(told());
    write("png rose");

    pipeline.process("a.png");

    assertThat(made()).containsExactlyInAnyOrder("a.png.small.png", "a.png.large.png");
  }

  @Test
  void process_sameVersion_keepsWhatWasMadeOfIt() throws IOException {
    pipeline.onDemand(List.of(ASKED)).process(told());

    pipeline.process("a.png");

    assertThat(made()).contains(FOLDER + ASKED.hash(), "a.png.small.png");
  }

  @Test
  void process_newVersionThatCannotBeRendered_removesWhatWasMadeOfTheOld() throws IOException {
    pipeline.onDemand(List.of(ASKED)).process(told());
    write("malformed");

    assertThat(pipeline.process("a.png")).isInstanceOf(Failed.class);

    assertThat(made()).isEmpty();
  }

  @Test
  void remove_sourceGone_findsWhatWasMadeOnRequestInOneListing() throws IOException {
    pipeline.onDemand(List.of(ASKED)).process(told());
    pipeline.onDemand(List.of(ASKED.quality(50))).process(told());
    source.delete("a.png");
    destination.calls.clear();

    Outcome outcome = pipeline.remove("a.png");

    assertThat(outcome)
        .isInstanceOfSatisfying(Removed.class, removed -> assertThat(removed.keys()).hasSize(2));
    assertThat(destination.calls).filteredOn(call -> call.startsWith("list")).hasSize(1);
    assertThat(made()).isEmpty();
  }

  @Test
  void remove_sourceGone_keepsWhatWasMadeOfOthers() throws IOException {
    source.put("b.png", ImageSource.of("png fern".getBytes(UTF_8)), Attributes.none());
    Entry other = source.stat("b.png").orElseThrow();
    Outcome ofOther = pipeline.onDemand(List.of(ASKED)).process(other);
    pipeline.onDemand(List.of(ASKED)).process(told());
    source.delete("a.png");

    Outcome outcome = pipeline.remove("a.png");

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Removed.class,
            removed -> assertThat(removed.keys()).containsExactly(FOLDER + ASKED.hash()));
    assertThat(made()).containsExactly(ofOther.thumbnails().get(0).key());
  }

  @Test
  void onDemand_sourceReplacedWhileRendering_leavesNothingBehind() throws IOException {
    Entry old = told();
    destination.before(
        call -> {
          if (call.startsWith("put")) {
            destination.before(other -> {});
            write("png rose");
          }
        });

    assertThat(pipeline.onDemand(List.of(ASKED)).process(old))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.failure()).isEqualTo(Failure.CONFLICT));
    assertThat(made()).isEmpty();
  }

  @Test
  void find_thumbnail_isThatOfTheVersionOrNone() throws IOException {
    assertThat(pipeline.find(told(), "small")).isEmpty();
    Entry old = told();
    pipeline.process("a.png");

    assertThat(pipeline.find(old, "small"))
        .get()
        .extracting(Entry::key)
        .isEqualTo("a.png.small.png");
    write("png rose");
    assertThat(pipeline.find(told(), "small")).isEmpty();
    assertThatThrownBy(() -> pipeline.find(old, "other"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void process_destinationFails_handsOverWhatWasRendered() throws IOException {
    destination.before(
        call -> {
          if (call.startsWith("put")) {
            throw new StoreException(Kind.NETWORK, "down");
          }
        });
    List<String> rendered = new ArrayList<>();

    Outcome outcome =
        pipeline.process(
            told(), (spec, thumbnail) -> rendered.add(spec + " " + thumbnail.mediaType()));

    assertThat(outcome).isInstanceOf(Failed.class);
    assertThat(rendered).containsExactly("small image/png", "large image/png");
  }

  @Test
  void process_unchanged_rendersNothing() throws IOException {
    pipeline.process("a.png");
    List<String> rendered = new ArrayList<>();

    pipeline.process(told(), (spec, thumbnail) -> rendered.add(spec));

    assertThat(rendered).isEmpty();
  }
}
