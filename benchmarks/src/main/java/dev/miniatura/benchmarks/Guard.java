package dev.miniatura.benchmarks;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Fails if this library has become slow. JMH runs {@link GuardBenchmark} with it and with
 * Thumbnailator in alternating forks, so that a busy phase of the machine affects both, and the
 * ratio of their median processor times is compared with the one in {@code baseline.json}. The
 * ratio depends little on the machine; if it is less than half of the recorded one, and remains so
 * after as many forks again, that is a regression.
 *
 * <pre>{@code
 * benchmarks/guard.sh          # check
 * benchmarks/guard.sh --record # rewrite baseline.json; explain why in the commit
 * }</pre>
 */
final class Guard {

  private static final double TOLERATED = 0.5;
  private static final Pattern ENTRY = Pattern.compile("\"(\\S+) to (\\d+) px\": ([0-9.]+)");

  /** A sample picture and the size of its thumbnail. */
  private record Case(String photo, int side) {
    @Override
    public String toString() {
      return photo + " to " + side + " px";
    }
  }

  private static final List<Case> CASES =
      List.of(
          new Case("landscape.jpg", 256),
          new Case("landscape.jpg", 1024),
          new Case("sixteen-bit.png", 256),
          new Case("rotated.webp", 256));

  /** The iterations so far of one engine in one case. */
  private static final class Times {
    private final List<Double> processor = new ArrayList<>();
    private final List<Double> wall = new ArrayList<>();

    static double median(List<Double> times) {
      return Statistics.median(times.stream().mapToDouble(Double::doubleValue).toArray());
    }
  }

  private final Path folder;
  private final int rounds;
  private final Map<List<Object>, Times> times = new LinkedHashMap<>();

  private Guard(Path folder, int rounds) {
    this.folder = folder.toAbsolutePath();
    this.rounds = rounds;
  }

  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args);
    Path baseline = Path.of(arguments.get("baseline", "benchmarks/baseline.json"));
    Guard guard =
        new Guard(Path.of(arguments.get("photos", "samples")), arguments.get("rounds", 2));
    guard.measure(CASES);
    if (arguments.rest().contains("record")) {
      Files.writeString(baseline, guard.record());
    }
    System.exit(guard.check(read(baseline)) ? 0 : 1);
  }

  private void measure(List<Case> cases) throws RunnerException {
    for (int round = 0; round < rounds; round++) {
      for (Case measured : cases) {
        fork(Engine.MINIATURA, measured);
        fork(Engine.THUMBNAILATOR, measured);
      }
    }
  }

  private void fork(Engine engine, Case measured) throws RunnerException {
    Times all = times.computeIfAbsent(List.of(engine, measured), unseen -> new Times());
    for (RunResult run :
        new Runner(
                new OptionsBuilder()
                    .include(GuardBenchmark.class.getName() + ".thumbnail")
                    .param("engine", engine.text())
                    .param("photo", measured.photo)
                    .param("side", Integer.toString(measured.side))
                    .jvmArgsAppend("-Dphotos=" + folder)
                    .verbosity(VerboseMode.SILENT)
                    .shouldFailOnError(true)
                    .build())
            .run()) {
      for (BenchmarkResult result : run.getBenchmarkResults()) {
        for (IterationResult iteration : result.getIterationResults()) {
          all.wall.add(iteration.getPrimaryResult().getScore());
          all.processor.add(
              secondary(iteration, "milliseconds") / secondary(iteration, "thumbnails"));
        }
      }
    }
  }

  private static double secondary(IterationResult iteration, String name) {
    return requireNonNull(iteration.getSecondaryResults().get(name), name).getScore();
  }

  private boolean check(Map<Case, Double> recorded) throws RunnerException {
    List<Case> slow =
        recorded.entrySet().stream()
            .filter(e -> isSlow(e.getKey(), e.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    measure(slow);
    MarkdownTable table =
        new MarkdownTable(
            "picture",
            "Miniatura, ms (wall)",
            "Thumbnailator, ms (wall)",
            "times faster",
            "recorded",
            "of recorded");
    boolean sound = true;
    for (Map.Entry<Case, Double> entry : recorded.entrySet()) {
      Case measured = entry.getKey();
      double expected = entry.getValue();
      boolean tooSlow = isSlow(measured, expected);
      sound &= !tooSlow;
      table.row(
          measured.toString(),
          text(Engine.MINIATURA, measured),
          text(Engine.THUMBNAILATOR, measured),
          "%.1f".formatted(ratio(measured)),
          "%.1f".formatted(expected),
          "%.0f %%%s".formatted(100 * ratio(measured) / expected, tooSlow ? " TOO SLOW" : ""));
    }
    System.out.printf(
        "%s%nMedian processor time of the thread, in brackets wall time, of forks by turns.%n%n%s%n",
        Machine.describe(), table);
    System.out.printf(
        "%s: %.0f %% of what is recorded is tolerated.%n",
        sound ? "Fine" : "REGRESSION", 100 * TOLERATED);
    return sound;
  }

  private boolean isSlow(Case measured, double recorded) {
    return ratio(measured) < TOLERATED * recorded;
  }

  private double ratio(Case measured) {
    return median(Engine.THUMBNAILATOR, measured, all -> Times.median(all.processor))
        / median(Engine.MINIATURA, measured, all -> Times.median(all.processor));
  }

  private double median(Engine engine, Case measured, ToDoubleFunction<Times> kind) {
    Times all = times.get(List.of(engine, measured));
    if (all == null) {
      throw new IllegalStateException("the baseline has " + measured + ", which is not measured");
    }
    return kind.applyAsDouble(all);
  }

  private String text(Engine engine, Case measured) {
    return "%.2f (%.2f)"
        .formatted(
            median(engine, measured, all -> Times.median(all.processor)),
            median(engine, measured, all -> Times.median(all.wall)));
  }

  private static Map<Case, Double> read(Path baseline) throws IOException {
    Map<Case, Double> ratios = new LinkedHashMap<>();
    Matcher entries = ENTRY.matcher(Files.readString(baseline));
    while (entries.find()) {
      ratios.put(
          new Case(entries.group(1), Integer.parseInt(entries.group(2))),
          Double.valueOf(entries.group(3)));
    }
    if (!ratios.keySet().containsAll(CASES)) {
      throw new IOException(baseline + " lacks a case; write it anew");
    }
    return ratios;
  }

  private String record() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("  \"measured\": \"%s\"".formatted(Machine.describe()));
    CASES.forEach(measured -> lines.add("  \"%s\": %.2f".formatted(measured, ratio(measured))));
    return "{\n" + String.join(",\n", lines) + "\n}\n";
  }
}
