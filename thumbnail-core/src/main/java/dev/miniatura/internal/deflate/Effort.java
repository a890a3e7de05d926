package dev.miniatura.internal.deflate;

/**
 * How matches are searched for.
 *
 * @param lazy the length from which on no later match is tried
 * @param nice the length that is enough, at least {@link Symbols#MIN_LENGTH}
 * @param everyPosition whether matches are searched for at all positions instead of where pixels
 *     begin
 */
record Effort(int lazy, int nice, boolean everyPosition) {

  /** Returns the effort for a level of 1 to 9. */
  static Effort of(int level) {
    if (level <= 3) {
      return new Effort(0, 8 << level, false);
    }
    return level <= 6
        ? new Effort(8 << (level - 4), 16 << (level - 4), false)
        : new Effort(Symbols.MAX_LENGTH, Symbols.MAX_LENGTH, true);
  }
}
