package dev.miniatura.heic;

import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.codec.CodecConfiguration;
import dev.miniatura.internal.codec.StillPictureCodec;
import dev.miniatura.internal.codec.StillPictureDecoder;

/** The pictures of HEIC files. Found by {@link java.util.ServiceLoader}. */
public final class HevcCodec implements StillPictureCodec {

  /** Creates the codec. */
  public HevcCodec() {}

  @Override
  public boolean decodes(String itemType) {
    return itemType.equals("hvc1") || itemType.equals("hev1");
  }

  @Override
  public StillPictureDecoder open(CodecConfiguration configuration)
      throws MalformedImageException, UnsupportedImageException {
    return new HevcPictureDecoder(DecoderConfiguration.parse(configuration.bytes()));
  }
}
