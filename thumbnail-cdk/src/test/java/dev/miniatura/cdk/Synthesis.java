package dev.miniatura.cdk;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.miniatura.cdk.ThumbnailPipelineProps.Architecture;
import dev.miniatura.cdk.ThumbnailPipelineProps.JavaVersion;
import dev.miniatura.cdk.ThumbnailPipelineProps.Trigger;
import dev.miniatura.testing.TestImages;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NagPackProps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.cxapi.CloudAssembly;
import software.amazon.awscdk.services.logs.RetentionDays;

/**
 * One app with a stack for each kind of pipeline, synthesized once for all tests, with the context
 * of {@code cdk.json}: findings of the CDK's own validation are errors.
 */
final class Synthesis {

  /** The kinds of stacks. */
  enum Kind {
    /** Nothing is set. */
    DEFAULT,
    /** Everything that can be switched on, in a specific region. */
    FULL,
    /** A new bucket's notifications, with a prefix and suffixes. */
    FILTERED,
    /** One existing bucket, for images and thumbnails; everything else is off. */
    EXISTING,
    /** An existing bucket, through EventBridge; tokens over HTTP. */
    EXISTING_EVENTS,
    /** Thumbnails by URL with default settings; uploads with a form, and events. */
    DELIVERY,
    /** Thumbnails by URL, with every setting, in the region of firewalls. */
    DELIVERY_FULL
  }

  static final String KEY_ARN =
      "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555";

  private static final Synthesis SHARED = new Synthesis();

  private final Map<Kind, ThumbnailPipelineStack> stacks = new EnumMap<>(Kind.class);
  private final Map<Kind, Template> templates = new EnumMap<>(Kind.class);
  private final CloudAssembly assembly;

  private Synthesis() {
    App app = new App(AppProps.builder().context(context()).outdir("target/assembly").build());
    for (Kind kind : Kind.values()) {
      StackProps.Builder stack = StackProps.builder();
      if (kind == Kind.FULL) {
        stack.env(Environment.builder().account("123456789012").region("eu-central-1").build());
      } else if (kind == Kind.DELIVERY_FULL) {
        stack.env(Environment.builder().account("123456789012").region("us-east-1").build());
      }
      stacks.put(
          kind,
          new ThumbnailPipelineStack(app, "Miniatura-" + name(kind), stack.build(), props(kind)));
    }
    Aspects.of(app).add(new AwsSolutionsChecks(NagPackProps.builder().verbose(true).build()));
    assembly = app.synth();
    stacks.forEach((kind, stack) -> templates.put(kind, template(assembly, stack)));
  }

