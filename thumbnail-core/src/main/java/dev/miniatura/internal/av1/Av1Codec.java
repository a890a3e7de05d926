package dev.miniatura.internal.av1;

import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.codec.CodecConfiguration;
import dev.miniatura.internal.codec.CodedBytes;
import dev.miniatura.internal.codec.StillPictureCodec;
import dev.miniatura.internal.codec.StillPictureDecoder;

/** The pictures of AVIF files: configured by {@code av1C} (AV1 in ISO BMFF, clause 2.3). */
public final class Av1Codec implements StillPictureCodec {

  private static final int FIXED_BYTES = 4; // size of av1C before configOBUs

  @Override
  public boolean decodes(String itemType) {
    return itemType.equals("av01");
  }

  @Override
  public StillPictureDecoder open(CodecConfiguration configuration)
      throws MalformedImageException, UnsupportedImageException {
    CodedBytes bytes = configuration.bytes();
    if (bytes.length() < FIXED_BYTES || (bytes.array()[bytes.start()] & 0xff) != 0x81) {
      throw new MalformedImageException("AV1", bytes.position(), "av1C is not of version 1");
    }
    CodedBytes units =
        new CodedBytes(
            bytes.array(),
            bytes.start() + FIXED_BYTES,
            bytes.end(),
            bytes.position() + FIXED_BYTES);
    Av1Options options = Av1Options.exact(configuration, Limits.defaults());
    try {
      return new Av1PictureDecoder(configuration, Av1Decoder.sequenceHeader(units, options));
    } catch (MalformedImageException e) {
      throw Av1PictureDecoder.atPosition(e, units);
    }
  }
}
