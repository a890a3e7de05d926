package dev.miniatura.benchmarks;

import dev.miniatura.ImageSource;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * How much sooner is one large picture done if several threads may work on it?
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.miniatura.benchmarks.Parallelism \
 *     [--threads 2] [--megapixels 12] [--sides 1024,256] [--rounds 30] PATH...
 * }</pre>
 *
 * <p>Times are wall time, the best and the median of calls that take turns. As many calls at once
 * as there are threads show what the machine is good for: with idle cores, that many times as many
 * pictures.
 */
final class Parallelism {

  private static final int WARM_UP = 30; // rounds

  private Parallelism() {}

  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args);
    int threads = arguments.get("threads", 2);
    int megapixels = arguments.get("megapixels", 12);
    int rounds = arguments.get("rounds", 30);
    MarkdownTable table =
        new MarkdownTable(
            "picture",
            "MP",
            "1 thread, ms",
            threads + " threads, ms",
            "times faster",
            threads + " calls at once");
    Thumbnailer one = Thumbnailer.create();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (String side : arguments.get("sides", "1024,256").split(",", -1)) {
        int pixels = Integer.parseInt(side);
        ThumbnailSpec spec = ThumbnailSpec.fit(pixels, pixels);
        List<Double> best = new ArrayList<>();
        List<Double> median = new ArrayList<>();
        for (Path photo : Photos.find(arguments.rest())) {
          ImageSource source = ImageSource.of(Photos.read(photo));
          double size = one.probe(source).pixels() / 1e6;
          if (Photos.kind(photo) != Photos.Kind.BASELINE_JPEG || size < megapixels) {
            continue;
          }
          Thumbnailer several = one.withParallelism(threads);
          double[][] times = new double[3][rounds];
          for (int round = -WARM_UP; round < rounds; round++) {
            int at = Math.max(0, round);
            times[0][at] = Turn.alone(0, () -> one.render(source, spec))[0];
            times[1][at] = Turn.alone(0, () -> several.render(source, spec))[0];
            times[2][at] = Turn.together(pool, threads, 0, () -> one.render(source, spec))[0];
          }
          best.add(Statistics.best(times[0]) / Statistics.best(times[1]));
          median.add(Statistics.median(times[0]) / Statistics.median(times[1]));
          table.row(
              photo.getFileName() + " to " + side + " px",
              "%.1f".formatted(size),
              milliseconds(times[0]),
              milliseconds(times[1]),
              ratio(best.get(best.size() - 1), median.get(median.size() - 1)),
              "%.2f".formatted(Statistics.best(times[0]) / Statistics.best(times[2])));
        }
        table.row(
            "geometric mean, " + side + " px",
            "",
            "",
            "",
            ratio(Statistics.geometricMean(best), Statistics.geometricMean(median)),
            "");
      }
    } finally {
      pool.shutdownNow();
    }
    Document.publish(
        "parallelism",
        "%s. Best / median of %d calls.\n\n%s".formatted(Machine.describe(), rounds, table),
        arguments.all("update"));
  }

  private static String milliseconds(double[] times) {
    return "%.1f / %.1f".formatted(Statistics.best(times), Statistics.median(times));
  }

  private static String ratio(double best, double median) {
    return "%.2f / %.2f".formatted(best, median);
  }
}
