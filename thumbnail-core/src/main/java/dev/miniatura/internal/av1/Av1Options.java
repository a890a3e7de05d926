package dev.miniatura.internal.av1;

import dev.miniatura.Limits;
import dev.miniatura.internal.io.Deadline;

/**
 * What of a picture is decoded.
 *
 * @param deblocking whether the deblocking filter runs
 * @param cdef whether the constrained directional enhancement filter runs
 * @param superResolution whether the frame is upscaled to its full width; if not, its coded width
 *     is delivered, without restoration
 * @param restoration whether loop restoration runs
 * @param filmGrain whether grain is added
 * @param operatingPoint index of the operating point, as {@code a1op} tells
 * @param layer spatial layer that is delivered, as {@code lsel} tells, or −1 for the highest
 * @param limits bounds on pixels, sides and memory
 * @param deadline checked for every row of superblocks
 */
public record Av1Options(
    boolean deblocking,
    boolean cdef,
    boolean superResolution,
    boolean restoration,
    boolean filmGrain,
    int operatingPoint,
    int layer,
    Limits limits,
    Deadline deadline) {

  /** Returns options for the exact picture. */
  public static Av1Options exact(Limits limits) {
    return new Av1Options(true, true, true, true, true, 0, -1, limits, new Deadline(limits.time()));
  }

  /** Returns options for a picture that will be much smaller: no filters, no grain. */
  public Av1Options withoutFilters() {
    return new Av1Options(
        false, false, superResolution, false, false, operatingPoint, layer, limits, deadline);
  }
}
