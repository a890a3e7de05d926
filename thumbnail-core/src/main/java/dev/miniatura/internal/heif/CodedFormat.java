package dev.miniatura.internal.heif;

import dev.miniatura.MalformedImageException;
import dev.miniatura.internal.io.Container;

/**
 * The sample format in the configuration of a codec.
 *
 * @param bitDepth bit depth of luma
 * @param monochrome whether there is no chroma
 * @param subsamplingX 1 if chroma has half the columns
 * @param subsamplingY 1 if chroma has half the rows
 */
record CodedFormat(int bitDepth, boolean monochrome, int subsamplingX, int subsamplingY) {

  private static final int HEVC_CHROMA_FORMAT = 16;
  private static final int HEVC_BIT_DEPTH = 17;
  private static final int HEVC_BYTES = 23;
  private static final int AV1_FLAGS = 2;
  private static final int AV1_BYTES = 4;

  /** Reads an HEVCDecoderConfigurationRecord (ISO/IEC 14496-15, clause 8.3.3.1.2). */
  static CodedFormat ofHevc(byte[] config) throws MalformedImageException {
    require(config, HEVC_BYTES, "hvcC");
    int chroma = config[HEVC_CHROMA_FORMAT] & 3;
    int depth = (config[HEVC_BIT_DEPTH] & 7) + 8;
    return new CodedFormat(
        depth, chroma == 0, chroma == 1 || chroma == 2 ? 1 : 0, chroma == 1 ? 1 : 0);
  }

  /** Reads an AV1CodecConfigurationRecord (AV1 in ISO BMFF, clause 2.3.3). */
  static CodedFormat ofAv1(byte[] config) throws MalformedImageException {
    require(config, AV1_BYTES, "av1C");
    int flags = config[AV1_FLAGS];
    boolean high = (flags & 0x40) != 0;
    boolean twelve = (flags & 0x20) != 0;
    return new CodedFormat(
        high ? (twelve ? 12 : 10) : 8, (flags & 0x10) != 0, flags >> 3 & 1, flags >> 2 & 1);
  }

  private static void require(byte[] config, int count, String box) throws MalformedImageException {
    if (config.length < count) {
      throw Container.HEIF.malformed(-1, box + " of " + config.length + " bytes");
    }
  }

  /** Returns the color model in words. */
  String inWords(boolean rgb) {
    if (monochrome) {
      return "gray";
    }
    if (rgb) {
      return "RGB";
    }
    return subsamplingX == 0 ? "YCbCr 4:4:4" : subsamplingY == 0 ? "YCbCr 4:2:2" : "YCbCr 4:2:0";
  }
}
