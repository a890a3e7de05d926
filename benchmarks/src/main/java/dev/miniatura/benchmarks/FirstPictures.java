package dev.miniatura.benchmarks;

import dev.miniatura.ImageSource;
import dev.miniatura.OutputFormat;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Renders each picture once, in order, to a JPEG of the given size. To be measured with {@code
 * /usr/bin/time} and compared with {@code vipsthumbnail} on the same files.
 *
 * <pre>{@code
 * /usr/bin/time -f '%U + %S' java -cp benchmarks/target/benchmarks.jar \
 *     dev.miniatura.benchmarks.FirstPictures 1024 FILE...
 * VIPS_CONCURRENCY=1 /usr/bin/time -f '%U + %S' vipsthumbnail --size 1024 -o '%s.jpg[Q=80]' FILE...
 * }</pre>
 */
final class FirstPictures {

  private FirstPictures() {}

  public static void main(String[] args) throws IOException {
    int side = Integer.parseInt(args[0]);
    ThumbnailSpec spec = ThumbnailSpec.fit(side, side).format(OutputFormat.JPEG);
    Thumbnailer thumbnailer = Thumbnailer.create();
    long bytes = 0;
    for (int i = 1; i < args.length; i++) {
      bytes += thumbnailer.render(ImageSource.of(Path.of(args[i])), spec).bytes().length;
    }
    System.out.println(bytes + " bytes");
  }
}
