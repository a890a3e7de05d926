package dev.miniatura.lambda;

import dev.miniatura.s3.S3Clients;
import dev.miniatura.s3.S3ImageStore;
import dev.miniatura.storage.ImageStore;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The two buckets.
 *
 * @param source where images come from, the whole bucket
 * @param destination where thumbnails go, the whole bucket
 */
record Stores(ImageStore source, ImageStore destination) {

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
    return new Stores(source.build(), destination.build());
  }
}
