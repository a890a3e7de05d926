package dev.miniatura.cdk;

import dev.miniatura.cdk.ThumbnailPipelineProps.Architecture;
import dev.miniatura.cdk.ThumbnailPipelineProps.Deployment;
import dev.miniatura.cdk.ThumbnailPipelineProps.JavaVersion;
import dev.miniatura.cdk.ThumbnailPipelineProps.StorageClass;
import dev.miniatura.cdk.ThumbnailPipelineProps.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Node;

/** Reads settings from an app's context: {@code cdk.json} or {@code -c}. */
final class ContextSettings {

  private static final Map<String, BiConsumer<ThumbnailPipelineProps.Builder, String>> SETTINGS =
      settings();

  /** Settings of {@link ThumbnailDeliveryProps}: their names follow this one. */
  private static final String DELIVERY = "delivery";

  private static final Map<String, BiConsumer<ThumbnailDeliveryProps.Builder, String>>
      DELIVERY_SETTINGS = deliverySettings();

  /** Settings that do not correspond to one builder method each. */
  private static final List<String> MORE =
      List.of(DELIVERY, "jwtAudience", "jwtIssuer", "stackName");

  /** The CDK's own entries in the context: flags, lookups, and two names without a prefix. */
  private static final String OTHERS =
      ".*[:@/].*|aws-cdk-.*|cdk-.*|cli-telemetry|acknowledged-issue-numbers";

  private final Node node;

  ContextSettings(Node node) {
    this.node = node;
  }

  private static Map<String, BiConsumer<ThumbnailPipelineProps.Builder, String>> settings() {
    Map<String, BiConsumer<ThumbnailPipelineProps.Builder, String>> all = new TreeMap<>();
    all.put("sourceBucket", ThumbnailPipelineProps.Builder::sourceBucket);
    all.put("destinationBucket", ThumbnailPipelineProps.Builder::destinationBucket);
    all.put("sourcePrefix", ThumbnailPipelineProps.Builder::sourcePrefix);
    all.put("destinationPrefix", ThumbnailPipelineProps.Builder::destinationPrefix);
    all.put("suffixes", (builder, text) -> builder.suffixes(list(text)));
    all.put("specs", ThumbnailPipelineProps.Builder::specs);
    all.put("strict", (builder, text) -> builder.strict(flag(text)));
    all.put("keyTemplate", ThumbnailPipelineProps.Builder::keyTemplate);
    all.put("cacheControl", ThumbnailPipelineProps.Builder::cacheControl);
    all.put("limits", ThumbnailPipelineProps.Builder::limits);
    all.put("maxPixels", (builder, text) -> builder.maxPixels(number(text)));
    all.put("maxBytes", (builder, text) -> builder.maxBytes(number(text)));
    all.put("trigger", (builder, text) -> builder.trigger(constant(Trigger.class, text)));
    all.put("maxReceiveCount", (builder, text) -> builder.maxReceiveCount(integer(text)));
    all.put("batchSize", (builder, text) -> builder.batchSize(integer(text)));
    all.put("batchWindow", (builder, text) -> builder.batchWindow(seconds(text)));
    all.put("maxConcurrency", (builder, text) -> builder.maxConcurrency(integer(text)));
    all.put("reservedConcurrency", (builder, text) -> builder.reservedConcurrency(integer(text)));
    all.put("memory", (builder, text) -> builder.memory(integer(text)));
    all.put("timeout", (builder, text) -> builder.timeout(seconds(text)));
    all.put(
        "javaVersion", (builder, text) -> builder.javaVersion(constant(JavaVersion.class, text)));
    all.put(
        "architecture",
        (builder, text) -> builder.architecture(constant(Architecture.class, text)));
    all.put("snapStart", (builder, text) -> builder.snapStart(flag(text)));
    all.put("vpc", (builder, text) -> builder.vpc(flag(text)));
    all.put("catalog", (builder, text) -> builder.catalog(flag(text)));
    all.put("catalogTtlDays", (builder, text) -> builder.catalogTtlDays(integer(text)));
    all.put(
        "storageClass",
        (builder, text) -> builder.storageClass(constant(StorageClass.class, text)));
    all.put("thumbnailDays", (builder, text) -> builder.thumbnailDays(integer(text)));
    all.put("kmsKeyArn", ThumbnailPipelineProps.Builder::kmsKeyArn);
    all.put(
        "removalPolicy",
        (builder, text) -> builder.removalPolicy(constant(RemovalPolicy.class, text)));
    all.put(
        "logRetention",
        (builder, text) -> builder.logRetention(constant(RetentionDays.class, text)));
    all.put("alarmEmail", ThumbnailPipelineProps.Builder::alarmEmail);
    all.put("alarmErrorPercent", (builder, text) -> builder.alarmErrorPercent(integer(text)));
    all.put("alarmImagePercent", (builder, text) -> builder.alarmImagePercent(integer(text)));
    all.put("alarmMinimum", (builder, text) -> builder.alarmMinimum(integer(text)));
    all.put("alarmDeadLetters", (builder, text) -> builder.alarmDeadLetters(integer(text)));
    all.put("alarmBacklog", (builder, text) -> builder.alarmBacklog(seconds(text)));
    all.put("deployment", (builder, text) -> builder.deployment(constant(Deployment.class, text)));
    all.put("http", (builder, text) -> builder.http(flag(text)));
    all.put("httpScopes", (builder, text) -> builder.httpScopes(list(text)));
    all.put("httpCorsOrigins", (builder, text) -> builder.httpCorsOrigins(list(text)));
    all.put("httpRate", (builder, text) -> builder.httpRate(integer(text)));
    all.put("httpBurst", (builder, text) -> builder.httpBurst(integer(text)));
    all.put("httpOverwrite", (builder, text) -> builder.httpOverwrite(flag(text)));
    all.put("uploads", (builder, text) -> builder.uploads(flag(text)));
    all.put("uploadMinutes", (builder, text) -> builder.uploadMinutes(integer(text)));
    all.put("events", (builder, text) -> builder.events(flag(text)));
    all.put("tags", ContextSettings::tags);
    all.put("code", (builder, text) -> builder.code(Path.of(text)));
    return all;
  }

