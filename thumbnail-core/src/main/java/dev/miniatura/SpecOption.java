package dev.miniatura;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The options of a {@link ThumbnailSpec} in canonical order, with the default and the values of
 * each. Grammar, defaults and validation share this one table.
 */
enum SpecOption {
  GRAVITY("center"),
  MATTE("auto"),
  FORMAT("source"),
  QUALITY("80"),
  EFFORT("4"),
  LOSSLESS(""),
  PROGRESSIVE(""),
  CHROMA("420"),
  PALETTE(""),
  ENLARGE(""),
  KERNEL("lanczos3"),
  LIGHT("encoded"),
  ICC("srgb"),
  FRAMES("first"),
  ORIENTATION("exif"),
  STRICT(""),
  FILTER("");

  /** The value of a flag that is set; the text has the bare flag. */
  static final String SET = "set";

  private final String byDefault;

  SpecOption(String byDefault) {
    this.byDefault = byDefault;
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the default of this option, given the other options of a spec. */
  String byDefault(Map<SpecOption, String> others) {
    String format = this == QUALITY ? others.get(FORMAT) : null;
    return format == null || format.equals(FORMAT.byDefault)
        ? byDefault
        : Integer.toString(OutputFormat.named(format).defaultQuality());
  }

  boolean isFlag() {
    return byDefault.isEmpty() && this != FILTER;
  }

  /**
   * Returns the options whose value is not the default, each value in its one canonical form.
   *
   * @throws IllegalArgumentException if an option does not take its value
   */
  static Map<SpecOption, String> canonical(Map<SpecOption, String> options) {
    Map<SpecOption, String> unusual = new EnumMap<>(SpecOption.class);
    options.forEach(
        (option, value) -> {
          String text = option.canonical(value);
          if (!text.equals(option.byDefault(options))) {
            unusual.put(option, text);
          }
        });
    return unusual;
  }

  private String canonical(String value) {
    if (value.equals(byDefault)) {
      return value;
    }
    return switch (this) {
      case GRAVITY -> find(value, Gravity.values(), Gravity::text, text()).text();
      case MATTE -> String.format(Locale.ROOT, "#%06x", parseColor(value));
      case FORMAT -> OutputFormat.named(value).text();
      case QUALITY -> Integer.toString(parseIn(1, 100, value));
      case EFFORT -> Integer.toString(parseIn(0, 6, value));
      case LOSSLESS, PROGRESSIVE, PALETTE, ENLARGE, STRICT -> oneOf(value, SET);
      case CHROMA -> oneOf(value, "420", "444");
      case KERNEL -> find(value, Kernel.values(), Kernel::text, text()).text();
      case LIGHT -> oneOf(value, "encoded", "linear");
      case ICC -> oneOf(value, "srgb", "keep");
      case FRAMES -> oneOf(value, "first", "all");
      case ORIENTATION -> oneOf(value, "exif", "ignore");
      case FILTER -> value;
    };
  }

  private String oneOf(String value, String... allowed) {
    return find(value, allowed, Function.identity(), text());
  }

  private int parseIn(int min, int max, String value) {
    int number = parseInt(text(), value);
    if (number < min || number > max) {
      throw new IllegalArgumentException(
          "%s must be %d to %d, not %d".formatted(text(), min, max, number));
    }
    return number;
  }

  static <E> E find(String text, E[] values, Function<E, String> name, String what) {
    List<E> list = Arrays.asList(values);
    return list.stream()
        .filter(value -> name.apply(value).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown %s '%s'; known: %s"
                        .formatted(
                            what, text, String.join(", ", list.stream().map(name).toList()))));
  }

  /** Returns {@code 0xRRGGBB} for {@code #rgb} or {@code #rrggbb}. */
  static int parseColor(String text) {
    if (!text.matches("#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")) {
      throw new IllegalArgumentException("matte must be #rgb or #rrggbb, not '" + text + "'");
    }
    String digits = text.substring(1);
    return Integer.parseInt(digits.length() == 3 ? digits.replaceAll("(.)", "$1$1") : digits, 16);
  }

  static int parseInt(String what, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(what + " must be a number, not '" + text + "'", e);
    }
  }
}
