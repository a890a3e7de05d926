package dev.miniatura.internal.output;

import dev.miniatura.ThumbnailSpec;
import dev.miniatura.internal.color.YCbCr;
import dev.miniatura.internal.io.Container;
import dev.miniatura.internal.jpeg.encode.JpegEncoder;
import dev.miniatura.internal.jpeg.encode.JpegOptions;
import dev.miniatura.internal.raster.ColorKind;
import dev.miniatura.internal.raster.Raster;
import java.util.Optional;
import java.util.Set;

/** JPEG. */
final class JpegOutput implements Encoder {

  @Override
  public String name() {
    return "jpeg";
  }

  @Override
  public String extension() {
    return "jpg";
  }

  @Override
  public String mediaType() {
    return "image/jpeg";
  }

  @Override
  public boolean alpha() {
    return false;
  }

  @Override
  public boolean profile() {
    return true;
  }

  @Override
  public int maxSide() {
    return JpegEncoder.MAX_SIDE;
  }

  @Override
  public Set<String> sources() {
    return Set.of(Container.JPEG.name());
  }

  @Override
  public boolean takesYCbCr(ThumbnailSpec spec) {
    return true;
  }

  @Override
  public boolean halvesChroma(ThumbnailSpec spec) {
    return !spec.fullChroma();
  }

  @Override
  public long workingBytes(int width, int height, boolean transparent, ThumbnailSpec spec) {
    boolean halved = halvesChroma(spec);
    long luma = (long) width * height; // in addition to chroma, if the picture is RGB
    return luma + JpegEncoder.workingBytes(width, height, spec.quality(), halved);
  }

  @Override
  public long fileBytes(int width, int height, ThumbnailSpec spec) {
    return JpegEncoder.mostBytes(width, height, spec.quality(), halvesChroma(spec));
  }

  @Override
  public byte[] encode(Raster picture, ThumbnailSpec spec, Optional<byte[]> profile) {
    return encode(picture, spec, profile, 1);
  }

  @Override
  public byte[] encode(Raster picture, ThumbnailSpec spec, Optional<byte[]> profile, int threads) {
    boolean halved = halvesChroma(spec);
    return JpegEncoder.encode(
        picture.color() == ColorKind.RGB ? YCbCr.fromRgb(picture, halved) : picture,
        new JpegOptions(spec.quality(), spec.progressive(), halved, profile.orElse(null)),
        threads);
  }
}
