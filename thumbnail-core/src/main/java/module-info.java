/** The thumbnail library: decoding, resampling, encoding, storage interface and pipeline. */
@org.jspecify.annotations.NullMarked
module dev.miniatura.core {
  requires transitive java.desktop;
  requires transitive net.coobird.thumbnailator;
  requires com.twelvemonkeys.imageio.bmp;
  requires com.twelvemonkeys.imageio.core;
  requires com.twelvemonkeys.imageio.hdr;
  requires com.twelvemonkeys.imageio.icns;
  requires com.twelvemonkeys.imageio.iff;
  requires com.twelvemonkeys.imageio.jpeg;
  requires com.twelvemonkeys.imageio.metadata;
  requires com.twelvemonkeys.imageio.pcx;
  requires com.twelvemonkeys.imageio.pnm;
  requires com.twelvemonkeys.imageio.psd;
  requires com.twelvemonkeys.imageio.sgi;
  requires com.twelvemonkeys.imageio.tga;
  requires com.twelvemonkeys.imageio.tiff;
  requires com.twelvemonkeys.imageio.webp;
  requires static org.jspecify;

  exports dev.miniatura;
  exports dev.miniatura.pipeline;
  exports dev.miniatura.storage;
}
