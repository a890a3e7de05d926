package dev.miniatura;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The options of a {@link ThumbnailSpec}: those set explicitly, and among them those that differ
 * from their default. Only the latter distinguish specs; but a default may change with the format,
 * so the former are kept. Immutable.
 */
final class SpecOptions {

  final Gravity gravity;
  final OptionalInt matte; // 0xRRGGBB
  final Optional<OutputFormat> format;
  final int quality;
  final int effort;
  final Kernel kernel;

  private final ThumbnailSpec.Fit fit;
  private final Map<SpecOption, String> explicit;
  private final Map<SpecOption, String> unusual; // each value in its one canonical form

  /**
   * Creates the options of a spec.
   *
   * @throws IllegalArgumentException if an option does not accept its value
   */
  SpecOptions(ThumbnailSpec.Fit fit, Map<SpecOption, String> explicit) {
    this.fit = fit;
    this.explicit = Collections.unmodifiableMap(explicit);
    Map<SpecOption, String> canonical = SpecOption.canonical(explicit);
    if (fit == ThumbnailSpec.Fit.STRETCH) {
      canonical.remove(SpecOption.ENLARGE); // implied
    }
    unusual = Collections.unmodifiableMap(canonical);
    gravity = SpecOption.find(get(SpecOption.GRAVITY), Gravity.values(), Gravity::text, "gravity");
    kernel = SpecOption.find(get(SpecOption.KERNEL), Kernel.values(), Kernel::text, "kernel");
    format = unusual(SpecOption.FORMAT).map(OutputFormat::named);
    quality = SpecOption.parseInt("quality", get(SpecOption.QUALITY));
    effort = SpecOption.parseInt("effort", get(SpecOption.EFFORT));
    matte =
        unusual(SpecOption.MATTE)
            .map(color -> OptionalInt.of(SpecOption.parseColor(color)))
            .orElse(OptionalInt.empty());
  }

  /**
   * Returns a copy with another value, set explicitly.
   *
   * @throws IllegalArgumentException if the option does not accept it
   */
  SpecOptions with(SpecOption option, String value) {
    Map<SpecOption, String> changed = new EnumMap<>(SpecOption.class);
    changed.putAll(explicit);
    changed.put(option, value);
    return new SpecOptions(fit, changed);
  }

  /** Returns the value of an option, or its default if it is not set. */
  String get(SpecOption option) {
    return unusual(option).orElse(option.byDefault(unusual));
  }

  /** Returns whether a flag is set. */
  boolean has(SpecOption flag) {
    return unusual.containsKey(flag);
  }

  private Optional<String> unusual(SpecOption option) {
    return Optional.ofNullable(unusual.get(option));
  }

  /** Returns the options that differ from their default, in canonical order. */
  Map<SpecOption, String> canonical() {
    return unusual;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SpecOptions that && unusual.equals(that.unusual);
  }

  @Override
  public int hashCode() {
    return unusual.hashCode();
  }
}
