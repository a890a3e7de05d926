package dev.miniatura.internal.imageio;

import dev.miniatura.LimitExceededException;
import dev.miniatura.Limits;
import dev.miniatura.MalformedImageException;
import dev.miniatura.ThumbnailException;
import dev.miniatura.UnsupportedImageException;
import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;

/**
 * Calls into third-party plugins. They read from memory, so that an {@link IOException} is always
 * about the bytes; and they answer hostile bytes with any exception there is. This is the one place
 * where all of those become typed errors.
 */
final class PluginCall {

  /** What is called. */
  interface Body<T> {
    T run() throws IOException;
  }

  private PluginCall() {}

  static <T> T guarded(String format, Limits limits, Body<T> body) throws ThumbnailException {
    try {
      return body.run();
    } catch (ThumbnailException e) {
      throw e;
    } catch (EOFException e) {
      throw malformed(format, "ends too early", e);
    } catch (IOException e) {
      throw malformed(format, said(e), e);
    } catch (OutOfMemoryError e) {
      throw new LimitExceededException(
          Limits.Kind.WORKING_BYTES, limits.workingBytes(), Runtime.getRuntime().maxMemory());
    } catch (LinkageError e) {
      throw new UnsupportedImageException(
          format + ": a class that its plugin needs is missing: " + e.getMessage(), e);
    } catch (RuntimeException | StackOverflowError e) {
      throw malformed(format, "the decoder failed: " + said(e), e);
    }
  }

  private static String said(Throwable error) {
    String message = error.getMessage();
    String name = error.getClass().getSimpleName();
    return message == null ? name.toLowerCase(Locale.ROOT) : message;
  }

  private static MalformedImageException malformed(String format, String reason, Throwable cause) {
    MalformedImageException error = new MalformedImageException(format, -1, reason);
    error.initCause(cause);
    return error;
  }
}
