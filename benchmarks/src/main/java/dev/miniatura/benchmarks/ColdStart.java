package dev.miniatura.benchmarks;

import dev.miniatura.ImageSource;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How long do the first, the second and the tenth thumbnail of a fresh process take, with and
 * without an archive of the loaded classes (AppCDS), and sharp's?
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.miniatura.benchmarks.ColdStart \
 *   [--starts N] [--java PATH]... PHOTO
 * }</pre>
 */
final class ColdStart {

  private static final int CALLS = 10;

  private ColdStart() {}

  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args);
    Path photo = Photos.find(arguments.rest()).get(0);
    Path peers = Path.of(arguments.get("peers", "benchmarks/peers"));
    int starts = arguments.get("starts", 5);
    Map<String, List<String>> commands = new LinkedHashMap<>();
    List<Path> archives = new ArrayList<>();
    List<String> javas =
        arguments.all("java").isEmpty()
            ? List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString())
            : arguments.all("java");
    for (String java : javas) {
      String name = "Miniatura, Java " + version(java);
      Path archive = Files.createTempFile("classes", ".jsa");
      archives.add(archive);
      run(command(java, "-XX:ArchiveClassesAtExit=" + archive, photo));
      commands.put(name, command(java, "-Xshare:auto", photo));
      commands.put(name + ", AppCDS", command(java, "-XX:SharedArchiveFile=" + archive, photo));
      commands.put(name + ", C1 only", command(java, "-XX:TieredStopAtLevel=1", photo));
    }
    commands.put(
        "sharp",
        List.of("node", peers.resolve("first.js").toString(), photo.toString(), "" + CALLS));

    Map<String, List<double[]>> measured = new LinkedHashMap<>();
    for (int start = 0; start < starts; start++) {
      for (Map.Entry<String, List<String>> entry : commands.entrySet()) {
        measured
            .computeIfAbsent(entry.getKey(), name -> new ArrayList<>())
            .add(run(entry.getValue()));
      }
    }
    for (Path archive : archives) {
      Files.delete(archive);
    }
    MarkdownTable table =
        new MarkdownTable("", "first", "second", "tenth", "whole process, ten calls");
    measured.forEach(
        (name, runs) ->
            table.row(
                name,
                median(runs, 0),
                median(runs, 1),
                median(runs, CALLS - 1),
                median(runs, CALLS)));
    Document.publish(
        "cold-start",
        "%s. %s to 256 px, ms, medians of %d starts.\n\n%s"
            .formatted(Machine.describe(), photo.getFileName(), starts, table),
        arguments.all("update"));
  }

  /** Makes the thumbnails and prints their milliseconds. */
  static final class Calls {

    private Calls() {}

    public static void main(String[] args) throws IOException {
      byte[] source = Files.readAllBytes(Path.of(args[0]));
      for (int call = 0; call < CALLS; call++) {
        long start = System.nanoTime();
        Thumbnailer.create().render(ImageSource.of(source), ThumbnailSpec.fit(256, 256));
        System.out.println((System.nanoTime() - start) / 1e6);
      }
    }
  }

  private static List<String> command(String java, String option, Path photo) {
    List<String> command =
        new ArrayList<>(Worker.java(List.of(option), Calls.class, photo.toString()));
    command.set(0, java);
    return command;
  }

  /** Returns the milliseconds that the process prints, and its own. */
  private static double[] run(List<String> command) throws IOException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (InputStream output = process.getInputStream()) {
      double[] calls =
          new String(output.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> line.matches("[0-9.E-]+"))
              .mapToDouble(Double::parseDouble)
              .toArray();
      process.onExit().join();
      double whole = (System.nanoTime() - start) / 1e6;
      double[] all = Arrays.copyOf(calls, CALLS + 1);
      all[CALLS] = whole;
      return all;
    }
  }

  private static String version(String java) throws IOException {
    Process process = new ProcessBuilder(java, "--version").start();
    try (InputStream output = process.getInputStream()) {
      return new String(output.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .findFirst()
          .map(line -> line.replaceAll("^\\S+ (\\S+).*", "$1"))
          .orElse("?");
    }
  }

  private static String median(List<double[]> runs, int index) {
    return "%.0f"
        .formatted(
            Statistics.median(
                IntStream.range(0, runs.size()).mapToDouble(i -> runs.get(i)[index]).toArray()));
  }
}
