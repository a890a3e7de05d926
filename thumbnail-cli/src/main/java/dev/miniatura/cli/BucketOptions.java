package dev.miniatura.cli;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options for reaching buckets. Nothing of the AWS SDK is loaded before a bucket is requested.
 */
final class BucketOptions {

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "Another S3-compatible server, such as http://localhost:9000.")
  private @Nullable URI endpoint;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Profile in ~/.aws/config with credentials and region.")
  private @Nullable String profile;

  @Option(
      names = "--region",
      paramLabel = "NAME",
      description = "AWS region; by default from the environment or the profile.")
  private @Nullable String region;

  /**
   * Returns the buckets, without a request to any of them yet.
   *
   * @param jobs how many threads will use them
   */
  Buckets buckets(int jobs) {
    if (jobs < 1) {
      throw new SetupException("--jobs: must be at least 1");
    }
    if (endpoint != null && endpoint.getHost() == null) {
      throw new SetupException(
          "--endpoint: '" + endpoint + "' does not look like http://localhost:9000");
    }
    return new Buckets(endpoint, profile, region, jobs);
  }

  /**
   * Returns the control plane that has a job.
   *
   * @throws SetupException if there are no credentials
   */
  S3Control control(BatchJob.Task task) {
    return BucketClient.control(endpoint, profile, task);
  }
}
