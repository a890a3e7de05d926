package dev.miniatura.cli;

import dev.miniatura.s3.S3Clients;
import dev.miniatura.s3.S3ImageStore;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Buckets, all reached with one client, which is made when the first is asked for. */
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
      client = newClient();
    }
    return S3ImageStore.builder(client, name);
  }

  private S3Client newClient() {
    // How many idle connections the JDK keeps per host: one for each thread, or they are closed and
    // opened again and again.
    System.setProperty("http.maxConnections", Integer.toString(Math.max(5, jobs)));
    S3ClientBuilder builder =
        endpoint == null
            ? S3Clients.builder().crossRegionAccessEnabled(true)
            : S3Clients.builder(endpoint);
    builder.credentialsProvider(credentials());
    if (region != null) {
      builder.region(Region.of(region));
    } else if (endpoint == null) {
      builder.region(environmentRegion());
    }
    return builder.build();
  }

  /** Returns credentials that are there: without any, every single request would fail. */
  private AwsCredentialsProvider credentials() {
    AwsCredentialsProvider provider =
        profile == null
            ? DefaultCredentialsProvider.builder().build()
            : ProfileCredentialsProvider.create(profile);
    try {
      provider.resolveCredentials();
      return provider;
    } catch (SdkException e) {
      throw new SetupException(
          profile == null
              ? "no AWS credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give a"
                  + " profile of ~/.aws with --profile"
              : "no AWS credentials: " + e.getMessage(),
          e);
    }
  }

  private Region environmentRegion() {
    try {
      return DefaultAwsRegionProviderChain.builder().profileName(profile).build().getRegion();
    } catch (SdkException e) {
      throw new SetupException("no AWS region: give --region, or set AWS_REGION", e);
    }
  }
}
