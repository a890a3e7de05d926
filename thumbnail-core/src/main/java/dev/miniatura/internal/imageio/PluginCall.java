package dev.miniatura.internal.imageio;

import dev.miniatura.MalformedImageException;
import dev.miniatura.ThumbnailException;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.internal.io.Container;
import java.io.EOFException;
import java.io.IOException;

/**
 * Calls third-party plugins, which may throw any exception for hostile bytes. This is the one place
 * where all of those become typed errors. An exception of the source is passed on unchanged,
 * whatever the plugin made of it; so is an {@link OutOfMemoryError}, which is not about the bytes.
 */
final class PluginCall {

  /** The code of a call. */
  interface Body<T> {
    T run() throws IOException;
  }

  private PluginCall() {}

  /**
   * Runs a call.
   *
   * @param in the input of the plugin
   */
  static <T> T guarded(Container container, PluginInput in, Body<T> body) throws IOException {
    try {
      T result = body.run();
      in.rethrow();
      return result;
    } catch (LinkageError e) {
      throw new UnsupportedImageException(
          container + ": a class required by its plugin is missing: " + e.getMessage(), e);
    } catch (IOException | RuntimeException | AssertionError | StackOverflowError e) {
      in.rethrow();
      throw typed(container, e);
    }
  }

  private static ThumbnailException typed(Container container, Throwable error) {
    if (error instanceof ThumbnailException typed) {
      return typed;
    }
    String reason =
        error instanceof EOFException
            ? "ends too early"
            : error instanceof IOException ? said(error) : "the decoder failed: " + said(error);
    MalformedImageException malformed = container.malformed(-1, reason);
    malformed.initCause(error);
    return malformed;
  }

  private static String said(Throwable error) {
    String message = error.getMessage();
    return message == null ? "it did not say why" : message;
  }
}
