package dev.miniatura.testing;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A palette fitted to a picture: its own colors when there are few enough, else a median cut
 * (Heckbert 1982) of them. Pixels less than half opaque share one transparent entry, the first.
 */
final class Palette {

  private static final int TRANSPARENT = 0;

  /** Entries as {@code 0xAARRGGBB}. */
  final int[] colors;

  private final Map<Integer, Integer> nearest = new HashMap<>();

  private Palette(int[] colors) {
    this.colors = colors;
  }

  static Palette of(BufferedImage image, int maxColors) {
    int width = image.getWidth();
    int[] pixels = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
    int[] opaque =
        Arrays.stream(pixels).filter(p -> p >>> 24 >= 128).map(p -> p | 0xff000000).toArray();
    boolean transparent = opaque.length < pixels.length;
    Arrays.sort(opaque);
    Map<Integer, Integer> counts = new LinkedHashMap<>(); // in the order of the colors
    for (int from = 0, to = 0; from < opaque.length; from = to) {
      while (to < opaque.length && opaque[to] == opaque[from]) {
        to++;
      }
      counts.put(opaque[from], to - from);
    }
    List<Integer> colors = new ArrayList<>();
    if (transparent) {
      colors.add(TRANSPARENT);
    }
    int room = maxColors - colors.size();
    colors.addAll(counts.size() <= room ? counts.keySet() : medianCut(counts, room));
    return new Palette(colors.stream().mapToInt(Integer::intValue).toArray());
  }

  boolean hasTransparent() {
    return colors[0] == TRANSPARENT;
  }

  /** Returns the index of the entry closest to that color. */
  int index(int argb) {
    int wanted = argb >>> 24 < 128 ? TRANSPARENT : argb | 0xff000000;
    return nearest.computeIfAbsent(wanted, this::search);
  }

  private int search(int wanted) {
    int best = 0;
    int bestDistance = Integer.MAX_VALUE;
    for (int i = 0; i < colors.length; i++) {
      int distance = 0;
      for (int shift = 0; shift < 32; shift += 8) {
        int difference = (colors[i] >>> shift & 0xff) - (wanted >>> shift & 0xff);
        distance += difference * difference;
      }
      if (distance < bestDistance) {
        bestDistance = distance;
        best = i;
      }
    }
    return best;
  }

  private static List<Integer> medianCut(Map<Integer, Integer> counts, int maxColors) {
    List<Box> boxes = new ArrayList<>(List.of(Box.of(new ArrayList<>(counts.keySet()))));
    while (boxes.size() < maxColors) {
      boxes.sort(Comparator.comparingInt(Box::spread));
      Box widest = boxes.remove(boxes.size() - 1);
      boxes.addAll(widest.split());
    }
    return boxes.stream().map(box -> box.average(counts)).distinct().toList();
  }

  private record Box(List<Integer> colors, int spread) {

    static Box of(List<Integer> colors) {
      int spread = 0;
      for (int shift = 0; shift < 24; shift += 8) {
        spread = Math.max(spread, spread(colors, shift));
      }
      return new Box(colors, spread);
    }

    private static int spread(List<Integer> colors, int shift) {
      int low = 255;
      int high = 0;
      for (int color : colors) {
        low = Math.min(low, color >> shift & 0xff);
        high = Math.max(high, color >> shift & 0xff);
      }
      return high - low;
    }

    List<Box> split() {
      int widest = 0;
      for (int shift = 8; shift < 24; shift += 8) {
        widest = spread(colors, shift) > spread(colors, widest) ? shift : widest;
      }
      int shift = widest;
      List<Integer> sorted = new ArrayList<>(colors);
      sorted.sort(Comparator.comparingInt(color -> color >> shift & 0xff));
      int middle = sorted.size() / 2;
      return List.of(
          Box.of(sorted.subList(0, middle)), Box.of(sorted.subList(middle, sorted.size())));
    }

    int average(Map<Integer, Integer> counts) {
      double red = 0;
      double green = 0;
      double blue = 0;
      double total = 0;
      for (int color : colors) {
        int count = counts.getOrDefault(color, 0);
        red += (double) count * (color >> 16 & 0xff);
        green += (double) count * (color >> 8 & 0xff);
        blue += (double) count * (color & 0xff);
        total += count;
      }
      return TestImages.rgb(red / total, green / total, blue / total);
    }
  }
}
