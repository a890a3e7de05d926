package dev.miniatura.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Compares the time of this library with that of its peers: same pictures, same minutes. Every
 * engine is one process that runs throughout; in each round, each engine works on each picture for
 * a short while, so that a slow phase of the machine affects all alike.
 *
 * <pre>{@code
 * benchmarks/peers/run.sh [--rounds N] [--budget MS] [--threads 1,2] [--engines A,B] \
 *     [--formats webp,jpeg] PATH...
 * }</pre>
 */
final class PeerSpeed {

  /** The work measured for a kind of source. */
  private enum Work {
    JPEG_256(Photos.Kind.BASELINE_JPEG, 256, "jpeg"),
    JPEG_640(Photos.Kind.BASELINE_JPEG, 640, "jpeg"),
    JPEG_1024(Photos.Kind.BASELINE_JPEG, 1024, "jpeg"),
    JPEG_1600(Photos.Kind.BASELINE_JPEG, 1600, "jpeg"),
    JPEG_256_WEBP(Photos.Kind.BASELINE_JPEG, 256, "webp"),
    JPEG_1024_WEBP(Photos.Kind.BASELINE_JPEG, 1024, "webp"),
    PROGRESSIVE_256(Photos.Kind.PROGRESSIVE_JPEG, 256, "jpeg"),
    PROGRESSIVE_1024(Photos.Kind.PROGRESSIVE_JPEG, 1024, "jpeg"),
    PNG_256_JPEG(Photos.Kind.PNG, 256, "jpeg"),
    PNG_256_PNG(Photos.Kind.PNG, 256, "png"),
    WEBP_256(Photos.Kind.WEBP, 256, "jpeg"),
    LOSSLESS_WEBP_256(Photos.Kind.LOSSLESS_WEBP, 256, "jpeg"),
    GIF_256(Photos.Kind.GIF, 256, "png"),
    ANIMATED_GIF_256_GIF(Photos.Kind.ANIMATED_GIF, 256, "gif");

    final Photos.Kind source;
    final int side;
    final String format;

    Work(Photos.Kind source, int side, String format) {
      this.source = source;
      this.side = side;
      this.format = format;
    }

    @Override
    public String toString() {
      return "%s → %d px %s".formatted(source, side, format.toUpperCase(Locale.ROOT));
    }
  }

  /** One thing to measure. */
  private record Task(Work work, int threads, Path photo) {}

  private static final String ENGINES =
      "miniatura,sharp,pillow,vipsthumbnail,thumbnailator,imgscalr";

  private static final String FORMATS = "jpeg,png,gif,webp";

  private final List<Worker> workers;
  private final List<Task> tasks;
  private final Map<Task, Map<String, double[]>> times = new LinkedHashMap<>();

