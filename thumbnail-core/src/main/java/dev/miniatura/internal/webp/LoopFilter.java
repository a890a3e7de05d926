package dev.miniatura.internal.webp;

import dev.miniatura.internal.webp.FilterHeader.Strength;

/**
 * The loop filters (RFC 6386, section 15): each macroblock in turn has its left edge smoothed, the
 * edges between its columns of subblocks, its upper edge, and those between its rows of subblocks.
 * What the RFC does with signed samples is done with differences here, which are the same.
 */
final class LoopFilter {

  private LoopFilter() {}

  /**
   * Filters a macroblock of all three planes by the normal filter.
   *
   * @param interior whether the edges between subblocks are filtered too
   */
  static void normal(
      PlaneBand[] planes,
      int macroblock,
      Strength strength,
      boolean hasLeft,
      boolean hasAbove,
      boolean interior) {
    int subblockLimit = 2 * strength.level() + strength.interior();
    int macroblockLimit = subblockLimit + 4;
    for (PlaneBand plane : planes) {
      byte[] samples = plane.samples;
      int stride = plane.stride;
      int size = plane.size;
      int at = plane.at(macroblock);
      if (hasLeft) {
        macroblockEdge(samples, at, 1, stride, size, macroblockLimit, strength);
      }
      for (int x = 4; interior && x < size; x += 4) {
        subblockEdge(samples, at + x, 1, stride, size, subblockLimit, strength);
      }
      if (hasAbove) {
        macroblockEdge(samples, at, stride, 1, size, macroblockLimit, strength);
      }
      for (int y = 4; interior && y < size; y += 4) {
        subblockEdge(samples, at + y * stride, stride, 1, size, subblockLimit, strength);
      }
    }
  }

  /** Filters a macroblock of luma by the simple filter. */
  static void simple(
      PlaneBand luma,
      int macroblock,
      Strength strength,
      boolean hasLeft,
      boolean hasAbove,
      boolean interior) {
    int subblockLimit = 2 * strength.level() + strength.interior();
    int macroblockLimit = subblockLimit + 4;
    byte[] samples = luma.samples;
    int stride = luma.stride;
    int size = luma.size;
    int at = luma.at(macroblock);
    if (hasLeft) {
      simpleEdge(samples, at, 1, stride, size, macroblockLimit);
    }
    for (int x = 4; interior && x < size; x += 4) {
      simpleEdge(samples, at + x, 1, stride, size, subblockLimit);
    }
    if (hasAbove) {
      simpleEdge(samples, at, stride, 1, size, macroblockLimit);
    }
    for (int y = 4; interior && y < size; y += 4) {
      simpleEdge(samples, at + y * stride, stride, 1, size, subblockLimit);
    }
  }

  /**
   * Section 15.2.
   *
   * @param at first sample behind the edge
   * @param across step from one side of the edge to the other
   * @param along step along it
   */
  private static void simpleEdge(
      byte[] samples, int at, int across, int along, int count, int limit) {
    for (int i = 0, q = at; i < count; i++, q += along) {
      int p1 = samples[q - 2 * across] & 0xff;
      int p0 = samples[q - across] & 0xff;
      int q0 = samples[q] & 0xff;
      int q1 = samples[q + across] & 0xff;
      if (2 * Math.abs(p0 - q0) + (Math.abs(p1 - q1) >> 1) <= limit) {
        adjustTwo(samples, q, across, p1, p0, q0, q1);
      }
    }
  }

