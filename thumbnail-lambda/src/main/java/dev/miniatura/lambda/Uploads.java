package dev.miniatura.lambda;

import dev.miniatura.ImageSource;
import dev.miniatura.LimitExceededException;
import dev.miniatura.Thumbnail;
import dev.miniatura.ThumbnailException;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Condition;
import dev.miniatura.storage.ImageStore.Entry;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Stores images that come over HTTP. An image that no thumbnails can be made from is not stored,
 * and another image under the same key is not overwritten unless that is allowed.
 */
final class Uploads {

  private final Configuration configuration;
  private final ImageStore source;
  private final Thumbnailer thumbnailer;
  private final List<ThumbnailSpec> specs;

  Uploads(Configuration configuration, ImageStore source) {
    this.configuration = configuration;
    this.source = source;
    thumbnailer = Thumbnailer.create(configuration.limits());
    specs = List.copyOf(configuration.specs().values());
  }

  /** Why an image was not stored: a status, and a message for its sender. */
  static final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;
    private final int status;

    RefusedException(int status, String message, Exception cause) {
      super(message, cause);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  /** Returns the change for the stored image. */
  Change change(Request.Upload upload) {
    return new Change(
        Change.Kind.CREATED,
        configuration.source().bucket(),
        configuration.source().prefix() + upload.key(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Stores the image, with the content type that follows from its bytes. */
  void store(Request.Upload upload) throws RefusedException {
    String key = change(upload).key();
    try {
      Attributes attributes = Attributes.none().withContentType(mediaType(upload.image()));
      source.put(key, ImageSource.of(upload.image()), attributes, condition());
    } catch (ThumbnailException e) {
      throw refused(e);
    } catch (StoreException e) {
      if (e.kind() == Kind.INVALID_KEY) {
        throw new RefusedException(400, "this key is invalid", e);
      }
      if (e.kind() != Kind.CONFLICT) {
        throw notStored(e);
      }
      checkSame(key, upload.image(), e);
    } catch (IOException e) {
      throw notStored(e);
    }
  }

  private Condition condition() {
    return configuration.httpOverwrite() ? Condition.always() : Condition.absent();
  }

  /** Makes the thumbnails once before the image is stored, since storing cannot be undone. */
  private String mediaType(byte[] image) throws IOException {
    return thumbnailer.renderAll(ImageSource.of(image), specs).get(0).source().mediaType();
  }

  /** Accepts the same image again: a sender that got no answer may resend it. */
  private void checkSame(String key, byte[] image, StoreException conflict)
      throws RefusedException {
    try {
      Optional<Entry> present = source.stat(key);
      if (present.isEmpty()) {
        throw notStored(conflict);
      }
      if (present.get().size() == image.length) {
        try (InputStream bytes = source.open(present.get()).open()) {
          if (Arrays.equals(bytes.readAllBytes(), image)) {
            return;
          }
        }
      }
    } catch (IOException e) {
      throw notStored(e);
    }
    throw new RefusedException(409, "another image exists under this key", conflict);
  }

  private static RefusedException notStored(IOException cause) {
    return new RefusedException(503, "the image could not be stored; it may be sent again", cause);
  }

  /** Renders an image without storing anything. */
  Thumbnail render(Request.Render request) throws IOException, RefusedException {
    try {
      return thumbnailer.render(ImageSource.of(request.image()), request.spec());
    } catch (ThumbnailException e) {
      throw refused(e);
    }
  }

  private static RefusedException refused(ThumbnailException cause) {
    return new RefusedException(status(cause), String.valueOf(cause.getMessage()), cause);
  }

  /** Returns the status that says what is wrong with an image. */
  private static int status(ThumbnailException e) {
    if (e instanceof LimitExceededException) {
      return 413;
    }
    return e instanceof UnsupportedImageException ? 415 : 422;
  }
}
