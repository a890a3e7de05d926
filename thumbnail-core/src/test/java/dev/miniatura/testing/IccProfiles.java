package dev.miniatura.testing;

import dev.miniatura.internal.color.IccProfileBuilder;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Color profiles made by code, so that no test needs one with a copyright. */
public final class IccProfiles {

  private static final double[] BT709 = {0.64, 0.33, 0.30, 0.60, 0.15, 0.06, 0.3127, 0.3290};
  private static final double[] P3 = {0.680, 0.320, 0.265, 0.690, 0.150, 0.060, 0.3127, 0.3290};
  private static final double[] ADOBE = {0.64, 0.33, 0.21, 0.71, 0.15, 0.06, 0.3127, 0.3290};
  private static final double[] ROMM = {
    0.7347, 0.2653, 0.1596, 0.8404, 0.0366, 0.0001, 0.34567, 0.35850
  };

  private IccProfiles() {}

  /** sRGB as a parametric version 4 profile. */
  public static byte[] srgb() {
    return rgb("sRGB", BT709, IccProfileBuilder.srgb());
  }

  /** Display P3: DCI-P3 primaries, D65, the curve of sRGB. */
  public static byte[] displayP3() {
    return rgb("Display P3", P3, IccProfileBuilder.srgb());
  }

  /** Adobe RGB (1998), gamma 563/256. */
  public static byte[] adobeRgb() {
    return rgb("Compatible with Adobe RGB (1998)", ADOBE, gamma(563 / 256.0));
  }

  /** ROMM RGB, known as ProPhoto, gamma 1.8 without the straight part; the curve is sampled. */
  public static byte[] proPhoto() {
    byte[] curve = IccProfileBuilder.sampled(x -> StrictMath.pow(x, 1.8), 1024);
    return rgb("ROMM RGB", ROMM, curve);
  }

  /** Gray with gamma 2.2. */
  public static byte[] grayGamma22() {
    return IccProfileBuilder.gray("Gray gamma 2.2", gamma(2.2));
  }

  /** The parametric curve linear = encoded^exponent. */
  private static byte[] gamma(double exponent) {
    return bytes(
        out -> {
          out.writeBytes("para");
          out.write(new byte[8]);
          out.writeInt((int) Math.round(exponent * 65536));
        });
  }

  /**
   * A CMYK printer whose lut16Type leads to Lab: inks with some dot gain, multiplied in lightness.
   * Not a real press, but smooth and with colors outside sRGB.
   */
  public static byte[] cmyk() {
    return cmyk(2);
  }

  /** The same as {@link #cmyk()} in lut8Type. */
  public static byte[] cmyk8() {
    return cmyk(1);
  }

  /** An RGB scanner with lutAToBType: gamma 2.2, a table that mixes the channels, XYZ. */
  public static byte[] rgbTables() {
    int grid = 5;
    byte[] gamma = gamma(2.2);
    byte[] line = gamma(1);
    byte[] data =
        bytes(
            out -> {
              int curves = 3 * gamma.length;
              int table = 32 + curves;
              int tableBytes = 20 + grid * grid * grid * 3 * 2;
              int tableEnd = (table + tableBytes + 3) & ~3;
              out.writeBytes("mAB ");
              out.writeInt(0);
              out.write(new byte[] {3, 3, 0, 0});
              out.writeInt(tableEnd + 48 + 3 * line.length); // B curves
              out.writeInt(tableEnd); // matrix
              out.writeInt(tableEnd + 48); // M curves
              out.writeInt(table);
              out.writeInt(32); // A curves
              writeThrice(out, gamma);
              out.write(new byte[] {(byte) grid, (byte) grid, (byte) grid});
              out.write(new byte[13]);
              out.writeInt(2 << 24);
              for (int i = 0; i < grid * grid * grid; i++) {
                double r = node(i, 2, grid);
                double g = node(i, 1, grid);
                double b = node(i, 0, grid);
                writeUnit(out, 0.9 * r + 0.1 * g * b, 2);
                writeUnit(out, 0.8 * g + 0.2 * r * g, 2);
                writeUnit(out, b, 2);
              }
              out.write(new byte[tableEnd - table - tableBytes]);
              double[] matrix = {
                0.4361, 0.3851, 0.1431, 0.2225, 0.7169, 0.0606, 0.0139, 0.0971, 0.7141, 0, 0, 0
              };
              for (double element : matrix) {
                out.writeInt((int) Math.round(element * 32768)); // XYZ is coded in halves
              }
              writeThrice(out, line);
              writeThrice(out, line);
            });
    return profile(4, "scnrRGB XYZ ", data);
  }

