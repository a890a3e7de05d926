package dev.miniatura.internal.png;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.color.CodePoints;
import dev.miniatura.internal.color.IccProfileBuilder;
import dev.miniatura.internal.color.Primaries;
import dev.miniatura.internal.inflate.CompressedInput;
import dev.miniatura.internal.inflate.ZlibWindow;
import dev.miniatura.internal.png.PngHeader.ColorType;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.SrgbCurve;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The color space of an image's samples, determined by the first chunk present of cICP, iCCP, sRGB,
 * gAMA and cHRM (PNG, third edition, sections 4.3 and 13.13), and expressed as an ICC profile so
 * that nothing else has to know these chunks.
 *
 * @param profile an ICC profile, or null if the samples are sRGB
 * @param embedded whether the file contains the profile
 */
record Colorimetry(
    @SuppressWarnings("ArrayRecordComponent") byte @Nullable [] profile, boolean embedded) {

  static final int CICP = Chunks.type("cICP");
  static final int ICCP = Chunks.type("iCCP");
  static final int SRGB = Chunks.type("sRGB");
  static final int GAMA = Chunks.type("gAMA");
  static final int CHRM = Chunks.type("cHRM");

  private static final Colorimetry STANDARD = new Colorimetry(null, false);

  /** The longest profile that is decompressed. */
  private static final int PROFILE_BYTES = 16 << 20;

  /** The exponent commonly written for sRGB's curve, 1 / 2.2. */
  private static final double SRGB_GAMMA = 0.45455;

  /** The relative deviation from it that still means sRGB; an invisible difference. */
  private static final double GAMMA_TOLERANCE = 0.05;

  private static final double CHROMATICITY_TOLERANCE = 0.002;

  /** Points of a synthesized tone curve, linear between them. */
  private static final int CURVE_POINTS = 1024;

  /** Determines the color space from the data of the chunks, by type. */
  static Colorimetry of(Map<Integer, byte[]> chunks, ColorType type, Notes notes)
      throws IOException {
    boolean gray = type == ColorType.GRAY || type == ColorType.GRAY_ALPHA;
    byte[] codePoints = chunks.get(CICP);
    if (codePoints != null && codePoints.length == 4) {
      Colorimetry named = named(codePoints, gray);
      if (named != null) {
        return named;
      }
      notes.add(Chunks.FORMAT, "cICP with unknown code points", "ignored");
    }
    byte[] embedded = chunks.get(ICCP);
    if (embedded != null) {
      byte[] profile = decompress(embedded, notes);
      if (profile != null) {
        return new Colorimetry(profile, true);
      }
    }
    if (chunks.containsKey(SRGB)) {
      return STANDARD;
    }
    return measured(chunks, gray, notes);
  }

  /** Returns the color space from cICP; null if its code points are unknown or make no sense. */
  private static @Nullable Colorimetry named(byte[] codes, boolean gray) {
    Primaries primaries = CodePoints.primaries(codes[0] & 0xff);
    DoubleUnaryOperator transfer = CodePoints.transfer(codes[1] & 0xff);
    boolean fullRange = codes[3] == 1;
    if (primaries == null || transfer == null || codes[2] != 0) {
      return null;
    }
    if (codes[0] == 1 && codes[1] == 13 && fullRange) {
      return STANDARD;
    }
    // Narrow range: 16 to 235 of 255 are black to white (H.273, 8.3).
    DoubleUnaryOperator curve =
        fullRange
            ? transfer
            : encoded ->
                transfer.applyAsDouble(Math.max(0, Math.min(1, (encoded * 255 - 16) / 219)));
    return built(gray, primaries, curve);
  }

  /** Returns the color space from gAMA and cHRM; if one is missing, that of sRGB is used. */
  private static Colorimetry measured(Map<Integer, byte[]> chunks, boolean gray, Notes notes) {
    byte[] gammaData = chunks.get(GAMA);
    double gamma = SRGB_GAMMA;
    if (gammaData != null && gammaData.length == 4 && Chunks.u31(gammaData, 0) > 0) {
      gamma = Chunks.u31(gammaData, 0) / 100_000.0;
    } else if (gammaData != null) {
      notes.add(Chunks.FORMAT, "gAMA without an exponent", "ignored");
    }
    Primaries primaries = Primaries.SRGB;
    byte[] chromaticities = chunks.get(CHRM);
    if (chromaticities != null && chromaticities.length == 32) {
      double[] xy = new double[8];
      for (int i = 0; i < xy.length; i++) {
        xy[i] = Chunks.u32(chromaticities, 4 * i) / 100_000.0;
      }
      Primaries given = new Primaries(xy[0], xy[1], xy[2], xy[3], xy[4], xy[5], xy[6], xy[7]);
      if (IccProfileBuilder.rgb("", given.redGreenBlueWhite(), IccProfileBuilder.srgb()) == null) {
        notes.add(Chunks.FORMAT, "cHRM whose primaries span no gamut", "ignored");
      } else if (!given.isNear(Primaries.SRGB, CHROMATICITY_TOLERANCE)) {
        primaries = given;
      }
    }
    boolean standardCurve = Math.abs(gamma / SRGB_GAMMA - 1) <= GAMMA_TOLERANCE;
    if (standardCurve && (gray || primaries.equals(Primaries.SRGB))) {
      return STANDARD;
    }
    double exponent = 1 / gamma;
    DoubleUnaryOperator curve =
        standardCurve ? SrgbCurve::toLinear : encoded -> StrictMath.pow(encoded, exponent);
    return built(gray, primaries, curve);
  }

  private static Colorimetry built(boolean gray, Primaries primaries, DoubleUnaryOperator curve) {
    byte[] points = IccProfileBuilder.sampled(curve, CURVE_POINTS);
    byte[] profile =
        gray
            ? IccProfileBuilder.gray(Chunks.FORMAT, points)
            : IccProfileBuilder.rgb(Chunks.FORMAT, primaries.redGreenBlueWhite(), points);
    return new Colorimetry(profile, false);
  }

  /** Returns the profile of an iCCP chunk: a name, a zero, the compression method, zlib data. */
  private static byte @Nullable [] decompress(byte[] chunk, Notes notes) throws IOException {
    int nameEnd = 0;
    while (nameEnd < chunk.length && chunk[nameEnd] != 0) {
      nameEnd++;
    }
    int start = nameEnd + 2;
    if (start >= chunk.length || chunk[nameEnd + 1] != 0) {
      notes.add(Chunks.FORMAT, "iCCP without a compressed profile", "ignored");
      return null;
    }
    ZlibWindow window = new ZlibWindow(new Bytes(chunk, start), 1);
    ByteArrayOutputStream profile = new ByteArrayOutputStream();
    try {
      while (window.require(1) > 0 && profile.size() <= PROFILE_BYTES) {
        profile.write(window.array, window.position, window.limit - window.position);
        window.position = window.limit;
      }
    } catch (MalformedImageException e) {
      notes.add(Chunks.FORMAT, "iCCP cannot be decompressed: " + e.reason(), "ignored");
      return null;
    }
    if (window.truncated() || profile.size() > PROFILE_BYTES) {
      notes.add(Chunks.FORMAT, "iCCP is cut off or too long", "ignored");
      return null;
    }
    return profile.toByteArray();
  }

  /** The compressed bytes of one chunk, in one segment. */
  private static final class Bytes extends CompressedInput {
    private boolean given;

    Bytes(byte[] chunk, int start) {
      super(Chunks.FORMAT);
      array = chunk;
      position = start;
      limit = start;
    }

    @Override
    public boolean next() {
      boolean first = !given;
      given = true;
      limit = array.length;
      return first;
    }

    @Override
    public long offset() {
      return -1;
    }
  }
}
