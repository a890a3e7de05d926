package dev.miniatura.internal.vp8l;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;

/**
 * Writes bitstreams of random syntax, and computes the pixels that they stand for: each rule of RFC
 * 9649, section 3, is implemented in the plainest way, on the whole picture at once.
 */
final class RandomImage {

  private static final int[] ALPHABETS = {280, 256, 256, 256, 40};

  private static final int FARTHEST = (1 << 20) - 120;
  private static final IntUnaryOperator ANY = IntUnaryOperator.identity();

  private final Random random;
  private final BitWriter out = new BitWriter();
  private final int width;
  private final int height;
  private int[] pixels = {};

  private RandomImage(int width, int height, long seed, boolean header) {
    this.width = width;
    this.height = height;
    random = new Random(seed);
    if (header) {
      out.put(0x2f, 8);
      out.put(width - 1, 14);
      out.put(height - 1, 14);
      out.put(1, 1);
      out.put(0, 3);
    }
    write();
  }

  /** Writes a bitstream. */
  static RandomImage of(int width, int height, long seed) {
    return new RandomImage(width, height, seed, true);
  }

  /** Writes one without a header, as alpha has it. */
  static RandomImage headless(int width, int height, long seed) {
    return new RandomImage(width, height, seed, false);
  }

  byte[] bytes() {
    return out.bytes();
  }

  int[] pixels() {
    return pixels;
  }

  /** What a transform needs to be undone, once its image is written. */
  private interface Undoing {
    int[] undo(int[] coded);
  }

  private void write() {
    List<Integer> types = new ArrayList<>(List.of(0, 1, 2, 3));
    List<Undoing> undoings = new ArrayList<>();
    int coded = width;
    for (int left = random.nextInt(5); left > 0; left--) {
      int type = types.remove(random.nextInt(types.size()));
      out.put(true);
      out.put(type, 2);
      int wide = coded;
      switch (type) {
        case 0 -> {
          int bits = blockBits();
          int[] modes = image(blocks(wide, bits), blocks(height, bits), false, ANY);
          undoings.add(0, in -> unpredict(in, wide, bits, modes));
        }
        case 1 -> {
          int bits = blockBits();
          int[] elements = image(blocks(wide, bits), blocks(height, bits), false, ANY);
          undoings.add(0, in -> recolor(in, wide, bits, elements));
        }
        case 2 -> undoings.add(0, this::addGreen);
        default -> {
          int size = 1 + random.nextInt(random.nextBoolean() ? 256 : 18);
          out.put(size - 1, 8);
          int[] table = image(size, 1, false, ANY);
          int perPixel = size <= 2 ? 8 : size <= 4 ? 4 : size <= 16 ? 2 : 1;
          coded = (wide + perPixel - 1) / perPixel;
          undoings.add(0, in -> lookUp(in, wide, perPixel, table));
        }
      }
    }
    out.put(false);
    pixels = image(coded, height, true, ANY);
    for (Undoing each : undoings) {
      pixels = each.undo(pixels);
    }
  }

  private int blockBits() {
    int bits = 2 + random.nextInt(8);
    out.put(bits - 2, 3);
    return bits;
  }

  private static int blocks(int side, int bits) {
    return (side + (1 << bits) - 1) / (1 << bits);
  }

