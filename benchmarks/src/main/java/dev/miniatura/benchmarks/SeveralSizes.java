package dev.miniatura.benchmarks;

import dev.miniatura.ImageSource;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What do 128, 256 and 512 px cost on top of 1024 px when one call makes all four?
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.miniatura.benchmarks.SeveralSizes PATH...
 * }</pre>
 */
final class SeveralSizes {

  private SeveralSizes() {}

  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args);
    int rounds = arguments.get("rounds", 5);
    int budget = arguments.get("budget", 300);
    Thumbnailer thumbnailer = Thumbnailer.create();
    ThumbnailSpec largest = ThumbnailSpec.fit(1024, 1024);
    List<ThumbnailSpec> all =
        List.of(
            ThumbnailSpec.fit(128, 128),
            ThumbnailSpec.fit(256, 256),
            ThumbnailSpec.fit(512, 512),
            largest);
    MarkdownTable table = new MarkdownTable("picture", "1024 px, ms", "all four, ms", "times");
    List<Double> ratios = new ArrayList<>();
    for (Path photo : Photos.find(arguments.rest())) {
      ImageSource source = ImageSource.of(Photos.read(photo));
      double alone = Double.MAX_VALUE;
      double together = Double.MAX_VALUE;
      for (int round = 0; round <= rounds; round++) {
        alone =
            Math.min(
                alone,
                Statistics.best(
                    Turn.aloneOnProcessor(
                        budget, () -> thumbnailer.renderAll(source, List.of(largest)))));
        together =
            Math.min(
                together,
                Statistics.best(
                    Turn.aloneOnProcessor(budget, () -> thumbnailer.renderAll(source, all))));
      }
      ratios.add(together / alone);
      table.row(
          photo.getFileName().toString(),
          "%.1f".formatted(alone),
          "%.1f".formatted(together),
          "%.2f".formatted(together / alone));
    }
    table.row("geometric mean", "", "", "%.2f".formatted(Statistics.geometricMean(ratios)));
    Document.publish(
        "several-sizes",
        "%s. Best processor time of %d rounds.\n\n%s".formatted(Machine.describe(), rounds, table),
        arguments.all("update"));
  }
}
