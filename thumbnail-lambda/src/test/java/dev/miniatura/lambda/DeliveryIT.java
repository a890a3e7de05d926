package dev.miniatura.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.http.SigningKey;
import dev.miniatura.http.ThumbnailUrls;
import dev.miniatura.testing.TestImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The path of a request from the edge to the buckets, with the code and the settings of the
 * templates that thumbnail-cdk synthesizes; the tests there keep these files up to date.
 */
@Timeout(300)
class DeliveryIT {

  private static final Path TEMPLATES = Path.of("../thumbnail-cdk/src/test/resources");
  private static final Path SAMPLE = Path.of("../samples/landscape.jpg");
  private static final String SOURCE = EventTexts.BUCKET;
  private static final String DESTINATION = "thumbs";
  private static final SigningKey KEY = new SigningKey("k1", "0123456789abcdef0123456789abcdef");
  private static final SigningKey NEXT = new SigningKey("k2", "fedcba9876543210fedcba9876543210");
  private static final String NAME = "2024/été +1 (a)%2F.jpg";
  private static final String PATH = "2024/%C3%A9t%C3%A9%20%2B1%20%28a%29%252F.jpg";

  private final List<AutoCloseable> open = new ArrayList<>();
  private final ThumbnailUrls urls = ThumbnailUrls.at("").signedWith(KEY);

  @TempDir private Path folder;
  private S3Server s3;

  @BeforeEach
  void start() throws Exception {
    s3 = opened(new S3Server(SOURCE, DESTINATION));
  }

  @AfterEach
  void stop() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private <T extends AutoCloseable> T opened(T resource) {
    open.add(resource);
    return resource;
  }

  /** Starts a function according to a template, with its secret and its layer in place. */
  private FunctionProcess function(String template, Class<?> handler, Map<String, String> servers)
      throws Exception {
    DeployedFunction deployed =
        DeployedFunction.of(
            TEMPLATES.resolve(template),
            handler.getName(),
            Map.of(
                "PipelineStorageSource",
                SOURCE,
                "PipelineStorageDestination",
                DESTINATION,
                "PipelineStorageCatalog",
                DynamoServer.TABLE,
                "AWS::AccountId",
                "123456789012"));
    Path picture = folder.resolve("placeholder");
    ImageIO.write(TestImages.photo(50, 50), "png", picture.toFile());
    Map<String, String> environment = new HashMap<>(deployed.environment());
    environment.replaceAll(
        (name, value) ->
            value.startsWith("{{resolve:secretsmanager:thumbnails/signing-keys:SecretString")
                ? "k1:" + KEY.secret() + ",k2:" + NEXT.secret()
                : value.replace("/opt/placeholder", picture.toString()));
    environment.put("MINIATURA_ENDPOINT", s3.endpoint().toString());
    environment.putAll(servers);
    return opened(
            new FunctionProcess(Bundle.exploded(), deployed.handler(), environment, List.of()))
        .ready();
  }

  private Cdn cdn(String template, FunctionProcess function) throws IOException {
    return opened(
        new Cdn(
            TEMPLATES.resolve(template),
            Map.of(KEY.id(), KEY.secret(), NEXT.id(), NEXT.secret()),
            folder,
            s3,
            DESTINATION,
            function));
  }

  private static void tell(FunctionProcess pipeline, String event, String key) throws Exception {
    pipeline.invoke(EventTexts.records(EventTexts.s3Record(event, key, "01")));
  }

