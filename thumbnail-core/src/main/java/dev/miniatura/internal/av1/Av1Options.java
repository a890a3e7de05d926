package dev.miniatura.internal.av1;

import dev.miniatura.Limits;
import dev.miniatura.internal.codec.CodecConfiguration;
import dev.miniatura.internal.codec.PictureArea;
import dev.miniatura.internal.codec.PictureOptions;
import dev.miniatura.internal.io.Deadline;

/**
 * The options for decoding a picture.
 *
 * @param deblocking whether the deblocking filter runs
 * @param cdef whether the constrained directional enhancement filter runs
 * @param superResolution whether the frame is upscaled to its full width; if not, its coded width
 *     is delivered, without restoration
 * @param restoration whether loop restoration runs
 * @param filmGrain whether grain is added
 * @param operatingPoint index of the operating point, from {@code a1op}
 * @param layer spatial layer that is delivered, from {@code lsel}, or −1 for the highest
 * @param area the part of the picture that is decoded if no filters run
 * @param limits bounds on pixels, sides and memory
 * @param deadline checked for every row of superblocks
 */
record Av1Options(
    boolean deblocking,
    boolean cdef,
    boolean superResolution,
    boolean restoration,
    boolean filmGrain,
    int operatingPoint,
    int layer,
    PictureArea area,
    Limits limits,
    Deadline deadline) {

  /** Returns options for the exact picture. */
  static Av1Options exact(CodecConfiguration item, Limits limits) {
    return of(
        item, new PictureOptions(true, PictureArea.WHOLE, limits, new Deadline(limits.time())));
  }

  static Av1Options of(CodecConfiguration item, PictureOptions options) {
    boolean filters = options.filters();
    return new Av1Options(
        filters,
        filters,
        true,
        filters,
        filters,
        item.operatingPoint(),
        item.layer(),
        options.area(),
        options.limits(),
        options.deadline());
  }

  /** Returns options for a picture that will be much smaller: no filters, no grain. */
  Av1Options withoutFilters() {
    return new Av1Options(
        false, false, superResolution, false, false, operatingPoint, layer, area, limits, deadline);
  }
}
