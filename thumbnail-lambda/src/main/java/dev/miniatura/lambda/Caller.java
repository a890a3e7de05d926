package dev.miniatura.lambda;

import java.util.Optional;

/** The sender of an HTTP request, as verified by the service in front of the function. */
final class Caller {

  private Caller() {}

  /** Returns a name that no other caller has; empty if the service does not verify callers. */
  static Optional<String> of(Json event) {
    Json context = event.get("requestContext");
    Json authorizer = context.get("authorizer");
    return token(authorizer.get("jwt").get("claims"))
        .or(() -> token(authorizer.get("claims")))
        .or(() -> authorizer.get("iam").get("userId").anyText().map(id -> "iam " + id))
        .or(() -> context.get("identity").get("user").anyText().map(id -> "iam " + id));
  }

  private static Optional<String> token(Json claims) {
    return claims
        .get("sub")
        .anyText()
        .map(subject -> "token " + claims.get("iss").anyText().orElse("") + " " + subject);
  }
}
