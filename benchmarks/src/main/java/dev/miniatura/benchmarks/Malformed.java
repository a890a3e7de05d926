package dev.miniatura.benchmarks;

import dev.miniatura.ImageSource;
import dev.miniatura.LimitExceededException;
import dev.miniatura.MalformedImageException;
import dev.miniatura.Thumbnail;
import dev.miniatura.ThumbnailException;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.UnsupportedImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How does every file of a folder of broken pictures end, and how long does it take? Exit code 1 if
 * one ends in anything but a thumbnail or a typed error.
 *
 * <pre>{@code
 * java -Xmx64m -cp benchmarks/target/benchmarks.jar dev.miniatura.benchmarks.Malformed FOLDER...
 * }</pre>
 */
final class Malformed {

  private record Ending(Path file, String kind, double milliseconds, String message) {}

  private static final int SLOWEST = 5;
  private static final String FORBIDDEN = "FORBIDDEN";

  private Malformed() {}

  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args);
    Thumbnailer thumbnailer = Thumbnailer.create();
    List<Ending> endings = new ArrayList<>();
    for (String folder : arguments.rest()) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          endings.add(end(thumbnailer, file));
        }
      }
    }
    Map<String, Integer> counts = new TreeMap<>();
    endings.forEach(ending -> counts.merge(ending.kind, 1, Integer::sum));
    MarkdownTable kinds = new MarkdownTable("ending", "files");
    counts.forEach((kind, count) -> kinds.row(kind, count.toString()));
    MarkdownTable slowest = new MarkdownTable("slowest", "ending", "ms");
    endings.stream()
        .sorted(Comparator.comparingDouble(Ending::milliseconds).reversed())
        .limit(SLOWEST)
        .forEach(
            ending ->
                slowest.row(
                    ending.file.getFileName().toString(),
                    ending.kind,
                    "%.0f".formatted(ending.milliseconds)));
    Document.publish(
        "malformed",
        "%s. %d MB of heap.\n\n%s\n%s"
            .formatted(Machine.describe(), Runtime.getRuntime().maxMemory() >> 20, kinds, slowest),
        arguments.all("update"));
    List<Ending> forbidden =
        endings.stream().filter(ending -> ending.kind.startsWith(FORBIDDEN)).toList();
    forbidden.forEach(ending -> System.out.println(ending.file + ": " + ending.message));
    System.exit(forbidden.isEmpty() ? 0 : 1);
  }

  @SuppressWarnings("CatchingUnchecked") // any other exception is what this looks for
  private static Ending end(Thumbnailer thumbnailer, Path file) throws IOException {
    byte[] source = Files.readAllBytes(file);
    long start = System.nanoTime();
    String kind;
    String message = "";
    try {
      Thumbnail thumbnail = thumbnailer.render(ImageSource.of(source), ThumbnailSpec.fit(256, 256));
      kind = thumbnail.notes().isEmpty() ? "thumbnail" : "thumbnail with notes";
    } catch (ThumbnailException e) {
      kind = ending(e);
    } catch (Throwable e) {
      kind = FORBIDDEN;
      message = e + (e.getStackTrace().length > 0 ? " at " + e.getStackTrace()[0] : "");
    }
    return new Ending(file, kind, (System.nanoTime() - start) / 1e6, message);
  }

  private static String ending(ThumbnailException error) {
    if (error instanceof MalformedImageException) {
      return "malformed";
    }
    if (error instanceof UnsupportedImageException) {
      return "unsupported";
    }
    return error instanceof LimitExceededException ? "limit exceeded" : "busy";
  }
}
