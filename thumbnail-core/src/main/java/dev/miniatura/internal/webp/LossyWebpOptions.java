package dev.miniatura.internal.webp;

import org.jspecify.annotations.Nullable;

/**
 * How a lossy WebP is written.
 *
 * @param quality 0 to 100, on the scale of {@code cwebp}
 * @param effort 0, fast, to 6, small; see {@link Effort}
 * @param iccProfile a profile to embed, or null
 */
public record LossyWebpOptions(
    int quality,
    int effort,
    @SuppressWarnings("ArrayRecordComponent") byte @Nullable [] iccProfile) {

  /** The default effort. */
  public static final int DEFAULT_EFFORT = 4;

  /** Creates options. */
  public LossyWebpOptions(int quality, int effort, byte @Nullable [] iccProfile) {
    if (quality < 0 || quality > 100) {
      throw new IllegalArgumentException("quality must be 0 to 100, not " + quality);
    }
    if (effort < 0 || effort > 6) {
      throw new IllegalArgumentException("effort must be 0 to 6, not " + effort);
    }
    this.quality = quality;
    this.effort = effort;
    this.iccProfile = iccProfile;
  }

  /** Returns options of a quality, at the default effort and without a profile. */
  public static LossyWebpOptions of(int quality) {
    return new LossyWebpOptions(quality, DEFAULT_EFFORT, null);
  }
}
