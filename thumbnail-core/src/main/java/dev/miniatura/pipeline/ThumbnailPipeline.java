package dev.miniatura.pipeline;

import dev.miniatura.OutputFormat;
import dev.miniatura.Thumbnail;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.ImageStore.Attributes;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes the thumbnails of images in one store and writes them to another. Immutable and
 * thread-safe.
 *
 * <pre>{@code
 * ThumbnailPipeline pipeline =
 *     ThumbnailPipeline.builder(FileImageStore.of(photos), FileImageStore.of(thumbs))
 *         .specs(ThumbnailSpec.parseAll("small=fit:128x128;large=fit:1024x1024"))
 *         .build();
 * Outcome outcome = pipeline.process("2024/beach.jpg");
 * }</pre>
 *
 * <p>All thumbnails of an image come from one decode. The metadata of each record the source, its
 * version and the spec; if all thumbnails exist already, the source is not read. Thumbnails are
 * written one by one and atomically. They never replace one of a newer version of the source,
 * provided that the stores open exact versions and evaluate conditions atomically. Two pipelines
 * with different sources need different destinations.
 *
 * <p>No thumbnails are made of thumbnails: objects with a pipeline's metadata are skipped, and a
 * pipeline whose destination overlaps its source is refused.
 */
public final class ThumbnailPipeline {

  final Settings settings;

  /**
   * Whether the next image is expected to have no thumbnails, because the previous one had none.
   * This decides only the order of requests: a right guess saves one.
   */
  final AtomicBoolean newExpected;

  private ThumbnailPipeline(Settings settings, AtomicBoolean newExpected) {
    this.settings = settings;
    this.newExpected = newExpected;
  }

  /**
   * Returns a builder for a pipeline between two stores.
   *
   * @throws NullPointerException if an argument is null
   */
  public static Builder builder(ImageStore source, ImageStore destination) {
    return new Builder(
        Objects.requireNonNull(source, "source"),
        Objects.requireNonNull(destination, "destination"));
  }

  /**
   * Returns this pipeline with another engine, for example one with the time that is left as its
   * limit.
   *
   * @throws NullPointerException if {@code thumbnailer} is null
   */
  public ThumbnailPipeline withThumbnailer(Thumbnailer thumbnailer) {
    return new ThumbnailPipeline(
        settings.with(Objects.requireNonNull(thumbnailer, "thumbnailer")::renderAll), newExpected);
  }

  /**
   * Returns the key of a thumbnail, whether or not it has been made, without calling a store.
   *
   * @param source the image's key in the source
   * @param spec the spec's name
   * @throws IllegalArgumentException if there is no such spec, or if the source's key does not
   *     start with the source prefix
   * @throws IllegalStateException if the key depends on the format of the source: the key template
   *     has {@code {ext}} and the spec names no format
   * @throws NullPointerException if an argument is null
   */
  public String keyOf(String source, String spec) {
    List<String> candidates = target(source, spec).candidates();
    if (candidates.size() > 1) {
      throw new IllegalStateException(
          "the key of '"
              + spec
              + "' depends on the source's format; give the spec a format, ask for the key of one"
              + " format, or use a key template without {ext}");
    }
    return candidates.get(0);
  }

  /**
   * Returns the key of a thumbnail that is written in the given format.
   *
   * @param source the image's key in the source
   * @param spec the spec's name
   * @param format the thumbnail's format
   * @throws IllegalArgumentException if there is no such spec, if it names another format, or if
   *     the source's key does not start with the source prefix
   * @throws NullPointerException if an argument is null
   */
  public String keyOf(String source, String spec, OutputFormat format) {
    Objects.requireNonNull(format, "format");
    String key = target(source, spec).keys().get(format);
    if (key == null) {
      throw new IllegalArgumentException("'" + spec + "' is never written as " + format.text());
    }
    return key;
  }

