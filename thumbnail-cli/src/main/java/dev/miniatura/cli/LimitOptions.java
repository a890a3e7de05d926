package dev.miniatura.cli;

import dev.miniatura.Limits;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say what a picture may cost. */
final class LimitOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--limit",
      paramLabel = "NAME:VALUE",
      description = {
        "Limits per image: source-bytes, pixels, dimension, frames, scans,",
        "result-pixels, working-bytes, time; for example pixels:1G,time:60s."
      })
  private List<String> texts = List.of();

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      description = "Refuse larger images: the same as --limit pixels:N. Default: 500 million.")
  private @Nullable Long maxPixels;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  LimitOptions() {}

  /** Returns the library's limits, changed by those that were given. */
  Limits limits() {
    Limits limits = Limits.defaults();
    for (String text : texts) {
      try {
        limits = limits.with(text);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(command.commandLine(), "--limit: " + e.getMessage(), e);
      }
    }
    return maxPixels == null ? limits : limits.withPixels(maxPixels);
  }
}
