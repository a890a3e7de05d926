package dev.miniatura.internal.raster;

/** The tone curve of sRGB (IEC 61966-2-1). */
public final class SrgbCurve {

  private SrgbCurve() {}

  /** Returns the linear light of an encoded value, both in [0, 1]; the same on every machine. */
  public static double toLinear(double encoded) {
    return encoded <= 0.04045 ? encoded / 12.92 : StrictMath.pow((encoded + 0.055) / 1.055, 2.4);
  }

  /** Returns the encoded value of linear light, both in [0, 1]; the same on every machine. */
  public static double toEncoded(double linear) {
    return linear <= 0.0031308 ? 12.92 * linear : 1.055 * StrictMath.pow(linear, 1 / 2.4) - 0.055;
  }
}