  /** Template.fromStack would synthesize everything again. */
  private static Template template(CloudAssembly assembly, ThumbnailPipelineStack stack) {
    try {
      return Template.fromString(
          Files.readString(
              Path.of(assembly.getStackByName(stack.getStackName()).getTemplateFullPath())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Kind kind) {
    return kind.name().replace('_', '-');
  }

  static Template template(Kind kind) {
    return requireNonNull(SHARED.templates.get(kind));
  }

  static ThumbnailPipelineStack stack(Kind kind) {
    return requireNonNull(SHARED.stacks.get(kind));
  }

  static CloudAssembly assembly() {
    return SHARED.assembly;
  }

  /** Returns settings with a bundle that stands in for the function's. */
  static ThumbnailPipelineProps.Builder settings() {
    return ThumbnailPipelineProps.builder().code(bundle());
  }

  private static ThumbnailPipelineProps props(Kind kind) {
    return switch (kind) {
      case DEFAULT -> settings().build();
      case FULL ->
          settings()
              .trigger(Trigger.EVENT_BRIDGE)
              .sourcePrefix("photos/")
              .destinationPrefix("thumbs/")
              .suffixes(List.of(".jpg", ".png"))
              .strict(true)
              .cacheControl("public, max-age=86400")
              .limits("frames:100,time:20s")
              .maxPixels(100_000_000)
              .maxBytes(50_000_000)
              .batchSize(20)
              .batchWindow(Duration.ofSeconds(5))
              .reservedConcurrency(50)
              .vpc(true)
              .catalog(true)
              .catalogTtlDays(365)
              .storageClass(ThumbnailPipelineProps.StorageClass.INTELLIGENT_TIERING)
              .thumbnailDays(400)
              .kmsKeyArn(KEY_ARN)
              .removalPolicy(RemovalPolicy.DESTROY)
              .logRetention(RetentionDays.ONE_WEEK)
              .alarmEmail("operator@example.com")
              .deployment(ThumbnailPipelineProps.Deployment.CANARY)
              .http(true)
              .tag("team", "photos")
              .build();
      case FILTERED ->
          settings()
              .sourcePrefix("photos/")
              .suffixes(List.of(".jpg", ".JPG"))
              .catalog(true)
              .build();
      case EXISTING ->
          settings()
              .sourceBucket("holiday-photos")
              .destinationBucket("holiday-photos")
              .sourcePrefix("photos/")
              .destinationPrefix("thumbs/")
              .suffixes(List.of(".jpg"))
              .javaVersion(JavaVersion.JAVA_21)
              .architecture(Architecture.X86_64)
              .snapStart(false)
              .build();
      case EXISTING_EVENTS ->
          settings()
              .sourceBucket("holiday-photos")
              .trigger(Trigger.EVENT_BRIDGE)
              .httpJwt("https://id.example.com", List.of("photos"))
              .httpScopes(List.of("photos/upload"))
              .httpCorsOrigins(List.of("https://example.com"))
              .httpRate(5)
              .httpBurst(7)
              .httpOverwrite(true)
              .alarmErrorPercent(3)
              .alarmImagePercent(30)
              .alarmMinimum(100)
              .alarmDeadLetters(8)
              .alarmBacklog(Duration.ofMinutes(30))
              .build();
      case DELIVERY ->
          settings()
              .catalog(true)
              .httpJwt("https://id.example.com", List.of("photos"))
              .httpCorsOrigins(List.of("https://example.com"))
              .uploads(true)
              .uploadMinutes(5)
              .events(true)
              .delivery(ThumbnailDeliveryProps.builder().build())
              .build();
      case DELIVERY_FULL ->
          settings()
              .sourcePrefix("photos/")
              .destinationPrefix("thumbs/")
              .strict(true)
              .limits("frames:100")
              .maxPixels(100_000_000)
              .maxBytes(50_000_000)
              .vpc(true)
              .catalog(true)
              .catalogTtlDays(30)
              .delivery(delivery())
              .build();
    };
  }

  private static ThumbnailDeliveryProps delivery() {
    return ThumbnailDeliveryProps.builder()
        .signingKeys("thumbnails/signing-keys")
        .signingKeysVersion("01234567-89ab-cdef-0123-456789abcdef")
        .negotiate(false)
        .maxAge(Duration.ofDays(7))
        .errorMaxAge(Duration.ofMinutes(5))
        .cors("https://www.example.com")
        .placeholder(picture())
        .rateLimit(3000)
        .originShield("us-east-1")
        .domainNames(List.of("img.example.com", "img2.example.com"))
        .certificateArn("arn:aws:acm:us-east-1:123456789012:certificate/11111111")
        .accessLogs("logs-with-acls")
        .limits("pixels:50M,time:5s")
        .memory(2048)
        .timeout(Duration.ofSeconds(12))
        .reservedConcurrency(7)
        .build();
  }

  /** Returns a picture that stands in for one that could not be shown. */
  static Path picture() {
    Path file = Path.of("target", "placeholder.png");
    try {
      Files.createDirectories(file.getParent());
      ImageIO.write(TestImages.photo(64, 48), "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** Returns the context of {@code cdk.json}. */
  static Map<String, Object> context() {
    try {
      @SuppressWarnings("unchecked")
      Map<String, Map<String, Object>> settings =
          new ObjectMapper().readValue(Path.of("cdk.json").toFile(), Map.class);
      return requireNonNull(settings.get("context"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path bundle() {
    Path zip = Path.of("target", "stand-in.zip");
    try {
      Files.createDirectories(zip.getParent());
      try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
        ZipEntry entry = new ZipEntry("stand-in");
        entry.setTime(0);
        out.putNextEntry(entry);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zip;
  }
}
