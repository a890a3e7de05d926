package dev.miniatura.internal.color;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** RGB profiles with the primaries of Display P3 and any tone curve. */
final class TestProfiles {

  private static final double[] P3 = {0.680, 0.320, 0.265, 0.690, 0.150, 0.060, 0.3127, 0.3290};

  private TestProfiles() {}

  static byte[] withCurve(byte[] curve) {
    byte[] profile = IccProfileBuilder.rgb("test", P3, curve);
    if (profile == null) {
      throw new AssertionError("these primaries span a triangle");
    }
    return profile;
  }

  static byte[] para(int function, double... parameters) {
    ByteBuffer bytes = ByteBuffer.allocate(12 + 4 * parameters.length);
    bytes.put("para".getBytes(StandardCharsets.US_ASCII)).putInt(0);
    bytes.putShort((short) function).putShort((short) 0);
    for (double parameter : parameters) {
      bytes.putInt((int) Math.round(parameter * 65536));
    }
    return bytes.array();
  }

  static byte[] curv(int... points) {
    ByteBuffer bytes = ByteBuffer.allocate(12 + 2 * points.length);
    bytes.put("curv".getBytes(StandardCharsets.US_ASCII)).putInt(0).putInt(points.length);
    for (int point : points) {
      bytes.putShort((short) point);
    }
    return bytes.array();
  }
}
