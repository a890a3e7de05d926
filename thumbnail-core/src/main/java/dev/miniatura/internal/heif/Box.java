package dev.miniatura.internal.heif;

import dev.miniatura.internal.io.SourceBytes;

/**
 * A box (ISO/IEC 14496-12, clause 4.2): a type and an unread range of the source.
 *
 * @param type four-character code
 * @param start position in the source of its content, after size and type
 * @param end position after its last byte; {@link Long#MAX_VALUE} for a box that extends to the end
 *     of a source of unknown length
 */
record Box(int type, long start, long end) {

  /** Reads the content. */
  BoxReader reader(SourceBytes bytes) {
    return new BoxReader(bytes, start, end);
  }
}
