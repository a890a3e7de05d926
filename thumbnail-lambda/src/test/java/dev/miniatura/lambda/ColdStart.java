package dev.miniatura.lambda;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Times how long a new function takes to answer. Usage: {@code ColdStart PHOTO STARTS JAVA...},
 * with the {@code java} of each JDK; prints a table of milliseconds, best and median of the starts.
 * The ways to start take turns, so that other load on the machine affects all of them.
 */
final class ColdStart {

  private static final List<String> SERIAL = List.of("-XX:+UseSerialGC");
  private static final List<String> C1 = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final S3Server s3;
  private final Path code;

  private ColdStart(S3Server s3, Path code) {
    this.s3 = s3;
    this.code = code;
  }

  /**
   * A way to start.
   *
   * @param name what the table calls it
   * @param options options of the JVM
   * @param snapshot whether the time before the snapshot does not count
   */
  private record Way(String name, String java, List<String> options, boolean snapshot) {}

  /**
   * The times of one start, in milliseconds.
   *
   * @param init from the start of the process, or from the snapshot, until it asks for an event
   * @param first from the event until its answer
   * @param second the same for another object
   * @param processor processor time until the first answer, of all threads
   */
  private record Times(long init, long first, long second, long processor) {

    long sum() {
      return init + first;
    }
  }

  public static void main(String[] arguments) throws Exception {
    byte[] photo = Files.readAllBytes(Path.of(arguments[0]));
    int starts = Integer.parseInt(arguments[1]);
    try (S3Server s3 = new S3Server("photos", "thumbs")) {
      s3.put("photos", "photo.jpg", photo);
      s3.put("photos", "other.jpg", photo);
      ColdStart run = new ColdStart(s3, Bundle.exploded());
      List<Way> ways = new ArrayList<>();
      for (String java : Arrays.asList(arguments).subList(2, arguments.length)) {
        ways.addAll(run.ways(java));
      }
      Map<Way, List<Times>> times = new HashMap<>();
      for (int i = 0; i < starts; i++) {
        for (Way way : ways) {
          times.computeIfAbsent(way, any -> new ArrayList<>()).add(run.start(way));
        }
      }
      System.out.printf(
          "%s, %,d bytes; milliseconds, best / median of %d starts%n",
          Path.of(arguments[0]).getFileName(), photo.length, starts);
      System.out.println("| start | init | first answer | sum | processor | second answer |");
      System.out.println("|---|--:|--:|--:|--:|--:|");
      for (Way way : ways) {
        List<Times> all = times.getOrDefault(way, List.of());
        System.out.println(
            Stream.<Function<Times, Long>>of(
                    Times::init, Times::first, Times::sum, Times::processor, Times::second)
                .map(column -> bestAndMedian(all.stream().map(column).sorted().toList()))
                .collect(Collectors.joining(" | ", "| " + way.name() + " | ", " |")));
      }
    }
    System.exit(0);
  }

  private static String bestAndMedian(List<Long> sorted) {
    return sorted.get(0) + " / " + sorted.get(sorted.size() / 2);
  }

  private List<Way> ways(String java) throws Exception {
    Process process = new ProcessBuilder(java, "-version").redirectErrorStream(true).start();
    String version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    boolean cache = version.contains("version \"25");
    String name = "JDK " + version.replaceFirst("(?s).*?version \"([0-9.]+).*", "$1");
    List<Way> ways = new ArrayList<>();
    ways.add(new Way(name + ", the JVM's own options", java, List.of(), false));
    ways.add(new Way(name + ", both compilers", java, SERIAL, false));
    ways.add(new Way(name + ", C1 alone", java, C1, false));
    Path archive = code.resolveSibling((cache ? "cache.aot" : "archive.jsa")).toAbsolutePath();
    Files.deleteIfExists(archive);
    String write = cache ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=";
    try (FunctionProcess training =
        function(new Way(name, java, with(C1, write + archive), false))) {
      training.ready().invoke(EventTexts.direct("photo.jpg"));
      training.terminate();
    }
    String read = cache ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=";
    ways.add(
        new Way(
            name + ", the same with " + (cache ? "an AOT cache" : "an AppCDS archive"),
            java,
            with(C1, read + archive),
            false));
    for (Map.Entry<String, List<String>> compilers :
        new TreeMap<>(Map.of("both compilers", SERIAL, "C1 alone", C1)).entrySet()) {
      List<String> options = compilers.getValue();
      String after = name + ", " + compilers.getKey() + ", after the snapshot, ";
      ways.add(new Way(after + "primed", java, with(options, FunctionProcess.COMPATIBLE), true));
      ways.add(new Way(after + "not primed", java, options, true));
    }
    return ways;
  }

  private static List<String> with(List<String> options, String option) {
    List<String> all = new ArrayList<>(options);
    all.add(option);
    return all;
  }

  private FunctionProcess function(Way way) throws IOException {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "MINIATURA_SOURCE", "s3://photos",
                "MINIATURA_DESTINATION", "s3://thumbs",
                "MINIATURA_SPECS", "small=fit:256x256,format:jpeg",
                "MINIATURA_ENDPOINT", s3.endpoint().toString()));
    if (way.snapshot()) {
      environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    }
    return new FunctionProcess(
        way.java(), code, FunctionProcess.HANDLER, environment, way.options());
  }

  private Times start(Way way) throws Exception {
    s3.keys("thumbs", "").forEach(key -> s3.delete("thumbs", key));
    long start = System.nanoTime();
    try (FunctionProcess function = function(way)) {
      Duration spent = Duration.ZERO;
      if (way.snapshot()) {
        function.api().awaitCheckpoint(Duration.ofMinutes(5));
        spent = function.processorTime();
        start = System.nanoTime();
      }
      function.ready();
      long ready = System.nanoTime();
      invoke(function, "photo.jpg");
      long first = System.nanoTime();
      long processor = function.processorTime().minus(spent).toMillis();
      invoke(function, "other.jpg");
      long second = System.nanoTime();
      return new Times(
          millis(start, ready), millis(ready, first), millis(first, second), processor);
    }
  }

  private static void invoke(FunctionProcess function, String key) throws Exception {
    String answer = function.invoke(EventTexts.direct(key));
    if (!answer.contains("\"written\"")) {
      throw new IllegalStateException(answer);
    }
  }

  private static long millis(long from, long to) {
    return Duration.ofNanos(to - from).toMillis();
  }
}
