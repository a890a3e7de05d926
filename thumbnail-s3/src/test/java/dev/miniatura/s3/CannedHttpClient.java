package dev.miniatura.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Gives every request the same answer, without a network, and records the requests. */
class CannedHttpClient implements SdkHttpClient {

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;
  private final List<SdkHttpRequest> requests = new ArrayList<>();

  CannedHttpClient(int status, Map<String, String> headers, String body) {
    this.status = status;
    this.headers = headers;
    this.body = body.getBytes(UTF_8);
  }

  /** Answers with an error in S3's format. */
  static CannedHttpClient error(int status, String code) {
    return new CannedHttpClient(
        status, Map.of(), "<Error><Code>" + code + "</Code><Message>as asked</Message></Error>");
  }

  /** Returns the only request. */
  SdkHttpRequest request() {
    if (requests.size() != 1) {
      throw new AssertionError(requests.size() + " requests");
    }
    return requests.get(0);
  }

  /** Returns the values of a header of the only request. */
  String header(String name) {
    return String.join(",", request().matchingHeaders(name));
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    requests.add(request.httpRequest());
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() {
        SdkHttpResponse.Builder response =
            SdkHttpResponse.builder()
                .statusCode(status)
                .putHeader("Content-Length", Integer.toString(body.length));
        headers.forEach(response::putHeader);
        return HttpExecuteResponse.builder()
            .response(response.build())
            .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
            .build();
      }

      @Override
      public void abort() {}
    };
  }

  @Override
  public void close() {}
}
