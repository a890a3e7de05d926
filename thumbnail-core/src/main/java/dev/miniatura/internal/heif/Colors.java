package dev.miniatura.internal.heif;

import dev.miniatura.internal.codec.ColorDescription;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code colr} boxes (ISO/IEC 14496-12, clause 12.1.5). A picture may have both:
 * then the profile defines the colors, and the code points define the coding of samples.
 */
record Colors(
    @SuppressWarnings("ArrayRecordComponent") byte @Nullable [] iccProfile,
    @Nullable ColorDescription nclx) {

  /** Returns these colors, completed by those of the parts where these are unspecified. */
  Colors or(Colors parts) {
    boolean silent = iccProfile == null && nclx == null;
    return new Colors(silent ? parts.iccProfile : iccProfile, nclx == null ? parts.nclx : nclx);
  }
}
