package dev.miniatura.internal.vp8l;

import java.util.Arrays;

/** Writes an entropy-coded image (RFC 9649, sections 3.6.2 and 3.7), what PixelReader reads. */
final class ImageWriter {

  private static final int CHAIN = 48;
  private static final int MAX_CACHE_BITS = 10;

  private final int[] pixels;
  private final int width;
  private final int height;

  private ImageWriter(int[] pixels, int width, int height) {
    this.pixels = pixels;
    this.width = width;
    this.height = height;
  }

  /**
   * Writes an image.
   *
   * @param main whether it is the picture itself, which may have several groups of codes
   */
  static void put(BitWriter out, int[] pixels, int width, int height, boolean main) {
    new ImageWriter(pixels, width, height).put(out, main);
  }

  private void put(BitWriter out, boolean main) {
    Parser parser = new Parser(pixels, width, new Matches(pixels, width, CHAIN));
    int bestBits = 0;
    int[] bestCached = {};
    Histogram best = null;
    for (int bits = 0; bits <= MAX_CACHE_BITS; bits++) {
      int[] cached = parser.cached(bits);
      Histogram seen = histogram(parser.greedy(cached), bits);
      if (best == null || seen.bits() < best.bits()) {
        best = seen;
        bestBits = bits;
        bestCached = cached;
      }
    }
    Elements elements = parser.greedy(bestCached);
    for (int pass = 0; pass < 2 && best != null; pass++) {
      Elements cheaper = parser.cheapest(bestCached, best);
      Histogram seen = histogram(cheaper, bestBits);
      if (seen.bits() > best.bits()) {
        break;
      }
      best = seen;
      elements = cheaper;
    }
    out.put(bestBits > 0);
    if (bestBits > 0) {
      out.put(bestBits, 4);
    }
    BitWriter single = new BitWriter();
    if (main) {
      single.put(false);
    }
    putElements(single, elements, bestBits, Clusters.one());
    Clusters clusters = main ? Clusters.of(elements, width, height, bestBits) : Clusters.one();
    if (clusters.groups() > 1) {
      BitWriter several = new BitWriter();
      several.put(true);
      several.put(clusters.blockBits() - 2, 3);
      put(several, clusters.image(), clusters.columns(), clusters.rows(), false);
      putElements(several, elements, bestBits, clusters);
      if (several.length() < single.length()) {
        single = several;
      }
    }
    out.append(single);
  }

  private static Histogram histogram(Elements elements, int cacheBits) {
    Histogram histogram = new Histogram(cacheSize(cacheBits));
    for (int i = 0; i < elements.size(); i++) {
      histogram.add(elements, i);
    }
    return histogram;
  }

  static int cacheSize(int bits) {
    return bits == 0 ? 0 : 1 << bits;
  }

  private void putElements(BitWriter out, Elements elements, int cacheBits, Clusters clusters) {
    Histogram[] histograms = new Histogram[clusters.groups()];
    Arrays.setAll(histograms, i -> new Histogram(cacheSize(cacheBits)));
    for (int i = 0, at = 0; i < elements.size(); at += elements.length(i), i++) {
      histograms[clusters.group(at % width, at / width)].add(elements, i);
    }
    PrefixCodeWriter[][] codes = new PrefixCodeWriter[histograms.length][PrefixGroup.CODES];
    for (int group = 0; group < codes.length; group++) {
      for (int code = 0; code < PrefixGroup.CODES; code++) {
        codes[group][code] = new PrefixCodeWriter(histograms[group].counts[code]);
        codes[group][code].put(out);
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
