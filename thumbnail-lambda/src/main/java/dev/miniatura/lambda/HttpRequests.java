package dev.miniatura.lambda;

import java.util.Base64;

/** The requests over HTTP that have a meaning. */
final class HttpRequests {

  private HttpRequests() {}

  /** A request that cannot be granted, and the status of the answer. */
  private static final class BadRequestException extends Exception {

    private static final long serialVersionUID = 1L;
    private final int status;

    BadRequestException(int status, String reason) {
      super(reason);
      this.status = status;
    }
  }

  static Request recognize(Json event) {
    boolean headerLists = HttpEvent.hasHeaderLists(event);
    try {
      HttpEvent http = HttpEvent.of(event);
      return switch (http.method()) {
        case "GET" -> health(http, headerLists);
        case "POST" -> new Request.Upload(key(http), image(event), headerLists);
        default ->
            throw new BadRequestException(405, "POST an image to the path that will be its key");
      };
    } catch (BadRequestException e) {
      return new Request.BadHttp(e.status, String.valueOf(e.getMessage()), headerLists);
    } catch (EventException e) {
      return new Request.BadHttp(400, String.valueOf(e.getMessage()), headerLists);
    }
  }

  private static Request health(HttpEvent http, boolean headerLists) throws BadRequestException {
    if (http.path().equals("/health")) {
      return new Request.Health(headerLists);
    }
    throw new BadRequestException(404, "only /health supports GET");
  }

  private static String key(HttpEvent http) throws BadRequestException, EventException {
    boolean inPath = http.path().length() > 1;
    if (http.keyParameter().isPresent()) {
      if (inPath || http.keyParameter().get().isEmpty()) {
        throw new BadRequestException(
            400, "the key must be either the path or the query parameter 'key'");
      }
      return http.keyParameter().get();
    }
    if (!inPath) {
      throw new BadRequestException(400, "the path must be the image's key, but is empty");
    }
    if (http.encoding() == EventKeys.PLAIN && http.query()) {
      // What an HTTP API reports as a query may be the rest of a path with an encoded question
      // mark.
      throw new BadRequestException(
          400, "unexpected query; send a key that contains a question mark as /?key=…");
    }
    return http.encoding().decode(http.path().substring(1), "the path");
  }

  private static byte[] image(Json event) throws BadRequestException, EventException {
    Json body = event.get("body");
    if (!body.isPresent() || !event.get("isBase64Encoded").isTrue()) {
      throw new BadRequestException(
          415, "the body must be an image, sent with its content type so that it stays binary");
    }
    try {
      return Base64.getDecoder().decode(body.text());
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(400, "the body is not valid Base64");
    }
  }
}
