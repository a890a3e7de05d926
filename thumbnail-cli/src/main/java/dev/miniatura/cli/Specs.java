package dev.miniatura.cli;

import dev.miniatura.ThumbnailSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * The specs that a command line gives: {@code --spec small=fit:128x128 --spec large=fit:1024x1024},
 * or both in one with a semicolon. A single spec may go without a name.
 *
 * @param byName the specs in the order given
 */
record Specs(Map<String, ThumbnailSpec> byName) {

  private static final String ONLY = "thumb"; // name of a spec that was given without one

  static Specs parse(CommandSpec command, List<String> texts) {
    Map<String, ThumbnailSpec> specs = new LinkedHashMap<>();
    for (String text : texts) {
      try {
        Map<String, ThumbnailSpec> some =
            texts.size() == 1 && !text.contains("=")
                ? Map.of(ONLY, ThumbnailSpec.parse(text))
                : ThumbnailSpec.parseAll(text);
        some.forEach(
            (name, spec) -> {
              if (specs.put(name, spec) != null) {
                throw new IllegalArgumentException("the name '" + name + "' is given twice");
              }
            });
      } catch (IllegalArgumentException e) {
        throw new ParameterException(command.commandLine(), "--spec: " + e.getMessage(), e);
      }
    }
    return new Specs(specs);
  }
}
