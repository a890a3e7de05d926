package dev.miniatura.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.ImageSource;
import dev.miniatura.OutputFormat;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.MemoryImageStore;
import dev.miniatura.testing.TestImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Uploads by a form, what became of them, and thumbnails that are sent back at once. */
class DirectUploadsTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "MINIATURA_SOURCE", "s3://photos/in/",
          "MINIATURA_DESTINATION", "s3://thumbs",
          "MINIATURA_SPECS", "small=fit:32x32;tiny=cover:8x8,format:png",
          "MINIATURA_CATALOG_TABLE", "thumbnails",
          "MINIATURA_UPLOADS", "uploads/",
          "MINIATURA_UPLOAD_MINUTES", "5",
          "MINIATURA_MAX_BYTES", "20000000",
          "MINIATURA_DELIVERY_URL", "https://img.example.com");

  private static final String ANNA =
      "\"authorizer\":{\"jwt\":{\"claims\":{\"iss\":\"https://id.example.com\",\"sub\":\"anna\"}}}";
  private static final String BORIS = ANNA.replace("anna", "boris");

  private final MemoryImageStore source = MemoryImageStore.create();
  private final List<Statuses.Status> recorded = new ArrayList<>();

  private ThumbnailHandler handler(Map<String, String> environment) {
    return new ThumbnailHandler(
        Map.of("AWS_REGION", "eu-central-1"),
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
        Configuration.of(environment),
        new Stores(
            source,
            MemoryImageStore.create(),
            Optional.empty(),
            Optional.of(key -> key.startsWith("in/uploads/") ? recorded : List.of())),
        StaticCredentialsProvider.create(AwsSessionCredentials.create("AKID", "secret", "token")));
  }

  private record Answer(int status, Json event) {
    Json body() throws IOException {
      return Json.read(
          new ByteArrayInputStream(event.get("body").text().getBytes(StandardCharsets.UTF_8)));
    }
  }

  private Answer send(String event) throws IOException {
    return send(handler(ENVIRONMENT), event);
  }

  private static Answer send(ThumbnailHandler handler, String event) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
        answer,
        new HandlerFixture().context());
    Json json = Json.read(new ByteArrayInputStream(answer.toByteArray()));
    return new Answer(Math.toIntExact(json.get("statusCode").anyLength().orElseThrow()), json);
  }

  private static String event(String method, String path, String body, String caller) {
    return """
    {"version":"2.0","rawPath":"%s","rawQueryString":"",
     "requestContext":{%s"http":{"method":"%s"},"stage":"$default"},
     "body":%s,"isBase64Encoded":false}
    """
        .formatted(path, caller.isEmpty() ? "" : caller + ",", method, EventTexts.quoted(body));
  }

  private static String render(String spec, byte[] image) {
    return HttpTexts.FUNCTION_URL.event(
        "POST", "/render", "spec=" + spec, Base64.getEncoder().encodeToString(image), "image/png");
  }

  private static byte[] jpeg(BufferedImage picture) throws IOException {
    return Thumbnailer.create()
        .render(ImageSource.of(picture), ThumbnailSpec.fit(4000, 4000).format(OutputFormat.JPEG))
        .bytes();
  }

  @Test
  void post_uploads_isAFormForOneObjectOfTheCaller() throws IOException {
    Instant before = Instant.now();

    Answer answer =
        send(event("POST", "/uploads", "{\"name\":\"IMG 1.JPG\",\"type\":\"image/jpeg\"}", ANNA));

    assertThat(answer.status()).isEqualTo(201);
    Json body = answer.body();
    String key = body.get("key").text();
    assertThat(body.get("id").text()).matches("[A-Za-z0-9_-]{22}\\.jpg");
    assertThat(key).matches("uploads/[0-9a-f]{24}/" + body.get("id").text());
    assertThat(body.get("maxBytes").anyLength()).hasValue(20_000_000);
    assertThat(body.get("url").text()).isEqualTo("https://photos.s3.eu-central-1.amazonaws.com/");
    assertThat(Duration.between(before, Instant.parse(body.get("expires").text())))
        .isBetween(Duration.ofSeconds(298), Duration.ofSeconds(310));
    assertThat(body.get("thumbnails").get("small").text())
        .isEqualTo("https://img.example.com/t/small/" + key);
    Json fields = body.get("fields");
    assertThat(fields.get("key").text()).isEqualTo("in/" + key);
    assertThat(fields.get("Content-Type").text()).isEqualTo("image/jpeg");
    assertThat(fields.get("x-amz-security-token").text()).isEqualTo("token");
    assertThat(fields.get("x-amz-signature").text())
        .isEqualTo(
            PostPolicy.signature(
                fields.get("policy").text(),
                "secret",
                fields.get("x-amz-date").text().substring(0, 8),
                "eu-central-1"));
    String policy =
        new String(Base64.getDecoder().decode(fields.get("policy").text()), StandardCharsets.UTF_8);
    assertThat(policy)
        .contains("{\"bucket\":\"photos\"}")
        .contains("{\"key\":\"in/" + key + "\"}")
        .contains("{\"Content-Type\":\"image/jpeg\"}")
        .contains("{\"x-amz-security-token\":\"token\"}")
        .contains("[\"content-length-range\",1,20000000]")
        .contains("\"expiration\":\"" + body.get("expires").text() + "\"");
  }

  @Test
  void post_uploadsToAnotherServer_haveItsAddress() throws IOException {
    Map<String, String> environment = new HashMap<>(ENVIRONMENT);
    environment.put("MINIATURA_ENDPOINT", "http://127.0.0.1:9000");

    assertThat(send(handler(environment), event("POST", "/uploads", "", ANNA)).body())
        .returns(true, body -> body.get("url").is("http://127.0.0.1:9000/photos"));
  }

  @Test
  void post_uploadsTwice_areTwoObjectsInOneFolder() throws IOException {
    String one = send(event("POST", "/uploads", "", ANNA)).body().get("key").text();
    String other = send(event("POST", "/uploads", "{}", ANNA)).body().get("key").text();
    String boris = send(event("POST", "/uploads", "{}", BORIS)).body().get("key").text();

    assertThat(one).isNotEqualTo(other).matches("uploads/[0-9a-f]{24}/[A-Za-z0-9_-]{22}");
    assertThat(one.substring(0, 32)).isEqualTo(other.substring(0, 32));
    assertThat(boris.substring(0, 32)).isNotEqualTo(one.substring(0, 32));
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"name\":\"a/../b.p%ng\"}', ''",
    "'{\"name\":\"x.tar.gz\"}',    .gz",
    "'{\"name\":\"x.\"}',          ''",
    "'{\"name\":\"a.verylongending\"}', ''"
  })
  void post_uploads_keepsOnlyAnEnding(String body, String ending) throws IOException {
    assertThat(send(event("POST", "/uploads", body, ANNA)).body().get("id").text())
        .matches("[A-Za-z0-9_-]{22}" + ending.replace(".", "\\."));
  }

  @Test
  void get_upload_saysWhatBecameOfIt() throws IOException {
    Json upload = send(event("POST", "/uploads", "", ANNA)).body();
    String path = "/uploads/" + upload.get("id").text();

    assertThat(send(event("GET", path, "", ANNA)).body())
        .returns(true, body -> body.get("status").is("pending"))
        .returns(true, body -> body.get("id").is(path.substring("/uploads/".length())))
        .returns(false, body -> body.get("uploaded").isTrue());
    source.put(
        "in/" + upload.get("key").text(),
        ImageSource.of(TestImages.photo(9, 9)),
        Attributes.none());
    assertThat(send(event("GET", path, "", ANNA)).body())
        .returns(true, body -> body.get("status").is("pending"))
        .returns(true, body -> body.get("uploaded").isTrue());
    assertThat(send(event("GET", path, "", BORIS)).body())
        .as("others do not see it")
        .returns(false, body -> body.get("uploaded").isTrue());
    recorded.add(new Statuses.Status("small", "written", "", "x.small.jpg"));
    assertThat(send(event("GET", path, "", ANNA)).body())
        .returns(true, body -> body.get("status").is("written"))
        .returns(true, body -> body.get("uploaded").isTrue())
        .returns(false, body -> body.get("detail").isPresent())
        .returns(
            true,
            body ->
                body.get("thumbnails")
                    .get("tiny")
                    .is("https://img.example.com/t/tiny/" + body.get("key").anyText().orElse("")));
    for (String outcome : List.of("refused", "failed")) {
      recorded.set(0, new Statuses.Status("small", outcome, "no end of image", ""));
      assertThat(send(event("GET", path, "", ANNA)).body())
          .returns(true, body -> body.get("status").is(outcome))
          .returns(true, body -> body.get("detail").is("no end of image"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /uploads,          {,                         400",
    "POST, /uploads,          '{\"type\":\"text/html\"}', 415",
    "GET,  /uploads/,         '',                        404",
    "GET,  /uploads/short,    '',                        404",
    "GET,  /uploads/AAAAAAAAAAAAAAAAAAAAAA/x, '',        404",
    "GET,  /uploads/../../AAAAAAAAAAAAAAAA,   '',        404",
    "POST, /render,           '',                        400"
  })
  void request_thatCannotBeGranted_hasAStatus(String method, String path, String body, int status)
      throws IOException {
    assertThat(send(event(method, path, body, ANNA)).status()).isEqualTo(status);
  }

  @Test
  void uploads_ofNobody_areForbidden_andWithoutAFolderThereAreNone() throws IOException {
    assertThat(send(event("POST", "/uploads", "", "")).status()).isEqualTo(403);
    assertThat(send(event("GET", "/uploads/AAAAAAAAAAAAAAAAAAAAAA", "", "")).status())
        .isEqualTo(403);
    Map<String, String> without = new HashMap<>(ENVIRONMENT);
    without.remove("MINIATURA_UPLOADS");
    assertThat(send(handler(without), event("POST", "/uploads", "", ANNA)).status()).isEqualTo(404);
  }

  @Test
  void caller_isWhomTheServiceNames() throws IOException {
    for (String[] known :
        new String[][] {
          {ANNA, "token https://id.example.com anna"},
          {"\"authorizer\":{\"claims\":{\"iss\":\"i\",\"sub\":\"s\"}}", "token i s"},
          {"\"authorizer\":{\"iam\":{\"userId\":\"AROA:x\"}}", "iam AROA:x"},
          {"\"identity\":{\"user\":\"AIDA\"}", "iam AIDA"}
        }) {
      String event = "{\"requestContext\":{" + known[0] + "}}";
      assertThat(
              Caller.of(
                  Json.read(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)))))
          .contains(known[1]);
    }
    String nobody = "{\"requestContext\":{\"identity\":{\"user\":null}}}";
    assertThat(
            Caller.of(Json.read(new ByteArrayInputStream(nobody.getBytes(StandardCharsets.UTF_8)))))
        .isEmpty();
  }

  @Test
  void post_render_isAnsweredWithTheThumbnail() throws IOException {
    Answer answer = send(render("cover%3A20x10%2Cformat%3Apng", jpeg(TestImages.photo(60, 40))));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.event().get("headers").get("content-type").text()).isEqualTo("image/png");
    assertThat(answer.event().get("isBase64Encoded").isTrue()).isTrue();
    assertThat(
            ImageIO.read(
                new ByteArrayInputStream(
                    Base64.getDecoder().decode(answer.event().get("body").text()))))
        .returns(20, BufferedImage::getWidth)
        .returns(10, BufferedImage::getHeight);
    try (var stored = source.list("")) {
      assertThat(stored).as("nothing is stored").isEmpty();
    }
  }

  @Test
  void post_renderOfWhatCannotBe_hasAStatus() throws IOException {
    byte[] image = jpeg(TestImages.photo(60, 40));
    assertThat(send(render("fit%3A1", image)).status()).isEqualTo(400);
    assertThat(send(render("fit%3A9x9", new byte[] {1, 2, 3})).status()).isEqualTo(415);
    byte[] noise = jpeg(TestImages.noise(2000, 1500, 1));
    assertThat(send(render("fit%3A2000x1500%2Cformat%3Apng", noise)).status()).isEqualTo(413);
  }

  @Test
  void configuration_uploadsWithoutACatalog_areRefused() {
    Map<String, String> without = new HashMap<>(ENVIRONMENT);
    without.remove("MINIATURA_CATALOG_TABLE");
    assertThatThrownBy(() -> Configuration.of(without))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("MINIATURA_UPLOADS: there is no MINIATURA_CATALOG_TABLE");
  }

  /** The example of Amazon S3's documentation of browser-based uploads. */
  @Test
  void signature_isThatOfTheDocumentation() {
    String policy =
        "eyAiZXhwaXJhdGlvbiI6ICIyMDE1LTEyLTMwVDEyOjAwOjAwLjAwMFoiLA0KICAiY29uZGl0aW9ucyI6IFsNCiAgICB7ImJ1"
            + "Y2tldCI6ICJzaWd2NGV4YW1wbGVidWNrZXQifSwNCiAgICBbInN0YXJ0cy13aXRoIiwgIiRrZXkiLCAidXNlci91c2VyMS8i"
            + "XSwNCiAgICB7ImFjbCI6ICJwdWJsaWMtcmVhZCJ9LA0KICAgIHsic3VjY2Vzc19hY3Rpb25fcmVkaXJlY3QiOiAiaHR0cDov"
            + "L3NpZ3Y0ZXhhbXBsZWJ1Y2tldC5zMy5hbWF6b25hd3MuY29tL3N1Y2Nlc3NmdWxfdXBsb2FkLmh0bWwifSwNCiAgICBbInN0"
            + "YXJ0cy13aXRoIiwgIiRDb250ZW50LVR5cGUiLCAiaW1hZ2UvIl0sDQogICAgeyJ4LWFtei1tZXRhLXV1aWQiOiAiMTQzNjUx"
            + "MjM2NTEyNzQifSwNCiAgICB7IngtYW16LXNlcnZlci1zaWRlLWVuY3J5cHRpb24iOiAiQUVTMjU2In0sDQogICAgWyJzdGFy"
            + "dHMtd2l0aCIsICIkeC1hbXotbWV0YS10YWciLCAiIl0sDQoNCiAgICB7IngtYW16LWNyZWRlbnRpYWwiOiAiQUtJQUlPU0ZP"
            + "RE5ON0VYQU1QTEUvMjAxNTEyMjkvdXMtZWFzdC0xL3MzL2F3czRfcmVxdWVzdCJ9LA0KICAgIHsieC1hbXotYWxnb3JpdGht"
            + "IjogIkFXUzQtSE1BQy1TSEEyNTYifSwNCiAgICB7IngtYW16LWRhdGUiOiAiMjAxNTEyMjlUMDAwMDAwWiIgfQ0KICBdDQp9";
    assertThat(
            PostPolicy.signature(
                policy, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "20151229", "us-east-1"))
        .isEqualTo("8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e");
  }
}
