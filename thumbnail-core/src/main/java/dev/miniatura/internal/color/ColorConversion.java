package dev.miniatura.internal.color;

import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.Raster;
import dev.miniatura.internal.raster.RasterLayout;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * From a source's colors to sRGB, on thumbnail-sized rasters. Chosen once per source; immutable.
 *
 * <p>A profile is applied as in LittleCMS with perceptual intent and without black point
 * compensation: lookup tables if it has them, otherwise the matrix and tone curves. Without a
 * profile, gray and RGB are treated as sRGB, CMYK as SWOP.
 */
public final class ColorConversion {

  /** Steps between the 8-bit values per axis at which a conversion is compared with sRGB. */
  private static final int PROBE_STEP = 15;

  private final @Nullable PixelConversion pixels;
  private final YCbCr coding;

  private ColorConversion(@Nullable PixelConversion pixels, YCbCr coding) {
    this.pixels = pixels;
    this.coding = coding;
  }

  /** Returns the conversion that treats samples, once decoded to RGB, as sRGB. */
  public ColorConversion withoutProfile() {
    return new ColorConversion(null, coding);
  }

  /**
   * Chooses the conversion for a source. A profile that is broken or made for other colors is
   * ignored with a note, never an error.
   */
  public static ColorConversion of(RasterLayout layout, Notes notes) {
    return of(layout.color(), layout.iccProfile(), YCbCr.of(layout.weights()), notes);
  }

  /** Chooses the conversion for a kind of color; its luma, if any, is that of JFIF. */
  public static ColorConversion of(ColorKind color, byte @Nullable [] iccProfile, Notes notes) {
    return of(color, iccProfile, YCbCr.JFIF, notes);
  }

  private static ColorConversion of(
      ColorKind color, byte @Nullable [] iccProfile, YCbCr coding, Notes notes) {
    if (iccProfile != null) {
      try {
        return new ColorConversion(byProfile(color, IccProfile.parse(iccProfile)), coding);
      } catch (ProfileException e) {
        notes.add("ICC profile", Objects.toString(e.getMessage()), "ignored");
      }
    }
    return new ColorConversion(isInk(color) ? new InkModel() : null, coding);
  }

  /**
   * Returns whether samples are sRGB already, or within one level of it: GRAY, RGB and YCBCR can go
   * to an encoder unconverted.
   */
  public boolean isIdentity() {
    return pixels == null && isCodedAsJfif();
  }

  /** Returns whether YCBCR is coded as in JFIF, and thus as in an output JPEG. */
  public boolean isCodedAsJfif() {
    return coding == YCbCr.JFIF;
  }

  /** Returns the kind, GRAY or RGB, that {@link #toRgb} makes of a kind. */
  public ColorKind target(ColorKind color) {
    return pixels == null ? decoded(color) : pixels.target();
  }

  /**
   * Returns the number of channels, alpha not included, of all pictures that {@link #toRgb} creates
   * from one of this kind.
   */
  public int channelsCreated(ColorKind color) {
    ColorKind decoded = decoded(color);
    int created = decoded == color ? 0 : decoded.channels();
    boolean inPlace = created > 0 && pixels != null && pixels.target() == decoded;
    return created + (pixels == null || inPlace ? 0 : pixels.target().channels());
  }

  private static ColorKind decoded(ColorKind color) {
    return color == ColorKind.YCBCR
        ? ColorKind.RGB
        : color == ColorKind.YCCK ? ColorKind.CMYK : color;
  }

  /**
   * Returns the raster as sRGB in GRAY or RGB, alpha kept; the same raster if there is nothing to
   * do.
   */
  public Raster toRgb(Raster raster) {
    Raster source = decoded(raster.color()) == raster.color() ? raster : coding.toRgb(raster);
    if (pixels == null) {
      return source;
    }
    ColorKind target = pixels.target();
    if (source != raster && source.color() == target) {
      pixels.convert(colorChannels(source), colorChannels(source));
      return source;
    }
    Raster result = Raster.of(source.width(), source.height(), target, source.alpha());
    pixels.convert(colorChannels(source), colorChannels(result));
    if (source.alpha()) {
      byte[] alpha = source.channel(source.color().channels());
      System.arraycopy(alpha, 0, result.channel(target.channels()), 0, alpha.length);
    }
    return result;
  }

  private static byte[][] colorChannels(Raster raster) {
    byte[][] channels = new byte[raster.color().channels()][];
    for (int c = 0; c < channels.length; c++) {
      channels[c] = raster.channel(c);
    }
    return channels;
  }

  private static boolean isInk(ColorKind color) {
    return color == ColorKind.CMYK || color == ColorKind.YCCK;
  }

  private static @Nullable PixelConversion byProfile(ColorKind color, IccProfile profile)
      throws ProfileException {
    String expected =
        switch (color) {
          case GRAY -> IccProfile.GRAY;
          case RGB, YCBCR -> IccProfile.RGB;
          case CMYK, YCCK -> IccProfile.CMYK;
        };
    String actual = profile.colorSpace();
    if (!actual.equals(expected)) {
      throw new ProfileException(
          "it is for " + printable(actual) + " colors, the image is " + expected.strip());
    }
    PixelConversion conversion;
    if (isInk(color) || profile.tag("A2B0") != null) {
      conversion = new LutConversion(profile, color.channels());
    } else if (color == ColorKind.GRAY) {
      conversion = new GrayConversion(profile);
    } else {
      conversion = new MatrixConversion(profile);
    }
    return isNearlySrgb(conversion, color) ? null : conversion;
  }

  private static String printable(String signature) {
    return signature.chars().allMatch(c -> c >= ' ' && c <= '~') ? signature.strip() : "unknown";
  }

  /** Tries a lattice of 18³ colors that contains black, white and grays, or all 256 grays. */
  private static boolean isNearlySrgb(PixelConversion conversion, ColorKind color) {
    if (conversion.target() != color && color != ColorKind.YCBCR) {
      return false;
    }
    byte[][] probes = color == ColorKind.GRAY ? grays() : lattice();
    byte[][] converted = new byte[probes.length][probes[0].length];
    conversion.convert(probes, converted);
    for (int c = 0; c < probes.length; c++) {
      for (int i = 0; i < probes[c].length; i++) {
        if (Math.abs((probes[c][i] & 0xff) - (converted[c][i] & 0xff)) > 1) {
          return false;
        }
      }
    }
    return true;
  }

  private static byte[][] grays() {
    byte[][] grays = new byte[1][256];
    for (int i = 0; i < 256; i++) {
      grays[0][i] = (byte) i;
    }
    return grays;
  }

  private static byte[][] lattice() {
    int side = 255 / PROBE_STEP + 1;
    byte[][] colors = new byte[3][side * side * side];
    for (int i = 0; i < colors[0].length; i++) {
      colors[0][i] = (byte) (i % side * PROBE_STEP);
      colors[1][i] = (byte) (i / side % side * PROBE_STEP);
      colors[2][i] = (byte) (i / (side * side) * PROBE_STEP);
    }
    return colors;
  }
}