  /** One thing that stands for pixels: a literal, a place in the cache, or a copy. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Element(int group, int[] symbols, int[][] extras) {}

  /**
   * Writes an entropy-coded image.
   *
   * @param literal makes a pixel of a random one
   * @return its pixels
   */
  private int[] image(int width, int height, boolean main, IntUnaryOperator literal) {
    int cacheBits = random.nextBoolean() ? 0 : 1 + random.nextInt(11);
    out.put(cacheBits > 0);
    if (cacheBits > 0) {
      out.put(cacheBits, 4);
    }
    int prefixBits = 14;
    int[] entropy = {0};
    if (main) {
      boolean several = random.nextBoolean();
      out.put(several);
      if (several) {
        prefixBits = blockBits();
        int most = 1 + random.nextInt(random.nextInt(4) == 0 ? 300 : 5);
        IntUnaryOperator number = p -> (p & 0xff0000ff) | Math.floorMod(p >> 8, most) << 8;
        entropy = image(blocks(width, prefixBits), blocks(height, prefixBits), false, number);
        for (int i = 0; i < entropy.length; i++) {
          entropy[i] = entropy[i] >> 8 & 0xffff;
        }
      }
    }
    int groups = 1 + Arrays.stream(entropy).max().orElse(0);
    int[] pixels = new int[width * height];
    List<Element> elements = new ArrayList<>();
    int[] cache = new int[cacheBits == 0 ? 0 : 1 << cacheBits];
    int copies = pixels.length > 1 << 16 ? 7 : 2; // of eight choices, as elements take memory
    int literals = random.nextInt(4);
    int mask = new int[] {-1, 0xff00, 0x00ffff00, 0x0f0f0f0f}[random.nextInt(4)];
    for (int at = 0; at < pixels.length; ) {
      int block = ((at / width) >> prefixBits) * blocks(width, prefixBits);
      int group = entropy[block + (at % width >> prefixBits)];
      int choice = random.nextInt(8);
      int next = at;
      if (choice < copies && at > 0) {
        next += copy(pixels, at, width, group, elements);
      } else if (choice < 5 && cacheBits > 0) {
        int place = random.nextInt(Math.min(cache.length, 1 << random.nextInt(12)));
        pixels[next++] = cache[place];
        elements.add(new Element(group, new int[] {280 + place}, new int[0][]));
      } else if (literals > 0 || at == 0 || choice > 3) {
        int argb = literal.applyAsInt(random.nextInt() & (random.nextInt(20) == 0 ? -1 : mask));
        pixels[next++] = argb;
        int[] symbols = {argb >> 8 & 255, argb >> 16 & 255, argb & 255, argb >>> 24};
        elements.add(new Element(group, symbols, new int[0][]));
      }
      for (; at < next; at++) {
        if (cacheBits > 0) {
          cache[
                  (int)
                      (((0x1e35a7bdL * (pixels[at] & 0xffffffffL)) & 0xffffffffL)
                          >> (32 - cacheBits))] =
              pixels[at];
        }
      }
    }
    putElements(groups, cache.length, elements);
    return pixels;
  }

  private int copy(int[] pixels, int at, int width, int group, List<Element> elements) {
    int length = 1 + random.nextInt(Math.min(pixels.length - at, 1 << random.nextInt(13)));
    int code = 1 + random.nextInt(random.nextBoolean() ? 120 : 120 + Math.min(at, FARTHEST));
    int distance = distance(code, width);
    if (distance > at) {
      code = 120 + 1 + random.nextInt(Math.min(at, FARTHEST));
      distance = code - 120;
    }
    for (int i = at; i < at + length; i++) {
      pixels[i] = pixels[i - distance];
    }
    int[] lengthParts = parts(length);
    int[] distanceParts = parts(code);
    elements.add(
        new Element(
            group,
            new int[] {256 + lengthParts[0], distanceParts[0]},
            new int[][] {lengthParts, distanceParts}));
    return length;
  }

  /** Distances of codes up to 120, by walking the neighborhood in the order of the codes. */
  private static int distance(int code, int width) {
    return code > 120 ? code - 120 : DistanceMap.near(code, width);
  }

  /** Returns the prefix code of a value, the number of its extra bits, and those. */
  private static int[] parts(int value) {
    for (int code = 0; ; code++) {
      int extra = code < 4 ? 0 : (code - 2) / 2;
      int first = code < 4 ? code + 1 : ((2 + code % 2) << extra) + 1;
      if (value < first + (1 << extra)) {
        return new int[] {code, extra, value - first};
      }
    }
  }

