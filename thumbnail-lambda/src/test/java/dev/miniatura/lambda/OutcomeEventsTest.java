package dev.miniatura.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.miniatura.ImageSource;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.MemoryImageStore;
import dev.miniatura.testing.TestImages;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Events of outcomes, sent to a server that stands in for EventBridge. */
class OutcomeEventsTest {

  private static final String ACCEPTED = "{\"FailedEntryCount\":0,\"Entries\":[]}";

  private final MemoryImageStore source = MemoryImageStore.create();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final List<Json> requests = Collections.synchronizedList(new ArrayList<>());
  private final List<String> headers = Collections.synchronizedList(new ArrayList<>());
  private volatile int status = 200;
  private volatile String answer = ACCEPTED;
  private HttpServer server;
  private ThumbnailHandler handler;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            requests.add(Json.read(exchange.getRequestBody()));
            headers.add(
                exchange.getRequestHeaders().getFirst("X-Amz-Target")
                    + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
    server.start();
    handler =
        new ThumbnailHandler(
            Map.of(
                "AWS_REGION",
                "eu-central-1",
                "AWS_ENDPOINT_URL_EVENTBRIDGE",
                "http://127.0.0.1:" + server.getAddress().getPort()),
            new PrintStream(log, true, StandardCharsets.UTF_8),
            Configuration.of(
                Map.of(
                    "MINIATURA_SOURCE", "s3://photos",
                    "MINIATURA_DESTINATION", "s3://thumbs",
                    "MINIATURA_SPECS", "small=fit:9x9,format:png",
                    "MINIATURA_MAX_PIXELS", "10000",
                    "MINIATURA_EVENT_BUS", "images")),
            new Stores(source, MemoryImageStore.create(), Optional.empty()),
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret")));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void put(String key, int side) throws IOException {
    source.put(key, ImageSource.of(TestImages.photo(side, side)), Attributes.none());
  }

  private String invoke(String event) throws IOException {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
        result,
        new HandlerFixture().context());
    return result.toString(StandardCharsets.UTF_8);
  }

  private static String message(String... keys) {
    String[] bodies = new String[keys.length];
    for (int i = 0; i < keys.length; i++) {
      bodies[i] = "{\"bucket\":\"photos\",\"key\":\"" + keys[i] + "\"}";
    }
    return EventTexts.sqs(bodies);
  }

  private static String again(String event) {
    return event.replace("\"ApproximateReceiveCount\":\"1\"", "\"ApproximateReceiveCount\":\"2\"");
  }

  private List<String> told() throws IOException {
    List<String> all = new ArrayList<>();
    for (Json request : requests) {
      for (Json entry : request.get("Entries").items()) {
        Json detail = entry.get("Detail").embedded();
        assertThat(entry.get("EventBusName").is("images")).isTrue();
        assertThat(entry.get("Source").is("miniatura")).isTrue();
        assertThat(detail.get("bucket").is("photos")).isTrue();
        all.add(
            entry.get("DetailType").text()
                + " "
                + detail.get("key").text()
                + " "
                + detail.get("outcome").text()
                + " "
                + detail.get("thumbnails").items().size());
      }
    }
    return all;
  }

  @Test
  void outcomes_areTold() throws IOException {
    put("a.png", 20);
    put("large.png", 200);
    source.put(
        "broken.png",
        ImageSource.of("no image".getBytes(StandardCharsets.UTF_8)),
        Attributes.none());

    assertThat(invoke(message("a.png", "large.png", "broken.png", "none.png")))
        .contains("\"batchItemFailures\":[]");

    assertThat(told())
        .containsExactly(
            "Thumbnails Written a.png written 1",
            "Image Refused large.png refused 0",
            "Image Failed broken.png failed 0");
    List<Json> details = new ArrayList<>();
    for (Json entry : requests.get(0).get("Entries").items()) {
      details.add(entry.get("Detail").embedded());
    }
    assertThat(details.get(0))
        .returns(false, it -> it.get("detail").isPresent())
        .returns(false, it -> it.get("failure").isPresent())
        .returns(false, it -> it.get("versionId").isPresent());
    assertThat(details.get(1).get("detail").text()).contains("limit of 10000");
    assertThat(details.get(2).get("failure").text()).isEqualTo("unsupported");
    assertThat(headers.get(0))
        .startsWith("AWSEvents.PutEvents AWS4-HMAC-SHA256 Credential=AKID/")
        .contains("/eu-central-1/events/aws4_request");
  }

  @Test
  void outcomes_ofAVersion_nameIt() throws IOException {
    put("a.png", 20);

    invoke(EventTexts.sqs(EventTexts.direct("a.png")));

    assertThat(requests.get(0).get("Entries").items().get(0).get("Detail").embedded())
        .returns(true, it -> it.get("versionId").is(EventTexts.VERSION));
  }

  @Test
  void outcomes_moreThanOneRequestTakes_areToldInSeveral() throws IOException {
    String[] keys = new String[12];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = i + ".png";
      put(keys[i], 12);
    }

    invoke(message(keys));

    assertThat(requests).hasSize(2);
    assertThat(told()).hasSize(12);
  }

  @Test
  void outcomes_notAccepted_comeAgainAndAreToldThen() throws IOException {
    put("a.png", 20);
    for (String refusal : List.of("{\"FailedEntryCount\":1}", "{}")) {
      answer = refusal;
      assertThat(invoke(again(message("a.png")))).contains("message-0");
    }
    status = 500;
    assertThat(invoke(again(message("a.png")))).contains("message-0");
    assertThat(log.toString(StandardCharsets.UTF_8)).contains("no event could be sent");
    status = 200;
    answer = ACCEPTED;
    requests.clear();

    assertThat(invoke(again(message("a.png")))).contains("\"batchItemFailures\":[]");

    assertThat(told()).containsExactly("Thumbnails Written a.png written 1");
  }

  @Test
  void outcomes_ofAServerThatIsNotThere_comeAgain() throws IOException {
    put("a.png", 20);
    server.stop(0);

    assertThat(invoke(message("a.png"))).contains("message-0");
  }

  @Test
  void unchanged_isNotToldUnlessItsMessageComesAgain() throws IOException {
    put("a.png", 20);
    invoke(message("a.png"));
    requests.clear();

    invoke(message("a.png"));
    assertThat(requests).isEmpty();
    invoke(again(message("a.png")));
    assertThat(told()).containsExactly("Thumbnails Written a.png written 1");
  }
}
