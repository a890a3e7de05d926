package dev.miniatura.benchmarks;

import dev.miniatura.ImageSource;
import dev.miniatura.Limits;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Raster;
import dev.miniatura.internal.webp.LossyWebpEncoder;
import dev.miniatura.internal.webp.LossyWebpOptions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Compares the processor time of our lossy WebP encoder with that of libwebp inside sharp: the same
 * RGB pixels, rendered once, at quality 80 and the default effort of both, on one thread. The two
 * take turns on each picture in each round, and the first rounds warm up. What sharp spends without
 * encoding, copying the pixels from and to memory, is measured as well and subtracted.
 *
 * <pre>{@code
 * npm ci --prefix benchmarks/peers
 * java -cp benchmarks/target/benchmarks.jar dev.miniatura.benchmarks.WebpSpeed \
 *     [--rounds N] [--warmup N] [--budget MS] [--sizes 256,1024] [--update FILE] PATH...
 * }</pre>
 */
final class WebpSpeed {

  private static final int QUALITY = 80;

  /** One picture of a size, and the milliseconds of each encoding. */
  private static final class Task {
    final String name;
    final Raster pixels;
    final Path raw;
    double[] ours = {};
    double[] theirs = {};
    double[] copied = {};

    Task(String name, Raster pixels, Path raw) {
      this.name = name;
      this.pixels = pixels;
      this.raw = raw;
    }
  }

  private WebpSpeed() {}

  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args);
    Path folder = Files.createTempDirectory("webp-speed");
    List<Path> photos = Photos.find(arguments.rest());
    int rounds = arguments.get("rounds", 5);
    int warmup = arguments.get("warmup", 3);
    int budget = arguments.get("budget", 100);
    Path peers = Path.of(arguments.get("peers", "benchmarks/peers"));
    try (Worker sharp = Worker.start("sharp", peers)) {
      StringBuilder text = new StringBuilder();
      text.append(
          """
          %s; %s. Milliseconds of processor time per encoding at quality %d, best / median of %d \
          rounds of at least %d ms. "Copying" is sharp with raw output; the ratio is ours to sharp's \
          less copying, best to best.

          """
              .formatted(Machine.describe(), sharp.version(), QUALITY, rounds, budget));
      MarkdownTable table =
          new MarkdownTable("", "picture", "Miniatura", "sharp", "copying", "ratio");
      for (String size : arguments.get("sizes", "256,1024").split(",", -1)) {
        List<Task> tasks = new ArrayList<>();
        for (Path photo : photos) {
          tasks.add(task(photo, Integer.parseInt(size), folder));
        }
        for (int round = -warmup; round < rounds; round++) {
          for (Task task : tasks) {
            measure(task, sharp, budget, round >= 0);
          }
        }
        tasks.forEach(task -> table.row(row(size, task.name, List.of(task))));
        table.row(row(size, "geometric mean", tasks));
      }
      Document.publish("webp-speed", text.append(table).toString(), arguments.all("update"));
    }
  }

  private static void measure(Task task, Worker sharp, int budget, boolean counted)
      throws Exception {
    LossyWebpOptions options = LossyWebpOptions.of(QUALITY);
    double[] ours =
        Turn.aloneOnProcessor(budget, () -> LossyWebpEncoder.encode(task.pixels, options));
    int width = task.pixels.width();
    int height = task.pixels.height();
    double[] theirs = sharp.pixels("webp", budget, width, height, task.raw);
    double[] copied = sharp.pixels("raw", budget / 2, width, height, task.raw);
    if (counted) {
      task.ours = joined(task.ours, ours);
      task.theirs = joined(task.theirs, theirs);
      task.copied = joined(task.copied, copied);
    }
  }

  private static double[] joined(double[] a, double[] b) {
    return DoubleStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
  }

  /** Renders a photo and leaves its pixels, interleaved, in a file. */
  private static Task task(Path photo, int size, Path folder) throws IOException {
    Limits patient = Limits.defaults().withTime(Duration.ofMinutes(10)); // machines may be busy
    BufferedImage image =
        Thumbnailer.create(patient)
            .renderImage(ImageSource.of(photo), ThumbnailSpec.fit(size, size));
    Raster raster = Raster.opaque(image.getWidth(), image.getHeight(), ColorKind.RGB);
    byte[] interleaved = new byte[3 * image.getWidth() * image.getHeight()];
    for (int y = 0, at = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++, at++) {
        int rgb = image.getRGB(x, y);
        for (int c = 0; c < 3; c++) {
          byte sample = (byte) (rgb >> (16 - 8 * c));
          raster.channel(c)[at] = sample;
          interleaved[3 * at + c] = sample;
        }
      }
    }
    Path raw = folder.resolve(photo.getFileName() + "-" + size + ".rgb");
    raw.toFile().deleteOnExit();
    return new Task(photo.getFileName().toString(), raster, Files.write(raw, interleaved));
  }

  private static List<String> row(String size, String name, List<Task> tasks) {
    return List.of(
        size + " px",
        name,
        cell(tasks.stream().map(task -> task.ours).toList()),
        cell(tasks.stream().map(task -> task.theirs).toList()),
        cell(tasks.stream().map(task -> task.copied).toList()),
        "%.2f".formatted(Statistics.geometricMean(tasks.stream().map(WebpSpeed::ratio).toList())));
  }

  private static double ratio(Task task) {
    return Statistics.best(task.ours)
        / (Statistics.best(task.theirs) - Statistics.best(task.copied));
  }

  private static String cell(List<double[]> times) {
    return "%.1f / %.1f"
        .formatted(
            Statistics.geometricMean(times.stream().map(Statistics::best).toList()),
            Statistics.geometricMean(times.stream().map(Statistics::median).toList()));
  }
}
