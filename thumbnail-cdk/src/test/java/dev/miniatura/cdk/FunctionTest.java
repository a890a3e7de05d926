package dev.miniatura.cdk;

import static dev.miniatura.cdk.Synthesis.Kind.DEFAULT;
import static dev.miniatura.cdk.Synthesis.Kind.EXISTING;
import static dev.miniatura.cdk.Synthesis.Kind.EXISTING_EVENTS;
import static dev.miniatura.cdk.Synthesis.Kind.FILTERED;
import static dev.miniatura.cdk.Synthesis.Kind.FULL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awscdk.assertions.Match;

class FunctionTest {

  private static final String FUNCTION = "AWS::Lambda::Function";
  private static final String LOGS = "Allow logs:CreateLogStream, logs:PutLogEvents on {Logs.Arn}";
  private static final String CONSUME =
      "Allow sqs:ChangeMessageVisibility, sqs:DeleteMessage, sqs:GetQueueAttributes,"
          + " sqs:GetQueueUrl, sqs:ReceiveMessage on {Queue.Arn}";

  @Test
  void function_isTheBundleOnGravitonFromASnapshot() {
    Synthesis.template(DEFAULT)
        .hasResourceProperties(
            FUNCTION,
            Match.objectLike(
                Map.of(
                    "Handler",
                    "dev.miniatura.lambda.ThumbnailHandler::handleRequest",
                    "Runtime",
                    "java25",
                    "Architectures",
                    List.of("arm64"),
                    "MemorySize",
                    1769,
                    "Timeout",
                    60,
                    "SnapStart",
                    Map.of("ApplyOn", "PublishedVersions"),
                    "ReservedConcurrentExecutions",
                    Match.absent(),
                    "VpcConfig",
                    Match.absent())));
  }

  @Test
  void function_isAsItIsAskedFor() {
    Synthesis.template(EXISTING)
        .hasResourceProperties(
            FUNCTION,
            Match.objectLike(
                Map.of(
                    "Handler",
                    "dev.miniatura.lambda.ThumbnailHandler::handleRequest",
                    "Runtime",
                    "java21",
                    "Architectures",
                    List.of("x86_64"),
                    "SnapStart",
                    Match.absent())));
    Synthesis.template(FULL)
        .hasResourceProperties(
            FUNCTION, Match.objectLike(Map.of("ReservedConcurrentExecutions", 50)));
  }

  @Test
  void environment_isWhatTheFunctionReads() {
    assertThat(environment(DEFAULT))
        .isEqualTo(
            "JAVA_TOOL_OPTIONS=-XX:TieredStopAtLevel=1 MINIATURA_BUCKET_OWNER={AWS::AccountId}"
                + " MINIATURA_DESTINATION=s3://{Destination}/"
                + " MINIATURA_KEY_TEMPLATE={key}.{spec}.{ext}"
                + " MINIATURA_SOURCE=s3://{Source}/"
                + " MINIATURA_SPECS=small=fit:256x256;large=fit:1024x1024"
                + " MINIATURA_STORAGE_CLASS=STANDARD");
    assertThat(environment(FULL))
        .isEqualTo(
            "JAVA_TOOL_OPTIONS=-XX:TieredStopAtLevel=1 MINIATURA_BUCKET_OWNER={AWS::AccountId}"
                + " MINIATURA_CACHE_CONTROL=public, max-age=86400"
                + " MINIATURA_CATALOG_TABLE={Catalog}"
                + " MINIATURA_CATALOG_TTL_DAYS=365"
                + " MINIATURA_DESTINATION=s3://{Destination}/thumbs/"
                + " MINIATURA_KEY_TEMPLATE={key}.{spec}.{ext}"
                + " MINIATURA_KMS_KEY="
                + Synthesis.KEY_ARN
                + " MINIATURA_LIMITS=frames:100,time:20s"
                + " MINIATURA_MAX_BYTES=50000000"
                + " MINIATURA_MAX_PIXELS=100000000"
                + " MINIATURA_SOURCE=s3://{Source}/photos/"
                + " MINIATURA_SPECS=small=fit:256x256;large=fit:1024x1024"
                + " MINIATURA_STORAGE_CLASS=INTELLIGENT_TIERING"
                + " MINIATURA_STRICT=true");
    assertThat(environment(EXISTING))
        .contains("MINIATURA_SOURCE=s3://holiday-photos/photos/")
        .contains("MINIATURA_DESTINATION=s3://holiday-photos/thumbs/");
  }

  @Test
  void environment_allowsOverwritingOnlyIfAskedFor() {
    assertThat(environment(EXISTING_EVENTS)).contains(" MINIATURA_HTTP_OVERWRITE=true ");
    assertThat(environment(FULL)).doesNotContain("OVERWRITE");
  }

  @ParameterizedTest
  @EnumSource
  void versions_areKeptToGoBackTo(Synthesis.Kind kind) {
    Synthesis.template(kind)
        .allResources(
            "AWS::Lambda::Version",
            Map.of("DeletionPolicy", "Retain", "UpdateReplacePolicy", "Retain"));
  }

