package dev.miniatura.lambda;

import dev.miniatura.ImageSource;
import dev.miniatura.LimitExceededException;
import dev.miniatura.MalformedImageException;
import dev.miniatura.Thumbnailer;
import dev.miniatura.UnsupportedImageException;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import java.io.IOException;
import java.util.Optional;

/** Stores images that come over HTTP. What is no image is not stored. */
final class Uploads {

  private final Configuration configuration;
  private final ImageStore source;
  private final Thumbnailer thumbnailer;

  Uploads(Configuration configuration, ImageStore source) {
    this.configuration = configuration;
    this.source = source;
    thumbnailer = Thumbnailer.create(configuration.limits());
  }

  /** Returns the object that the image becomes. */
  Change change(Request.Upload upload) {
    return new Change(
        Change.Kind.CREATED,
        configuration.source().bucket(),
        configuration.source().prefix() + upload.key(),
        Optional.empty(),
        Optional.empty());
  }

  /** Stores the image. */
  void store(Request.Upload upload) throws IOException {
    ImageSource image = ImageSource.of(upload.image());
    thumbnailer.probe(image);
    Attributes attributes =
        upload.contentType().map(Attributes.none()::withContentType).orElse(Attributes.none());
    source.put(change(upload).key(), image, attributes);
  }

  /** Returns the status to answer with when the image was not stored. */
  static int status(IOException e) {
    if (e instanceof LimitExceededException) {
      return 413;
    }
    if (e instanceof UnsupportedImageException) {
      return 415;
    }
    if (e instanceof MalformedImageException) {
      return 422;
    }
    if (e instanceof StoreException store) {
      return store.kind() == Kind.INVALID_KEY ? 400 : store.retryable() ? 503 : 500;
    }
    return 503;
  }

  /** Returns the status to answer with when the image is stored. */
  static int status(Result result) {
    return switch (result.failure()) {
      case NONE -> 200;
      case RETRYABLE -> 503;
      case PERMANENT -> result.name().equals("Refused") ? 413 : 422;
    };
  }
}
