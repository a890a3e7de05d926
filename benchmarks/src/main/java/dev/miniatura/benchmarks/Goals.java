package dev.miniatura.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Compares how many times faster than sharp this library is with its goals: on one thread, from
 * bytes to bytes, with the same pictures and in turns, as in {@link PeerSpeed}.
 *
 * <pre>{@code
 * benchmarks/peers/run.sh goals [--update] [--rounds N] [--budget MS] [--other JAVA] PATH...
 * }</pre>
 *
 * {@code --other} is the {@code java} of a second JDK, which gets columns of its own.
 */
final class Goals {

  /** A row; a goal of 0 means none. */
  private record Work(Photos.Kind source, int side, String format, double goal) {
    @Override
    public String toString() {
      return "%s → %d px %s".formatted(source, side, format.toUpperCase(Locale.ROOT));
    }
  }

  /** A picture to render. */
  private record Task(Work work, Path photo) {}

  private static final List<Work> WORKS =
      List.of(
          new Work(Photos.Kind.BASELINE_JPEG, 128, "jpeg", 0),
          new Work(Photos.Kind.BASELINE_JPEG, 256, "jpeg", 0),
          new Work(Photos.Kind.BASELINE_JPEG, 400, "jpeg", 0),
          new Work(Photos.Kind.BASELINE_JPEG, 640, "jpeg", 2.0),
          new Work(Photos.Kind.BASELINE_JPEG, 1024, "jpeg", 1.8),
          new Work(Photos.Kind.BASELINE_JPEG, 1600, "jpeg", 1.5),
          new Work(Photos.Kind.PROGRESSIVE_JPEG, 256, "jpeg", 0),
          new Work(Photos.Kind.PROGRESSIVE_JPEG, 1024, "jpeg", 5),
          new Work(Photos.Kind.PNG, 256, "jpeg", 1.7),
          new Work(Photos.Kind.WEBP, 256, "jpeg", 1.0),
          new Work(Photos.Kind.LOSSLESS_WEBP, 256, "jpeg", 1.0),
          new Work(Photos.Kind.GIF, 256, "png", 1.5),
          new Work(Photos.Kind.ANIMATED_GIF, 256, "png", 0),
          new Work(Photos.Kind.ANIMATED_GIF, 256, "gif", 1.5));

  private final List<Worker> ours;
  private final Worker sharp;
  private final Map<List<Object>, List<Double>> times = new LinkedHashMap<>();

  private Goals(List<Worker> ours, Worker sharp) {
    this.ours = ours;
    this.sharp = sharp;
  }

  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args);
    List<Path> photos = Photos.find(arguments.rest());
    List<Task> tasks = new ArrayList<>();
    for (Work work : WORKS) {
      photos.stream()
          .filter(photo -> Photos.kind(photo) == work.source)
          .forEach(photo -> tasks.add(new Task(work, photo)));
    }
    Path peers = Path.of(arguments.get("peers", "benchmarks/peers"));
    List<Worker> ours = new ArrayList<>(List.of(Worker.start(Worker.OURS, peers)));
    for (String java : arguments.all("other")) {
      ours.add(Worker.startOn(java, Worker.OURS));
    }
    try (Worker sharp = Worker.start("sharp", peers)) {
      Goals goals = new Goals(ours, sharp);
      goals.measure(tasks, arguments.get("rounds", 3), arguments.get("budget", 250));
      Document.publish("goals", goals.report(tasks), arguments.all("details"));
    } finally {
      ours.forEach(Worker::close);
    }
  }

  /** Measures in turns. The first round takes four times as long and only warms up. */
  private void measure(List<Task> tasks, int rounds, int budget) throws Exception {
    List<Worker> order = new ArrayList<>(ours);
    order.add(sharp);
    for (int round = 0; round <= rounds; round++) {
      for (Task task : tasks) {
        Collections.rotate(order, 1);
        for (Worker worker : order) {
          int time = round == 0 ? 4 * budget : budget;
          double[] measured = worker.time(1, time, task.work.side, task.work.format, task.photo);
          for (int i = 0; round > 0 && i < measured.length; i++) {
            times
                .computeIfAbsent(List.of(task, worker), unseen -> new ArrayList<>())
                .add(measured[i]);
          }
        }
      }
      System.err.printf("round %d of %d%n", round, rounds);
    }
  }

  private String report(List<Task> tasks) throws Exception {
    List<String> columns = new ArrayList<>(List.of("", "pictures", "goal"));
    for (Worker worker : ours) {
      columns.add("Java " + worker.java() + ", best / median");
    }
    MarkdownTable table = new MarkdownTable(columns);
    for (Work work : WORKS) {
      List<Task> group = tasks.stream().filter(task -> task.work.equals(work)).toList();
      if (!group.isEmpty()) {
        List<String> row =
            new ArrayList<>(
                List.of(
                    work.toString(),
                    Integer.toString(group.size()),
                    work.goal == 0 ? "" : "≥ " + work.goal));
        for (Worker worker : ours) {
          row.add(ratios(group, worker));
        }
        table.row(row);
      }
    }
    return """
    %s.
    Times faster than %s, geometric means over the pictures, one thread, from bytes to bytes.

    %s"""
        .formatted(Machine.describe(), sharp.version(), table);
  }

  private String ratios(List<Task> group, Worker worker) {
    List<Double> best = new ArrayList<>();
    List<Double> median = new ArrayList<>();
    for (Task task : group) {
      double[] mine = of(task, worker);
      double[] theirs = of(task, sharp);
      if (mine.length > 0 && theirs.length > 0) {
        best.add(Statistics.best(theirs) / Statistics.best(mine));
        median.add(Statistics.median(theirs) / Statistics.median(mine));
      }
    }
    return best.isEmpty()
        ? "–"
        : "%.2f / %.2f".formatted(Statistics.geometricMean(best), Statistics.geometricMean(median));
  }

  private double[] of(Task task, Worker worker) {
    return times.getOrDefault(List.of(task, worker), List.of()).stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }
}
