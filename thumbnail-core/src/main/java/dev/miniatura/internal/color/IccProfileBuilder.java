package dev.miniatura.internal.color;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes version 4 display profiles (ICC.1:2022) from chromaticities and a tone curve. */
public final class IccProfileBuilder {

  private static final int HEADER_BYTES = 128;
  private static final int TAG_ENTRY_BYTES = 12;
  private static final double MAX_XYZ = 100;

  private IccProfileBuilder() {}

  /**
   * Returns a matrix-based RGB profile, or null if the chromaticities span no triangle or have no
   * usable white, so that the picture's colors are unspecified.
   *
   * @param chromaticities x and y of red, green, blue and white, as seen under that white
   * @param curve {@link #srgb} or {@link #sampled}
   */
  public static byte @Nullable [] rgb(String description, double[] chromaticities, byte[] curve) {
    double[] colorants = Colorimetry.rgbToXyz(chromaticities);
    double[] adaptation = Colorimetry.adaptation(Colorimetry.xyz(chromaticities, 3));
    if (colorants == null || adaptation == null) {
      return null;
    }
    for (double element : colorants) {
      if (!(Math.abs(element) < MAX_XYZ)) {
        return null;
      }
    }
    Map<String, byte[]> tags = commonTags(description);
    tags.put("chad", numbers("sf32", adaptation));
    tags.put("rXYZ", numbers("XYZ ", colorants[0], colorants[3], colorants[6]));
    tags.put("gXYZ", numbers("XYZ ", colorants[1], colorants[4], colorants[7]));
    tags.put("bXYZ", numbers("XYZ ", colorants[2], colorants[5], colorants[8]));
    tags.put("rTRC", curve);
    tags.put("gTRC", curve);
    tags.put("bTRC", curve);
    return profile(IccProfile.RGB, tags);
  }

  /** Returns a monochrome profile. */
  public static byte[] gray(String description, byte[] curve) {
    Map<String, byte[]> tags = commonTags(description);
    tags.put("kTRC", curve);
    return profile(IccProfile.GRAY, tags);
  }

  /** Returns the curve of sRGB. */
  public static byte[] srgb() {
    double[] parameters = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
    return bytes(
        out -> {
          out.writeBytes("para");
          out.writeInt(0);
          out.writeShort(3);
          out.writeShort(0);
          for (double parameter : parameters) {
            out.writeInt(fixed(parameter));
          }
        });
  }

  /** Returns a curve through equally spaced points of a function over [0, 1] into [0, 1]. */
  public static byte[] sampled(DoubleUnaryOperator linearOfEncoded, int points) {
    return bytes(
        out -> {
          out.writeBytes("curv");
          out.writeInt(0);
          out.writeInt(points);
          for (int i = 0; i < points; i++) {
            double linear = linearOfEncoded.applyAsDouble(i / (points - 1.0));
            out.writeShort((int) (ToneCurve.clamp(linear) * 65535 + 0.5));
          }
        });
  }

  private static Map<String, byte[]> commonTags(String description) {
    Map<String, byte[]> tags = new LinkedHashMap<>();
    tags.put("desc", text(description));
    tags.put("cprt", text("No copyright"));
    tags.put("wtpt", numbers("XYZ ", Colorimetry.D50));
    return tags;
  }

  private static byte[] numbers(String type, double... numbers) {
    return bytes(
        out -> {
          out.writeBytes(type);
          out.writeInt(0);
          for (double number : numbers) {
            out.writeInt(fixed(number));
          }
        });
  }

  /** multiLocalizedUnicodeType with one record, in American English. */
  private static byte[] text(String text) {
    byte[] utf16 = text.getBytes(StandardCharsets.UTF_16BE);
    return bytes(
        out -> {
          out.writeBytes("mluc");
          out.writeInt(0);
          out.writeInt(1);
          out.writeInt(12);
          out.writeBytes("enUS");
          out.writeInt(utf16.length);
          out.writeInt(28);
          out.write(utf16);
        });
  }

  private static int fixed(double number) {
    return (int) Math.round(number * 65536);
  }

  private static byte[] profile(String colorSpace, Map<String, byte[]> tags) {
    int dataStart = HEADER_BYTES + 4 + tags.size() * TAG_ENTRY_BYTES;
    byte[] table =
        bytes(
            out -> {
              out.writeInt(tags.size());
              int offset = dataStart;
              for (Map.Entry<String, byte[]> tag : tags.entrySet()) {
                out.writeBytes(tag.getKey());
                out.writeInt(offset);
                out.writeInt(tag.getValue().length);
                offset += padded(tag.getValue().length);
              }
            });
    byte[] data =
        bytes(
            out -> {
              for (byte[] tag : tags.values()) {
                out.write(tag);
                out.write(new byte[padded(tag.length) - tag.length]);
              }
            });
    return bytes(
        out -> {
          out.writeInt(HEADER_BYTES + table.length + data.length);
          out.writeInt(0);
          out.writeInt(0x04300000);
          out.writeBytes("mntr" + colorSpace + IccProfile.PCS_XYZ);
          for (int part : new int[] {2026, 1, 1, 0, 0, 0}) {
            out.writeShort(part);
          }
          out.writeBytes("acsp");
          out.write(new byte[28]);
          for (double coordinate : Colorimetry.D50) {
            out.writeInt(fixed(coordinate));
          }
          out.write(new byte[48]);
          out.write(table);
          out.write(data);
        });
  }

  private static int padded(int length) {
    return (length + 3) & ~3;
  }

  /** Writes one part of a profile. */
  private interface Part {
    void writeTo(DataOutputStream out) throws IOException;
  }

  private static byte[] bytes(Part part) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      part.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }
}
