package dev.miniatura.internal.png;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Writes small ICC profiles (ICC.1:2010, version 4.3): three primaries and a curve, or a curve
 * alone for gray. They stand in for what a PNG says in other words, and are never embedded.
 */
final class IccProfileBuilder {

  /** The profile connection space's white, D50 (ICC.1:2010, 7.2.16). */
  private static final double[] D50 = {0.9642, 1.0, 0.8249};

  /** Bradford's cone response matrix (ICC.1:2010, annex E). */
  private static final double[][] BRADFORD = {
    {0.8951, 0.2664, -0.1614}, {-0.7502, 1.7135, 0.0367}, {0.0389, -0.0685, 1.0296}
  };

  private static final int HEADER_BYTES = 128;
  private static final int CURVE_POINTS = 1024;

  private record Tag(String name, @SuppressWarnings("ArrayRecordComponent") byte[] data) {}

  private IccProfileBuilder() {}

  /** Chromaticities of a color space's white and primaries. */
  record Primaries(
      double whiteX,
      double whiteY,
      double redX,
      double redY,
      double greenX,
      double greenY,
      double blueX,
      double blueY) {

    static final Primaries SRGB = new Primaries(0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06);

    private double[] values() {
      return new double[] {whiteX, whiteY, redX, redY, greenX, greenY, blueX, blueY};
    }

    boolean isNear(Primaries other, double tolerance) {
      double[] mine = values();
      double[] theirs = other.values();
      for (int i = 0; i < mine.length; i++) {
        if (Math.abs(mine[i] - theirs[i]) > tolerance) {
          return false;
        }
      }
      return true;
    }

    /** Returns whether the primaries span an area, and all values are ones that light can have. */
    boolean isValid() {
      for (double value : values()) {
        if (value < 0 || value > 1) {
          return false;
        }
      }
      double area = (greenX - redX) * (blueY - redY) - (blueX - redX) * (greenY - redY);
      if (Math.abs(area) < 1e-3 || whiteY < 1e-3) {
        return false;
      }
      for (double share : shares()) {
        if (!(share > 0)) { // white lies outside the triangle
          return false;
        }
      }
      return true;
    }

    /** Returns how much X + Y + Z of each primary adds up to white with Y = 1. */
    private double[] shares() {
      double[] white = xyz(whiteX, whiteY, 1 / whiteY);
      return multiply(invert(unscaled()), white);
    }

    private double[][] unscaled() {
      return columns(xyz(redX, redY, 1), xyz(greenX, greenY, 1), xyz(blueX, blueY, 1));
    }

    /** Returns the matrix from linear RGB to XYZ under D50, by Bradford adaptation. */
    private double[][] toD50() {
      double[] shares = shares();
      double[][] matrix = unscaled();
      for (double[] row : matrix) {
        for (int c = 0; c < 3; c++) {
          row[c] *= shares[c];
        }
      }
      return multiply(adaptation(), matrix);
    }

    /** Returns the matrix that takes this white to D50. */
    private double[][] adaptation() {
      double[] from = multiply(BRADFORD, xyz(whiteX, whiteY, 1 / whiteY));
      double[] to = multiply(BRADFORD, D50);
      double[][] scaled = new double[3][3];
      for (int r = 0; r < 3; r++) {
        for (int c = 0; c < 3; c++) {
          scaled[r][c] = BRADFORD[r][c] * to[r] / from[r];
        }
      }
      return multiply(invert(BRADFORD), scaled);
    }
  }

  /**
   * Returns a profile of an RGB space.
   *
   * @param curve from an encoded sample to light, both 0 to 1
   */
  static byte[] rgb(Primaries primaries, DoubleUnaryOperator curve) {
    double[][] matrix = primaries.toD50();
    List<Tag> tags = common();
    tags.add(new Tag("chad", fixedArray("sf32", primaries.adaptation())));
    String[] names = {"r", "g", "b"};
    byte[] trc = curve(curve);
    for (int c = 0; c < 3; c++) {
      double[][] column = {{matrix[0][c], matrix[1][c], matrix[2][c]}};
      tags.add(new Tag(names[c] + "XYZ", fixedArray("XYZ ", column)));
      tags.add(new Tag(names[c] + "TRC", trc));
    }
    return profile("RGB ", tags);
  }

  /** Returns a profile of a gray space with the given curve. */
  static byte[] gray(DoubleUnaryOperator curve) {
    List<Tag> tags = common();
    tags.add(new Tag("kTRC", curve(curve)));
    return profile("GRAY", tags);
  }

  private static List<Tag> common() {
    List<Tag> tags = new ArrayList<>();
    tags.add(new Tag("desc", text("PNG colorimetry")));
    tags.add(new Tag("cprt", text("CC0")));
    tags.add(new Tag("wtpt", fixedArray("XYZ ", new double[][] {D50})));
    return tags;
  }

