package dev.miniatura.cli;

import dev.miniatura.s3.S3Clients;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * The client for all buckets of a command. Only this class uses more of the AWS SDK than type
 * names.
 */
final class BucketClient {

  private BucketClient() {}

  /**
   * Returns a client.
   *
   * @param jobs how many threads will use it
   * @throws SetupException if there are no credentials or no region
   */
  static S3Client create(
      @Nullable URI endpoint, @Nullable String profile, @Nullable String region, int jobs) {
    // How many idle connections the JDK keeps per host: with fewer than one per thread, connections
    // would be closed and reopened all the time.
    System.setProperty("http.maxConnections", Integer.toString(Math.max(5, jobs)));
    S3ClientBuilder builder =
        endpoint == null
            ? S3Clients.builder().crossRegionAccessEnabled(true)
            : S3Clients.builder(endpoint);
    builder.credentialsProvider(credentials(profile));
    if (region != null) {
      builder.region(Region.of(region));
    } else if (endpoint == null) {
      builder.region(environmentRegion(profile));
    }
    return builder.build();
  }

  /**
   * Returns the control plane of a job's account and region.
   *
   * @throws SetupException if there are no credentials
   */
  static S3Control control(@Nullable URI endpoint, @Nullable String profile, BatchJob.Task task) {
    String host =
        task.account()
            + ".s3-control."
            + task.region()
            + (task.partition().equals("aws-cn") ? ".amazonaws.com.cn" : ".amazonaws.com");
    return new S3Control(
        UrlConnectionHttpClient.create(),
        endpoint == null ? URI.create("https://" + host) : endpoint,
        task.account(),
        task.region(),
        credentials(profile));
  }

  /**
   * Returns credentials after checking that there are any: without them, every single request would
   * fail.
   */
  private static AwsCredentialsProvider credentials(@Nullable String profile) {
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
              ? "no AWS credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or select a"
                  + " profile in ~/.aws with --profile"
              : "no AWS credentials: " + e.getMessage(),
          e);
    }
  }

  private static Region environmentRegion(@Nullable String profile) {
    try {
      return DefaultAwsRegionProviderChain.builder().profileName(profile).build().getRegion();
    } catch (SdkException e) {
      throw new SetupException("no AWS region: use --region, or set AWS_REGION", e);
    }
  }
}
