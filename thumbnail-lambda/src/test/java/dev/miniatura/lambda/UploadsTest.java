package dev.miniatura.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.ImageSource;
import dev.miniatura.OutputFormat;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.storage.ImageStore.Attributes;
import dev.miniatura.storage.ImageStore.Condition;
import dev.miniatura.storage.ImageStore.Kind;
import dev.miniatura.storage.ImageStore.StoreException;
import dev.miniatura.storage.MemoryImageStore;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadsTest {

  private static final String SECRET =
      "no to s3://photos/ (Service: S3, Status Code: 403, Request ID: 4442587FB7D0A2F9)";

  private static byte[] image(int seed, OutputFormat format) throws IOException {
    BufferedImage picture = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(seed);
    for (int i = 0; i < 64 * 48; i++) {
      picture.setRGB(i % 64, i / 64, random.nextInt());
    }
    return Thumbnailer.create()
        .render(ImageSource.of(picture), ThumbnailSpec.fit(64, 64).format(format))
        .bytes();
  }

  private static byte[] jpeg(int seed) throws IOException {
    return image(seed, OutputFormat.JPEG);
  }

  private static byte[] cutOff(byte[] image) {
    return Arrays.copyOf(image, image.length * 2 / 3);
  }

  private static String post(HandlerFixture f, String key, byte[] image) throws IOException {
    return f.invoke(HttpTexts.HTTP_API.post("/" + key, image));
  }

  private static byte[] stored(HandlerFixture f, String key) throws IOException {
    try (var stream = f.source.open(key).open()) {
      return stream.readAllBytes();
    }
  }

  private static HandlerFixture with(String name, String value) {
    return new HandlerFixture(MemoryImageStore.create(), Map.of(name, value));
  }

  @Test
  void upload_isStoredAndAnswered() throws Exception {
    HandlerFixture f = new HandlerFixture();
    byte[] image = jpeg(1);
    assertThat(post(f, "new/a b.jpg", image))
        .contains("\"statusCode\":200", "a b.jpg.small.jpg", "written");
    assertThat(stored(f, "new/a b.jpg")).isEqualTo(image);
    assertThat(f.thumbnails()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif", "webp"})
  void contentType_isThatOfTheBytes(String name) throws Exception {
    OutputFormat format = OutputFormat.named(name);
    HandlerFixture f = new HandlerFixture();
    String event = HttpTexts.HTTP_API.post("/a", image(1, format));
    assertThat(f.invoke(event.replace("image/png", "image/svg+xml")))
        .contains("\"statusCode\":200");
    assertThat(f.source.stat("a").orElseThrow().attributes().contentType())
        .contains(format.mediaType());
  }

  @Test
  void whatNoThumbnailsCanBeMadeOf_isNotStored() throws Exception {
    HandlerFixture f = new HandlerFixture();
    byte[] text = "hello".getBytes(StandardCharsets.UTF_8);
    byte[] malformed = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xC0, 0, 2};
    assertThat(post(f, "a", text)).contains("\"statusCode\":415");
    assertThat(post(f, "a", malformed)).contains("\"statusCode\":422");
    byte[] brokenData = image(1, OutputFormat.PNG);
    Arrays.fill(brokenData, 45, brokenData.length, (byte) 0);
    assertThat(post(f, "a", brokenData)).contains("\"statusCode\":422");
    HandlerFixture small = with("MINIATURA_MAX_PIXELS", "100");
    assertThat(post(small, "a", jpeg(1))).contains("\"statusCode\":413");
    assertThat(f.source.stat("a")).isEmpty();
    assertThat(small.source.stat("a")).isEmpty();
    assertThat(f.logLines())
        .hasSize(3)
        .allMatch(line -> line.contains("\"level\":\"INFO\"") && line.contains("not_stored"));
  }

  @Test
  void truncatedImage_isAnsweredWithItsNotes() throws Exception {
    HandlerFixture f = new HandlerFixture();
    assertThat(post(f, "a.jpg", cutOff(jpeg(1))))
        .contains("\"statusCode\":200", "written", "JPEG: truncated; ");
    assertThat(f.thumbnails()).hasSize(2);
  }

  @Test
  void truncatedImage_isRefusedIfStrict() throws Exception {
    HandlerFixture f = with("MINIATURA_STRICT", "true");
    assertThat(post(f, "a.jpg", cutOff(jpeg(1))))
        .contains("\"statusCode\":422", "JPEG: truncated; ");
    assertThat(f.source.stat("a.jpg")).isEmpty();
    assertThat(post(f, "a.jpg", jpeg(1))).contains("\"statusCode\":200");
  }

  @Test
  void keyOfAnotherImage_isNotTaken() throws Exception {
    HandlerFixture f = new HandlerFixture();
    byte[] first = jpeg(1);
    post(f, "a.jpg", first);
    assertThat(post(f, "a.jpg", jpeg(2))).contains("\"statusCode\":409");
    assertThat(stored(f, "a.jpg")).isEqualTo(first);
    assertThat(post(f, "a.jpg", first)).contains("\"statusCode\":200", "unchanged");
  }

  @Test
  void keyOfAnotherImage_isTakenIfThatIsAllowed() throws Exception {
    HandlerFixture f = with("MINIATURA_HTTP_OVERWRITE", "true");
    post(f, "a.jpg", jpeg(1));
    byte[] second = jpeg(2);
    assertThat(post(f, "a.jpg", second)).contains("\"statusCode\":200", "written");
    assertThat(stored(f, "a.jpg")).isEqualTo(second);
  }

  @Test
  void failureOfTheStore_saysNothingOfTheStore() throws Exception {
    for (Kind kind : Kind.values()) {
      HandlerFixture f =
          new HandlerFixture(
              new NamedStore("s3://photos/") {
                @Override
                public String put(
                    String key, ImageSource content, Attributes attributes, Condition condition)
                    throws IOException {
                  throw new StoreException(kind, SECRET);
                }
              });
      assertThat(post(f, "a.jpg", jpeg(1)))
          .contains(kind == Kind.INVALID_KEY ? "\"statusCode\":400" : "\"statusCode\":503")
          .doesNotContain("photos")
          .doesNotContain("4442587FB7D0A2F9");
      assertThat(f.logLines()).anyMatch(line -> line.contains("4442587FB7D0A2F9"));
    }
  }

  @Test
  void failureAfterStoring_saysNothingOfTheStore() throws Exception {
    HandlerFixture f =
        new HandlerFixture(
            new NamedStore("s3://photos/") {
              @Override
              public Optional<Entry> stat(String key) throws IOException {
                throw new StoreException(Kind.NETWORK, SECRET);
              }
            });
    assertThat(post(f, "a.jpg", jpeg(1)))
        .contains("\"statusCode\":503", "the image is stored")
        .doesNotContain("photos")
        .doesNotContain("4442587FB7D0A2F9");
    assertThat(f.logLines()).anyMatch(line -> line.contains("4442587FB7D0A2F9"));
  }
}
