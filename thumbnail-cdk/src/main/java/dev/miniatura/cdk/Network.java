package dev.miniatura.cdk;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.services.ec2.FlowLog;
import software.amazon.awscdk.services.ec2.FlowLogDestination;
import software.amazon.awscdk.services.ec2.FlowLogResourceType;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpoint;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.IpAddresses;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.s3.IBucket;
import software.constructs.Construct;

/** A network that reaches only S3 and DynamoDB. */
final class Network extends Construct {

  private static final int HTTPS = 443;

  final Vpc vpc;
  final SecurityGroup securityGroup;

  Network(Construct scope, ThumbnailPipelineProps props, Storage storage) {
    super(scope, "Network");
    vpc =
        Vpc.Builder.create(this, "Vpc")
            .ipAddresses(IpAddresses.cidr("10.0.0.0/22"))
            .maxAzs(2)
            .natGateways(0)
            // Nothing uses the default security group, and emptying it would need another helper
            // function.
            .restrictDefaultSecurityGroup(false)
            .subnetConfiguration(
                List.of(
                    SubnetConfiguration.builder()
                        .name("Isolated")
                        .subnetType(SubnetType.PRIVATE_ISOLATED)
                        .cidrMask(24)
                        .build()))
            .build();
    FlowLog.Builder.create(this, "FlowLog")
        .resourceType(FlowLogResourceType.fromVpc(vpc))
        .destination(
            FlowLogDestination.toCloudWatchLogs(
                LogGroup.Builder.create(this, "FlowLogs")
                    .retention(props.logRetention)
                    .removalPolicy(props.removalPolicy)
                    .build()))
        .build();
    GatewayVpcEndpoint s3 = endpoint("S3", GatewayVpcEndpointAwsService.S3);
    s3.addToPolicy(
        allow(
            List.of("s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"),
            Stream.of(storage.source, storage.destination)
                .map(IBucket::getBucketArn)
                .flatMap(arn -> Stream.of(arn, arn + "/*"))
                .distinct()
                .toList()));
    GatewayVpcEndpoint dynamoDb = endpoint("DynamoDb", GatewayVpcEndpointAwsService.DYNAMODB);
    storage.catalog.ifPresent(
        table ->
            dynamoDb.addToPolicy(
                allow(ThumbnailFunction.CATALOG_ACTIONS, List.of(table.getTableArn()))));
    securityGroup =
        SecurityGroup.Builder.create(this, "SecurityGroup")
            .vpc(vpc)
            .description("The thumbnail function")
            .allowAllOutbound(false)
            .build();
    securityGroup.addEgressRule(
        Peer.anyIpv4(), Port.tcp(HTTPS), "S3 and DynamoDB; routes lead nowhere else");
  }

  private GatewayVpcEndpoint endpoint(String id, GatewayVpcEndpointAwsService service) {
    return GatewayVpcEndpoint.Builder.create(this, id).vpc(vpc).service(service).build();
  }

  private static PolicyStatement allow(List<String> actions, List<String> resources) {
    return PolicyStatement.Builder.create()
        .principals(List.of(new AnyPrincipal()))
        .actions(actions)
        .resources(resources)
        .build();
  }
}
