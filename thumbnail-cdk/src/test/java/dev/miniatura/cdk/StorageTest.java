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
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.assertions.Match;

class StorageTest {

  private static final String BUCKET = "AWS::S3::Bucket";
  private static final String TABLE = "AWS::DynamoDB::Table";

  @ParameterizedTest
  @ValueSource(strings = {"Source", "Destination", "Records"})
  void newBucket_isPrivateAndTakesOnlyTls12(String name) {
    Resources resources = Resources.of(DEFAULT);
    String id = resources.id(BUCKET, "PipelineStorage" + name);
    assertThat(resources.property(id, "PublicAccessBlockConfiguration"))
        .isEqualTo(
            Map.of(
                "BlockPublicAcls", true,
                "BlockPublicPolicy", true,
                "IgnorePublicAcls", true,
                "RestrictPublicBuckets", true));
    assertThat(Resources.text(resources.property(id, "OwnershipControls")))
        .isEqualTo("Rules=[ObjectOwnership=BucketOwnerEnforced]");
    String all = "{" + name + ".Arn}, {" + name + ".Arn}/*";
    assertThat(resources.policy("AWS::S3::BucketPolicy", "PipelineStorage" + name + "Policy"))
        .contains(
            "Deny s3:* on " + all + " to AWS=* if Bool=aws:SecureTransport=false",
            "Deny s3:* on " + all + " to AWS=* if NumericLessThan=s3:TlsVersion=1.2");
  }

  @Test
  void newBuckets_areOnlyOpenToTheirServices() {
    Resources resources = Resources.of(DEFAULT);
    String type = "AWS::S3::BucketPolicy";
    assertThat(resources.policy(type, "PipelineStorageSourcePolicy")).hasSize(2);
    assertThat(resources.policy(type, "PipelineStorageDestinationPolicy")).hasSize(2);
    assertThat(resources.policy(type, "PipelineStorageRecordsPolicy"))
        .filteredOn(statement -> statement.startsWith("Allow"))
        .containsExactlyInAnyOrder(
            "Allow s3:PutObject on {Records.Arn}/access/source/* to"
                + " Service=logging.s3.amazonaws.com if ArnLike=aws:SourceArn={Source.Arn}"
                + " StringEquals=aws:SourceAccount={AWS::AccountId}",
            "Allow s3:PutObject on {Records.Arn}/access/destination/* to"
                + " Service=logging.s3.amazonaws.com if ArnLike=aws:SourceArn={Destination.Arn}"
                + " StringEquals=aws:SourceAccount={AWS::AccountId}",
            "Allow s3:PutObject on {Records.Arn}/backfill/* to Service=s3.amazonaws.com"
                + " if ArnEquals=aws:SourceArn={Source.Arn}"
                + " StringEquals=aws:SourceAccount={AWS::AccountId}");
  }

  @Test
  void sourceBucket_keepsVersionsFor90Days() {
    Synthesis.template(DEFAULT)
        .hasResourceProperties(
            BUCKET,
            Match.objectLike(
                Map.of(
                    "VersioningConfiguration",
                    Map.of("Status", "Enabled"),
                    "LifecycleConfiguration",
                    Map.of(
                        "Rules",
                        List.of(
                            Map.of(
                                "NoncurrentVersionExpiration",
                                Map.of("NoncurrentDays", 90),
                                "ExpiredObjectDeleteMarker",
                                true,
                                "Status",
                                "Enabled"),
                            Map.of(
                                "AbortIncompleteMultipartUpload",
                                Map.of("DaysAfterInitiation", 7),
                                "Status",
                                "Enabled"))))));
  }

  @Test
  void thumbnailDays_expireThumbnails() {
    assertThat(lifecycle(FULL)).contains("ExpirationInDays=400");
    assertThat(lifecycle(DEFAULT)).doesNotContain("ExpirationInDays");
  }

  private static String lifecycle(Synthesis.Kind kind) {
    Resources resources = Resources.of(kind);
    return Resources.text(
        resources.property(
            resources.id(BUCKET, "PipelineStorageDestination"), "LifecycleConfiguration"));
  }

