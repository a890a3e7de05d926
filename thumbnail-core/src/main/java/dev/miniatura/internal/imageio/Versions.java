package dev.miniatura.internal.imageio;

import dev.miniatura.internal.io.Container;
import java.awt.image.ColorModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import org.jspecify.annotations.Nullable;

/**
 * The pictures in a file that a plugin reads. Icons hold one picture in several sizes; in other
 * formats the first picture is used.
 *
 * @param list the interchangeable pictures, the best of the largest first
 * @param complete whether the file has no others, of a kind unknown to the plugin
 */
record Versions(List<Version> list, boolean complete) {

  /** The maximum number of pictures considered; icons hold about ten. */
  private static final int MAX_COUNT = 64;

  /**
   * One of the pictures.
   *
   * @param model how its pixels are stored, if the plugin knows
   */
  record Version(int index, int width, int height, @Nullable ColorModel model) {

    long area() {
      return (long) width * height;
    }

    int bits() {
      return model == null ? 32 : model.getPixelSize();
    }
  }

  /** Reads the list of a file's pictures from a plugin. */
  static Versions read(Container container, ImageReader reader) throws IOException {
    boolean icons =
        container == Container.ICO || container == Container.CUR || container == Container.ICNS;
    int count = icons ? Math.min(MAX_COUNT, reader.getNumImages(true)) : 1;
    List<Version> versions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      try {
        versions.add(
            new Version(i, reader.getWidth(i), reader.getHeight(i), colorModel(reader, i)));
      } catch (IOException | RuntimeException e) {
        if (i == count - 1 && versions.isEmpty()) {
          throw e; // otherwise another one will do
        }
      }
    }
    versions.sort(Comparator.comparing(Version::area).thenComparing(Version::bits).reversed());
    return new Versions(List.copyOf(versions), versions.size() == count);
  }

  /** Returns the largest. */
  Version best() {
    return list.get(0);
  }

  private static @Nullable ColorModel colorModel(ImageReader reader, int index) throws IOException {
    Iterator<ImageTypeSpecifier> types = reader.getImageTypes(index);
    return types.hasNext() ? types.next().getColorModel() : null;
  }

  /**
   * Returns the pictures in the order in which they are tried for a target: the smallest sufficient
   * one, then larger ones, then smaller ones, the largest first.
   */
  List<Version> forTarget(double width, double height) {
    List<Version> order = new ArrayList<>();
    for (Version version : list) {
      boolean enough = version.width >= width && version.height >= height;
      boolean sameSize = !order.isEmpty() && order.get(0).area() == version.area();
      if (enough && !sameSize) {
        order.add(0, version);
      } else {
        order.add(enough ? Math.min(1, order.size()) : order.size(), version);
      }
    }
    return order;
  }
}