  private PeerSpeed(List<Worker> workers, List<Task> tasks) {
    this.workers = workers;
    this.tasks = tasks;
  }

  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args);
    List<String> formats = List.of(arguments.get("formats", FORMATS).split(",", -1));
    List<Task> tasks =
        tasks(Photos.find(arguments.rest()), formats, arguments.get("threads", "1,2"));
    List<Worker> workers =
        Worker.startAll(
            arguments.get("engines", ENGINES), Path.of(arguments.get("peers", "benchmarks/peers")));
    try {
      PeerSpeed comparison = new PeerSpeed(workers, tasks);
      int rounds = arguments.get("rounds", 5);
      int budget = arguments.get("budget", 200);
      comparison.measure(rounds, budget);
      String summary = comparison.header(rounds, budget) + comparison.summary();
      String details = comparison.details();
      Document.publish("speed", summary, arguments.all("summary"));
      Document.publish("speed-by-picture", details, arguments.all("details"));
    } finally {
      workers.forEach(Worker::close);
    }
  }

  private static List<Task> tasks(List<Path> photos, List<String> formats, String threads) {
    List<Task> tasks = new ArrayList<>();
    for (Work work : Work.values()) {
      if (!formats.contains(work.format)) {
        continue;
      }
      for (String count : threads.split(",", -1)) {
        photos.stream()
            .filter(photo -> Photos.kind(photo) == work.source)
            .forEach(photo -> tasks.add(new Task(work, Integer.parseInt(count), photo)));
      }
    }
    return tasks;
  }

  /** Runs one uncounted round to warm up every engine, then the others. */
  private void measure(int rounds, int budget) throws Exception {
    List<Worker> order = new ArrayList<>(workers);
    for (int round = 0; round <= rounds; round++) {
      for (Task task : tasks) {
        Collections.rotate(order, 1);
        for (Worker worker : order) {
          double[] measured =
              worker.time(task.threads, budget, task.work.side, task.work.format, task.photo);
          if (round > 0) {
            times
                .computeIfAbsent(task, unseen -> new LinkedHashMap<>())
                .merge(worker.name(), measured, PeerSpeed::joined);
          }
        }
      }
      System.err.printf("round %d of %d%n", round, rounds);
    }
  }

  private static double[] joined(double[] a, double[] b) {
    return DoubleStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
  }

  private String header(int rounds, int budget) throws Exception {
    List<String> versions = new ArrayList<>();
    for (Worker worker : workers) {
      versions.add(worker.version());
    }
    return """
    %s.
    %s.
    Milliseconds per thumbnail, best / median, geometric means over the pictures of %d rounds \
    of at least %d ms per engine and picture; in brackets, time relative to Miniatura (best). \
    JPEG and WebP output has quality 80 and 4:2:0, GIF output all frames. Two threads: two thumbnails at the \
    same time, their time divided by two. `vipsthumbnail` is timed as a process that makes up \
    to 16 thumbnails, including its start and file access; the others from bytes to bytes.

    """
        .formatted(Machine.describe(), String.join("; ", versions), rounds, budget);
  }

  /** One row for each work and number of threads. */
  private String summary() {
    List<String> columns = new ArrayList<>(List.of("", "threads", "pictures"));
    workers.forEach(worker -> columns.add(worker.name()));
    MarkdownTable table = new MarkdownTable(columns);
    Map<List<Object>, List<Task>> groups = new LinkedHashMap<>();
    for (Task task : tasks) {
      groups.computeIfAbsent(List.of(task.work, task.threads), key -> new ArrayList<>()).add(task);
    }
    groups.forEach(
        (key, group) -> {
          List<String> row =
              new ArrayList<>(
                  List.of(
                      key.get(0).toString(),
                      key.get(1).toString(),
                      Integer.toString(group.size())));
          workers.forEach(worker -> row.add(summary(group, worker.name())));
          table.row(row);
        });
    return table.toString();
  }

  private String summary(List<Task> group, String engine) {
    List<Double> best = new ArrayList<>();
    List<Double> median = new ArrayList<>();
    List<Double> ratio = new ArrayList<>();
    for (Task task : group) {
      double[] theirs = timesOf(task, engine);
      best.add(Statistics.best(theirs));
      median.add(Statistics.median(theirs));
      ratio.add(Statistics.best(theirs) / Statistics.best(timesOf(task, Worker.OURS)));
    }
    return cell(
        Statistics.geometricMean(best),
        Statistics.geometricMean(median),
        engine.equals(Worker.OURS) ? Double.NaN : Statistics.geometricMean(ratio));
  }

  /** One row for each picture, on one thread. */
  private String details() {
    List<String> columns = new ArrayList<>(List.of("", "picture", "MB"));
    workers.forEach(worker -> columns.add(worker.name()));
    MarkdownTable table = new MarkdownTable(columns);
    for (Task task : tasks) {
      if (task.threads == 1) {
        List<String> row =
            new ArrayList<>(
                List.of(
                    task.work.toString(),
                    task.photo.getFileName().toString(),
                    "%.1f".formatted(Photos.read(task.photo).length / 1e6)));
        workers.forEach(worker -> row.add(summary(List.of(task), worker.name())));
        table.row(row);
      }
    }
    return table.toString();
  }

  private double[] timesOf(Task task, String engine) {
    return times.getOrDefault(task, Map.of()).getOrDefault(engine, new double[0]);
  }

  private static String cell(double best, double median, double ratio) {
    if (Double.isNaN(best)) {
      return "–";
    }
    String text = "%.1f / %.1f".formatted(best, median);
    return Double.isNaN(ratio) ? text : text + " (%.2f×)".formatted(ratio);
  }
}
