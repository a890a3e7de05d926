package dev.miniatura.testing;

/** The visible difference of two sRGB colors, from 8-bit samples. */
public final class ColorDifference {

  private static final double POW_25_7 = Math.pow(25, 7);

  private ColorDifference() {}

  /** Returns ΔE*ab of CIE 1976: the distance in L*a*b*. */
  public static double cie76(int[] rgb1, int[] rgb2) {
    double[] lab1 = lab(rgb1);
    double[] lab2 = lab(rgb2);
    return Math.hypot(lab1[0] - lab2[0], Math.hypot(lab1[1] - lab2[1], lab1[2] - lab2[2]));
  }

  /** Returns ΔE00 (CIEDE2000; Sharma, Wu, Dalal 2005). */
  public static double ciede2000(int[] rgb1, int[] rgb2) {
    return ciede2000(lab(rgb1), lab(rgb2));
  }

  /** Returns ΔE00 of two L*a*b* colors. */
  static double ciede2000(double[] lab1, double[] lab2) {
    double meanChroma = (Math.hypot(lab1[1], lab1[2]) + Math.hypot(lab2[1], lab2[2])) / 2;
    double stretch = 1 + 0.5 * (1 - saturation(meanChroma));
    double c1 = Math.hypot(stretch * lab1[1], lab1[2]);
    double c2 = Math.hypot(stretch * lab2[1], lab2[2]);
    double h1 = hue(stretch * lab1[1], lab1[2]);
    double h2 = hue(stretch * lab2[1], lab2[2]);
    boolean gray = c1 * c2 == 0;
    double turn = h2 - h1 > 180 ? -360 : h2 - h1 < -180 ? 360 : 0;
    double hueStep = gray ? 0 : h2 - h1 + turn;
    double dl = lab2[0] - lab1[0];
    double dc = c2 - c1;
    double dh = 2 * Math.sqrt(c1 * c2) * sin(hueStep / 2);
    double l = (lab1[0] + lab2[0]) / 2;
    double c = (c1 + c2) / 2;
    double sum = h1 + h2;
    double h = gray ? sum : (turn == 0 ? sum : sum < 360 ? sum + 360 : sum - 360) / 2;
    double t =
        1 - 0.17 * cos(h - 30) + 0.24 * cos(2 * h) + 0.32 * cos(3 * h + 6) - 0.20 * cos(4 * h - 63);
    double rotation = -2 * saturation(c) * sin(60 * Math.exp(-((h - 275) / 25) * ((h - 275) / 25)));
    double squared = (l - 50) * (l - 50);
    double wl = dl / (1 + 0.015 * squared / Math.sqrt(20 + squared));
    double wc = dc / (1 + 0.045 * c);
    double wh = dh / (1 + 0.015 * c * t);
    return Math.sqrt(wl * wl + wc * wc + wh * wh + rotation * wc * wh);
  }

  private static double saturation(double chroma) {
    double power = Math.pow(chroma, 7);
    return Math.sqrt(power / (power + POW_25_7));
  }

  private static double hue(double a, double b) {
    return (Math.toDegrees(Math.atan2(b, a)) + 360) % 360;
  }

  private static double sin(double degrees) {
    return Math.sin(Math.toRadians(degrees));
  }

  private static double cos(double degrees) {
    return Math.cos(Math.toRadians(degrees));
  }

  /** L*a*b* relative to sRGB's own white. */
  static double[] lab(int[] rgb) {
    double r = linear(rgb[0]);
    double g = linear(rgb[1]);
    double b = linear(rgb[2]);
    double x = cubeRoot((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.9504700);
    double y = cubeRoot(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
    double z = cubeRoot((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.0888300);
    return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
  }

  private static double linear(int sample) {
    double v = sample / 255.0;
    return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
  }

  private static double cubeRoot(double t) {
    return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
  }
}
