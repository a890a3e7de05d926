package dev.miniatura.cdk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
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

/** The function, its permissions, and the alias through which everything calls it. */
final class ThumbnailFunction extends Construct {

  static final List<String> CATALOG_ACTIONS =
      List.of("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem");

  static final List<String> OBJECT_KEY_ACTIONS = List.of("kms:Decrypt", "kms:GenerateDataKey");

  /** DynamoDB uses the key on behalf of the caller. */
  private static final List<String> CATALOG_KEY_ACTIONS =
      List.of(
          "kms:Decrypt",
          "kms:DescribeKey",
          "kms:Encrypt",
          "kms:GenerateDataKey",
          "kms:ReEncryptFrom",
          "kms:ReEncryptTo");

  /** The prefix of images that clients upload with a form. */
  private static final String UPLOADS = "uploads/";

  private static final String BUS = "default";

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
    role = role(this, "Permissions of the thumbnail function");
    permissions(props, storage, network.isPresent());
    Function.Builder builder =
        bundled(this, props, network)
            .description("Makes the thumbnails of images")
            .handler(HANDLER)
            .memorySize(props.memory)
            .timeout(Duration.seconds(props.timeout.toSeconds()))
            .role(role)
            .logGroup(logs)
            .environment(environment(props, storage));
    if (props.reservedConcurrency.isPresent()) {
      builder.reservedConcurrentExecutions(props.reservedConcurrency.getAsInt());
    }
    function = builder.build();
    alias = live(this, function, props);
    alias.addEventSource(
        SqsEventSource.Builder.create(delivery.queue)
            .batchSize(props.batchSize)
            .maxBatchingWindow(Duration.seconds(props.batchWindow.toSeconds()))
            .maxConcurrency(props.maxConcurrency)
            .reportBatchItemFailures(true)
            .build());
    new Permissions(role).explain(network.isPresent());
  }

  static Role role(Construct scope, String description) {
    return Role.Builder.create(scope, "Role")
        .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
        .description(description)
        .build();
  }

  /** Returns a function of the bundle, which is yet to be given its handler and its size. */
  static Function.Builder bundled(
      Construct scope, ThumbnailPipelineProps props, Optional<Network> network) {
    Function.Builder builder =
        Function.Builder.create(scope, "Function")
            .runtime(
                props.javaVersion == ThumbnailPipelineProps.JavaVersion.JAVA_25
                    ? Runtime.JAVA_25
                    : Runtime.JAVA_21)
            .architecture(
                props.architecture == ThumbnailPipelineProps.Architecture.ARM_64
                    ? Architecture.ARM_64
                    : Architecture.X86_64)
            .code(Code.fromAsset(props.code.toString()))
            // Old versions are kept, so that the alias can go back to them.
            .currentVersionOptions(
                VersionOptions.builder().removalPolicy(RemovalPolicy.RETAIN).build());
    if (props.snapStart) {
      builder.snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS);
    }
    network.ifPresent(
        place ->
            builder
                .vpc(place.vpc)
                .vpcSubnets(
                    SubnetSelection.builder().subnetType(SubnetType.PRIVATE_ISOLATED).build())
                .securityGroups(List.of(place.securityGroup)));
    return builder;
  }

  /** Returns the alias under which everything calls a function. */
  static Alias live(Construct scope, Function function, ThumbnailPipelineProps props) {
    // There is a version, and everything calls that.
    Annotations.of(function).acknowledgeWarning("@aws-cdk/aws-lambda:snapStartRequirePublish");
    if (props.javaVersion != ThumbnailPipelineProps.JavaVersion.JAVA_25) {
      Nag.accept(function, "L1", "An older runtime was requested.");
    }
    return Alias.Builder.create(scope, "Live")
        .aliasName("live")
        .version(function.getCurrentVersion())
        .build();
  }

  /** Returns the variables of both functions: this one, and the one behind CloudFront. */
  static Map<String, String> sharedEnvironment(ThumbnailPipelineProps props, Storage storage) {
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
    // A bucket of the same name in another account is never read or written.
    variables.put("BUCKET_OWNER", Aws.ACCOUNT_ID);
    variables.put("STORAGE_CLASS", props.storageClass.name());
    props.cacheControl.ifPresent(value -> variables.put("CACHE_CONTROL", value));
    props.kmsKeyArn.ifPresent(value -> variables.put("KMS_KEY", value));
    Map<String, String> environment = prefixed(variables);
    environment.put("JAVA_TOOL_OPTIONS", JVM_OPTIONS);
    return environment;
  }

  private static Map<String, String> environment(ThumbnailPipelineProps props, Storage storage) {
    Map<String, String> variables = new LinkedHashMap<>();
    props.limits.ifPresent(value -> variables.put("LIMITS", value));
    props.maxPixels.ifPresent(value -> variables.put("MAX_PIXELS", String.valueOf(value)));
    props.maxBytes.ifPresent(value -> variables.put("MAX_BYTES", String.valueOf(value)));
    if (props.httpOverwrite) {
      variables.put("HTTP_OVERWRITE", "true");
    }
    if (props.uploads) {
      variables.put("UPLOADS", UPLOADS);
    }
    props.uploadMinutes.ifPresent(value -> variables.put("UPLOAD_MINUTES", String.valueOf(value)));
    if (props.events) {
      variables.put("EVENT_BUS", BUS);
    }
    storage.catalog.ifPresent(table -> variables.put("CATALOG_TABLE", table.getTableName()));
    props.catalogTtlDays.ifPresent(
        value -> variables.put("CATALOG_TTL_DAYS", String.valueOf(value)));
    Map<String, String> environment = sharedEnvironment(props, storage);
    environment.putAll(prefixed(variables));
    return environment;
  }

  private static Map<String, String> prefixed(Map<String, String> variables) {
    Map<String, String> prefixed = new LinkedHashMap<>();
    variables.forEach((name, value) -> prefixed.put("MINIATURA_" + name, value));
    return prefixed;
  }

  private void permissions(ThumbnailPipelineProps props, Storage storage, boolean network) {
    Permissions permissions = new Permissions(role);
    permissions.logs(logs);
    permissions.images(
        props,
        storage,
        props.http ? List.of("s3:GetObject", "s3:PutObject") : List.of("s3:GetObject"));
    storage.key.ifPresent(
        key ->
            permissions.allow(
                storage.catalog.isPresent() ? CATALOG_KEY_ACTIONS : OBJECT_KEY_ACTIONS,
                key.getKeyArn()));
    storage.catalog.ifPresent(table -> permissions.allow(CATALOG_ACTIONS, table.getTableArn()));
    if (props.uploads) {
      storage.catalog.ifPresent(
          table -> permissions.allow(List.of("dynamodb:Query"), table.getTableArn()));
    }
    if (props.events) {
      permissions.allow(
          List.of("events:PutEvents"),
          Stack.of(this)
              .formatArn(
                  ArnComponents.builder()
                      .service("events")
                      .resource("event-bus")
                      .resourceName(BUS)
                      .build()));
    }
    if (network) {
      permissions.network();
    }
  }

  /** What a function may do, added to its role. */
  record Permissions(Role role) {

    void allow(List<String> actions, String... resources) {
      role.addToPolicy(
          PolicyStatement.Builder.create().actions(actions).resources(List.of(resources)).build());
    }

    void logs(LogGroup logs) {
      allow(List.of("logs:CreateLogStream", "logs:PutLogEvents"), logs.getLogGroupArn());
    }

    void images(ThumbnailPipelineProps props, Storage storage, List<String> ofSources) {
      allow(ofSources, storage.source.arnForObjects(props.sourcePrefix + "*"));
      allow(
          List.of("s3:GetObject", "s3:PutObject", "s3:DeleteObject"),
          storage.destination.arnForObjects(props.destinationPrefix + "*"));
      // Without this S3 does not tell "not there" from "not allowed".
      allow(
          List.of("s3:ListBucket"),
          Stream.of(storage.source, storage.destination)
              .map(bucket -> bucket.getBucketArn())
              .distinct()
              .toArray(String[]::new));
    }

    void network() {
      allow(
          List.of(
              "ec2:CreateNetworkInterface",
              "ec2:DescribeNetworkInterfaces",
              "ec2:DescribeSubnets",
              "ec2:DeleteNetworkInterface",
              "ec2:AssignPrivateIpAddresses",
              "ec2:UnassignPrivateIpAddresses"),
          "*");
    }

    /** Says why there are wildcards; last, when the role has its policy. */
    void explain(boolean network) {
      Nag.accept(
          role,
          "IAM5",
          "What stands before each wildcard is a bucket and the prefix of its images or thumbnails,"
              + " or the function's own log group"
              + (network
                  ? "; network interfaces, which Lambda makes for a function in a network, have no"
                      + " names before they are there, and descriptions of them cannot be limited."
                  : "."));
    }
  }
}
