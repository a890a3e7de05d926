package dev.miniatura.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miniatura.ImageSource;
import dev.miniatura.Limits;
import dev.miniatura.OutputFormat;
import dev.miniatura.Thumbnail;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.pipeline.Outcome;
import dev.miniatura.pipeline.ThumbnailPipeline;
import dev.miniatura.storage.FileImageStore;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Entry;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import dev.miniatura.storage.MemoryImageStore;
import dev.miniatura.testing.TestImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThumbnailServiceTest {

  private static final SigningKey KEY = new SigningKey("k1", "0123456789abcdef0123456789abcdef");
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final String CHROME =
      "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8";

  private final WatchedStore source = new WatchedStore(MemoryImageStore.create());
  private final WatchedStore destination = new WatchedStore(MemoryImageStore.create());
  private final ThumbnailUrls urls = ThumbnailUrls.at("").signedWith(KEY);
  private final ThumbnailService service = builder().build();

  private ThumbnailService.Builder builder() {
    return ThumbnailService.builder(source, destination)
        .specs("small=fit:24x24;large=fit:48x48;best=fit:24x24,format:auto")
        .key(KEY)
        .clock(Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @BeforeEach
  void writeImages() throws IOException {
    put("2024/beach.png", TestImages.photo(96, 64));
    put("logo.png", TestImages.translucent(64, 64));
    put(
        "bad.jpg",
        "\u00ff\u00d8\u00ff nothing more".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    put("text.txt", "no picture".getBytes(US_ASCII));
    source.calls.clear();
  }

  private void put(String key, BufferedImage image) throws IOException {
    source.put(key, ImageSource.of(image), Attributes.none());
  }

  private void put(String key, byte[] bytes) throws IOException {
    source.put(key, ImageSource.of(bytes), Attributes.none());
  }

  private static ThumbnailResponse get(ThumbnailService service, String path, String... headers) {
    return service.handle(
        new ThumbnailRequest(
            "GET", path, headers.length == 0 ? Map.of() : Map.of(headers[0], headers[1])));
  }

  private ThumbnailResponse get(String path, String... headers) {
    return get(service, path, headers);
  }

  private static String tag(ThumbnailResponse response) {
    return String.valueOf(response.headers().get("ETag"));
  }

  private static BufferedImage picture(ThumbnailResponse response) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(response.body()));
  }

  private static List<String> keys(ImageStore store) throws IOException {
    try (Stream<Entry> entries = store.list("")) {
      return entries.map(Entry::key).toList();
    }
  }

  // Pictures

  @Test
  void handle_namedSpec_isTheThumbnail() throws IOException {
    ThumbnailResponse response = get("/t/small/2024/beach.png");

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.code()).isEqualTo("rendered");
    assertThat(response.headers())
        .containsEntry("Content-Type", "image/png")
        .containsEntry("Content-Length", Integer.toString(response.body().length))
        .containsEntry("Cache-Control", "public, max-age=3600")
        .containsEntry("Content-Disposition", "inline; filename=\"beach.png\"")
        .containsEntry("X-Content-Type-Options", "nosniff")
        .doesNotContainKey("Vary")
        .doesNotContainKey("Access-Control-Allow-Origin");
    assertThat(response.headers().get("ETag")).matches("\"[A-Za-z0-9_-]{20}\"");
    assertThat(picture(response)).returns(24, BufferedImage::getWidth);
  }

  @Test
  void handle_signedSpec_isTheThumbnail() throws IOException {
    ThumbnailResponse response =
        get(urls.signed("cover:20x10,matte:#00ff00,format:jpeg", "2024/beach.png"));

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers())
        .containsEntry("Content-Type", "image/jpeg")
        .containsEntry("Content-Disposition", "inline; filename=\"beach.jpg\"");
    assertThat(picture(response)).returns(20, BufferedImage::getWidth);
  }

  @Test
  void handle_again_isStoredAndTheSame() throws IOException {
    for (String path : List.of("/t/small/2024/beach.png", urls.signed("fit:9x9", "logo.png"))) {
      ThumbnailResponse first = get(path);
      source.calls.clear();

      ThumbnailResponse second = get(path);

      assertThat(second.code()).isEqualTo("stored");
      assertThat(second.body()).isEqualTo(first.body());
      assertThat(second.headers()).isEqualTo(first.headers());
      assertThat(source.calls).as("the source is asked for its version only").hasSize(1);
    }
  }

  @Test
  void handle_namedSpec_makesThePipelinesThumbnails() throws IOException {
    get("/t/small/2024/beach.png");

    assertThat(keys(destination))
        .containsExactlyInAnyOrder(
            "2024/beach.png.small.png", "2024/beach.png.large.png", "2024/beach.png.best.png");
    assertThat(get("/t/large/2024/beach.png").code()).isEqualTo("stored");
  }

  @Test
  void handle_storageSettings_areThePipelines() throws IOException {
    ThumbnailService stored =
        builder().cacheControl("max-age=31536000").keptAs("STANDARD_IA").build();
    ThumbnailPipeline.Builder pipeline =
        ThumbnailPipeline.builder(source, destination)
            .specs(ThumbnailSpec.parseAll("small=fit:24x24;large=fit:48x48;best=fit:24x24"))
            .keyTemplate("{key}.{spec}.{ext}")
            .cacheControl("max-age=31536000");

    assertThat(get(stored, "/t/small/2024/beach.png").code()).isEqualTo("rendered");

    assertThat(destination.stat("2024/beach.png.small.png").orElseThrow().attributes())
        .returns(Optional.of("max-age=31536000"), Attributes::cacheControl);
    assertThat(pipeline.keptAs("STANDARD_IA").build().process("2024/beach.png"))
        .isInstanceOf(Outcome.Unchanged.class);
    assertThat(pipeline.keptAs("STANDARD").build().process("2024/beach.png"))
        .isInstanceOf(Outcome.Written.class);
    assertThat(get(stored, "/t/small/2024/beach.png").code()).isEqualTo("rendered");
  }

  @Test
  void handle_whatThePipelineMade_isServed() throws IOException {
    ThumbnailPipeline pipeline =
        ThumbnailPipeline.builder(source, destination)
            .specs(ThumbnailSpec.parseAll("small=fit:24x24;large=fit:48x48;best=fit:24x24"))
            .cacheControl("max-age=60")
            .onDemand("on-demand/")
            .build();
    pipeline.process("2024/beach.png");

    assertThat(get("/t/small/2024/beach.png").code()).isEqualTo("stored");
    assertThat(get(urls.signed("fit:9x9", "2024/beach.png")).code()).isEqualTo("rendered");
    source.delete("2024/beach.png");
    assertThat(pipeline.remove("2024/beach.png")).isInstanceOf(Outcome.Removed.class);
    assertThat(keys(destination)).isEmpty();
  }

  @Test
  void handle_newVersion_isRenderedAnew() throws IOException {
    ThumbnailResponse old = get("/t/small/2024/beach.png");
    put("2024/beach.png", TestImages.marks(96, 64));

    ThumbnailResponse response = get("/t/small/2024/beach.png", "If-None-Match", tag(old));

    assertThat(response.code()).isEqualTo("rendered");
    assertThat(tag(response)).isNotEqualTo(tag(old));
    assertThat(response.body()).isNotEqualTo(old.body());
  }

  @Test
  void handle_head_hasTheHeadersOnly() {
    ThumbnailResponse get = get("/t/small/2024/beach.png");

    ThumbnailResponse head =
        service.handle(new ThumbnailRequest("HEAD", "/t/small/2024/beach.png", Map.of()));

    assertThat(head.body()).isEmpty();
    assertThat(head.headers()).isEqualTo(get.headers());
    assertThat(head.status()).isEqualTo(200);
  }

  @Test
  void handle_oddName_isToldInBothForms() throws IOException {
    put("a/b/Strand \"é\".tar.png", TestImages.photo(9, 9));

    assertThat(get(urls.named("small", "a/b/Strand \"é\".tar.png")).headers())
        .containsEntry(
            "Content-Disposition",
            "inline; filename=\"Strand ___.tar.png\";"
                + " filename*=UTF-8''Strand%20%22%C3%A9%22.tar.png");
  }

  @Test
  void handle_sourcePrefix_isNotInUrls() {
    ThumbnailService inFolder = builder().sourcePrefix("2024/").build();

    assertThat(get(inFolder, "/t/small/beach.png").status()).isEqualTo(200);
    assertThat(get(inFolder, "/t/small/2024/beach.png").status()).isEqualTo(404);
  }

  // Validity

  @ParameterizedTest
  @ValueSource(strings = {"%s", "W/%s", "\"x\", %s", "*", "\"x\" ,W/%s,\"y\""})
  void handle_matchingTag_is304WithoutReadingAnything(String header) {
    ThumbnailResponse first = get("/t/best/2024/beach.png");
    source.calls.clear();
    destination.calls.clear();

    ThumbnailResponse response =
        get(
            "/t/best/2024/beach.png",
            "if-none-match",
            header.formatted(first.headers().get("ETag")));

    assertThat(response.status()).isEqualTo(304);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers())
        .containsKeys("ETag", "Cache-Control", "Vary")
        .doesNotContainKeys("Content-Type", "Content-Length");
    assertThat(source.calls).containsExactly("stat 2024/beach.png");
    assertThat(destination.calls).isEmpty();
  }

  @Test
  void handle_otherTag_isAnsweredInFull() {
    assertThat(get("/t/small/2024/beach.png", "If-None-Match", "\"x\"").status()).isEqualTo(200);
  }

  @Test
  void handle_expiringUrl_isNotKeptLonger() {
    String url = urls.signed("fit:9x9", "logo.png", NOW.plusSeconds(90));

    assertThat(get(url).headers()).containsEntry("Cache-Control", "public, max-age=90");
    assertThat(get(builder().maxAge(Duration.ofSeconds(5)).build(), url).headers())
        .containsEntry("Cache-Control", "public, max-age=5");
  }

  // Negotiation

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "image/webp | image/webp",
        "text/html, IMAGE/WEBP ; q=0.3 | image/webp",
        CHROME + " | image/webp",
        "image/webp;q=0 | image/png",
        "image/webp; q=0.000 | image/png",
        "image/*,*/* | image/png",
        "'' | image/png",
      })
  void handle_formatAuto_isTheBestThatIsNamed(String accept, String mediaType) {
    for (String path :
        List.of("/t/best/2024/beach.png", urls.signed("fit:9x9,format:auto", "2024/beach.png"))) {
      ThumbnailResponse response = get(path, "Accept", accept);

      assertThat(response.headers())
          .containsEntry("Content-Type", mediaType)
          .containsEntry("Vary", "Accept");
    }
  }

  @Test
  void handle_formatAuto_makesAllNegotiatedOnesFromOneDecode() {
    ThumbnailService two =
        builder().specs("a=fit:24x24,format:auto;b=fit:12x12,format:auto;c=fit:9x9").build();

    assertThat(get(two, "/t/a/logo.png", "Accept", "image/webp").code()).isEqualTo("rendered");
    assertThat(get(two, "/t/b/logo.png", "Accept", "image/webp").code()).isEqualTo("stored");
    assertThat(get(two, "/t/b/logo.png").code()).isEqualTo("rendered");
    assertThat(get(two, "/t/c/logo.png").code()).isEqualTo("stored");
  }

  @Test
  void handle_formatAuto_hasATagForEachFormat() {
    String webp = tag(get("/t/best/logo.png", "Accept", "image/webp"));
    String png = tag(get("/t/best/logo.png"));

    assertThat(webp).isNotEqualTo(png);
    assertThat(get("/t/best/logo.png", "If-None-Match", webp).status()).isEqualTo(200);
  }

  @Test
  void handle_noFormatAsked_isTheSameForAll() {
    assertThat(get("/t/small/2024/beach.png", "Accept", "image/webp").headers())
        .containsEntry("Content-Type", "image/png")
        .doesNotContainKey("Vary");
  }

  // Errors

  @ParameterizedTest
  @CsvSource({
    "/t/small/none.png, 404, not_found",
    "/t/none/2024/beach.png, 404, unknown_spec",
    "/t/small, 404, no_such_path",
    "/t/small/, 400, bad_key",
    "/t/small/%, 400, bad_path",
    "/, 404, no_such_path",
    "/s/x, 403, bad_signature",
    "/t/small/text.txt, 415, unsupported_image",
    "/t/small/bad.jpg, 422, malformed_image",
  })
  void handle_error_isJsonWithAStableCode(String path, int status, String code) {
    ThumbnailResponse response = get(path);

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.code()).isEqualTo(code);
    assertThat(response.headers())
        .containsEntry("Content-Type", "application/json")
        .containsEntry("Miniatura-Error", code)
        .containsEntry("X-Content-Type-Options", "nosniff")
        .containsKey("Cache-Control")
        .doesNotContainKey("ETag");
    assertThat(new String(response.body(), UTF_8))
        .startsWith("{\"error\":\"" + code + "\",\"message\":\"")
        .endsWith("\"}\n");
  }

  @Test
  void handle_limit_isToldAsSuch() {
    ThumbnailService narrow =
        builder().thumbnailer(Thumbnailer.create(Limits.defaults().withPixels(100))).build();

    assertThat(get(narrow, "/t/small/logo.png"))
        .returns(422, ThumbnailResponse::status)
        .returns("limit_exceeded", ThumbnailResponse::code);
  }

  @Test
  void handle_badImage_isRememberedForThatVersion() throws IOException {
    get("/t/small/bad.jpg");
    source.calls.clear();

    assertThat(get("/t/small/bad.jpg").code()).isEqualTo("malformed_image");
    assertThat(source.calls).containsExactly("stat bad.jpg");
    put("bad.jpg", TestImages.photo(9, 9));
    assertThat(get("/t/small/bad.jpg").status()).isEqualTo(200);
  }

  @Test
  void handle_timeUp_isTriedAgain() {
    ThumbnailService hasty =
        builder()
            .thumbnailer(Thumbnailer.create(Limits.defaults().withTime(Duration.ofNanos(1))))
            .build();
    get(hasty, "/t/small/logo.png");
    source.calls.clear();

    assertThat(get(hasty, "/t/small/logo.png").status()).isIn(422, 503);
    assertThat(source.calls).as("the image is opened").hasSizeGreaterThan(1);
  }

  @Test
  void handle_errorsOfTheImage_areKeptShortlyOthersNot() {
    assertThat(get("/t/small/none").headers()).containsEntry("Cache-Control", "public, max-age=10");
    assertThat(get("/t/none/x").headers()).containsEntry("Cache-Control", "no-store");
    assertThat(get("/s/x").headers()).containsEntry("Cache-Control", "no-store");
  }

  @Test
  void handle_placeholder_comesWithTheErrorsStatus() throws IOException {
    Thumbnail placeholder =
        Thumbnailer.create()
            .render(
                ImageSource.of(TestImages.solid(8, 8, 0xcccccc)),
                ThumbnailSpec.fit(8, 8).format(OutputFormat.PNG));
    ThumbnailService service = builder().placeholder(placeholder).build();

    ThumbnailResponse response = get(service, "/t/small/none");

    assertThat(response.status()).isEqualTo(404);
    assertThat(response.headers())
        .containsEntry("Content-Type", "image/png")
        .containsEntry("Miniatura-Error", "not_found");
    assertThat(response.body()).isEqualTo(placeholder.bytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "get", ""})
  void handle_otherMethod_is405(String method) {
    ThumbnailResponse response =
        service.handle(new ThumbnailRequest(method, "/t/small/logo.png", Map.of()));

    assertThat(response.status()).isEqualTo(405);
    assertThat(response.headers()).containsEntry("Allow", "GET, HEAD");
  }

  @Test
  void handle_cors_letsOthersRead() {
    ThumbnailService open = builder().cors("https://www.example.com").build();

    assertThat(get(open, "/t/small/logo.png").headers())
        .containsEntry("Access-Control-Allow-Origin", "https://www.example.com");
    assertThat(get(open, "/t/small/none").headers()).containsKey("Access-Control-Allow-Origin");
    assertThat(open.handle(new ThumbnailRequest("OPTIONS", "/t/small/logo.png", Map.of())))
        .returns(204, ThumbnailResponse::status)
        .satisfies(it -> assertThat(it.headers()).containsKey("Access-Control-Allow-Methods"));
    assertThatThrownBy(() -> builder().cors("example.com"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // Stores

  @ParameterizedTest
  @CsvSource({
    "NETWORK, 503, store_unavailable",
    "THROTTLED, 503, store_unavailable",
    "ACCESS_DENIED, 502, store_failed",
    "REJECTED, 502, store_failed",
    "INVALID_KEY, 400, bad_key",
    "CONFLICT, 503, changed",
    "NOT_FOUND, 404, not_found",
  })
  void handle_sourceFails_namesNoBucket(Kind kind, int status, String code) {
    source.before(
        call -> {
          throw new StoreException(kind, "s3://secret-bucket/logo.png");
        });

    ThumbnailResponse response = get("/t/small/logo.png");

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.code()).isEqualTo(code);
    assertThat(response.headers().containsKey("Retry-After")).isEqualTo(status == 503);
    assertThat(new String(response.body(), UTF_8)).doesNotContain("secret");
  }

  @Test
  void handle_destinationTakesNothing_isServedAllTheSame() {
    destination.before(
        call -> {
          if (call.startsWith("put")) {
            throw new StoreException(Kind.REJECTED, "full");
          }
        });

    assertThat(get("/t/small/logo.png")).returns("rendered", ThumbnailResponse::code);
    assertThat(get(urls.signed("fit:9x9", "logo.png"))).returns(200, ThumbnailResponse::status);
  }

  @Test
  void handle_storeThrowsAnything_is500() {
    source.before(
        call -> {
          throw new IllegalStateException("secret-bucket");
        });

    List<String> told = new ArrayList<>();
    ThumbnailService telling =
        builder().onFailure((request, cause) -> told.add(request.target() + cause)).build();

    ThumbnailResponse response = get(telling, "/t/small/logo.png");

    assertThat(told).singleElement().asString().contains("/t/small/logo.png", "secret-bucket");
    assertThat(response.status()).isEqualTo(500);
    assertThat(new String(response.body(), UTF_8)).contains("internal").doesNotContain("secret");
  }

  @Test
  void handle_whatLooksLikeOurThumbnailAndIsAPage_isNotServed() throws IOException {
    get("/t/small/logo.png");
    Entry made = destination.stat("logo.png.small.png").orElseThrow();
    destination.put(
        made.key(),
        ImageSource.of("<script>".getBytes(US_ASCII)),
        made.attributes().withContentType("text/html"));

    assertThat(new String(get("/t/small/logo.png").body(), US_ASCII)).doesNotContain("script");
  }

  @Test
  void handle_thumbnailsOfThumbnails_areNotMade(@TempDir Path folder) throws IOException {
    ImageStore photos = FileImageStore.of(folder);
    photos.put("a.png", ImageSource.of(TestImages.photo(40, 40)), Attributes.none());
    ThumbnailService beside =
        ThumbnailService.builder(photos, FileImageStore.of(folder.resolve("thumbs")))
            .specs("small=fit:9x9")
            .key(KEY)
            .build();
    assertThat(get(beside, "/t/small/a.png").status()).isEqualTo(200);

    assertThat(get(beside, "/t/small/thumbs/a.png.small.png").code()).isEqualTo("not_found");
    assertThat(get(beside, urls.signed("fit:5x5", "thumbs/a.png.small.png")).code())
        .isEqualTo("not_found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../x",
        "/etc/passwd",
        "a/../../x",
        "a//b",
        ".",
        "a/./b",
        "nul\0",
        "x\\y",
        ".miniatura/attributes",
        "\n",
        "日本",
        "%2e%2e%2f"
      })
  void handle_anyKeyOnFiles_isAClientsErrorOrNotFound(String key, @TempDir Path folder) {
    ThumbnailService files =
        ThumbnailService.builder(FileImageStore.of(folder), MemoryImageStore.create())
            .specs("small=fit:9x9")
            .build();

    assertThat(get(files, urls.named("small", key)).status()).isIn(400, 404);
    assertThat(get(files, "/t/small/" + key).status()).isIn(400, 404);
  }

  @Test
  void handle_longKeyOnFiles_isAClientsErrorOrNotFound(@TempDir Path folder) {
    ThumbnailService files =
        ThumbnailService.builder(FileImageStore.of(folder), MemoryImageStore.create())
            .specs("small=fit:9x9")
            .build();

    assertThat(get(files, "/t/small/" + "x".repeat(10_000)).status()).isIn(400, 404);
    assertThat(get(files, "/t/small/" + "x/".repeat(5_000)).status()).isIn(400, 404);
  }

  @Test
  void build_nothingToServe_isRefused() {
    assertThatThrownBy(() -> ThumbnailService.builder(source, destination).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder().specs("small=fit:1x1;small=fit:2x2"))
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> builder().key(KEY)).hasMessageContaining("twice");
    assertThatThrownBy(
            () -> ThumbnailService.builder(source, source).specs("small=fit:1x1").build())
        .hasMessageContaining("thumbnails would be made of thumbnails");
  }
}
