package dev.miniatura.cdk;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.aws_apigatewayv2_authorizers.HttpIamAuthorizer;
import software.amazon.awscdk.aws_apigatewayv2_authorizers.HttpJwtAuthorizer;
import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpLambdaIntegration;
import software.amazon.awscdk.services.apigatewayv2.AddRoutesOptions;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.apigatewayv2.CorsHttpMethod;
import software.amazon.awscdk.services.apigatewayv2.CorsPreflightOptions;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpMethod;
import software.amazon.awscdk.services.apigatewayv2.HttpStage;
import software.amazon.awscdk.services.apigatewayv2.IHttpRouteAuthorizer;
import software.amazon.awscdk.services.apigatewayv2.ThrottleSettings;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** An HTTP API: callers post an image, which is stored, and get the keys of its thumbnails. */
final class HttpEntrance extends Construct {

  private static final String FORMAT =
      "{\"requestId\":\"$context.requestId\",\"time\":\"$context.requestTime\","
          + "\"ip\":\"$context.identity.sourceIp\",\"caller\":\"$context.identity.userArn\","
          + "\"method\":\"$context.httpMethod\",\"path\":\"$context.path\","
          + "\"status\":\"$context.status\",\"bytes\":\"$context.responseLength\","
          + "\"error\":\"$context.integrationErrorMessage\"}";

  /** Headers of requests from pages that are signed or carry a token. */
  private static final List<String> CORS_HEADERS =
      List.of(
          "authorization",
          "content-type",
          "x-amz-content-sha256",
          "x-amz-date",
          "x-amz-security-token");

  private static final int CORS_HOURS = 1;

  final HttpApi api;

  HttpEntrance(Construct scope, ThumbnailPipelineProps props, IFunction function) {
    super(scope, "Http");
    HttpApi.Builder builder =
        HttpApi.Builder.create(this, "Api")
            .description("Stores images that are posted, and makes their thumbnails")
            .createDefaultStage(false);
    if (!props.httpCorsOrigins.isEmpty()) {
      builder.corsPreflight(
          CorsPreflightOptions.builder()
              .allowOrigins(props.httpCorsOrigins)
              .allowMethods(List.of(CorsHttpMethod.GET, CorsHttpMethod.POST))
              .allowHeaders(CORS_HEADERS)
              .maxAge(Duration.hours(CORS_HOURS))
              .build());
    }
    api = builder.build();
    var integration = new HttpLambdaIntegration("Function", function);
    IHttpRouteAuthorizer authorizer = authorizer(props);
    AddRoutesOptions.Builder route =
        AddRoutesOptions.builder().integration(integration).authorizer(authorizer);
    if (!props.httpScopes.isEmpty()) {
      route.authorizationScopes(props.httpScopes);
    }
    // The key is in the path, or in the query, which can carry every character.
    api.addRoutes(route.path("/").methods(List.of(HttpMethod.POST)).build());
    api.addRoutes(route.path("/{key+}").methods(List.of(HttpMethod.POST)).build());
    if (props.uploads) {
      api.addRoutes(route.path("/uploads/{id}").methods(List.of(HttpMethod.GET)).build());
    }
    api.addRoutes(route.path("/health").methods(List.of(HttpMethod.GET)).build());
    HttpStage stage =
        HttpStage.Builder.create(this, "Stage")
            .httpApi(api)
            .stageName("$default")
            .autoDeploy(true)
            .throttle(
                ThrottleSettings.builder()
                    .rateLimit(props.httpRate)
                    .burstLimit(props.httpBurst)
                    .build())
            .build();
    LogGroup logs =
        LogGroup.Builder.create(this, "Logs")
            .retention(props.logRetention)
            .removalPolicy(props.removalPolicy)
            .build();
    ((CfnStage) stage.getNode().getDefaultChild())
        .setAccessLogSettings(
            CfnStage.AccessLogSettingsProperty.builder()
                .destinationArn(logs.getLogGroupArn())
                .format(FORMAT)
                .build());
  }

  private static IHttpRouteAuthorizer authorizer(ThumbnailPipelineProps props) {
    return props
        .jwt
        .<IHttpRouteAuthorizer>map(
            jwt ->
                HttpJwtAuthorizer.Builder.create("Jwt", jwt.issuer())
                    .jwtAudience(jwt.audience())
                    .build())
        .orElseGet(HttpIamAuthorizer::new);
  }
}
