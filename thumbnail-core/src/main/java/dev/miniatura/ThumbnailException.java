package dev.miniatura;

import java.io.IOException;

/**
 * An image cannot be turned into a thumbnail. Every refusal of the library is one of the four
 * subtypes. Three are about the image and final; {@link BusyException} is about the moment, and the
 * same call may succeed later. I/O errors of the caller's own stream or store are never wrapped in
 * it.
 */
public abstract sealed class ThumbnailException extends IOException
    permits MalformedImageException,
        UnsupportedImageException,
        LimitExceededException,
        BusyException {

  private static final long serialVersionUID = 1L;

  ThumbnailException(String message) {
    super(message);
  }
}
