package dev.miniatura.cdk;

import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexProps;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.dynamodb.TableEncryption;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.CorsRule;
import software.amazon.awscdk.services.s3.HttpMethods;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/** The buckets and the catalog. */
final class Storage extends Construct {

  /** Days after which replaced and deleted versions in the source are removed. */
  private static final int OLD_VERSION_DAYS = 90;

  private static final int UNFINISHED_UPLOAD_DAYS = 7;
  private static final int RECORD_DAYS = 90;

  final Optional<IKey> key;

  /** Holds access logs, and the manifests and reports of batch jobs. */
  final Bucket records;

  final IBucket source;
  final IBucket destination;
  final Optional<Table> catalog;

  Storage(Construct scope, ThumbnailPipelineProps props) {
    super(scope, "Storage");
    key = props.kmsKeyArn.map(arn -> Key.fromKeyArn(this, "Key", arn));
    records =
        bucket("Records", props)
            // S3 does not deliver access logs to a bucket that is encrypted with a KMS key.
            .encryption(BucketEncryption.S3_MANAGED)
            .lifecycleRules(List.of(expiring(RECORD_DAYS), abandoned()))
            .build();
    source =
        props
            .sourceBucket
            .map(name -> Neighbors.of(this).source(this, name))
            .orElseGet(() -> newSource(props));
    destination =
        props
            .destinationBucket
            .map(name -> Bucket.fromBucketName(this, "Destination", name))
            .orElseGet(() -> newDestination(props));
    if (props.sourceBucket.isPresent() && props.destinationBucket.isPresent()) {
      Nag.accept(records, "S1", "It holds manifests and reports of batch jobs, and no images.");
    }
    catalog = props.catalog ? Optional.of(table(props)) : Optional.empty();
  }

  private Bucket.Builder bucket(String id, ThumbnailPipelineProps props) {
    return Bucket.Builder.create(this, id)
        .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
        .enforceSsl(true)
        .minimumTlsVersion(1.2)
        .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
        .removalPolicy(props.removalPolicy);
  }

  private Bucket.Builder encrypted(Bucket.Builder bucket) {
    if (key.isEmpty()) {
      return bucket.encryption(BucketEncryption.S3_MANAGED);
    }
    return bucket
        .encryption(BucketEncryption.KMS)
        .encryptionKey(key.get())
        // One KMS call for many objects.
        .bucketKeyEnabled(true);
  }

  private IBucket newSource(ThumbnailPipelineProps props) {
    Bucket.Builder builder =
        encrypted(bucket("Source", props))
            .versioned(true)
            .serverAccessLogsBucket(records)
            .serverAccessLogsPrefix("access/source/")
            .lifecycleRules(
                List.of(
                    LifecycleRule.builder()
                        .noncurrentVersionExpiration(Duration.days(OLD_VERSION_DAYS))
                        .expiredObjectDeleteMarker(true)
                        .build(),
                    abandoned()));
    if (props.uploads && !props.httpCorsOrigins.isEmpty()) {
      builder.cors(
          List.of(
              CorsRule.builder()
                  .allowedMethods(List.of(HttpMethods.POST))
                  .allowedOrigins(props.httpCorsOrigins)
                  .allowedHeaders(List.of("*"))
                  .build()));
    }
    return builder.build();
  }

  private IBucket newDestination(ThumbnailPipelineProps props) {
    Bucket.Builder builder =
        encrypted(bucket("Destination", props))
            .serverAccessLogsBucket(records)
            .serverAccessLogsPrefix("access/destination/");
    return (props.thumbnailDays.isPresent()
            ? builder.lifecycleRules(List.of(expiring(props.thumbnailDays.getAsInt()), abandoned()))
            : builder.lifecycleRules(List.of(abandoned())))
        .build();
  }

  private static LifecycleRule expiring(int days) {
    return LifecycleRule.builder().expiration(Duration.days(days)).build();
  }

  private static LifecycleRule abandoned() {
    return LifecycleRule.builder()
        .abortIncompleteMultipartUploadAfter(Duration.days(UNFINISHED_UPLOAD_DAYS))
        .build();
  }

  private Table table(ThumbnailPipelineProps props) {
    Table.Builder builder =
        Table.Builder.create(this, "Catalog")
            .partitionKey(attribute("source"))
            .sortKey(attribute("spec"))
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .pointInTimeRecoverySpecification(
                PointInTimeRecoverySpecification.builder().pointInTimeRecoveryEnabled(true).build())
            .removalPolicy(props.removalPolicy);
    if (props.catalogTtlDays.isPresent()) {
      builder.timeToLiveAttribute("expiresAt");
    }
    if (key.isPresent()) {
      builder.encryption(TableEncryption.CUSTOMER_MANAGED).encryptionKey(key.get());
    }
    Table table = builder.build();
    // Only what was refused or failed is in it: the rest would all go to one partition.
    table.addGlobalSecondaryIndex(
        GlobalSecondaryIndexProps.builder()
            .indexName("trouble")
            .partitionKey(attribute("trouble"))
            .sortKey(attribute("createdAt"))
            .build());
    return table;
  }

  private static software.amazon.awscdk.services.dynamodb.Attribute attribute(String name) {
    return software.amazon.awscdk.services.dynamodb.Attribute.builder()
        .name(name)
        .type(AttributeType.STRING)
        .build();
  }
}
