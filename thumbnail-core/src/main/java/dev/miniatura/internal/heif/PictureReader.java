package dev.miniatura.internal.heif;

import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.heif.Content.Layer;
import dev.miniatura.internal.heif.Content.Overlay;
import dev.miniatura.internal.heif.Content.Tiles;
import dev.miniatura.internal.io.Container;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the main picture of a file: its primary item, or the first sample of a sequence. Derived
 * items are followed to the coded ones (ISO/IEC 23008-12, clause 6.6.2). Thumbnails, gain maps,
 * depth maps and mattes are ignored.
 */
final class PictureReader {

  private static final int GRID = FourCc.of("grid");
  private static final int IDEN = FourCc.of("iden");
  private static final int IOVL = FourCc.of("iovl");
  private static final int DIMG = FourCc.of("dimg");
  private static final int AUXL = FourCc.of("auxl");
  private static final int PREM = FourCc.of("prem");
  private static final int CDSC = FourCc.of("cdsc");
  private static final int EXIF = FourCc.of("Exif");

  /**
   * The maximum depth of derived items of derived items; beyond it they form a cycle, or an attack.
   */
  private static final int MAX_DEPTH = 8;

  private static final int MAX_LAYERS = 256;

  private final HeifFile file;
  private int depth;

  private PictureReader(HeifFile file) {
    this.file = file;
  }

  /** Reads the description of the picture from the boxes. */
  static Picture read(HeifFile file) throws IOException {
    PictureReader reader = new PictureReader(file);
    Items items = file.items;
    if (!file.isSequence() && items != null && items.primary() != 0) {
      return reader.withAlpha(reader.item(items.primary()));
    }
    if (file.tracks.isEmpty()) {
      throw Container.HEIF.malformed(-1, "no primary item");
    }
    return reader.ofSequence();
  }

  /** Returns the item with the EXIF data of the primary item; null if there is none. */
  static @Nullable Item exif(HeifFile file) {
    Items items = file.items;
    if (items != null) {
      for (Item each : items.referring(CDSC, items.primary())) {
        if (each.type == EXIF) {
          return each;
        }
      }
    }
    return null;
  }

  private Items items() throws MalformedImageException {
    Items items = file.items;
    if (items == null) {
      throw Container.HEIF.malformed(-1, "no meta box");
    }
    return items;
  }

  private Item item(int id) throws MalformedImageException {
    Item item = items().item(id);
    if (item == null || item.type == 0) {
      throw Container.HEIF.malformed(
          -1, "item " + Integer.toUnsignedString(id) + " does not exist");
    }
    return item;
  }

  /** Returns the picture of an item that is shown on its own. */
  private Picture withAlpha(Item item) throws IOException {
    Picture picture = of(item);
    Item alpha = alphaItem(item.id);
    if (alpha != null) {
      boolean premultiplied = false;
      for (int each : items().references(PREM, item.id)) {
        premultiplied |= each == alpha.id;
      }
      return picture.with(of(alpha).content(), premultiplied);
    }
    return picture.content() instanceof Tiles tiles && tiles.items().size() > 1
        ? picture.with(alphaOfTiles(tiles), false)
        : picture;
  }

  private @Nullable Item alphaItem(int id) throws IOException {
    for (Item each : items().referring(AUXL, id)) {
      if (Properties.of(each, file.bytes).isAlpha()) {
        return each;
      }
    }
    return null;
  }

  /**
   * Returns the alpha of tiles: each tile of a grid may have its own alpha item, which together
   * form a grid.
   */
  private @Nullable Content alphaOfTiles(Tiles grid) throws IOException {
    if (alphaItem(grid.items().get(0).id) == null) {
      return null;
    }
    List<Item> tiles = new ArrayList<>();
    for (Item tile : grid.items()) {
      Item alpha = alphaItem(tile.id);
      if (alpha == null) {
        return null;
      }
      tiles.add(alpha);
    }
    return tiles(grid.width(), grid.height(), grid.columns(), tiles);
  }

  private Picture of(Item item) throws IOException {
    if (++depth > MAX_DEPTH) {
      throw Container.HEIF.malformed(-1, "derived items go in circles");
    }
    Properties properties = Properties.of(item, file.bytes);
    properties.requireKnown();
    Picture picture;
    if (item.type == GRID) {
      picture = grid(item, properties);
    } else if (item.type == IOVL) {
      picture = overlay(item, properties);
    } else if (item.type == IDEN) {
      int[] inputs = items().references(DIMG, item.id);
      if (inputs.length != 1) {
        throw Container.HEIF.malformed(-1, "iden of " + inputs.length + " items");
      }
      Picture input = of(item(inputs[0]));
      picture = input.with(properties.place(input.placement()), properties.colors());
    } else {
      picture = coded(item, properties, 0, 0);
    }
    depth--;
    return picture;
  }

  private Picture ofSequence() throws IOException {
    Track track = file.pictures();
    if (track == null) {
      throw Container.HEIF.malformed(-1, "no track of pictures");
    }
    Picture picture = ofSample(track);
    Track alpha = file.alphaOf(track);
    return alpha == null
        ? picture
        : picture.with(ofSample(alpha).content(), track.premultipliedBy().contains(alpha.id()));
  }

