package dev.miniatura;

import java.io.IOException;

/**
 * An image cannot be turned into a thumbnail. Every refusal by the library is one of the four
 * subtypes. Three concern the image and are final; {@link BusyException} is temporary, and the same
 * call may succeed later. I/O errors of the caller's own stream or store are never wrapped in this
 * exception.
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
