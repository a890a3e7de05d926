package dev.miniatura.benchmarks;

import dev.miniatura.testing.ColorDifference;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Do thumbnails have the same colors and transparency as those of other libraries? Compares ours of
 * 256 px with that of the first peer that can read the file: mean ΔE00 over all pixels, laid over
 * gray. Peers may be wrong; a difference is a reason to look at both pictures, which {@code --keep}
 * saves.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.miniatura.benchmarks.GoldenCorpus \
 *   [--engines sharp,pillow] [--keep FOLDER] PATH...
 * }</pre>
 */
final class GoldenCorpus {

  /** Two thumbnails of a file; peer and difference are missing if there was none to compare. */
  private record Row(String file, String peer, String finding, OptionalDouble difference) {

    double orZero() {
      return difference.orElse(0);
    }
  }

  private static final int SIDE = 256;
  private static final int GRAY = 0x80;

  /** The smallest difference listed in the document. */
  private static final double SHOWN = 1;

  private final Worker ours;
  private final List<Worker> peers;
  private final Path folder;

  private GoldenCorpus(Worker ours, List<Worker> peers, Path folder) {
    this.ours = ours;
    this.peers = peers;
    this.folder = folder;
  }

  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args);
    Path scripts = Path.of(arguments.get("peers", "benchmarks/peers"));
    List<Worker> peers = Worker.startAll(arguments.get("engines", "sharp,pillow"), scripts);
    String keep = arguments.get("keep", "");
    Path folder =
        keep.isEmpty()
            ? Files.createTempDirectory("golden")
            : Files.createDirectories(Path.of(keep));
    List<Row> rows = new ArrayList<>();
    StringBuilder names = new StringBuilder(Machine.describe()).append('.');
    try (Worker ours = Worker.start(Worker.OURS, scripts)) {
      GoldenCorpus corpus = new GoldenCorpus(ours, peers, folder);
      for (Worker peer : peers) {
        names.append(' ').append(peer.version()).append(';');
      }
      for (Path file : files(arguments.rest())) {
        Row row = corpus.compare(file);
        System.err.println(row);
        rows.add(row);
      }
    } finally {
      peers.forEach(Worker::close);
    }
    names.setCharAt(names.length() - 1, '.');
    Document.publish("colors", names + "\n" + report(rows), arguments.all("update"));
  }

  private static List<Path> files(List<String> paths) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String path : paths) {
      try (Stream<Path> found = Files.walk(Path.of(path), 1)) {
        found.filter(Files::isRegularFile).sorted().forEach(files::add);
      }
    }
    return files;
  }

  private Row compare(Path file) throws IOException {
    String name = file.getFileName().toString();
    Path oursFile = folder.resolve(name + ".miniatura.png");
    if (!ours.save(SIDE, file, oursFile)) {
      return new Row(name, "–", "not rendered", OptionalDouble.empty());
    }
    for (Worker peer : peers) {
      Path theirsFile = folder.resolve(name + "." + peer.name() + ".png");
      if (peer.save(SIDE, file, theirsFile)) {
        BufferedImage mine = read(oursFile);
        BufferedImage theirs = read(theirsFile);
        if (mine.getWidth() != theirs.getWidth() || mine.getHeight() != theirs.getHeight()) {
          String sizes = "%d × %d, not %d × %d";
          return new Row(
              name,
              peer.name(),
              sizes.formatted(
                  mine.getWidth(), mine.getHeight(), theirs.getWidth(), theirs.getHeight()),
              OptionalDouble.empty());
        }
        return new Row(name, peer.name(), "", OptionalDouble.of(difference(mine, theirs)));
      }
    }
    return new Row(name, "–", "no peer reads it", OptionalDouble.empty());
  }

  /**
   * Reads a PNG as ARGB. Grays are used unconverted: ImageIO's color model would treat them as
   * linear.
   */
  static BufferedImage read(Path png) throws IOException {
    BufferedImage image = ImageIO.read(png.toFile());
    int bands = image.getRaster().getNumBands();
    if (bands > 2 || image.getColorModel() instanceof IndexColorModel) {
      return image;
    }
    int surplus = image.getSampleModel().getSampleSize(0) - 8;
    BufferedImage argb =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int gray = image.getRaster().getSample(x, y, 0) >> surplus;
        int alpha = bands == 1 ? 255 : image.getRaster().getSample(x, y, 1) >> surplus;
        argb.setRGB(x, y, alpha << 24 | gray * 0x10101);
      }
    }
    return argb;
  }

  /**
   * Returns the mean ΔE00 of two pictures of the same size, over gray where they are transparent.
   */
  static double difference(BufferedImage a, BufferedImage b) {
    double sum = 0;
    for (int y = 0; y < a.getHeight(); y++) {
      for (int x = 0; x < a.getWidth(); x++) {
        sum += ColorDifference.ciede2000(overGray(a.getRGB(x, y)), overGray(b.getRGB(x, y)));
      }
    }
    return sum / ((double) a.getWidth() * a.getHeight());
  }

  private static int[] overGray(int argb) {
    int alpha = argb >>> 24;
    int[] rgb = new int[3];
    for (int c = 0; c < 3; c++) {
      int sample = argb >> (16 - 8 * c) & 0xff;
      rgb[c] = (sample * alpha + GRAY * (255 - alpha) + 127) / 255;
    }
    return rgb;
  }

  private static String report(List<Row> rows) {
    MarkdownTable means = new MarkdownTable("peer", "files", "mean", "median");
    for (String peer : new TreeSet<>(rows.stream().map(Row::peer).toList())) {
      List<Double> all =
          rows.stream()
              .filter(row -> row.peer.equals(peer) && row.difference.isPresent())
              .map(Row::orZero)
              .sorted()
              .toList();
      if (!all.isEmpty()) {
        means.row(
            peer,
            Integer.toString(all.size()),
            "%.2f".formatted(Statistics.mean(all)),
            "%.2f".formatted(all.get(all.size() / 2)));
      }
    }
    MarkdownTable table = new MarkdownTable("file", "peer", "mean ΔE00");
    rows.stream()
        .filter(row -> row.difference.isEmpty() || row.orZero() >= SHOWN)
        .sorted(Comparator.comparingDouble(Row::orZero).reversed())
        .forEach(
            row ->
                table.row(
                    row.file,
                    row.peer,
                    row.difference.isPresent() ? "%.2f".formatted(row.orZero()) : row.finding));
    return """
        ΔE00 between thumbnails of 256 px and the peer's, laid over gray, of %d files:

        %s
        Files whose mean is %.0f or more, and those that could not be compared:

        %s"""
        .formatted(rows.size(), means, SHOWN, table);
  }
}
