package dev.miniatura;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of bounds on the command line and in configuration: {@code pixels:1G,time:60s}. */
final class LimitsText {

  private static final Pattern NUMBER = Pattern.compile("(\\d{1,18})([kKMG]?)");
  private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|min)");

  private static final Map<String, BiFunction<Limits, String, Limits>> BOUNDS = bounds();

  private LimitsText() {}

  private static Map<String, BiFunction<Limits, String, Limits>> bounds() {
    Map<String, BiFunction<Limits, String, Limits>> all = new LinkedHashMap<>();
    all.put("source-bytes", (limits, text) -> limits.withSourceBytes(number(text, 1024)));
    all.put("pixels", (limits, text) -> limits.withPixels(number(text, 1000)));
    all.put("dimension", (limits, text) -> limits.withDimension(integer(text)));
    all.put("frames", (limits, text) -> limits.withFrames(integer(text)));
    all.put("scans", (limits, text) -> limits.withScans(integer(text)));
    all.put("result-pixels", (limits, text) -> limits.withResultPixels(number(text, 1000)));
    all.put("working-bytes", (limits, text) -> limits.withWorkingBytes(number(text, 1024)));
    all.put("time", (limits, text) -> limits.withTime(time(text)));
    return all;
  }

  /** Returns limits with the bounds in a text; if a bound is repeated, the last one counts. */
  static Limits apply(Limits limits, String text) {
    Limits changed = limits;
    for (String each : text.split(",", -1)) {
      String bound = each.strip();
      int colon = bound.indexOf(':');
      BiFunction<Limits, String, Limits> change =
          BOUNDS.get(bound.substring(0, Math.max(0, colon)).strip());
      if (change == null) {
        throw new IllegalArgumentException(
            "'%s' is not a limit; the limits are %s, as in pixels:1G,time:60s"
                .formatted(bound, String.join(", ", BOUNDS.keySet())));
      }
      try {
        changed = change.apply(changed, bound.substring(colon + 1).strip());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("limit '" + bound + "': " + e.getMessage(), e);
      }
    }
    return changed;
  }

  private static long number(String text, long thousand) {
    Matcher matcher = NUMBER.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a whole number, which may end with k, M or G");
    }
    long factor =
        switch (matcher.group(2)) {
          case "" -> 1;
          case "M" -> thousand * thousand;
          case "G" -> thousand * thousand * thousand;
          default -> thousand;
        };
    try {
      return Math.multiplyExact(Long.parseLong(matcher.group(1)), factor);
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }

  private static int integer(String text) {
    return (int) Math.min(Integer.MAX_VALUE, number(text, 1000));
  }

  private static Duration time(String text) {
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a time such as 500ms, 30s or 2min");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      default -> Duration.ofMinutes(amount);
    };
  }
}
