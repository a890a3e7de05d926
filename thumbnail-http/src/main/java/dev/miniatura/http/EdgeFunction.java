package dev.miniatura.http;

import dev.miniatura.OutputFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The code of a CloudFront Function that has a service's named specs and the locations of its
 * results.
 *
 * @param specs the named specs
 * @param named the prefix of named thumbnails' keys, if they follow the default template
 * @param onDemand the prefix of other thumbnails' keys
 */
record EdgeFunction(Map<String, AskedSpec> specs, Optional<String> named, String onDemand) {

  private static final String PLACE = "const CONFIG = {};";

  String code() {
    String config =
        object(
            Map.of(
                "named", named.map(EdgeFunction::string).orElse("null"),
                "onDemand", string(onDemand),
                "formats", object(AskedSpec.negotiable(), format -> string(format.mediaType())),
                "specs", object(specs, EdgeFunction::spec)));
    return template().replace(PLACE, "const CONFIG = " + config + ";");
  }

  private static String spec(AskedSpec asked) {
    List<OutputFormat> formats = asked.isNegotiable() ? AskedSpec.negotiable() : List.of();
    return object(
        Map.of(
            "extension",
                asked
                    .spec()
                    .format()
                    .map(OutputFormat::extension)
                    .map(EdgeFunction::string)
                    .orElse("null"),
            "formats", object(formats, format -> string(asked.spec().format(format).hash()))));
  }

  private static String object(List<OutputFormat> formats, Function<OutputFormat, String> value) {
    return formats.stream()
        .map(format -> string(format.text()) + ":" + value.apply(format))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static <T> String object(Map<String, T> members, Function<T, String> value) {
    return members.entrySet().stream()
        .map(member -> string(member.getKey()) + ":" + value.apply(member.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String object(Map<String, String> members) {
    return object(new TreeMap<>(members), value -> value);
  }

  private static String string(String text) {
    return '"' + Answers.escaped(text) + '"';
  }

  private static String template() {
    try (InputStream in = EdgeFunction.class.getResourceAsStream("edge.js")) {
      if (in == null) {
        throw new IllegalStateException("edge.js is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("edge.js", e);
    }
  }
}
