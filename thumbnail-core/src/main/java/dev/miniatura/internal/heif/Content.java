package dev.miniatura.internal.heif;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The content of a picture, before it is cropped and rotated. */
sealed interface Content {

  int width();

  int height();

  /** Returns the four-character code of the coded items. */
  int codec();

  /** Returns the format of the first coded item; null if its codec is unknown. */
  @Nullable CodedFormat format();

  /**
   * Coded items of equal size side by side ({@code grid}), row by row, where the last ones may be
   * cut off; or just one.
   */
  record Tiles(
      int codec,
      @Nullable CodedFormat format,
      int width,
      int height,
      int columns,
      int tileWidth,
      int tileHeight,
      List<Item> items)
      implements Content {

    int rows() {
      return items.size() / columns;
    }

    /** Returns the same layout with other items. */
    Tiles of(List<Item> others) {
      return new Tiles(codec, format, width, height, columns, tileWidth, tileHeight, others);
    }
  }

  /**
   * Pictures stacked on a canvas ({@code iovl}).
   *
   * @param background red, green, blue and alpha, 16 bits each
   * @param layers from the lowest to the highest; at least one
   */
  record Overlay(int width, int height, long background, List<Layer> layers) implements Content {

    @Override
    public int codec() {
      return layers.get(0).picture().content().codec();
    }

    @Override
    public @Nullable CodedFormat format() {
      return layers.get(0).picture().content().format();
    }
  }

  /** A picture of an overlay, and the position of its top left corner on the canvas. */
  record Layer(Picture picture, long left, long top) {}
}
