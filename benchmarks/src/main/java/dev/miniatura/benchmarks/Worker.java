package dev.miniatura.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * A process that makes thumbnails with one engine during a comparison. It answers each line of
 * tab-separated fields with one line:
 *
 * <ul>
 *   <li>{@code version}: what it is, in words;
 *   <li>{@code java}: the version of Java, if it is a Java engine;
 *   <li>{@code time THREADS MILLISECONDS SIDE FORMAT PATH}: for as long as that, at least once,
 *       makes {@code THREADS} thumbnails at the same time, from bytes to bytes in memory; answers
 *       with the milliseconds of each such batch divided by {@code THREADS}, separated by spaces;
 *   <li>{@code save SIDE PATH TARGET}: writes one thumbnail to a PNG file; answers {@code saved};
 *   <li>{@code encode FORMAT QUALITY PATH TARGET}: writes an opaque PNG in that format, as large as
 *       it is; answers {@code encoded}. Only workers that are not Java know it;
 *   <li>{@code pixels FORMAT MILLISECONDS WIDTH HEIGHT PATH}: for as long as that, at least once,
 *       encodes a file of RGB samples in memory as {@code webp}, lossy at quality 80, or copies
 *       them, {@code raw}; answers with the milliseconds of processor time of each. Only sharp
 *       knows it.
 * </ul>
 *
 * An answer that starts with {@code error} gives the reason for a failure.
 */
final class Worker implements AutoCloseable {

  /** Name of this library's worker; the tables compare with it. */
  static final String OURS = Engine.MINIATURA.text();

  private final String name;
  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader answers;

  private Worker(String name, List<String> command) throws IOException {
    this.name = name;
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("UV_THREADPOOL_SIZE", "2");
    builder.environment().put("VIPS_CONCURRENCY", "1");
    process = builder.start();
    requests = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts the engine with a name.
   *
   * @param peers the folder with the workers that are not Java
   */
  static Worker start(String name, Path peers) throws IOException {
    return new Worker(
        name,
        switch (name) {
          case "sharp" -> List.of("node", peers.resolve("sharp.js").toString());
          case "pillow", "vipsthumbnail" ->
              List.of("/usr/bin/python3", peers.resolve("worker.py").toString(), name);
          default -> java(List.of(), JavaWorker.class, name);
        });
  }

  /** Starts a Java engine on another Java, named by its command. */
  static Worker startOn(String java, String name) throws IOException {
    List<String> command = java(List.of(), JavaWorker.class, name);
    command.set(0, java);
    return new Worker(name, command);
  }

  /** Starts several engines. */
  static List<Worker> startAll(String names, Path peers) throws IOException {
    List<Worker> workers = new ArrayList<>();
    for (String name : names.split(",", -1)) {
      workers.add(start(name, peers));
    }
    return workers;
  }

  /** Returns the command that runs one of this module's classes on the same Java. */
  static List<String> java(List<String> options, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /**
   * Runs one of this module's classes in a JVM with that many megabytes of heap, and returns what
   * it prints; empty if it fails.
   */
  static String answer(int megabytes, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                java(List.of("-Xmx" + megabytes + "m", "-XX:+UseSerialGC"), main, arguments))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (InputStream output = process.getInputStream()) {
      String answer = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? answer : "";
    }
  }

  /**
   * Returns the smallest heap, in megabytes, in which {@link #answer} has one; empty if the largest
   * is too small.
   */
  static OptionalInt smallestHeap(int largest, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    if (answer(largest, main, arguments).isEmpty()) {
      return OptionalInt.empty();
    }
    int fails = 1;
    int works = largest;
    while (works - fails > 1) {
      int middle = (works + fails) / 2;
      if (answer(middle, main, arguments).isEmpty()) {
        fails = middle;
      } else {
        works = middle;
      }
    }
    return OptionalInt.of(works);
  }

  String name() {
    return name;
  }

  String version() throws IOException {
    return ask("version");
  }

  /** Returns the version of the Java that a Java engine runs on. */
  String java() throws IOException {
    return ask("java");
  }

  /** Returns the measured milliseconds, none if the engine cannot do it. */
  double[] time(int threads, int milliseconds, int side, String format, Path photo)
      throws IOException {
    String answer = ask("time", threads, milliseconds, side, format, photo.toAbsolutePath());
    return answer.startsWith("error") ? new double[0] : numbers(answer);
  }

  private static double[] numbers(String answer) {
    return Arrays.stream(answer.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  /** Returns the measured milliseconds of processor time for a file of RGB samples. */
  double[] pixels(String format, int milliseconds, int width, int height, Path file)
      throws IOException {
    return measured("pixels", format, milliseconds, width, height, file.toAbsolutePath());
  }

  /** Returns the measured milliseconds of processor time for decoding a file. */
  double[] decode(int milliseconds, Path file) throws IOException {
    return measured("decode", milliseconds, file.toAbsolutePath());
  }

  private double[] measured(Object... request) throws IOException {
    String answer = ask(request);
    if (answer.startsWith("error")) {
      throw new IOException(answer);
    }
    return numbers(answer);
  }

  /** Returns whether the engine could write the thumbnail. */
  boolean save(int side, Path photo, Path target) throws IOException {
    return ask("save", side, photo.toAbsolutePath(), target.toAbsolutePath()).equals("saved");
  }

  /** Returns whether the engine could encode the picture; quality counts in JPEG. */
  boolean encode(String format, int quality, Path png, Path target) throws IOException {
    return ask("encode", format, quality, png.toAbsolutePath(), target.toAbsolutePath())
        .equals("encoded");
  }

  private String ask(Object... fields) throws IOException {
    requests.write(String.join("\t", Arrays.stream(fields).map(Object::toString).toList()));
    requests.newLine();
    requests.flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException(name + " ended without an answer");
    }
    return answer;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
