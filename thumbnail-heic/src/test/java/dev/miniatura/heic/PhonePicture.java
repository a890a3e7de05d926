package dev.miniatura.heic;

import dev.miniatura.ImageSource;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.testing.HeifMaker;
import dev.miniatura.testing.IccProfiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes {@code phone.heic} of the {@code samples} folder: {@code PhonePicture SAMPLES}. Like a
 * portrait taken with a phone, it is a grid of tiles, stored lying on its side, with a Display P3
 * profile on the tiles only. Its samples are not compressed.
 */
final class PhonePicture {

  private static final int WIDTH = 480; // as stored
  private static final int HEIGHT = 360;
  private static final int COLUMNS = 2;
  private static final int ROWS = 2;
  private static final int CLOCKWISE = 3; // quarters counterclockwise

  private PhonePicture() {}

  public static void main(String[] arguments) throws IOException {
    Path samples = Path.of(arguments[0]);
    Path folder = Files.createDirectories(samples.resolve("heic"));
    Files.write(folder.resolve("phone.heic"), file(samples));
  }

  /** Returns the file, whose picture is that of another sample. */
  static byte[] file(Path samples) throws IOException {
    BufferedImage upright =
        Thumbnailer.create()
            .renderImage(
                ImageSource.of(samples.resolve("portrait-orientation-6.jpg")),
                ThumbnailSpec.parse("fit:" + HEIGHT + "x" + WIDTH));
    HeifMaker maker = HeifMaker.of("heic", "mif1", "miaf");
    int grid =
        maker.item(
            "grid",
            HeifMaker.grid(ROWS, COLUMNS, WIDTH, HEIGHT),
            HeifMaker.ispe(WIDTH, HEIGHT),
            HeifMaker.irot(CLOCKWISE));
    int width = WIDTH / COLUMNS;
    int height = HEIGHT / ROWS;
    int[] tiles = new int[ROWS * COLUMNS];
    for (int i = 0; i < tiles.length; i++) {
      int left = i % COLUMNS * width;
      int top = i / COLUMNS * height;
      PcmPicture tile =
          new PcmPicture(
              width, height, 1, 8, true, (c, x, y) -> sample(upright, c, left, top, x, y));
      tiles[i] =
          maker.item(
              "hvc1",
              tile.item(),
              HeifMaker.hvcC(1, 8, tile.parameterSets()),
              HeifMaker.ispe(width, height),
              HeifMaker.icc(IccProfiles.displayP3()));
    }
    return maker.reference("dimg", grid, tiles).bytes();
  }

  /** Returns a sample of the picture on its side, of a tile; those of chroma are means of four. */
  private static int sample(BufferedImage upright, int c, int left, int top, int x, int y) {
    if (c == 0) {
      return (int) Math.round(component(upright, 0, left + x, top + y));
    }
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      sum += component(upright, c, left + 2 * x + (i & 1), top + 2 * y + (i >> 1));
    }
    return (int) Math.min(255, Math.round(128 + sum / 4));
  }

  /** Returns luma, or a difference from −128 to 128, by the equations of BT.601. */
  private static double component(BufferedImage upright, int c, int x, int y) {
    int rgb = upright.getRGB(HEIGHT - 1 - y, x);
    int red = rgb >> 16 & 0xff;
    int green = rgb >> 8 & 0xff;
    int blue = rgb & 0xff;
    double luma = 0.299 * red + 0.587 * green + 0.114 * blue;
    return c == 0 ? luma : c == 1 ? (blue - luma) / 1.772 : (red - luma) / 1.402;
  }
}
