package dev.miniatura.internal.output;

import dev.miniatura.ThumbnailSpec;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.png.PngEncoder;
import dev.miniatura.internal.png.PngOptions;
import dev.miniatura.internal.quantize.ColorQuantizer;
import dev.miniatura.internal.raster.Raster;
import java.util.Optional;
import java.util.Set;

/** PNG. */
final class PngOutput implements Encoder {

  private static final int LEVEL = 6;
  private static final int PALETTE_COLORS = 256;

  /** Tables and buffers of a fixed size. */
  private static final int CONSTANT_BYTES = 3 << 17;

  @Override
  public String name() {
    return "png";
  }

  @Override
  public String extension() {
    return "png";
  }

  @Override
  public String mediaType() {
    return "image/png";
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
    return Integer.MAX_VALUE;
  }

  @Override
  public Set<String> sources() {
    return Set.of(Container.PNG.name());
  }

  /**
   * At most, the rows are held twice, filtered and not, compressed once, and compressed once more
   * in a buffer that grows by half; besides them indices, raw and compressed.
   */
  @Override
  public long workingBytes(int width, int height, boolean transparent, ThumbnailSpec spec) {
    long pixels = (long) width * height;
    return CONSTANT_BYTES
        + (spec.palette()
            ? 8 * pixels + ColorQuantizer.workingBytes(pixels, transparent)
            : (6 * (transparent ? 4 : 3) + 4) * pixels);
  }

  @Override
  public byte[] encode(Raster picture, ThumbnailSpec spec, Optional<byte[]> profile) {
    PngOptions options = new PngOptions(LEVEL, profile.orElse(null));
    return spec.palette()
        ? PngEncoder.encode(ColorQuantizer.quantize(picture, PALETTE_COLORS, true), options)
        : PngEncoder.encode(picture, options);
  }
}
