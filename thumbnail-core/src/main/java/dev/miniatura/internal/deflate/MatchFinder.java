package dev.miniatura.internal.deflate;

import dev.miniatura.internal.bytes.ByteViews;
import org.jspecify.annotations.Nullable;

/**
 * Finds earlier occurrences of the bytes at a position. For each hash of the next five to eight
 * bytes, the last four positions are known, besides tags, 16 more bits of the hash: four of them
 * are compared at once, so that bytes are only looked at where tags are equal. For shorter matches,
 * too, the last position with each hash of three bytes is known, and the row above and the distance
 * of the last match are tried.
 *
 * <p>Positions are known by their lowest 16 bits, which suffice in a window of 32 KB. A wrong one
 * does no harm, as bytes are compared.
 */
final class MatchFinder {

  /** The least number of bytes after a position that is searched for. */
  private static final int READABLE = Long.BYTES;

  private static final int MIN_HASH_BITS = 5;
  private static final int MAX_HASH_BITS = 12;
  private static final long PRIME = 0x9e37_79b9_7f4a_7c15L; // 2^64 divided by the golden ratio

  private static final int TAG_SHIFT = 32; // clear of the bits for the slot
  private static final long LANE = 0xffff;
  private static final long LOW_BITS = 0x0001_0001_0001_0001L;
  private static final long HIGH_BITS = 0x8000_8000_8000_8000L;

  private static final int SHORT_HASH_BITS = 12;
  private static final int SHORT_FARTHEST = 8 << 10; // a match of three bytes costs more beyond
  private static final int SHORT_PRIME = 0x9e37_79b1; // next to 2^32 divided by the golden ratio

  private final byte[] data;
  private final int searchable;
  private final int unhashed; // bits of a long
  private final int shift;

  /** Tags and positions by hash, the last one in the lowest 16 bits. */
  private final long[] tags;

  private final long[] places;

  /** The last position by the hash of three bytes, or null if only longer matches are wanted. */
  private final int @Nullable [] shortPlaces;

  private final int rowBytes;

  /**
   * Creates a finder for some bytes.
   *
   * @param hashed the number of bytes that are hashed, 5 to 8
   * @param shorter whether shorter matches are searched for, too
   * @param rowBytes the number of bytes of a row
   */
  MatchFinder(byte[] data, int hashed, boolean shorter, int rowBytes) {
    this.rowBytes = rowBytes <= Symbols.FARTHEST ? rowBytes : 1;
    this.data = data;
    searchable = data.length - READABLE + 1;
    unhashed = Long.SIZE - Byte.SIZE * hashed;
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(data.length / 4);
    bits = Math.max(MIN_HASH_BITS, Math.min(MAX_HASH_BITS, bits));
    shift = Long.SIZE - bits;
    tags = new long[1 << bits];
    places = new long[1 << bits];
    shortPlaces = shorter ? new int[1 << SHORT_HASH_BITS] : null;
  }

  /** Makes every so many positions known. */
  void add(int from, int to, int step) {
    byte[] data = this.data;
    long[] tags = this.tags;
    long[] places = this.places;
    int[] shortPlaces = this.shortPlaces;
    int unhashed = this.unhashed;
    int shift = this.shift;
    int end = Math.min(to, searchable);
    for (int at = from; at < end; at += step) {
      long bytes = ByteViews.longLe(data, at);
      long hash = (bytes << unhashed) * PRIME;
      int slot = (int) (hash >>> shift);
      tags[slot] = tags[slot] << 16 | (hash >>> TAG_SHIFT & LANE);
      places[slot] = places[slot] << 16 | (at & LANE);
      if (shortPlaces != null) {
        shortPlaces[shortSlot(bytes)] = at;
      }
    }
  }

