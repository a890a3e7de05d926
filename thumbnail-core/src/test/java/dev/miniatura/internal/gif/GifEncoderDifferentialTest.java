package dev.miniatura.internal.gif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Raster;
import java.awt.AlphaComposite;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;

/** The encoder's output, read and played by the JDK: with few colors, every pixel is preserved. */
class GifEncoderDifferentialTest {

  private static final GifOptions OPTIONS = new GifOptions(256, false, 0);

  /** A frame as shown by a player, and its display time in hundredths of a second. */
  private record Shown(BufferedImage image, int delay) {}

  @Test
  void encode_everySmallSize_comesBack() throws IOException {
    Random random = new Random(1);
    for (int width = 1; width <= 17; width++) {
      for (int height = 1; height <= 9; height += 2) {
        for (int colors : new int[] {1, 2, 3, 4, 5, 200}) {
          for (boolean alpha : new boolean[] {false, true}) {
            assertComesBack(List.of(picture(width, height, colors, alpha, random)));
          }
        }
      }
    }
  }

  @Test
  void encode_manyTables_comesBack() throws IOException {
    Random random = new Random(2);
    for (int colors : new int[] {2, 4, 7, 16, 60, 250}) {
      assertComesBack(List.of(picture(400, 300, colors, false, random)));
    }
  }

  @Test
  void encode_longRuns_comeBack() throws IOException {
    Raster raster = Raster.opaque(1000, 900, ColorKind.GRAY);
    for (int i = 0; i < 1000 * 900; i++) {
      raster.channel(0)[i] = (byte) (i < 500_000 ? 0 : i % 1000 / 9);
    }
    assertComesBack(List.of(raster));
  }

  @Test
  void encode_movingSpot_comesBack() throws IOException {
    List<Raster> frames = new ArrayList<>();
    for (int f = 0; f < 6; f++) {
      Raster raster = Raster.opaque(60, 40, ColorKind.RGB);
      for (int i = 0; i < 60 * 40; i++) {
        raster.channel(0)[i] = (byte) (i % 60);
      }
      raster.channel(1)[f * 181 + 5] = (byte) 255;
      frames.add(raster);
    }
    assertComesBack(frames);
  }

  @Test
  void encode_transparencyThatComesAndGoes_comesBack() throws IOException {
    Random random = new Random(3);
    List<Raster> frames = new ArrayList<>();
    for (int f = 0; f < 12; f++) {
      frames.add(picture(23, 19, 50, random.nextBoolean(), random));
    }
    assertComesBack(frames);
  }

  private static Raster picture(int width, int height, int colors, boolean alpha, Random random) {
    Raster raster = Raster.of(width, height, ColorKind.RGB, alpha);
    for (int i = 0; i < width * height; i++) {
      int color = random.nextInt(colors);
      raster.channel(0)[i] = (byte) (color * 37);
      raster.channel(1)[i] = (byte) (color + 40);
      raster.channel(2)[i] = (byte) (color * 11);
      if (alpha) {
        raster.channel(3)[i] = (byte) random.nextInt(256);
      }
    }
    return raster;
  }

  private static void assertComesBack(List<Raster> frames) throws IOException {
    GifEncoder encoder = new GifEncoder(OPTIONS);
    for (Raster frame : frames) {
      encoder.addFrame(frame, 75);
    }
    List<Shown> shown = play(encoder.finish(), frames.get(0).width(), frames.get(0).height());
    assertThat(shown).hasSameSizeAs(frames);
    for (int f = 0; f < frames.size(); f++) {
      assertSame(frames.get(f), shown.get(f).image);
    }
    if (frames.size() > 1) {
      int total = shown.stream().mapToInt(Shown::delay).sum();
      assertThat(total).isEqualTo((frames.size() * 75 + 5) / 10);
    }
  }

  private static void assertSame(Raster raster, BufferedImage image) {
    boolean gray = raster.color() == ColorKind.GRAY;
    for (int i = 0; i < raster.width() * raster.height(); i++) {
      int argb = image.getRGB(i % raster.width(), i / raster.width());
      if (raster.alpha() && (raster.channel(3)[i] & 0xff) < 128) {
        assertThat(argb >>> 24).isZero();
      } else {
        int expected = 255;
        for (int c = 0; c < 3; c++) {
          expected = expected << 8 | (raster.channel(gray ? 0 : c)[i] & 0xff);
        }
        assertThat(argb).isEqualTo(expected);
      }
    }
  }

  private static List<Shown> play(byte[] file, int width, int height) throws IOException {
    List<Shown> shown = new ArrayList<>();
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in);
      BufferedImage canvas = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
      for (int f = 0; f < reader.getNumImages(true); f++) {
        var root =
            (IIOMetadataNode) reader.getImageMetadata(f).getAsTree("javax_imageio_gif_image_1.0");
        var place = (IIOMetadataNode) root.getElementsByTagName("ImageDescriptor").item(0);
        var control =
            (IIOMetadataNode) root.getElementsByTagName("GraphicControlExtension").item(0);
        BufferedImage frame = reader.read(f);
        int x = Integer.parseInt(place.getAttribute("imageLeftPosition"));
        int y = Integer.parseInt(place.getAttribute("imageTopPosition"));
        Graphics2D graphics = canvas.createGraphics();
        graphics.drawImage(frame, x, y, null);
        BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        canvas.copyData(copy.getRaster());
        int delay = control == null ? 0 : Integer.parseInt(control.getAttribute("delayTime"));
        shown.add(new Shown(copy, delay));
        if (control != null
            && control.getAttribute("disposalMethod").equals("restoreToBackgroundColor")) {
          graphics.setComposite(AlphaComposite.Clear);
          graphics.fillRect(x, y, frame.getWidth(), frame.getHeight());
        }
        graphics.dispose();
      }
    } finally {
      reader.dispose();
    }
    return shown;
  }
}