  /** Lays out header (7.2), tag table (7.3) and tags; equal data is stored once. */
  private static byte[] profile(String space, List<Tag> tags) {
    ByteArrayOutputStream table = new ByteArrayOutputStream();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int bodyStart = HEADER_BYTES + 4 + 12 * tags.size();
    u32(table, tags.size());
    byte[] previousCurve = {};
    int previousStart = 0;
    for (Tag tag : tags) {
      boolean shared = tag.data == previousCurve;
      int start = shared ? previousStart : bodyStart + body.size();
      if (!shared) {
        body.writeBytes(tag.data);
        body.writeBytes(new byte[-body.size() & 3]);
      }
      if (tag.name.endsWith("TRC")) {
        previousCurve = tag.data;
        previousStart = start;
      }
      ascii(table, tag.name);
      u32(table, start);
      u32(table, tag.data.length);
    }
    ByteArrayOutputStream profile = new ByteArrayOutputStream();
    u32(profile, bodyStart + body.size());
    u32(profile, 0); // no preferred color engine
    u32(profile, 0x0430_0000);
    ascii(profile, "mntr");
    ascii(profile, space);
    ascii(profile, "XYZ ");
    profile.writeBytes(new byte[] {7, (byte) 0xea, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0}); // 2026-01-01
    ascii(profile, "acsp");
    profile.writeBytes(new byte[28]); // platform to intent: perceptual, nothing special
    for (double value : D50) {
      fixed(profile, value);
    }
    profile.writeBytes(new byte[HEADER_BYTES - profile.size()]);
    profile.writeBytes(table.toByteArray());
    profile.writeBytes(body.toByteArray());
    return profile.toByteArray();
  }

  private static byte[] curve(DoubleUnaryOperator curve) {
    ByteArrayOutputStream out = type("curv");
    u32(out, CURVE_POINTS);
    for (int i = 0; i < CURVE_POINTS; i++) {
      double light = curve.applyAsDouble(i / (CURVE_POINTS - 1.0));
      int value = (int) Math.rint(Math.max(0, Math.min(1, light)) * 65535);
      out.write(value >> 8);
      out.write(value);
    }
    return out.toByteArray();
  }

  private static byte[] text(String words) {
    ByteArrayOutputStream out = type("mluc");
    u32(out, 1);
    u32(out, 12);
    ascii(out, "enUS");
    u32(out, 2 * words.length());
    u32(out, 28);
    out.writeBytes(words.getBytes(StandardCharsets.UTF_16BE));
    return out.toByteArray();
  }

  private static byte[] fixedArray(String type, double[][] values) {
    ByteArrayOutputStream out = type(type);
    for (double[] row : values) {
      for (double value : row) {
        fixed(out, value);
      }
    }
    return out.toByteArray();
  }

  private static ByteArrayOutputStream type(String signature) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ascii(out, signature);
    u32(out, 0);
    return out;
  }

  private static void ascii(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void fixed(ByteArrayOutputStream out, double value) {
    u32(out, (int) Math.rint(value * 65536));
  }

  private static void u32(ByteArrayOutputStream out, int value) {
    out.write(value >> 24);
    out.write(value >> 16);
    out.write(value >> 8);
    out.write(value);
  }

  private static double[] xyz(double x, double y, double sum) {
    return new double[] {x * sum, y * sum, (1 - x - y) * sum};
  }

  private static double[][] columns(double[] first, double[] second, double[] third) {
    double[][] matrix = new double[3][];
    for (int r = 0; r < 3; r++) {
      matrix[r] = new double[] {first[r], second[r], third[r]};
    }
    return matrix;
  }

  private static double[] multiply(double[][] matrix, double[] vector) {
    double[] product = new double[3];
    for (int r = 0; r < 3; r++) {
      for (int c = 0; c < 3; c++) {
        product[r] += matrix[r][c] * vector[c];
      }
    }
    return product;
  }

  private static double[][] multiply(double[][] left, double[][] right) {
    double[][] product = new double[3][3];
    for (int r = 0; r < 3; r++) {
      for (int c = 0; c < 3; c++) {
        for (int k = 0; k < 3; k++) {
          product[r][c] += left[r][k] * right[k][c];
        }
      }
    }
    return product;
  }

  /** Returns the inverse by cofactors; the caller knows that there is one. */
  private static double[][] invert(double[][] m) {
    double[][] inverse = new double[3][3];
    double determinant = 0;
    for (int r = 0; r < 3; r++) {
      for (int c = 0; c < 3; c++) {
        int r1 = (r + 1) % 3;
        int r2 = (r + 2) % 3;
        int c1 = (c + 1) % 3;
        int c2 = (c + 2) % 3;
        inverse[c][r] = m[r1][c1] * m[r2][c2] - m[r1][c2] * m[r2][c1];
        if (r == 0) {
          determinant += m[r][c] * inverse[c][r];
        }
      }
    }
    for (double[] row : inverse) {
      for (int c = 0; c < 3; c++) {
        row[c] /= determinant;
      }
    }
    return inverse;
  }
}
