package dev.miniatura.lambda;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares the JVM's compilers by the processor time of one function after its snapshot, which is
 * what Lambda bills at one processor: it includes all threads, and compilation. Usage: {@code
 * Compilers PHOTO JAVA...}, with the {@code java} of each JDK; prints milliseconds per image.
 */
final class Compilers {

  private static final Map<String, List<String>> WAYS =
      new TreeMap<>(
          Map.of("both compilers", List.of(), "C1 alone", List.of("-XX:TieredStopAtLevel=1")));

  private static final List<String> OPTIONS =
      List.of("-XX:+UseSerialGC", "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");

  /** Ends of the parts into which the images are divided. */
  private static final List<Integer> ENDS = List.of(1, 50, 150, 300, 600);

  private Compilers() {}

  public static void main(String[] arguments) throws Exception {
    byte[] photo = Files.readAllBytes(Path.of(arguments[0]));
    System.out.println("| processor ms per image | 1st | –50th | –150th | –300th | –600th |");
    System.out.println("|---|--:|--:|--:|--:|--:|");
    try (S3Server s3 = new S3Server("photos", "thumbs")) {
      s3.put("photos", "photo.jpg", photo);
      for (String java : Arrays.asList(arguments).subList(1, arguments.length)) {
        for (Map.Entry<String, List<String>> way : WAYS.entrySet()) {
          List<String> options = new ArrayList<>(OPTIONS);
          options.addAll(way.getValue());
          StringBuilder row = new StringBuilder("| " + java + ", " + way.getKey() + " |");
          for (double millis : run(s3, java, options)) {
            row.append(String.format(Locale.ROOT, " %.0f |", millis));
          }
          System.out.println(row);
        }
      }
    }
    System.exit(0);
  }

  private static List<Double> run(S3Server s3, String java, List<String> options) throws Exception {
    Map<String, String> environment =
        Map.of(
            "MINIATURA_SOURCE", "s3://photos",
            "MINIATURA_DESTINATION", "s3://thumbs",
            "MINIATURA_SPECS", "small=fit:256x256,format:jpeg",
            "MINIATURA_ENDPOINT", s3.endpoint().toString(),
            "AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    List<Double> parts = new ArrayList<>();
    try (FunctionProcess function =
        new FunctionProcess(
            java, Bundle.exploded(), FunctionProcess.HANDLER, environment, options)) {
      function.api().awaitCheckpoint(Duration.ofMinutes(5));
      Duration before = function.processorTime();
      function.ready();
      int done = 0;
      for (int end : ENDS) {
        int images = end - done;
        for (; done < end; done++) {
          s3.keys("thumbs", "").forEach(key -> s3.delete("thumbs", key));
          String answer = function.invoke(EventTexts.direct("photo.jpg"));
          if (!answer.contains("\"written\"")) {
            throw new IllegalStateException(answer);
          }
        }
        Duration now = function.processorTime();
        parts.add((double) now.minus(before).toMillis() / images);
        before = now;
      }
    }
    return parts;
  }
}