  @Test
  void newVersion_getsItsWorkLittleByLittleIfAskedFor() {
    Synthesis.template(DEFAULT).resourceCountIs("AWS::CodeDeploy::DeploymentGroup", 0);
    Synthesis.template(FULL)
        .hasResourceProperties(
            "AWS::CodeDeploy::DeploymentGroup",
            Match.objectLike(
                Map.of(
                    "DeploymentConfigName",
                    "CodeDeployDefault.LambdaCanary10Percent5Minutes",
                    "AutoRollbackConfiguration",
                    Match.objectLike(
                        Map.of(
                            "Enabled",
                            true,
                            "Events",
                            Match.arrayWith(List.of("DEPLOYMENT_STOP_ON_ALARM")))))));
    Resources resources = Resources.of(FULL);
    String alarm = resources.id("AWS::CloudWatch::Alarm", "PipelineRollout");
    assertThat(Resources.text(resources.property(alarm, "Dimensions"))).contains("live");
    Synthesis.template(FULL)
        .hasResource(
            "AWS::Lambda::Alias",
            Match.objectLike(
                Map.of(
                    "UpdatePolicy",
                    Match.objectLike(Map.of("CodeDeployLambdaAliasUpdate", Match.anyValue())))));
  }

  private static String environment(Synthesis.Kind kind) {
    Resources resources = Resources.of(kind);
    return Resources.text(
        resources.property(resources.id(FUNCTION, "PipelineFunction"), "Environment", "Variables"));
  }

  @Test
  void role_mayDoThisAndNoMore() {
    assertThat(permissions(DEFAULT))
        .containsExactlyInAnyOrder(
            LOGS,
            CONSUME,
            "Allow s3:GetObject on {Source.Arn}/*",
            "Allow s3:DeleteObject, s3:GetObject, s3:PutObject on {Destination.Arn}/*",
            "Allow s3:ListBucket on {Destination.Arn}, {Source.Arn}");
  }

  @Test
  void role_mayReadAndWriteOnlyBelowThePrefixes() {
    assertThat(permissions(EXISTING))
        .containsExactlyInAnyOrder(
            LOGS,
            CONSUME,
            "Allow s3:GetObject on arn:{AWS::Partition}:s3:::holiday-photos/photos/*",
            "Allow s3:DeleteObject, s3:GetObject, s3:PutObject on"
                + " arn:{AWS::Partition}:s3:::holiday-photos/thumbs/*",
            "Allow s3:ListBucket on arn:{AWS::Partition}:s3:::holiday-photos");
  }

  @Test
  void role_mayDoMoreForCatalogKeyNetworkAndUploads() {
    assertThat(permissions(FULL))
        .containsExactlyInAnyOrder(
            LOGS,
            CONSUME,
            "Allow s3:GetObject, s3:PutObject on {Source.Arn}/photos/*",
            "Allow s3:DeleteObject, s3:GetObject, s3:PutObject on {Destination.Arn}/thumbs/*",
            "Allow s3:ListBucket on {Destination.Arn}, {Source.Arn}",
            "Allow dynamodb:DeleteItem, dynamodb:PutItem, dynamodb:UpdateItem on"
                + " {Catalog.Arn}",
            "Allow kms:Decrypt, kms:DescribeKey, kms:Encrypt, kms:GenerateDataKey,"
                + " kms:ReEncryptFrom, kms:ReEncryptTo on "
                + Synthesis.KEY_ARN,
            "Allow ec2:AssignPrivateIpAddresses, ec2:CreateNetworkInterface,"
                + " ec2:DeleteNetworkInterface, ec2:DescribeNetworkInterfaces,"
                + " ec2:DescribeSubnets, ec2:UnassignPrivateIpAddresses on *");
    assertThat(permissions(FILTERED)).noneMatch(each -> each.contains("kms:"));
    assertThat(permissions(EXISTING_EVENTS))
        .contains("Allow s3:GetObject, s3:PutObject on arn:{AWS::Partition}:s3:::holiday-photos/*");
  }

  private static List<String> permissions(Synthesis.Kind kind) {
    return Resources.of(kind).policy("AWS::IAM::Policy", "PipelineFunctionRole");
  }

  @ParameterizedTest
  @EnumSource
  void role_hasNoManagedPolicy(Synthesis.Kind kind) {
    Resources resources = Resources.of(kind);
    String role = resources.id("AWS::IAM::Role", "PipelineFunctionRole");
    assertThat(resources.property(role, "ManagedPolicyArns")).isNull();
    assertThat(Resources.text(resources.property(role, "AssumeRolePolicyDocument")))
        .contains("Principal=Service=lambda.amazonaws.com");
  }

  @ParameterizedTest
  @EnumSource
  void queue_callsTheAliasOfThePublishedVersion(Synthesis.Kind kind) {
    Resources resources = Resources.of(kind);
    String alias = resources.id("AWS::Lambda::Alias", "PipelineFunctionLive");
    assertThat(resources.property(alias, "Name")).isEqualTo("live");
    assertThat(Resources.text(resources.property(alias, "FunctionVersion")))
        .startsWith("{CurrentVersion")
        .endsWith(".Version}");
    String mapping = resources.id("AWS::Lambda::EventSourceMapping", "PipelineFunctionLive");
    assertThat(Resources.text(resources.property(mapping, "FunctionName")))
        .contains("{Live}")
        .endsWith(":live");
    assertThat(resources.property(mapping, "FunctionResponseTypes"))
        .isEqualTo(List.of("ReportBatchItemFailures"));
    assertThat(Resources.text(resources.property(mapping, "EventSourceArn")))
        .isEqualTo("{Queue.Arn}");
    assertThat(Resources.text(resources.property(mapping, "ScalingConfig")))
        .isEqualTo("MaximumConcurrency=20");
    assertThat(resources.property(mapping, "BatchSize")).isEqualTo(kind == FULL ? 20 : 10);
    assertThat(resources.property(mapping, "MaximumBatchingWindowInSeconds"))
        .isEqualTo(kind == FULL ? 5 : 0);
  }
}
