package dev.miniatura.benchmarks;

import dev.miniatura.ImageInfo;
import dev.miniatura.ImageSource;
import dev.miniatura.Thumbnailer;
import dev.miniatura.testing.Pictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Compares the thumbnails of this library and its peers, written as PNG so that encoders do not
 * matter, with the {@link Reference}.
 *
 * <pre>{@code
 * benchmarks/peers/run.sh quality [--engines A,B] PATH...
 * }</pre>
 */
final class PeerQuality {

  /** The similarity of one thumbnail to the reference. */
  private record Score(double psnr, double ssim) {}

  private static final int[] SIDES = {128, 256, 400, 640, 1024, 1600};
  private static final String ENGINES =
      "miniatura,sharp,pillow,vipsthumbnail,thumbnailator,imgscalr";
  private static final String RIVAL = "sharp";

  private final List<Worker> workers;
  private final List<Path> photos;
  private final Map<List<Object>, Score> scores = new LinkedHashMap<>();

  private PeerQuality(List<Worker> workers, List<Path> photos) {
    this.workers = workers;
    this.photos = photos;
  }

  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args);
    List<Worker> workers =
        Worker.startAll(
            arguments.get("engines", ENGINES), Path.of(arguments.get("peers", "benchmarks/peers")));
    try {
      PeerQuality comparison = new PeerQuality(workers, Photos.find(arguments.rest()));
      comparison.measure();
      String summary =
          """
          %s.
          PSNR over red, green and blue in dB and SSIM of luma, means over %d pictures, against a \
          full decode and Lanczos3 in double precision; in brackets, the worst PSNR of a picture \
          relative to sharp.

          """
                  .formatted(Machine.describe(), comparison.photos.size())
              + comparison.summary();
      String details = comparison.details();
      Document.publish("quality", summary, arguments.all("summary"));
      Document.publish("quality-by-picture", details, arguments.all("details"));
    } finally {
      workers.forEach(Worker::close);
    }
  }

  private void measure() throws IOException {
    Thumbnailer thumbnailer = Thumbnailer.create();
    Path file = Files.createTempFile("thumbnail", ".png");
    for (Path photo : photos) {
      ImageInfo info = thumbnailer.probe(ImageSource.of(photo));
      Reference stored = Reference.read(photo);
      Reference upright = stored.turned(info.orientation());
      for (int side : SIDES) {
        Map<List<Integer>, BufferedImage> references = new LinkedHashMap<>();
        for (Worker worker : workers) {
          if (worker.save(side, photo, file)) {
            BufferedImage image = ImageIO.read(file.toFile());
            Reference reference = upright.isShapedLike(image) ? upright : stored;
            BufferedImage expected =
                references.computeIfAbsent(
                    List.of(image.getWidth(), image.getHeight()),
                    size -> reference.resampled(size.get(0), size.get(1)));
            scores.put(
                List.of(photo, side, worker.name()),
                new Score(Pictures.psnr(expected, image), Pictures.ssim(expected, image)));
          }
        }
        if (references.size() > 1) {
          System.err.printf("%s at %d: sizes %s%n", photo, side, references.keySet());
        }
      }
    }
    Files.delete(file);
  }

  private String summary() {
    MarkdownTable table = new MarkdownTable(header(""));
    for (Worker worker : workers) {
      List<String> row = new ArrayList<>(List.of(worker.name()));
      for (int side : SIDES) {
        List<Score> all = of(side, worker.name()).toList();
        double worst =
            photos.stream()
                .mapToDouble(photo -> lead(photo, side, worker.name()))
                .min()
                .orElse(Double.NaN);
        row.add(
            "%.2f / %.4f (%+.1f)"
                .formatted(
                    Statistics.mean(all.stream().map(Score::psnr).toList()),
                    Statistics.mean(all.stream().map(Score::ssim).toList()),
                    worst));
      }
      table.row(row);
    }
    return table.toString();
  }

  private String details() {
    MarkdownTable table = new MarkdownTable(header("picture, Miniatura − sharp"));
    for (Path photo : photos) {
      List<String> row = new ArrayList<>(List.of(photo.getFileName().toString()));
      for (int side : SIDES) {
        Score ours = scores.get(List.of(photo, side, Worker.OURS));
        Score theirs = scores.get(List.of(photo, side, RIVAL));
        row.add(
            ours == null || theirs == null
                ? "–"
                : "%.2f − %.2f / %.4f − %.4f"
                    .formatted(ours.psnr, theirs.psnr, ours.ssim, theirs.ssim));
      }
      table.row(row);
    }
    return table.toString();
  }

  private static List<String> header(String first) {
    List<String> header = new ArrayList<>(List.of(first));
    for (int side : SIDES) {
      header.add(side + " px");
    }
    return header;
  }

  private Stream<Score> of(int side, String engine) {
    return photos.stream()
        .map(photo -> scores.get(List.of(photo, side, engine)))
        .filter(Objects::nonNull);
  }

  private double lead(Path photo, int side, String engine) {
    Score score = scores.get(List.of(photo, side, engine));
    Score rival = scores.get(List.of(photo, side, RIVAL));
    return score == null || rival == null ? Double.NaN : score.psnr - rival.psnr;
  }
}
