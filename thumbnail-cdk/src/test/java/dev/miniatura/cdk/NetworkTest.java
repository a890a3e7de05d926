package dev.miniatura.cdk;

import static dev.miniatura.cdk.Synthesis.Kind.FULL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awscdk.assertions.Match;

class NetworkTest {

  @Test
  void network_hasNoWayToTheInternet() {
    assertThat(Resources.of(FULL).types())
        .containsEntry("AWS::EC2::VPC", 1L)
        .containsEntry("AWS::EC2::Subnet", 2L)
        .containsEntry("AWS::EC2::FlowLog", 1L)
        .doesNotContainKeys(
            "AWS::EC2::InternetGateway",
            "AWS::EC2::NatGateway",
            "AWS::EC2::Route",
            "AWS::EC2::EgressOnlyInternetGateway");
    Synthesis.template(FULL)
        .allResourcesProperties("AWS::EC2::Subnet", Map.of("MapPublicIpOnLaunch", false));
  }

  @Test
  void subnets_areInZonesThatTheRegionNames() {
    Synthesis.template(FULL)
        .hasResourceProperties(
            "AWS::EC2::Subnet",
            Match.objectLike(
                Map.of(
                    "AvailabilityZone",
                    Map.of("Fn::Select", List.of(1, Map.of("Fn::GetAZs", ""))))));
  }

  @Test
  void endpoints_leadToTheBucketsAndTheTable() {
    Resources resources = Resources.of(FULL);
    String type = "AWS::EC2::VPCEndpoint";
    assertThat(resources.types()).containsEntry(type, 2L);
    assertThat(resources.policy(type, "PipelineNetworkS3"))
        .containsExactly(
            "Allow s3:DeleteObject, s3:GetObject, s3:ListBucket, s3:PutObject on"
                + " {Destination.Arn}, {Source.Arn}, {Destination.Arn}/*, {Source.Arn}/*"
                + " to AWS=*");
    assertThat(resources.policy(type, "PipelineNetworkDynamoDb"))
        .containsExactly(
            "Allow dynamodb:DeleteItem, dynamodb:PutItem, dynamodb:UpdateItem on"
                + " {Catalog.Arn} to AWS=*");
    Synthesis.template(FULL).allResourcesProperties(type, Map.of("VpcEndpointType", "Gateway"));
  }

  @Test
  void function_isInTheNetworkAndReachesHttpsOnly() {
    Resources resources = Resources.of(FULL);
    String function = resources.id("AWS::Lambda::Function", "PipelineFunction");
    assertThat(Resources.text(resources.property(function, "VpcConfig")))
        .contains("SecurityGroupIds=[{NetworkSecurityGroup")
        .contains("{NetworkVpcIsolatedSubnet1Subnet}, {NetworkVpcIsolatedSubnet2Subnet}");
    String group = resources.id("AWS::EC2::SecurityGroup", "PipelineNetwork");
    assertThat(Resources.text(resources.property(group, "SecurityGroupEgress")))
        .contains("FromPort=443", "ToPort=443");
    assertThat(resources.property(group, "SecurityGroupIngress")).isNull();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"FULL", "DELIVERY_FULL"})
  void network_isOnlyThereIfAskedFor(Synthesis.Kind kind) {
    assertThat(Resources.of(kind).types().keySet())
        .noneMatch(type -> type.startsWith("AWS::EC2::"));
  }
}
