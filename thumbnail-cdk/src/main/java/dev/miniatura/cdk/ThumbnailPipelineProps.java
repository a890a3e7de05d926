package dev.miniatura.cdk;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.logs.RetentionDays;

/**
 * The settings of a {@link ThumbnailPipelineConstruct}. Immutable; settings that cannot work are
 * refused by {@link Builder#build}, before anything is synthesized.
 */
public final class ThumbnailPipelineProps {

  /** How the queue is notified of images. */
  public enum Trigger {
    /** The bucket notifies the queue. */
    NOTIFICATION,
    /**
     * The bucket notifies EventBridge, and a rule forwards to the queue. Other consumers can have
     * rules of their own.
     */
    EVENT_BRIDGE
  }

  /** The managed runtime. */
  public enum JavaVersion {
    /** Java 25. */
    JAVA_25,
    /** Java 21. */
    JAVA_21
  }

  /** The processor. */
  public enum Architecture {
    /** Graviton. */
    ARM_64,
    /** Intel and AMD. */
    X86_64
  }

  /** The storage class of thumbnails. */
  public enum StorageClass {
    /** For thumbnails that are read often. */
    STANDARD,
    /** Moves thumbnails that are not read to cheaper tiers. */
    INTELLIGENT_TIERING,
    /** For thumbnails read about once a month; at least 128 KiB and 30 days are charged. */
    STANDARD_IA,
    /** The same in a single zone, since lost thumbnails can be made again. */
    ONEZONE_IA,
    /** For thumbnails that are hardly ever read; at least 128 KiB and 90 days are charged. */
    GLACIER_IR
  }

  /** How a new version of the function takes over. */
  public enum Deployment {
    /** It gets all of the work at once. */
    ALL_AT_ONCE,
    /** It gets a tenth of the work for five minutes, then all of it. */
    CANARY,
    /** It gets another tenth of the work every minute. */
    LINEAR
  }

  /** Who may upload over HTTP with a token of an identity provider. */
  record Jwt(String issuer, List<String> audience) {}

  /** The thresholds of the alarms. */
  record AlarmThresholds(
      int errorPercent, int imagePercent, int minimum, int deadLetters, Duration backlog) {}

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** The longest that an HTTP API waits. */
  static final Duration HTTP_TIMEOUT = Duration.ofSeconds(30);

  final Optional<String> sourceBucket;
  final Optional<String> destinationBucket;
  final String sourcePrefix;
  final String destinationPrefix;
  final List<String> suffixes;
  final String specs;
  final boolean strict;
  final String keyTemplate;
  final Optional<String> cacheControl;
  final Optional<String> limits;
  final OptionalLong maxPixels;
  final OptionalLong maxBytes;
  final Trigger trigger;
  final int maxReceiveCount;
  final int batchSize;
  final Duration batchWindow;
  final int maxConcurrency;
  final OptionalInt reservedConcurrency;
  final int memory;
  final Duration timeout;
  final JavaVersion javaVersion;
  final Architecture architecture;
  final boolean snapStart;
  final boolean vpc;
  final boolean catalog;
  final OptionalInt catalogTtlDays;
  final StorageClass storageClass;
  final OptionalInt thumbnailDays;
  final Optional<String> kmsKeyArn;
  final RemovalPolicy removalPolicy;
  final RetentionDays logRetention;
  final Optional<String> alarmEmail;
  final AlarmThresholds alarms;
  final Deployment deployment;
  final boolean http;
  final Optional<Jwt> jwt;
  final List<String> httpScopes;
  final List<String> httpCorsOrigins;
  final int httpRate;
  final int httpBurst;
  final boolean httpOverwrite;
  final boolean uploads;
  final OptionalInt uploadMinutes;
  final boolean events;
  final Optional<ThumbnailDeliveryProps> delivery;
  final Map<String, String> tags;
  final Path code;

