package dev.miniatura.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.Thumbnail;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.storage.FileImageStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that fills a folder with thumbnails is killed; another one resumes. */
class KilledPipelineTest {

  private static final int SOURCES = 200;
  private static final int THUMBNAIL_BYTES = 200_000;

  @TempDir private Path folder;

  @Test
  void processAll_killedHalfway_isFinishedByTheNextRun() throws Exception {
    Path photos = Files.createDirectory(folder.resolve("photos"));
    for (int i = 0; i < SOURCES; i++) {
      Files.writeString(photos.resolve("k" + i), "png " + i);
    }
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledPipelineTest.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (InputStream outcomes = run.getInputStream()) {
      assertThat(outcomes.readNBytes(20)).containsOnly('W');
      TimeUnit.MILLISECONDS.sleep(50);
    } finally {
      run.destroyForcibly().waitFor();
    }
    List<Path> visible = thumbnails();
    assertThat(visible).hasSizeBetween(20, 2 * SOURCES - 1);
    for (Path thumbnail : visible) {
      assertThat(Files.size(thumbnail)).isEqualTo(THUMBNAIL_BYTES);
    }
    List<Outcome> outcomes = new ArrayList<>();
    pipeline(folder, new FakeRenderer()).processAll(keys(), outcomes::add);
    assertThat(outcomes)
        .hasSize(SOURCES)
        .allMatch(o -> o instanceof Outcome.Written || o instanceof Outcome.Unchanged);
    assertThat(outcomes.stream().filter(o -> o instanceof Outcome.Unchanged))
        .hasSizeBetween(10, SOURCES - 1);
    for (int i = 0; i < SOURCES; i++) {
      for (String spec : List.of("s=fit:10x10", "t=fit:20x20")) {
        String name = "k" + i + "." + spec.charAt(0) + ".png";
        assertThat(Files.readAllBytes(folder.resolve("thumbs").resolve(name)))
            .isEqualTo(padded(("png " + i + " as " + spec.substring(2)).getBytes(UTF_8)));
      }
    }
    assertThat(thumbnails()).hasSize(2 * SOURCES);
  }

  private List<Path> thumbnails() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("thumbs"))) {
      return files.filter(path -> !path.getFileName().toString().equals(".miniatura")).toList();
    }
  }

  private static Stream<String> keys() {
    return IntStream.range(0, SOURCES).mapToObj(i -> "k" + i);
  }

  private static byte[] padded(byte[] bytes) {
    return Arrays.copyOf(bytes, THUMBNAIL_BYTES);
  }

  private static ThumbnailPipeline pipeline(Path folder, Work.Renderer renderer) {
    return ThumbnailPipeline.builder(
            FileImageStore.of(folder.resolve("photos")),
            FileImageStore.of(folder.resolve("thumbs")))
        .renderer(
            (source, specs) ->
                renderer.renderAll(source, specs).stream()
                    .map(
                        t ->
                            new Thumbnail(
                                padded(t.bytes()),
                                t.width(),
                                t.height(),
                                t.format(),
                                t.source(),
                                t.notes()))
                    .toList())
        .specs(ThumbnailSpec.parseAll("s=fit:10x10;t=fit:20x20"))
        .parallelism(3)
        .build();
  }

  /** The process to be killed: prints the first letter of each outcome, and never ends. */
  public static void main(String[] arguments) throws InterruptedException {
    FakeRenderer renderer = new FakeRenderer();
    Work.Renderer stuckAtTheLast =
        (source, specs) -> {
          List<Thumbnail> thumbnails = renderer.renderAll(source, specs);
          while (renderer.decodes.get() >= SOURCES) {
            LockSupport.park();
          }
          return thumbnails;
        };
    pipeline(Path.of(arguments[0]), stuckAtTheLast)
        .processAll(
            keys(),
            outcome -> {
              System.out.write(outcome.getClass().getSimpleName().charAt(0));
              System.out.flush();
            });
  }
}