  private static Map<String, BiConsumer<ThumbnailDeliveryProps.Builder, String>>
      deliverySettings() {
    Map<String, BiConsumer<ThumbnailDeliveryProps.Builder, String>> all = new TreeMap<>();
    all.put("SigningKeys", ThumbnailDeliveryProps.Builder::signingKeys);
    all.put("SigningKeysVersion", ThumbnailDeliveryProps.Builder::signingKeysVersion);
    all.put("Negotiate", (builder, text) -> builder.negotiate(flag(text)));
    all.put("MaxAge", (builder, text) -> builder.maxAge(seconds(text)));
    all.put("ErrorMaxAge", (builder, text) -> builder.errorMaxAge(seconds(text)));
    all.put("Cors", ThumbnailDeliveryProps.Builder::cors);
    all.put("Placeholder", (builder, text) -> builder.placeholder(Path.of(text)));
    all.put("RateLimit", (builder, text) -> builder.rateLimit(integer(text)));
    all.put("WebAclArn", ThumbnailDeliveryProps.Builder::webAclArn);
    all.put("OriginShield", ThumbnailDeliveryProps.Builder::originShield);
    all.put("DomainNames", (builder, text) -> builder.domainNames(list(text)));
    all.put("CertificateArn", ThumbnailDeliveryProps.Builder::certificateArn);
    all.put("AccessLogs", ThumbnailDeliveryProps.Builder::accessLogs);
    all.put("Limits", ThumbnailDeliveryProps.Builder::limits);
    all.put("Memory", (builder, text) -> builder.memory(integer(text)));
    all.put("Timeout", (builder, text) -> builder.timeout(seconds(text)));
    all.put("ReservedConcurrency", (builder, text) -> builder.reservedConcurrency(integer(text)));
    return all;
  }

