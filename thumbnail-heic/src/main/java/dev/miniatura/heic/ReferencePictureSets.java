package dev.miniatura.heic;

import dev.miniatura.MalformedImageException;
import java.util.Arrays;

/**
 * Syntax of reference pictures in sequence parameter sets and slice headers (H.265, 7.3.7). Intra
 * pictures use none; the syntax is read only to find what follows.
 */
final class ReferencePictureSets {

  private static final int MAX_PICTURES = 16;

  private final int[][] deltas; // DeltaPocS0, then DeltaPocS1, of each set
  private final int[] negatives; // entries of DeltaPocS0
  private final boolean longTermPresent;
  private final int longTermCount;
  private final boolean temporalMotionVectors;

  /** Reads from {@code num_short_term_ref_pic_sets} to {@code sps_temporal_mvp_enabled_flag}. */
  ReferencePictureSets(BitReader in, int log2MaxPocLsb) throws MalformedImageException {
    int count = in.ue(64, "num_short_term_ref_pic_sets");
    deltas = new int[count + 1][];
    negatives = new int[count + 1];
    for (int i = 0; i < count; i++) {
      readSet(in, i, count);
    }
    longTermPresent = in.flag();
    longTermCount = longTermPresent ? in.ue(32, "num_long_term_ref_pics_sps") : 0;
    for (int i = 0; i < longTermCount; i++) {
      in.skip(log2MaxPocLsb + 1L);
    }
    temporalMotionVectors = in.flag();
  }

  /** Skips the part of a slice header that exists if the picture is not an IDR picture. */
  void skipInSliceHeader(BitReader in, int log2MaxPocLsb) throws MalformedImageException {
    in.skip(log2MaxPocLsb);
    int count = deltas.length - 1;
    if (!in.flag()) {
      readSet(in, count, count);
    } else if (count > 1) {
      in.skip(ceilLog2(count));
    }
    if (longTermPresent) {
      int fromSps = longTermCount > 0 ? in.ue(longTermCount, "num_long_term_sps") : 0;
      int all = fromSps + in.ue(MAX_PICTURES, "num_long_term_pics");
      for (int i = 0; i < all; i++) {
        in.skip(i < fromSps ? ceilLog2(longTermCount) : log2MaxPocLsb + 1);
        if (in.flag()) {
          in.skipUe(); // delta_poc_msb_cycle_lt
        }
      }
    }
    if (temporalMotionVectors) {
      in.skip(1);
    }
  }

  private void readSet(BitReader in, int index, int count) throws MalformedImageException {
    if (index > 0 && in.flag()) {
      predictSet(in, index, count);
      return;
    }
    int negative = in.ue(MAX_PICTURES, "num_negative_pics");
    int positive = in.ue(MAX_PICTURES, "num_positive_pics");
    int[] all = new int[negative + positive];
    int delta = 0;
    for (int i = 0; i < all.length; i++) {
      delta = i == negative ? 0 : delta;
      int step = in.ue(32767, "delta_poc_minus1") + 1;
      delta += i < negative ? -step : step;
      all[i] = delta;
      in.skip(1); // used_by_curr_pic_flag
    }
    deltas[index] = all;
    negatives[index] = negative;
  }

  /** Derives a set from an earlier one (7.4.8, equations 7-61 and 7-62). */
  private void predictSet(BitReader in, int index, int count) throws MalformedImageException {
    int back = index == count ? in.ue(index - 1, "delta_idx_minus1") + 1 : 1;
    boolean minus = in.flag();
    int deltaRps = in.ue(32767, "abs_delta_rps_minus1") + 1;
    deltaRps = minus ? -deltaRps : deltaRps;
    int[] from = deltas[index - back];
    int split = negatives[index - back];
    boolean[] kept = new boolean[from.length + 1];
    for (int i = 0; i < kept.length; i++) {
      boolean used = in.flag(); // used_by_curr_pic_flag
      kept[i] = used || in.flag(); // use_delta_flag
    }
    int[] all = new int[from.length + 1];
    int n = 0;
    for (int pass = 0; pass < 2; pass++) {
      int sign = pass == 0 ? -1 : 1;
      // the far end of the other side's list, the set's own picture, then this side's list
      for (int i = 0; i < from.length + 1; i++) {
        int j = order(pass, i, split, from.length);
        int poc = (j == from.length ? 0 : from[j]) + deltaRps;
        if (kept[j] && Integer.signum(poc) == sign) {
          all[n++] = poc;
        }
      }
      if (pass == 0) {
        negatives[index] = n;
      }
    }
    if (n > MAX_PICTURES) {
      throw in.malformed("a reference picture set is too large");
    }
    deltas[index] = Arrays.copyOf(all, n);
  }

  private static int order(int pass, int i, int split, int length) {
    int other = pass == 0 ? length - split : split;
    if (i < other) {
      return pass == 0 ? length - 1 - i : split - 1 - i;
    }
    if (i == other) {
      return length;
    }
    return pass == 0 ? i - other - 1 : split + i - other - 1;
  }

  private static int ceilLog2(int value) {
    return 32 - Integer.numberOfLeadingZeros(value - 1);
  }
}
