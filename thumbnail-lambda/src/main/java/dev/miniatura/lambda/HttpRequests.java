package dev.miniatura.lambda;

import java.util.Base64;
import java.util.Optional;

/** The requests over HTTP that have a meaning, in format 2.0 of API Gateway and Function URLs. */
final class HttpRequests {

  private HttpRequests() {}

  static Request recognize(Json event) throws EventException {
    String method = event.get("requestContext").get("http").get("method").text();
    String path = event.get("rawPath").text();
    String stage = "/" + event.get("requestContext").get("stage").anyText().orElse("$default");
    // A stage other than the default one is part of the path.
    if (path.equals(stage) || path.startsWith(stage + "/")) {
      path = path.substring(stage.length());
    }
    if (method.equals("GET")) {
      return path.equals("/health")
          ? new Request.Health()
          : new Request.BadHttp(404, "there is only /health to get");
    }
    if (!method.equals("POST")) {
      return new Request.BadHttp(405, "POST an image to the path that is to be its key");
    }
    if (path.length() < 2) {
      return new Request.BadHttp(400, "the path is to be the image's key, and is empty");
    }
    Json body = event.get("body");
    if (!body.isPresent() || !event.get("isBase64Encoded").isTrue()) {
      return new Request.BadHttp(
          415, "the body is to be an image, sent with its content type so that it stays binary");
    }
    String key;
    byte[] image;
    try {
      key = EventKeys.PERCENT.decode(path.substring(1), "the path");
      image = Base64.getDecoder().decode(body.text());
    } catch (EventException e) {
      return new Request.BadHttp(400, String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      return new Request.BadHttp(400, "the body is not the Base64 that it is said to be");
    }
    Optional<String> contentType =
        event
            .get("headers")
            .get("content-type")
            .anyText()
            .filter(type -> type.startsWith("image/"));
    return new Request.Upload(key, contentType, image);
  }
}
