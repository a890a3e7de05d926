package dev.miniatura.testing;

/** The plainest separation: black replaces what the three inks have in common. */
final class Inks {

  private Inks() {}

  /** Returns C, M, Y and K, 0 (no ink) to 255, with {@code R = (255 − C)(255 − K) / 255}. */
  static int[] of(int rgb) {
    int red = rgb >> 16 & 0xff;
    int green = rgb >> 8 & 0xff;
    int blue = rgb & 0xff;
    int light = Math.max(red, Math.max(green, blue));
    if (light == 0) {
      return new int[] {0, 0, 0, 255};
    }
    return new int[] {
      255 - (255 * red + light / 2) / light,
      255 - (255 * green + light / 2) / light,
      255 - (255 * blue + light / 2) / light,
      255 - light
    };
  }
}
