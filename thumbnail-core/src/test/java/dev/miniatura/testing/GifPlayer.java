package dev.miniatura.testing;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.w3c.dom.NodeList;

/**
 * Plays a GIF that keeps frames or clears their areas, with the JDK's reader.
 *
 * @param frames the pictures as shown
 * @param delays in hundredths of a second
 * @param repeats the repetition counters; none if it plays once
 */
public record GifPlayer(List<BufferedImage> frames, List<Integer> delays, List<Integer> repeats) {

  private static final String TREE = "javax_imageio_gif_image_1.0";

  /** Plays a file once. */
  public static GifPlayer play(byte[] file) throws IOException {
    GifPlayer played = new GifPlayer(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in);
      BufferedImage canvas = null;
      for (int i = 0; i < reader.getNumImages(true); i++) {
        BufferedImage frame = reader.read(i);
        canvas =
            canvas == null
                ? new BufferedImage(
                    frame.getWidth(), frame.getHeight(), BufferedImage.TYPE_INT_ARGB)
                : canvas;
        played.show(canvas, frame, (IIOMetadataNode) reader.getImageMetadata(i).getAsTree(TREE));
      }
      return played;
    } finally {
      reader.dispose();
    }
  }

  private void show(BufferedImage canvas, BufferedImage frame, IIOMetadataNode tree) {
    var place = (IIOMetadataNode) tree.getElementsByTagName("ImageDescriptor").item(0);
    int left = Integer.parseInt(place.getAttribute("imageLeftPosition"));
    int top = Integer.parseInt(place.getAttribute("imageTopPosition"));
    canvas.createGraphics().drawImage(frame, left, top, null);
    BufferedImage copy =
        new BufferedImage(canvas.getWidth(), canvas.getHeight(), BufferedImage.TYPE_INT_ARGB);
    copy.createGraphics().drawImage(canvas, 0, 0, null);
    frames.add(copy);
    NodeList control = tree.getElementsByTagName("GraphicControlExtension");
    if (control.getLength() > 0) {
      var values = (IIOMetadataNode) control.item(0);
      delays.add(Integer.parseInt(values.getAttribute("delayTime")));
      if (values.getAttribute("disposalMethod").equals("restoreToBackgroundColor")) {
        int[] blank = new int[frame.getWidth() * frame.getHeight()];
        canvas.setRGB(left, top, frame.getWidth(), frame.getHeight(), blank, 0, frame.getWidth());
      }
    }
    NodeList applications = tree.getElementsByTagName("ApplicationExtension");
    for (int a = 0; a < applications.getLength(); a++) {
      byte[] data = (byte[]) ((IIOMetadataNode) applications.item(a)).getUserObject();
      repeats.add((data[1] & 0xff) | (data[2] & 0xff) << 8);
    }
  }

  /** Returns the colors of a frame's corners, and of its middle. */
  public List<Integer> colors(int frame) {
    BufferedImage image = frames.get(frame);
    int far = image.getWidth() - 1;
    return List.of(
        image.getRGB(0, 0),
        image.getRGB(far, 0),
        image.getRGB(0, far),
        image.getRGB(far, far),
        image.getRGB(far / 2, far / 2));
  }
}
