package dev.miniatura.lambda;

import dev.miniatura.s3.S3Clients;
import java.net.URI;
import java.util.List;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.S3Object;

/** An S3 server in memory, on the loopback interface, with the buckets of the tests. */
final class S3Server implements AutoCloseable {

  static final String ACCESS_KEY = "test";
  static final String SECRET = "test-secret";

  private final S3Proxy server;
  private final S3Client client;

  S3Server(String... buckets) throws Exception {
    server =
        S3Proxy.builder()
            .blobStore(new TransientNio2BlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET)
            .ignoreUnknownHeaders(true) // the bucket owner's, which it cannot check
            .build();
    server.start();
    client = clientBuilder().build();
    for (String bucket : buckets) {
      create(bucket);
    }
  }

  S3ClientBuilder clientBuilder() {
    return S3Clients.builder(endpoint())
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET)));
  }

  S3Client client() {
    return client;
  }

  void create(String bucket) {
    client.createBucket(request -> request.bucket(bucket));
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  /** Stores an object, and returns its ETag without quotes. */
  String put(String bucket, String key, byte[] bytes) {
    return client
        .putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(bytes))
        .eTag()
        .replace("\"", "");
  }

  byte[] get(String bucket, String key) {
    return client.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asByteArray();
  }

  void delete(String bucket, String key) {
    client.deleteObject(request -> request.bucket(bucket).key(key));
  }

  /** Returns the keys that start with a prefix, at most 1,000. */
  List<String> keys(String bucket, String prefix) {
    return client
        .listObjectsV2(request -> request.bucket(bucket).prefix(prefix))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  @Override
  public void close() throws Exception {
    client.close();
    server.stop();
  }
}
