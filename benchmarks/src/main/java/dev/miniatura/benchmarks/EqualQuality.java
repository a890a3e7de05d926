package dev.miniatura.benchmarks;

import dev.miniatura.ImageSource;
import dev.miniatura.OutputFormat;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.testing.Pictures;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * How many bytes does a thumbnail take, compared with other encoders at the same PSNR? All encode
 * the same pixels of 512 px, JPEG in 4:2:0 baseline; between qualities, bytes are interpolated to
 * the PSNR that ours has at quality 80. PNG is lossless, each at its default.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.miniatura.benchmarks.EqualQuality PATH...
 * }</pre>
 */
final class EqualQuality {

  /** Writes a file at a quality; false if it cannot. */
  private interface Encoder {
    boolean encode(String format, int quality, Path png, Path target) throws IOException;
  }

  private static final int SIDE = 512;
  private static final int QUALITY = 80;
  private static final int[] QUALITIES = {60, 70, 75, 80, 85, 90, 95};
  private static final List<String> PEERS = List.of("sharp", "pillow", "JDK");

  private final Path folder;
  private final Map<String, Encoder> encoders;

  private EqualQuality(Path folder, Map<String, Encoder> encoders) {
    this.folder = folder;
    this.encoders = encoders;
  }

  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args);
    Path scripts = Path.of(arguments.get("peers", "benchmarks/peers"));
    try (Worker sharp = Worker.start("sharp", scripts);
        Worker pillow = Worker.start("pillow", scripts)) {
      EqualQuality comparison =
          new EqualQuality(
              Files.createTempDirectory("equal"),
              Map.of(
                  Worker.OURS,
                  EqualQuality::ours,
                  "sharp",
                  sharp::encode,
                  "pillow",
                  pillow::encode,
                  "JDK",
                  EqualQuality::jdk));
      String text =
          "%s. %s; %s.\n\n%s"
              .formatted(
                  Machine.describe(),
                  sharp.version(),
                  pillow.version(),
                  comparison.table(Photos.find(arguments.rest())));
      Document.publish("bytes", text, arguments.all("update"));
    }
  }

  private MarkdownTable table(List<Path> photos) throws IOException {
    List<String> header = new ArrayList<>(List.of("picture", "PSNR, dB", "JPEG, bytes"));
    PEERS.forEach(peer -> header.add(peer + ", times"));
    header.add("PNG, bytes");
    PEERS.forEach(peer -> header.add(peer + ", times"));
    MarkdownTable table = new MarkdownTable(header);
    List<List<Double>> ratios = new ArrayList<>();
    PEERS.forEach(peer -> ratios.add(new ArrayList<>()));
    PEERS.forEach(peer -> ratios.add(new ArrayList<>()));
    Thumbnailer thumbnailer = Thumbnailer.create();
    for (Path photo : photos) {
      Path png = folder.resolve("reference.png");
      ThumbnailSpec spec = ThumbnailSpec.fit(SIDE, SIDE);
      BufferedImage image = thumbnailer.renderImage(ImageSource.of(photo), spec);
      ImageIO.write(opaque(image), "png", png.toFile());
      Map.Entry<Double, Double> ours =
          curve(Worker.OURS, png, QUALITY).entrySet().iterator().next();
      double psnr = ours.getKey();
      double jpegBytes = ours.getValue();
      double pngBytes = size(Worker.OURS, png);
      List<String> row = new ArrayList<>(List.of(photo.getFileName().toString()));
      row.add("%.2f".formatted(psnr));
      row.add("%.0f".formatted(jpegBytes));
      for (int i = 0; i < PEERS.size(); i++) {
        double ratio = interpolated(curve(PEERS.get(i), png, QUALITIES), psnr) / jpegBytes;
        ratios.get(i).add(ratio);
        row.add("%.3f".formatted(ratio));
      }
      row.add("%.0f".formatted(pngBytes));
      for (int i = 0; i < PEERS.size(); i++) {
        double ratio = size(PEERS.get(i), png) / pngBytes;
        ratios.get(PEERS.size() + i).add(ratio);
        row.add("%.3f".formatted(ratio));
      }
      table.row(row);
    }
    List<String> means = new ArrayList<>(List.of("geometric mean", "", ""));
    for (int i = 0; i < ratios.size(); i++) {
      if (i == PEERS.size()) {
        means.add("");
      }
      means.add("%.3f".formatted(Statistics.geometricMean(ratios.get(i))));
    }
    table.row(means);
    return table;
  }

  private static BufferedImage opaque(BufferedImage image) {
    BufferedImage rgb =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = rgb.createGraphics();
    graphics.drawImage(image, 0, 0, Color.WHITE, null);
    graphics.dispose();
    return rgb;
  }

  /** Returns bytes by PSNR. */
  private Map<Double, Double> curve(String name, Path png, int... qualities) throws IOException {
    BufferedImage expected = ImageIO.read(png.toFile());
    Map<Double, Double> curve = new TreeMap<>();
    for (int quality : qualities) {
      Path target = encoded(name, "jpeg", quality, png);
      double psnr = Pictures.psnr(expected, ImageIO.read(target.toFile()));
      curve.put(psnr, (double) Files.size(target));
    }
    return curve;
  }

  private double size(String name, Path png) throws IOException {
    return Files.size(encoded(name, "png", QUALITY, png));
  }

  private Path encoded(String name, String format, int quality, Path png) throws IOException {
    Path target = folder.resolve("encoded." + format);
    Encoder encoder = encoders.get(name);
    if (encoder == null || !encoder.encode(format, quality, png, target)) {
      throw new IOException(name + " cannot write " + format);
    }
    return target;
  }

  /** Interpolates the logarithm of the bytes, which grows almost evenly with PSNR. */
  static double interpolated(Map<Double, Double> curve, double psnr) {
    TreeMap<Double, Double> sorted = new TreeMap<>(curve);
    Map.Entry<Double, Double> below = sorted.floorEntry(psnr);
    Map.Entry<Double, Double> above = sorted.ceilingEntry(psnr);
    if (below == null || above == null) {
      return Double.NaN;
    }
    double span = above.getKey() - below.getKey();
    double part = span == 0 ? 0 : (psnr - below.getKey()) / span;
    return Math.exp((1 - part) * Math.log(below.getValue()) + part * Math.log(above.getValue()));
  }

  private static boolean ours(String format, int quality, Path png, Path target)
      throws IOException {
    ThumbnailSpec spec = ThumbnailSpec.fit(SIDE, SIDE);
    ThumbnailSpec full =
        format.equals("jpeg")
            ? spec.format(OutputFormat.JPEG).quality(quality)
            : spec.format(OutputFormat.PNG);
    Files.write(target, Thumbnailer.create().render(ImageSource.of(png), full).bytes());
    return true;
  }

  private static boolean jdk(String format, int quality, Path png, Path target) throws IOException {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName(format);
    ImageWriter writer = writers.next();
    while (!writer.getClass().getName().startsWith("com.sun.")) {
      writer = writers.next();
    }
    Files.deleteIfExists(target);
    try (ImageOutputStream out = ImageIO.createImageOutputStream(target.toFile())) {
      writer.setOutput(out);
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (format.equals("jpeg")) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(quality / 100f);
      }
      writer.write(null, new IIOImage(ImageIO.read(png.toFile()), null, null), param);
    } finally {
      writer.dispose();
    }
    return true;
  }
}
