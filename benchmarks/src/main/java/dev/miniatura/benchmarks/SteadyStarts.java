package dev.miniatura.benchmarks;

import dev.miniatura.ImageSource;
import dev.miniatura.OutputFormat;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How many renders does a fresh JVM need until it is within 10 % of its best, and how far apart do
 * JVMs settle? Each start renders one picture over and over. Times are processor time of the thread
 * that renders, so that neither the compiler's threads nor other processes count.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.miniatura.benchmarks.SteadyStarts \
 *   [--starts 10] [--renders 400] [--side 256] [--jvm OPTION]... PHOTO
 * }</pre>
 *
 * The best is the smallest median of {@value #WINDOW} renders in a row; settled is the median of
 * the last quarter.
 */
final class SteadyStarts {

  private static final int WINDOW = 9;
  private static final double NEAR = 1.1;

  private SteadyStarts() {}

  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args);
    Path photo = Photos.find(arguments.rest()).get(0);
    int starts = arguments.get("starts", 10);
    String renders = arguments.get("renders", "400");
    String side = arguments.get("side", "256");
    double[] counts = new double[starts];
    double[] settled = new double[starts];
    for (int start = 0; start < starts; start++) {
      double[] times =
          run(Worker.java(arguments.all("jvm"), Renders.class, photo.toString(), side, renders));
      double[] medians = medians(times);
      counts[start] = rendersUntilNear(medians);
      settled[start] = Statistics.median(tail(times));
      System.out.printf(
          "start %d: %.0f renders until within 10 %% of %.2f ms, settled at %.2f ms%n",
          start + 1, counts[start], Statistics.best(medians), settled[start]);
    }
    System.out.printf(
        "%s. %s to %s px, %d starts: %.0f renders (median) until within 10 %% of the best; settled"
            + " at %.2f to %.2f ms, max / min %.2f%n",
        Machine.describe(),
        photo.getFileName(),
        side,
        starts,
        Statistics.median(counts),
        Statistics.best(settled),
        Arrays.stream(settled).max().orElse(Double.NaN),
        Arrays.stream(settled).max().orElse(Double.NaN) / Statistics.best(settled));
  }

  /** Returns the median of each {@value #WINDOW} renders in a row. */
  static double[] medians(double[] times) {
    double[] medians = new double[Math.max(0, times.length - WINDOW + 1)];
    for (int i = 0; i < medians.length; i++) {
      medians[i] = Statistics.median(Arrays.copyOfRange(times, i, i + WINDOW));
    }
    return medians;
  }

  /** Returns how many renders come before the first median within 10 % of the best. */
  static int rendersUntilNear(double[] medians) {
    double best = Statistics.best(medians);
    int renders = 0;
    while (renders < medians.length && medians[renders] > NEAR * best) {
      renders++;
    }
    return renders;
  }

  private static double[] tail(double[] times) {
    return Arrays.copyOfRange(times, times.length - times.length / 4, times.length);
  }

  /** Renders a picture, and prints the milliseconds of each time. */
  static final class Renders {

    private Renders() {}

    public static void main(String[] args) throws IOException {
      ImageSource source = ImageSource.of(Files.readAllBytes(Path.of(args[0])));
      int side = Integer.parseInt(args[1]);
      ThumbnailSpec spec = ThumbnailSpec.fit(side, side).format(OutputFormat.JPEG);
      Thumbnailer thumbnailer = Thumbnailer.create();
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      double[] times = new double[Integer.parseInt(args[2])];
      for (int i = 0; i < times.length; i++) {
        long start = threads.getCurrentThreadCpuTime();
        thumbnailer.render(source, spec);
        times[i] = (threads.getCurrentThreadCpuTime() - start) / 1e6;
      }
      Arrays.stream(times).forEach(System.out::println);
    }
  }

  private static double[] run(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(new ArrayList<>(command))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (InputStream output = process.getInputStream()) {
      double[] times =
          new String(output.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .mapToDouble(Double::parseDouble)
              .toArray();
      if (process.onExit().join().exitValue() != 0) {
        throw new IOException("failed: " + command);
      }
      return times;
    }
  }
}
