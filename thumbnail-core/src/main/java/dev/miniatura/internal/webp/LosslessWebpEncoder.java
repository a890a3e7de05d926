package dev.miniatura.internal.webp;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Raster;
import dev.miniatura.internal.vp8l.LosslessEncoder;
import java.util.Optional;

/** Writes still lossless WebP files (RFC 9649). The bytes depend only on raster and profile. */
public final class LosslessWebpEncoder {

  private LosslessWebpEncoder() {}

  /**
   * Encodes a raster.
   *
   * @param raster GRAY or RGB, at most {@value LossyWebpEncoder#MAX_SIDE} pixels a side
   * @param profile a color profile to embed
   */
  public static byte[] encode(Raster raster, Optional<byte[]> profile) {
    return encode(argb(raster), raster.width(), raster.height(), profile);
  }

  /** Encodes pixels of 0xAARRGGBB. */
  static byte[] encode(int[] argb, int width, int height, Optional<byte[]> profile) {
    RiffWriter out = new RiffWriter();
    profile.ifPresent(
        bytes -> {
          boolean transparent = false;
          for (int pixel : argb) {
            transparent |= pixel >>> 24 != 255;
          }
          int alphaFlag = transparent ? RiffWriter.ALPHA_FLAG : 0;
          out.extended(width, height, RiffWriter.ICC_FLAG | alphaFlag).chunk("ICCP", bytes);
        });
    return out.chunk("VP8L", LosslessEncoder.encode(argb, width, height)).file();
  }

  /** Returns pixels of 0xAARRGGBB. */
  static int[] argb(Raster raster) {
    boolean gray = raster.color() == ColorKind.GRAY;
    byte[] red = raster.channel(0);
    byte[] green = raster.channel(gray ? 0 : 1);
    byte[] blue = raster.channel(gray ? 0 : 2);
    int[] argb = new int[red.length];
    for (int i = 0; i < argb.length; i++) {
      int alpha = raster.alpha() ? raster.channel(raster.channelCount() - 1)[i] : 255;
      argb[i] = alpha << 24 | (red[i] & 0xff) << 16 | (green[i] & 0xff) << 8 | (blue[i] & 0xff);
    }
    return argb;
  }
}
