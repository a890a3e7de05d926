package dev.miniatura.lambda;

import dev.miniatura.pipeline.ThumbnailCatalog;
import dev.miniatura.s3.S3Clients;
import dev.miniatura.s3.S3ImageStore;
import dev.miniatura.storage.ImageStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The two buckets, and the table that records thumbnails.
 *
 * @param source the whole bucket of images
 * @param destination the whole bucket of thumbnails
 * @param catalog the table, if there is one
 * @param statuses what the table says, if there is one
 */
record Stores(
    ImageStore source,
    ImageStore destination,
    Optional<ThumbnailCatalog> catalog,
    Optional<Statuses> statuses) {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration READ = Duration.ofSeconds(10);

  Stores(ImageStore source, ImageStore destination, Optional<ThumbnailCatalog> catalog) {
    this(source, destination, catalog, Optional.empty());
  }

  static Stores of(Configuration configuration) {
    S3Client client =
        configuration.endpoint().map(S3Clients::builder).orElseGet(S3Clients::builder).build();
    S3ImageStore.Builder source = S3ImageStore.builder(client, configuration.source().bucket());
    S3ImageStore.Builder destination =
        S3ImageStore.builder(client, configuration.destination().bucket());
    configuration.bucketOwner().ifPresent(source::expectedBucketOwner);
    configuration.bucketOwner().ifPresent(destination::expectedBucketOwner);
    configuration.kmsKey().ifPresent(destination::encryptWithKmsKey);
    configuration.storageClass().ifPresent(destination::storageClass);
    Optional<DynamoDbThumbnailCatalog> catalog =
        configuration.catalogTable().map(table -> catalog(configuration, table));
    return new Stores(
        source.build(),
        destination.build(),
        catalog.map(it -> it),
        catalog.map(it -> it::statuses));
  }

  private static DynamoDbThumbnailCatalog catalog(Configuration configuration, String table) {
    DynamoDbClient client =
        DynamoDbClient.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(READ))
            .build();
    return new DynamoDbThumbnailCatalog(
        client,
        table,
        "s3://" + configuration.source().bucket() + "/",
        configuration.specs(),
        configuration.catalogLifetime(),
        Clock.systemUTC());
  }
}