  private Target target(String source, String name) {
    Objects.requireNonNull(source, "source");
    ThumbnailSpec spec = settings.specs().get(Objects.requireNonNull(name, "spec"));
    if (spec == null) {
      throw new IllegalArgumentException(
          "there is no spec '"
              + name
              + "'; the specs are: "
              + String.join(", ", settings.specs().keySet()));
    }
    String prefix = settings.areas().sourcePrefix();
    if (!source.startsWith(prefix)) {
      throw new IllegalArgumentException("'" + source + "' does not start with '" + prefix + "'");
    }
    return settings.areas().target(source, name, spec);
  }

  /**
   * Makes the thumbnails of one image, unless they exist. Every error is an outcome; for a missing
   * object it is {@link Outcome.Skipped}.
   *
   * @param key the image's key in the source
   * @throws NullPointerException if {@code key} is null
   */
  public Outcome process(String key) {
    return new Work(this, Objects.requireNonNull(key, "key"), Told.NOTHING).process();
  }

  /**
   * Makes the thumbnails of one image whose version the caller knows from a listing or an event. If
   * all thumbnails have that version, the source is not even asked for its version; otherwise the
   * current version in the source counts, not the one passed. With a catalog, the source is always
   * asked.
   *
   * @param key the image's key in the source
   * @param version the version, as in {@link ImageStore.Entry#version}
   * @throws NullPointerException if an argument is null
   */
  public Outcome process(String key, String version) {
    Objects.requireNonNull(version, "version");
    return new Work(this, Objects.requireNonNull(key, "key"), Told.version(version)).process();
  }

  /**
   * Makes the thumbnails of one image whose version and size the caller knows from a listing or an
   * event. Works like {@link #process(String, String)} and, if version and size are current,
   * fetches the image without asking for it first.
   *
   * @param told the image's key in the source, its size and version; the rest is ignored
   * @throws NullPointerException if {@code told} is null
   */
  public Outcome process(ImageStore.Entry told) {
    return new Work(this, Objects.requireNonNull(told, "told").key(), Told.entry(told)).process();
  }

  /**
   * Makes the thumbnails of one image, as {@link #process(ImageStore.Entry)} does, and also passes
   * the rendered thumbnails to the caller, whether or not they can then be written.
   *
   * @param told the image's key in the source, its size and version; the rest is ignored
   * @param rendered receives each rendered thumbnail with the name of its spec; nothing if all
   *     exist already
   * @throws NullPointerException if an argument is null
   */
  public Outcome process(
      ImageStore.Entry told, BiConsumer<? super String, ? super Thumbnail> rendered) {
    Objects.requireNonNull(rendered, "rendered");
    return new Work(this, Objects.requireNonNull(told, "told").key(), Told.entry(told), rendered)
        .process();
  }

  /**
   * Looks up a thumbnail of one version of an image, without making it.
   *
   * @param image the image's key in the source, and its version; the rest is ignored
   * @param spec the spec's name
   * @return the thumbnail in the destination, if it exists
   * @throws IllegalArgumentException if there is no such spec, or if the image's key does not start
   *     with the source prefix
   * @throws IOException what the destination reports
   * @throws NullPointerException if an argument is null
   */
  public Optional<ImageStore.Entry> find(ImageStore.Entry image, String spec) throws IOException {
    Objects.requireNonNull(image, "image");
    Target target = target(image.key(), spec);
    Label label =
        new Label(
            Label.sourceId(image.key()), image.version(), target.spec().hash(), settings.kept());
    for (String candidate : target.candidates()) {
      Optional<ImageStore.Entry> present = settings.destination().stat(candidate);
      if (present.isPresent() && label.match(spec, present.get()).isPresent()) {
        return present;
      }
    }
    return Optional.empty();
  }

  /**
   * Returns a pipeline that makes thumbnails on request, between the same stores. The names of its
   * specs are their {@linkplain ThumbnailSpec#hash hashes}. It writes below the prefix set with
   * {@link Builder#onDemand}, in a folder per image; this pipeline removes those thumbnails when
   * the image changes or is removed. It has no catalog.
   *
   * @throws IllegalStateException if no such prefix is set
   * @throws NullPointerException if {@code specs} is null
   */
  public ThumbnailPipeline onDemand(Collection<ThumbnailSpec> specs) {
    return new ThumbnailPipeline(
        settings.onDemand(Objects.requireNonNull(specs, "specs")), new AtomicBoolean());
  }

