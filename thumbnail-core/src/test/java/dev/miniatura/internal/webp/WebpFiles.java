package dev.miniatura.internal.webp;

import dev.miniatura.internal.io.SourceBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Writes files by our encoder, and beside each what it decodes to, for {@code scripts/check-webp}
 * to compare with libwebp. Sizes are 1 to 70 pixels a side, qualities 0 to 100, efforts 0 to 6.
 */
public final class WebpFiles {

  private WebpFiles() {}

  /** Takes a folder, how many files to write, and the number of the first. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    int first = Integer.parseInt(args[2]);
    for (int i = first; i < first + Integer.parseInt(args[1]); i++) {
      Random random = new Random(i);
      int width = 1 + random.nextInt(70);
      int height = 1 + random.nextInt(70);
      LossyWebpOptions options = new LossyWebpOptions(random.nextInt(101), random.nextInt(7), null);
      byte[] file = LossyWebpEncoder.encode(EncodedPictures.random(width, height, i), options);
      Chunk frame = WebpContents.read(SourceBytes.of(file)).lossy();
      byte[] vp8 = new byte[frame.size()];
      System.arraycopy(file, frame.start(), vp8, 0, vp8.length);
      Files.write(folder.resolve(i + ".webp"), file);
      Files.write(folder.resolve(i + ".yuv"), Planes.decode(vp8).samples());
    }
  }
}
