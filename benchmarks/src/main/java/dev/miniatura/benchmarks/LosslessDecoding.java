package dev.miniatura.benchmarks;

import dev.miniatura.ImageInfo;
import dev.miniatura.ImageSource;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.vp8l.LosslessImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * How long does decoding a lossless WebP take, and how much heap does rendering it to 256 px need?
 * Our decoder, the plugin of TwelveMonkeys and libwebp inside sharp, which also copies the pixels,
 * take turns on each simple file, one that holds nothing but a lossless picture; the best processor
 * time counts.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.miniatura.benchmarks.LosslessDecoding \
 *   [--rounds N] [--budget MS] [--update FILE] FILE...
 * }</pre>
 */
final class LosslessDecoding {

  private static final int BITSTREAM = 20; // after "RIFF", "WEBP", "VP8L" and two lengths
  private static final int LARGEST_HEAP = 256;

  private int seen; // so that no row is decoded in vain

  private LosslessDecoding() {}

  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args);
    if (!arguments.get("child", "").isEmpty()) {
      render(arguments.get("child", ""));
      return;
    }
    int rounds = arguments.get("rounds", 5);
    int budget = arguments.get("budget", 300);
    MarkdownTable table =
        new MarkdownTable(
            "", "pixels", "ours, ms", "plugin", "sharp", "planned, MB", "smallest -Xmx, MB");
    List<Double> plugin = new ArrayList<>();
    List<Double> libwebp = new ArrayList<>();
    String version;
    try (Worker sharp =
        Worker.start("sharp", Path.of(arguments.get("peers", "benchmarks/peers")))) {
      version = sharp.version();
      for (String file : arguments.rest()) {
        double[] best = new LosslessDecoding().best(Path.of(file), sharp, rounds, budget);
        plugin.add(best[1] / best[0]);
        libwebp.add(best[2] / best[0]);
        OptionalInt heap =
            Worker.smallestHeap(LARGEST_HEAP, LosslessDecoding.class, "--child", file);
        ImageInfo info = Thumbnailer.create().probe(ImageSource.of(Path.of(file)));
        table.row(
            Path.of(file).getFileName().toString(),
            "%d × %d".formatted(info.width(), info.height()),
            "%.1f".formatted(best[0]),
            times(best[1] / best[0]),
            times(best[2] / best[0]),
            "%.1f".formatted(planned(file) / 1e6),
            heap.isPresent() ? Integer.toString(heap.getAsInt()) : "fails");
      }
    }
    table.row(
        "geometric mean",
        "",
        "",
        times(Statistics.geometricMean(plugin)),
        times(Statistics.geometricMean(libwebp)),
        "",
        "");
    Document.publish(
        "lossless-decoding",
        "%s; %s. Best of %d rounds of %d ms, one thread; the others as multiples of ours.%n%n%s"
            .formatted(Machine.describe(), version, rounds, budget, table),
        arguments.all("update"));
  }

  private static String times(double ratio) {
    return "%.2f ×".formatted(ratio);
  }

  /** Returns the milliseconds of our decoder, the plugin and sharp. */
  private double[] best(Path file, Worker sharp, int rounds, int budget) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    double[] best = new double[3];
    Arrays.fill(best, Double.MAX_VALUE);
    for (int round = 0; round < rounds; round++) {
      double[] ours = Turn.aloneOnProcessor(budget, () -> decode(bytes));
      double[] theirs = Turn.aloneOnProcessor(budget, () -> plugin(bytes));
      best[0] = Math.min(best[0], Statistics.best(ours));
      best[1] = Math.min(best[1], Statistics.best(theirs));
      best[2] = Math.min(best[2], Statistics.best(sharp.decode(budget, file)));
    }
    return best;
  }

  private int decode(byte[] bytes) throws IOException {
    LosslessImage image = LosslessImage.read(SourceBytes.of(bytes), BITSTREAM, bytes.length);
    return image.decode((y, argb) -> seen += argb[0], new Deadline(Duration.ofDays(1)));
  }

  private static Object plugin(byte[] bytes) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("webp");
    ImageReader reader = readers.next();
    try {
      reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes)), true, true);
      return reader.read(0);
    } finally {
      reader.dispose();
    }
  }

  private static ThumbnailSpec spec() {
    return ThumbnailSpec.fit(256, 256);
  }

  private static long planned(String file) throws IOException {
    return Thumbnailer.create().plan(ImageSource.of(Path.of(file)), List.of(spec())).peakBytes();
  }

  private static void render(String file) throws IOException {
    Thumbnailer.create().render(ImageSource.of(Path.of(file)), spec());
    System.out.println("rendered");
  }
}
