package dev.miniatura.s3;

import com.adobe.testing.s3mock.S3MockApplication;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

/** A server on the loopback interface that keeps buckets in memory or in a temporary folder. */
public final class TestServer implements AutoCloseable {

  public static final String ACCESS_KEY = "test";
  public static final String SECRET = "test-secret";

  /** The page size of listings, so that a few objects fill several pages. */
  static final int PAGE = 100;

  private final URI endpoint;
  private final AutoCloseable server;
  private final S3Client client;

  private TestServer(URI endpoint, AutoCloseable server) {
    this.endpoint = endpoint;
    this.server = server;
    client = clientBuilder(endpoint).build();
  }

  /** Starts S3Proxy in memory: it verifies signatures, and evaluates conditions atomically. */
  public static TestServer s3proxy() throws Exception {
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(new TransientNio2BlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET)
            .build();
    proxy.start();
    return new TestServer(
        URI.create("http://127.0.0.1:" + proxy.getPort()), () -> stopBehind(proxy));
  }

  /** Stops in the background: while clients keep connections open, the server is slow to stop. */
  private static void stopBehind(S3Proxy proxy) {
    Thread stopping =
        new Thread(
            () -> {
              try {
                proxy.stop();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            },
            "stops S3Proxy");
    stopping.setDaemon(true);
    stopping.start();
  }

  /** Starts S3Mock: it has versioning and compares checksums, but verifies no signatures. */
  @SuppressWarnings("deprecation") // the other port is for TLS
  static TestServer s3mock() {
    S3MockApplication mock =
        S3MockApplication.start(
            new HashMap<>(
                Map.of(
                    S3MockApplication.PROP_HTTP_PORT, 0,
                    S3MockApplication.PROP_HTTPS_PORT, 0,
                    S3MockApplication.PROP_SILENT, true)));
    return new TestServer(URI.create("http://127.0.0.1:" + mock.getHttpPort()), mock::stop);
  }

  /** Starts Ceph's gateway, by the script that unpacks it: a real server, which takes a while. */
  static TestServer ceph() throws IOException {
    Process process =
        new ProcessBuilder("../scripts/ceph")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    // The following credentials are those of the other servers
    String line = process.inputReader().readLine();
    if (line == null) {
      throw new IOException("scripts/ceph did not start");
    }
    return new TestServer(
        URI.create(line.replace("AWS_ENDPOINT_URL_S3=", "")),
        () -> {
          process.destroy();
          process.waitFor();
        });
  }

  public URI endpoint() {
    return endpoint;
  }

  public S3Client client() {
    return client;
  }

  /** Returns a builder of a client with the right credentials for a test server. */
  static S3ClientBuilder clientBuilder(URI endpoint) {
    return S3Clients.builder(endpoint)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET)))
        .overrideConfiguration(client -> client.addExecutionInterceptor(new SmallPages()));
  }

  /** Creates a bucket and returns its name. */
  public String newBucket() {
    String bucket = "bucket-" + UUID.randomUUID();
    client.createBucket(request -> request.bucket(bucket));
    return bucket;
  }

  @Override
  public void close() throws Exception {
    client.close();
    server.close();
  }

  private static final class SmallPages implements ExecutionInterceptor {
    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
      return context.request() instanceof ListObjectsV2Request list
          ? list.toBuilder().maxKeys(PAGE).build()
          : context.request();
    }
  }
}
