package dev.miniatura.pipeline;

import dev.miniatura.OutputFormat;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.pipeline.Outcome.Reason;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The areas from which a pipeline takes images and into which it writes thumbnails. They must not
 * overlap: no thumbnails are made of thumbnails.
 *
 * @param source location of the source
 * @param sourcePrefix prefix of the keys of images
 * @param destination location of the destination
 * @param prefix prefix of the keys of this pipeline's thumbnails
 * @param template the rest of those keys
 * @param written location of all thumbnails except those made on request, as a prefix
 * @param endings the endings of thumbnails' keys if they are next to their sources; otherwise empty
 * @param onDemandPrefix prefix of the keys of thumbnails made on request, if any
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
   * Returns areas in which thumbnails have separate keys.
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
   * @param suffix the text after the source's name in a thumbnail's name
   * @throws IllegalArgumentException if the stores are not the same, or the suffix does not
   *     distinguish the specs
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
   * Returns these areas plus one for thumbnails made on request.
   *
   * @param mayBeInside whether it may be in a part of the source
   * @throws IllegalArgumentException if it overlaps the source otherwise
   */
  Areas withOnDemand(String start, boolean mayBeInside) {
    checkApart(source + sourcePrefix, destination + start, mayBeInside);
    return new Areas(
        source, sourcePrefix, destination, prefix, template, written, endings, Optional.of(start));
  }

  /**
   * Returns the areas of the pipeline that makes thumbnails on request.
   *
   * @throws IllegalStateException if there is no area for them
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

  /** Returns the reason why an object of the source gets no thumbnails, if there is one. */
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

  /** Returns the target of the thumbnail of an image whose key starts with the source prefix. */
  Target target(String key, String name, ThumbnailSpec spec) {
    return Target.of(name, spec, relative(key), prefix, template);
  }

  /** Returns the targets of all thumbnails of such an image. */
  List<Target> targets(String key, Map<String, ThumbnailSpec> specs) {
    return specs.entrySet().stream()
        .map(spec -> target(key, spec.getKey(), spec.getValue()))
        .toList();
  }

  /** Returns the prefix of the keys of all thumbnails of such an image made on request. */
  Optional<String> onDemandFolder(String key) {
    return onDemandPrefix.map(start -> start + KeyTemplate.onDemandFolder(relative(key)));
  }

  private String relative(String key) {
    return key.substring(sourcePrefix.length());
  }
}
