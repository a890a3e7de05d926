package dev.miniatura.lambda;

import dev.miniatura.ImageSource;
import dev.miniatura.Thumbnail;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.http.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.StorageClass;

/**
 * Reads variables of the environment; empty ones count as absent.
 *
 * @param environment the variables
 */
record VariableReader(Map<String, String> environment) {

  /** A thousand years; longer times are treated as this. */
  private static final long MAX_DAYS = 365_000;

  /** Sides of the picture that is sent in place of another, at most. */
  private static final int PLACEHOLDER = 512;

  /** Understands the text of a variable, or throws an {@link IllegalArgumentException}. */
  interface Parser<T> {
    T parse(String text);
  }

  /** Refuses unknown names: a misspelt variable would silently have no effect. */
  void checkNames() {
    for (String name : environment.keySet()) {
      if (name.startsWith(Variable.PREFIX)
          && Arrays.stream(Variable.values()).noneMatch(known -> known.variable().equals(name))) {
        throw new ConfigurationException(
            name,
            "there is no such setting; the settings are: "
                + String.join(
                    ", ", Arrays.stream(Variable.values()).map(Variable::variable).toList()));
      }
    }
  }

  <T> Optional<T> read(Variable variable, Parser<T> parser) {
    String text = environment.getOrDefault(variable.variable(), "").strip();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(parser.parse(text));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          variable.variable(), String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
    }
  }

  <T> T required(Variable variable, Parser<T> parser) {
    return read(variable, parser)
        .orElseThrow(() -> new ConfigurationException(variable.variable(), "is not set"));
  }

  static long positive(String text) {
    try {
      long value = Long.parseLong(text);
      if (value > 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not a whole number", e);
    }
    throw new IllegalArgumentException("'" + text + "' is not above 0");
  }

  static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
    };
  }

  static Duration days(String text) {
    return Duration.ofDays(Math.min(positive(text), MAX_DAYS));
  }

  static Duration seconds(String text) {
    return Duration.ofSeconds(Math.min(positive(text), Duration.ofDays(MAX_DAYS).toSeconds()));
  }

  static Thumbnail picture(String file) {
    try {
      return Thumbnailer.create()
          .render(ImageSource.of(Path.of(file)), ThumbnailSpec.fit(PLACEHOLDER, PLACEHOLDER));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the picture '" + file + "' cannot be used: " + e.getMessage(), e);
    }
  }

  static String folder(String text) {
    if (!text.endsWith("/")) {
      throw new IllegalArgumentException("'" + text + "' does not end with a slash");
    }
    return text;
  }

  static List<SigningKey> keys(String text) {
    return Stream.of(text.split(",", -1)).map(String::strip).map(SigningKey::parse).toList();
  }

  static StorageClass storageClass(String text) {
    StorageClass value = StorageClass.fromValue(text.toUpperCase(Locale.ROOT));
    if (value == StorageClass.UNKNOWN_TO_SDK_VERSION) {
      throw new IllegalArgumentException("'" + text + "' is not a storage class");
    }
    return value;
  }

  static URI uri(String text) {
    try {
      URI uri = new URI(text);
      if (uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("'" + text + "' is not a URI", e);
    }
    throw new IllegalArgumentException("'" + text + "' does not name a host");
  }
}