  private static byte[] rgb(String description, double[] chromaticities, byte[] curve) {
    byte[] profile = IccProfileBuilder.rgb(description, chromaticities, curve);
    if (profile == null) {
      throw new AssertionError("these primaries span a triangle");
    }
    return profile;
  }

  private static byte[] cmyk(int bytesPerNumber) {
    int grid = 9;
    byte[] data =
        bytes(
            out -> {
              out.writeBytes(bytesPerNumber == 1 ? "mft1" : "mft2");
              out.writeInt(0);
              out.write(new byte[] {4, 3, (byte) grid, 0});
              for (int i = 0; i < 9; i++) {
                out.writeInt(i % 4 == 0 ? 1 << 16 : 0);
              }
              if (bytesPerNumber == 2) {
                out.writeShort(256);
                out.writeShort(256);
              }
              for (int i = 0; i < 4 * 256; i++) {
                double a = i % 256 / 255.0;
                writeUnit(out, a + 0.5 * a * (1 - a), bytesPerNumber);
              }
              for (int i = 0; i < grid * grid * grid * grid; i++) {
                double c = node(i, 3, grid);
                double m = node(i, 2, grid);
                double y = node(i, 1, grid);
                double k = 1 - 0.85 * node(i, 0, grid);
                double scale = bytesPerNumber == 1 ? 1 : 65280 / 65535.0;
                double paper = k * (1 - 0.45 * c) * (1 - 0.5 * m) * (1 - 0.1 * y);
                double a = k * (74 * m - 37 * c - 5 * y);
                double b = k * (93 * y - 50 * c * (1 - y) - 5 * m);
                writeUnit(out, paper * scale, bytesPerNumber);
                writeUnit(out, (a + 128) / 255 * scale, bytesPerNumber);
                writeUnit(out, (b + 128) / 255 * scale, bytesPerNumber);
              }
              for (int i = 0; i < 3 * 256; i++) {
                writeUnit(out, i % 256 / 255.0, bytesPerNumber);
              }
            });
    return profile(2, "prtrCMYKLab ", data);
  }

  /** A profile with only a header and an A2B0 tag. */
  private static byte[] profile(int version, String spaces, byte[] tables) {
    return bytes(
        out -> {
          out.writeInt(144 + tables.length);
          out.writeInt(0);
          out.writeInt(version << 24);
          out.writeBytes(spaces);
          out.write(new byte[12]);
          out.writeBytes("acsp");
          out.write(new byte[28]);
          out.writeInt(0xf6d6);
          out.writeInt(0x10000);
          out.writeInt(0xd32d);
          out.write(new byte[48]);
          out.writeInt(1);
          out.writeBytes("A2B0");
          out.writeInt(144);
          out.writeInt(tables.length);
          out.write(tables);
        });
  }

  /** Returns the position in [0, 1] of a table's node number i along an axis; 0 varies fastest. */
  private static double node(int i, int axis, int grid) {
    int rest = i;
    for (int a = 0; a < axis; a++) {
      rest /= grid;
    }
    return rest % grid / (grid - 1.0);
  }

  private static void writeThrice(DataOutputStream out, byte[] curve) throws IOException {
    for (int i = 0; i < 3; i++) {
      out.write(curve);
    }
  }

  private static void writeUnit(DataOutputStream out, double value, int bytes) throws IOException {
    double clipped = Math.max(0, Math.min(value, 1));
    if (bytes == 1) {
      out.writeByte((int) Math.round(clipped * 255));
    } else {
      out.writeShort((int) Math.round(clipped * 65535));
    }
  }

  private interface Part {
    void writeTo(DataOutputStream out) throws IOException;
  }

  private static byte[] bytes(Part part) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      part.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
