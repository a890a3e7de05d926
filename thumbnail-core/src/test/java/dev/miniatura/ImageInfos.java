package dev.miniatura;

import dev.miniatura.internal.raster.ImageHeader;

/** Makes what only the library makes, for tests of other packages. */
public final class ImageInfos {

  private ImageInfos() {}

  public static ImageInfo of(ImageHeader header) {
    return new ImageInfo(header);
  }
}