  private void putElements(int groups, int cacheSize, List<Element> elements) {
    List<List<TreeSet<Integer>>> used = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      List<TreeSet<Integer>> codes = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        codes.add(new TreeSet<>());
      }
      used.add(codes);
    }
    for (Element element : elements) {
      for (int i = 0; i < element.symbols.length; i++) {
        used.get(element.group).get(codeOf(element, i)).add(element.symbols[i]);
      }
    }
    List<List<RandomCode>> codes = new ArrayList<>();
    for (List<TreeSet<Integer>> group : used) {
      List<RandomCode> ofGroup = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        if (group.get(i).isEmpty()) {
          group.get(i).add(random.nextInt(2));
        }
        int alphabet = ALPHABETS[i] + (i == 0 ? cacheSize : 0);
        RandomCode code = new RandomCode(group.get(i), alphabet, 15, random);
        code.put(out);
        ofGroup.add(code);
      }
      codes.add(ofGroup);
    }
    for (Element element : elements) {
      for (int i = 0; i < element.symbols.length; i++) {
        codes.get(element.group).get(codeOf(element, i)).put(out, element.symbols[i]);
        if (i < element.extras.length) {
          out.put(element.extras[i][2], element.extras[i][1]);
        }
      }
    }
  }

  private static int codeOf(Element element, int i) {
    return element.extras.length > 0 && i == 1 ? 4 : i;
  }

  private int[] addGreen(int[] coded) {
    return Arrays.stream(coded)
        .map(p -> pixel(p >>> 24, (p >> 16) + (p >> 8), p >> 8, p + (p >> 8)))
        .toArray();
  }

  private static int pixel(int alpha, int red, int green, int blue) {
    return (alpha & 255) << 24 | (red & 255) << 16 | (green & 255) << 8 | (blue & 255);
  }

  private int[] recolor(int[] coded, int width, int bits, int[] elements) {
    int[] result = new int[coded.length];
    for (int i = 0; i < coded.length; i++) {
      int element = elements[((i / width) >> bits) * blocks(width, bits) + (i % width >> bits)];
      int green = coded[i] >> 8 & 255;
      int red = (coded[i] >> 16 & 255) + delta(element & 255, green) & 255;
      int blue = (coded[i] & 255) + delta(element >> 8 & 255, green);
      blue += delta(element >> 16 & 255, red);
      result[i] = pixel(coded[i] >>> 24, red, green, blue);
    }
    return result;
  }

  private static int delta(int factor, int color) {
    return Math.floorDiv((int) (byte) factor * (byte) color, 32);
  }

  private int[] lookUp(int[] coded, int width, int perPixel, int[] table) {
    int[] colors = new int[256];
    for (int i = 0; i < table.length; i++) {
      for (int shift = 0; shift < 32; shift += 8) {
        int before = i == 0 ? 0 : colors[i - 1] >> shift & 255;
        colors[i] |= ((table[i] >> shift & 255) + before & 255) << shift;
      }
    }
    int bits = 8 / perPixel;
    int codedWidth = (width + perPixel - 1) / perPixel;
    int[] result = new int[width * height];
    for (int i = 0; i < result.length; i++) {
      int x = i % width;
      int green = coded[i / width * codedWidth + x / perPixel] >> 8 & 255;
      result[i] = colors[green >> (bits * (x % perPixel)) & (1 << bits) - 1];
    }
    return result;
  }

  private int[] unpredict(int[] coded, int width, int bits, int[] modes) {
    int[] result = new int[coded.length];
    for (int i = 0; i < coded.length; i++) {
      int x = i % width;
      int y = i / width;
      int mode = modes[(y >> bits) * blocks(width, bits) + (x >> bits)] >> 8 & 15;
      for (int shift = 0; shift < 32; shift += 8) {
        int predicted = Prediction.of(result, i, x, y, width, mode, shift);
        result[i] |= ((coded[i] >> shift & 255) + predicted & 255) << shift;
      }
    }
    return result;
  }

  /** The predictors, channel by channel. */
  private static final class Prediction {

    static int of(int[] pixels, int i, int x, int y, int width, int mode, int shift) {
      if (x == 0 && y == 0) {
        return 0xff000000 >> shift & 255;
      }
      if (y == 0 || x == 0) {
        return pixels[y == 0 ? i - 1 : i - width] >> shift & 255;
      }
      int l = pixels[i - 1] >> shift & 255;
      int t = pixels[i - width] >> shift & 255;
      int tr = pixels[i - width + 1] >> shift & 255;
      int tl = pixels[i - width - 1] >> shift & 255;
      return switch (mode) {
        case 1 -> l;
        case 2 -> t;
        case 3 -> tr;
        case 4 -> tl;
        case 5 -> ((l + tr) / 2 + t) / 2;
        case 6 -> (l + tl) / 2;
        case 7 -> (l + t) / 2;
        case 8 -> (tl + t) / 2;
        case 9 -> (t + tr) / 2;
        case 10 -> ((l + tl) / 2 + (t + tr) / 2) / 2;
        case 11 -> select(pixels[i - 1], pixels[i - width], pixels[i - width - 1]) >> shift & 255;
        case 12 -> Math.max(0, Math.min(255, l + t - tl));
        case 13 -> Math.max(0, Math.min(255, (l + t) / 2 + ((l + t) / 2 - tl) / 2));
        default -> 0xff000000 >> shift & 255;
      };
    }

    private static int select(int l, int t, int tl) {
      int left = 0;
      int top = 0;
      for (int shift = 0; shift < 32; shift += 8) {
        int p = (l >> shift & 255) + (t >> shift & 255) - (tl >> shift & 255);
        left += Math.abs(p - (l >> shift & 255));
        top += Math.abs(p - (t >> shift & 255));
      }
      return left < top ? l : t;
    }
  }
}
