package dev.miniatura.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Raster;
import dev.miniatura.internal.webp.LosslessWebpEncoder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How many bytes does our lossless WebP take, compared with {@code cwebp -lossless -exact}? Both
 * encode the same pixels: those that {@code dwebp} decodes from the file of {@code cwebp}. It must
 * decode the same ones from ours. Each argument, a picture or a folder of them, is a row; pictures
 * that {@code cwebp} does not read are left out. {@code --method} is that of {@code cwebp}, 4 by
 * default.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.miniatura.benchmarks.LosslessSizes PATH...
 * }</pre>
 */
final class LosslessSizes {

  private final Path folder;
  private final int method;

  private LosslessSizes(Path folder, int method) {
    this.folder = folder;
    this.method = method;
  }

  private record Size(String name, long ours, long theirs, double millis) {

    double ratio() {
      return (double) ours / theirs;
    }
  }

  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args);
    Path folder = Files.createTempDirectory("lossless");
    int method = arguments.get("method", 4);
    LosslessSizes sizes = new LosslessSizes(folder, method);
    String text =
        "%s. Ours against cwebp -lossless -exact -m %d.\n\n%s"
            .formatted(Machine.describe(), method, sizes.table(arguments.rest()));
    Document.publish("lossless-bytes", text, arguments.all("update"));
  }

  private String table(List<String> arguments) throws IOException, InterruptedException {
    MarkdownTable table =
        new MarkdownTable(
            "", "pictures", "ours", "cwebp", "geometric mean", "largest ratio", "of", "CPU ms");
    List<Size> all = new ArrayList<>();
    for (String argument : arguments) {
      List<Size> sizes = new ArrayList<>();
      for (Path picture : pictures(Path.of(argument))) {
        compared(picture).ifPresent(sizes::add);
      }
      if (!sizes.isEmpty()) {
        table.row(row(Path.of(argument).getFileName().toString(), sizes));
      }
      all.addAll(sizes);
    }
    table.row(row("all", all));
    return table.toString();
  }

  private static List<Path> pictures(Path path) throws IOException {
    try (Stream<Path> files = Files.walk(path, 1)) {
      return files.filter(file -> Photos.kind(file) == Photos.Kind.PNG).sorted().toList();
    }
  }

  private static List<String> row(String name, List<Size> sizes) {
    Size worst = sizes.stream().max(Comparator.comparingDouble(Size::ratio)).orElseThrow();
    return List.of(
        name,
        Integer.toString(sizes.size()),
        Long.toString(sizes.stream().mapToLong(Size::ours).sum()),
        Long.toString(sizes.stream().mapToLong(Size::theirs).sum()),
        "%.3f".formatted(Statistics.geometricMean(sizes.stream().map(Size::ratio).toList())),
        "%.3f".formatted(worst.ratio()),
        worst.name(),
        "%.0f".formatted(sizes.stream().mapToDouble(Size::millis).sum()));
  }

  private Optional<Size> compared(Path picture) throws IOException, InterruptedException {
    Path theirs = folder.resolve("theirs.webp");
    Path ours = folder.resolve("ours.webp");
    String level = Integer.toString(method);
    if (!succeeds(
        "cwebp", "-quiet", "-lossless", "-exact", "-m", level, picture + "", "-o", theirs + "")) {
      return Optional.empty();
    }
    byte[] pixels = decoded(theirs);
    Raster raster = raster(pixels);
    long start = processorTime();
    byte[] encoded = LosslessWebpEncoder.encode(raster, Optional.empty());
    double millis = (processorTime() - start) / 1e6;
    if (!Arrays.equals(decoded(Files.write(ours, encoded)), pixels)) {
      throw new IOException(picture + ": dwebp decodes other pixels from our file");
    }
    String name = picture.getFileName().toString();
    return Optional.of(new Size(name, encoded.length, Files.size(theirs), millis));
  }

  /** Returns a PAM image. */
  private byte[] decoded(Path webp) throws IOException, InterruptedException {
    Path pam = folder.resolve("decoded.pam");
    if (!succeeds("dwebp", "-quiet", "-pam", webp.toString(), "-o", pam.toString())) {
      throw new IOException("dwebp does not read " + webp);
    }
    return Files.readAllBytes(pam);
  }

  private static Raster raster(byte[] pam) {
    String header = new String(pam, 0, Math.min(200, pam.length), ISO_8859_1);
    int width = Integer.parseInt(header.replaceFirst("(?s).*?WIDTH (\\d+).*", "$1"));
    int height = Integer.parseInt(header.replaceFirst("(?s).*?HEIGHT (\\d+).*", "$1"));
    Raster raster = Raster.withAlpha(width, height, ColorKind.RGB);
    int start = pam.length - 4 * width * height;
    for (int i = start; i < pam.length; i++) {
      raster.channel((i - start) % 4)[(i - start) / 4] = pam[i];
    }
    return raster;
  }

  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static boolean succeeds(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor() == 0;
  }
}
