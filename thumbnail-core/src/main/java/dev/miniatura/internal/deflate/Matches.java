package dev.miniatura.internal.deflate;

/** Which repetitions are searched for. */
public enum Matches {
  /** None: each byte is coded alone, as suits noise. */
  NONE,

  /** Those of eight bytes and more: filtered samples seldom have shorter ones that pay. */
  LONG,

  /** All: from three bytes on. */
  ALL
}
