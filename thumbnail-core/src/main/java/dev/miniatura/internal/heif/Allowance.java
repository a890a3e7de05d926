package dev.miniatura.internal.heif;

import dev.miniatura.Limits;
import dev.miniatura.internal.io.Deadline;

/**
 * What decoding may take.
 *
 * @param threads how many may be at work at once, the calling one included
 */
record Allowance(Limits limits, Deadline deadline, int threads) {}
