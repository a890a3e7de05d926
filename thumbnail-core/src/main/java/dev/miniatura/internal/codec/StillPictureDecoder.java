package dev.miniatura.internal.codec;

import dev.miniatura.LimitExceededException;
import dev.miniatura.MalformedImageException;
import dev.miniatura.UnsupportedImageException;
import java.io.IOException;

/**
 * Decodes pictures of one configuration, one after the other, in memory that they share. Not safe
 * for use by several threads at once: each thread opens a decoder of its own.
 *
 * <p>All methods throw {@link MalformedImageException} if the bytes break the rules of the codec,
 * with the position in the source, and {@link UnsupportedImageException} if they use tools that are
 * not decoded.
 */
public interface StillPictureDecoder {

  /**
   * The number of bytes of an item that include all headers before its coded samples, except in
   * unusual files.
   */
  int HEADER_BYTES = 4096;

  /**
   * Reads the headers before a picture's coded samples. Allocates nothing proportional to the
   * picture.
   *
   * @param start at least the item's first {@value #HEADER_BYTES} bytes, or all if it has fewer. If
   *     it is coded in layers, the size of each is known only from the whole item.
   */
  PictureHeader header(CodedBytes start) throws MalformedImageException, UnsupportedImageException;

  /**
   * Decodes a picture.
   *
   * @param item all its bytes
   * @throws LimitExceededException if it is larger, or takes more memory or time, than allowed; in
   *     that case, unless time ran out, nothing of its size has been allocated and no row was
   *     pushed
   * @throws java.io.InterruptedIOException if the thread was interrupted
   * @throws IOException if the sink throws it
   */
  void decode(CodedBytes item, PictureOptions options, PictureSink sink) throws IOException;
}
