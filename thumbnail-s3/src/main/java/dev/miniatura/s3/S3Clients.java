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
 * Clients that suit an {@link S3ImageStore}. They use the JDK's own HTTP connections, which need no
 * further libraries and start fast.
 *
 * <p>Region, credentials and retries are those of the environment, as always with the SDK, until
 * the builder is told otherwise. The AWS CRT client ({@code software.amazon.awssdk:aws-crt-client})
 * connects over TLS faster still, as native code for one platform. Set another client with {@link
 * S3ClientBuilder#httpClientBuilder}, which takes the place of the one set here.
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
   * Returns a builder of a client for another server that speaks the protocol of S3. It asks for
   * the least: buckets in the path, bodies as they are, checksums as headers only; and a region
   * that any such server takes.
   *
   * @param endpoint where the server is, for example {@code http://localhost:9000}
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
