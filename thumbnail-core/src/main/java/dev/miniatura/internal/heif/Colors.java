package dev.miniatura.internal.heif;

import dev.miniatura.internal.codec.ColorDescription;
import org.jspecify.annotations.Nullable;

/**
 * What {@code colr} boxes say (ISO/IEC 14496-12, clause 12.1.5). A picture may have both: then the
 * profile tells the colors, the code points how samples are coded.
 */
record Colors(
    @SuppressWarnings("ArrayRecordComponent") byte @Nullable [] iccProfile,
    @Nullable ColorDescription nclx) {

  /** Returns these, completed by those of the parts where these say nothing. */
  Colors or(Colors parts) {
    boolean silent = iccProfile == null && nclx == null;
    return new Colors(silent ? parts.iccProfile : iccProfile, nclx == null ? parts.nclx : nclx);
  }
}
