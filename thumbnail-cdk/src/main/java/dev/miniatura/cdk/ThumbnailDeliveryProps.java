package dev.miniatura.cdk;

import dev.miniatura.ImageSource;
import dev.miniatura.Limits;
import dev.miniatura.ThumbnailException;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The settings of a {@link ThumbnailDelivery}. Immutable; settings that cannot work are refused by
 * {@link Builder#build}, before anything is synthesized.
 */
public final class ThumbnailDeliveryProps {

  private static final String TOKEN = "|.*\\$\\{Token\\[.*";

  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9/_+=.@:-]{1,512}" + TOKEN);
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9-]{32,64}" + TOKEN);
  private static final Pattern ORIGIN = Pattern.compile("\\*|https?://[^/\\s*?#]+");
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d");
  private static final Pattern DOMAIN = Pattern.compile("(\\*\\.)?([a-z0-9-]+\\.)+[a-z]{2,}");

  /** The region of CloudFront's certificates and firewalls. */
  private static final Pattern CERTIFICATE =
      Pattern.compile("arn:aws[a-z-]*:acm:us-east-1:\\d{12}:certificate/\\S+" + TOKEN);

  private static final Pattern WEB_ACL =
      Pattern.compile("arn:aws[a-z-]*:wafv2:us-east-1:\\d{12}:global/webacl/\\S+" + TOKEN);

  private static final Duration YEAR = Duration.ofDays(365);

  final Optional<String> signingKeys;
  final Optional<String> signingKeysVersion;
  final boolean negotiate;
  final Duration maxAge;
  final Duration errorMaxAge;
  final Optional<String> cors;
  final Optional<Path> placeholder;
  final OptionalInt rateLimit;
  final Optional<String> webAclArn;
  final Optional<String> originShield;
  final List<String> domainNames;
  final Optional<String> certificateArn;
  final Optional<String> accessLogs;
  final String limits;
  final int memory;
  final Duration timeout;
  final int reservedConcurrency;

  private ThumbnailDeliveryProps(Builder builder) {
    signingKeys = builder.signingKeys;
    signingKeysVersion = builder.signingKeysVersion;
    negotiate = builder.negotiate;
    maxAge = builder.maxAge;
    errorMaxAge = builder.errorMaxAge;
    cors = builder.cors;
    placeholder = builder.placeholder;
    rateLimit = builder.rateLimit;
    webAclArn = builder.webAclArn;
    originShield = builder.originShield;
    domainNames = builder.domainNames;
    certificateArn = builder.certificateArn;
    accessLogs = builder.accessLogs;
    limits = builder.limits;
    memory = builder.memory;
    timeout = builder.timeout;
    reservedConcurrency = builder.reservedConcurrency;
  }

  /** Returns a builder in which every setting has a default: the pipeline's specs, for everyone. */
  public static Builder builder() {
    return new Builder();
  }

  private void check() {
    matches("signingKeys", signingKeys, SECRET, "neither the name nor the ARN of a secret");
    matches("signingKeysVersion", signingKeysVersion, VERSION, "not the id of a secret's version");
    require(
        signingKeysVersion.isEmpty() || signingKeys.isPresent(),
        "signingKeysVersion",
        "there are no signingKeys");
    seconds("maxAge", maxAge, 1, YEAR.toSeconds());
    seconds("errorMaxAge", errorMaxAge, 1, YEAR.toSeconds());
    matches("cors", cors, ORIGIN, "neither * nor like https://example.com");
    placeholder.ifPresent(ThumbnailDeliveryProps::checkPicture);
    rateLimit.ifPresent(value -> range("rateLimit", value, 10, 2_000_000_000, ""));
    matches(
        "webAclArn",
        webAclArn,
        WEB_ACL,
        "not like arn:aws:wafv2:us-east-1:ACCOUNT:global/webacl/…");
    require(
        rateLimit.isEmpty() || webAclArn.isEmpty(),
        "rateLimit",
        "the firewall named by webAclArn has its own rules");
    matches("originShield", originShield, REGION, "not a region");
    domainNames.forEach(
        name -> matches("domainNames", Optional.of(name), DOMAIN, "not a domain's name"));
    matches(
        "certificateArn",
        certificateArn,
        CERTIFICATE,
        "not like arn:aws:acm:us-east-1:ACCOUNT:certificate/…");
    require(
        domainNames.isEmpty() == certificateArn.isEmpty(),
        "domainNames",
        "domainNames and certificateArn need each other");
    try {
      Limits.defaults().with(limits);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("limits: " + e.getMessage(), e);
    }
    range("memory", memory, 512, 10240, " MB");
    // CloudFront waits for an origin for at most a minute, unless AWS raises the quota.
    seconds("timeout", timeout, 5, 55);
    range("reservedConcurrency", reservedConcurrency, 1, 10_000, "");
  }

  private static void require(boolean holds, String setting, String reason) {
    if (!holds) {
      throw new IllegalArgumentException(setting + ": " + reason);
    }
  }

  private static void matches(
      String setting, Optional<String> value, Pattern pattern, String reason) {
    value.ifPresent(
        text -> require(pattern.matcher(text).matches(), setting, "'" + text + "' is " + reason));
  }

  private static void range(String setting, long value, long least, long most, String unit) {
    require(
        value >= least && value <= most,
        setting,
        value + unit + " is not between " + least + " and " + most + unit);
  }

  private static void seconds(String setting, Duration value, long least, long most) {
    range(setting, value.toSeconds(), least, most, " s");
    require(
        value.equals(Duration.ofSeconds(value.toSeconds())),
        setting,
        value + " is not a number of whole seconds");
  }

  /**
   * Checks that the picture can be rendered, since the function renders it at startup and would
   * otherwise fail to start.
   */
  private static void checkPicture(Path file) {
    try {
      Thumbnailer.create().render(ImageSource.of(file), ThumbnailSpec.fit(16, 16));
    } catch (ThumbnailException e) {
      throw new IllegalArgumentException("placeholder: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("placeholder: " + file + " cannot be read", e);
    }
  }

  /** Collects settings, in any order. */
  public static final class Builder {

    private Optional<String> signingKeys = Optional.empty();
    private Optional<String> signingKeysVersion = Optional.empty();
    private boolean negotiate = true;
    private Duration maxAge = Duration.ofHours(1);
    private Duration errorMaxAge = Duration.ofSeconds(10);
    private Optional<String> cors = Optional.empty();
    private Optional<Path> placeholder = Optional.empty();
    private OptionalInt rateLimit = OptionalInt.empty();
    private Optional<String> webAclArn = Optional.empty();
    private Optional<String> originShield = Optional.empty();
    private List<String> domainNames = List.of();
    private Optional<String> certificateArn = Optional.empty();
    private Optional<String> accessLogs = Optional.empty();
    private String limits = "source-bytes:100M,pixels:150M,time:10s";
    private int memory = 1769;
    private Duration timeout = Duration.ofSeconds(20);
    private int reservedConcurrency = 20;

    private Builder() {}

    /**
     * Serves any spec with a signed URL; by default, only named specs.
     *
     * @param secret the name or ARN of a secret in AWS Secrets Manager, such as {@code
     *     k1:SECRET,k2:SECRET}. The KeyValueStore must hold the same keys, from id to secret
     * @throws NullPointerException if {@code secret} is null
     */
    public Builder signingKeys(String secret) {
      signingKeys = Optional.of(secret);
      return this;
    }

    /**
     * Sets the version of the secret; by default, the current one at the time of deployment. A new
     * version reaches the function with the deployment that names it.
     *
     * @throws NullPointerException if {@code id} is null
     */
    public Builder signingKeysVersion(String id) {
      signingKeysVersion = Optional.of(id);
      return this;
    }

    /**
     * Sets whether named specs without a format use the best format that a client accepts; by
     * default they do. The pipeline's thumbnails are served to clients that accept only JPEG, PNG
     * and GIF.
     */
    public Builder negotiate(boolean value) {
      negotiate = value;
      return this;
    }

    /**
     * Sets how long CloudFront, and browsers after it, keep a thumbnail; the default is one hour.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Builder maxAge(Duration value) {
      maxAge = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets how long they keep an error about an image, such as its absence; the default is 10 s.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Builder errorMaxAge(Duration value) {
      errorMaxAge = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * Lets scripts of another site read the pictures.
     *
     * @param origin {@code *}, or one origin such as {@code https://www.example.com}
     * @throws NullPointerException if {@code origin} is null
     */
    public Builder cors(String origin) {
      cors = Optional.of(origin);
      return this;
    }

    /**
     * Sets the picture that is sent in place of one that is missing or cannot be rendered, with the
     * error's status. Errors answered at the edge, such as a wrong signature, stay JSON.
     *
     * @param picture an image file, sent with at most 512 × 512 pixels
     * @throws NullPointerException if {@code picture} is null
     */
    public Builder placeholder(Path picture) {
      placeholder = Optional.of(picture);
      return this;
    }

    /**
     * Creates an AWS WAF firewall that allows an address this many requests in five minutes. The
     * stack must be in us-east-1, the region of CloudFront's firewalls; in other regions, use
     * {@link #webAclArn}.
     */
    public Builder rateLimit(int requests) {
      rateLimit = OptionalInt.of(requests);
      return this;
    }

    /**
     * Uses an existing firewall.
     *
     * @throws NullPointerException if {@code arn} is null
     */
    public Builder webAclArn(String arn) {
      webAclArn = Optional.of(arn);
      return this;
    }

    /**
     * Adds a cache between CloudFront's and the origins: a picture that is requested worldwide is
     * rendered once.
     *
     * @param region a region with Origin Shield, preferably the stack's own
     * @throws NullPointerException if {@code region} is null
     */
    public Builder originShield(String region) {
      originShield = Optional.of(region);
      return this;
    }

    /**
     * Serves under these domain names, each of which needs a DNS record; by default, under
     * CloudFront's own name.
     *
     * @throws NullPointerException if {@code names} is null
     */
    public Builder domainNames(List<String> names) {
      domainNames = List.copyOf(names);
      return this;
    }

    /**
     * Sets the certificate of the domain names, which must be in us-east-1.
     *
     * @throws NullPointerException if {@code arn} is null
     */
    public Builder certificateArn(String arn) {
      certificateArn = Optional.of(arn);
      return this;
    }

    /**
     * Writes access logs to an existing bucket with access control lists enabled, which
     * CloudFront's logs need.
     *
     * @throws NullPointerException if {@code bucket} is null
     */
    public Builder accessLogs(String bucket) {
      accessLogs = Optional.of(bucket);
      return this;
    }

    /**
     * Sets the limits for one image, in the grammar of {@link dev.miniatura.Limits#with}; the
     * default is {@code source-bytes:100M,pixels:150M,time:10s}.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Builder limits(String value) {
      limits = Objects.requireNonNull(value, "value");
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
     * Sets how long a request may take, 5 to 55 s; the default is 20 s.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Builder timeout(Duration value) {
      timeout = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets how many requests render at a time; the default is 20. This many of the account's
     * concurrent invocations are reserved for the function, and it never gets more.
     */
    public Builder reservedConcurrency(int value) {
      reservedConcurrency = value;
      return this;
    }

    /**
     * Returns the settings.
     *
     * @throws IllegalArgumentException if one of them, or two together, cannot work; the message
     *     names them
     */
    public ThumbnailDeliveryProps build() {
      ThumbnailDeliveryProps props = new ThumbnailDeliveryProps(this);
      props.check();
      return props;
    }
  }
}
