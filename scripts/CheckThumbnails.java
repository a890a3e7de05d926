import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Checks a folder of thumbnails against the folder they were made of: one per image, each decodes,
 * and the longer side is what was asked for, as far as the JDK can tell. Usage: {@code java
 * scripts/CheckThumbnails.java SOURCES THUMBNAILS SPEC SIDE}.
 */
class CheckThumbnails {

  public static void main(String[] args) throws IOException {
    Path sources = Path.of(args[0]);
    Path thumbnails = Path.of(args[1]);
    int side = Integer.parseInt(args[3]);
    List<Path> images;
    try (Stream<Path> files = Files.walk(sources)) {
      images =
          files
              .filter(file -> Files.isRegularFile(file) && !file.toString().endsWith(".md"))
              .map(sources::relativize)
              .sorted()
              .toList();
    }
    for (Path name : images) {
      String prefix = name.getFileName() + "." + args[2] + ".";
      File folder = thumbnails.resolve(name).getParent().toFile();
      File[] made = folder.listFiles((parent, file) -> file.startsWith(prefix));
      if (made == null || made.length != 1) {
        throw new IllegalStateException("no thumbnail of " + name);
      }
      BufferedImage image = ImageIO.read(made[0]);
      int longer = Math.max(image.getWidth(), image.getHeight());
      OptionalInt source = longerSide(sources.resolve(name));
      if (source.isPresent() ? longer != Math.min(side, source.getAsInt()) : longer > side) {
        throw new IllegalStateException(made[0] + " has a longer side of " + longer);
      }
    }
    if (images.size() < 10) {
      throw new IllegalStateException("only " + images.size() + " images in " + sources);
    }
    System.out.println(images.size() + " thumbnails of " + sources + " are right");
  }

  /** Returns a source's longer side where the JDK can tell; small pictures are not enlarged. */
  private static OptionalInt longerSide(Path source) throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(source.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        return OptionalInt.empty();
      }
      ImageReader reader = readers.next();
      reader.setInput(in);
      return OptionalInt.of(Math.max(reader.getWidth(0), reader.getHeight(0)));
    }
  }
}
