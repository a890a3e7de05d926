package dev.miniatura.internal.codec;

import dev.miniatura.Limits;
import dev.miniatura.internal.io.Deadline;

/**
 * How a picture is decoded.
 *
 * @param filters whether the picture is exactly the one its codec defines. If not, in-loop filters
 *     and film grain are skipped, which is invisible if the picture is made at least four times
 *     smaller.
 * @param area the part of the picture that is needed
 * @param limits bounds on pixels, sides and memory
 * @param deadline checked for every row of coding blocks, or of tiles
 */
public record PictureOptions(boolean filters, PictureArea area, Limits limits, Deadline deadline) {}