  private ThumbnailPipelineProps(Builder builder) {
    sourceBucket = builder.sourceBucket;
    destinationBucket = builder.destinationBucket;
    sourcePrefix = builder.sourcePrefix;
    destinationPrefix = builder.destinationPrefix;
    suffixes = builder.suffixes;
    specs = builder.specs;
    strict = builder.strict;
    keyTemplate = builder.keyTemplate;
    cacheControl = builder.cacheControl;
    limits = builder.limits;
    maxPixels = builder.maxPixels;
    maxBytes = builder.maxBytes;
    trigger = builder.trigger;
    maxReceiveCount = builder.maxReceiveCount;
    batchSize = builder.batchSize;
    batchWindow = builder.batchWindow;
    maxConcurrency = builder.maxConcurrency;
    reservedConcurrency = builder.reservedConcurrency;
    memory = builder.memory;
    http = builder.http.orElse(builder.jwt.isPresent());
    timeout = builder.timeout.orElse(http ? HTTP_TIMEOUT : TIMEOUT);
    javaVersion = builder.javaVersion;
    architecture = builder.architecture;
    snapStart = builder.snapStart;
    vpc = builder.vpc;
    catalog = builder.catalog;
    catalogTtlDays = builder.catalogTtlDays;
    storageClass = builder.storageClass;
    thumbnailDays = builder.thumbnailDays;
    kmsKeyArn = builder.kmsKeyArn;
    removalPolicy = builder.removalPolicy;
    logRetention = builder.logRetention;
    alarmEmail = builder.alarmEmail;
    alarms =
        new AlarmThresholds(
            builder.alarmErrorPercent,
            builder.alarmImagePercent,
            builder.alarmMinimum,
            builder.alarmDeadLetters,
            builder.alarmBacklog);
    deployment = builder.deployment;
    jwt = builder.jwt;
    httpScopes = builder.httpScopes;
    httpCorsOrigins = builder.httpCorsOrigins;
    httpRate = builder.httpRate;
    httpBurst = builder.httpBurst;
    httpOverwrite = builder.httpOverwrite;
    uploads = builder.uploads;
    uploadMinutes = builder.uploadMinutes;
    events = builder.events;
    delivery = builder.delivery;
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(builder.tags));
    code = builder.code.orElseGet(Bundle::onClassPath);
  }

  /** Returns a builder in which every setting has a default. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects settings, in any order. */
  public static final class Builder {

    private Optional<String> sourceBucket = Optional.empty();
    private Optional<String> destinationBucket = Optional.empty();
    private String sourcePrefix = "";
    private String destinationPrefix = "";
    private List<String> suffixes = List.of();
    private String specs = "small=fit:256x256;large=fit:1024x1024";
    private boolean strict;
    private String keyTemplate = "{key}.{spec}.{ext}";
    private Optional<String> cacheControl = Optional.empty();
    private Optional<String> limits = Optional.empty();
    private OptionalLong maxPixels = OptionalLong.empty();
    private OptionalLong maxBytes = OptionalLong.empty();
    private Trigger trigger = Trigger.NOTIFICATION;
    private int maxReceiveCount = 5;
    private int batchSize = 10;
    private Duration batchWindow = Duration.ZERO;
    private int maxConcurrency = 20;
    private OptionalInt reservedConcurrency = OptionalInt.empty();
    private int memory = 1769;
    private Optional<Duration> timeout = Optional.empty();
    private JavaVersion javaVersion = JavaVersion.JAVA_25;
    private Architecture architecture = Architecture.ARM_64;
    private boolean snapStart = true;
    private boolean vpc;
    private boolean catalog;
    private OptionalInt catalogTtlDays = OptionalInt.empty();
    private StorageClass storageClass = StorageClass.STANDARD;
    private OptionalInt thumbnailDays = OptionalInt.empty();
    private Optional<String> kmsKeyArn = Optional.empty();
    private RemovalPolicy removalPolicy = RemovalPolicy.RETAIN;
    private RetentionDays logRetention = RetentionDays.ONE_MONTH;
    private Optional<String> alarmEmail = Optional.empty();
    private int alarmErrorPercent = 5;
    private int alarmImagePercent = 50;
    private int alarmMinimum = 20;
    private int alarmDeadLetters;
    private Duration alarmBacklog = Duration.ofMinutes(15);
    private Deployment deployment = Deployment.ALL_AT_ONCE;
    private Optional<Boolean> http = Optional.empty();
    private Optional<Jwt> jwt = Optional.empty();
    private List<String> httpScopes = List.of();
    private List<String> httpCorsOrigins = List.of();
    private int httpRate = 50;
    private int httpBurst = 100;
    private boolean httpOverwrite;
    private boolean uploads;
    private OptionalInt uploadMinutes = OptionalInt.empty();
    private boolean events;
    private Optional<ThumbnailDeliveryProps> delivery = Optional.empty();
    private final Map<String, String> tags =
        new LinkedHashMap<>(Map.of("application", "miniatura"));
    private Optional<Path> code = Optional.empty();

    private Builder() {}

    /**
     * Takes images from an existing bucket; by default, a new one is created.
     *
     * @throws NullPointerException if {@code name} is null
     */
    public Builder sourceBucket(String name) {
      sourceBucket = Optional.of(name);
      return this;
    }

    /**
     * Puts thumbnails into an existing bucket; by default, a new one is created.
     *
     * @throws NullPointerException if {@code name} is null
     */
    public Builder destinationBucket(String name) {
      destinationBucket = Optional.of(name);
      return this;
    }

    /**
     * Sets the prefix of images' keys; the function cannot read any others.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Builder sourcePrefix(String value) {
      sourcePrefix = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets the prefix of thumbnails' keys; the function cannot write anywhere else.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Builder destinationPrefix(String value) {
      destinationPrefix = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets the suffixes of images' keys, such as {@code .jpg}; they are case-sensitive.
     *
     * @throws NullPointerException if {@code values} is null
     */
    public Builder suffixes(List<String> values) {
      suffixes = List.copyOf(values);
      return this;
    }

    /**
     * Sets the thumbnails to make, in the grammar of {@link dev.miniatura.ThumbnailSpec#parseAll}.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Builder specs(String value) {
      specs = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * Refuses damaged images instead of rendering what is left of them with a note. After a change,
     * every thumbnail is made again the next time its image is processed.
     */
    public Builder strict(boolean value) {
      strict = value;
      return this;
    }

    /**
     * Sets the template of thumbnails' keys; the default is {@code {key}.{spec}.{ext}}.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Builder keyTemplate(String value) {
      keyTemplate = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets the {@code Cache-Control} with which thumbnails are served.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Builder cacheControl(String value) {
      cacheControl = Optional.of(value);
      return this;
    }

    /**
     * Sets the limits for one image, in the grammar of {@link dev.miniatura.Limits#with}, for
     * example {@code pixels:1G,time:20s}; the default is the library's limits.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Builder limits(String value) {
      limits = Optional.of(value);
      return this;
    }

    /** Refuses images with more pixels; the default is the library's limit. */
    public Builder maxPixels(long value) {
      maxPixels = OptionalLong.of(value);
      return this;
    }

    /** Refuses images with more bytes; the default is the library's limit. */
    public Builder maxBytes(long value) {
      maxBytes = OptionalLong.of(value);
      return this;
    }

    /**
     * Sets how the queue is notified of images; by default, by the bucket.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Builder trigger(Trigger value) {
      trigger = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets how often a message is tried before it becomes a dead letter, 2 to 1000; the default is
     * 5.
     */
    public Builder maxReceiveCount(int value) {
      maxReceiveCount = value;
      return this;
    }

    /** Sets the maximum number of messages per invocation, 1 to 100; the default is 10. */
    public Builder batchSize(int value) {
      batchSize = value;
      return this;
    }

    /**
     * Sets how long an invocation may wait for more messages, up to 300 s; by default, it does not
     * wait.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Builder batchWindow(Duration value) {
      batchWindow = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets the maximum number of concurrent invocations by the queue, 2 to 1000; the default is 20.
     */
    public Builder maxConcurrency(int value) {
      maxConcurrency = value;
      return this;
    }

    /**
     * Reserves this many of the account's concurrent invocations for the function, which never gets
     * more.
     */
    public Builder reservedConcurrency(int value) {
      reservedConcurrency = OptionalInt.of(value);
      return this;
    }

    /**
     * Sets the function's memory in MB, 512 to 10240; the default is 1769, which comes with one
     * processor.
     */
    public Builder memory(int megabytes) {
      memory = megabytes;
      return this;
    }

    /**
     * Sets how long an invocation may take, 10 to 900 s; the default is 60 s. With HTTP, the
     * default and the maximum are 30 s.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Builder timeout(Duration value) {
      timeout = Optional.of(value);
      return this;
    }

    /**
     * Sets the managed runtime; the default is Java 25.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Builder javaVersion(JavaVersion value) {
      javaVersion = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets the processor; the default is Graviton.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Builder architecture(Architecture value) {
      architecture = Objects.requireNonNull(value, "value");
      return this;
    }

    /** Sets whether the function starts from a snapshot; by default, it does. */
    public Builder snapStart(boolean value) {
      snapStart = value;
      return this;
    }

    /** Puts the function into a network of its own without access to the internet. */
    public Builder vpc(boolean value) {
      vpc = value;
      return this;
    }

    /** Records the outcome of each image in a DynamoDB table. */
    public Builder catalog(boolean value) {
      catalog = value;
      return this;
    }

    /** Lets the catalog's records expire after this many days. */
    public Builder catalogTtlDays(int value) {
      catalogTtlDays = OptionalInt.of(value);
      return this;
    }

    /**
     * Sets the storage class of thumbnails.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Builder storageClass(StorageClass value) {
      storageClass = Objects.requireNonNull(value, "value");
      return this;
    }

    /** Deletes thumbnails after this many days; only in a new bucket. */
    public Builder thumbnailDays(int value) {
      thumbnailDays = OptionalInt.of(value);
      return this;
    }

    /**
     * Encrypts the buckets and the catalog with an AWS KMS key; by default, AWS's own keys are
     * used.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Builder kmsKeyArn(String value) {
      kmsKeyArn = Optional.of(value);
      return this;
    }

    /**
     * Sets what happens to buckets, logs and catalog when the stack is deleted; by default, they
     * are kept.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Builder removalPolicy(RemovalPolicy value) {
      removalPolicy = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets how long logs are kept; the default is a month.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Builder logRetention(RetentionDays value) {
      logRetention = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * Sends alarms to an email address, once its owner has confirmed the subscription.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Builder alarmEmail(String value) {
      alarmEmail = Optional.of(value);
      return this;
    }

    /**
     * Sets the share of invocations, in percent, that may fail or be throttled within 15 minutes
     * before an alarm is raised, 1 to 99; the default is 5.
     */
    public Builder alarmErrorPercent(int value) {
      alarmErrorPercent = value;
      return this;
    }

    /**
     * Sets the share of images, in percent, that may be refused or fail within 15 minutes before an
     * alarm is raised, 1 to 99; the default is 50, so that one user's bad images wake nobody.
     */
    public Builder alarmImagePercent(int value) {
      alarmImagePercent = value;
      return this;
    }

    /**
     * Sets how many invocations or images are needed for a share to be meaningful; the default is
     * 20.
     */
    public Builder alarmMinimum(int value) {
      alarmMinimum = value;
      return this;
    }

    /** Sets how many dead letters there may be before an alarm is raised; the default is none. */
    public Builder alarmDeadLetters(int value) {
      alarmDeadLetters = value;
      return this;
    }

    /**
     * Sets how long a message may wait before an alarm is raised; the default is 15 minutes.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Builder alarmBacklog(Duration value) {
      alarmBacklog = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets how a new version of the function takes over; by default, at once.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Builder deployment(Deployment value) {
      deployment = Objects.requireNonNull(value, "value");
      return this;
    }

    /** Accepts images over HTTP from callers that IAM allows to invoke the API. */
    public Builder http(boolean value) {
      http = Optional.of(value);
      return this;
    }

    /**
     * Accepts images over HTTP with a JSON web token instead of IAM.
     *
     * @throws NullPointerException if an argument is null
     */
    public Builder httpJwt(String issuer, List<String> audience) {
      jwt = Optional.of(new Jwt(issuer, List.copyOf(audience)));
      return this;
    }

    /**
     * Sets the scopes of which a token needs one for an upload; by default, it needs none.
     *
     * @throws NullPointerException if {@code values} is null
     */
    public Builder httpScopes(List<String> values) {
      httpScopes = List.copyOf(values);
      return this;
    }

    /**
     * Lets pages of these origins, such as {@code https://example.com}, upload; by default, no
     * pages can.
     *
     * @throws NullPointerException if {@code values} is null
     */
    public Builder httpCorsOrigins(List<String> values) {
      httpCorsOrigins = List.copyOf(values);
      return this;
    }

    /** Sets how many HTTP requests are accepted per second on average; the default is 50. */
    public Builder httpRate(int value) {
      httpRate = value;
      return this;
    }

    /** Sets how many HTTP requests may arrive at once; the default is 100. */
    public Builder httpBurst(int value) {
      httpBurst = value;
      return this;
    }

    /** Sets whether an upload over HTTP may replace an existing image; by default, it may not. */
    public Builder httpOverwrite(boolean value) {
      httpOverwrite = value;
      return this;
    }

    /**
     * Lets clients upload images to the bucket directly, with a form that the HTTP API signs, and
     * query their status. Requires {@link #http} and {@link #catalog}.
     */
    public Builder uploads(boolean value) {
      uploads = value;
      return this;
    }

    /** Sets how many minutes such a form is valid, 1 to 720; the default is 15. */
    public Builder uploadMinutes(int value) {
      uploadMinutes = OptionalInt.of(value);
      return this;
    }

    /** Sends the outcome of each image to EventBridge's default bus: written, refused or failed. */
    public Builder events(boolean value) {
      events = value;
      return this;
    }

    /**
     * Serves thumbnails by URL, through CloudFront, and makes missing ones on request.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Builder delivery(ThumbnailDeliveryProps value) {
      delivery = Optional.of(value);
      return this;
    }

    /**
     * Adds a tag to all resources.
     *
     * @throws NullPointerException if an argument is null
     */
    public Builder tag(String key, String value) {
      tags.put(key, value);
      return this;
    }

    /**
     * Sets the function's bundle; by default, it is taken from the class path.
     *
     * @throws NullPointerException if {@code zip} is null
     */
    public Builder code(Path zip) {
      code = Optional.of(zip);
      return this;
    }

    /**
     * Returns the settings.
     *
     * @throws IllegalArgumentException if one of them, or two together, cannot work; the message
     *     names them
     */
    public ThumbnailPipelineProps build() {
      ThumbnailPipelineProps props = new ThumbnailPipelineProps(this);
      PropsRules.check(props);
      return props;
    }
  }
}