  /**
   * Deletes the thumbnails of an image that no longer exists, for the pipeline's specs; objects
   * without the image's mark are left alone. If an image exists under the key, its thumbnails are
   * made as by {@link #process}: the removal may have concerned its newest version or a delete
   * marker, or the message may be late.
   *
   * @param key the image's key in the source
   * @throws NullPointerException if {@code key} is null
   */
  public Outcome remove(String key) {
    return new Work(this, Objects.requireNonNull(key, "key"), Told.NOTHING).remove();
  }

  /**
   * Processes many images with the pipeline's parallelism and passes on the outcome of each. The
   * next key is taken when a thread is free, so the stream may have any length. Returns when all
   * are done.
   *
   * @param keys keys of images in the source; not closed
   * @param outcomes receives the outcomes in the order of completion, one at a time, from several
   *     threads
   * @throws InterruptedException if the calling thread is interrupted; images in progress have
   *     their outcome by then, and no others are started
   * @throws RuntimeException if the stream or the consumer throws it, which ends the batch
   * @throws NullPointerException if an argument is null
   */
  public void processAll(Stream<String> keys, Consumer<? super Outcome> outcomes)
      throws InterruptedException {
    Objects.requireNonNull(keys, "keys");
    Objects.requireNonNull(outcomes, "outcomes");
    new Batch<>(keys.iterator(), (String key) -> process(key), outcomes)
        .run(settings.parallelism());
  }

  /**
   * Processes the images of a listing, as {@link #processAll} does those of keys. An image that is
   * still as listed is fetched without asking for it first, as with {@link
   * #process(ImageStore.Entry)}.
   *
   * @param listing entries of images in the source; not closed
   * @param outcomes gets the outcomes in the order in which they are done, one at a time, from
   *     several threads
   * @throws InterruptedException if the calling thread is interrupted; the images being worked on
   *     have their outcome by then, and no further ones are begun
   * @throws RuntimeException what the stream or the consumer throws, which ends the batch
   * @throws NullPointerException if an argument is null
   */
  public void processListed(Stream<ImageStore.Entry> listing, Consumer<? super Outcome> outcomes)
      throws InterruptedException {
    Objects.requireNonNull(listing, "listing");
    Objects.requireNonNull(outcomes, "outcomes");
    new Batch<>(listing.iterator(), (ImageStore.Entry told) -> process(told), outcomes)
        .run(settings.parallelism());
  }

  /** Collects the settings of a pipeline, in any order. */
  public static final class Builder {

    private static final Pattern SPEC_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private static final Pattern SUFFIX = Pattern.compile("(?!$)[^/{}]*(\\{spec})?[^/{}]*");

    private final ImageStore source;
    private final ImageStore destination;
    private final Map<String, ThumbnailSpec> specs = new LinkedHashMap<>();
    private String keyTemplate = "{key}.{spec}.{ext}";
    private String sourcePrefix = "";
    private String destinationPrefix = "";
    private Optional<String> cacheControl = Optional.empty();
    private Optional<String> keptAs = Optional.empty();
    private Optional<ThumbnailCatalog> catalog = Optional.empty();
    private Work.Renderer renderer = Thumbnailer.create()::renderAll;
    private int parallelism = Runtime.getRuntime().availableProcessors();
    private boolean destinationInsideSource;
    private Optional<String> suffix = Optional.empty();
    private Optional<String> onDemandPrefix = Optional.empty();

    private Builder(ImageStore source, ImageStore destination) {
      this.source = source;
      this.destination = destination;
    }

