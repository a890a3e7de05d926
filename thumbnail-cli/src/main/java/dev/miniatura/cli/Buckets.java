package dev.miniatura.cli;

import dev.miniatura.s3.S3ImageStore;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/** Buckets, all reached with one client, which is created when the first one is requested. */
final class Buckets {

  private final @Nullable URI endpoint;
  private final @Nullable String profile;
  private final @Nullable String region;
  private final int jobs;
  private @Nullable S3Client client;

  Buckets(@Nullable URI endpoint, @Nullable String profile, @Nullable String region, int jobs) {
    this.endpoint = endpoint;
    this.profile = profile;
    this.region = region;
    this.jobs = jobs;
  }

  /**
   * Returns a bucket as a store.
   *
   * @throws SetupException if there are no credentials or no region
   */
  S3ImageStore.Builder bucket(String name) {
    if (client == null) {
      client = BucketClient.create(endpoint, profile, region, jobs);
    }
    return S3ImageStore.builder(client, name);
  }
}
