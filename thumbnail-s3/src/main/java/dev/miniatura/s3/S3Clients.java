package dev.miniatura.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Clients for an {@link S3ImageStore}. They use the JDK's own HTTP connections, which need no
 * further libraries and start fast.
 *
 * <p>Region, credentials and retries come from the environment, as usual with the SDK, unless they
 * are set in the builder. The AWS CRT client ({@code software.amazon.awssdk:aws-crt-client})
 * connects over TLS even faster, but is native code for one platform. Set another client with
 * {@link S3ClientBuilder#httpClientBuilder}, which replaces the one set here.
 */
public final class S3Clients {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration READ = Duration.ofSeconds(30);

  private S3Clients() {}

  /** Returns a builder of a client for S3. */
  public static S3ClientBuilder builder() {
    return S3Client.builder()
        .httpClientBuilder(
            UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(READ));
  }

  /**
   * Returns a builder of a client for another server with the S3 protocol. It requires as little as
   * possible of the server: buckets in the path, plain bodies, checksums only as headers, and a
   * region that any such server accepts.
   *
   * @param endpoint the server's URL, for example {@code http://localhost:9000}
   * @throws NullPointerException if {@code endpoint} is null
   */
  public static S3ClientBuilder builder(URI endpoint) {
    return builder()
        .endpointOverride(Objects.requireNonNull(endpoint, "endpoint"))
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .serviceConfiguration(configuration -> configuration.chunkedEncodingEnabled(false))
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
  }
}
