package dev.miniatura.lambda;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A function in a separate process, as in Lambda's managed runtime: only the runtime client is on
 * the class path, the bundle's files are in the working directory, and the environment contains
 * Lambda's variables and the function's configuration.
 */
final class FunctionProcess implements AutoCloseable {

  static final String HANDLER = "dev.miniatura.lambda.ThumbnailHandler::handleRequest";

  /** Makes org.crac use Lambda's implementation, as the managed runtime does with SnapStart. */
  static final String COMPATIBLE = "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac";

  /** A bound against hangs, not a measure: two builds at once on two processors are slow. */
  static final Duration TIMEOUT = Duration.ofMinutes(1);

  /** The remaining time reported to the function, unless a test sets it. */
  private static final Duration TIME = Duration.ofSeconds(20);

  /** The runtime client loads native code; without this option, JDK 25 prints a warning. */
  private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

  private static final Pattern RUNTIME_JAR =
      Pattern.compile("(aws-lambda-java-.*|utils-lite|annotations)-[0-9.]+\\.jar");

  private final RuntimeApi api = new RuntimeApi();
  private final Process process;
  private final List<String> log = Collections.synchronizedList(new ArrayList<>());
  private final Thread drain;

  /**
   * Starts a function.
   *
   * @param code the folder with the bundle's files
   * @param handler class and method
   * @param environment the function's configuration, in addition to Lambda's variables
   * @param options options of its JVM
   */
  FunctionProcess(Path code, String handler, Map<String, String> environment, List<String> options)
      throws IOException {
    this(java(), code, handler, environment, options);
  }

  /**
   * Starts a function.
   *
   * @param java the JDK's {@code java}
   */
  FunctionProcess(
      String java, Path code, String handler, Map<String, String> environment, List<String> options)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(java, NATIVE_ACCESS, "-cp", runtimeClassPath()));
    command.addAll(options);
    command.addAll(List.of(AWSLambda.class.getName(), handler));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(code.toFile()).redirectErrorStream(true);
    Map<String, String> all = builder.environment();
    all.clear();
    all.putAll(lambdaEnvironment(handler));
    all.putAll(environment);
    process = builder.start();
    drain = new Thread(() -> read(process.getInputStream()), "function-log");
    drain.setDaemon(true);
    drain.start();
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Returns the runtime client's jar and its dependencies, from the tests' class path. */
  private static String runtimeClassPath() {
    String jars =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> RUNTIME_JAR.matcher(Path.of(entry).getFileName().toString()).matches())
            .collect(Collectors.joining(File.pathSeparator));
    if (jars.isEmpty()) {
      throw new IllegalStateException("the runtime client is not on the class path");
    }
    return jars;
  }

  private Map<String, String> lambdaEnvironment(String handler) {
    return Map.of(
        "AWS_LAMBDA_RUNTIME_API",
        api.address(),
        "_HANDLER",
        handler,
        "AWS_LAMBDA_FUNCTION_NAME",
        "miniatura",
        "AWS_LAMBDA_FUNCTION_VERSION",
        "1",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "1769",
        "AWS_REGION",
        "us-east-1",
        "AWS_ACCESS_KEY_ID",
        S3Server.ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY",
        S3Server.SECRET);
  }

  /**
   * Reads until the process ends: a process whose output is not read blocks when the pipe is full.
   */
  private void read(InputStream output) {
    try (var lines = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
      lines.lines().forEach(log::add);
    } catch (IOException | UncheckedIOException e) {
      log.add("the log cannot be read: " + e);
    }
    api.end();
  }

  /** Returns what the process has written so far. */
  List<String> log() {
    synchronized (log) {
      return List.copyOf(log);
    }
  }

  private String lastWords() {
    List<String> lines = log();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
  }

  RuntimeApi api() {
    return api;
  }

  /** Waits until the function is initialized. */
  FunctionProcess ready() throws InterruptedException, TimeoutException {
    api.awaitReady(TIMEOUT);
    if (!drain.isAlive()) {
      throw new IllegalStateException("the process has ended\n" + lastWords());
    }
    return this;
  }

  /** Has the function process an event, and returns its answer; an error is none. */
  String invoke(String event) throws InterruptedException, TimeoutException {
    RuntimeApi.Response response = invoke(event, TIME);
    if (!response.ok()) {
      throw new IllegalStateException(response.text() + "\n" + lastWords());
    }
    return response.text();
  }

  /**
   * Has the function process an event.
   *
   * @param time the remaining time reported to the function
   */
  RuntimeApi.Response invoke(String event, Duration time)
      throws InterruptedException, TimeoutException {
    try {
      return api.invoke(event, time, time.plus(TIMEOUT));
    } catch (TimeoutException e) {
      throw new IllegalStateException("no answer\n" + lastWords(), e);
    }
  }

  /** Returns the processor time that the process has taken. */
  Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Waits until the process has ended, and returns its exit code. */
  int exitCode() throws InterruptedException, TimeoutException {
    return exitCode(TIMEOUT);
  }

  private int exitCode(Duration timeout) throws InterruptedException, TimeoutException {
    if (!process.waitFor(timeout.toSeconds(), TimeUnit.SECONDS)) {
      throw new TimeoutException("the process has not ended");
    }
    drain.join(timeout.toMillis());
    return process.exitValue();
  }

  /** Ends the process in an orderly way, so that the JVM writes requested archives. */
  void terminate() throws InterruptedException, TimeoutException {
    process.toHandle().destroy(); // Process.destroy closes the output that is still written to
    exitCode(TIMEOUT.multipliedBy(5));
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    api.close();
  }
}
