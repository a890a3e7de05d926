/** The thumbnail library: decoding, resampling, encoding, storage interface and pipeline. */
@org.jspecify.annotations.NullMarked
module dev.miniatura.core {
  requires transitive java.desktop;
  requires net.coobird.thumbnailator;

  // Plugins may be left out. Those that are there are resolved all the same: they are automatic
  // modules, as Thumbnailator is, and resolving one resolves all.
  requires static com.twelvemonkeys.imageio.bmp;
  requires static com.twelvemonkeys.imageio.core;
  requires static com.twelvemonkeys.imageio.dds;
  requires static com.twelvemonkeys.imageio.iff;
  requires static com.twelvemonkeys.imageio.jpeg;
  requires static com.twelvemonkeys.imageio.metadata;
  requires static com.twelvemonkeys.imageio.pcx;
  requires static com.twelvemonkeys.imageio.pict;
  requires static com.twelvemonkeys.imageio.psd;
  requires static com.twelvemonkeys.imageio.tiff;
  requires static org.jspecify;
  requires static org.tukaani.xz;

  uses dev.miniatura.internal.output.Encoder;

  exports dev.miniatura;
  exports dev.miniatura.pipeline;
  exports dev.miniatura.storage;

  // Not API: what other artifacts of this project share, and how codecs in them are found
  exports dev.miniatura.internal.bytes to
      dev.miniatura.heic,
      dev.miniatura.http;
  exports dev.miniatura.internal.codec to
      dev.miniatura.heic;
  exports dev.miniatura.internal.io to
      dev.miniatura.heic,
      dev.miniatura.s3;

  uses dev.miniatura.internal.codec.StillPictureCodec;
}
