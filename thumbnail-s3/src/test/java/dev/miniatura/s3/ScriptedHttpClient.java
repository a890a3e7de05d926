package dev.miniatura.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Answers each request with a function, without a network, and records the fate of the answers. */
final class ScriptedHttpClient implements SdkHttpClient {

  /**
   * An answer to send.
   *
   * @param length the body's length according to the headers
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Answer(int status, Map<String, String> headers, int length, byte[] body) {

    static Answer of(int status, Map<String, String> headers, String body) {
      byte[] bytes = body.getBytes(UTF_8);
      return new Answer(status, headers, bytes.length, bytes);
    }
  }

  final List<SdkHttpRequest> requests = new ArrayList<>();
  int aborted;
  int closed;
  private final Function<SdkHttpRequest, Answer> script;

  ScriptedHttpClient(Function<SdkHttpRequest, Answer> script) {
    this.script = script;
  }

  /** Returns the methods of the requests, with a word for listings. */
  List<String> asked() {
    return requests.stream()
        .map(
            request ->
                request.firstMatchingRawQueryParameter("list-type").isPresent()
                    ? "LIST"
                    : request.method().name())
        .toList();
  }

  /** Returns the requested ranges. */
  List<String> ranges() {
    return requests.stream()
        .map(request -> request.firstMatchingHeader("Range").orElse("all"))
        .toList();
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    requests.add(request.httpRequest());
    Answer answer = script.apply(request.httpRequest());
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() {
        SdkHttpResponse.Builder response =
            SdkHttpResponse.builder()
                .statusCode(answer.status())
                .putHeader("Content-Length", Integer.toString(answer.length()));
        answer.headers().forEach(response::putHeader);
        FilterInputStream body =
            new FilterInputStream(new ByteArrayInputStream(answer.body())) {
              @Override
              public void close() throws IOException {
                closed++;
                super.close();
              }
            };
        return HttpExecuteResponse.builder()
            .response(response.build())
            .responseBody(AbortableInputStream.create(body, () -> aborted++))
            .build();
      }

      @Override
      public void abort() {}
    };
  }

  @Override
  public void close() {}
}