  /** Section 15.3, edges between subblocks; parameters as in {@link #simpleEdge}. */
  private static void subblockEdge(
      byte[] samples, int at, int across, int along, int count, int limit, Strength strength) {
    int interior = strength.interior();
    int highVariance = strength.highVariance();
    for (int i = 0, q = at; i < count; i++, q += along) {
      int p1 = samples[q - 2 * across] & 0xff;
      int p0 = samples[q - across] & 0xff;
      int q0 = samples[q] & 0xff;
      int q1 = samples[q + across] & 0xff;
      if (2 * Math.abs(p0 - q0) + (Math.abs(p1 - q1) >> 1) > limit
          || isEdge(samples, q, across, p1, p0, q0, q1, interior)) {
        continue;
      }
      if (Math.abs(p1 - p0) > highVariance || Math.abs(q1 - q0) > highVariance) {
        adjustTwo(samples, q, across, p1, p0, q0, q1);
        continue;
      }
      int a = signed(3 * (q0 - p0));
      int below = Math.min(a + 4, 127) >> 3;
      int above = Math.min(a + 3, 127) >> 3;
      int outer = (below + 1) >> 1;
      samples[q - 2 * across] = InverseTransform.clip(p1 + outer);
      samples[q - across] = InverseTransform.clip(p0 + above);
      samples[q] = InverseTransform.clip(q0 - below);
      samples[q + across] = InverseTransform.clip(q1 - outer);
    }
  }

  /** Section 15.3, edges between macroblocks; parameters as in {@link #simpleEdge}. */
  private static void macroblockEdge(
      byte[] samples, int at, int across, int along, int count, int limit, Strength strength) {
    int interior = strength.interior();
    int highVariance = strength.highVariance();
    for (int i = 0, q = at; i < count; i++, q += along) {
      int p1 = samples[q - 2 * across] & 0xff;
      int p0 = samples[q - across] & 0xff;
      int q0 = samples[q] & 0xff;
      int q1 = samples[q + across] & 0xff;
      if (2 * Math.abs(p0 - q0) + (Math.abs(p1 - q1) >> 1) > limit
          || isEdge(samples, q, across, p1, p0, q0, q1, interior)) {
        continue;
      }
      if (Math.abs(p1 - p0) > highVariance || Math.abs(q1 - q0) > highVariance) {
        adjustTwo(samples, q, across, p1, p0, q0, q1);
        continue;
      }
      int w = signed(signed(p1 - q1) + 3 * (q0 - p0));
      int near = (27 * w + 63) >> 7;
      int middle = (18 * w + 63) >> 7;
      int far = (9 * w + 63) >> 7;
      int p2 = samples[q - 3 * across] & 0xff;
      int q2 = samples[q + 2 * across] & 0xff;
      samples[q - 3 * across] = InverseTransform.clip(p2 + far);
      samples[q - 2 * across] = InverseTransform.clip(p1 + middle);
      samples[q - across] = InverseTransform.clip(p0 + near);
      samples[q] = InverseTransform.clip(q0 - near);
      samples[q + across] = InverseTransform.clip(q1 - middle);
      samples[q + 2 * across] = InverseTransform.clip(q2 - far);
    }
  }

  /** Returns whether the picture itself has an edge on one side. */
  private static boolean isEdge(
      byte[] samples, int q, int across, int p1, int p0, int q0, int q1, int interior) {
    int p3 = samples[q - 4 * across] & 0xff;
    int p2 = samples[q - 3 * across] & 0xff;
    int q2 = samples[q + 2 * across] & 0xff;
    int q3 = samples[q + 3 * across] & 0xff;
    return Math.abs(p3 - p2) > interior
        || Math.abs(p2 - p1) > interior
        || Math.abs(p1 - p0) > interior
        || Math.abs(q1 - q0) > interior
        || Math.abs(q2 - q1) > interior
        || Math.abs(q3 - q2) > interior;
  }

  /** Adjusts the samples at the edge, with regard to the next ones. */
  private static void adjustTwo(byte[] samples, int q, int across, int p1, int p0, int q0, int q1) {
    int a = signed(signed(p1 - q1) + 3 * (q0 - p0));
    samples[q - across] = InverseTransform.clip(p0 + (Math.min(a + 3, 127) >> 3));
    samples[q] = InverseTransform.clip(q0 - (Math.min(a + 4, 127) >> 3));
  }

  /** Clips to what 8 bits with a sign hold. */
  private static int signed(int value) {
    return Math.max(-128, Math.min(value, 127));
  }
}
