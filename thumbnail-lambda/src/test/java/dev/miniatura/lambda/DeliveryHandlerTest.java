package dev.miniatura.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.ImageSource;
import dev.miniatura.http.SigningKey;
import dev.miniatura.http.ThumbnailRequest;
import dev.miniatura.http.ThumbnailUrls;
import dev.miniatura.pipeline.Outcome;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.MemoryImageStore;
import dev.miniatura.testing.TestImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryHandlerTest {

  private static final SigningKey KEY = new SigningKey("k1", "0123456789abcdef0123456789abcdef");
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "MINIATURA_SOURCE", "s3://photos/in/",
          "MINIATURA_DESTINATION", "s3://thumbs/out/",
          "MINIATURA_SPECS", "small=fit:24x24;large=fit:48x48,format:jpeg",
          "MINIATURA_ON_DEMAND", "asked/",
          "MINIATURA_DELIVERY_KEYS", "k1:" + KEY.secret() + ", k2:fedcba9876543210fedcba9876543210",
          "MINIATURA_DELIVERY_NEGOTIATE", "true",
          "MINIATURA_DELIVERY_MAX_AGE", "7200",
          "MINIATURA_DELIVERY_CORS", "*");

  private final Stores stores =
      new Stores(MemoryImageStore.create(), MemoryImageStore.create(), Optional.empty());
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final Configuration configuration = Configuration.of(ENVIRONMENT);
  private final DeliveryHandler handler =
      new DeliveryHandler(
          new PrintStream(log, true, StandardCharsets.UTF_8), configuration, stores);

  private record Answer(int status, Json event) {
    String header(String name) throws EventException {
      return event.get("headers").get(name).anyText().orElse("");
    }

    byte[] body() throws EventException {
      return Base64.getDecoder().decode(event.get("body").text());
    }
  }

  @BeforeEach
  void writeImage() throws IOException {
    stores
        .source()
        .put("in/2024/a +.png", ImageSource.of(TestImages.photo(60, 40)), Attributes.none());
  }

  private Answer get(String rawPath, Map<String, String> headers) throws IOException {
    return get(handler, rawPath, headers);
  }

  private static Answer get(DeliveryHandler handler, String rawPath, Map<String, String> headers)
      throws IOException {
    StringBuilder all = new StringBuilder();
    headers.forEach(
        (name, value) ->
            all.append(all.isEmpty() ? "" : ",").append('"' + name + "\":\"" + value + '"'));
    String event =
        """
        {"version":"2.0","rawPath":"%s","rawQueryString":"v=1","headers":{%s},
         "requestContext":{"http":{"method":"GET","path":"/decoded"}}}
        """
            .formatted(rawPath, all);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
        answer,
        new HandlerFixture().context());
    Json json = Json.read(new ByteArrayInputStream(answer.toByteArray()));
    return new Answer(Math.toIntExact(json.get("statusCode").anyLength().orElseThrow()), json);
  }

  @Test
  void handle_path_isAnsweredWithThePicture() throws IOException {
    Answer answer = get("/t/large/2024/a%20%2B.png", Map.of("accept", "image/webp"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("image/jpeg");
    assertThat(answer.header("Cache-Control")).isEqualTo("public, max-age=7200");
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(answer.event().get("isBase64Encoded").isTrue()).isTrue();
    assertThat(ImageIO.read(new ByteArrayInputStream(answer.body())))
        .returns(48, BufferedImage::getWidth);
    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains("\"outcome\":\"rendered\"", "\"path\":\"/t/large/2024/a%20%2B.png\"")
        .containsPattern("\"duration\":[0-9]{1,5}}");
  }

  @Test
  void handle_headerOfTheEdge_isThePath() throws IOException {
    String path =
        ThumbnailUrls.at("").signedWith(KEY).signed("fit:9x9,format:auto", "2024/a +.png");

    Answer answer =
        get("/out/asked/0123", Map.of("miniatura-path", path, "accept", "image/webp,*/*"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("image/webp");
    try (var made = stores.destination().list("")) {
      assertThat(made).singleElement().matches(entry -> entry.key().startsWith("out/asked/"));
    }
    Answer changed = get("/x", Map.of("miniatura-path", path.replace("9x9", "8x8")));
    assertThat(changed.status()).isEqualTo(403);
    assertThat(changed.header("Miniatura-Error")).isEqualTo("bad_signature");
  }

  @Test
  void handle_specsWithoutFormat_areNegotiatedIfTheVariableSaysSo() throws IOException {
    assertThat(
            get("/t/small/2024/a%20%2B.png", Map.of("accept", "image/webp")).header("Content-Type"))
        .isEqualTo("image/webp");
    assertThat(get("/t/small/2024/a%20%2B.png", Map.of()).header("Content-Type"))
        .isEqualTo("image/png");
  }

  @Test
  void handle_imageRemoved_pipelineRemovesWhatWasMadeOnRequest() throws IOException {
    get("/t/small/2024/a%20%2B.png", Map.of("accept", "image/webp"));
    get("/t/small/2024/a%20%2B.png", Map.of());
    stores.source().delete("in/2024/a +.png");

    Outcome outcome = configuration.pipeline(stores).remove("in/2024/a +.png");

    assertThat(outcome).isInstanceOf(Outcome.Removed.class);
    try (var left = stores.destination().list("")) {
      assertThat(left.map(ImageStore.Entry::key)).isEmpty();
    }
  }

  @Test
  void handle_resultTooLarge_leadsToTheBucket() throws IOException {
    stores
        .source()
        .put("in/noise.png", ImageSource.of(TestImages.noise(1400, 1400, 1)), Attributes.none());
    String path =
        ThumbnailUrls.at("").signedWith(KEY).signed("fit:1400x1400,format:png", "noise.png");

    Answer first = get(path, Map.of());

    assertThat(first.status()).isEqualTo(302);
    assertThat(first.header("Location")).isEqualTo(path);
    assertThat(first.header("Cache-Control")).isEqualTo("no-store");
    Answer second = get(path, Map.of());
    assertThat(second.status()).as("and not in a circle").isEqualTo(502);
    assertThat(second.header("Location")).isEmpty();
    assertThat(log.toString(StandardCharsets.UTF_8).lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("\"outcome\":\"redirected\""),
            line -> assertThat(line).contains("\"outcome\":\"result_too_large\""));
  }

  @Test
  void handle_placeholder_isSentWithTheErrorsStatus(@TempDir Path folder) throws IOException {
    Path picture = folder.resolve("placeholder");
    ImageIO.write(TestImages.photo(600, 300), "png", picture.toFile());
    Map<String, String> environment = new HashMap<>(ENVIRONMENT);
    environment.put("MINIATURA_DELIVERY_PLACEHOLDER", picture.toString());
    environment.put("MINIATURA_DELIVERY_ERROR_MAX_AGE", "77");

    Answer answer =
        get(
            new DeliveryHandler(
                new PrintStream(log, true, StandardCharsets.UTF_8),
                Configuration.of(environment),
                stores),
            "/t/small/none.png",
            Map.of());

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Miniatura-Error")).isEqualTo("not_found");
    assertThat(answer.header("Cache-Control")).contains("max-age=77");
    assertThat(ImageIO.read(new ByteArrayInputStream(answer.body())))
        .returns(512, BufferedImage::getWidth);
  }

  @Test
  void service_keyTemplate_isThatOfTheVariable() throws IOException {
    Map<String, String> environment = new HashMap<>(ENVIRONMENT);
    environment.put("MINIATURA_KEY_TEMPLATE", "{spec}/{key}.{ext}");
    Configuration.of(environment)
        .service(stores, (request, e) -> {})
        .handle(new ThumbnailRequest("GET", "/t/large/2024/a%20%2B.png", Map.of()));
    assertThat(stores.destination().stat("out/large/2024/a +.png.jpg")).isPresent();
  }

  @Test
  void handle_thumbnailIsMissing_isStoredAsThePipelineWould() throws IOException {
    Map<String, String> environment = new HashMap<>(ENVIRONMENT);
    environment.put("MINIATURA_CACHE_CONTROL", "max-age=31536000");
    environment.put("MINIATURA_STORAGE_CLASS", "INTELLIGENT_TIERING");
    environment.put("MINIATURA_DELIVERY_NEGOTIATE", "false");
    Configuration own = Configuration.of(environment);

    get(
        new DeliveryHandler(new PrintStream(log), own, stores),
        "/t/large/2024/a%20+.png",
        Map.of());

    assertThat(stores.destination().stat("out/2024/a +.png.large.jpg").orElseThrow().attributes())
        .returns(Optional.of("max-age=31536000"), Attributes::cacheControl);
    assertThat(own.pipeline(stores).process("in/2024/a +.png"))
        .isInstanceOf(Outcome.Unchanged.class);
  }

  @Test
  void handle_noRequest_fails() {
    assertThatThrownBy(
            () ->
                handler.handleRequest(
                    new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)),
                    new ByteArrayOutputStream(),
                    new HandlerFixture().context()))
        .isInstanceOf(EventException.class);
  }

  @Test
  void of_wrongVariable_isNamed() {
    for (Map.Entry<String, String> wrong :
        Map.of(
                "ON_DEMAND", "asked",
                "DELIVERY_KEYS", "k1:short",
                "DELIVERY_NEGOTIATE", "yes",
                "DELIVERY_MAX_AGE", "-1",
                "DELIVERY_ERROR_MAX_AGE", "never",
                "DELIVERY_PLACEHOLDER", "no-such-file.png",
                "DELIVERY_CORS", "x")
            .entrySet()) {
      Map<String, String> environment = new HashMap<>(ENVIRONMENT);
      environment.put("MINIATURA_" + wrong.getKey(), wrong.getValue());
      assertThatThrownBy(() -> Configuration.of(environment).service(stores, (request, e) -> {}))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageStartingWith("MINIATURA_" + wrong.getKey() + ": ")
          .message()
          .doesNotContain("short");
    }
  }
}
