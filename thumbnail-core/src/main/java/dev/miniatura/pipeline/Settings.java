package dev.miniatura.pipeline;

import dev.miniatura.ThumbnailSpec;
import dev.miniatura.storage.ImageStore;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a pipeline is made of. Immutable.
 *
 * @param source where images are
 * @param destination where thumbnails go
 * @param areas the parts of both that this pipeline uses
 * @param specs what to make, by name
 * @param cacheControl the {@code Cache-Control} of thumbnails
 * @param kept how thumbnails are kept, as their label has it
 * @param catalog what records outcomes
 * @param renderer the engine
 * @param parallelism how many images are processed at a time
 * @param onDemand whether thumbnails are made on request, and so without being told of changes
 */
record Settings(
    ImageStore source,
    ImageStore destination,
    Areas areas,
    Map<String, ThumbnailSpec> specs,
    Optional<String> cacheControl,
    Optional<String> kept,
    Optional<ThumbnailCatalog> catalog,
    Work.Renderer renderer,
    int parallelism,
    boolean onDemand) {

  Settings {
    specs = Collections.unmodifiableMap(new LinkedHashMap<>(specs));
  }

  /** Returns these settings with another engine. */
  Settings with(Work.Renderer engine) {
    return new Settings(
        source,
        destination,
        areas,
        specs,
        cacheControl,
        kept,
        catalog,
        engine,
        parallelism,
        onDemand);
  }

  /**
   * Returns the settings of the pipeline that makes some thumbnails on request.
   *
   * @throws IllegalStateException if there is no prefix for them
   */
  Settings onDemand(Collection<ThumbnailSpec> asked) {
    Map<String, ThumbnailSpec> byHash = new LinkedHashMap<>();
    asked.forEach(spec -> byHash.put(spec.hash(), spec));
    return new Settings(
        source,
        destination,
        areas.ofOnDemand(),
        byHash,
        cacheControl,
        kept,
        Optional.empty(),
        renderer,
        parallelism,
        true);
  }
}
