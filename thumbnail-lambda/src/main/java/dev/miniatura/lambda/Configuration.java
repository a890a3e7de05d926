package dev.miniatura.lambda;

import dev.miniatura.Limits;
import dev.miniatura.Thumbnail;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.http.SigningKey;
import dev.miniatura.http.ThumbnailRequest;
import dev.miniatura.http.ThumbnailService;
import dev.miniatura.pipeline.ThumbnailPipeline;
import dev.miniatura.storage.MemoryImageStore;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.StorageClass;

/**
 * The configuration from the environment. It is read once, when the function starts: any mistake is
 * a {@link ConfigurationException} then, rather than a failure of every event.
 *
 * @param source the location of images
 * @param destination the location of thumbnails
 * @param specs the thumbnails to make, by name
 * @param keyTemplate the template of thumbnails' keys
 * @param cacheControl the {@code Cache-Control} of thumbnails
 * @param limits the limits for one image
 * @param parallelism how many images are processed at a time
 * @param bucketOwner the account that both buckets must belong to
 * @param kmsKey the key with which thumbnails are encrypted
 * @param storageClass the storage class of thumbnails
 * @param catalogTable the table in which thumbnails are recorded
 * @param catalogLifetime how long the table's items are kept
 * @param httpOverwrite whether an image sent over HTTP may replace another
 * @param eventBus the EventBridge bus to which outcomes are sent
 * @param uploads how clients upload with a form
 * @param onDemand the prefix of thumbnails made on request
 * @param delivery how requests for thumbnails are answered
 * @param endpoint a server other than AWS
 */
