package dev.miniatura.internal.output;

import dev.miniatura.ThumbnailSpec;
import dev.miniatura.internal.gif.GifEncoder;
import dev.miniatura.internal.gif.GifOptions;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.quantize.ColorQuantizer;
import dev.miniatura.internal.raster.Raster;
import java.util.Optional;
import java.util.Set;

/** GIF. */
final class GifOutput implements Encoder {

  /** Pixels, indices in their stages, and the file in a buffer that doubles. */
  private static final long STILL_BYTES_PER_PIXEL = 14;

  @Override
  public String name() {
    return "gif";
  }

  @Override
  public String extension() {
    return "gif";
  }

  @Override
  public String mediaType() {
    return "image/gif";
  }

  @Override
  public boolean alpha() {
    return true;
  }

  @Override
  public boolean profile() {
    return false;
  }

  @Override
  public int maxSide() {
    return GifEncoder.MAX_SIDE;
  }

  @Override
  public Set<String> sources() {
    return Set.of(Container.GIF.name());
  }

  @Override
  public long workingBytes(int width, int height, boolean transparent, ThumbnailSpec spec) {
    long pixels = (long) width * height;
    return STILL_BYTES_PER_PIXEL * pixels + ColorQuantizer.workingBytes(pixels, false);
  }

  @Override
  public byte[] encode(Raster picture, ThumbnailSpec spec, Optional<byte[]> profile) {
    return GifEncoder.encode(picture, GifOptions.DEFAULT);
  }

  @Override
  public Optional<AnimationEncoder> animations() {
    return Optional.of(new Animations());
  }

  private static final class Animations implements AnimationEncoder {

    /** For the frames compared before writing. */
    private static final int BYTES_PER_PIXEL = 24;

    /** For each frame written, in a buffer that doubles: LZW roughly halves indexes. */
    private static final int WRITTEN_BYTES_PER_PIXEL = 2;

    @Override
    public long workingBytes(int width, int height, int frames, ThumbnailSpec spec) {
      return (long) width * height * (BYTES_PER_PIXEL + (long) frames * WRITTEN_BYTES_PER_PIXEL);
    }

    @Override
    public Writer begin(ThumbnailSpec spec, int plays, Optional<byte[]> profile) {
      GifOptions usual = GifOptions.DEFAULT;
      int possible = Math.min(plays, GifOptions.MAX_PLAYS);
      GifEncoder encoder = new GifEncoder(new GifOptions(usual.colors(), usual.dither(), possible));
      return new Writer() {
        @Override
        public void add(Raster picture, int delayMillis) {
          encoder.addFrame(picture, delayMillis);
        }

        @Override
        public byte[] finish() {
          return encoder.finish();
        }
      };
    }
  }
}
