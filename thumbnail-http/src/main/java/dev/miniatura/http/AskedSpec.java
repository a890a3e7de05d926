package dev.miniatura.http;

import dev.miniatura.OutputFormat;
import dev.miniatura.ThumbnailSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A spec as a client requests it. In addition to the grammar of {@link ThumbnailSpec}, there is
 * {@code format:auto}: the best format that the client accepts.
 *
 * @param spec the spec, without a format if the format is negotiated
 * @param negotiated whether the format is the best one that the client accepts
 */
record AskedSpec(ThumbnailSpec spec, boolean negotiated) {

  private static final String AUTO = "format:auto";

  /** Formats worth negotiating, best first; those that cannot be written are skipped. */
  private static final List<String> BEST_FIRST = List.of("avif", "webp");

  private static final Pattern URL_MATTE = Pattern.compile("(?<=,matte:)(?=[0-9a-f]{6}(,|$))");

  /** Reads one spec in the grammar of {@link ThumbnailSpec}, or with {@code format:auto}. */
  static AskedSpec parse(String text) {
    boolean negotiated = List.of(text.trim().split("\\s*,\\s*", -1)).contains(AUTO);
    // Any format serves as a placeholder, so that the rest is checked with one
    ThumbnailSpec spec =
        ThumbnailSpec.parse(
            negotiated ? text.replace(AUTO, "format:" + OutputFormat.WEBP.text()) : text);
    return negotiated ? new AskedSpec(withoutFormat(spec), true) : new AskedSpec(spec, false);
  }

  private static ThumbnailSpec withoutFormat(ThumbnailSpec spec) {
    return ThumbnailSpec.parse(spec.toString().replace(",format:" + OutputFormat.WEBP.text(), ""));
  }

  /** Reads several named specs, as {@link ThumbnailSpec#parseAll} does. */
  static Map<String, AskedSpec> parseAll(String text) {
    Map<String, AskedSpec> specs = new LinkedHashMap<>();
    for (String part : Objects.requireNonNull(text, "text").split(";", -1)) {
      String name = part.split("=", 2)[0].trim();
      ThumbnailSpec.parseAll(part.replace(AUTO, "format:" + OutputFormat.WEBP.text()));
      if (specs.put(name, parse(part.substring(part.indexOf('=') + 1))) != null) {
        throw new IllegalArgumentException("the name '" + name + "' is given twice");
      }
    }
    return specs;
  }

  /**
   * Reads a spec from a URL. In URLs each spec has only one text: the canonical one, with a matte
   * written without {@code #}.
   *
   * @throws IllegalArgumentException if the text is any other
   */
  static AskedSpec fromUrl(String text) {
    AskedSpec asked = parse(URL_MATTE.matcher(text).replaceFirst("#"));
    if (!asked.urlText().equals(text)) {
      throw new IllegalArgumentException("write it as " + asked.urlText());
    }
    return asked;
  }

  /** Returns the text for URLs. */
  String urlText() {
    String text =
        negotiated
            ? spec.format(OutputFormat.WEBP)
                .toString()
                .replace("format:" + OutputFormat.WEBP.text(), AUTO)
            : spec.toString();
    return text.replace(",matte:#", ",matte:");
  }

  /** Returns whether clients may get different formats: animations are not negotiated. */
  boolean isNegotiable() {
    return negotiated && !spec.allFrames();
  }

  /** Returns the spec for a client; {@code accept} matters only if the format is negotiated. */
  ThumbnailSpec forClient(Accept accept) {
    if (!isNegotiable()) {
      return spec;
    }
    return negotiable().stream()
        .filter(format -> accept.names(format.mediaType()))
        .findFirst()
        .map(spec::format)
        .orElse(spec);
  }

  /** Returns the formats to look for in {@code Accept}, best first. */
  static List<OutputFormat> negotiable() {
    return BEST_FIRST.stream().flatMap(name -> format(name).stream()).toList();
  }

  private static Optional<OutputFormat> format(String name) {
    return OutputFormat.all().stream().filter(format -> format.text().equals(name)).findFirst();
  }
}