record Configuration(
    Place source,
    Place destination,
    Map<String, ThumbnailSpec> specs,
    Optional<String> keyTemplate,
    Optional<String> cacheControl,
    Limits limits,
    int parallelism,
    Optional<String> bucketOwner,
    Optional<String> kmsKey,
    Optional<StorageClass> storageClass,
    Optional<String> catalogTable,
    Optional<Duration> catalogLifetime,
    boolean httpOverwrite,
    Optional<String> eventBus,
    Optional<UploadForms> uploads,
    Optional<String> onDemand,
    Delivery delivery,
    Optional<URI> endpoint) {

  /**
   * Part of a bucket.
   *
   * @param bucket the bucket's name
   * @param prefix the prefix of its objects' keys
   */
  record Place(String bucket, String prefix) {}

  /**
   * How clients upload images with a form.
   *
   * @param prefix the prefix of their keys, after that of the source
   * @param lifetime how long a form is valid
   * @param maxBytes the maximum size of an image in bytes
   * @param deliveryUrl the base URL of served thumbnails
   */
  record UploadForms(
      String prefix, Duration lifetime, long maxBytes, Optional<String> deliveryUrl) {}

  /**
   * How requests for thumbnails are answered.
   *
   * @param keys the keys for signing URLs
   * @param negotiate whether specs without a format use the best one that a client accepts
   * @param maxAge how long caches may keep a thumbnail
   * @param errorMaxAge how long caches may keep an error about an image, such as its absence
   * @param placeholder the picture that is sent with the status of an error
   * @param cors the site whose scripts may read thumbnails
   */
  record Delivery(
      List<SigningKey> keys,
      boolean negotiate,
      Optional<Duration> maxAge,
      Optional<Duration> errorMaxAge,
      Optional<Thumbnail> placeholder,
      Optional<String> cors) {}

  /** The largest object that S3 accepts in one request. */
  private static final long MAX_UPLOAD = 5L << 30;

  private static final Duration UPLOAD_LIFETIME = Duration.ofMinutes(15);

  /** The minutes of a day; a function's credentials last no longer. */
  private static final long DAY = 1440;

  private static final Pattern PLACE = Pattern.compile("s3://([^/]+)(?:/(.*))?", Pattern.DOTALL);

  /** Reads the variables; those that are empty count as absent. */
  static Configuration of(Map<String, String> environment) {
    VariableReader reader = new VariableReader(environment);
    reader.checkNames();
    Limits limits = reader.read(Variable.LIMITS, Limits.defaults()::with).orElse(Limits.defaults());
    Optional<Long> pixels = reader.read(Variable.MAX_PIXELS, VariableReader::positive);
    Optional<Long> bytes = reader.read(Variable.MAX_BYTES, VariableReader::positive);
    limits = pixels.map(limits::withPixels).orElse(limits);
    limits = bytes.map(limits::withSourceBytes).orElse(limits);
    long maxUpload = Math.min(limits.sourceBytes(), MAX_UPLOAD);
    Duration lifetime =
        reader
            .read(
                Variable.UPLOAD_MINUTES,
                text -> Duration.ofMinutes(Math.min(VariableReader.positive(text), DAY)))
            .orElse(UPLOAD_LIFETIME);
    Optional<String> deliveryUrl =
        reader.read(Variable.DELIVERY_URL, text -> VariableReader.uri(text).toString());
    Map<String, ThumbnailSpec> specs = reader.required(Variable.SPECS, ThumbnailSpec::parseAll);
    Configuration configuration =
        new Configuration(
            reader.required(Variable.SOURCE, Configuration::place),
            reader.required(Variable.DESTINATION, Configuration::place),
            reader.read(Variable.STRICT, VariableReader::flag).orElse(false)
                ? strict(specs)
                : specs,
            reader.read(Variable.KEY_TEMPLATE, text -> text),
            reader.read(Variable.CACHE_CONTROL, text -> text),
            limits,
            reader
                .read(
                    Variable.PARALLELISM,
                    text -> Math.toIntExact(Math.min(VariableReader.positive(text), 1000)))
                .orElse(Runtime.getRuntime().availableProcessors()),
            reader.read(Variable.BUCKET_OWNER, text -> text),
            reader.read(Variable.KMS_KEY, text -> text),
            reader.read(Variable.STORAGE_CLASS, VariableReader::storageClass),
            reader.read(Variable.CATALOG_TABLE, text -> text),
            reader.read(Variable.CATALOG_TTL_DAYS, VariableReader::days),
            reader.read(Variable.HTTP_OVERWRITE, VariableReader::flag).orElse(false),
            reader.read(Variable.EVENT_BUS, text -> text),
            reader
                .read(Variable.UPLOADS, VariableReader::folder)
                .map(prefix -> new UploadForms(prefix, lifetime, maxUpload, deliveryUrl)),
            reader.read(Variable.ON_DEMAND, VariableReader::folder),
            new Delivery(
                reader.read(Variable.DELIVERY_KEYS, VariableReader::keys).orElse(List.of()),
                reader.read(Variable.DELIVERY_NEGOTIATE, VariableReader::flag).orElse(false),
                reader.read(Variable.DELIVERY_MAX_AGE, VariableReader::seconds),
                reader.read(Variable.DELIVERY_ERROR_MAX_AGE, VariableReader::seconds),
                reader.read(Variable.DELIVERY_PLACEHOLDER, VariableReader::picture),
                reader.read(Variable.DELIVERY_CORS, text -> text)),
            reader.read(Variable.ENDPOINT, VariableReader::uri));
    configuration.checkKeyTemplate();
    if (configuration.catalogLifetime().isPresent() && configuration.catalogTable().isEmpty()) {
      throw new ConfigurationException(
          Variable.CATALOG_TTL_DAYS.variable(),
          "there is no " + Variable.CATALOG_TABLE.variable() + " that it could apply to");
    }
    if (configuration.uploads().isPresent() && configuration.catalogTable().isEmpty()) {
      throw new ConfigurationException(
          Variable.UPLOADS.variable(),
          "there is no " + Variable.CATALOG_TABLE.variable() + " that tells what became of them");
    }
    return configuration;
  }

  private static Place place(String text) {
    var matcher = PLACE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not like s3://bucket/prefix/");
    }
    return new Place(matcher.group(1), Optional.ofNullable(matcher.group(2)).orElse(""));
  }

  private static Map<String, ThumbnailSpec> strict(Map<String, ThumbnailSpec> specs) {
    Map<String, ThumbnailSpec> all = new LinkedHashMap<>(specs);
    all.replaceAll((name, spec) -> spec.strict(true));
    return Collections.unmodifiableMap(all);
  }

  /** Returns the pipeline. */
  ThumbnailPipeline pipeline(Stores stores) {
    ThumbnailPipeline.Builder builder =
        ThumbnailPipeline.builder(stores.source(), stores.destination())
            .sourcePrefix(source.prefix())
            .destinationPrefix(destination.prefix())
            .keptAs(keptAs())
            .thumbnailer(Thumbnailer.create(limits));
    stores.catalog().ifPresent(builder::catalog);
    named(Variable.SPECS, () -> builder.specs(specs));
    cacheControl.ifPresent(
        value -> named(Variable.CACHE_CONTROL, () -> builder.cacheControl(value)));
    keyTemplate.ifPresent(builder::keyTemplate);
    onDemand.ifPresent(prefix -> builder.onDemand(destination.prefix() + prefix));
    return named(Variable.DESTINATION, builder::build);
  }

  /**
   * Returns the service that answers requests for thumbnails.
   *
   * @param onFailure receives the cause when a request fails on the server's side
   */
  ThumbnailService service(
      Stores stores, BiConsumer<? super ThumbnailRequest, ? super Throwable> onFailure) {
    String all =
        specs.entrySet().stream()
            .map(spec -> spec.getKey() + "=" + asked(spec.getValue()))
            .collect(Collectors.joining(";"));
    ThumbnailService.Builder builder =
        ThumbnailService.builder(stores.source(), stores.destination())
            .specs(all)
            .sourcePrefix(source.prefix())
            .destinationPrefix(destination.prefix())
            .onDemandPrefix(destination.prefix() + onDemand.orElse("on-demand/"))
            .keptAs(keptAs())
            .thumbnailer(Thumbnailer.create(limits))
            .onFailure(onFailure);
    cacheControl.ifPresent(
        value -> named(Variable.CACHE_CONTROL, () -> builder.cacheControl(value)));
    keyTemplate.ifPresent(builder::keyTemplate);
    delivery.maxAge().ifPresent(builder::maxAge);
    delivery.errorMaxAge().ifPresent(builder::errorMaxAge);
    delivery.placeholder().ifPresent(builder::placeholder);
    named(
        Variable.DELIVERY_KEYS,
        () -> {
          delivery.keys().forEach(builder::key);
          return builder;
        });
    delivery.cors().ifPresent(site -> named(Variable.DELIVERY_CORS, () -> builder.cors(site)));
    return named(Variable.DESTINATION, builder::build);
  }

  private String asked(ThumbnailSpec spec) {
    return spec + (delivery.negotiate() && spec.format().isEmpty() ? ",format:auto" : "");
  }

  /**
   * Describes the settings with which thumbnails are stored. S3's defaults are left out, so that
   * the text stays the same as before these settings existed.
   */
  private String keptAs() {
    return Stream.of(
            kmsKey.stream(),
            storageClass.filter(value -> value != StorageClass.STANDARD).map(Enum::name).stream())
        .flatMap(all -> all)
        .collect(Collectors.joining(" "));
  }

  /**
   * Checks the template with separate stores, so that it is the only thing that the pipeline can
   * refuse.
   */
  private void checkKeyTemplate() {
    ThumbnailPipeline.Builder builder =
        ThumbnailPipeline.builder(MemoryImageStore.create(), MemoryImageStore.create());
    named(Variable.SPECS, () -> builder.specs(specs));
    keyTemplate.ifPresent(
        value -> named(Variable.KEY_TEMPLATE, () -> builder.keyTemplate(value).build()));
  }

  private interface Step<T> {
    T run();
  }

  private static <T> T named(Variable variable, Step<T> step) {
    try {
      return step.run();
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(variable.variable(), String.valueOf(e.getMessage()));
    }
  }
}