  @Test
  void encryption_isOfS3OrOfTheKey() {
    assertThat(encryption(DEFAULT, "Source")).contains("SSEAlgorithm=AES256");
    assertThat(encryption(DEFAULT, "Destination")).contains("SSEAlgorithm=AES256");
    for (String name : List.of("Source", "Destination")) {
      assertThat(encryption(FULL, name))
          .contains("BucketKeyEnabled=true", Synthesis.KEY_ARN, "SSEAlgorithm=aws:kms");
    }
    assertThat(encryption(FULL, "Records")).contains("SSEAlgorithm=AES256");
  }

  private static String encryption(Synthesis.Kind kind, String name) {
    Resources resources = Resources.of(kind);
    return Resources.text(
        resources.property(resources.id(BUCKET, "PipelineStorage" + name), "BucketEncryption"));
  }

  @Test
  void existingBuckets_areNotMade() {
    assertThat(Resources.of(EXISTING).types()).containsEntry(BUCKET, 1L);
    assertThat(Resources.of(EXISTING_EVENTS).types()).containsEntry(BUCKET, 2L);
    Resources.of(EXISTING_EVENTS).id(BUCKET, "PipelineStorageDestination");
  }

  @Test
  void catalog_isAsTheFunctionWritesIt() {
    Synthesis.template(FULL)
        .hasResourceProperties(
            TABLE,
            Match.objectLike(
                Map.of(
                    "KeySchema",
                    List.of(
                        Map.of("AttributeName", "source", "KeyType", "HASH"),
                        Map.of("AttributeName", "spec", "KeyType", "RANGE")),
                    "AttributeDefinitions",
                    List.of(
                        Map.of("AttributeName", "source", "AttributeType", "S"),
                        Map.of("AttributeName", "spec", "AttributeType", "S"),
                        Map.of("AttributeName", "trouble", "AttributeType", "S"),
                        Map.of("AttributeName", "createdAt", "AttributeType", "S")),
                    "GlobalSecondaryIndexes",
                    List.of(
                        Match.objectLike(
                            Map.of(
                                "IndexName",
                                "trouble",
                                "KeySchema",
                                List.of(
                                    Map.of("AttributeName", "trouble", "KeyType", "HASH"),
                                    Map.of("AttributeName", "createdAt", "KeyType", "RANGE"))))),
                    "BillingMode",
                    "PAY_PER_REQUEST",
                    "PointInTimeRecoverySpecification",
                    Map.of("PointInTimeRecoveryEnabled", true),
                    "TimeToLiveSpecification",
                    Map.of("AttributeName", "expiresAt", "Enabled", true),
                    "SSESpecification",
                    Map.of(
                        "KMSMasterKeyId",
                        Synthesis.KEY_ARN,
                        "SSEEnabled",
                        true,
                        "SSEType",
                        "KMS"))));
    Synthesis.template(FILTERED)
        .hasResourceProperties(
            TABLE,
            Match.objectLike(
                Map.of(
                    "TimeToLiveSpecification",
                    Match.absent(),
                    "SSESpecification",
                    Match.absent())));
  }

  @ParameterizedTest
  @EnumSource(names = {"DEFAULT", "EXISTING", "EXISTING_EVENTS"})
  void catalog_isOnlyThereIfAskedFor(Synthesis.Kind kind) {
    Synthesis.template(kind).resourceCountIs(TABLE, 0);
  }

  @Test
  void removalPolicy_holdsForAllThatKeepsData() {
    for (String type : List.of(BUCKET, TABLE, "AWS::Logs::LogGroup")) {
      Synthesis.template(FULL)
          .allResources(type, Map.of("DeletionPolicy", "Delete", "UpdateReplacePolicy", "Delete"));
      Synthesis.template(FILTERED)
          .allResources(type, Map.of("DeletionPolicy", "Retain", "UpdateReplacePolicy", "Retain"));
    }
  }

  @Test
  void logRetention_holdsForAllLogs() {
    Synthesis.template(FULL)
        .allResourcesProperties("AWS::Logs::LogGroup", Map.of("RetentionInDays", 7));
    Synthesis.template(EXISTING_EVENTS)
        .allResourcesProperties("AWS::Logs::LogGroup", Map.of("RetentionInDays", 30));
  }
}
