package dev.miniatura.internal.png;

import dev.miniatura.internal.bytes.ByteViews;

/**
 * The estimated size of deflated bytes, from one pass over them: the entropy of the bytes for
 * Huffman coding alone, and the entropy after greedy matching against the last occurrence of the
 * same {@value #MIN_MATCH} bytes. Finding matches is the expensive half of deflating, and noise,
 * which filtered photographs mostly are, has too few of them to make it worthwhile.
 *
 * @param codedBytes estimate for Huffman coding alone
 * @param matchedBytes estimate for matches, and Huffman coding of the rest
 */
record SizeEstimate(long codedBytes, long matchedBytes) {

  /**
   * The shortest match: shorter ones save almost nothing, as zlib's strategy for filtered data also
   * assumes.
   */
  private static final int MIN_MATCH = 6;

  private static final long MIN_MATCH_MASK = (1L << (8 * MIN_MATCH)) - 1;

  private static final int FARTHEST = 32 << 10; // RFC 1951, section 2
  private static final int HASH_BITS = 12;
  private static final long HASH = 0x9e37_79b9_7f4a_7c15L; // 2^64 divided by the golden ratio

  private static final double LOG_2 = StrictMath.log(2);

  /**
   * The bits of a match in addition to its length code: a distance code, and the extra bits of
   * both.
   */
  private static final int DISTANCE_BITS = 15;

  /** Estimates the size of some bytes. */
  static SizeEstimate of(byte[] data) {
    int[] lastSeen = new int[1 << HASH_BITS]; // position + 1, by hash
    int[] literals = new int[256];
    int matches = 0;
    int at = 0;
    int lastLoad = data.length - Long.BYTES;
    while (at <= lastLoad) {
      long next = ByteViews.longLe(data, at) & MIN_MATCH_MASK;
      int slot = (int) ((next * HASH) >>> (Long.SIZE - HASH_BITS));
      int from = lastSeen[slot] - 1;
      lastSeen[slot] = at + 1;
      if (from >= 0
          && at - from <= FARTHEST
          && (ByteViews.longLe(data, from) & MIN_MATCH_MASK) == next) {
        matches++;
        at = matchEnd(data, from, at);
      } else {
        literals[data[at++] & 0xff]++;
      }
    }
    for (; at < data.length; at++) {
      literals[data[at] & 0xff]++;
    }
    double matched = bits(literals, matches) + (double) matches * DISTANCE_BITS;
    return new SizeEstimate((long) (bits(histogram(data), 0) / 8), (long) (matched / 8));
  }

  /** Returns the smaller estimate. */
  long bytes() {
    return Math.min(codedBytes, matchedBytes);
  }

  /** Returns whether matches save more than three percent. */
  boolean matchesPay() {
    return matchedBytes * 100 < codedBytes * 97;
  }

  private static int matchEnd(byte[] data, int from, int at) {
    int end = at + MIN_MATCH;
    int max = Math.min(data.length, at + 258);
    int back = at - from;
    while (end + Long.BYTES <= max) {
      long different = ByteViews.longLe(data, end) ^ ByteViews.longLe(data, end - back);
      if (different != 0) {
        return end + Long.numberOfTrailingZeros(different) / Byte.SIZE;
      }
      end += Long.BYTES;
    }
    while (end < max && data[end] == data[end - back]) {
      end++;
    }
    return end;
  }

  private static int[] histogram(byte[] data) {
    int[] counts = new int[256];
    int[] more = new int[256];
    int whole = data.length & ~1;
    for (int i = 0; i < whole; i += 2) { // runs of equal bytes do not wait for their own counter
      counts[data[i] & 0xff]++;
      more[data[i + 1] & 0xff]++;
    }
    for (int i = whole; i < data.length; i++) {
      counts[data[i] & 0xff]++;
    }
    for (int i = 0; i < counts.length; i++) {
      counts[i] += more[i];
    }
    return counts;
  }

  /**
   * Returns the entropy of symbols with the given counts, plus one more symbol that occurs {@code
   * more} times.
   */
  private static double bits(int[] counts, int more) {
    long total = more;
    double sum = more * log2(more);
    for (int count : counts) {
      total += count;
      sum += count * log2(count);
    }
    return total * log2(total) - sum;
  }

  /**
   * Returns the binary logarithm, the same on every JDK, unlike Math.log; 0 for 0, whose term is 0.
   */
  private static double log2(long count) {
    return count == 0 ? 0 : StrictMath.log((double) count) / LOG_2;
  }
}