    /**
     * Adds a spec.
     *
     * @param name letters, digits, dots, dashes and underscores
     * @throws IllegalArgumentException if the name has other characters, or exists already
     * @throws NullPointerException if an argument is null
     */
    public Builder spec(String name, ThumbnailSpec spec) {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(spec, "spec");
      if (!SPEC_NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("'" + name + "' is not a name for a spec");
      }
      if (specs.putIfAbsent(name, spec) != null) {
        throw new IllegalArgumentException("the name '" + name + "' is given twice");
      }
      return this;
    }

    /**
     * Adds specs by name, as {@link ThumbnailSpec#parseAll} returns them.
     *
     * @throws IllegalArgumentException if a name has other characters than letters, digits, dots,
     *     dashes and underscores, or exists already
     * @throws NullPointerException if {@code specs} is null
     */
    public Builder specs(Map<String, ThumbnailSpec> specs) {
      Objects.requireNonNull(specs, "specs").forEach(this::spec);
      return this;
    }

    /**
     * Sets the template of thumbnail keys; the default is {@code {key}.{spec}.{ext}}. The fields
     * are:
     *
     * <table>
     * <caption>Fields, for {@code 2024/beach.png}</caption>
     * <tr><td>{@code {key}}</td><td>the source's key</td><td>{@code 2024/beach.png}</td></tr>
     * <tr><td>{@code {dir}}</td><td>its folder</td><td>{@code 2024}</td></tr>
     * <tr><td>{@code {name}}</td><td>its name without extension</td><td>{@code beach}</td></tr>
     * <tr><td>{@code {spec}}</td><td>the spec's name</td><td>{@code small}</td></tr>
     * <tr><td>{@code {ext}}</td><td>the format's extension</td><td>{@code png}</td></tr>
     * </table>
     *
     * <p>The source prefix is not part of the fields. Without a folder, the slash after {@code
     * {dir}} is omitted. With {@code {name}}, sources that differ only in their extension may get
     * the same key; the second one then fails with {@link Outcome.Failure#COLLISION}.
     *
     * @throws NullPointerException if {@code keyTemplate} is null
     */
    public Builder keyTemplate(String keyTemplate) {
      this.keyTemplate = Objects.requireNonNull(keyTemplate, "keyTemplate");
      return this;
    }

    /**
     * Sets the prefix of source keys; objects with other keys are skipped.
     *
     * @throws NullPointerException if {@code sourcePrefix} is null
     */
    public Builder sourcePrefix(String sourcePrefix) {
      this.sourcePrefix = Objects.requireNonNull(sourcePrefix, "sourcePrefix");
      return this;
    }

    /**
     * Sets the prefix of thumbnail keys.
     *
     * @throws NullPointerException if {@code destinationPrefix} is null
     */
    public Builder destinationPrefix(String destinationPrefix) {
      this.destinationPrefix = Objects.requireNonNull(destinationPrefix, "destinationPrefix");
      return this;
    }

    /**
     * Sets the {@code Cache-Control} with which thumbnails are served. Thumbnails with another
     * value are made again when their image is next processed.
     *
     * @throws IllegalArgumentException if it is not printable ASCII
     * @throws NullPointerException if {@code cacheControl} is null
     */
    public Builder cacheControl(String cacheControl) {
      Objects.requireNonNull(cacheControl, "cacheControl");
      this.cacheControl = Attributes.none().withCacheControl(cacheControl).cacheControl();
      return this;
    }

    /**
     * Describes in free text how the destination keeps thumbnails, such as a storage class or an
     * encryption key; {@code ""} means in no special way. Thumbnails written with another
     * description are made again when their image is next processed. If neither this nor a {@code
     * Cache-Control} is set, existing thumbnails are accepted however they are kept.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Builder keptAs(String value) {
      keptAs = Optional.of(Objects.requireNonNull(value, "value"));
      return this;
    }

    /**
     * Sets the catalog that records outcomes.
     *
     * @throws NullPointerException if {@code catalog} is null
     */
    public Builder catalog(ThumbnailCatalog catalog) {
      this.catalog = Optional.of(Objects.requireNonNull(catalog, "catalog"));
      return this;
    }

