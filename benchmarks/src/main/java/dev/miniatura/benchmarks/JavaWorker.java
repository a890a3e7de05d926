package dev.miniatura.benchmarks;

import dev.miniatura.OutputFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** The {@link Worker} process of the {@link Engine} named by the argument. */
final class JavaWorker {

  private final Engine engine;
  private final ExecutorService pool = Executors.newCachedThreadPool();

  private JavaWorker(Engine engine) {
    this.engine = engine;
  }

  public static void main(String[] args) throws Exception {
    JavaWorker worker = new JavaWorker(Engine.of(args[0]));
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String request = requests.readLine();
    while (request != null) {
      System.out.println(worker.answer(request.split("\t", -1)));
      request = requests.readLine();
    }
    worker.pool.shutdown();
  }

  private String answer(String[] request) {
    try {
      return switch (request[0]) {
        case "version" -> version();
        case "java" -> System.getProperty("java.version");
        case "time" ->
            time(
                Integer.parseInt(request[1]),
                Long.parseLong(request[2]),
                Integer.parseInt(request[3]),
                OutputFormat.named(request[4]),
                Path.of(request[5]));
        case "save" -> save(Integer.parseInt(request[1]), Path.of(request[2]), Path.of(request[3]));
        default -> "error: unknown request";
      };
    } catch (Exception e) { // the comparison shows a gap and continues
      return "error: " + e.toString().lines().findFirst().orElse("");
    }
  }

  private String time(int threads, long milliseconds, int side, OutputFormat format, Path path)
      throws Exception {
    if (format == OutputFormat.GIF && engine != Engine.MINIATURA) {
      throw new IllegalArgumentException("of animations the first frame only");
    }
    byte[] source = Files.readAllBytes(path);
    Callable<byte[]> work = () -> engine.thumbnail(source, side, format);
    double[] times =
        threads == 1
            ? Turn.alone(milliseconds, work)
            : Turn.together(pool, threads, milliseconds, work);
    return Arrays.stream(times).mapToObj(Double::toString).collect(Collectors.joining(" "));
  }

  private String save(int side, Path path, Path target) throws IOException {
    Files.write(target, engine.thumbnail(Files.readAllBytes(path), side, OutputFormat.PNG));
    return "saved";
  }

  private String version() {
    return switch (engine) {
      case MINIATURA -> "Miniatura";
      case THUMBNAILATOR -> "Thumbnailator 0.4.21";
      case IMGSCALR -> "imgscalr 4.2";
      case IMAGEIO_SUBSAMPLED -> "ImageIO";
    };
  }
}
