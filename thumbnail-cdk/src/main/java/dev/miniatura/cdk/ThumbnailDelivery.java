package dev.miniatura.cdk;

import dev.miniatura.ThumbnailSpec;
import dev.miniatura.http.ThumbnailService;
import dev.miniatura.storage.MemoryImageStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.cloudfront.AllowedMethods;
import software.amazon.awscdk.services.cloudfront.BehaviorOptions;
import software.amazon.awscdk.services.cloudfront.CacheCookieBehavior;
import software.amazon.awscdk.services.cloudfront.CacheHeaderBehavior;
import software.amazon.awscdk.services.cloudfront.CachePolicy;
import software.amazon.awscdk.services.cloudfront.CacheQueryStringBehavior;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.cloudfront.ErrorResponse;
import software.amazon.awscdk.services.cloudfront.Function;
import software.amazon.awscdk.services.cloudfront.FunctionAssociation;
import software.amazon.awscdk.services.cloudfront.FunctionCode;
import software.amazon.awscdk.services.cloudfront.FunctionEventType;
import software.amazon.awscdk.services.cloudfront.FunctionRuntime;
import software.amazon.awscdk.services.cloudfront.HttpVersion;
import software.amazon.awscdk.services.cloudfront.IOrigin;
import software.amazon.awscdk.services.cloudfront.KeyValueStore;
import software.amazon.awscdk.services.cloudfront.OriginRequestCookieBehavior;
import software.amazon.awscdk.services.cloudfront.OriginRequestHeaderBehavior;
import software.amazon.awscdk.services.cloudfront.OriginRequestPolicy;
import software.amazon.awscdk.services.cloudfront.OriginRequestQueryStringBehavior;
import software.amazon.awscdk.services.cloudfront.ResponseCustomHeader;
import software.amazon.awscdk.services.cloudfront.ResponseCustomHeadersBehavior;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersContentTypeOptions;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersCorsBehavior;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseSecurityHeadersBehavior;
import software.amazon.awscdk.services.cloudfront.SecurityPolicyProtocol;
import software.amazon.awscdk.services.cloudfront.ViewerProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.origins.FunctionUrlOrigin;
import software.amazon.awscdk.services.cloudfront.origins.FunctionUrlOriginWithOACProps;
import software.amazon.awscdk.services.cloudfront.origins.OriginGroup;
import software.amazon.awscdk.services.cloudfront.origins.S3BucketOrigin;
import software.amazon.awscdk.services.cloudfront.origins.S3BucketOriginWithOACProps;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;

/**
 * Thumbnails of a pipeline's images by URL, through CloudFront: those that the pipeline made come
 * from its bucket, and others from a second function, which makes them on the first request. {@code
 * docs/delivery.md} describes the URLs. {@link ThumbnailPipelineProps.Builder#delivery} creates one
 * as part of a pipeline.
 *
 * <pre>{@code
 * ThumbnailPipelineConstruct pipeline =
 *     new ThumbnailPipelineConstruct(
 *         this, "Thumbnails", ThumbnailPipelineProps.builder().specs("small=fit:256x256").build());
 * ThumbnailDelivery delivery =
 *     new ThumbnailDelivery(
 *         this, "Delivery", pipeline, ThumbnailDeliveryProps.builder().cors("*").build());
 * String url = delivery.url() + "/t/small/2024/beach.jpg";
 * }</pre>
 */
public final class ThumbnailDelivery extends Construct {

  /** The bucket's answers for a missing object: CloudFront may not list it. */
  private static final List<Number> NOT_THERE = List.of(403, 404);

  /** Statuses of errors that CloudFront caches, unlike those of temporary errors. */
  private static final List<Integer> OF_THE_REQUEST = List.of(400, 403, 404, 405, 414);

  private static final List<Integer> OF_THE_MOMENT = List.of(500, 502, 503, 504);

  private static final int LONGER_THAN_FUNCTION = 5;

  private final Distribution distribution;
  private final Optional<KeyValueStore> signingKeys;
  private final DeliveryFunction function;
  private final String url;

