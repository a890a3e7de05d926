package dev.miniatura.cdk;

import static dev.miniatura.cdk.Synthesis.Kind.DELIVERY;
import static dev.miniatura.cdk.Synthesis.Kind.EXISTING_EVENTS;
import static dev.miniatura.cdk.Synthesis.Kind.FULL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awscdk.assertions.Match;

class HttpEntranceTest {

  private static final String ROUTE = "AWS::ApiGatewayV2::Route";

  @Test
  void routes_areUploadAndHealthByIam() {
    Synthesis.template(FULL).resourceCountIs(ROUTE, 3);
    for (String route : List.of("POST /", "POST /{key+}", "GET /health")) {
      Synthesis.template(FULL)
          .hasResourceProperties(
              ROUTE, Match.objectLike(Map.of("RouteKey", route, "AuthorizationType", "AWS_IAM")));
    }
  }

  @Test
  void routes_areByTokenIfAskedFor() {
    Synthesis.template(EXISTING_EVENTS).resourceCountIs(ROUTE, 3);
    Synthesis.template(EXISTING_EVENTS)
        .allResourcesProperties(
            ROUTE,
            Map.of("AuthorizationType", "JWT", "AuthorizationScopes", List.of("photos/upload")));
    Synthesis.template(EXISTING_EVENTS)
        .hasResourceProperties(
            "AWS::ApiGatewayV2::Authorizer",
            Match.objectLike(
                Map.of(
                    "JwtConfiguration",
                    Map.of("Audience", List.of("photos"), "Issuer", "https://id.example.com"))));
  }

  @Test
  void api_callsTheAliasInFormat2() {
    Resources resources = Resources.of(FULL);
    String integration = resources.id("AWS::ApiGatewayV2::Integration", "PipelineHttp");
    assertThat(Resources.text(resources.property(integration, "IntegrationUri")))
        .isEqualTo("{Live}");
    assertThat(resources.property(integration, "PayloadFormatVersion")).isEqualTo("2.0");
    Synthesis.template(FULL)
        .allResourcesProperties(
            "AWS::Lambda::Permission", Map.of("Principal", "apigateway.amazonaws.com"));
    assertThat(resources.types()).containsEntry("AWS::Lambda::Permission", 3L);
  }

  @Test
  void pages_ofTheOriginsGiven_mayUpload() {
    Resources resources = Resources.of(EXISTING_EVENTS);
    String api = resources.id("AWS::ApiGatewayV2::Api", "PipelineHttp");
    assertThat(Resources.text(resources.property(api, "CorsConfiguration")))
        .isEqualTo(
            "AllowHeaders=[authorization, content-type, x-amz-content-sha256, x-amz-date,"
                + " x-amz-security-token] AllowMethods=[GET, POST]"
                + " AllowOrigins=[https://example.com] MaxAge=3600");
    Resources without = Resources.of(FULL);
    assertThat(
            without.property(
                without.id("AWS::ApiGatewayV2::Api", "PipelineHttp"), "CorsConfiguration"))
        .isNull();
  }

  @Test
  void uploads_haveARouteAndWhatTheFunctionNeeds() {
    Synthesis.template(DELIVERY).resourceCountIs(ROUTE, 4);
    Synthesis.template(DELIVERY)
        .hasResourceProperties(
            ROUTE,
            Match.objectLike(Map.of("RouteKey", "GET /uploads/{id}", "AuthorizationType", "JWT")));
    Resources resources = Resources.of(DELIVERY);
    String function = resources.id("AWS::Lambda::Function", "PipelineFunction");
    for (String[] variable :
        new String[][] {
          {"UPLOADS", "uploads/"},
          {"UPLOAD_MINUTES", "5"},
          {"EVENT_BUS", "default"},
          {"DELIVERY_URL", "https://{ImagesDistribution.DomainName}"}
        }) {
      assertThat(
              Resources.text(
                  resources.property(
                      function, "Environment", "Variables", "MINIATURA_" + variable[0])))
          .isEqualTo(variable[1]);
    }
    assertThat(resources.policy("AWS::IAM::Policy", "PipelineFunctionRole"))
        .contains(
            "Allow s3:GetObject, s3:PutObject on {Source.Arn}/*",
            "Allow dynamodb:DeleteItem, dynamodb:PutItem, dynamodb:Query, dynamodb:UpdateItem on"
                + " {Catalog.Arn}",
            "Allow events:PutEvents on arn:{AWS::Partition}:events:{AWS::Region}:{AWS::AccountId}"
                + ":event-bus/default");
    assertThat(
            Resources.text(
                resources.property(
                    resources.id("AWS::S3::Bucket", "PipelineStorageSource"), "CorsConfiguration")))
        .as("pages post to the bucket")
        .isEqualTo(
            "CorsRules=[AllowedHeaders=[*] AllowedMethods=[POST]"
                + " AllowedOrigins=[https://example.com]]");
  }

  @Test
  void stage_isThrottledAsAskedFor() {
    Synthesis.template(EXISTING_EVENTS)
        .hasResourceProperties(
            "AWS::ApiGatewayV2::Stage",
            Match.objectLike(
                Map.of(
                    "DefaultRouteSettings",
                    Map.of("ThrottlingBurstLimit", 7, "ThrottlingRateLimit", 5))));
  }

  @Test
  void stage_isThrottledAndLogged() {
    Synthesis.template(FULL)
        .hasResourceProperties(
            "AWS::ApiGatewayV2::Stage",
            Match.objectLike(
                Map.of(
                    "StageName",
                    "$default",
                    "DefaultRouteSettings",
                    Map.of("ThrottlingBurstLimit", 100, "ThrottlingRateLimit", 50),
                    "AccessLogSettings",
                    Match.objectLike(Map.of("Format", Match.stringLikeRegexp("requestId"))))));
  }

  @ParameterizedTest
  @EnumSource(names = {"DEFAULT", "FILTERED", "EXISTING"})
  void api_isOnlyThereIfAskedFor(Synthesis.Kind kind) {
    assertThat(Resources.of(kind).types().keySet())
        .noneMatch(type -> type.startsWith("AWS::ApiGatewayV2::"))
        .doesNotContain("AWS::Lambda::Permission");
  }
}
