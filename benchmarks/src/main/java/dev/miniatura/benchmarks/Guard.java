package dev.miniatura.benchmarks;

import dev.miniatura.OutputFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fails when this library has become slow: measures it and Thumbnailator by turns in one JVM, and
 * compares how many times faster it is with what {@code baseline.json} records for each picture. A
 * ratio depends little on the machine; one below 70 % of the recorded ratio, twice, is a
 * regression.
 *
 * <pre>{@code
 * benchmarks/guard.sh                  # check
 * benchmarks/guard.sh --record PATH... # write baseline.json anew; say why in the commit
 * }</pre>
 */
final class Guard {

  private static final double TOLERATED = 0.7;
  private static final int SIDE = 256;
  private static final Pattern ENTRY = Pattern.compile("\"([^\"]+)\"\\s*:\\s*([0-9.]+)");

  private final int rounds;
  private final int budget;

  private Guard(int rounds, int budget) {
    this.rounds = rounds;
    this.budget = budget;
  }

  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args);
    Path baseline = Path.of(arguments.get("baseline", "benchmarks/baseline.json"));
    Guard guard = new Guard(arguments.get("rounds", 7), arguments.get("budget", 1000));
    if (arguments.rest().isEmpty()) {
      boolean sound = guard.check(read(baseline), Path.of(arguments.get("photos", "samples")));
      System.exit(sound ? 0 : 1);
    }
    Map<String, Double> ratios = new LinkedHashMap<>();
    for (Path photo : Photos.find(arguments.rest())) {
      ratios.put(photo.getFileName().toString(), guard.ratio(photo));
    }
    Files.writeString(baseline, write(ratios));
    System.out.print(Files.readString(baseline));
  }

  private boolean check(Map<String, Double> recorded, Path folder) throws Exception {
    MarkdownTable table = new MarkdownTable("picture", "recorded", "measured", "of recorded");
    List<Double> shares = new ArrayList<>();
    boolean sound = true;
    for (Map.Entry<String, Double> entry : recorded.entrySet()) {
      Path photo = folder.resolve(entry.getKey());
      double ratio = ratio(photo);
      if (ratio < TOLERATED * entry.getValue()) {
        ratio = Math.max(ratio, ratio(photo));
      }
      double share = ratio / entry.getValue();
      shares.add(share);
      sound &= share >= TOLERATED;
      table.row(
          entry.getKey(),
          "%.1f×".formatted(entry.getValue()),
          "%.1f×".formatted(ratio),
          "%.0f %%%s".formatted(100 * share, share < TOLERATED ? " TOO SLOW" : ""));
    }
    System.out.printf(
        "%s%nTimes faster than Thumbnailator at %d px, best processor time of both.%n%n%s%n",
        Machine.describe(), SIDE, table);
    System.out.printf(
        "%s: %.0f %% of the recorded ratios on average, %.0f %% tolerated for each.%n",
        sound ? "Fine" : "REGRESSION", 100 * Statistics.geometricMean(shares), 100 * TOLERATED);
    return sound;
  }

  /** Returns how many times faster this library is; the first of the rounds warms up. */
  private double ratio(Path photo) throws Exception {
    byte[] source = Photos.read(photo);
    double ours = Double.MAX_VALUE;
    double theirs = Double.MAX_VALUE;
    for (int round = 0; round <= rounds; round++) {
      ours = Math.min(ours, best(Engine.MINIATURA, source));
      theirs = Math.min(theirs, best(Engine.THUMBNAILATOR, source));
    }
    return theirs / ours;
  }

  private double best(Engine engine, byte[] source) throws Exception {
    return Statistics.best(
        Turn.aloneOnProcessor(budget, () -> engine.thumbnail(source, SIDE, OutputFormat.JPEG)));
  }

  private static Map<String, Double> read(Path baseline) throws IOException {
    Map<String, Double> ratios = new LinkedHashMap<>();
    Matcher entries = ENTRY.matcher(Files.readString(baseline));
    while (entries.find()) {
      ratios.put(entries.group(1), Double.valueOf(entries.group(2)));
    }
    if (ratios.isEmpty()) {
      throw new IOException(baseline + " records nothing");
    }
    return ratios;
  }

  private static String write(Map<String, Double> ratios) {
    List<String> lines = new ArrayList<>();
    lines.add("  \"measured\": \"%s\"".formatted(Machine.describe()));
    ratios.forEach((name, ratio) -> lines.add("  \"%s\": %.2f".formatted(name, ratio)));
    return "{\n" + String.join(",\n", lines) + "\n}\n";
  }
}
