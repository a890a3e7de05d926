package dev.miniatura.benchmarks;

import dev.miniatura.ImageSource;
import dev.miniatura.Thumbnail;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Compares the processor time of HEIC and AVIF to thumbnails, one thread, with that of native
 * decoders. Each round makes every thumbnail once with every engine, so that a slow phase of the
 * machine affects all alike; the first rounds warm up. For AVIF, the peers only decode the OBUs of
 * {@code scripts/av1-streams extract}, which are next to the file.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.miniatura.benchmarks.HeifSpeed \
 *   [--rounds N] [--warmup N] [--sides 1024,256] [--update FILE] FILE...
 * }</pre>
 */
final class HeifSpeed {

  private static final String VIPS = "vipsthumbnail";

  /** The longer side of the thumbnails that phones store. */
  private static final int LONGEST_THMB = 320;

  private static final String DAV1D_C = "dav1d --cpumask 0";
  private static final String DAV1D = "dav1d";

  private final Path output;
  private final Thumbnailer thumbnailer = Thumbnailer.create();
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  private HeifSpeed(Path output) {
    this.output = output;
  }

  private interface Work {
    /** Returns milliseconds of processor time. */
    double run() throws IOException, InterruptedException;
  }

  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args);
    int rounds = arguments.get("rounds", 5);
    int warmup = arguments.get("warmup", 10);
    Path output = Files.createTempFile("thumbnail", ".jpg");
    HeifSpeed speed = new HeifSpeed(output);
    Map<String, Map<String, Work>> rows = new LinkedHashMap<>();
    for (String file : arguments.rest()) {
      for (String side : arguments.get("sides", "1024,256").split(",", -1)) {
        Path path = Path.of(file);
        rows.put(
            path.getFileName() + " to " + side + " px" + shortcut(path, side),
            speed.engines(path, side));
      }
    }
    Map<String, Map<String, List<Double>>> times = new LinkedHashMap<>();
    for (int round = 0; round < warmup; round++) {
      for (Map<String, Work> engines : rows.values()) {
        engines.values().iterator().next().run();
      }
    }
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<String, Map<String, Work>> row : rows.entrySet()) {
        for (Map.Entry<String, Work> engine : row.getValue().entrySet()) {
          times
              .computeIfAbsent(row.getKey(), name -> new LinkedHashMap<>())
              .computeIfAbsent(engine.getKey(), name -> new ArrayList<>())
              .add(engine.getValue().run());
        }
      }
    }
    Files.delete(output);
    MarkdownTable table = new MarkdownTable("", "Miniatura", VIPS, DAV1D_C, DAV1D);
    times.forEach((name, engines) -> table.row(cells(name, engines)));
    Document.publish(
        "heif-speed",
        ("%s. Milliseconds of processor time, best / median of %d rounds; in brackets, how many"
                + " times as long Miniatura takes at best.%n%n%s")
            .formatted(Machine.describe(), rounds, table),
        arguments.all("update"));
  }

  /** Tells that {@code vipsthumbnail} takes the file's own thumbnail instead of the picture. */
  private static String shortcut(Path file, String side) throws IOException {
    String content = Files.readString(file, StandardCharsets.ISO_8859_1);
    boolean suffices = Integer.parseInt(side) <= LONGEST_THMB && content.contains("thmb");
    return suffices ? ", there from the thmb item" : "";
  }

  private static List<String> cells(String name, Map<String, List<Double>> engines) {
    List<String> cells = new ArrayList<>(List.of(name));
    double own = best(Objects.requireNonNull(engines.get("Miniatura")));
    for (String engine : List.of("Miniatura", VIPS, DAV1D_C, DAV1D)) {
      List<Double> measured = engines.get(engine);
      if (measured == null) {
        cells.add("–");
      } else {
        double best = best(measured);
        String ratio =
            engine.equals("Miniatura") ? "" : String.format(Locale.ROOT, " (%.2f)", own / best);
        cells.add(String.format(Locale.ROOT, "%.0f / %.0f", best, median(measured)) + ratio);
      }
    }
    return cells;
  }

  private static double best(List<Double> times) {
    return Statistics.best(times.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static double median(List<Double> times) {
    return Statistics.median(times.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private Map<String, Work> engines(Path file, String side) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int length = Integer.parseInt(side);
    ThumbnailSpec spec = ThumbnailSpec.fit(length, length);
    Map<String, Work> engines = new LinkedHashMap<>();
    engines.put("Miniatura", () -> own(bytes, spec));
    if (file.toString().endsWith(".avif")) {
      List<String> decode =
          List.of(
              "--threads", "1", "-q", "--demuxer", "section5", "--muxer", "null", "-o", "-", "-i");
      Path obu = obu(file);
      engines.put(DAV1D_C, () -> peer(with(with(List.of("dav1d", "--cpumask", "0"), decode), obu)));
      engines.put(DAV1D, () -> peer(with(with(List.of("dav1d"), decode), obu)));
    } else {
      List<String> command = List.of("vipsthumbnail", "-s", side + "x" + side, "-o", "" + output);
      engines.put(VIPS, () -> peer(with(command, file)));
    }
    return engines;
  }

  private static Path obu(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    try (Stream<Path> beside = Files.list(folder)) {
      return beside
          .filter(path -> path.getFileName().toString().startsWith(file.getFileName() + "_"))
          .filter(path -> path.toString().endsWith(".obu"))
          .sorted()
          .findFirst()
          .orElseThrow(() -> new IOException("no OBUs beside " + file));
    }
  }

  private static List<String> with(List<String> command, List<String> more) {
    return Stream.concat(command.stream(), more.stream()).toList();
  }

  private static List<String> with(List<String> command, Path more) {
    return with(command, List.of(more.toString()));
  }

  private double own(byte[] bytes, ThumbnailSpec spec) throws IOException {
    long start = threads.getCurrentThreadCpuTime();
    Thumbnail thumbnail = thumbnailer.render(ImageSource.of(bytes), spec);
    double spent = (threads.getCurrentThreadCpuTime() - start) / 1e6;
    Files.write(output, thumbnail.bytes());
    return spent;
  }

  /** Times a process; the shell reports user and system time of its children. */
  private static double peer(List<String> command) throws IOException, InterruptedException {
    List<String> shell = new ArrayList<>(List.of("bash", "-c"));
    shell.add("TIMEFORMAT='%U %S'; time \"$@\" > /dev/null 2> /dev/null");
    shell.add("bash");
    shell.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(shell).redirectErrorStream(true);
    builder.environment().put("VIPS_CONCURRENCY", "1");
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    String times =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    if (process.waitFor() != 0) {
      throw new IOException(command + " failed");
    }
    return Arrays.stream(times.split(" ", -1)).mapToDouble(Double::parseDouble).sum() * 1000;
  }
}
