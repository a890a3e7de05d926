package dev.miniatura.benchmarks;

import dev.miniatura.ImageInfo;
import dev.miniatura.ImageSource;
import dev.miniatura.RenderPlan;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * How much heap do HEIC and AVIF need, and how long does the first thumbnail of a process take?
 * Renders each file in JVMs with less and less heap, then in fresh ones with an ample one.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.miniatura.benchmarks.HeifMemory \
 *   [--sides 1024,256] [--starts N] [--update FILE] FILE...
 * }</pre>
 */
final class HeifMemory {

  private static final int LARGEST_HEAP = 256;

  /** The heap in which the first call is timed, in megabytes. */
  private static final int AMPLE_HEAP = 1024;

  private HeifMemory() {}

  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args);
    String child = arguments.get("child", "");
    if (!child.isEmpty()) {
      render(Path.of(arguments.rest().get(0)), Integer.parseInt(child));
      return;
    }
    int starts = arguments.get("starts", 5);
    MarkdownTable table =
        new MarkdownTable(
            "", "pixels", "file, MB", "planned, MB", "smallest -Xmx, MB", "first call, ms");
    for (String file : arguments.rest()) {
      for (String side : arguments.get("sides", "1024,256").split(",", -1)) {
        row(table, Path.of(file), side, starts);
      }
    }
    Document.publish(
        "heif-memory",
        "%s. The first call is the median of %d processes.%n%n%s"
            .formatted(Machine.describe(), starts, table),
        arguments.all("update"));
  }

  private static void row(MarkdownTable table, Path file, String side, int starts)
      throws IOException, InterruptedException {
    Thumbnailer thumbnailer = Thumbnailer.create();
    ImageInfo info = thumbnailer.probe(ImageSource.of(file));
    RenderPlan plan = thumbnailer.plan(ImageSource.of(file), List.of(spec(Integer.parseInt(side))));
    OptionalInt heap =
        Worker.smallestHeap(LARGEST_HEAP, HeifMemory.class, "--child", side, file.toString());
    double[] milliseconds = new double[starts];
    for (int i = 0; i < starts; i++) {
      milliseconds[i] =
          Double.parseDouble(
              Worker.answer(AMPLE_HEAP, HeifMemory.class, "--child", side, file.toString()));
    }
    table.row(
        file.getFileName() + " to " + side + " px",
        "%d × %d".formatted(info.width(), info.height()),
        "%.1f".formatted(Files.size(file) / 1e6),
        "%.1f".formatted(plan.peakBytes() / 1e6),
        heap.isPresent() ? Integer.toString(heap.getAsInt()) : "fails",
        "%.0f".formatted(Statistics.median(milliseconds)));
  }

  private static ThumbnailSpec spec(int side) {
    return ThumbnailSpec.fit(side, side);
  }

  private static void render(Path file, int side) throws IOException {
    long start = System.nanoTime();
    Thumbnailer.create().render(ImageSource.of(file), spec(side));
    System.out.println((System.nanoTime() - start) / 1_000_000);
  }
}
