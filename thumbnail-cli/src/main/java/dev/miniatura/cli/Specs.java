package dev.miniatura.cli;

import static java.util.stream.Collectors.joining;

import dev.miniatura.OutputFormat;
import dev.miniatura.ThumbnailSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * The specs that a command line gives: {@code --spec small=fit:128x128 --spec large=fit:1024x1024},
 * or both in one option, separated by a semicolon. A single spec may have no name.
 *
 * @param byName the specs in the order given
 */
record Specs(Map<String, ThumbnailSpec> byName) {

  /** The grammar, for the commands' help. */
  static final String GRAMMAR =
      """

      A SPEC is a box, in pixels, and options after commas, as in fit:256x256,format:png:
        fit:WxH fit:Wx fit:xH     inside the box
        cover:WxH                 fill the box, crop the rest
        pad:WxH                   inside the box, matte around
        stretch:WxH               exactly the box
      Options:
        gravity:north             what a crop keeps: north, north-east, ... or center
        matte:#rrggbb             color around, and under transparency
        format:%-17s  instead of the source's format
        quality:1..100            of JPEG and WebP, 80 by default
        effort:0..6               to make WebP small, 4 by default
        lossless                  WebP without loss
        progressive               JPEG in several passes
        chroma:444                JPEG with colors at full resolution
        palette                   PNG with at most 256 colors
        enlarge                   small pictures too
        kernel:lanczos3|catmull-rom|triangle|box
        light:linear              average light instead of encoded values
        icc:keep                  keep the color profile
        frames:all                keep the animation, as GIF or WebP
        orientation:ignore        do not turn the picture as EXIF says
        strict                    refuse damaged pictures, as --strict\
      """
          .formatted(OutputFormat.all().stream().map(OutputFormat::text).collect(joining("|")));

  private static final String ONLY = "thumb"; // the name of a spec given without one

  /** The option that refuses pictures that would be rendered with a note. */
  static final class Strictness {
    @Option(
        names = "--strict",
        description =
            "Refuse truncated or damaged pictures instead of rendering them as far as possible.")
    private boolean strict;

    Map<String, ThumbnailSpec> apply(Specs specs) {
      Map<String, ThumbnailSpec> applied = new LinkedHashMap<>(specs.byName());
      if (strict) {
        applied.replaceAll((name, spec) -> spec.strict(true));
      }
      return applied;
    }
  }

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
