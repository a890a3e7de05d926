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

  /** How many bytes of an item hold all headers before its coded samples, in all but odd files. */
  int HEADER_BYTES = 4096;

  /**
   * Reads what comes before a picture's coded samples. Allocates nothing of the picture's size.
   *
   * @param start the item's first {@value #HEADER_BYTES} bytes or more, or all it has. If it is
   *     coded in layers, only the whole item tells the size of each.
   */
  PictureHeader header(CodedBytes start) throws MalformedImageException, UnsupportedImageException;

  /**
   * Decodes a picture.
   *
   * @param item all its bytes
   * @throws LimitExceededException if it is larger, or takes more memory or time, than allowed;
   *     nothing of its size has been allocated then, and no row was pushed, unless time is up
   * @throws java.io.InterruptedIOException if the thread was interrupted
   * @throws IOException if the sink throws it
   */
  void decode(CodedBytes item, PictureOptions options, PictureSink sink) throws IOException;
}
