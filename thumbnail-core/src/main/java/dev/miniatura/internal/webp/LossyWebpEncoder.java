package dev.miniatura.internal.webp;

import dev.miniatura.internal.raster.Raster;
import org.jspecify.annotations.Nullable;

/**
 * Writes still lossy WebP files (RFC 9649): a VP8 key frame, with alpha and a profile if there are
 * any. The bytes depend only on the raster and the options.
 */
public final class LossyWebpEncoder {

  /** The maximum number of pixels per side. */
  public static final int MAX_SIDE = 16383;

  private LossyWebpEncoder() {}

  /**
   * Encodes a raster.
   *
   * @param raster GRAY, RGB, or YCBCR in full range, at most {@value #MAX_SIDE} pixels a side;
   *     alpha that is opaque everywhere is left out
   */
  public static byte[] encode(Raster raster, LossyWebpOptions options) {
    if (raster.width() > MAX_SIDE || raster.height() > MAX_SIDE) {
      throw new IllegalArgumentException("a WebP has at most 16,383 pixels a side");
    }
    byte[] alpha = alpha(raster);
    byte[] profile = options.iccProfile();
    RiffWriter out = new RiffWriter();
    if (alpha != null || profile != null) {
      int alphaFlag = alpha == null ? 0 : RiffWriter.ALPHA_FLAG;
      int profileFlag = profile == null ? 0 : RiffWriter.ICC_FLAG;
      out.extended(raster.width(), raster.height(), alphaFlag | profileFlag);
    }
    if (profile != null) {
      out.chunk("ICCP", profile);
    }
    if (alpha != null) {
      out.chunk("ALPH", CompressedAlpha.code(alpha, raster.width(), raster.height()));
    }
    return out.chunk("VP8 ", frame(raster, options)).file();
  }

  /** Returns the VP8 frame of a raster, without its alpha. */
  static byte[] frame(Raster raster, LossyWebpOptions options) {
    return Vp8Encoder.encode(
        LimitedRangePlanes.of(raster), options.quality(), Effort.level(options.effort()));
  }

  /** Returns the alpha, or null if all pixels are opaque. */
  private static byte @Nullable [] alpha(Raster raster) {
    if (!raster.alpha()) {
      return null;
    }
    byte[] alpha = raster.channel(raster.channelCount() - 1);
    for (byte value : alpha) {
      if (value != (byte) 255) {
        return alpha;
      }
    }
    return null;
  }
}
