package dev.miniatura.internal.webp;

import dev.miniatura.internal.bytes.ByteViews;
import dev.miniatura.internal.webp.FilterHeader.Strength;

/**
 * The loop filters (RFC 6386, section 15): each macroblock in turn has its left edge smoothed, the
 * edges between its columns of subblocks, its upper edge, and those between its rows of subblocks.
 * The RFC's calculations with signed samples are done with differences here, which gives the same
 * results.
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
        columnEdge(samples, at, stride, size, macroblockLimit, strength, true);
      }
      for (int x = 4; interior && x < size; x += 4) {
        columnEdge(samples, at + x, stride, size, subblockLimit, strength, false);
      }
      if (hasAbove) {
        rowEdge(samples, at, stride, size, macroblockLimit, strength, true);
      }
      for (int y = 4; interior && y < size; y += 4) {
        rowEdge(samples, at + y * stride, stride, size, subblockLimit, strength, false);
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
   * @param at first sample after the edge
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

  /**
   * Section 15.3, edges between columns, whose eight samples are loaded at once.
   *
   * @param at first sample to the right of the edge
   * @param limit maximum difference across the edge
   * @param wide whether the edge is between macroblocks, where more samples change
   */
  private static void columnEdge(
      byte[] samples, int at, int stride, int count, int limit, Strength strength, boolean wide) {
    int interior = strength.interior();
    int highVariance = strength.highVariance();
    for (int i = 0, q = at; i < count; i++, q += stride) {
      long eight = ByteViews.longBe(samples, q - 4);
      int p1 = (int) (eight >>> 40) & 0xff;
      int p0 = (int) (eight >>> 32) & 0xff;
      int q0 = (int) (eight >>> 24) & 0xff;
      int q1 = (int) (eight >>> 16) & 0xff;
      int p = Math.abs(p1 - p0);
      int r = Math.abs(q1 - q0);
      if (2 * Math.abs(p0 - q0) + (Math.abs(p1 - q1) >> 1) > limit || Math.max(p, r) > interior) {
        continue;
      }
      int p3 = (int) (eight >>> 56);
      int p2 = (int) (eight >>> 48) & 0xff;
      int q2 = (int) (eight >>> 8) & 0xff;
      int q3 = (int) eight & 0xff;
      if (exceeds(interior, p3, p2, p1, q1, q2, q3)) {
        continue;
      }
      if (Math.max(p, r) > highVariance) {
        adjustTwo(samples, q, 1, p1, p0, q0, q1);
      } else if (wide) {
        adjustSix(samples, q, 1, p2, p1, p0, q0, q1, q2);
      } else {
        adjustFour(samples, q, 1, p1, p0, q0, q1);
      }
    }
  }

  /**
   * Section 15.3, edges between rows. Separate from the one for columns, so that bounds are checked
   * once: indexes grow by 1.
   */
  private static void rowEdge(
      byte[] samples, int at, int stride, int count, int limit, Strength strength, boolean wide) {
    int interior = strength.interior();
    int highVariance = strength.highVariance();
    for (int q = at; q < at + count; q++) {
      int p1 = samples[q - 2 * stride] & 0xff;
      int p0 = samples[q - stride] & 0xff;
      int q0 = samples[q] & 0xff;
      int q1 = samples[q + stride] & 0xff;
      int p = Math.abs(p1 - p0);
      int r = Math.abs(q1 - q0);
      if (2 * Math.abs(p0 - q0) + (Math.abs(p1 - q1) >> 1) > limit || Math.max(p, r) > interior) {
        continue;
      }
      int p3 = samples[q - 4 * stride] & 0xff;
      int p2 = samples[q - 3 * stride] & 0xff;
      int q2 = samples[q + 2 * stride] & 0xff;
      int q3 = samples[q + 3 * stride] & 0xff;
      if (exceeds(interior, p3, p2, p1, q1, q2, q3)) {
        continue;
      }
      if (Math.max(p, r) > highVariance) {
        adjustTwo(samples, q, stride, p1, p0, q0, q1);
      } else if (wide) {
        adjustSix(samples, q, stride, p2, p1, p0, q0, q1, q2);
      } else {
        adjustFour(samples, q, stride, p1, p0, q0, q1);
      }
    }
  }

  /** Returns whether neighbors on one side differ so much that the picture has an edge there. */
  private static boolean exceeds(int interior, int p3, int p2, int p1, int q1, int q2, int q3) {
    int before = Math.max(Math.abs(p3 - p2), Math.abs(p2 - p1));
    int behind = Math.max(Math.abs(q3 - q2), Math.abs(q2 - q1));
    return Math.max(before, behind) > interior;
  }

  private static void adjustFour(
      byte[] samples, int q, int across, int p1, int p0, int q0, int q1) {
    int a = signed(3 * (q0 - p0));
    int below = Math.min(a + 4, 127) >> 3;
    int above = Math.min(a + 3, 127) >> 3;
    int outer = (below + 1) >> 1;
    samples[q - 2 * across] = InverseTransform.clamp(p1 + outer);
    samples[q - across] = InverseTransform.clamp(p0 + above);
    samples[q] = InverseTransform.clamp(q0 - below);
    samples[q + across] = InverseTransform.clamp(q1 - outer);
  }

  private static void adjustSix(
      byte[] samples, int q, int across, int p2, int p1, int p0, int q0, int q1, int q2) {
    int w = signed(signed(p1 - q1) + 3 * (q0 - p0));
    int near = (27 * w + 63) >> 7;
    int middle = (18 * w + 63) >> 7;
    int far = (9 * w + 63) >> 7;
    samples[q - 3 * across] = InverseTransform.clamp(p2 + far);
    samples[q - 2 * across] = InverseTransform.clamp(p1 + middle);
    samples[q - across] = InverseTransform.clamp(p0 + near);
    samples[q] = InverseTransform.clamp(q0 - near);
    samples[q + across] = InverseTransform.clamp(q1 - middle);
    samples[q + 2 * across] = InverseTransform.clamp(q2 - far);
  }

  /** Adjusts the samples at the edge, taking the next ones into account. */
  private static void adjustTwo(byte[] samples, int q, int across, int p1, int p0, int q0, int q1) {
    int a = signed(signed(p1 - q1) + 3 * (q0 - p0));
    samples[q - across] = InverseTransform.clamp(p0 + (Math.min(a + 3, 127) >> 3));
    samples[q] = InverseTransform.clamp(q0 - (Math.min(a + 4, 127) >> 3));
  }

  /** Clips to the range of 8 bits with a sign. */
  private static int signed(int value) {
    return Math.max(-128, Math.min(value, 127));
  }
}
