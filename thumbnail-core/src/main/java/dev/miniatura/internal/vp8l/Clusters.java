package dev.miniatura.internal.vp8l;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Decides which blocks of an image share codes: those whose symbols together take the fewest bits.
 * Blocks start separate. In sweeps, each looks for a partner among those of similar entropy, until
 * few clusters are left; of these, the pair that saves most is joined while any pair saves bits.
 * Finally, each block is assigned to the group with the best codes for it.
 */
final class Clusters {

  private static final int MAX_BLOCKS = 1024;
  private static final int LARGEST_BITS = 9;
  private static final int REACH = 8; // how many neighbors in entropy are examined
  private static final int FEW = 40;
  private static final int MOST = 160;
  private static final int SIGNATURES = 3;

  private final int[] groups; // by block
  private final Histogram[] histograms;
  private final int blockBits;
  private final int columns;

  private Clusters(int[] groups, Histogram[] histograms, int blockBits, int columns) {
    this.groups = groups;
    this.histograms = histograms;
    this.blockBits = blockBits;
    this.columns = columns;
  }

  /** Returns one group for all. */
  static Clusters one(Elements elements, int cacheSize) {
    Histogram[] all = {Histogram.of(elements, cacheSize)};
    return new Clusters(new int[1], all, 30, 1);
  }

  /** Joins the blocks of an image. */
  static Clusters of(Elements elements, int width, int height, int cacheSize) {
    int bits = 2;
    while (bits < LARGEST_BITS
        && Blocks.count(width, bits) * Blocks.count(height, bits) > MAX_BLOCKS) {
      bits++;
    }
    BlockCounts blocks = new BlockCounts(elements, width, height, cacheSize, bits);
    List<SymbolCounts> clusters = new ArrayList<>();
    for (int block = 0; block < blocks.size(); block++) {
      clusters.add(blocks.block(block));
    }
    for (int sweep = 0; clusters.size() > FEW; sweep++) {
      int before = clusters.size();
      clusters = sweep(clusters, sweep % SIGNATURES, blocks.firsts);
      if (clusters.size() == before) {
        break;
      }
    }
    if (clusters.size() > MOST) { // noise: pairs save nothing, so that comparing all is futile
      return one(elements, cacheSize);
    }
    join(clusters, blocks.firsts);
    int[] groups = assign(blocks, clusters, cacheSize);
    return new Clusters(
        groups, histograms(groups, blocks, cacheSize), bits, Blocks.count(width, bits));
  }

  private record Pair(int first, int second, double saved) {}

  /** Joins pairs of similar entropy, those that save most first, each cluster at most once. */
  private static List<SymbolCounts> sweep(List<SymbolCounts> all, int signature, int[] firsts) {
    record Keyed(SymbolCounts counts, double key) {}
    List<SymbolCounts> sorted =
        all.stream()
            .map(counts -> new Keyed(counts, counts.mean(signature)))
            .sorted(Comparator.comparingDouble(Keyed::key))
            .map(Keyed::counts)
            .toList();
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      SymbolCounts one = sorted.get(i);
      Pair best = new Pair(i, i, 0);
      for (int j = i + 1; j < Math.min(sorted.size(), i + 1 + REACH); j++) {
        SymbolCounts other = sorted.get(j);
        double saved = one.bits() + other.bits() - one.bitsWith(other);
        if (saved > best.saved) {
          best = new Pair(i, j, saved);
        }
      }
      if (best.saved > 0) {
        pairs.add(best);
      }
    }
    pairs.sort(Comparator.comparingDouble(pair -> -pair.saved));
    boolean[] joined = new boolean[sorted.size()];
    List<SymbolCounts> left = new ArrayList<>();
    for (Pair pair : pairs) {
      if (!joined[pair.first] && !joined[pair.second]) {
        joined[pair.first] = true;
        joined[pair.second] = true;
        left.add(sorted.get(pair.first).plus(sorted.get(pair.second), firsts));
      }
    }
    for (int i = 0; i < joined.length; i++) {
      if (!joined[i]) {
        left.add(sorted.get(i));
      }
    }
    return left;
  }

  /** Joins the pair that saves most, while any pair saves bits. */
  private static void join(List<SymbolCounts> clusters, int[] firsts) {
    int n = clusters.size();
    double[][] saved = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        saved[i][j] = saved(clusters.get(i), clusters.get(j));
      }
    }
    while (true) {
      int first = 0;
      int second = 0;
      for (int i = 0; i < clusters.size(); i++) {
        for (int j = 0; j < i; j++) {
          if (saved[i][j] > saved[first][second]) {
            first = i;
            second = j;
          }
        }
      }
      if (first == second) {
        return;
      }
      SymbolCounts sum = clusters.get(first).plus(clusters.get(second), firsts);
      int last = clusters.size() - 1;
      clusters.set(second, sum);
      clusters.set(first, clusters.get(last));
      clusters.remove(last);
      for (int j = 0; j < last; j++) { // the last one moves to where the first was
        if (j != first) {
          saved[Math.max(first, j)][Math.min(first, j)] = saved[last][j];
        }
      }
      for (int j = 0; j < last; j++) {
        if (j != second) {
          saved[Math.max(second, j)][Math.min(second, j)] = saved(sum, clusters.get(j));
        }
      }
    }
  }

  private static double saved(SymbolCounts one, SymbolCounts other) {
    return one.bits() + other.bits() - one.bitsWith(other);
  }

  /**
   * Returns for each block the cluster whose codes suit it best, numbered in order of appearance.
   */
  private static int[] assign(BlockCounts blocks, List<SymbolCounts> clusters, int cacheSize) {
    float[][] costs = new float[clusters.size()][];
    for (int i = 0; i < costs.length; i++) {
      Histogram histogram = new Histogram(cacheSize);
      clusters.get(i).addTo(histogram, blocks.firsts);
      costs[i] = new float[blocks.firsts[PrefixGroup.CODES]];
      for (int code = 0; code < PrefixGroup.CODES; code++) {
        float[] each = histogram.costs(code);
        System.arraycopy(each, 0, costs[i], blocks.firsts[code], each.length);
      }
    }
    int[] numbers = new int[costs.length];
    Arrays.fill(numbers, -1);
    int count = 0;
    int[] groups = new int[blocks.size()];
    int best = 0; // blocks without symbols join the previous one
    for (int block = 0; block < groups.length; block++) {
      SymbolCounts counts = blocks.block(block);
      float least = counts.bits(costs[best]);
      for (int i = 0; i < costs.length; i++) {
        float bits = counts.bits(costs[i]);
        if (bits < least) {
          least = bits;
          best = i;
        }
      }
      if (numbers[best] < 0) {
        numbers[best] = count++;
      }
      groups[block] = numbers[best];
    }
    return groups;
  }

  private static Histogram[] histograms(int[] groups, BlockCounts blocks, int cacheSize) {
    Histogram[] histograms = new Histogram[Arrays.stream(groups).max().orElse(0) + 1];
    Arrays.setAll(histograms, i -> new Histogram(cacheSize));
    for (int block = 0; block < groups.length; block++) {
      blocks.block(block).addTo(histograms[groups[block]], blocks.firsts);
    }
    return histograms;
  }

  int groups() {
    return histograms.length;
  }

  /** Returns the group at a pixel. */
  int group(int x, int y) {
    return groups[(y >> blockBits) * columns + (x >> blockBits)];
  }

  /** Returns the counts of a group. */
  Histogram histogram(int group) {
    return histograms[group];
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
