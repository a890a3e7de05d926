package dev.miniatura.cdk;

import dev.miniatura.Limits;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.pipeline.ThumbnailPipeline;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.MemoryImageStore;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awscdk.RemovalPolicy;

/** The rules for settings. Each one says which setting it refuses, and why. */
final class PropsRules {

  /** A name, or the token for a name that is known only at deployment. */
  private static final Pattern BUCKET =
      Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]|.*\\$\\{Token\\[.*");

  private static final Pattern KEY_ARN =
      Pattern.compile("arn:aws[a-z-]*:kms:[a-z0-9-]+:\\d{12}:key/\\S+|.*\\$\\{Token\\[.*");

  /** An origin as browsers send it, or {@code *}. */
  private static final Pattern ORIGIN =
      Pattern.compile("\\*|https?://[^/\\s*?#]+|.*\\$\\{Token\\[.*");

  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");

  /** Characters that are wildcards in a policy or in a rule. */
  private static final Pattern WILD = Pattern.compile("[*?$\\\\]");

  private static final int MAX_PREFIX = 512;
  private static final int MAX_TAGS = 50;

  private PropsRules() {}

  static void check(ThumbnailPipelineProps props) {
    buckets(props);
    specs(props);
    delivery(props);
    function(props);
    storage(props);
    operation(props);
    alarms(props.alarms);
    http(props);
  }

  private static void require(boolean holds, String setting, String reason) {
    if (!holds) {
      throw new IllegalArgumentException(setting + ": " + reason);
    }
  }

  private static void range(long value, long least, long most, String setting, String unit) {
    require(
        value >= least && value <= most,
        setting,
        value + unit + " is not between " + least + " and " + most + unit);
  }

  private static void range(Duration value, long least, long most, String setting) {
    range(value.toSeconds(), least, most, setting, " s");
    require(
        value.equals(Duration.ofSeconds(value.toSeconds())),
        setting,
        value + " is not a number of whole seconds");
  }

  private static void buckets(ThumbnailPipelineProps props) {
    bucket("sourceBucket", props.sourceBucket);
    bucket("destinationBucket", props.destinationBucket);
    prefix("sourcePrefix", props.sourcePrefix);
    prefix("destinationPrefix", props.destinationPrefix);
    for (String suffix : props.suffixes) {
      require(!suffix.isEmpty(), "suffixes", "one of them is empty");
      prefix("suffixes", suffix);
      for (String other : props.suffixes) {
        // S3 refuses two rules that could match the same key.
        require(
            suffix.equals(other) || !suffix.endsWith(other),
            "suffixes",
            "'" + suffix + "' ends with '" + other + "', which is enough");
      }
    }
    require(
        props.suffixes.stream().distinct().count() == props.suffixes.size(),
        "suffixes",
        "one of " + props.suffixes + " is given twice");
  }

  private static void bucket(String setting, Optional<String> name) {
    name.ifPresent(
        text ->
            require(
                BUCKET.matcher(text).matches(), setting, "'" + text + "' is not a bucket's name"));
  }

  private static void prefix(String setting, String value) {
    require(!value.startsWith("/"), setting, "'" + value + "' begins with a slash");
    require(value.length() <= MAX_PREFIX, setting, "it is longer than " + MAX_PREFIX);
    require(
        !WILD.matcher(value).find(),
        setting,
        "'" + value + "' contains * ? $ or \\, which are not literal in policies");
  }

  /**
   * Builds the pipeline that the function would build, so that both refuse the same specs and
   * templates, and output that would trigger the pipeline again.
   */
  private static void specs(ThumbnailPipelineProps props) {
    Map<String, ThumbnailSpec> specs = named("specs", () -> ThumbnailSpec.parseAll(props.specs));
    ImageStore source = MemoryImageStore.create();
    ImageStore other = MemoryImageStore.create();
    pipeline("keyTemplate", source, other, props, specs);
    if (sameBucket(props)) {
      try {
        pipeline("destinationPrefix", source, source, props, specs);
      } catch (IllegalArgumentException e) {
        String bucket = "s3://" + props.sourceBucket.orElseThrow() + "/";
        throw new IllegalArgumentException(
            String.valueOf(e.getMessage()).replace(source.location(), bucket), e);
      }
    }
    props.cacheControl.ifPresent(
        value ->
            named(
                "cacheControl",
                () -> ThumbnailPipeline.builder(source, other).cacheControl(value)));
    props.limits.ifPresent(value -> named("limits", () -> Limits.defaults().with(value)));
    props.maxPixels.ifPresent(value -> range(value, 1, Long.MAX_VALUE, "maxPixels", ""));
    props.maxBytes.ifPresent(value -> range(value, 1, Long.MAX_VALUE, "maxBytes", ""));
  }

  private static boolean sameBucket(ThumbnailPipelineProps props) {
    return props.sourceBucket.isPresent() && props.sourceBucket.equals(props.destinationBucket);
  }

  private static void pipeline(
      String setting,
      ImageStore source,
      ImageStore destination,
      ThumbnailPipelineProps props,
      Map<String, ThumbnailSpec> specs) {
    named(
        setting,
        () ->
            ThumbnailPipeline.builder(source, destination)
                .specs(specs)
                .keyTemplate(props.keyTemplate)
                .sourcePrefix(props.sourcePrefix)
                .destinationPrefix(props.destinationPrefix)
                .build());
  }

  private interface Step<T> {
    T run();
  }

  private static <T> T named(String setting, Step<T> step) {
    try {
      return step.run();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(setting + ": " + e.getMessage(), e);
    }
  }

  private static void delivery(ThumbnailPipelineProps props) {
    range(props.maxReceiveCount, 2, 1000, "maxReceiveCount", "");
    range(props.batchSize, 1, 100, "batchSize", "");
    range(props.batchWindow, 0, 300, "batchWindow");
    require(
        props.batchSize <= 10 || !props.batchWindow.isZero(),
        "batchSize",
        "more than 10 messages need a batchWindow of at least 1 s");
    range(props.maxConcurrency, 2, 1000, "maxConcurrency", "");
    props.reservedConcurrency.ifPresent(
        value ->
            require(
                value >= props.maxConcurrency,
                "reservedConcurrency",
                value
                    + " is below the maxConcurrency of "
                    + props.maxConcurrency
                    + ", so messages would be refused and end as dead letters"));
  }

  private static void function(ThumbnailPipelineProps props) {
    range(props.memory, 512, 10240, "memory", " MB");
    range(props.timeout, 10, 900, "timeout");
    require(
        Files.isRegularFile(props.code),
        "code",
        props.code.toAbsolutePath().normalize()
            + " does not exist; run 'mvn -B package -DskipTests' in the project's folder to make"
            + " it");
  }

  private static void storage(ThumbnailPipelineProps props) {
    props.catalogTtlDays.ifPresent(
        value -> {
          require(props.catalog, "catalogTtlDays", "there is no catalog without catalog");
          range(value, 1, 36500, "catalogTtlDays", " days");
        });
    props.thumbnailDays.ifPresent(
        value -> {
          require(
              props.destinationBucket.isEmpty(),
              "thumbnailDays",
              "the rules of an existing bucket are up to its owner");
          range(value, 1, 36500, "thumbnailDays", " days");
        });
    props.kmsKeyArn.ifPresent(
        value ->
            require(
                KEY_ARN.matcher(value).matches(),
                "kmsKeyArn",
                "'" + value + "' is not like arn:aws:kms:REGION:ACCOUNT:key/ID"));
    require(
        props.removalPolicy == RemovalPolicy.RETAIN || props.removalPolicy == RemovalPolicy.DESTROY,
        "removalPolicy",
        props.removalPolicy + " is neither RETAIN nor DESTROY");
  }

  private static void operation(ThumbnailPipelineProps props) {
    props.alarmEmail.ifPresent(
        value ->
            require(
                EMAIL.matcher(value).matches(),
                "alarmEmail",
                "'" + value + "' is not an e-mail address"));
    require(props.tags.size() <= MAX_TAGS, "tag", "there are more than " + MAX_TAGS);
    props.tags.forEach(
        (key, value) -> {
          require(
              !key.isBlank() && key.length() <= 128 && !key.startsWith("aws:"),
              "tag",
              "'" + key + "' is empty, longer than 128 characters, or begins with aws:");
          require(value.length() <= 256, "tag", "the value of '" + key + "' is longer than 256");
        });
  }

  private static void alarms(ThumbnailPipelineProps.AlarmThresholds alarms) {
    range(alarms.errorPercent(), 1, 99, "alarmErrorPercent", " %");
    range(alarms.imagePercent(), 1, 99, "alarmImagePercent", " %");
    range(alarms.minimum(), 1, 1_000_000, "alarmMinimum", "");
    range(alarms.deadLetters(), 0, 1_000_000, "alarmDeadLetters", "");
    range(alarms.backlog(), 60, 345_600, "alarmBacklog");
  }

  private static void http(ThumbnailPipelineProps props) {
    props.jwt.ifPresent(
        jwt -> {
          require(props.http, "httpJwt", "http is switched off");
          require(
              jwt.issuer().startsWith("https://"),
              "httpJwt",
              "the issuer '" + jwt.issuer() + "' does not begin with https://");
          require(
              !jwt.audience().isEmpty() && jwt.audience().stream().noneMatch(String::isBlank),
              "httpJwt",
              "there is no audience, so tokens made for others would be accepted");
        });
    require(
        props.httpScopes.isEmpty() || props.jwt.isPresent(),
        "httpScopes",
        "only tokens have scopes, and there is no httpJwt");
    require(
        props.httpScopes.stream().noneMatch(String::isBlank), "httpScopes", "one of them is empty");
    for (String origin : props.httpCorsOrigins) {
      require(
          ORIGIN.matcher(origin).matches(),
          "httpCorsOrigins",
          "'" + origin + "' is not like https://example.com");
    }
    require(
        props.http || (props.httpCorsOrigins.isEmpty() && !props.httpOverwrite),
        props.httpOverwrite ? "httpOverwrite" : "httpCorsOrigins",
        "http is switched off");
    require(!props.uploads || props.http, "uploads", "http is switched off");
    require(
        !props.uploads || props.catalog,
        "uploads",
        "only a catalog tells what became of an upload, and catalog is switched off");
    props.uploadMinutes.ifPresent(
        value -> {
          require(props.uploads, "uploadMinutes", "uploads are switched off");
          range(value, 1, 720, "uploadMinutes", " min");
        });
    require(
        !props.events || !props.vpc,
        "events",
        "EventBridge cannot be reached from a network without a route to the internet; vpc is"
            + " switched on");
    range(props.httpRate, 1, 10_000, "httpRate", "");
    range(props.httpBurst, 1, 5_000, "httpBurst", "");
    require(
        !props.http || props.timeout.compareTo(ThumbnailPipelineProps.HTTP_TIMEOUT) <= 0,
        "timeout",
        props.timeout.toSeconds() + " s is more than the 30 s that an HTTP API waits for");
  }
}
