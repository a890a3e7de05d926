package dev.miniatura.cdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.SecretValue;
import software.amazon.awscdk.SecretsManagerSecretOptions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.FunctionUrl;
import software.amazon.awscdk.services.lambda.FunctionUrlAuthType;
import software.amazon.awscdk.services.lambda.FunctionUrlOptions;
import software.amazon.awscdk.services.lambda.LayerVersion;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** The function that makes missing thumbnails, and the URL at which CloudFront calls it. */
final class DeliveryFunction extends Construct {

  /** The prefix of thumbnails made on request, below the pipeline's prefix. */
  static final String ON_DEMAND = "on-demand/";

  private static final String HANDLER = "dev.miniatura.lambda.DeliveryHandler::handleRequest";

  private static final String PLACEHOLDER = "placeholder";

  final Alias alias;
  final FunctionUrl url;

  DeliveryFunction(
      Construct scope, ThumbnailPipelineConstruct pipeline, ThumbnailDeliveryProps props) {
    super(scope, "Function");
    LogGroup logs =
        LogGroup.Builder.create(this, "Logs")
            .retention(pipeline.props.logRetention)
            .removalPolicy(pipeline.props.removalPolicy)
            .build();
    Role role = ThumbnailFunction.role(this, "Permissions of the function behind CloudFront");
    var permissions = new ThumbnailFunction.Permissions(role);
    permissions.logs(logs);
    permissions.images(pipeline.props, pipeline.storage, List.of("s3:GetObject"));
    pipeline.storage.key.ifPresent(
        key -> permissions.allow(ThumbnailFunction.OBJECT_KEY_ACTIONS, key.getKeyArn()));
    if (pipeline.network.isPresent()) {
      permissions.network();
    }
    permissions.explain(pipeline.network.isPresent());
    Function.Builder builder =
        ThumbnailFunction.bundled(this, pipeline.props, pipeline.network)
            .description("Makes thumbnails on request")
            .handler(HANDLER)
            .memorySize(props.memory)
            .timeout(Duration.seconds(props.timeout.toSeconds()))
            .reservedConcurrentExecutions(props.reservedConcurrency)
            .role(role)
            .logGroup(logs)
            .environment(environment(pipeline, props));
    props.placeholder.ifPresent(
        picture ->
            builder.layers(
                List.of(
                    LayerVersion.Builder.create(this, "Placeholder")
                        .description("The picture in place of those that cannot be shown")
                        .code(Code.fromAsset(folder(picture).toString()))
                        .build())));
    Function function = builder.build();
    alias = ThumbnailFunction.live(this, function, pipeline.props);
    pipeline.monitoring.delivery(this, pipeline.props.alarms, function);
    url =
        alias.addFunctionUrl(
            FunctionUrlOptions.builder().authType(FunctionUrlAuthType.AWS_IAM).build());
    // Thumbnails made on request are removed when their image changes.
    pipeline.function.function.addEnvironment("MINIATURA_ON_DEMAND", ON_DEMAND);
  }

  private static Map<String, String> environment(
      ThumbnailPipelineConstruct pipeline, ThumbnailDeliveryProps props) {
    Map<String, String> variables =
        ThumbnailFunction.sharedEnvironment(pipeline.props, pipeline.storage);
    variables.put("MINIATURA_LIMITS", props.limits);
    variables.put("MINIATURA_ON_DEMAND", ON_DEMAND);
    variables.put("MINIATURA_DELIVERY_NEGOTIATE", String.valueOf(props.negotiate));
    variables.put("MINIATURA_DELIVERY_MAX_AGE", String.valueOf(props.maxAge.toSeconds()));
    variables.put(
        "MINIATURA_DELIVERY_ERROR_MAX_AGE", String.valueOf(props.errorMaxAge.toSeconds()));
    props.cors.ifPresent(origin -> variables.put("MINIATURA_DELIVERY_CORS", origin));
    props.placeholder.ifPresent(
        file -> variables.put("MINIATURA_DELIVERY_PLACEHOLDER", "/opt/" + PLACEHOLDER));
    props.signingKeys.ifPresent(
        secret -> variables.put("MINIATURA_DELIVERY_KEYS", reference(secret, props)));
    return variables;
  }

  /** Returns a reference to the secret: the template names it, and CloudFormation looks it up. */
  private static String reference(String secret, ThumbnailDeliveryProps props) {
    var options = SecretsManagerSecretOptions.builder();
    props.signingKeysVersion.ifPresent(options::versionId);
    return SecretValue.secretsManager(secret, options.build()).unsafeUnwrap();
  }

  /** Returns a folder that contains only the picture, since layers are made from folders. */
  private static Path folder(Path picture) {
    try {
      Path folder = Files.createTempDirectory("miniatura-layer");
      folder.toFile().deleteOnExit();
      Path copy = Files.copy(picture, folder.resolve(PLACEHOLDER));
      copy.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
