package dev.miniatura.pipeline;

import dev.miniatura.OutputFormat;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.pipeline.Outcome.Reason;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a pipeline takes images from and where it puts thumbnails. The two must be apart: no
 * thumbnails are made of thumbnails.
 *
 * @param source location of the source
 * @param sourcePrefix start of the keys of images
 * @param destination location of the destination
 * @param prefix start of the keys of this pipeline's thumbnails
 * @param template the rest of those keys
 * @param written location of all thumbnails but those on request, as a prefix
 * @param endings what keys of thumbnails end with if they are beside their sources; else empty
 * @param onDemandPrefix start of the keys of thumbnails that are made on request, if there are such
 */
record Areas(
    String source,
    String sourcePrefix,
    String destination,
    String prefix,
    KeyTemplate template,
    String written,
    List<String> endings,
    Optional<String> onDemandPrefix) {

  /**
   * Returns areas in which thumbnails have keys of their own.
   *
   * @param mayBeInside whether thumbnails may be in a part of the source
   * @throws IllegalArgumentException if the areas overlap otherwise
   */
  static Areas apart(
      String source,
      String sourcePrefix,
      String destination,
      String prefix,
      KeyTemplate template,
      boolean mayBeInside) {
    String written = destination + prefix + template.prefix();
    checkApart(source + sourcePrefix, written, mayBeInside);
    return new Areas(
        source, sourcePrefix, destination, prefix, template, written, List.of(), Optional.empty());
  }

  /**
   * Returns the area in which each thumbnail is next to its source.
   *
   * @param suffix what follows the source's name in a thumbnail's
   * @throws IllegalArgumentException if the stores are not the same, or the suffix does not tell
   *     the specs apart
   */
  static Areas besideSources(
      String source,
      String sourcePrefix,
      String destination,
      String suffix,
      Collection<String> specs) {
    KeyTemplate template = KeyTemplate.parse("{dir}/{name}" + suffix + ".{ext}", specs);
    if (!source.equals(destination)) {
      throw new IllegalArgumentException(
          "thumbnails next to their sources must be in the same store, not in " + destination);
    }
    List<String> endings =
        specs.stream()
            .flatMap(
                spec ->
                    OutputFormat.all().stream()
                        .map(format -> suffix.replace("{spec}", spec) + "." + format.extension()))
            .toList();
    return new Areas(
        source,
        sourcePrefix,
        destination,
        sourcePrefix,
        template,
        destination + sourcePrefix,
        endings,
        Optional.empty());
  }

  /**
   * Returns these areas and one for thumbnails that are made on request.
   *
   * @param mayBeInside whether it may be in a part of the source
   * @throws IllegalArgumentException if it overlaps with the source otherwise
   */
  Areas withOnDemand(String start, boolean mayBeInside) {
    checkApart(source + sourcePrefix, destination + start, mayBeInside);
    return new Areas(
        source, sourcePrefix, destination, prefix, template, written, endings, Optional.of(start));
  }

  /**
   * Returns the areas of the pipeline that makes thumbnails on request.
   *
   * @throws IllegalStateException if there is none for them
   */
  Areas ofOnDemand() {
    String start =
        onDemandPrefix.orElseThrow(
            () -> new IllegalStateException("no prefix is set for thumbnails on request"));
    return new Areas(
        source,
        sourcePrefix,
        destination,
        start,
        KeyTemplate.onDemand(),
        written,
        endings,
        onDemandPrefix);
  }

  private static void checkApart(String images, String thumbnails, boolean mayBeInside) {
    boolean inside = thumbnails.startsWith(images) && !thumbnails.equals(images);
    boolean overlap = thumbnails.startsWith(images) || images.startsWith(thumbnails);
    if (overlap && !(inside && mayBeInside)) {
      throw new IllegalArgumentException(
          "thumbnails would go to "
              + thumbnails
              + " and images come from "
              + images
              + "; thumbnails would be made of thumbnails");
    }
  }

  /** Returns why no thumbnails are made of what is under a key of the source, if none are. */
  Optional<Reason> outside(String key) {
    if (!key.startsWith(sourcePrefix)) {
      return Optional.of(Reason.OUTSIDE_PREFIX);
    }
    if (onDemandPrefix.isPresent()
        && (source + key).startsWith(destination + onDemandPrefix.get())) {
      return Optional.of(Reason.DESTINATION);
    }
    if (besideSources()) {
      boolean thumbnail = endings.stream().anyMatch(key::endsWith);
      return thumbnail ? Optional.of(Reason.THUMBNAIL) : Optional.empty();
    }
    return (source + key).startsWith(written) ? Optional.of(Reason.DESTINATION) : Optional.empty();
  }

  /** Returns whether thumbnails are next to their sources. */
  boolean besideSources() {
    return !endings.isEmpty();
  }

  /** Returns where the thumbnail of an image goes, whose key starts with the source prefix. */
  Target target(String key, String name, ThumbnailSpec spec) {
    return Target.of(name, spec, relative(key), prefix, template);
  }

  /** Returns where all thumbnails of such an image go. */
  List<Target> targets(String key, Map<String, ThumbnailSpec> specs) {
    return specs.entrySet().stream()
        .map(spec -> target(key, spec.getKey(), spec.getValue()))
        .toList();
  }

  /** Returns the start of the keys of all thumbnails of such an image made on request. */
  Optional<String> onDemandFolder(String key) {
    return onDemandPrefix.map(start -> start + KeyTemplate.onDemandFolder(relative(key)));
  }

  private String relative(String key) {
    return key.substring(sourcePrefix.length());
  }
}
