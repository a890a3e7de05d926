package dev.miniatura.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.miniatura.ThumbnailSpec;
import dev.miniatura.internal.output.Encoder;
import dev.miniatura.internal.raster.Raster;
import java.util.Optional;
import java.util.Set;

/**
 * A format as another artifact might add it, with only a header. Tests that list it under {@code
 * META-INF/services} use it everywhere that a format can be used.
 */
public final class ToyEncoder implements Encoder {

  /** The maximum number of pixels per side. */
  public static final int MAX_SIDE = 100;

  /** The number of bytes that it claims to take. */
  public static final long WORKING_BYTES = 123_456_789;

  @Override
  public String name() {
    return "toy";
  }

  @Override
  public String extension() {
    return "ty";
  }

  @Override
  public String mediaType() {
    return "image/x-toy";
  }

  @Override
  public boolean alpha() {
    return false;
  }

  @Override
  public boolean profile() {
    return false;
  }

  @Override
  public int maxSide() {
    return MAX_SIDE;
  }

  @Override
  public int quality() {
    return 40;
  }

  @Override
  public Set<String> sources() {
    return Set.of("TOY");
  }

  @Override
  public boolean takesYCbCr(ThumbnailSpec spec) {
    return true;
  }

  @Override
  public boolean halvesChroma(ThumbnailSpec spec) {
    return true;
  }

  @Override
  public long workingBytes(int width, int height, boolean transparent, ThumbnailSpec spec) {
    return WORKING_BYTES;
  }

  @Override
  public byte[] encode(Raster picture, ThumbnailSpec spec, Optional<byte[]> profile) {
    String text =
        "toy %s %dx%d quality %d%s"
            .formatted(
                picture.color(),
                picture.width(),
                picture.height(),
                spec.quality(),
                picture.chromaHalved() ? " halved" : "");
    return text.getBytes(US_ASCII);
  }
}
