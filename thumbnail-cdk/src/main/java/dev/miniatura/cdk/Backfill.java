package dev.miniatura.cdk;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.IFunction;
import software.constructs.Construct;

/** The resources that S3 Batch Operations needs to have the function make missing thumbnails. */
final class Backfill extends Construct {

  /** The prefix of manifests and reports in the bucket of records. */
  static final String PREFIX = "backfill/";

  final Role role;

  Backfill(Construct scope, Storage storage, IFunction function) {
    super(scope, "Backfill");
    role =
        Role.Builder.create(this, "Role")
            .assumedBy(
                new ServicePrincipal("batchoperations.s3.amazonaws.com")
                    .withConditions(
                        Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID))))
            .description("Permissions of a batch job over the source bucket")
            .build();
    String files = storage.records.arnForObjects(PREFIX + "*");
    allow("lambda:InvokeFunction", function.getFunctionArn());
    allow("s3:PutInventoryConfiguration", storage.source.getBucketArn());
    role.addToPolicy(
        PolicyStatement.Builder.create()
            .actions(List.of("s3:GetObject", "s3:PutObject"))
            .resources(List.of(files))
            .build());
    storage.records.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .sid("Inventory")
            .principals(List.of(new ServicePrincipal("s3.amazonaws.com")))
            .actions(List.of("s3:PutObject"))
            .resources(List.of(files))
            .conditions(
                new TreeMap<>(
                    Map.of(
                        "StringEquals",
                        Map.of("aws:SourceAccount", Aws.ACCOUNT_ID),
                        "ArnEquals",
                        Map.of("aws:SourceArn", storage.source.getBucketArn()))))
            .build());
    Nag.accept(role, "IAM5", "The wildcard follows the prefix of a job's manifests and reports.");
  }

  private void allow(String action, String resource) {
    role.addToPolicy(
        PolicyStatement.Builder.create()
            .actions(List.of(action))
            .resources(List.of(resource))
            .build());
  }
}
