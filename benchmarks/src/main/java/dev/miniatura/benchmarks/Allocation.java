package dev.miniatura.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.miniatura.ImageInfo;
import dev.miniatura.ImageSource;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How many bytes does one thumbnail allocate, from bytes in memory to bytes in memory?
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.miniatura.benchmarks.Allocation PATH...
 * }</pre>
 */
final class Allocation {

  private static final int CALLS = 20;

  private Allocation() {}

  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Thumbnailer thumbnailer = Thumbnailer.create();
    MarkdownTable table =
        new MarkdownTable("picture", "kind", "MP", "128 px, kB", "256 px, kB", "1024 px, kB");
    for (Path photo : Photos.find(arguments.rest())) {
      ImageSource source = ImageSource.of(Photos.read(photo));
      ImageInfo info = thumbnailer.probe(source);
      List<String> row =
          new ArrayList<>(
              List.of(
                  photo.getFileName().toString(),
                  Photos.kind(photo).toString(),
                  "%.1f".formatted(info.pixels() / 1e6)));
      for (int side : new int[] {128, 256, 1024}) {
        double[] allocated = new double[CALLS];
        for (int call = 0; call < CALLS; call++) {
          long before = threads.getCurrentThreadAllocatedBytes();
          thumbnailer.render(source, ThumbnailSpec.fit(side, side));
          allocated[call] = threads.getCurrentThreadAllocatedBytes() - before;
        }
        row.add("%.0f".formatted(Statistics.median(allocated) / 1e3));
      }
      table.row(row);
    }
    Document.publish(
        "allocation",
        "%s. Median of %d calls.\n\n%s".formatted(Machine.describe(), CALLS, table),
        arguments.all("update"));
  }
}
