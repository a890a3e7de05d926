package dev.miniatura.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.ThumbnailSpec;
import dev.miniatura.storage.MemoryImageStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The parts of a URL that a signature covers. Nothing is rendered: with a valid signature, no image
 * is found.
 */
class SignedUrlTest {

  private static final SigningKey KEY = new SigningKey("k1", "0123456789abcdef0123456789abcdef");
  private static final SigningKey NEXT = new SigningKey("k2", "fedcba9876543210fedcba9876543210");
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  private final ThumbnailUrls urls = ThumbnailUrls.at("").signedWith(KEY);
  private final ThumbnailService service = service(KEY, NEXT);

  private static ThumbnailService service(SigningKey... keys) {
    ThumbnailService.Builder builder =
        ThumbnailService.builder(MemoryImageStore.create(), MemoryImageStore.create())
            .specs("small=fit:9x9")
            .clock(Clock.fixed(NOW, ZoneOffset.UTC));
    for (SigningKey key : keys) {
      builder.key(key);
    }
    return builder.build();
  }

  private static String code(ThumbnailService service, String path) {
    return service.handle(new ThumbnailRequest("GET", path, Map.of())).code();
  }

  private String code(String path) {
    return code(service, path);
  }

  static List<String> keys() {
    return List.of(
        "a",
        "2024/beach.jpg",
        "with space+plus.jpg",
        "100%.jpg",
        "100%25.jpg",
        "a%2Fb.jpg",
        "a%252Fb",
        "//double//slash/",
        "./..//../x",
        "日本/é́/🏖.jpg",
        "a?b#c&d=e;f:g@h!i$j'k(l)m*n,o",
        "quote\"back\\slash<>|^`{}",
        "tab\tnewline\nnul\0del\u007f",
        "x/".repeat(5000));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void signed_anyKey_isUnderstoodAsItWas(String key) throws Exception {
    String url = urls.signed("cover:320x240,format:webp", key);

    assertThat(url).matches("[!-~]+").doesNotContain("?", "#");
    assertThat(Route.of(url, new Route.Known(Map.of(), Map.of("k1", KEY)), NOW))
        .returns(key, Route::key)
        .returns("cover:320x240,format:webp", route -> route.asked().urlText());
    assertThat(code(url)).isEqualTo("not_found");
  }

  @ParameterizedTest
  @MethodSource("keys")
  void handle_anyCharacterChanged_is403(String key) {
    String url = urls.signed("fit:32x32,matte:#ff0000", key, NOW.plusSeconds(60));
    int step = url.length() > 2000 ? 997 : 1;
    for (int at = Route.SIGNED.length(); at < url.length(); at += step) {
      for (char other : "aA0/.%+?#,:-_ é\0".toCharArray()) {
        if (url.charAt(at) != other) {
          String changed = url.substring(0, at) + other + url.substring(at + 1);
          assertThat(code(changed)).as(changed).isEqualTo("bad_signature");
        }
      }
      String without = url.substring(0, at) + url.substring(at + 1);
      assertThat(code(without)).as(without).isEqualTo("bad_signature");
    }
    assertThat(code(url + "/")).isEqualTo("bad_signature");
    assertThat(code(url)).isEqualTo("not_found");
  }

  @Test
  void handle_everyOtherCharacterInEveryPlace_is403() {
    String url = urls.signed("fit:32x32", "a%b/ü.jpg");
    for (int at = Route.SIGNED.length(); at < url.length(); at++) {
      for (char other = 0; other < 256; other++) {
        if (url.charAt(at) != other) {
          String changed = url.substring(0, at) + other + url.substring(at + 1);
          assertThat(code(changed)).as(changed).isEqualTo("bad_signature");
        }
      }
    }
  }

  @Test
  void handle_otherFirstCharacters_findNothing() {
    String url = urls.signed("fit:32x32", "a.jpg");

    assertThat(code("/t" + url.substring(2))).isEqualTo("unknown_spec");
    assertThat(code("/S" + url.substring(2))).isEqualTo("no_such_path");
    assertThat(code("//" + url)).isEqualTo("no_such_path");
    assertThat(code(url.substring(1))).isEqualTo("no_such_path");
  }

  @Test
  void handle_otherEncodingOfTheSameKey_is403() {
    String url = urls.signed("fit:32x32", "2024/b each+ü.jpg");

    for (Map.Entry<String, String> same :
        Map.of("2024/", "2024%2F", "each", "%65ach", "%20", "+", "%2B", "+", "%C3", "%c3")
            .entrySet()) {
      String other = url.replace(same.getKey(), same.getValue());
      assertThat(other).isNotEqualTo(url);
      assertThat(code(other)).as(other).isEqualTo("bad_signature");
    }
    assertThat(code(url.replace("%", "%25"))).isEqualTo("bad_signature");
  }

  @Test
  void handle_signatureOfAnotherKey_is403() {
    String url = urls.signed("fit:32x32", "a.jpg");

    assertThat(code(url.replace("k1.", "k2."))).isEqualTo("bad_signature");
    assertThat(code(url.replace("k1.", "k3."))).isEqualTo("bad_signature");
    assertThat(code(service(new SigningKey("k2", KEY.secret())), url.replace("k1.", "k2.")))
        .as("the key's id is signed, too")
        .isEqualTo("bad_signature");
  }

  @Test
  void handle_twoLiveKeys_takesBoth() {
    String old = urls.signed("fit:32x32", "a.jpg");
    String next = ThumbnailUrls.at("").signedWith(NEXT).signed("fit:32x32", "a.jpg");

    assertThat(code(old)).isEqualTo("not_found");
    assertThat(code(next)).isEqualTo("not_found");
    assertThat(code(service(NEXT), old)).as("withdrawn").isEqualTo("bad_signature");
    assertThat(code(service(), next)).isEqualTo("bad_signature");
  }

  @Test
  void handle_queryAdded_changesNothing() {
    String url = urls.signed("fit:32x32", "a.jpg");

    assertThat(code(url + "?v=2")).isEqualTo("not_found");
  }

  @Test
  void handle_expiry_isHeldToTheSecond() {
    assertThat(code(urls.signed("fit:32x32", "a.jpg", NOW.plusSeconds(1)))).isEqualTo("not_found");
    assertThat(code(urls.signed("fit:32x32", "a.jpg", NOW))).isEqualTo("expired");
    assertThatThrownBy(() -> urls.signed("fit:32x32", "a.jpg", Instant.EPOCH))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void handle_expiryLeftOutOrAdded_is403() {
    String url = urls.signed("fit:32x32", "a.jpg", NOW.plusSeconds(1));
    String forever = urls.signed("fit:32x32", "a.jpg");

    assertThat(code(url.replaceFirst("\\.1\\d{9}/", "/"))).isEqualTo("bad_signature");
    assertThat(code(forever.replace("/fit", ".1999999999/fit"))).isEqualTo("bad_signature");
  }

  @Test
  void handle_signedButNotCanonical_is400() {
    for (String spec :
        List.of(
            "fit:032x32",
            "fit:32x32,quality:80",
            "fit:32x32,quality:50,format:jpeg",
            "fit:32x32,format:jpg",
            "fit:32x32,matte:fff",
            "fit:32x32,matte:%23ffffff",
            "fit:32x32,matte:#ffffff",
            "fit:32x32,matte:FFFFFF",
            "fit%3A32x32",
            "fit:32x32,",
            "fit:32x32,format:bmp",
            "fit:99999999x32",
            "stretch:32x32,enlarge",
            "x")) {
      String rest = "/" + spec + "/a.jpg";
      assertThat(code("/s/k1." + Signature.of(KEY, rest) + rest)).as(spec).isEqualTo("bad_spec");
    }
  }

  @Test
  void handle_signedButShort_is404() {
    for (String rest :
        List.of("", "/", "/fit:1x1", ".12x/fit:1x1/a", ".0/fit:1x1/a", "x/fit:1x1/a")) {
      assertThat(code("/s/k1." + Signature.of(KEY, rest) + rest))
          .as(rest)
          .isEqualTo("no_such_path");
    }
    String empty = "/fit:1x1/";
    assertThat(code("/s/k1." + Signature.of(KEY, empty) + empty)).isEqualTo("bad_key");
  }

  @Test
  void handle_signedButNotDecodable_is400() {
    for (String key : List.of("%", "%4", "%zz", "%C3", "%ff", "%ED%A0%80", "ü", "a b", "%+1")) {
      String rest = "/fit:1x1/" + key;
      assertThat(code("/s/k1." + Signature.of(KEY, rest) + rest)).as(key).isEqualTo("bad_path");
    }
  }

  @Test
  void signed_specInAnyForm_hasOneUrl() {
    Set<String> forms = new LinkedHashSet<>();
    for (String spec :
        List.of(
            "pad:32x32,matte:#ff0000,format:auto",
            "pad:32x32,format:auto,matte:#F00",
            " pad:32x32, quality:80 , matte:#f00,format:auto")) {
      forms.add(urls.signed(spec, "a.jpg"));
    }

    assertThat(forms).hasSize(1);
    assertThat(forms.iterator().next()).contains("/pad:32x32,matte:ff0000,format:auto/a.jpg");
  }

  @Test
  void signed_noKey_isRefused() {
    assertThatThrownBy(() -> ThumbnailUrls.at("https://x").signed(ThumbnailSpec.fit(1, 1), "a"))
        .isInstanceOf(IllegalStateException.class);
    assertThat(ThumbnailUrls.at("https://x/").named("small", "a b"))
        .isEqualTo("https://x/t/small/a%20b");
  }

  @Test
  void of_signature_is192BitsOfHmacSha256() throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY.secret().getBytes(US_ASCII), "HmacSHA256"));
    byte[] code = mac.doFinal("miniatura-1/k1/fit:1x1/a".getBytes(US_ASCII));

    assertThat(Base64.getUrlDecoder().decode(Signature.of(KEY, "/fit:1x1/a")))
        .hasSize(24)
        .isEqualTo(Arrays.copyOf(code, 24));
  }

  @Test
  void signingKey_secret_isNeitherShortNorShown() {
    assertThatThrownBy(() -> new SigningKey("k1", "short"))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("short");
    assertThatThrownBy(() -> new SigningKey("k.1", KEY.secret()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SigningKey.parse(KEY.secret())).message().doesNotContain(KEY.secret());
    assertThat(KEY.toString()).doesNotContain(KEY.secret());
    assertThat(SigningKey.parse("k1:" + KEY.secret())).isEqualTo(KEY);
  }
}
