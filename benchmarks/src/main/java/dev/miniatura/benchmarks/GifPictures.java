package dev.miniatura.benchmarks;

import dev.miniatura.testing.GifMaker;
import dev.miniatura.testing.GifMaker.Disposal;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * Writes GIFs as they are found: stills and animations of 480 to 2,000 pixels, photographs with 64
 * to 256 colors and drawings, with and without transparency, with frames that cover all of the
 * screen or parts of it. Every run writes the same pictures, except for the shapes of letters.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.miniatura.benchmarks.GifPictures FOLDER [SAMPLES]
 * }</pre>
 */
final class GifPictures {

  private static final int COLORS = 24; // of a drawing
  private static final Color NOTHING = new Color(0, true);

  private final Path folder;
  private final Path samples;

  private GifPictures(Path folder, Path samples) {
    this.folder = folder;
    this.samples = samples;
  }

  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    new GifPictures(folder, Path.of(args.length > 1 ? args[1] : "samples")).write();
  }

  private void write() throws IOException {
    write("photo-1600", GifMaker.of(photo("landscape.jpg", 1600, 1067)));
    write(
        "photo-800-interlaced",
        GifMaker.canvas(800, 533)
            .interlaced()
            .maxColors(64)
            .frame(photo("still-life.jpg", 800, 533)));
    write("drawing-2000", GifMaker.of(drawing(2000, 1400, Color.WHITE)));
    write("drawing-500-transparent", GifMaker.of(drawing(500, 500, NOTHING)));
    write("pan-480", pan());
    write("sprites-800", sprites());
    write("typing-1000", typing());
    write("sticker-500", sticker());
  }

  private void write(String name, GifMaker gif) throws IOException {
    Files.write(folder.resolve(name + ".gif"), gif.bytes());
  }

  private BufferedImage photo(String sample, int width, int height) throws IOException {
    BufferedImage read = ImageIO.read(samples.resolve(sample).toFile());
    BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = scaled.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(read, 0, 0, width, height, null);
    graphics.dispose();
    return scaled;
  }

  /** Returns boxes, ellipses and words in a few colors, without antialiasing. */
  private static BufferedImage drawing(int width, int height, Color background) {
    Random random = new Random(width);
    Color[] colors = new Color[COLORS];
    for (int i = 0; i < COLORS; i++) {
      colors[i] = new Color(random.nextInt(1 << 24));
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setBackground(background);
    graphics.clearRect(0, 0, width, height);
    for (int i = 0; i < 100; i++) {
      int x = random.nextInt(width);
      int y = random.nextInt(height);
      int w = random.nextInt(width / 5);
      int h = random.nextInt(height / 8);
      graphics.setColor(colors[random.nextInt(COLORS)]);
      switch (i % 3) {
        case 0 -> graphics.fillRect(x, y, w, h);
        case 1 -> graphics.fillOval(x, y, w, h);
        default -> graphics.drawString("Hello pictures " + i, x, y);
      }
    }
    graphics.dispose();
    return image;
  }

  /** A camera that moves: every pixel of every frame changes. */
  private GifMaker pan() throws IOException {
    BufferedImage photo = photo("landscape.jpg", 900, 600);
    GifMaker gif = GifMaker.canvas(480, 320).loops(0).maxColors(128);
    for (int i = 0; i < 20; i++) {
      gif.frame(photo.getSubimage(8 * i, 4 * i, 480, 320));
    }
    return gif;
  }

  /** Round sprites that move over a photograph, which reappears behind them. */
  private GifMaker sprites() throws IOException {
    GifMaker gif = GifMaker.canvas(800, 533).loops(0).frame(photo("still-life.jpg", 800, 533));
    for (int i = 0; i < 24; i++) {
      BufferedImage sprite = new BufferedImage(90, 90, BufferedImage.TYPE_INT_ARGB);
      Graphics2D graphics = sprite.createGraphics();
      graphics.setColor(Color.getHSBColor(i / 24f, 1, 1));
      graphics.fillOval(0, 0, 90, 90);
      graphics.dispose();
      gif.frame(sprite, 25 * i, 100 + 10 * i, 6, Disposal.RESTORE);
    }
    return gif;
  }

  /** A screen on which a line of text after the other appears. */
  private static GifMaker typing() {
    GifMaker gif = GifMaker.canvas(1000, 700).loops(0).frame(drawing(1000, 700, Color.WHITE));
    for (int i = 0; i < 30; i++) {
      BufferedImage line = new BufferedImage(400, 20, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = line.createGraphics();
      graphics.drawString("$ a line of output, number " + i, 4, 14);
      graphics.dispose();
      gif.frame(line, 300, 40 + 20 * i, 20, Disposal.KEEP);
    }
    return gif;
  }

  /** A drawing that wanders over nothing, cleared after every frame. */
  private static GifMaker sticker() {
    BufferedImage drawing = drawing(300, 300, NOTHING);
    GifMaker gif = GifMaker.canvas(500, 500).loops(0);
    for (int i = 0; i < 16; i++) {
      gif.frame(drawing, 12 * i, 200 - 12 * i, 8, Disposal.CLEAR);
    }
    return gif;
  }
}
