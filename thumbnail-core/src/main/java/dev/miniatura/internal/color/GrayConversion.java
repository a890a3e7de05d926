package dev.miniatura.internal.color;

import dev.miniatura.internal.raster.ColorKind;

/**
 * A monochrome profile (ICC.1:2022, annex F.2) to sRGB grays. Its curve gives the luminance, or the
 * lightness L* if the connection space is Lab; either way the picture stays gray, and one table is
 * enough.
 */
final class GrayConversion implements PixelConversion {

  private final byte[] table = new byte[256];

  GrayConversion(IccProfile profile) throws ProfileException {
    boolean lightness = profile.connectionSpace().equals(IccProfile.PCS_LAB);
    double[] samples = ToneCurve.sample(ToneCurve.read(profile.requiredTag("kTRC")));
    for (int i = 0; i < table.length; i++) {
      double luminance = lightness ? LabXyz.luminance(100 * samples[i]) : samples[i];
      table[i] = SrgbEncoder.encode(luminance);
    }
  }

  @Override
  public ColorKind target() {
    return ColorKind.GRAY;
  }

  @Override
  public void convert(byte[][] source, byte[][] target) {
    for (int i = 0; i < source[0].length; i++) {
      target[0][i] = table[source[0][i] & 0xff];
    }
  }
}
