package dev.miniatura;

import dev.miniatura.internal.raster.ImageHeader;

/** Makes instances that only the library can make, for tests in other packages. */
public final class ImageInfos {

  private ImageInfos() {}

  public static ImageInfo of(ImageHeader header) {
    return new ImageInfo(header);
  }
}
