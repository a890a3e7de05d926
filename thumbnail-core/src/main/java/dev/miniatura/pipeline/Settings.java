package dev.miniatura.pipeline;

import dev.miniatura.ThumbnailSpec;
import dev.miniatura.storage.ImageStore;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a pipeline. Immutable.
 *
 * @param source the store of images
 * @param destination the store of thumbnails
 * @param areas the parts of both that this pipeline uses
 * @param specs the specs, by name
 * @param cacheControl the {@code Cache-Control} of thumbnails
 * @param kept how thumbnails are stored, as in their label
 * @param catalog records outcomes
 * @param renderer the engine
 * @param parallelism how many images are processed at a time
 * @param onDemand whether thumbnails are made on request, and thus without notification of changes
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
