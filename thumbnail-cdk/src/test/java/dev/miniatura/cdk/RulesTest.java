package dev.miniatura.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.services.sqs.CfnQueue;

/** cdk-nag's rules, the CDK's own, and the properties of every resource. */
class RulesTest {

  @ParameterizedTest
  @EnumSource
  void stack_hasNoErrorsAndNoWarnings(Synthesis.Kind kind) {
    Annotations annotations = Annotations.fromStack(Synthesis.stack(kind));
    assertThatCode(() -> annotations.hasNoError("*", Match.anyValue())).doesNotThrowAnyException();
    assertThatCode(() -> annotations.hasNoWarning("*", Match.anyValue()))
        .doesNotThrowAnyException();
  }

  @Test
  void acceptedRules_areThese() throws IOException {
    TreeSet<String> accepted = new TreeSet<>();
    try (Stream<Path> files = Files.list(Path.of(Synthesis.assembly().getDirectory()))) {
      for (Path file : files.filter(each -> each.toString().endsWith("NagReport.csv")).toList()) {
        for (String line : Files.readAllLines(file)) {
          String[] columns = line.replace("\"", "").split(",", 5);
          if (columns[2].equals("Suppressed")) {
            assertThat(columns[3]).as(line).hasSizeGreaterThan(20);
            accepted.add(columns[0] + " " + columns[1].replaceFirst("^Miniatura-", ""));
          } else if (!columns[0].equals("Rule ID")) {
            assertThat(columns[2]).as(line).isIn("Compliant", "N/A");
          }
        }
      }
    }
    TreeSet<String> expected = new TreeSet<>();
    for (Synthesis.Kind kind : Synthesis.Kind.values()) {
      String stack = kind.name().replace('_', '-');
      expected.add("AwsSolutions-IAM5 " + stack + "/Pipeline/Function/Role/DefaultPolicy/Resource");
      expected.add("AwsSolutions-IAM5 " + stack + "/Pipeline/Backfill/Role/DefaultPolicy/Resource");
    }
    for (String stack : List.of("DELIVERY", "DELIVERY-FULL")) {
      expected.add(
          "AwsSolutions-IAM5 " + stack + "/Pipeline/Images/Function/Role/DefaultPolicy/Resource");
      expected.add("AwsSolutions-CFR1 " + stack + "/Pipeline/Images/Distribution/Resource");
    }
    for (String rule : List.of("CFR2", "CFR3", "CFR4")) {
      expected.add("AwsSolutions-" + rule + " DELIVERY/Pipeline/Images/Distribution/Resource");
    }
    for (String stack : List.of("EXISTING", "EXISTING-EVENTS")) {
      expected.add(
          "AwsSolutions-IAM4 "
              + stack
              + "/BucketNotificationsHandler050a0587b7544547bf325f094a3db834/Role/Resource");
    }
    expected.add("AwsSolutions-IAM4 FULL/Pipeline/Rollout/Group/ServiceRole/Resource");
    expected.add("AwsSolutions-L1 EXISTING/Pipeline/Function/Function/Resource");
    expected.add("AwsSolutions-S1 EXISTING/Pipeline/Storage/Records/Resource");
    assertThat(accepted).isEqualTo(expected);
  }

  @Test
  void validation_foundNothing() throws IOException {
    Map<?, ?> report =
        new ObjectMapper()
            .readValue(
                Path.of(Synthesis.assembly().getDirectory(), "validation-report.json").toFile(),
                Map.class);
    assertThat(report.get("pluginReports")).isEqualTo(List.of());
  }

  @Test
  void validation_ofAnImpossibleQueue_fails() {
    App app = new App(AppProps.builder().context(Synthesis.context()).build());
    CfnQueue.Builder.create(new Stack(app, "Impossible"), "Queue").visibilityTimeout(99999).build();
    assertThatCode(app::synth).hasMessageContaining("alidation failed");
  }

  @ParameterizedTest
  @EnumSource
  void everyResourceThatCanBe_isTagged(Synthesis.Kind kind) {
    Resources resources = Resources.of(kind);
    assertThat(resources.ids())
        .filteredOn(id -> !UNTAGGED.contains(resources.type(id)))
        .isNotEmpty()
        .allSatisfy(
            id ->
                assertThat(Resources.text(resources.property(id, "Tags")))
                    .as(id)
                    .containsPattern("Key=application Value=miniatura|application=miniatura"));
  }

  /** CloudFormation does not support tags for these. */
  private static final List<String> UNTAGGED =
      List.of(
          "AWS::ApiGatewayV2::Authorizer",
          "AWS::ApiGatewayV2::Integration",
          "AWS::ApiGatewayV2::Route",
          "AWS::CloudFront::CachePolicy",
          "AWS::CloudFront::OriginAccessControl",
          "AWS::CloudFront::OriginRequestPolicy",
          "AWS::CloudFront::ResponseHeadersPolicy",
          "AWS::CloudWatch::Dashboard",
          "AWS::EC2::SubnetRouteTableAssociation",
          "AWS::IAM::Policy",
          "AWS::Lambda::Alias",
          "AWS::Lambda::LayerVersion",
          "AWS::Lambda::Permission",
          "AWS::Lambda::Url",
          "AWS::Lambda::Version",
          "AWS::Logs::QueryDefinition",
          "AWS::S3::BucketPolicy",
          "AWS::SNS::Subscription",
          "AWS::SNS::TopicPolicy",
          "AWS::SQS::QueuePolicy",
          "Custom::S3BucketNotifications");
}
