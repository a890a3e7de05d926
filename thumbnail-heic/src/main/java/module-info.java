/** HEVC intra pictures, as phones write them in HEIC files. */
@org.jspecify.annotations.NullMarked
module dev.miniatura.heic {
  requires dev.miniatura.core;
  requires static org.jspecify;

  provides dev.miniatura.internal.codec.StillPictureCodec with
      dev.miniatura.heic.HevcCodec;
}
