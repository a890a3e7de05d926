package dev.miniatura.lambda;

import dev.miniatura.ThumbnailSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The requests over HTTP that have a meaning. */
final class HttpRequests {

  private static final String UPLOADS = "/uploads";
  private static final String RENDER = "/render";

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
        case "GET" -> get(event, http, headerLists);
        case "POST" -> post(event, http, headerLists);
        default ->
            throw new BadRequestException(405, "POST an image to the path that will be its key");
      };
    } catch (BadRequestException e) {
      return new Request.BadHttp(e.status, String.valueOf(e.getMessage()), headerLists);
    } catch (EventException e) {
      return new Request.BadHttp(400, String.valueOf(e.getMessage()), headerLists);
    }
  }

  private static Request get(Json event, HttpEvent http, boolean headerLists)
      throws BadRequestException {
    if (http.path().equals("/health")) {
      return new Request.Health(headerLists);
    }
    if (http.path().startsWith(UPLOADS + "/")) {
      return new Request.UploadStatus(
          Caller.of(event), http.path().substring(UPLOADS.length() + 1), headerLists);
    }
    throw new BadRequestException(404, "only /health and /uploads/ID support GET");
  }

  private static Request post(Json event, HttpEvent http, boolean headerLists)
      throws BadRequestException, EventException {
    return switch (http.path()) {
      case UPLOADS -> newUpload(event, headerLists);
      case RENDER -> new Request.Render(spec(http), image(event), headerLists);
      default -> new Request.Upload(key(http), image(event), headerLists);
    };
  }

  /** Reads what is said of an image that is to be uploaded; nothing needs to be. */
  private static Request newUpload(Json event, boolean headerLists) throws BadRequestException {
    try {
      String body = event.get("body").anyText().orElse("{}");
      if (event.get("isBase64Encoded").isTrue()) {
        body = new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8);
      }
      Json wish = Json.read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
      return new Request.NewUpload(
          Caller.of(event),
          wish.get("name").anyText().orElse(""),
          wish.get("type").anyText().orElse(""),
          headerLists);
    } catch (IOException | IllegalArgumentException e) {
      throw new BadRequestException(400, "the body is to be like {\"name\":\"a.jpg\"}");
    }
  }

  private static ThumbnailSpec spec(HttpEvent http) throws BadRequestException {
    String text =
        http.specParameter()
            .orElseThrow(
                () -> new BadRequestException(400, "the query is to be like spec=fit:9x9"));
    try {
      return ThumbnailSpec.parse(text);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(400, String.valueOf(e.getMessage()));
    }
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
