package dev.miniatura.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** Forwards requests, except those that are currently denied. */
final class DeniedHttpClient implements SdkHttpClient {

  /**
   * A denial, with S3's answer.
   *
   * @param requests which requests
   * @param status the status
   * @param code S3's code; answers to HEAD have neither code nor message
   * @param message S3's message
   */
  record Denial(Predicate<SdkHttpRequest> requests, int status, String code, String message) {

    /** Denies a method on buckets whose names start like this. */
    static Denial of(SdkHttpMethod method, String bucket, int status, String code, String message) {
      return new Denial(
          request -> request.method() == method && request.encodedPath().startsWith("/" + bucket),
          status,
          code,
          message);
    }

    HttpExecuteResponse answer(SdkHttpRequest request) {
      byte[] body =
          request.method() == SdkHttpMethod.HEAD
              ? new byte[0]
              : "<Error><Code>%s</Code><Message>%s</Message></Error>"
                  .formatted(code, message)
                  .getBytes(UTF_8);
      return HttpExecuteResponse.builder()
          .response(
              SdkHttpResponse.builder()
                  .statusCode(status)
                  .putHeader("Content-Length", Integer.toString(body.length))
                  .build())
          .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
          .build();
    }
  }

  private final SdkHttpClient client = UrlConnectionHttpClient.create();
  private volatile Optional<Denial> denial = Optional.empty();

  void deny(Denial value) {
    denial = Optional.of(value);
  }

  void allow() {
    denial = Optional.empty();
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    SdkHttpRequest http = request.httpRequest();
    Optional<Denial> denied = denial.filter(now -> now.requests().test(http));
    if (denied.isEmpty()) {
      return client.prepareRequest(request);
    }
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() {
        return denied.get().answer(http);
      }

      @Override
      public void abort() {}
    };
  }

  @Override
  public void close() {
    client.close();
  }
}
