package dev.miniatura.internal.heif;

import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.av1.Av1Codec;
import dev.miniatura.internal.codec.StillPictureCodec;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The codecs of coded pictures: AV1 is part of this artifact, others come from separate ones. */
public final class Codecs {

  private Codecs() {}

  /**
   * Returns the codec of an item type.
   *
   * @throws UnsupportedImageException if there is none; its text names the artifact to add, if one
   *     exists
   */
  public static StillPictureCodec of(String itemType) throws UnsupportedImageException {
    StillPictureCodec av1 = new Av1Codec();
    if (av1.decodes(itemType)) {
      return av1;
    }
    try {
      // This class's own loader, because that of the calling thread may know neither artifact.
      ClassLoader loader = StillPictureCodec.class.getClassLoader();
      for (StillPictureCodec codec : ServiceLoader.load(StillPictureCodec.class, loader)) {
        if (codec.decodes(itemType)) {
          return codec;
        }
      }
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new UnsupportedImageException(
          "HEIF: a codec on the class path is not of this version: " + e.getMessage(), e);
    }
    throw new UnsupportedImageException(missing(itemType));
  }

  private static String missing(String itemType) {
    return switch (itemType) {
      case "hvc1", "hev1" -> "HEIC without the artifact dev.miniatura:thumbnail-heic";
      default -> "HEIF: pictures of type '" + itemType + "'";
    };
  }
}
