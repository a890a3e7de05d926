package dev.miniatura.http;

import dev.miniatura.Thumbnail;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.pipeline.ThumbnailPipeline;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Answers requests for thumbnails of images in one store, and keeps the thumbnails it makes in
 * another. Immutable except for counters and caches, and thread-safe: a server may call {@link
 * #handle} from any number of threads.
 *
 * <pre>{@code
 * ThumbnailService service =
 *     ThumbnailService.builder(FileImageStore.of(photos), FileImageStore.of(thumbs))
 *         .specs("small=fit:256x256,format:auto;large=fit:1600x1600")
 *         .build();
 * }</pre>
 *
 * <p>There are two kinds of paths. {@code /t/NAME/KEY} uses one of the service's named specs: a
 * finite set, for everyone. {@code /s/KID.SIGNATURE[.EXPIRES]/SPEC/KEY} uses any spec, for anyone
 * with a signed URL ({@link ThumbnailUrls}). {@code format:auto} in a spec is the best format that
 * the client accepts, by {@code Accept}. Queries are ignored.
 *
 * <p>Every answer is final: errors are answers, too, as JSON with a stable {@code error} code, or
 * as a placeholder picture.
 */
public final class ThumbnailService {

  private static final String KEY_TEMPLATE = "{key}.{spec}.{ext}";

  private final ImageStore source;
  private final String sourcePrefix;
  private final Route.Known known;
  private final Thumbnails thumbnails;
  private final Turns turns;
  private final Answers answers;
  private final BiConsumer<? super ThumbnailRequest, ? super Throwable> onFailure;
  private final Clock clock;
  private final EdgeFunction edge;

  private ThumbnailService(Builder builder) {
    source = builder.source;
    sourcePrefix = builder.sourcePrefix;
    known = new Route.Known(new LinkedHashMap<>(builder.specs), Map.copyOf(builder.keys));
    turns = new Turns(builder.maxRenders, builder.maxWaiting, builder.maxWait.toNanos());
    Map<String, ThumbnailSpec> named = new LinkedHashMap<>();
    builder.specs.forEach((name, asked) -> named.put(name, asked.spec()));
    ThumbnailPipeline.Builder pipeline =
        ThumbnailPipeline.builder(builder.source, builder.destination)
            .specs(named)
            .keyTemplate(builder.keyTemplate)
            .sourcePrefix(builder.sourcePrefix)
            .destinationPrefix(builder.destinationPrefix)
            .onDemand(builder.onDemandPrefix)
            .destinationInsideSource()
            .thumbnailer(builder.thumbnailer.withMaxWait(builder.maxWait));
    builder.cacheControl.ifPresent(pipeline::cacheControl);
    builder.keptAs.ifPresent(pipeline::keptAs);
    thumbnails = new Thumbnails(builder.destination, pipeline.build(), known.specs(), turns);
    answers = new Answers(builder.maxAge, builder.errorMaxAge, builder.cors, builder.placeholder);
    onFailure = builder.onFailure;
    clock = builder.clock;
    edge =
        new EdgeFunction(
            known.specs(),
            builder.keyTemplate.equals(KEY_TEMPLATE)
                ? Optional.of(builder.destinationPrefix)
                : Optional.empty(),
            builder.onDemandPrefix);
  }

  /**
   * Returns a builder.
   *
   * @param source where images are
   * @param destination where thumbnails are kept
   * @throws NullPointerException if an argument is null
   */
  public static Builder builder(ImageStore source, ImageStore destination) {
    return new Builder(
        Objects.requireNonNull(source, "source"),
        Objects.requireNonNull(destination, "destination"));
  }

  /**
   * Answers a request. This takes as long as rendering, plus at most {@link Builder#maxWait}.
   *
   * @throws NullPointerException if {@code request} is null
   */
  public ThumbnailResponse handle(ThumbnailRequest request) {
    boolean head = Objects.requireNonNull(request, "request").method().equals("HEAD");
    if (request.method().equals("OPTIONS") && answers.hasCors()) {
      return answers.preflight();
    }
    try {
      if (!head && !request.method().equals("GET")) {
        throw new ProblemException(Problem.METHOD_NOT_ALLOWED);
      }
      return get(request, head);
    } catch (ProblemException e) {
      return problem(request, e, head);
    } catch (UncheckedIOException e) {
      return problem(request, Failures.of(e), head);
    } catch (RuntimeException | StackOverflowError e) {
      return problem(request, new ProblemException(Problem.INTERNAL, e), head);
    }
  }

  private ThumbnailResponse problem(ThumbnailRequest request, ProblemException e, boolean head) {
    if (e.problem().status() >= 500 && e.getCause() != null) {
      onFailure.accept(request, e.getCause());
    }
    return answers.problem(e, head);
  }

  private ThumbnailResponse get(ThumbnailRequest request, boolean head) throws ProblemException {
    Route route = Route.of(request.target(), known, clock.instant());
    Entry image = image(route.key());
    ThumbnailSpec spec = route.asked().forClient(Accept.of(request.header("Accept").orElse("")));
    Answers.Validity validity =
        new Answers.Validity(
            EntityTag.of(image.version(), spec),
            route.asked().negotiated(),
            route.expires().map(end -> Duration.between(clock.instant(), end)));
    if (request
        .header("If-None-Match")
        .filter(header -> EntityTag.matches(header, validity.entityTag()))
        .isPresent()) {
      return answers.notModified(validity);
    }
    Picture picture = thumbnails.get(image, spec, route.name());
    return answers.picture(picture, validity, route.key(), head);
  }

  private Entry image(String key) throws ProblemException {
    try {
      return source
          .stat(sourcePrefix + key)
          .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND));
    } catch (IOException e) {
      throw Failures.of(e);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.BAD_KEY, e);
    }
  }

  /**
   * Returns the code of a CloudFront Function (runtime {@code cloudfront-js-2.0}) for viewer
   * requests. It rejects paths without a valid signature, using the secrets in a KeyValueStore by
   * their ids, and turns other paths into keys of the destination, so that CloudFront finds stored
   * thumbnails without asking this service; {@code docs/delivery.md} describes the setup.
   */
  public String edgeFunction() {
    return edge.code();
  }

  /** Returns how many requests are rendering now. */
  public int rendering() {
    return turns.rendering();
  }

  /**
   * Returns how many requests are waiting for their turn, or for another request with the same
   * result.
   */
  public int waiting() {
    return turns.waiting();
  }

  /** Collects a service's settings, in any order. */
  public static final class Builder {

    private final ImageStore source;
    private final ImageStore destination;
    private final Map<String, AskedSpec> specs = new LinkedHashMap<>();
    private final Map<String, SigningKey> keys = new LinkedHashMap<>();
    private String keyTemplate = KEY_TEMPLATE;
    private String sourcePrefix = "";
    private String destinationPrefix = "";
    private String onDemandPrefix = "on-demand/";
    private Optional<String> cacheControl = Optional.empty();
    private Optional<String> keptAs = Optional.empty();
    private Thumbnailer thumbnailer = Thumbnailer.create();
    private int maxRenders = Runtime.getRuntime().availableProcessors();
    private int maxWaiting = 64;
    private Duration maxWait = Duration.ofSeconds(10);
    private Duration maxAge = Duration.ofHours(1);
    private Duration errorMaxAge = Duration.ofSeconds(10);
    private Optional<String> cors = Optional.empty();
    private Optional<Thumbnail> placeholder = Optional.empty();
    private BiConsumer<? super ThumbnailRequest, ? super Throwable> onFailure = (request, e) -> {};
    private Clock clock = Clock.systemUTC();

    private Builder(ImageStore source, ImageStore destination) {
      this.source = source;
      this.destination = destination;
    }

    /**
     * Sets the named specs: {@code small=fit:256x256;large=fit:1600x1600,format:auto}.
     *
     * @throws IllegalArgumentException if the text does not follow the grammar
     * @throws NullPointerException if {@code text} is null
     */
    public Builder specs(String text) {
      specs.clear();
      specs.putAll(AskedSpec.parseAll(text));
      return this;
    }

    /**
     * Adds a key with which URLs may be signed. Without any, only named specs are served.
     *
     * @throws IllegalArgumentException if there is another with the same id
     * @throws NullPointerException if {@code key} is null
     */
    public Builder key(SigningKey key) {
      Objects.requireNonNull(key, "key");
      if (keys.putIfAbsent(key.id(), key) != null) {
        throw new IllegalArgumentException("the key '" + key.id() + "' is given twice");
      }
      return this;
    }

    /**
     * Sets the template of named thumbnails' keys, as {@link
     * dev.miniatura.pipeline.ThumbnailPipeline.Builder#keyTemplate} does: that of the pipeline
     * whose thumbnails are to be served. The default is {@code {key}.{spec}.{ext}}.
     *
     * @throws NullPointerException if {@code keyTemplate} is null
     */
    public Builder keyTemplate(String keyTemplate) {
      this.keyTemplate = Objects.requireNonNull(keyTemplate, "keyTemplate");
      return this;
    }

    /**
     * Sets the prefix that turns the key in a URL into the image's key in the source.
     *
     * @throws NullPointerException if {@code sourcePrefix} is null
     */
    public Builder sourcePrefix(String sourcePrefix) {
      this.sourcePrefix = Objects.requireNonNull(sourcePrefix, "sourcePrefix");
      return this;
    }

    /**
     * Sets the prefix of named thumbnails' keys.
     *
     * @throws NullPointerException if {@code destinationPrefix} is null
     */
    public Builder destinationPrefix(String destinationPrefix) {
      this.destinationPrefix = Objects.requireNonNull(destinationPrefix, "destinationPrefix");
      return this;
    }

    /**
     * Sets the prefix of other thumbnails' keys; the default is {@code on-demand/}.
     *
     * @throws NullPointerException if {@code onDemandPrefix} is null
     */
    public Builder onDemandPrefix(String onDemandPrefix) {
      this.onDemandPrefix = Objects.requireNonNull(onDemandPrefix, "onDemandPrefix");
      return this;
    }

    /**
     * Sets the {@code Cache-Control} that thumbnails are stored with, as {@link
     * dev.miniatura.pipeline.ThumbnailPipeline.Builder#cacheControl} does: a store that is open to
     * clients answers with it. This service's own answers follow {@link #maxAge}.
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
     * Describes how the destination keeps thumbnails, as {@link
     * dev.miniatura.pipeline.ThumbnailPipeline.Builder#keptAs} does: as in the pipeline whose
     * thumbnails are to be served.
     *
     * @throws NullPointerException if {@code keptAs} is null
     */
    public Builder keptAs(String keptAs) {
      this.keptAs = Optional.of(Objects.requireNonNull(keptAs, "keptAs"));
      return this;
    }

    /**
     * Sets the engine; the default has default limits.
     *
     * @throws NullPointerException if {@code thumbnailer} is null
     */
    public Builder thumbnailer(Thumbnailer thumbnailer) {
      this.thumbnailer = Objects.requireNonNull(thumbnailer, "thumbnailer");
      return this;
    }

    /** Sets how many requests render at a time; the default is one per processor. */
    public Builder maxRenders(int value) {
      maxRenders = positive("maxRenders", value);
      return this;
    }

    /**
     * Sets how many requests may wait; the default is 64. Any beyond that are answered 503 at once.
     */
    public Builder maxWaiting(int value) {
      maxWaiting = positive("maxWaiting", value);
      return this;
    }

    /**
     * Sets the longest time that a request waits before it is answered 503; the default is 10 s.
     *
     * @throws NullPointerException if {@code time} is null
     */
    public Builder maxWait(Duration time) {
      maxWait = notNegative("maxWait", Objects.requireNonNull(time, "time"));
      return this;
    }

    /**
     * Sets how long caches may keep thumbnails without revalidating; the default is one hour. It
     * may take this long until everyone sees a changed image.
     *
     * @throws NullPointerException if {@code time} is null
     */
    public Builder maxAge(Duration time) {
      maxAge = notNegative("maxAge", Objects.requireNonNull(time, "time"));
      return this;
    }

    /**
     * Sets how long caches may keep an error about an image, such as its absence; the default is 10
     * s.
     *
     * @throws NullPointerException if {@code time} is null
     */
    public Builder errorMaxAge(Duration time) {
      errorMaxAge = notNegative("errorMaxAge", Objects.requireNonNull(time, "time"));
      return this;
    }

    /**
     * Lets scripts of other sites read the pictures.
     *
     * @param origin {@code *}, or one origin such as {@code https://www.example.com}
     * @throws IllegalArgumentException if it is neither
     * @throws NullPointerException if {@code origin} is null
     */
    public Builder cors(String origin) {
      if (!Objects.requireNonNull(origin, "origin").matches("\\*|https?://[!-~]+[^/]")) {
        throw new IllegalArgumentException("'" + origin + "' is neither * nor an origin");
      }
      cors = Optional.of(origin);
      return this;
    }

    /**
     * Sets the picture that is sent with an error status instead of JSON.
     *
     * @throws NullPointerException if {@code picture} is null
     */
    public Builder placeholder(Thumbnail picture) {
      placeholder = Optional.of(Objects.requireNonNull(picture, "picture"));
      return this;
    }

    /**
     * Sets a consumer that learns why a request was answered with a status of 500 or more; clients
     * do not.
     *
     * @param consumer receives the request and the cause, on the thread that called {@link #handle}
     * @throws NullPointerException if {@code consumer} is null
     */
    public Builder onFailure(BiConsumer<? super ThumbnailRequest, ? super Throwable> consumer) {
      onFailure = Objects.requireNonNull(consumer, "consumer");
      return this;
    }

    Builder clock(Clock value) {
      clock = value;
      return this;
    }

    private static int positive(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(name + ": " + value);
      }
      return value;
    }

    private static Duration notNegative(String name, Duration value) {
      if (value.isNegative()) {
        throw new IllegalArgumentException(name + ": " + value);
      }
      return value;
    }

    /**
     * Returns the service.
     *
     * @throws IllegalArgumentException if there is neither a spec nor a key, if the key template
     *     does not distinguish specs or sources, or if images would be taken for thumbnails
     */
    public ThumbnailService build() {
      if (specs.isEmpty() && keys.isEmpty()) {
        throw new IllegalArgumentException("neither a named spec nor a signing key is set");
      }
      return new ThumbnailService(this);
    }
  }
}
