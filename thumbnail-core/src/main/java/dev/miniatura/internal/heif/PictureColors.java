package dev.miniatura.internal.heif;

import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.codec.ColorDescription;
import dev.miniatura.internal.codec.PictureFormat;
import dev.miniatura.internal.color.CodePoints;
import dev.miniatura.internal.color.IccProfileBuilder;
import dev.miniatura.internal.color.Primaries;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.raster.LumaWeights;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of a picture's samples. Code points of the container take precedence over those of
 * the coded picture; a profile takes precedence over both, but does not define the coding of
 * samples. If nothing is specified, the colors are sRGB, coded with the weights of BT.601.
 *
 * @param coding how the components are derived from red, green and blue
 * @param weights weights of luma, if there is luma
 * @param fullRange whether samples use all values
 * @param profile the profile of the colors; null for sRGB
 */
record PictureColors(
    Coding coding,
    LumaWeights weights,
    boolean fullRange,
    @SuppressWarnings("ArrayRecordComponent") byte @Nullable [] profile) {

  /** How components are derived from red, green and blue (ITU-T H.273, table 4). */
  enum Coding {
    GRAY,
    YCBCR,
    /** Green, blue, red. */
    IDENTITY,
    YCGCO
  }

  private static final int UNSPECIFIED = 2;

  /** Points of a synthesized tone curve, linear between them. */
  private static final int CURVE_POINTS = 1024;

  /** Determines the colors. */
  static PictureColors of(Colors said, PictureFormat format) throws UnsupportedImageException {
    ColorDescription coded = format.color();
    ColorDescription nclx = said.nclx() == null ? coded : said.nclx();
    int matrix = specified(nclx.matrix(), coded.matrix());
    int primaries = specified(nclx.primaries(), coded.primaries());
    int transfer = specified(nclx.transfer(), coded.transfer());
    boolean gray = format.components() == 1;
    byte[] profile = said.iccProfile();
    return new PictureColors(
        gray ? Coding.GRAY : coding(matrix, format),
        weights(matrix, primaries),
        nclx.fullRange(),
        profile == null ? profile(primaries, transfer, gray) : profile);
  }

  private static int specified(int first, int second) {
    return first == UNSPECIFIED ? second : first;
  }

  private static Coding coding(int matrix, PictureFormat format) throws UnsupportedImageException {
    boolean full = format.shiftX() == 0 && format.shiftY() == 0;
    return switch (matrix) {
      case 0 -> full ? Coding.IDENTITY : Coding.YCBCR;
      case 8 -> Coding.YCGCO;
      case 11, 13, 14 ->
          throw new UnsupportedImageException("HEIF: matrix coefficients of code " + matrix);
      default -> Coding.YCBCR;
    };
  }

  private static LumaWeights weights(int matrix, int primaries) {
    return switch (matrix) {
      case 1 -> new LumaWeights(0.2126, 0.0722);
      case 4 -> new LumaWeights(0.30, 0.11);
      case 7 -> new LumaWeights(0.212, 0.087);
      case 9, 10 -> new LumaWeights(0.2627, 0.0593);
      case 12 -> ofPrimaries(primaries);
      default -> LumaWeights.BT601;
    };
  }

  /** Weights that follow from chromaticities (equations 32 to 37). */
  private static LumaWeights ofPrimaries(int code) {
    Primaries primaries = CodePoints.primaries(code);
    return primaries == null ? LumaWeights.BT601 : primaries.lumaWeights();
  }

  /**
   * Returns a profile. The camera curves of codes 1, 6, 14 and 15 are treated like that of sRGB, as
   * in all viewers.
   */
  private static byte @Nullable [] profile(int primaries, int transfer, boolean gray) {
    Primaries known = CodePoints.primaries(primaries);
    DoubleUnaryOperator curve =
        switch (transfer) {
          case 4, 5, 8, 16, 18 -> CodePoints.transfer(transfer);
          default -> null;
        };
    boolean standard = known == null || gray || known.equals(Primaries.SRGB);
    if (curve == null && standard) {
      return null;
    }
    byte[] points =
        curve == null ? IccProfileBuilder.srgb() : IccProfileBuilder.sampled(curve, CURVE_POINTS);
    if (gray) {
      return IccProfileBuilder.gray(Container.HEIF.name(), points);
    }
    Primaries used = known == null ? Primaries.SRGB : known;
    return IccProfileBuilder.rgb(Container.HEIF.name(), used.redGreenBlueWhite(), points);
  }
}
