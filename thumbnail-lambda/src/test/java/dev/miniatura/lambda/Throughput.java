package dev.miniatura.lambda;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Times one warm function on batches of 10 messages. Usage: {@code Throughput PHOTO [ROUNDS
 * [PARALLELISM [JVM-OPTION...]]]}; prints images and megabytes per second, and the division of time
 * in the journal.
 */
final class Throughput {

  private static final int BATCH = 10;
  private static final int WARM_UP = 10;

  private Throughput() {}

  private static final class Sums {
    double check;
    double get;
    double decode;
    double encode;
    double put;
  }

  public static void main(String[] arguments) throws Exception {
    byte[] photo = Files.readAllBytes(Path.of(arguments[0]));
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 30;
    int parallelism = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1;
    try (S3Server s3 = new S3Server("photos", "thumbs")) {
      List<String> keys = IntStream.range(0, BATCH).mapToObj("%d.jpg"::formatted).toList();
      keys.forEach(key -> s3.put("photos", key, photo));
      String event =
          EventTexts.sqs(
              keys.stream()
                  .map(key -> EventTexts.s3("ObjectCreated:Put", key))
                  .toArray(String[]::new));
      try (FunctionProcess function =
          new FunctionProcess(
                  Bundle.exploded(),
                  FunctionProcess.HANDLER,
                  environment(s3, parallelism),
                  options(arguments))
              .ready()) {
        long spent = 0;
        int lines = 0;
        for (int round = -WARM_UP; round < rounds; round++) {
          s3.keys("thumbs", "").forEach(key -> s3.delete("thumbs", key));
          if (round == 0) {
            lines = function.log().size();
          }
          long start = System.nanoTime();
          String answer = function.invoke(event);
          spent += round < 0 ? 0 : System.nanoTime() - start;
          if (!answer.equals("{\"batchItemFailures\":[]}")) {
            throw new IllegalStateException(answer);
          }
        }
        print(
            photo.length,
            rounds,
            parallelism,
            spent,
            function.log().subList(lines, function.log().size()));
      }
    }
    System.exit(0);
  }

  private static List<String> options(String[] arguments) {
    return Stream.concat(Stream.of("-XX:+UseSerialGC"), Arrays.stream(arguments).skip(3)).toList();
  }

  private static Map<String, String> environment(S3Server s3, int parallelism) {
    return Map.of(
        "MINIATURA_SOURCE", "s3://photos",
        "MINIATURA_DESTINATION", "s3://thumbs",
        "MINIATURA_SPECS", "small=fit:256x256,format:jpeg",
        "MINIATURA_PARALLELISM", String.valueOf(parallelism),
        "MINIATURA_ENDPOINT", s3.endpoint().toString());
  }

  private static double number(String line, String member) {
    return Double.parseDouble(line.replaceFirst(".*\"" + member + "\":([0-9.]+).*", "$1"));
  }

  private static void print(int bytes, int rounds, int parallelism, long nanos, List<String> log)
      throws Exception {
    Sums sums = new Sums();
    int images = 0;
    for (String line : log) {
      if (line.contains("\"outcome\":\"written\"")) {
        images++;
        sums.check += number(line, "msCheck");
        sums.get += number(line, "msGet");
        sums.decode += number(line, "msDecode");
        sums.encode += number(line, "msEncode");
        sums.put += number(line, "msPut");
      }
    }
    double seconds = nanos / 1e9;
    double codec = sums.decode + sums.encode;
    System.out.printf(
        Locale.ROOT,
        "%d images of %,d bytes in %d batches, %d at a time: %.1f images/s, %.1f MB/s%n",
        images,
        bytes,
        rounds,
        parallelism,
        images / seconds,
        (double) images * bytes / 1e6 / seconds);
    System.out.printf(
        Locale.ROOT,
        "per image, ms: wall %.1f; check %.1f, get %.1f, decode %.1f, encode %.1f, put %.1f%n",
        seconds * 1000 / images,
        sums.check / images,
        sums.get / images,
        sums.decode / images,
        sums.encode / images,
        sums.put / images);
    System.out.printf(
        Locale.ROOT,
        "outside the codec: %.0f %% of the wall time of all threads%n",
        100 * (1 - codec / (seconds * 1000 * parallelism)));
  }
}