  private Picture ofSample(Track track) throws IOException {
    Properties properties = Properties.of(track.first(), file.bytes);
    Picture picture = coded(track.first(), properties, track.width(), track.height());
    return picture.with(picture.placement().rotated(track.quarters()), picture.colors());
  }

  private Picture coded(Item item, Properties properties, int width, int height)
      throws IOException {
    Properties.Size size = properties.size();
    int codedWidth = size == null ? width : size.width();
    int codedHeight = size == null ? height : size.height();
    boolean alpha = properties.isAlpha(); // which may have no size, and belongs to the colors
    if (codedWidth == 0 && !alpha) {
      throw Container.HEIF.malformed(-1, "no ispe property: the size is not known");
    }
    Tiles tile =
        new Tiles(
            item.type,
            properties.format(),
            codedWidth,
            codedHeight,
            1,
            codedWidth,
            codedHeight,
            List.of(item));
    Placement whole = Placement.whole(codedWidth, codedHeight);
    return new Picture(
        tile, alpha ? whole : properties.place(whole), properties.colors(), null, false);
  }

  private Picture grid(Item item, Properties properties) throws IOException {
    BoxReader in = ItemData.reader(file, item);
    in.u8(); // version
    boolean wide = (in.u8() & 1) != 0;
    int rows = in.u8() + 1;
    int columns = in.u8() + 1;
    int width = side(wide ? in.u32() : in.u16());
    int height = side(wide ? in.u32() : in.u16());
    int[] ids = items().references(DIMG, item.id);
    if (ids.length != rows * columns) {
      throw Container.HEIF.malformed(
          -1, "grid of " + rows + " x " + columns + " with " + ids.length + " tiles");
    }
    List<Item> items = new ArrayList<>(ids.length);
    for (int id : ids) {
      items.add(item(id));
    }
    Tiles tiles = tiles(width, height, columns, items);
    Colors ofTiles = Properties.of(items.get(0), file.bytes).colors();
    Placement placement = properties.place(Placement.whole(width, height));
    return new Picture(tiles, placement, properties.colors().or(ofTiles), null, false);
  }

  private Tiles tiles(int width, int height, int columns, List<Item> items) throws IOException {
    Item first = items.get(0);
    for (Item tile : items) {
      if (tile.type != first.type) {
        throw new UnsupportedImageException("HEIF: grid of several kinds of items");
      }
    }
    if (first.type == GRID || first.type == IDEN || first.type == IOVL) {
      throw new UnsupportedImageException("HEIF: grid of derived items");
    }
    Properties properties = Properties.of(first, file.bytes);
    Properties.Size size = properties.size();
    if (size == null) {
      throw Container.HEIF.malformed(-1, "tile without ispe property");
    }
    long rows = items.size() / columns;
    if ((long) size.width() * columns < width || size.height() * rows < height) {
      throw Container.HEIF.malformed(
          -1,
          "%d x %d tiles of %d x %d do not fill %d x %d"
              .formatted(columns, rows, size.width(), size.height(), width, height));
    }
    return new Tiles(
        first.type,
        properties.format(),
        width,
        height,
        columns,
        size.width(),
        size.height(),
        List.copyOf(items));
  }

  private Picture overlay(Item item, Properties properties) throws IOException {
    int[] ids = items().references(DIMG, item.id);
    if (ids.length == 0) {
      throw Container.HEIF.malformed(-1, "iovl without items");
    }
    if (ids.length > MAX_LAYERS) {
      throw new LimitExceededException(Limits.Kind.FRAMES, MAX_LAYERS, ids.length);
    }
    BoxReader in = ItemData.reader(file, item);
    in.u8(); // version
    boolean wide = (in.u8() & 1) != 0;
    long background = in.u32() << 32 | in.u32();
    int width = side(wide ? in.u32() : in.u16());
    int height = side(wide ? in.u32() : in.u16());
    List<Layer> layers = new ArrayList<>();
    for (int id : ids) {
      Item layer = item(id);
      long left = wide ? in.i32() : (short) in.u16();
      long top = wide ? in.i32() : (short) in.u16();
      if (layer.type == IOVL || layer.type == IDEN) {
        throw new UnsupportedImageException("HEIF: overlay of " + FourCc.name(layer.type));
      }
      layers.add(new Layer(withAlpha(layer), left, top));
    }
    Overlay content = new Overlay(width, height, background, List.copyOf(layers));
    Placement placement = properties.place(Placement.whole(width, height));
    Colors ofLayers = layers.get(0).picture().colors();
    return new Picture(content, placement, properties.colors().or(ofLayers), null, false);
  }

  private static int side(long length) throws IOException {
    if (length > Integer.MAX_VALUE) {
      throw new LimitExceededException(Limits.Kind.DIMENSION, Integer.MAX_VALUE, length);
    }
    if (length == 0) {
      throw Container.HEIF.malformed(-1, "derived picture without size");
    }
    return (int) length;
  }
}
