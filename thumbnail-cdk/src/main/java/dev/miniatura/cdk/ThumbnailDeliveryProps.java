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
 * What a {@link ThumbnailDelivery} is like. Immutable; what cannot work is refused by {@link
 * Builder#build}, before anything is synthesized.
 */
public final class ThumbnailDeliveryProps {

  private static final String TOKEN = "|.*\\$\\{Token\\[.*";

  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9/_+=.@:-]{1,512}" + TOKEN);
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9-]{32,64}" + TOKEN);
  private static final Pattern ORIGIN = Pattern.compile("\\*|https?://[^/\\s*?#]+");
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d");
  private static final Pattern DOMAIN = Pattern.compile("(\\*\\.)?([a-z0-9-]+\\.)+[a-z]{2,}");

  /** CloudFront has its certificates and firewalls there. */
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
    // CloudFront waits for an origin for a minute at most, unless AWS is asked for more.
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

  /** The function renders it when it starts, and would not start otherwise. */
  private static void checkPicture(Path file) {
    try {
      Thumbnailer.create().render(ImageSource.of(file), ThumbnailSpec.fit(16, 16));
    } catch (ThumbnailException e) {
      throw new IllegalArgumentException("placeholder: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("placeholder: " + file + " cannot be read", e);
    }
  }

  /** Collects settings. The order in which they are made does not matter. */
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
     * Serves any spec to those who have its URL signed; named specs only otherwise.
     *
     * @param secret the name or ARN of a secret of AWS Secrets Manager with a text like {@code
     *     k1:SECRET,k2:SECRET}. The KeyValueStore is to hold the same, key's id to secret
     * @throws NullPointerException if {@code secret} is null
     */
    public Builder signingKeys(String secret) {
      signingKeys = Optional.of(secret);
      return this;
    }

    /**
     * Sets the version of the secret; the current one at the time of deployment otherwise. A new
     * version reaches the function with the deployment that names it.
     *
     * @throws NullPointerException if {@code id} is null
     */
    public Builder signingKeysVersion(String id) {
      signingKeysVersion = Optional.of(id);
      return this;
    }

    /**
     * Sets whether named specs without a format come in the best format that a client takes; they
     * do otherwise. Those of the pipeline are served to clients that take no more than JPEG, PNG
     * and GIF.
     */
    public Builder negotiate(boolean value) {
      negotiate = value;
      return this;
    }

    /**
     * Sets for how long CloudFront, and browsers after it, keep a thumbnail; an hour otherwise.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Builder maxAge(Duration value) {
      maxAge = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets for how long it is kept that there is no such image, or that it cannot be rendered; 10 s
     * otherwise.
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
     * error's status. What is answered at the edge, such as a wrong signature, stays JSON.
     *
     * @param picture an image file, sent at 512 × 512 pixels at most
     * @throws NullPointerException if {@code picture} is null
     */
    public Builder placeholder(Path picture) {
      placeholder = Optional.of(picture);
      return this;
    }

    /**
     * Makes a firewall of AWS WAF that lets an address send so many requests in five minutes. The
     * stack must be in us-east-1, where CloudFront has its firewalls; elsewhere {@link #webAclArn}
     * names one.
     */
    public Builder rateLimit(int requests) {
      rateLimit = OptionalInt.of(requests);
      return this;
    }

    /**
     * Puts a firewall in front that is there already.
     *
     * @throws NullPointerException if {@code arn} is null
     */
    public Builder webAclArn(String arn) {
      webAclArn = Optional.of(arn);
      return this;
    }

    /**
     * Adds a cache between CloudFront's and the origins: a picture that is asked for all over the
     * world is rendered once.
     *
     * @param region one that has Origin Shield, the stack's if it does
     * @throws NullPointerException if {@code region} is null
     */
    public Builder originShield(String region) {
      originShield = Optional.of(region);
      return this;
    }

    /**
     * Serves under these names; each needs a record in DNS. Under CloudFront's own name otherwise.
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
     * Writes access logs into a bucket that is there already and has access control lists enabled,
     * which CloudFront's logs need.
     *
     * @throws NullPointerException if {@code bucket} is null
     */
    public Builder accessLogs(String bucket) {
      accessLogs = Optional.of(bucket);
      return this;
    }

    /**
     * Sets what an image may cost, in the grammar of {@link dev.miniatura.Limits#with}; {@code
     * source-bytes:100M,pixels:150M,time:10s} otherwise.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Builder limits(String value) {
      limits = Objects.requireNonNull(value, "value");
      return this;
    }

    /** Sets the function's memory in MB, 512 to 10240; 1769, which comes with one processor. */
    public Builder memory(int megabytes) {
      memory = megabytes;
      return this;
    }

    /**
     * Sets how long a request may take, 5 to 55 s; 20 s otherwise.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Builder timeout(Duration value) {
      timeout = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets how many requests render at a time, 20 otherwise: so many of the account's invocations
     * are the function's own, and more it never has.
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