    /**
     * Sets the engine; by default, one with default limits.
     *
     * @throws NullPointerException if {@code thumbnailer} is null
     */
    public Builder thumbnailer(Thumbnailer thumbnailer) {
      renderer = Objects.requireNonNull(thumbnailer, "thumbnailer")::renderAll;
      return this;
    }

    /** Sets how thumbnails are rendered, for tests. */
    Builder renderer(Work.Renderer value) {
      renderer = value;
      return this;
    }

    /**
     * Sets how many images {@link #processAll} processes at a time; by default, one per processor.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder parallelism(int value) {
      if (value < 1) {
        throw new IllegalArgumentException("parallelism: " + value);
      }
      parallelism = value;
      return this;
    }

    /**
     * Allows the destination to be inside the source, such as {@code photos/thumbs} in {@code
     * photos}; everything in the destination is then skipped as a source.
     */
    public Builder destinationInsideSource() {
      destinationInsideSource = true;
      return this;
    }

    /**
     * Sets the prefix of the keys of thumbnails made by {@link ThumbnailPipeline#onDemand}. The
     * pipeline that is notified of changes and removals needs it too: when it writes thumbnails for
     * a new version of an image, or removes those of a deleted image, it also lists and removes the
     * thumbnails made on request.
     *
     * @param prefix a prefix that ends with a slash
     * @throws IllegalArgumentException if it does not
     * @throws NullPointerException if {@code prefix} is null
     */
    public Builder onDemand(String prefix) {
      if (!Objects.requireNonNull(prefix, "prefix").endsWith("/")) {
        throw new IllegalArgumentException("'" + prefix + "' does not end with a slash");
      }
      onDemandPrefix = Optional.of(prefix);
      return this;
    }

    /**
     * Puts thumbnails next to their sources, in the same store: with the suffix {@code _thumb},
     * that of {@code 2024/beach.png} is {@code 2024/beach_thumb.png}. Replaces key template and
     * destination prefix.
     *
     * <p>An object named like a thumbnail is never a source, even if its metadata are lost, and
     * only thumbnails are ever overwritten; anything else in the way is a {@link
     * Outcome.Failure#COLLISION}.
     *
     * @param value the text after the source's name, without slashes; must contain {@code {spec}}
     *     if there are several specs
     * @throws IllegalArgumentException if it is empty, has a slash, or braces around anything else
     * @throws NullPointerException if {@code value} is null
     */
    public Builder besideSources(String value) {
      if (!SUFFIX.matcher(Objects.requireNonNull(value, "value")).matches()) {
        throw new IllegalArgumentException(
            "'" + value + "' is not a suffix such as _thumb or .{spec}");
      }
      suffix = Optional.of(value);
      return this;
    }

    /**
     * Returns the pipeline.
     *
     * @throws IllegalArgumentException if there is neither a spec nor a prefix for thumbnails on
     *     request, if the key template does not distinguish specs or sources, or if source and
     *     destination overlap
     */
    public ThumbnailPipeline build() {
      if (specs.isEmpty() && onDemandPrefix.isEmpty()) {
        throw new IllegalArgumentException("a pipeline needs at least one spec");
      }
      Settings settings =
          new Settings(
              source,
              destination,
              areas(),
              specs,
              cacheControl,
              Label.kept(cacheControl, keptAs),
              catalog,
              renderer,
              parallelism,
              false);
      return new ThumbnailPipeline(settings, new AtomicBoolean(true));
    }

    private Areas areas() {
      String from = source.location();
      String to = destination.location();
      Areas areas =
          suffix.isPresent()
              ? Areas.besideSources(from, sourcePrefix, to, suffix.get(), specs.keySet())
              : Areas.apart(
                  from,
                  sourcePrefix,
                  to,
                  destinationPrefix,
                  KeyTemplate.parse(keyTemplate, specs.keySet()),
                  destinationInsideSource);
      return onDemandPrefix
          .map(start -> areas.withOnDemand(start, destinationInsideSource))
          .orElse(areas);
    }
  }
}
