package dev.miniatura.internal.vp8l;

import java.util.Arrays;

/** Writes an entropy-coded image (RFC 9649, sections 3.6.2 and 3.7), which PixelReader reads. */
final class ImageWriter {

  private static final int CHAIN = 48;
  private static final int FIRST_NEIGHBORS = 4; // in the first of two passes

  private final int[] pixels;
  private final int width;
  private final int height;
  private final Parser parser;
  private final CacheChoice cache;

  /** Prepares to write an image, which must not change before it is written. */
  ImageWriter(int[] pixels, int width, int height) {
    this.pixels = pixels;
    this.width = width;
    this.height = height;
    parser = new Parser(pixels, width, new Matches(pixels, width, CHAIN));
    cache = new CacheChoice(pixels, parser);
  }

  /** Returns the approximate number of bits that it will take. */
  double bits() {
    return cache.histogram.bits();
  }

  /** Writes an image that is not the picture itself. */
  static void put(BitWriter out, int[] pixels, int width, int height) {
    ImageWriter image = new ImageWriter(pixels, width, height);
    Elements elements = image.parse(out);
    image.putElements(out, elements, Clusters.one(elements, image.cacheSize()));
  }

  /** Writes the picture itself, which may have several groups of codes. */
  void put(BitWriter out) {
    Elements elements = parse(out);
    BitWriter smaller = new BitWriter();
    smaller.put(false);
    putElements(smaller, elements, Clusters.one(elements, cacheSize()));
    Clusters clusters = Clusters.of(elements, width, height, cacheSize());
    if (clusters.groups() > 1) {
      BitWriter several = new BitWriter();
      several.put(true);
      several.put(clusters.blockBits() - 2, 3);
      put(several, clusters.image(), clusters.columns(), clusters.rows());
      putElements(several, elements, clusters);
      smaller = several.length() < smaller.length() ? several : smaller;
    }
    out.append(smaller);
  }

  /** Chooses the elements, and writes the size of the color cache. */
  private Elements parse(BitWriter out) {
    out.put(cache.bits > 0);
    if (cache.bits > 0) {
      out.put(cache.bits, 4);
    }
    short[] places = CacheChoice.places(pixels, cache.bits);
    Elements elements = parser.cheapest(places, cache.histogram, FIRST_NEIGHBORS);
    Histogram seen = Histogram.of(elements, cacheSize());
    return parser.cheapest(places, seen, Parser.NEIGHBORS);
  }

  private int cacheSize() {
    return cache.bits == 0 ? 0 : 1 << cache.bits;
  }

  private void putElements(BitWriter out, Elements elements, Clusters clusters) {
    PrefixCodeWriter[][] codes = new PrefixCodeWriter[clusters.groups()][PrefixGroup.CODES];
    for (int group = 0; group < codes.length; group++) {
      int[][] counts = clusters.histogram(group).counts;
      Arrays.setAll(codes[group], code -> new PrefixCodeWriter(counts[code]));
      for (PrefixCodeWriter code : codes[group]) {
        code.put(out);
      }
    }
    for (int i = 0, at = 0; i < elements.size(); at += elements.length(i), i++) {
      put(out, codes[clusters.group(at % width, at / width)], elements, i);
    }
  }

  private static void put(BitWriter out, PrefixCodeWriter[] codes, Elements elements, int i) {
    int value = elements.value(i);
    int distance = elements.distance(i);
    if (distance == Elements.LITERAL) {
      codes[0].put(out, value >> 8 & 0xff);
      codes[1].put(out, value >> 16 & 0xff);
      codes[2].put(out, value & 0xff);
      codes[3].put(out, value >>> 24);
    } else if (distance == Elements.CACHED) {
      codes[0].put(out, PrefixCodes.LITERALS + PrefixCodes.LENGTHS + value);
    } else {
      int length = LzPrefix.code(value);
      codes[0].put(out, PrefixCodes.LITERALS + length);
      out.put(LzPrefix.extra(value), LzPrefix.extraBits(length));
      int far = LzPrefix.code(distance);
      codes[4].put(out, far);
      out.put(LzPrefix.extra(distance), LzPrefix.extraBits(far));
    }
  }
}
