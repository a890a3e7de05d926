package dev.miniatura.internal.webp;

import dev.miniatura.internal.io.Deadline;
import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Notes;
import dev.miniatura.internal.raster.Raster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Writes stills. Drawings are written in whichever way takes the fewest bytes: lossy, lossless, or
 * lossless in {@link FewColors}. The bytes depend only on the raster and the options.
 */
public final class StillWebpEncoder {

  /** Few colors must save this part of the bytes of the exact file. */
  private static final double WORTH_ITS_ERRORS = 0.2;

  private StillWebpEncoder() {}

  /**
   * Encodes a raster.
   *
   * @param raster as for {@link LossyWebpEncoder#encode}; YCbCr, which comes from a JPEG or the
   *     like, is never taken for a drawing
   */
  public static byte[] encode(Raster raster, LossyWebpOptions options) {
    byte[] lossy = LossyWebpEncoder.encode(raster, options);
    if (raster.color() == ColorKind.YCBCR) {
      return lossy;
    }
    int[] argb = LosslessWebpEncoder.argb(raster);
    if (!FewColors.isDrawing(argb, raster.width())) {
      return lossy;
    }
    Optional<byte[]> profile = Optional.ofNullable(options.iccProfile());
    byte[] exact = LosslessWebpEncoder.encode(argb, raster.width(), raster.height(), profile);
    int[] few = new FewColors().of(raster, argb, () -> FewColors.error(argb, decoded(lossy, argb)));
    if (few != argb) {
      byte[] other = LosslessWebpEncoder.encode(few, raster.width(), raster.height(), profile);
      if (other.length < lossy.length && other.length <= exact.length * (1 - WORTH_ITS_ERRORS)) {
        return other;
      }
    }
    return exact.length <= lossy.length ? exact : lossy;
  }

  private static int[] decoded(byte[] file, int[] like) {
    int[] pixels = new int[like.length];
    try {
      WebpContents contents = WebpContents.read(SourceBytes.of(file));
      LossyFrame.read(file, contents.lossy(), contents.alpha())
          .decode(
              (y, argb) -> System.arraycopy(argb, 0, pixels, y * argb.length, argb.length),
              new Deadline(Duration.ofDays(1)),
              new Notes());
    } catch (IOException e) {
      throw new UncheckedIOException("a file that was just written", e);
    }
    return pixels;
  }
}
