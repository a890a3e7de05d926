package dev.miniatura.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/**
 * Jobs of S3 Batch Operations (Amazon S3 API Reference: CreateJob, DescribeJob, UpdateJobStatus),
 * in requests that the SDK's signer signs.
 */
final class S3Control {

  private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();
  private static final String JOBS = "/v20180820/jobs";

  private final SdkHttpClient client;
  private final URI endpoint;
  private final String account;
  private final String region;
  private final AwsCredentialsProvider credentials;

  S3Control(
      SdkHttpClient client,
      URI endpoint,
      String account,
      String region,
      AwsCredentialsProvider credentials) {
    this.client = client;
    this.endpoint = endpoint;
    this.account = account;
    this.region = region;
    this.credentials = credentials;
  }

  /** A refused request, which would not succeed if it were repeated. */
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  /** Creates a job from the body of a {@code CreateJobRequest} and returns its id. */
  String create(String request) throws IOException {
    String id = send(SdkHttpMethod.POST, JOBS, Map.of(), request).getOrDefault("JobId", "");
    if (id.isEmpty()) {
      throw new IOException("the answer to CreateJob names no job");
    }
    return id;
  }

  /** Returns the texts in a job's description, by element name. */
  Map<String, String> describe(String job) throws IOException {
    return send(SdkHttpMethod.GET, JOBS + "/" + job, Map.of(), "");
  }

  /** Confirms a job, which then runs. */
  void confirm(String job) throws IOException {
    send(
        SdkHttpMethod.POST,
        JOBS + "/" + job + "/status",
        Map.of("requestedJobStatus", "Ready"),
        "");
  }

  private Map<String, String> send(
      SdkHttpMethod method, String path, Map<String, String> query, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    ContentStreamProvider content = ContentStreamProvider.fromByteArray(bytes);
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder()
            .method(method)
            .uri(endpoint)
            .encodedPath(path)
            .putHeader("x-amz-account-id", account);
    query.forEach(request::putRawQueryParameter);
    if (method == SdkHttpMethod.POST) {
      request
          .putHeader("Content-Type", "application/xml")
          .putHeader("Content-Length", String.valueOf(bytes.length));
    }
    SignedRequest signed =
        SIGNER.sign(
            it ->
                it.identity(credentials.resolveCredentials())
                    .request(request.build())
                    .payload(content)
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region));
    HttpExecuteRequest.Builder call = HttpExecuteRequest.builder().request(signed.request());
    if (method == SdkHttpMethod.POST) {
      call.contentStreamProvider(content);
    }
    HttpExecuteResponse response = client.prepareRequest(call.build()).call();
    byte[] answer = new byte[0];
    if (response.responseBody().isPresent()) {
      try (var stream = response.responseBody().get()) {
        answer = stream.readAllBytes();
      }
    }
    int status = response.httpResponse().statusCode();
    if (status / 100 == 4 && status != 429) {
      throw new RefusedException(message(status, answer));
    }
    if (status / 100 != 2) {
      throw new IOException(message(status, answer));
    }
    return texts(answer);
  }

  private static String message(int status, byte[] answer) {
    String text;
    try {
      Map<String, String> texts = texts(answer);
      text = texts.getOrDefault("Code", "") + " " + texts.getOrDefault("Message", "");
    } catch (IOException e) {
      text = "";
    }
    return "S3 answered " + status + ": " + text.strip();
  }

  /** Returns the texts in an XML document by element name; for a repeated element, the last one. */
  private static Map<String, String> texts(byte[] document) throws IOException {
    Map<String, String> texts = new HashMap<>();
    if (document.length == 0) {
      return texts;
    }
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(document));
      String element = "";
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamReader.START_ELEMENT -> element = reader.getLocalName();
          case XMLStreamReader.CHARACTERS -> {
            if (!reader.isWhiteSpace() && !element.isEmpty()) {
              texts.put(element, reader.getText());
            }
          }
          default -> element = "";
        }
      }
      return texts;
    } catch (XMLStreamException e) {
      throw new IOException("the answer of S3 is not XML", e);
    }
  }
}