  /**
   * Makes a position known and searches for a match.
   *
   * @param least the length that it must exceed, at least 2
   * @param nice the length that is enough
   * @param last the distance of the last match, or 1
   * @return the length above the distance in 16 bits, or 0
   */
  int next(int at, int least, int nice, int last) {
    if (at >= searchable) {
      return 0;
    }
    long bytes = ByteViews.longLe(data, at);
    long hash = (bytes << unhashed) * PRIME;
    int slot = (int) (hash >>> shift);
    long tag = hash >>> TAG_SHIFT & LANE;
    long known = tags[slot];
    long from = places[slot];
    tags[slot] = known << 16 | tag;
    places[slot] = from << 16 | (at & LANE);
    int best = 0;
    if (shortPlaces != null) {
      best = shorter(shortPlaces, at, bytes, least);
      best = atDistance(at, bytes, rowBytes, best, least);
      best = atDistance(at, bytes, last, best, least);
      if (best >>> 16 >= nice) {
        return best;
      }
    }
    long different = known ^ tag * LOW_BITS;
    long equal = (different - LOW_BITS) & ~different & HIGH_BITS; // the highest bits of zero lanes
    return equal == 0 ? best : longest(at, bytes, equal, from, best, least, nice);
  }

  /** Returns the match at a distance if it is longer. */
  private int atDistance(int at, long bytes, int distance, int best, int least) {
    if (at < distance) {
      return best;
    }
    long different = ByteViews.longLe(data, at - distance) ^ bytes;
    int length =
        different == 0
            ? length(at, distance, Math.min(Symbols.MAX_LENGTH, data.length - at))
            : equal(different);
    return length > Math.max(best >>> 16, least) ? length << 16 | distance : best;
  }

  private static int shortSlot(long bytes) {
    return (((int) bytes << 8) * SHORT_PRIME) >>> (Integer.SIZE - SHORT_HASH_BITS);
  }

  /** Returns the nearest match by three bytes. */
  private int shorter(int[] places, int at, long bytes, int least) {
    int slot = shortSlot(bytes);
    int from = places[slot];
    places[slot] = at;
    int distance = at - from;
    if (least >= Symbols.MIN_LENGTH || distance > SHORT_FARTHEST || distance == 0) {
      return 0;
    }
    int length = equal(ByteViews.longLe(data, from) ^ bytes);
    return length >= Symbols.MIN_LENGTH ? length << 16 | distance : 0;
  }

  private static int equal(long different) {
    return different == 0 ? Long.BYTES : Long.numberOfTrailingZeros(different) / Byte.SIZE;
  }

  /** Returns the longest match at positions with an equal tag, or else the given one. */
  private int longest(int at, long bytes, long equal, long from, int shorter, int least, int nice) {
    int most = Math.min(Symbols.MAX_LENGTH, data.length - at);
    int best = shorter;
    int length = Math.max(shorter >>> 16, least);
    for (long left = equal; left != 0 && length < nice; left &= left - 1) {
      int place = (int) (from >>> (Long.numberOfTrailingZeros(left) - 15));
      int distance = (int) ((at - place) & LANE);
      if (distance == 0 || distance > Math.min(at, Symbols.FARTHEST)) {
        continue;
      }
      long different = ByteViews.longLe(data, at - distance) ^ bytes;
      int found = different == 0 ? length(at, distance, most) : equal(different);
      if (found > length) {
        length = found;
        best = length << 16 | distance;
      }
    }
    return best;
  }

  /** Returns the length of a match of at least eight bytes. */
  private int length(int at, int distance, int most) {
    byte[] data = this.data;
    int end = at + most;
    int next = at + Long.BYTES;
    for (; next + Long.BYTES <= end; next += Long.BYTES) {
      long different = ByteViews.longLe(data, next) ^ ByteViews.longLe(data, next - distance);
      if (different != 0) {
        return next - at + Long.numberOfTrailingZeros(different) / Byte.SIZE;
      }
    }
    while (next < end && data[next] == data[next - distance]) {
      next++;
    }
    return next - at;
  }
}
