package dev.miniatura.internal.output;

import dev.miniatura.ThumbnailSpec;
import dev.miniatura.internal.raster.Raster;
import dev.miniatura.internal.webp.AnimatedWebpEncoder;
import dev.miniatura.internal.webp.LosslessWebpEncoder;
import dev.miniatura.internal.webp.LossyWebpEncoder;
import dev.miniatura.internal.webp.LossyWebpOptions;
import dev.miniatura.internal.webp.StillWebpEncoder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** WebP: lossy, transparency kept exactly, or lossless, where asked for or smaller. */
final class WebpOutput implements Encoder {

  private static final int MACROBLOCK = 16;

  /** Bytes per pixel of rasters, planes and the file in its stages, including alpha. */
  private static final int PICTURE_BYTES = 30;

  /**
   * Bytes of tokens per pixel: 12, plus up to 22 with rising quality. Measured on noise of 0 and
   * 255: 4 at quality 0, 14 at 30, 20 at 80, 33 at 100.
   */
  private static final int TOKEN_BYTES = 12;

  private static final double MORE_TOKEN_BYTES = 22;

  /**
   * Bytes per pixel during lossless coding (of alpha at least): pixels, differences, matches and
   * elements. Measured on noise, including the rasters.
   */
  private static final int LOSSLESS_BYTES = 58;

  /** Tables, a page of tokens, and the colors of a drawing. */
  private static final int CONSTANT_BYTES = (1 << 17) + (3 << 20);

  @Override
  public String name() {
    return "webp";
  }

  @Override
  public String extension() {
    return "webp";
  }

  @Override
  public String mediaType() {
    return "image/webp";
  }

  @Override
  public boolean alpha() {
    return true;
  }

  @Override
  public boolean profile() {
    return true;
  }

  @Override
  public int maxSide() {
    return LossyWebpEncoder.MAX_SIDE;
  }

  @Override
  public boolean takesYCbCr(ThumbnailSpec spec) {
    return !spec.lossless();
  }

  @Override
  public boolean halvesChroma(ThumbnailSpec spec) {
    return !spec.lossless();
  }

  @Override
  public long workingBytes(int width, int height, boolean transparent, ThumbnailSpec spec) {
    double quality = spec.quality() / 100.0;
    double lossy = PICTURE_BYTES + TOKEN_BYTES + MORE_TOKEN_BYTES * quality * quality;
    double perPixel = Math.max(lossy, LOSSLESS_BYTES); // one after the other
    return CONSTANT_BYTES + (long) Math.ceil(perPixel * coded(width) * coded(height));
  }

  private static long coded(int side) {
    return ((long) side + MACROBLOCK - 1) / MACROBLOCK * MACROBLOCK;
  }

  @Override
  public byte[] encode(Raster picture, ThumbnailSpec spec, Optional<byte[]> profile) {
    if (spec.lossless()) {
      return LosslessWebpEncoder.encode(picture, profile);
    }
    return StillWebpEncoder.encode(picture, options(spec, profile));
  }

  private static LossyWebpOptions options(ThumbnailSpec spec, Optional<byte[]> profile) {
    return new LossyWebpOptions(spec.quality(), spec.effort(), profile.orElse(null));
  }

  @Override
  public Optional<AnimationEncoder> animations() {
    return Optional.of(new Animations());
  }

  private final class Animations implements AnimationEncoder {

    /** Pictures compared, and the frame before: what is shown, wanted, given, drawn, and bases. */
    private static final int BYTES_PER_PIXEL = 40;

    /** Of each frame, first by itself, then in the file: noise with noisy alpha cannot shrink. */
    private static final double WRITTEN_BYTES_PER_PIXEL = 8.5;

    /** Of each frame: headers and tables, also of one pixel. */
    private static final int WRITTEN_BYTES = 256;

    @Override
    public long workingBytes(int width, int height, int frames, ThumbnailSpec spec) {
      double perPixel = BYTES_PER_PIXEL + WRITTEN_BYTES_PER_PIXEL * frames;
      return (long) Math.ceil(perPixel * width * height) + (long) frames * WRITTEN_BYTES;
    }

    @Override
    public Writer begin(ThumbnailSpec spec, int plays, Optional<byte[]> profile) {
      AnimatedWebpEncoder encoder =
          new AnimatedWebpEncoder(options(spec, profile), spec.lossless(), plays);
      return new Writer() {
        private @Nullable Raster first;

        @Override
        public void add(Raster picture, int delayMillis) {
          first = first == null ? picture : first;
          encoder.addFrame(picture, delayMillis);
        }

        @Override
        public byte[] finish() {
          Raster still = first;
          return still != null && encoder.frames() == 1
              ? encode(still, spec, profile)
              : encoder.finish();
        }
      };
    }
  }
}
