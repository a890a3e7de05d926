package dev.miniatura.internal.jpeg.encode;

import org.jspecify.annotations.Nullable;

/**
 * How a JPEG is written.
 *
 * @param quality 1 to 100, on the Independent JPEG Group's scale over the tables of T.81 K.1 and
 *     K.2
 * @param progressive whether to write several scans (SOF2) instead of one (SOF0)
 * @param halveChroma whether to write chroma at half resolution in both directions (4:2:0); chroma
 *     that is already halved stays so
 * @param iccProfile a profile to embed, or null
 */
public record JpegOptions(
    int quality,
    boolean progressive,
    boolean halveChroma,
    @SuppressWarnings("ArrayRecordComponent") byte @Nullable [] iccProfile) {

  /** Creates options for a quality of 1 to 100. */
  public JpegOptions(
      int quality, boolean progressive, boolean halveChroma, byte @Nullable [] iccProfile) {
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException("quality must be 1 to 100, not " + quality);
    }
    this.quality = quality;
    this.progressive = progressive;
    this.halveChroma = halveChroma;
    this.iccProfile = iccProfile;
  }

  /** Returns options for a baseline 4:2:0 file without a profile. */
  public static JpegOptions baseline(int quality) {
    return new JpegOptions(quality, false, true, null);
  }
}