  private static byte[] png(BufferedImage picture) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", bytes);
    return bytes.toByteArray();
  }

  private static int width(Cdn.Answer answer) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(answer.body())).getWidth();
  }

  @Test
  void signedDelivery_fromUploadToRemoval() throws Exception {
    DynamoServer catalog = opened(new DynamoServer());
    FunctionProcess pipeline =
        function(
            "full-delivery.json",
            ThumbnailHandler.class,
            Map.of("AWS_ENDPOINT_URL_DYNAMODB", catalog.endpoint().toString()));
    FunctionProcess function = function("full-delivery.json", DeliveryHandler.class, Map.of());
    Cdn cdn = cdn("full-delivery.json", function);
    s3.put(SOURCE, "photos/" + NAME, Files.readAllBytes(SAMPLE));
    tell(pipeline, "ObjectCreated:Put", "photos/" + NAME);

    Cdn.Answer named = cdn.get("/t/small/" + PATH, Map.of("accept", "image/webp"));
    assertThat(named.origin()).as("the pipeline's own need no function").isEqualTo("bucket");
    assertThat(named.body()).isEqualTo(s3.get(DESTINATION, "thumbs/" + NAME + ".small.jpg"));
    assertThat(named.header("Content-Type")).isEqualTo("image/jpeg");
    assertThat(named.header("Cache-Control")).isEqualTo("public, max-age=604800");
    assertThat(named.header("X-Content-Type-Options")).isEqualTo("nosniff");

    String cover = urls.signed("cover:64x48,format:auto", NAME, Instant.now().plusSeconds(3600));
    String webp = "image/avif,image/webp,*/*;q=0.8";
    Cdn.Answer first = cdn.get(cover, Map.of("accept", webp));
    assertThat(first.origin()).isEqualTo("function");
    assertThat(first.header("Content-Type")).isEqualTo("image/webp");
    Cdn.Answer second =
        cdn.get(
            urls.signedWith(NEXT).signed("cover:64x48,format:auto", NAME), Map.of("accept", webp));
    assertThat(second.origin()).as("rendered once, whoever signs").isEqualTo("bucket");
    assertThat(second.uri()).isEqualTo(first.uri()).startsWith("/thumbs/on-demand/");
    assertThat(second.body()).isEqualTo(first.body());
    Cdn.Answer jpeg = cdn.get(cover, Map.of("accept", "text/html"));
    assertThat(jpeg.header("Content-Type")).isEqualTo("image/jpeg");
    assertThat(width(jpeg)).isEqualTo(64);
    String ofTheImage = first.uri().substring(1, first.uri().lastIndexOf('/') + 1);
    assertThat(s3.keys(DESTINATION, ofTheImage)).as("found in one listing").hasSize(2);

    Cdn.Answer changed = cdn.get(cover.replace("64x48", "65x48"), Map.of());
    assertThat(changed).returns("edge", Cdn.Answer::origin).returns(403, Cdn.Answer::status);
    Cdn.Answer past = cdn.function("/x", Map.of("miniatura-path", cover.replace("64x48", "65x48")));
    assertThat(past.status()).as("and in the function").isEqualTo(403);
    Cdn.Answer missing = cdn.get("/t/large/none.jpg", Map.of());
    assertThat(missing).returns("function", Cdn.Answer::origin).returns(404, Cdn.Answer::status);
    assertThat(missing.header("Miniatura-Error")).isEqualTo("not_found");
    assertThat(missing.header("Cache-Control")).isEqualTo("public, max-age=300");
    assertThat(missing.header("Access-Control-Allow-Origin")).isEqualTo("https://www.example.com");
    assertThat(width(missing)).as("the placeholder").isEqualTo(50);

    s3.delete(SOURCE, "photos/" + NAME);
    tell(pipeline, "ObjectRemoved:Delete", "photos/" + NAME);
    assertThat(s3.keys(DESTINATION, "")).isEmpty();
    assertThat(cdn.get(cover, Map.of("accept", webp)).status()).isEqualTo(404);
  }

  @Test
  void namedDelivery_negotiatesAndLeadsToWhatIsTooLarge() throws Exception {
    FunctionProcess function = function("delivery.json", DeliveryHandler.class, Map.of());
    Cdn cdn = cdn("delivery.json", function);
    s3.put(SOURCE, NAME, Files.readAllBytes(SAMPLE));

    assertThat(cdn.get("/t/small/" + PATH, Map.of("accept", "image/webp")))
        .returns("function", Cdn.Answer::origin)
        .returns("image/webp", answer -> answer.header("Content-Type"));
    assertThat(cdn.get("/t/large/" + PATH, Map.of("accept", "image/webp")))
        .as("all sizes come of one decode")
        .returns("bucket", Cdn.Answer::origin)
        .returns("image/webp", answer -> answer.header("Content-Type"))
        .returns("Accept", answer -> answer.header("Vary"));
    assertThat(cdn.get("/t/large/" + PATH, Map.of()))
        .returns("function", Cdn.Answer::origin)
        .returns("image/jpeg", answer -> answer.header("Content-Type"));
    assertThat(cdn.get("/t/small/" + PATH, Map.of()))
        .returns("bucket", Cdn.Answer::origin)
        .returns("image/jpeg", answer -> answer.header("Content-Type"));
    assertThat(s3.keys(DESTINATION, NAME))
        .as("where the pipeline looks for them")
        .containsExactly(NAME + ".large.jpg", NAME + ".small.jpg");

    assertThat(cdn.get(urls.signed("fit:9x9", NAME), Map.of()))
        .as("no keys, no signatures")
        .returns(403, Cdn.Answer::status);
    assertThat(cdn.get("/t/huge/" + PATH, Map.of())).returns(404, Cdn.Answer::status);
    assertThat(cdn.get("/" + NAME + ".small.jpg".replace(" ", "%20"), Map.of()))
        .as("the bucket's keys are no paths")
        .returns("edge", Cdn.Answer::origin)
        .returns(404, Cdn.Answer::status);
  }

  @Test
  void resultAboveTheResponseLimit_isSentFromTheBucket() throws Exception {
    FunctionProcess function =
        function(
            "full-delivery.json", DeliveryHandler.class, Map.of("MINIATURA_LIMITS", "time:30s"));
    Cdn cdn = cdn("full-delivery.json", function);
    s3.put(SOURCE, "photos/noise.png", png(TestImages.noise(1400, 1400, 1)));
    String large = urls.signed("fit:1400x1400,format:png", "noise.png");

    Cdn.Answer redirect = cdn.get(large, Map.of());

    assertThat(redirect)
        .returns(302, Cdn.Answer::status)
        .returns(large, answer -> answer.header("Location"));
    Cdn.Answer answer = cdn.get(redirect.header("Location"), Map.of());
    assertThat(answer).returns("bucket", Cdn.Answer::origin).returns(200, Cdn.Answer::status);
    assertThat(answer.body().length).isGreaterThan(6_000_000 * 3 / 4);
  }
}
