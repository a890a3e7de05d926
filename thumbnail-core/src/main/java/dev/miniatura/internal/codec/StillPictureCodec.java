package dev.miniatura.internal.codec;

import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;

/**
 * Decodes the coded pictures of items of a HEIF file (ISO/IEC 23008-12). A provider has a public
 * constructor without parameters and is safe for use by several threads.
 */
public interface StillPictureCodec {

  /**
   * Returns whether items of a type are decoded.
   *
   * @param itemType four characters of the {@code infe} box, such as {@code hvc1}
   */
  boolean decodes(String itemType);

  /**
   * Opens a decoder for the items that share a configuration, such as the tiles of a grid.
   *
   * @throws MalformedImageException if the configuration breaks the rules of the codec
   * @throws UnsupportedImageException if it names tools that are not decoded
   */
  StillPictureDecoder open(CodecConfiguration configuration)
      throws MalformedImageException, UnsupportedImageException;
}
