package dev.miniatura.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class HttpRequestsTest {

  private static final byte[] IMAGE = {1, 2, 3};

  private static final List<String> KEYS =
      List.of(
          "plain.jpg",
          "50% off.jpg",
          "a%20b.jpg",
          "q?x.jpg",
          "a+b=c&d.jpg",
          "été/日本/🏞.jpg",
          "//double//slash/",
          "#hash",
          "$default/x.jpg",
          "health",
          " ",
          "x".repeat(1024));

  private static Request recognize(String event) throws IOException {
    return Envelopes.recognize(
        Json.read(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8))));
  }

  private static String encoded(String key) {
    return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static void assertUpload(String event, String key) throws IOException {
    assertThat(recognize(event))
        .isInstanceOfSatisfying(
            Request.Upload.class,
            upload -> {
              assertThat(upload.key()).isEqualTo(key);
              assertThat(upload.image()).isEqualTo(IMAGE);
            });
  }

  static Stream<Arguments> servicesAndKeys() {
    return Arrays.stream(HttpTexts.values())
        .flatMap(service -> KEYS.stream().map(key -> Arguments.of(service, key)));
  }

  @ParameterizedTest
  @MethodSource("servicesAndKeys")
  void recognize_keyInThePath_isThatOfTheSender(HttpTexts service, String key) throws Exception {
    boolean decoded = service == HttpTexts.HTTP_API || service == HttpTexts.HTTP_API_1;
    assertUpload(service.post("/" + (decoded ? key : encoded(key)), IMAGE), key);
  }

  @ParameterizedTest
  @MethodSource("servicesAndKeys")
  void recognize_keyInTheQuery_isThatOfTheSender(HttpTexts service, String key) throws Exception {
    assertUpload(service.event("POST", "/", "key=" + encoded(key), "AQID", "image/png"), key);
  }

  @Test
  void recognize_functionUrlWhosePathIsDecodedInTheContext_takesTheRawPath() throws Exception {
    String event =
        HttpTexts.FUNCTION_URL
            .post("/a%2520b.jpg", IMAGE)
            .replace("\"path\":\"/a%2520b.jpg\"", "\"path\":\"/a%20b.jpg\"");
    assertThat(event).contains("\"path\":\"/a%20b.jpg\"");
    assertUpload(event, "a%20b.jpg");
  }

  @Test
  void recognize_stageOfAnHttpApi_isNoPartOfTheKey() throws Exception {
    String event = HttpTexts.HTTP_API.post("/live/a.jpg", IMAGE);
    assertUpload(event, "live/a.jpg");
    assertUpload(event.replace("\"stage\":\"$default\"", "\"stage\":\"live\""), "a.jpg");
    // Only a whole segment at the start is one
    for (String key : List.of("lively/a.jpg", "b/live/a.jpg")) {
      String other = HttpTexts.HTTP_API.post("/" + key, IMAGE);
      assertUpload(other.replace("\"stage\":\"$default\"", "\"stage\":\"live\""), key);
    }
    assertUpload(HttpTexts.HTTP_API.post("/$default/a.jpg", IMAGE), "$default/a.jpg");
    assertUpload(HttpTexts.REST_API.post("/live/a.jpg", IMAGE), "live/a.jpg");
  }

  @Test
  void recognize_pathThatMayBeCutOff_isRefused() throws Exception {
    assertThat(recognize(HttpTexts.HTTP_API.event("POST", "/q", "x.jpg=", "AQID", "image/png")))
        .isInstanceOfSatisfying(
            Request.BadHttp.class,
            bad -> {
              assertThat(bad.status()).isEqualTo(400);
              assertThat(bad.reason()).contains("/?key=");
            });
    assertUpload(
        HttpTexts.HTTP_API.event("POST", "/q", "X-Amz-Signature=00", "AQID", "image/png"), "q");
    assertUpload(HttpTexts.FUNCTION_URL.event("POST", "/q", "x.jpg=", "AQID", "image/png"), "q");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /,    '',      AQID, 400",
    "POST, /,    key=,    AQID, 400",
    "POST, /k,   key=k,   AQID, 400",
    "POST, /,    key=%zz, AQID, 400",
    "POST, /%zz, '',      AQID, 400",
    "POST, /k,   '',      A,    400",
    "POST, /k,   '',      '',   415",
    "GET,  /k,   '',      '',   404",
    "PUT,  /k,   '',      AQID, 405",
  })
  void recognize_requestWithoutMeaning_hasAStatus(
      String method, String path, String query, String body, int status) throws Exception {
    String event = HttpTexts.FUNCTION_URL.event(method, path, query, body, "image/png");
    assertThat(recognize(event))
        .isInstanceOfSatisfying(
            Request.BadHttp.class, bad -> assertThat(bad.status()).isEqualTo(status));
  }

  @ParameterizedTest
  @EnumSource
  void recognize_health_isHealth(HttpTexts service) throws Exception {
    assertThat(recognize(service.get("/health"))).isInstanceOf(Request.Health.class);
    assertThat(recognize(service.get("/elsewhere"))).isInstanceOf(Request.BadHttp.class);
  }

  @ParameterizedTest
  @EnumSource
  void answer_hasHeadersAsTheServiceWantsThem(HttpTexts service) throws Exception {
    boolean lists = service == HttpTexts.LOAD_BALANCER_LISTS;
    assertThat(new HandlerFixture().invoke(service.get("/health")))
        .isEqualTo(
            "{\"statusCode\":200,"
                + (lists
                    ? "\"multiValueHeaders\":{\"content-type\":[\"application/json\"]}"
                    : "\"headers\":{\"content-type\":\"application/json\"}")
                + ",\"body\":\"{\\\"status\\\":\\\"ok\\\"}\",\"isBase64Encoded\":false}");
    assertThat(new HandlerFixture().invoke(service.get("/elsewhere")))
        .contains("\"statusCode\":404", lists ? "\"multiValueHeaders\":" : "\"headers\":");
  }
}
