package dev.miniatura.internal.gif;

import dev.miniatura.internal.gif.FrameDifference.Area;
import dev.miniatura.internal.quantize.ColorQuantizer;
import dev.miniatura.internal.quantize.FixedPalette;
import dev.miniatura.internal.quantize.IndexedImage;
import dev.miniatura.internal.raster.Raster;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The picture that players show after the frames drawn so far. A pixel that does not change from
 * one frame to the next is not drawn again or, if an area had to be cleared, keeps its color:
 * another palette or dither would make it flicker.
 *
 * <p>The first frame's palette is reused for frames that it suits about as well; each of the others
 * gets its own.
 */
final class GifCanvas {

  /**
   * The maximum squared error, as a multiple of the first frame's, of a frame that shares its
   * palette.
   */
  private static final double ALIKE = 2;

  /** What happens to a pixel: nothing, its color again, or a new one. */
  private enum Action {
    LEAVE,
    AGAIN,
    NEW
  }

  private final GifOptions options;
  private @Nullable Raster source; // the previous frame
  private @Nullable Area cleared; // the area of it that is cleared before the next one
  private int[] shown = {}; // the color with which each pixel was last drawn
  private @Nullable FixedPalette global;
  private double globalError;

  GifCanvas(GifOptions options) {
    this.options = options;
  }

  /** The part of a frame to be written; its palette starts with 0 if pixels are left out. */
  record Drawn(IndexedImage image, Area area) {}

  /**
   * Draws a frame.
   *
   * @param frame alpha 0 or 255
   * @param moves whether other frames follow the first
   * @param vanishing the area to be cleared after the frame; null if there is none
   */
  Drawn draw(Raster frame, boolean moves, @Nullable Area vanishing) {
    Drawn drawn = source == null ? first(frame, moves) : next(frame, vanishing);
    Area area = drawn.area;
    int[] palette = drawn.image.palette();
    byte[] indices = drawn.image.indices();
    for (int i = 0; i < indices.length; i++) {
      int color = palette[indices[i] & 0xff];
      if (color != 0) {
        shown[area.at(i, frame.width())] = color;
      }
    }
    source = frame;
    cleared = vanishing == null ? null : area;
    return drawn;
  }

  /**
   * Draws the first frame. In an animation, one color of its palette is reserved for pixels that
   * later frames leave out.
   */
  private Drawn first(Raster frame, boolean moves) {
    shown = new int[frame.width() * frame.height()];
    int colors = moves ? colors(frame) : options.colors();
    IndexedImage image = ColorQuantizer.quantize(frame, colors, options.dither());
    if (moves && image.palette().length < options.colors()) {
      image = with(image, Set.of(0));
    }
    FixedPalette palette = new FixedPalette(image.palette());
    global = palette;
    globalError = palette.error(frame);
    return new Drawn(image, new Area(0, 0, frame.width(), frame.height()));
  }

  /**
   * Returns the number of colors for a frame. If areas may be cleared, the colors to be kept must
   * leave room for new ones.
   */
  private int colors(Raster frame) {
    int colors = options.colors();
    return Math.max(2, frame.alpha() ? colors - colors / 4 : colors - 1);
  }

  private Drawn next(Raster frame, @Nullable Area vanishing) {
    int width = frame.width();
    Action[] actions = actions(frame);
    Set<Integer> again = new HashSet<>();
    for (int i = 0; i < actions.length; i++) {
      if (actions[i] == Action.AGAIN) {
        again.add(shown[i]);
      }
    }
    if (again.size() > options.colors() - 2) {
      Arrays.setAll(actions, i -> actions[i] == Action.AGAIN ? Action.NEW : actions[i]);
      again.clear();
    }
    Area drawn = FrameDifference.around(width, frame.height(), i -> actions[i] != Action.LEAVE);
    Area nothing = vanishing == null ? new Area(0, 0, 1, 1) : vanishing;
    Area area = drawn == null ? nothing : drawn.and(vanishing);
    Raster part = FrameDifference.cut(frame, area, i -> actions[i] == Action.NEW);
    IndexedImage image = index(part, again, colors(frame));
    Map<Integer, Byte> numbers = numbers(image.palette());
    byte[] indices = image.indices();
    for (int i = 0; i < indices.length; i++) {
      int at = area.at(i, width);
      if (actions[at] == Action.AGAIN) {
        indices[i] = numbers.getOrDefault(shown[at], (byte) 0);
      }
    }
    return new Drawn(image, area);
  }

  private Action[] actions(Raster frame) {
    Raster before = source;
    Action[] actions = new Action[frame.width() * frame.height()];
    for (int y = 0, i = 0; y < frame.height(); y++) {
      for (int x = 0; x < frame.width(); x++, i++) {
        boolean blank = cleared != null && cleared.contains(x, y);
        if (!FrameDifference.isShown(frame, i)) {
          actions[i] = Action.LEAVE;
        } else if (before == null || !FrameDifference.same(frame, before, i)) {
          actions[i] = Action.NEW;
        } else {
          actions[i] = blank ? Action.AGAIN : Action.LEAVE;
        }
      }
    }
    return actions;
  }

  /** Indexes new pixels with a palette that also contains the colors of others. */
  private IndexedImage index(Raster part, Set<Integer> others, int most) {
    FixedPalette first = global;
    if (first != null
        && first.has(0)
        && others.stream().allMatch(first::has)
        && first.error(part) <= ALIKE * globalError) {
      return first.map(part, options.dither());
    }
    if (others.isEmpty()) {
      return ColorQuantizer.quantize(part, most, options.dither());
    }
    int room = Math.min(options.colors() / 8, options.colors() - others.size());
    IndexedImage fresh = ColorQuantizer.quantize(part, Math.max(2, room), false);
    return new FixedPalette(with(fresh, others).palette()).map(part, options.dither());
  }

  /** Adds colors to a palette, and sorts it again. */
  private static IndexedImage with(IndexedImage image, Set<Integer> others) {
    TreeSet<Integer> colors = new TreeSet<>(Integer::compareUnsigned);
    Arrays.stream(image.palette()).forEach(colors::add);
    colors.addAll(others);
    int[] palette = colors.stream().mapToInt(color -> color).toArray();
    Map<Integer, Byte> numbers = numbers(palette);
    byte[] indices = new byte[image.indices().length];
    for (int i = 0; i < indices.length; i++) {
      int color = image.palette()[image.indices()[i] & 0xff];
      indices[i] = numbers.getOrDefault(color, (byte) 0);
    }
    return new IndexedImage(image.width(), image.height(), palette, indices);
  }

  private static Map<Integer, Byte> numbers(int[] palette) {
    Map<Integer, Byte> numbers = new HashMap<>();
    for (int i = 0; i < palette.length; i++) {
      numbers.put(palette[i], (byte) i);
    }
    return numbers;
  }
}
