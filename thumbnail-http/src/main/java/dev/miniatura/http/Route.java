package dev.miniatura.http;

import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The meaning of a path.
 *
 * @param name the name of the spec, if it has one
 * @param asked the spec
 * @param key the image's key
 * @param expires when the URL expires, if it does
 */
record Route(Optional<String> name, AskedSpec asked, String key, Optional<Instant> expires) {

  static final String NAMED = "/t/";
  static final String SIGNED = "/s/";

  /** More digits would be beyond the range of {@link Instant}. */
  private static final int MAX_DIGITS = 11;

  /** The names and keys that paths may refer to. */
  record Known(Map<String, AskedSpec> specs, Map<String, SigningKey> keys) {}

  /**
   * Reads a path.
   *
   * @param target path and query as they were sent; the query is ignored
   */
  static Route of(String target, Known known, Instant now) throws ProblemException {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    if (path.startsWith(NAMED)) {
      return named(path.substring(NAMED.length()), known.specs());
    }
    if (path.startsWith(SIGNED)) {
      return signed(path.substring(SIGNED.length()), known.keys(), now);
    }
    throw new ProblemException(Problem.NO_SUCH_PATH);
  }

  private static Route named(String path, Map<String, AskedSpec> specs) throws ProblemException {
    int slash = path.indexOf('/');
    if (slash < 0) {
      throw new ProblemException(Problem.NO_SUCH_PATH);
    }
    String name = path.substring(0, slash);
    AskedSpec asked = specs.get(name);
    if (asked == null) {
      throw new ProblemException(Problem.UNKNOWN_SPEC);
    }
    return new Route(Optional.of(name), asked, key(path.substring(slash + 1)), Optional.empty());
  }

  /**
   * Reads {@code kid.signature[.expires]/spec/key}. Apart from the key's id, nothing is interpreted
   * before the signature is verified.
   */
  private static Route signed(String path, Map<String, SigningKey> keys, Instant now)
      throws ProblemException {
    int dot = path.indexOf('.');
    int end = dot + 1 + Signature.LENGTH;
    SigningKey key = dot < 0 ? null : keys.get(path.substring(0, dot));
    if (key == null
        || path.length() < end
        || !Signature.isRight(path.substring(dot + 1, end), key, path.substring(end))) {
      throw new ProblemException(Problem.BAD_SIGNATURE);
    }
    String rest = path.substring(end);
    int first = rest.indexOf('/');
    int second = rest.indexOf('/', first + 1);
    if (second < 0) {
      throw new ProblemException(Problem.NO_SUCH_PATH);
    }
    Optional<Instant> expires = expires(rest.substring(0, first));
    if (expires.isPresent() && !now.isBefore(expires.get())) {
      throw new ProblemException(Problem.EXPIRED);
    }
    return new Route(
        Optional.empty(),
        asked(rest.substring(first + 1, second)),
        key(rest.substring(second + 1)),
        expires);
  }

  private static Optional<Instant> expires(String text) throws ProblemException {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String digits = text.substring(1);
    if (text.charAt(0) != '.' || !digits.matches("[1-9][0-9]{0," + (MAX_DIGITS - 1) + "}")) {
      throw new ProblemException(Problem.NO_SUCH_PATH);
    }
    return Optional.of(Instant.ofEpochSecond(Long.parseLong(digits)));
  }

  private static AskedSpec asked(String text) throws ProblemException {
    try {
      return AskedSpec.fromUrl(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          Problem.BAD_SPEC, Problem.BAD_SPEC.message() + ": " + e.getMessage());
    }
  }

  private static String key(String path) throws ProblemException {
    try {
      String key = PathText.decode(path);
      if (key.isEmpty()) {
        throw new ProblemException(Problem.BAD_KEY);
      }
      return key;
    } catch (CharacterCodingException e) {
      throw new ProblemException(Problem.BAD_PATH, e);
    }
  }
}
