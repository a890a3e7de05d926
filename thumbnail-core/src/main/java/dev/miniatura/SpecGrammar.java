package dev.miniatura;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a {@link ThumbnailSpec}, read and written. */
final class SpecGrammar {

  private static final Pattern GEOMETRY = Pattern.compile("([a-z]+):(\\d*)x(\\d*)");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  private SpecGrammar() {}

  /** Returns whether a text can name a spec or a filter. */
  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  static ThumbnailSpec parse(String text) {
    String[] parts = text.trim().split(",", -1);
    Matcher geometry = GEOMETRY.matcher(parts[0].trim());
    if (!geometry.matches()) {
      throw new IllegalArgumentException(
          "'" + parts[0].trim() + "' is not a geometry such as fit:256x256 or cover:320x240");
    }
    ThumbnailSpec.Fit fit =
        SpecOption.find(
            geometry.group(1), ThumbnailSpec.Fit.values(), ThumbnailSpec.Fit::text, "geometry");
    Map<SpecOption, String> options = new EnumMap<>(SpecOption.class);
    for (String part : Arrays.asList(parts).subList(1, parts.length)) {
      String[] pair = part.trim().split(":", 2);
      SpecOption option = SpecOption.find(pair[0], SpecOption.values(), SpecOption::text, "option");
      if (option == SpecOption.FILTER) {
        throw new IllegalArgumentException("a filter can be attached in code only");
      }
      if (option.isFlag() != (pair.length == 1)) {
        throw new IllegalArgumentException(
            "'"
                + part.trim()
                + "': "
                + pair[0]
                + (option.isFlag() ? " takes no" : " needs a")
                + " value");
      }
      if (options.put(option, option.isFlag() ? SpecOption.SET : pair[1]) != null) {
        throw new IllegalArgumentException("'" + pair[0] + "' is given twice");
      }
    }
    SpecOptions set = new SpecOptions(fit, options);
    Box box = new Box(fit, parseSide(geometry.group(2)), parseSide(geometry.group(3)));
    return new ThumbnailSpec(box, set, List.of());
  }

  static Map<String, ThumbnailSpec> parseAll(String text) {
    Map<String, ThumbnailSpec> specs = new LinkedHashMap<>();
    for (String part : text.split(";", -1)) {
      String[] pair = part.trim().split("=", 2);
      if (pair.length != 2 || !isName(pair[0].trim())) {
        throw new IllegalArgumentException(
            "'" + part.trim() + "' is not name=spec, for example small=fit:128x128");
      }
      if (specs.put(pair[0].trim(), parse(pair[1])) != null) {
        throw new IllegalArgumentException("the name '" + pair[0].trim() + "' is given twice");
      }
    }
    return Collections.unmodifiableMap(specs);
  }

  /**
   * Returns the canonical text.
   *
   * @param options those that differ from their default
   */
  static String text(Box box, Map<SpecOption, String> options) {
    StringBuilder text = new StringBuilder(box.toString());
    options.forEach(
        (option, value) -> {
          text.append(',').append(option.text());
          if (!option.isFlag()) {
            text.append(':').append(value);
          }
        });
    return text.toString();
  }

  private static OptionalInt parseSide(String text) {
    return text.isEmpty() ? OptionalInt.empty() : OptionalInt.of(SpecOption.parseInt("side", text));
  }
}
