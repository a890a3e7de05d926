import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Reads every frame of the images in a folder with the JDK's own readers. */
class OpenOutputs {

  public static void main(String[] args) throws IOException {
    File[] files =
        new File(args[0])
            .listFiles(
                (folder, name) ->
                    name.matches(".*\\.(jpg|png|gif)") && !name.equals("chromium.png"));
    Arrays.sort(files);
    for (File file : files) {
      try (ImageInputStream in = ImageIO.createImageInputStream(file)) {
        ImageReader reader = ImageIO.getImageReaders(in).next();
        reader.setInput(in);
        int frames = reader.getNumImages(true);
        for (int frame = 0; frame < frames; frame++) {
          BufferedImage image = reader.read(frame);
          if (frame == 0) {
            System.out.printf(
                "ImageIO  %-45s %d x %d, %d frame(s)%n",
                file.getName(), image.getWidth(), image.getHeight(), frames);
          }
        }
      }
    }
  }
}