  /**
   * Creates the delivery.
   *
   * @param scope the stack, or a part of it
   * @param id the delivery's name within the scope
   * @param pipeline the pipeline whose images are served, and which removes their thumbnails when
   *     they change
   * @param props the settings
   * @throws IllegalArgumentException if a firewall cannot be in the stack's region
   * @throws NullPointerException if an argument is null
   */
  public ThumbnailDelivery(
      Construct scope,
      String id,
      ThumbnailPipelineConstruct pipeline,
      ThumbnailDeliveryProps props) {
    super(scope, id);
    function = new DeliveryFunction(this, pipeline, props);
    signingKeys =
        props.signingKeys.map(
            name ->
                KeyValueStore.Builder.create(this, "SigningKeys")
                    .comment("Ids of keys with which thumbnails' URLs are signed, and the secrets")
                    .build());
    Distribution.Builder builder =
        Distribution.Builder.create(this, "Distribution")
            .comment("Thumbnails")
            .httpVersion(HttpVersion.HTTP2_AND_3)
            .defaultBehavior(behavior(pipeline, props))
            .errorResponses(errors(props));
    props.webAclArn.or(() -> Firewall.arn(this, props.rateLimit)).ifPresent(builder::webAclId);
    props.certificateArn.ifPresent(
        arn ->
            builder
                .domainNames(props.domainNames)
                .certificate(Certificate.fromCertificateArn(this, "Certificate", arn))
                .minimumProtocolVersion(SecurityPolicyProtocol.TLS_V1_2_2021));
    props.accessLogs.ifPresent(
        bucket ->
            builder
                .enableLogging(true)
                .logBucket(Bucket.fromBucketName(this, "AccessLogs", bucket))
                .logFilePrefix("access/delivery/"));
    distribution = builder.build();
    allowInvocation();
    explain(props);
    url =
        "https://" + props.domainNames.stream().findFirst().orElseGet(distribution::getDomainName);
    if (pipeline.props.uploads) {
      pipeline.function.function.addEnvironment("MINIATURA_DELIVERY_URL", url);
    }
  }

  private BehaviorOptions behavior(
      ThumbnailPipelineConstruct pipeline, ThumbnailDeliveryProps props) {
    return BehaviorOptions.builder()
        .origin(
            OriginGroup.Builder.create()
                .primaryOrigin(bucket(pipeline, props))
                .fallbackOrigin(function(props))
                .fallbackStatusCodes(NOT_THERE)
                .build())
        .viewerProtocolPolicy(ViewerProtocolPolicy.REDIRECT_TO_HTTPS)
        .allowedMethods(
            props.cors.isPresent()
                ? AllowedMethods.ALLOW_GET_HEAD_OPTIONS
                : AllowedMethods.ALLOW_GET_HEAD)
        .compress(false)
        .cachePolicy(
            CachePolicy.Builder.create(this, "Cache")
                .comment("A picture for each path")
                .headerBehavior(CacheHeaderBehavior.none())
                .queryStringBehavior(CacheQueryStringBehavior.none())
                .cookieBehavior(CacheCookieBehavior.none())
                .minTtl(Duration.seconds(0))
                .defaultTtl(Duration.seconds(props.maxAge.toSeconds()))
                .maxTtl(Duration.days(365))
                .build())
        .originRequestPolicy(
            OriginRequestPolicy.Builder.create(this, "Forwarded")
                .comment("The path as it was asked for, and the formats that a client takes")
                .headerBehavior(OriginRequestHeaderBehavior.allowList("Accept", "miniatura-path"))
                .queryStringBehavior(OriginRequestQueryStringBehavior.none())
                .cookieBehavior(OriginRequestCookieBehavior.none())
                .build())
        .responseHeadersPolicy(headers(props))
        .functionAssociations(
            List.of(
                FunctionAssociation.builder()
                    .eventType(FunctionEventType.VIEWER_REQUEST)
                    .function(edge(pipeline, props))
                    .build()))
        .build();
  }

  private static IOrigin bucket(ThumbnailPipelineConstruct pipeline, ThumbnailDeliveryProps props) {
    S3BucketOriginWithOACProps.Builder origin = S3BucketOriginWithOACProps.builder();
    props.originShield.ifPresent(origin::originShieldRegion);
    return S3BucketOrigin.withOriginAccessControl(pipeline.destination(), origin.build());
  }

  private IOrigin function(ThumbnailDeliveryProps props) {
    FunctionUrlOriginWithOACProps.Builder origin =
        FunctionUrlOriginWithOACProps.builder()
            .readTimeout(Duration.seconds(props.timeout.toSeconds() + LONGER_THAN_FUNCTION));
    props.originShield.ifPresent(origin::originShieldRegion);
    return FunctionUrlOrigin.withOriginAccessControl(function.url, origin.build());
  }

  /** Returns the headers of pictures from the bucket, which lack those of the function. */
  private ResponseHeadersPolicy headers(ThumbnailDeliveryProps props) {
    List<ResponseCustomHeader> custom = new ArrayList<>();
    custom.add(header("Cache-Control", "public, max-age=" + props.maxAge.toSeconds()));
    custom.add(header("Vary", "Accept"));
    ResponseHeadersPolicy.Builder builder =
        ResponseHeadersPolicy.Builder.create(this, "Headers")
            .comment("What pictures carry that come from the bucket")
            .securityHeadersBehavior(
                ResponseSecurityHeadersBehavior.builder()
                    .contentTypeOptions(
                        ResponseHeadersContentTypeOptions.builder().override(true).build())
                    .build())
            .customHeadersBehavior(
                ResponseCustomHeadersBehavior.builder().customHeaders(custom).build());
    props.cors.ifPresent(
        origin ->
            builder.corsBehavior(
                ResponseHeadersCorsBehavior.builder()
                    .accessControlAllowOrigins(List.of(origin))
                    .accessControlAllowMethods(List.of("GET", "HEAD"))
                    .accessControlAllowHeaders(List.of("*"))
                    .accessControlAllowCredentials(false)
                    .accessControlExposeHeaders(List.of("ETag", "Miniatura-Error"))
                    .accessControlMaxAge(Duration.days(1))
                    .originOverride(true)
                    .build()));
    return builder.build();
  }

