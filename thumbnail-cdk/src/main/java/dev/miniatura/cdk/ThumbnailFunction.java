package dev.miniatura.cdk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.VersionOptions;
import software.amazon.awscdk.services.lambda.eventsources.SqsEventSource;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** The function, what it may do, and the alias under which everything calls it. */
final class ThumbnailFunction extends Construct {

  static final List<String> CATALOG_ACTIONS =
      List.of("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem");

  private static final List<String> OBJECT_KEY_ACTIONS =
      List.of("kms:Decrypt", "kms:GenerateDataKey");

  /** DynamoDB uses the key in the caller's name. */
  private static final List<String> CATALOG_KEY_ACTIONS =
      List.of(
          "kms:Decrypt",
          "kms:DescribeKey",
          "kms:Encrypt",
          "kms:GenerateDataKey",
          "kms:ReEncryptFrom",
          "kms:ReEncryptTo");

  private static final String HANDLER = "dev.miniatura.lambda.ThumbnailHandler::handleRequest";

  private static final String JVM_OPTIONS = "-XX:TieredStopAtLevel=1";

  final LogGroup logs;
  final Role role;
  final Function function;
  final Alias alias;

  ThumbnailFunction(
      Construct scope,
      ThumbnailPipelineProps props,
      Storage storage,
      Delivery delivery,
      Optional<Network> network) {
    super(scope, "Function");
    logs =
        LogGroup.Builder.create(this, "Logs")
            .retention(props.logRetention)
            .removalPolicy(props.removalPolicy)
            .build();
    role =
        Role.Builder.create(this, "Role")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .description("What the thumbnail function may do")
            .build();
    permissions(props, storage, network.isPresent());
    Function.Builder builder =
        Function.Builder.create(this, "Function")
            .description("Makes the thumbnails of images")
            .runtime(
                props.javaVersion == ThumbnailPipelineProps.JavaVersion.JAVA_25
                    ? Runtime.JAVA_25
                    : Runtime.JAVA_21)
            .architecture(
                props.architecture == ThumbnailPipelineProps.Architecture.ARM_64
                    ? Architecture.ARM_64
                    : Architecture.X86_64)
            .code(Code.fromAsset(props.code.toString()))
            .handler(HANDLER)
            .memorySize(props.memory)
            .timeout(Duration.seconds(props.timeout.toSeconds()))
            .role(role)
            .logGroup(logs)
            .environment(environment(props, storage))
            // Old versions stay, so that the alias can go back to them.
            .currentVersionOptions(
                VersionOptions.builder().removalPolicy(RemovalPolicy.RETAIN).build());
    if (props.snapStart) {
      builder.snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS);
    }
    if (props.reservedConcurrency.isPresent()) {
      builder.reservedConcurrentExecutions(props.reservedConcurrency.getAsInt());
    }
    network.ifPresent(
        place ->
            builder
                .vpc(place.vpc)
                .vpcSubnets(
                    SubnetSelection.builder().subnetType(SubnetType.PRIVATE_ISOLATED).build())
                .securityGroups(List.of(place.securityGroup)));
    function = builder.build();
    // There is a version, and everything calls it.
    Annotations.of(function).acknowledgeWarning("@aws-cdk/aws-lambda:snapStartRequirePublish");
    if (props.javaVersion != ThumbnailPipelineProps.JavaVersion.JAVA_25) {
      Nag.accept(function, "L1", "An older runtime was asked for.");
    }
    alias =
        Alias.Builder.create(this, "Live")
            .aliasName("live")
            .version(function.getCurrentVersion())
            .build();
    alias.addEventSource(
        SqsEventSource.Builder.create(delivery.queue)
            .batchSize(props.batchSize)
            .maxBatchingWindow(Duration.seconds(props.batchWindow.toSeconds()))
            .maxConcurrency(props.maxConcurrency)
            .reportBatchItemFailures(true)
            .build());
    Nag.accept(
        role,
        "IAM5",
        "What stands before each wildcard is a bucket and the prefix of its images or thumbnails,"
            + " or the function's own log group"
            + (props.vpc
                ? "; network interfaces, which Lambda makes for a function in a network, have no"
                    + " names before they are there, and descriptions of them cannot be limited."
                : "."));
  }

  private static Map<String, String> environment(ThumbnailPipelineProps props, Storage storage) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("SOURCE", "s3://" + storage.source.getBucketName() + "/" + props.sourcePrefix);
    variables.put(
        "DESTINATION",
        "s3://" + storage.destination.getBucketName() + "/" + props.destinationPrefix);
    variables.put("SPECS", props.specs);
    if (props.strict) {
      variables.put("STRICT", "true");
    }
    variables.put("KEY_TEMPLATE", props.keyTemplate);
    // A bucket of the same name that somebody else made is never read or written.
    variables.put("BUCKET_OWNER", Aws.ACCOUNT_ID);
    variables.put("STORAGE_CLASS", props.storageClass.name());
    props.cacheControl.ifPresent(value -> variables.put("CACHE_CONTROL", value));
    props.limits.ifPresent(value -> variables.put("LIMITS", value));
    props.maxPixels.ifPresent(value -> variables.put("MAX_PIXELS", String.valueOf(value)));
    props.maxBytes.ifPresent(value -> variables.put("MAX_BYTES", String.valueOf(value)));
    if (props.httpOverwrite) {
      variables.put("HTTP_OVERWRITE", "true");
    }
    props.kmsKeyArn.ifPresent(value -> variables.put("KMS_KEY", value));
    storage.catalog.ifPresent(table -> variables.put("CATALOG_TABLE", table.getTableName()));
    props.catalogTtlDays.ifPresent(
        value -> variables.put("CATALOG_TTL_DAYS", String.valueOf(value)));
    Map<String, String> environment = new LinkedHashMap<>();
    variables.forEach((name, value) -> environment.put("MINIATURA_" + name, value));
    environment.put("JAVA_TOOL_OPTIONS", JVM_OPTIONS);
    return environment;
  }

  private void permissions(ThumbnailPipelineProps props, Storage storage, boolean network) {
    allow(List.of("logs:CreateLogStream", "logs:PutLogEvents"), List.of(logs.getLogGroupArn()));
    allow(
        props.http ? List.of("s3:GetObject", "s3:PutObject") : List.of("s3:GetObject"),
        List.of(storage.source.arnForObjects(props.sourcePrefix + "*")));
    allow(
        List.of("s3:GetObject", "s3:PutObject", "s3:DeleteObject"),
        List.of(storage.destination.arnForObjects(props.destinationPrefix + "*")));
    // Nothing is listed, but without this S3 does not tell "not there" from "not allowed".
    allow(
        List.of("s3:ListBucket"),
        Stream.of(storage.source, storage.destination)
            .map(bucket -> bucket.getBucketArn())
            .distinct()
            .toList());
    storage.key.ifPresent(
        key ->
            allow(
                storage.catalog.isPresent() ? CATALOG_KEY_ACTIONS : OBJECT_KEY_ACTIONS,
                List.of(key.getKeyArn())));
    storage.catalog.ifPresent(table -> allow(CATALOG_ACTIONS, List.of(table.getTableArn())));
    if (network) {
      allow(
          List.of(
              "ec2:CreateNetworkInterface",
              "ec2:DescribeNetworkInterfaces",
              "ec2:DescribeSubnets",
              "ec2:DeleteNetworkInterface",
              "ec2:AssignPrivateIpAddresses",
              "ec2:UnassignPrivateIpAddresses"),
          List.of("*"));
    }
  }

  private void allow(List<String> actions, List<String> resources) {
    role.addToPolicy(
        PolicyStatement.Builder.create().actions(actions).resources(resources).build());
  }
}
