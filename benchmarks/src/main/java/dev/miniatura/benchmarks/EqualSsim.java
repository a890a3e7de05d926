package dev.miniatura.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.miniatura.ImageSource;
import dev.miniatura.Limits;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Raster;
import dev.miniatura.internal.webp.LossyWebpEncoder;
import dev.miniatura.internal.webp.LossyWebpOptions;
import dev.miniatura.testing.Pictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/**
 * How many bytes does our lossy WebP take, compared with {@code cwebp} at the same quality of the
 * picture? Both encode the same pixels, {@code dwebp} decodes both. For each of ours, the bytes of
 * {@code cwebp} are interpolated logarithmically to the same measure. That is SSIM of luma, or the
 * result of a command: {@code --metric "COMMAND"} is called with two PNG files, the original first,
 * and the first number that it prints is used; {@code --lower yes} means that less is better.
 * {@code --effort} is ours, {@code --method} that of {@code cwebp}.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.miniatura.benchmarks.EqualSsim \
 *     --size 256 --effort 4 --method 4 PATH...
 * }</pre>
 */
final class EqualSsim {

  private static final int[] OURS = {50, 60, 70, 75, 80, 85, 90};
  private static final int[] THEIRS = {5, 15, 30, 40, 50, 60, 65, 70, 75, 80, 85, 90, 95, 98};

  private final Path folder;
  private final String metric;
  private final int sign;
  private final int effort;
  private final int method;

  private EqualSsim(Path folder, Arguments arguments) {
    this.folder = folder;
    metric = arguments.get("metric", "");
    sign = arguments.get("lower", "no").equals("yes") ? -1 : 1;
    effort = arguments.get("effort", LossyWebpOptions.DEFAULT_EFFORT);
    method = arguments.get("method", 4);
  }

  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args);
    EqualSsim comparison = new EqualSsim(Files.createTempDirectory("equal"), arguments);
    int size = arguments.get("size", 256);
    String text =
        "%s. Effort %d against cwebp -m %d, %d px, by %s.\n\n%s"
            .formatted(
                Machine.describe(),
                comparison.effort,
                comparison.method,
                size,
                comparison.metric.isEmpty() ? "SSIM" : comparison.metric,
                comparison.table(Photos.find(arguments.rest()), size));
    Document.publish("webp-bytes-" + size, text, arguments.all("update"));
  }

  private String table(List<Path> photos, int size) throws IOException, InterruptedException {
    List<String> header = new ArrayList<>(List.of("ours / cwebp"));
    for (int quality : OURS) {
      header.add("q " + quality);
    }
    header.add("mean");
    MarkdownTable table = new MarkdownTable(header);
    List<List<Double>> columns = new ArrayList<>();
    for (int i = 0; i <= OURS.length; i++) {
      columns.add(new ArrayList<>());
    }
    for (Path photo : photos) {
      BufferedImage image = thumbnail(photo, size);
      Path png = folder.resolve("original.png");
      ImageIO.write(image, "png", png.toFile());
      Map<Double, Double> theirs = new TreeMap<>();
      for (int quality : THEIRS) {
        Path file = theirs(png, quality);
        theirs.put(measure(image, png, file), (double) Files.size(file));
      }
      List<String> row = new ArrayList<>(List.of(photo.getFileName().toString()));
      List<Double> ratios = new ArrayList<>();
      for (int i = 0; i < OURS.length; i++) {
        Path file = ours(image, OURS[i]);
        double same = EqualQuality.interpolated(theirs, measure(image, png, file));
        ratios.add(Files.size(file) / same);
        columns.get(i).add(ratios.get(i));
        row.add("%.3f".formatted(ratios.get(i)));
      }
      columns.get(OURS.length).add(Statistics.geometricMean(ratios));
      row.add("%.3f".formatted(Statistics.geometricMean(ratios)));
      table.row(row);
    }
    List<String> means = new ArrayList<>(List.of("geometric mean"));
    columns.forEach(column -> means.add("%.3f".formatted(Statistics.geometricMean(column))));
    table.row(means);
    return table.toString();
  }

  private static BufferedImage thumbnail(Path photo, int size) throws IOException {
    ThumbnailSpec spec = ThumbnailSpec.fit(size, size);
    Limits patient = Limits.defaults().withTime(Duration.ofMinutes(10)); // machines may be busy
    BufferedImage image = Thumbnailer.create(patient).renderImage(ImageSource.of(photo), spec);
    BufferedImage opaque =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    opaque.createGraphics().drawImage(image, 0, 0, null);
    return opaque;
  }

  private double measure(BufferedImage image, Path png, Path file)
      throws IOException, InterruptedException {
    Path decoded = folder.resolve("decoded.png");
    run("dwebp", "-quiet", file.toString(), "-o", decoded.toString());
    if (metric.isEmpty()) {
      return Pictures.ssim(image, ImageIO.read(decoded.toFile()));
    }
    List<String> command = new ArrayList<>(List.of(metric.split(" ")));
    command.add(png.toString());
    command.add(decoded.toString());
    String number = run(command.toArray(String[]::new)).strip().replaceFirst("(?s)\\s.*", "");
    return sign * Double.parseDouble(number);
  }

  private Path theirs(Path png, int quality) throws IOException, InterruptedException {
    Path file = folder.resolve("theirs.webp");
    run(
        "cwebp",
        "-quiet",
        "-m",
        Integer.toString(method),
        "-q",
        Integer.toString(quality),
        png.toString(),
        "-o",
        file.toString());
    return file;
  }

  private Path ours(BufferedImage image, int quality) throws IOException {
    Raster raster = Raster.opaque(image.getWidth(), image.getHeight(), ColorKind.RGB);
    for (int y = 0, at = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++, at++) {
        int rgb = image.getRGB(x, y);
        for (int c = 0; c < 3; c++) {
          raster.channel(c)[at] = (byte) (rgb >> (16 - 8 * c));
        }
      }
    }
    Path file = folder.resolve("ours.webp");
    LossyWebpOptions options = new LossyWebpOptions(quality, effort, null);
    return Files.write(file, LossyWebpEncoder.encode(raster, options));
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
    return output;
  }
}