  private static ResponseCustomHeader header(String name, String value) {
    return ResponseCustomHeader.builder().header(name).value(value).override(false).build();
  }

  private Function edge(ThumbnailPipelineConstruct pipeline, ThumbnailDeliveryProps props) {
    Function.Builder builder =
        Function.Builder.create(this, "Edge")
            .comment("Checks signatures, and finds thumbnails' keys")
            .runtime(FunctionRuntime.JS_2_0)
            .code(FunctionCode.fromInline(code(pipeline.props, props)));
    signingKeys.ifPresent(builder::keyValueStore);
    return builder.build();
  }

  /** Returns the edge code of the function's service, without its secrets. */
  private static String code(ThumbnailPipelineProps pipeline, ThumbnailDeliveryProps props) {
    return ThumbnailService.builder(MemoryImageStore.create(), MemoryImageStore.create())
        .specs(specs(pipeline, props))
        .keyTemplate(pipeline.keyTemplate)
        .sourcePrefix(pipeline.sourcePrefix)
        .destinationPrefix(pipeline.destinationPrefix)
        .onDemandPrefix(pipeline.destinationPrefix + DeliveryFunction.ON_DEMAND)
        .build()
        .edgeFunction();
  }

  /** Returns the specs as the function reads them from the same settings. */
  private static String specs(ThumbnailPipelineProps pipeline, ThumbnailDeliveryProps props) {
    return ThumbnailSpec.parseAll(pipeline.specs).entrySet().stream()
        .map(
            spec ->
                spec.getKey()
                    + "="
                    + (pipeline.strict ? spec.getValue().strict(true) : spec.getValue())
                    + (props.negotiate && spec.getValue().format().isEmpty() ? ",format:auto" : ""))
        .collect(Collectors.joining(";"));
  }

  private static List<ErrorResponse> errors(ThumbnailDeliveryProps props) {
    List<ErrorResponse> errors = new ArrayList<>();
    OF_THE_REQUEST.forEach(status -> errors.add(error(status, props.errorMaxAge.toSeconds())));
    OF_THE_MOMENT.forEach(status -> errors.add(error(status, 0)));
    return errors;
  }

  private static ErrorResponse error(int status, long seconds) {
    return ErrorResponse.builder().httpStatus(status).ttl(Duration.seconds(seconds)).build();
  }

  /**
   * Adds the second of two permissions that function URLs need; the origin adds
   * lambda:InvokeFunctionUrl.
   */
  private void allowInvocation() {
    CfnPermission.Builder.create(this, "Invocation")
        .principal("cloudfront.amazonaws.com")
        .action("lambda:InvokeFunction")
        .functionName(function.alias.getFunctionArn())
        .sourceArn(
            "arn:"
                + Aws.PARTITION
                + ":cloudfront::"
                + Aws.ACCOUNT_ID
                + ":distribution/"
                + distribution.getDistributionId())
        .invokedViaFunctionUrl(true)
        .build();
  }

  private void explain(ThumbnailDeliveryProps props) {
    Nag.accept(distribution, "CFR1", "Thumbnails may be looked at in every country.");
    if (props.webAclArn.isEmpty() && props.rateLimit.isEmpty()) {
      Nag.accept(
          distribution,
          "CFR2",
          "What a client can make the function do is bounded by its reserved concurrency;"
              + " rateLimit or webAclArn puts a firewall in front.");
    }
    if (props.accessLogs.isEmpty()) {
      Nag.accept(
          distribution,
          "CFR3",
          "The logs need a bucket with access control lists, which no bucket of the pipeline has;"
              + " accessLogs names one.");
    }
    if (props.certificateArn.isEmpty()) {
      Nag.accept(
          distribution,
          "CFR4",
          "CloudFront's own domain name takes TLS 1.0 and later; certificateArn makes it 1.2.");
    }
  }

  /** Returns the base URL of thumbnails, without a trailing slash. */
  public String url() {
    return url;
  }

  /** Returns the distribution, for DNS records. */
  public Distribution distribution() {
    return distribution;
  }

  /** Returns the alias through which CloudFront calls the function. */
  public IFunction function() {
    return function.alias;
  }

  /**
   * Returns the store of signing keys, from key id to secret, if URLs can be signed. It is created
   * empty.
   */
  public Optional<KeyValueStore> signingKeys() {
    return signingKeys;
  }
}
