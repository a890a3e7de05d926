package dev.miniatura.cdk;

import static dev.miniatura.cdk.Synthesis.Kind.DEFAULT;
import static dev.miniatura.cdk.Synthesis.Kind.DELIVERY;
import static dev.miniatura.cdk.Synthesis.Kind.DELIVERY_FULL;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

class ThumbnailDeliveryTest {

  private static final String DISTRIBUTION = "AWS::CloudFront::Distribution";
  private static final String FUNCTION = "AWS::Lambda::Function";
  private static final String SOURCE_ARN =
      "arn:{AWS::Partition}:cloudfront::{AWS::AccountId}:distribution/{ImagesDistribution}";

  private static String distribution(Synthesis.Kind kind, String... path) {
    Resources resources = Resources.of(kind);
    String[] all = new String[path.length + 1];
    all[0] = "DistributionConfig";
    System.arraycopy(path, 0, all, 1, path.length);
    return Resources.text(resources.property(resources.id(DISTRIBUTION, "PipelineImages"), all));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> variables(Synthesis.Kind kind) {
    Resources resources = Resources.of(kind);
    return (Map<String, Object>)
        requireNonNull(
            resources.property(
                resources.id(FUNCTION, "PipelineImagesFunction"), "Environment", "Variables"));
  }

  private static String edge(Synthesis.Kind kind) {
    Resources resources = Resources.of(kind);
    return String.valueOf(
        resources.property(
            resources.id("AWS::CloudFront::Function", "PipelineImagesEdge"), "FunctionCode"));
  }

  private static String policy(Synthesis.Kind kind, String type, String name, String config) {
    Resources resources = Resources.of(kind);
    return Resources.text(
        resources.property(
            resources.id("AWS::CloudFront::" + type, "PipelineImages" + name), config));
  }

  @Test
  void pipeline_unlessAsked_hasNoDelivery() {
    Synthesis.template(DEFAULT).resourceCountIs(DISTRIBUTION, 0);
    assertThat(Synthesis.stack(DEFAULT).pipeline().delivery()).isEmpty();
  }

  @Test
  void distribution_asksTheBucketAndThenTheFunction() {
    for (Synthesis.Kind kind : List.of(DELIVERY, DELIVERY_FULL)) {
      assertThat(distribution(kind, "OriginGroups"))
          .contains("FailoverCriteria=StatusCodes=Items=[403, 404]")
          .containsPattern("OriginId=\\S+Origin1\\w+, OriginId=\\S+Origin2");
      assertThat(distribution(kind, "Origins"))
          .containsPattern("DomainName=\\{Destination.RegionalDomainName} Id=\\S+Origin1")
          .contains("OriginProtocolPolicy=https-only")
          .contains("Fn::Split=[/, {ImagesFunctionLiveFunctionUrl.FunctionUrl}]");
      assertThat(distribution(kind, "DefaultCacheBehavior", "ViewerProtocolPolicy"))
          .isEqualTo("redirect-to-https");
      for (String type : List.of("s3", "lambda")) {
        Synthesis.template(kind)
            .hasResourceProperties(
                "AWS::CloudFront::OriginAccessControl",
                Match.objectLike(
                    Map.of(
                        "OriginAccessControlConfig",
                        Match.objectLike(
                            Map.of(
                                "OriginAccessControlOriginType",
                                type,
                                "SigningBehavior",
                                "always")))));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DELIVERY", "DELIVERY_FULL"})
  void bucketAndFunction_areForThisDistributionOnly(Synthesis.Kind kind) {
    Resources resources = Resources.of(kind);
    assertThat(resources.policy("AWS::S3::BucketPolicy", "PipelineStorageDestination"))
        .contains(
            "Allow s3:GetObject on {Destination.Arn}/* to Service=cloudfront.amazonaws.com if"
                + " StringEquals=AWS:SourceArn="
                + SOURCE_ARN);
    assertThat(
            resources.property(
                resources.id("AWS::Lambda::Url", "PipelineImagesFunctionLive"), "AuthType"))
        .isEqualTo("AWS_IAM");
    assertThat(
            resources.ids().stream()
                .filter(id -> resources.type(id).equals("AWS::Lambda::Permission"))
                .filter(
                    id -> "cloudfront.amazonaws.com".equals(resources.property(id, "Principal")))
                .map(
                    id ->
                        resources.property(id, "Action")
                            + " "
                            + Resources.text(resources.property(id, "FunctionName"))
                            + " "
                            + resources.property(id, "InvokedViaFunctionUrl")
                            + " "
                            + Resources.text(resources.property(id, "SourceArn"))))
        .containsExactlyInAnyOrder(
            "lambda:InvokeFunctionUrl {ImagesFunctionLiveFunctionUrl.FunctionArn} null "
                + SOURCE_ARN,
            "lambda:InvokeFunction {ImagesFunctionLive} true " + SOURCE_ARN);
  }

  @Test
  void function_mayReadImagesAndWriteThumbnails() {
    assertThat(Resources.of(DELIVERY).policy("AWS::IAM::Policy", "PipelineImagesFunctionRole"))
        .containsExactly(
            "Allow logs:CreateLogStream, logs:PutLogEvents on {ImagesFunctionLogs.Arn}",
            "Allow s3:GetObject on {Source.Arn}/*",
            "Allow s3:DeleteObject, s3:GetObject, s3:PutObject on {Destination.Arn}/*",
            "Allow s3:ListBucket on {Destination.Arn}, {Source.Arn}");
    assertThat(Resources.of(DELIVERY_FULL).policy("AWS::IAM::Policy", "PipelineImagesFunctionRole"))
        .contains(
            "Allow s3:GetObject on {Source.Arn}/photos/*",
            "Allow s3:DeleteObject, s3:GetObject, s3:PutObject on {Destination.Arn}/thumbs/*")
        .noneMatch(line -> line.contains("dynamodb"));
  }

  @Test
  void function_isTheOtherHandlerOfTheSameBundle() {
    Resources resources = Resources.of(DELIVERY);
    String own = resources.id(FUNCTION, "PipelineImagesFunction");
    String pipeline = resources.id(FUNCTION, "PipelineFunction");
    assertThat(resources.property(own, "Handler"))
        .isEqualTo("dev.miniatura.lambda.DeliveryHandler::handleRequest");
    for (String same : List.of("Code", "Runtime", "Architectures", "SnapStart", "MemorySize")) {
      assertThat(resources.property(own, same)).isEqualTo(resources.property(pipeline, same));
    }
    assertThat(resources.property(own, "Timeout")).isEqualTo(20);
    assertThat(resources.property(own, "ReservedConcurrentExecutions")).isEqualTo(20);
    assertThat(variables(DELIVERY))
        .hasToString(
            "{JAVA_TOOL_OPTIONS=-XX:TieredStopAtLevel=1,"
                + " MINIATURA_BUCKET_OWNER={Ref=AWS::AccountId},"
                + " MINIATURA_DELIVERY_ERROR_MAX_AGE=10, MINIATURA_DELIVERY_MAX_AGE=3600,"
                + " MINIATURA_DELIVERY_NEGOTIATE=true, MINIATURA_DESTINATION="
                + variables(DELIVERY).get("MINIATURA_DESTINATION")
                + ", MINIATURA_KEY_TEMPLATE={key}.{spec}.{ext},"
                + " MINIATURA_LIMITS=source-bytes:100M,pixels:150M,time:10s,"
                + " MINIATURA_ON_DEMAND=on-demand/, MINIATURA_SOURCE="
                + variables(DELIVERY).get("MINIATURA_SOURCE")
                + ", MINIATURA_SPECS=small=fit:256x256;large=fit:1024x1024,"
                + " MINIATURA_STORAGE_CLASS=STANDARD}");
  }

  @Test
  void pipelinesFunction_removesWhatIsMadeOnRequest() {
    Resources resources = Resources.of(DELIVERY);
    assertThat(
            resources.property(
                resources.id(FUNCTION, "PipelineFunction"),
                "Environment",
                "Variables",
                "MINIATURA_ON_DEMAND"))
        .isEqualTo("on-demand/");
  }

  @Test
  void failures_areToldToThePipelinesTopic() {
    Resources resources = Resources.of(DELIVERY);
    String alarm = resources.id("AWS::CloudWatch::Alarm", "PipelineImagesFunctionFailures");
    assertThat(resources.property(alarm, "Threshold")).isEqualTo(5);
    assertThat(Resources.text(resources.property(alarm, "AlarmActions"))).isEqualTo("[{Alarms}]");
    assertThat(Resources.text(resources.property(alarm, "Metrics")))
        .contains("MetricName=Errors", "MetricName=Throttles", "MetricName=Invocations")
        .contains("Value={ImagesFunction}")
        .doesNotContain("Value={}");
  }

  @Test
  void cache_hasAnEntryForEachPath() {
    assertThat(policy(DELIVERY, "CachePolicy", "Cache", "CachePolicyConfig"))
        .contains("MinTTL=0", "DefaultTTL=3600")
        .contains("CookieBehavior=none", "HeaderBehavior=none", "QueryStringBehavior=none");
    assertThat(policy(DELIVERY, "OriginRequestPolicy", "Forwarded", "OriginRequestPolicyConfig"))
        .contains("HeaderBehavior=whitelist Headers=[Accept, miniatura-path]")
        .contains("CookieBehavior=none", "QueryStringBehavior=none");
  }

  @Test
  void signingKeys_areInAStoreAndNamedByTheTemplate() {
    Resources full = Resources.of(DELIVERY_FULL);
    String store = full.id("AWS::CloudFront::KeyValueStore", "PipelineImagesSigningKeys");
    assertThat(full.property(store, "ImportSource")).isNull();
    assertThat(
            Resources.text(
                full.property(
                    full.id("AWS::CloudFront::Function", "PipelineImagesEdge"), "FunctionConfig")))
        .contains("KeyValueStoreARN={ImagesSigningKeys.Arn}", "Runtime=cloudfront-js-2.0");
    assertThat(variables(DELIVERY_FULL).get("MINIATURA_DELIVERY_KEYS"))
        .isEqualTo(
            "{{resolve:secretsmanager:thumbnails/signing-keys:SecretString:::"
                + "01234567-89ab-cdef-0123-456789abcdef}}");
    assertThat(Synthesis.stack(DELIVERY_FULL).pipeline().delivery().orElseThrow().signingKeys())
        .isPresent();
    assertThat(Resources.of(DELIVERY).types()).doesNotContainKey("AWS::CloudFront::KeyValueStore");
    assertThat(variables(DELIVERY)).doesNotContainKey("MINIATURA_DELIVERY_KEYS");
  }

  @Test
  void negotiate_isTheSameAtTheEdgeAndInTheFunction() {
    assertThat(edge(DELIVERY))
        .containsPattern(
            "\"small\":\\{\"extension\":null,\"formats\":\\{\"webp\":\"[0-9a-f]{16}\"");
    assertThat(edge(DELIVERY_FULL)).contains("\"small\":{\"extension\":null,\"formats\":{}}");
    assertThat(variables(DELIVERY_FULL).get("MINIATURA_DELIVERY_NEGOTIATE")).isEqualTo("false");
  }

  @Test
  void prefixes_areTheSameAtTheEdgeAndInTheFunction() {
    assertThat(edge(DELIVERY)).contains("\"named\":\"\",\"onDemand\":\"on-demand/\"");
    assertThat(edge(DELIVERY_FULL))
        .contains("\"named\":\"thumbs/\",\"onDemand\":\"thumbs/on-demand/\"");
    assertThat(variables(DELIVERY_FULL).get("MINIATURA_STRICT")).isEqualTo("true");
  }

  @Test
  void maxAge_isThatOfCloudFrontAndOfBrowsers() {
    assertThat(policy(DELIVERY_FULL, "CachePolicy", "Cache", "CachePolicyConfig"))
        .contains("DefaultTTL=604800");
    assertThat(
            policy(
                DELIVERY_FULL, "ResponseHeadersPolicy", "Headers", "ResponseHeadersPolicyConfig"))
        .contains("Header=Cache-Control Override=false Value=public, max-age=604800")
        .contains("Header=Vary Override=false Value=Accept")
        .contains("ContentTypeOptions=Override=true");
    assertThat(variables(DELIVERY_FULL).get("MINIATURA_DELIVERY_MAX_AGE")).isEqualTo("604800");
  }

  @Test
  void errorMaxAge_isForWhatIsWrongWithTheRequestOnly() {
    assertThat(distribution(DELIVERY_FULL, "CustomErrorResponses"))
        .isEqualTo(
            "[ErrorCachingMinTTL=300 ErrorCode=400, ErrorCachingMinTTL=300 ErrorCode=403,"
                + " ErrorCachingMinTTL=300 ErrorCode=404, ErrorCachingMinTTL=300 ErrorCode=405,"
                + " ErrorCachingMinTTL=300 ErrorCode=414, ErrorCachingMinTTL=0 ErrorCode=500,"
                + " ErrorCachingMinTTL=0 ErrorCode=502, ErrorCachingMinTTL=0 ErrorCode=503,"
                + " ErrorCachingMinTTL=0 ErrorCode=504]");
    assertThat(distribution(DELIVERY, "CustomErrorResponses"))
        .contains("ErrorCachingMinTTL=10 ErrorCode=404");
    assertThat(variables(DELIVERY_FULL).get("MINIATURA_DELIVERY_ERROR_MAX_AGE")).isEqualTo("300");
  }

  @Test
  void cors_letsScriptsOfTheSiteRead() {
    assertThat(
            policy(
                DELIVERY_FULL, "ResponseHeadersPolicy", "Headers", "ResponseHeadersPolicyConfig"))
        .contains("AccessControlAllowOrigins=Items=[https://www.example.com]")
        .contains("AccessControlAllowMethods=Items=[GET, HEAD]");
    assertThat(distribution(DELIVERY_FULL, "DefaultCacheBehavior", "AllowedMethods"))
        .isEqualTo("[GET, HEAD, OPTIONS]");
    assertThat(variables(DELIVERY_FULL).get("MINIATURA_DELIVERY_CORS"))
        .isEqualTo("https://www.example.com");
    assertThat(distribution(DELIVERY, "DefaultCacheBehavior", "AllowedMethods"))
        .isEqualTo("[GET, HEAD]");
    assertThat(policy(DELIVERY, "ResponseHeadersPolicy", "Headers", "ResponseHeadersPolicyConfig"))
        .doesNotContain("Cors");
  }

  @Test
  void placeholder_isALayerOfTheFunction() {
    Resources full = Resources.of(DELIVERY_FULL);
    assertThat(Resources.text(full.property(full.id(FUNCTION, "PipelineImagesFunction"), "Layers")))
        .isEqualTo("[{ImagesFunctionPlaceholder}]");
    assertThat(variables(DELIVERY_FULL).get("MINIATURA_DELIVERY_PLACEHOLDER"))
        .isEqualTo("/opt/placeholder");
    Synthesis.template(DELIVERY).resourceCountIs("AWS::Lambda::LayerVersion", 0);
  }

  @Test
  void rateLimit_isAFirewallByAddress() {
    Resources full = Resources.of(DELIVERY_FULL);
    String firewall = full.id("AWS::WAFv2::WebACL", "PipelineImagesFirewall");
    assertThat(full.property(firewall, "Scope")).isEqualTo("CLOUDFRONT");
    assertThat(Resources.text(full.property(firewall, "Rules")))
        .contains("Action=Block=")
        .contains("RateBasedStatement=AggregateKeyType=IP Limit=3000");
    assertThat(distribution(DELIVERY_FULL, "WebACLId")).isEqualTo("{ImagesFirewall.Arn}");
    Synthesis.template(DELIVERY).resourceCountIs("AWS::WAFv2::WebACL", 0);
  }

  @Test
  void rateLimit_whereCloudFrontHasNoFirewalls_isRefused() {
    ThumbnailPipelineProps props =
        Synthesis.settings()
            .delivery(ThumbnailDeliveryProps.builder().rateLimit(100).build())
            .build();
    Stack elsewhere =
        new Stack(
            new App(),
            "Elsewhere",
            StackProps.builder().env(Environment.builder().region("eu-central-1").build()).build());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ThumbnailPipelineConstruct(elsewhere, "Pipeline", props))
        .withMessageStartingWith("rateLimit: ")
        .withMessageContaining("us-east-1");
  }

  @Test
  void originShield_isBeforeBothOrigins() {
    assertThat(distribution(DELIVERY_FULL, "Origins").split("OriginShieldRegion=us-east-1", -1))
        .hasSize(3);
    assertThat(distribution(DELIVERY, "Origins")).doesNotContain("OriginShield");
  }

  @Test
  void domainNames_areServedWithTheirCertificate() {
    assertThat(distribution(DELIVERY_FULL, "Aliases"))
        .isEqualTo("[img.example.com, img2.example.com]");
    assertThat(distribution(DELIVERY_FULL, "ViewerCertificate"))
        .contains("AcmCertificateArn=arn:aws:acm:us-east-1:123456789012:certificate/11111111")
        .contains("MinimumProtocolVersion=TLSv1.2_2021");
    assertThat(Synthesis.stack(DELIVERY_FULL).pipeline().delivery().orElseThrow().url())
        .isEqualTo("https://img.example.com");
    assertThat(distribution(DELIVERY, "Aliases")).isEqualTo("null");
  }

  @Test
  void accessLogs_goWhereTheyAreAskedFor() {
    assertThat(distribution(DELIVERY_FULL, "Logging"))
        .isEqualTo("Bucket=logs-with-acls.s3.us-east-1.amazonaws.com Prefix=access/delivery/");
    assertThat(distribution(DELIVERY, "Logging")).isEqualTo("null");
  }

  @Test
  void functionsBounds_areThoseAskedFor() {
    Resources full = Resources.of(DELIVERY_FULL);
    String function = full.id(FUNCTION, "PipelineImagesFunction");
    assertThat(full.property(function, "MemorySize")).isEqualTo(2048);
    assertThat(full.property(function, "Timeout")).isEqualTo(12);
    assertThat(full.property(function, "ReservedConcurrentExecutions")).isEqualTo(7);
    assertThat(full.property(function, "VpcConfig")).isNotNull();
    assertThat(distribution(DELIVERY_FULL, "Origins")).contains("OriginReadTimeout=17");
    assertThat(variables(DELIVERY_FULL).get("MINIATURA_LIMITS")).isEqualTo("pixels:50M,time:5s");
    assertThat(variables(DELIVERY_FULL).keySet())
        .doesNotContain("MINIATURA_MAX_PIXELS", "MINIATURA_MAX_BYTES", "MINIATURA_CATALOG_TABLE");
  }

  @Test
  void webAclArn_isPutInFront_andBucketsThatAreThereAlreadyAreUpToTheirOwners() {
    App app = new App();
    Stack stack = new Stack(app, "Own");
    ThumbnailPipelineConstruct pipeline =
        new ThumbnailPipelineConstruct(
            stack,
            "Pipeline",
            Synthesis.settings()
                .destinationBucket("thumbs")
                .kmsKeyArn(Synthesis.KEY_ARN)
                .keyTemplate("{spec}/{key}.{ext}")
                .build());
    String firewall = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/a/1";
    new ThumbnailDelivery(
        stack, "Images", pipeline, ThumbnailDeliveryProps.builder().webAclArn(firewall).build());

    Template template = Template.fromStack(stack);

    template.hasResourceProperties(
        DISTRIBUTION,
        Match.objectLike(
            Map.of("DistributionConfig", Match.objectLike(Map.of("WebACLId", firewall)))));
    template.resourcePropertiesCountIs(
        "AWS::S3::BucketPolicy", Match.objectLike(Map.of("Bucket", "thumbs")), 0);
    template.hasResourceProperties(
        "AWS::IAM::Policy",
        Match.objectLike(
            Map.of(
                "PolicyName",
                Match.stringLikeRegexp("^ImagesFunctionRole"),
                "PolicyDocument",
                Match.objectLike(
                    Map.of(
                        "Statement",
                        Match.arrayWith(
                            List.of(
                                Match.objectLike(
                                    Map.of(
                                        "Action",
                                        List.of("kms:Decrypt", "kms:GenerateDataKey"),
                                        "Resource",
                                        Synthesis.KEY_ARN)))))))));
    assertThat(String.valueOf(template.findResources("AWS::CloudFront::Function")))
        .as("keys by another template are not guessed at the edge")
        .contains("\"named\":null");
  }
}
