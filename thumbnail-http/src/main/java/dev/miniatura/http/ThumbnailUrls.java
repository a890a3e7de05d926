package dev.miniatura.http;

import dev.miniatura.ThumbnailSpec;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes the URLs of a {@link ThumbnailService}'s thumbnails. Immutable and thread-safe.
 *
 * <pre>{@code
 * ThumbnailUrls urls = ThumbnailUrls.at("https://img.example.com").signedWith(key);
 * String url = urls.signed("cover:320x240,format:auto", "2024/beach.jpg");
 * }</pre>
 */
public final class ThumbnailUrls {

  private final String base;
  private final Optional<SigningKey> key;

  private ThumbnailUrls(String base, Optional<SigningKey> key) {
    this.base = base;
    this.key = key;
  }

  /**
   * Returns an instance for a service.
   *
   * @param base the service's URL, such as {@code https://img.example.com}, or {@code ""} for paths
   *     only
   * @throws NullPointerException if {@code base} is null
   */
  public static ThumbnailUrls at(String base) {
    Objects.requireNonNull(base, "base");
    return new ThumbnailUrls(
        base.endsWith("/") ? base.substring(0, base.length() - 1) : base, Optional.empty());
  }

  /**
   * Returns a copy that signs with a key.
   *
   * @throws NullPointerException if {@code key} is null
   */
  public ThumbnailUrls signedWith(SigningKey key) {
    return new ThumbnailUrls(base, Optional.of(Objects.requireNonNull(key, "key")));
  }

  /**
   * Returns the URL of a thumbnail by a named spec.
   *
   * @param spec the spec's name
   * @param key the image's key
   * @throws NullPointerException if an argument is null
   */
  public String named(String spec, String key) {
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(key, "key");
    return base + Route.NAMED + PathText.encode(spec) + "/" + PathText.encode(key);
  }

  /**
   * Returns the URL of any thumbnail.
   *
   * @param spec the text of a spec, which may have {@code format:auto}: the best format that the
   *     client accepts
   * @param key the image's key
   * @throws IllegalArgumentException if the spec does not follow the grammar
   * @throws IllegalStateException if there is no key to sign with
   * @throws NullPointerException if an argument is null
   */
  public String signed(String spec, String key) {
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(key, "key");
    return signed(AskedSpec.parse(spec), key, "");
  }

  /**
   * Returns the URL of any thumbnail, as {@link #signed(String, String)} does.
   *
   * @throws NullPointerException if an argument is null
   */
  public String signed(ThumbnailSpec spec, String key) {
    return signed(Objects.requireNonNull(spec, "spec").toString(), key);
  }

  /**
   * Returns a URL of any thumbnail that is valid for a limited time.
   *
   * @param spec the text of a spec, as {@link #signed(String, String)} takes it
   * @param key the image's key
   * @param expires when it expires; fractions of a second are dropped
   * @throws IllegalArgumentException if the spec does not follow the grammar, or the time is not
   *     after 1970
   * @throws IllegalStateException if there is no key to sign with
   * @throws NullPointerException if an argument is null
   */
  public String signed(String spec, String key, Instant expires) {
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(key, "key");
    long seconds = Objects.requireNonNull(expires, "expires").getEpochSecond();
    if (seconds < 1) {
      throw new IllegalArgumentException("expires: " + expires);
    }
    return signed(AskedSpec.parse(spec), key, "." + seconds);
  }

  private String signed(AskedSpec spec, String image, String expires) {
    SigningKey secret = key.orElseThrow(() -> new IllegalStateException("there is no signing key"));
    String rest = expires + "/" + spec.urlText() + "/" + PathText.encode(image);
    return base + Route.SIGNED + secret.id() + "." + Signature.of(secret, rest) + rest;
  }
}
