package dev.miniatura.internal.vp8l;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which blocks of an image share codes: those whose elements together take the fewest bits. Blocks
 * begin apart, and of all pairs the one is joined that saves most, as long as any does.
 */
final class Clusters {

  private static final int MAX_BLOCKS = 256;
  private static final int LARGEST_BITS = 9;

  private final int[] groups; // by block
  private final int count;
  private final int blockBits;
  private final int columns;

  private Clusters(int[] groups, int count, int blockBits, int columns) {
    this.groups = groups;
    this.count = count;
    this.blockBits = blockBits;
    this.columns = columns;
  }

  /** Returns one group for all. */
  static Clusters one() {
    return new Clusters(new int[1], 1, 30, 1);
  }

  /** Joins the blocks of an image. */
  static Clusters of(Elements elements, int width, int height, int cacheBits) {
    int bits = 2;
    while (bits < LARGEST_BITS
        && Blocks.count(width, bits) * Blocks.count(height, bits) > MAX_BLOCKS) {
      bits++;
    }
    int columns = Blocks.count(width, bits);
    int blocks = columns * Blocks.count(height, bits);
    @Nullable Histogram[] ofBlock = new @Nullable Histogram[blocks];
    for (int i = 0, at = 0; i < elements.size(); at += elements.length(i), i++) {
      int block = ((at / width) >> bits) * columns + ((at % width) >> bits);
      Histogram histogram = ofBlock[block];
      if (histogram == null) {
        histogram = new Histogram(ImageWriter.cacheSize(cacheBits));
        ofBlock[block] = histogram;
      }
      histogram.add(elements, i);
    }
    List<Histogram> clusters = new ArrayList<>();
    int[] first = new int[blocks]; // cluster of a block at first, −1 without elements
    for (int block = 0; block < blocks; block++) {
      Histogram histogram = ofBlock[block];
      first[block] = histogram == null ? -1 : clusters.size();
      if (histogram != null) {
        clusters.add(histogram);
      }
    }
    int[] joined = join(clusters);
    int[] numbers = new int[clusters.size()];
    Arrays.fill(numbers, -1);
    int count = 0;
    int[] groups = new int[blocks];
    for (int block = 0; block < blocks; block++) {
      if (first[block] < 0) {
        groups[block] = block == 0 ? 0 : groups[block - 1];
        continue;
      }
      int cluster = joined[first[block]];
      if (numbers[cluster] < 0) {
        numbers[cluster] = count++;
      }
      groups[block] = numbers[cluster];
    }
    return new Clusters(groups, count, bits, columns);
  }

  /** Returns for each cluster the one that it ended up in. */
  private static int[] join(List<Histogram> clusters) {
    int n = clusters.size();
    int[] into = new int[n];
    Arrays.setAll(into, i -> i);
    int[] partner = new int[n];
    double[] saved = new double[n];
    for (int i = 0; i < n; i++) {
      findPartner(clusters, into, i, partner, saved);
    }
    while (true) {
      int best = -1;
      for (int i = 0; i < n; i++) {
        if (into[i] == i && saved[i] > 0 && (best < 0 || saved[i] > saved[best])) {
          best = i;
        }
      }
      if (best < 0) {
        break;
      }
      int other = partner[best];
      clusters.get(best).add(clusters.get(other));
      for (int i = 0; i < n; i++) {
        into[i] = into[i] == other ? best : into[i];
      }
      findPartner(clusters, into, best, partner, saved);
      for (int i = 0; i < n; i++) {
        if (into[i] == i && i != best && (partner[i] == best || partner[i] == other)) {
          findPartner(clusters, into, i, partner, saved);
        }
      }
    }
    return into;
  }

  /** Finds with which cluster behind it one saves most. */
  private static void findPartner(
      List<Histogram> clusters, int[] into, int of, int[] partner, double[] saved) {
    saved[of] = 0;
    partner[of] = -1;
    Histogram own = clusters.get(of);
    for (int i = 0; i < into.length; i++) {
      if (into[i] == i && i != of) {
        Histogram other = clusters.get(i);
        double gain = own.bits() + other.bits() - own.bitsWith(other);
        if (gain > saved[of]) {
          saved[of] = gain;
          partner[of] = i;
        }
      }
    }
  }

  int groups() {
    return count;
  }

  /** Returns the group at a pixel. */
  int group(int x, int y) {
    return groups[(y >> blockBits) * columns + (x >> blockBits)];
  }

  int blockBits() {
    return blockBits;
  }

  int columns() {
    return columns;
  }

  int rows() {
    return groups.length / columns;
  }

  /** Returns the entropy image. */
  int[] image() {
    return Arrays.stream(groups).map(group -> Argb.BLACK | group << 8).toArray();
  }
}
