package dev.miniatura.internal.png;

import org.jspecify.annotations.Nullable;

/**
 * How a PNG is written.
 *
 * @param level effort of the compression, 1 (fast) to 9 (small)
 * @param iccProfile a profile to embed, or null
 */
public record PngOptions(
    int level, @SuppressWarnings("ArrayRecordComponent") byte @Nullable [] iccProfile) {

  /** Level 6, no profile. */
  public static final PngOptions DEFAULT = new PngOptions(6, null);

  /** Creates options for a level of 1 to 9. */
  public PngOptions(int level, byte @Nullable [] iccProfile) {
    if (level < 1 || level > 9) {
      throw new IllegalArgumentException("level must be 1 to 9, not " + level);
    }
    this.level = level;
    this.iccProfile = iccProfile;
  }
}