  /** Returns the names of the pipeline's settings in alphabetical order. */
  static List<String> names() {
    return List.copyOf(SETTINGS.keySet());
  }

  /** Returns the names of the delivery's settings in alphabetical order. */
  static List<String> deliveryNames() {
    return DELIVERY_SETTINGS.keySet().stream().map(name -> DELIVERY + name).toList();
  }

  /** Returns a context value; empty text counts as absent. */
  Optional<String> text(String name) {
    return Optional.ofNullable(node.tryGetContext(name))
        .map(String::valueOf)
        .filter(text -> !text.isEmpty());
  }

  /**
   * Returns the settings in the context.
   *
   * @throws IllegalArgumentException if one is unknown or cannot work
   */
  ThumbnailPipelineProps props() {
    checkNames();
    ThumbnailPipelineProps.Builder builder = ThumbnailPipelineProps.builder();
    SETTINGS.forEach(
        (name, setting) ->
            text(name).ifPresent(text -> named(name, () -> setting.accept(builder, text))));
    Optional<String> issuer = text("jwtIssuer");
    Optional<String> audience = text("jwtAudience");
    if (issuer.isEmpty() && audience.isPresent()) {
      throw new IllegalArgumentException("jwtAudience: there is no jwtIssuer");
    }
    issuer.ifPresent(
        value -> builder.httpJwt(value, audience.map(ContextSettings::list).orElse(List.of())));
    delivery().ifPresent(builder::delivery);
    return builder.build();
  }

  private Optional<ThumbnailDeliveryProps> delivery() {
    Optional<String> asked = text(DELIVERY);
    if (asked.filter(text -> flag(DELIVERY, text)).isEmpty()) {
      for (String name : deliveryNames()) {
        if (text(name).isPresent()) {
          throw new IllegalArgumentException(name + ": there is no delivery without delivery=true");
        }
      }
      return Optional.empty();
    }
    ThumbnailDeliveryProps.Builder builder = ThumbnailDeliveryProps.builder();
    DELIVERY_SETTINGS.forEach(
        (name, setting) ->
            text(DELIVERY + name)
                .ifPresent(text -> named(DELIVERY + name, () -> setting.accept(builder, text))));
    try {
      return Optional.of(builder.build());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(DELIVERY + ", " + e.getMessage(), e);
    }
  }

  /** Refuses unknown names: a misspelt setting would silently have no effect. */
  private void checkNames() {
    Set<String> known = new TreeSet<>(SETTINGS.keySet());
    known.addAll(MORE);
    known.addAll(deliveryNames());
    for (String name : contextNames()) {
      if (!known.contains(name) && !name.matches(OTHERS)) {
        throw new IllegalArgumentException(
            name + ": there is no such setting; the settings are: " + String.join(", ", known));
      }
    }
  }

  private Set<String> contextNames() {
    return node.getAllContext() instanceof Map<?, ?> all
        ? all.keySet().stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new))
        : Set.of();
  }

  private static void named(String name, Runnable setting) {
    try {
      setting.run();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  private static List<String> list(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not a whole number", e);
    }
  }

  private static int integer(String text) {
    long value = number(text);
    if (value != (int) value) {
      throw new IllegalArgumentException("'" + text + "' is too large");
    }
    return (int) value;
  }

  private static Duration seconds(String text) {
    return Duration.ofSeconds(number(text));
  }

  private static boolean flag(String name, String text) {
    try {
      return flag(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
    };
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(each -> each.name().equals(text.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'"
                        + text
                        + "' is none of "
                        + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT)));
  }

  private static void tags(ThumbnailPipelineProps.Builder builder, String text) {
    for (String tag : list(text)) {
      String[] pair = tag.split("=", 2);
      if (pair.length < 2) {
        throw new IllegalArgumentException("'" + tag + "' is not like name=value");
      }
      builder.tag(pair[0], pair[1]);
    }
  }
}
