package dev.miniatura.internal.raw;

import dev.miniatura.internal.color.IccProfileBuilder;
import dev.miniatura.internal.color.Primaries;
import org.jspecify.annotations.Nullable;

/** Color spaces that cameras offer, and in which raw converters save previews. */
enum ColorSetting {
  UNKNOWN,
  SRGB,
  ADOBE_RGB,
  PROPHOTO_RGB;

  /** Adobe RGB (1998) Color Image Encoding, section 4.3. */
  private static final Primaries OF_ADOBE_RGB =
      new Primaries(0.3127, 0.3290, 0.64, 0.33, 0.21, 0.71, 0.15, 0.06);

  private static final double GAMMA_OF_ADOBE_RGB = 2 + 51 / 256.0;

  /** ROMM RGB, ISO 22028-2, without the linear segment of its curve near black. */
  private static final Primaries OF_PROPHOTO_RGB =
      new Primaries(0.3457, 0.3585, 0.7347, 0.2653, 0.1596, 0.8404, 0.0366, 0.0001);

  private static final double GAMMA_OF_PROPHOTO_RGB = 1.8;
  private static final int CURVE_POINTS = 4096;

  /** Returns the setting that a DNG's field PreviewColorSpace names. */
  static ColorSetting ofDng(long value) {
    return value == 2 ? SRGB : value == 3 ? ADOBE_RGB : value == 4 ? PROPHOTO_RGB : UNKNOWN;
  }

  /** Returns a profile; null if none is needed. */
  byte @Nullable [] profile() {
    return switch (this) {
      case UNKNOWN, SRGB -> null;
      case ADOBE_RGB -> profile(OF_ADOBE_RGB, GAMMA_OF_ADOBE_RGB);
      case PROPHOTO_RGB -> profile(OF_PROPHOTO_RGB, GAMMA_OF_PROPHOTO_RGB);
    };
  }

  private byte @Nullable [] profile(Primaries primaries, double gamma) {
    return IccProfileBuilder.rgb(
        name(),
        primaries.redGreenBlueWhite(),
        IccProfileBuilder.sampled(encoded -> Math.pow(encoded, gamma), CURVE_POINTS));
  }
}
