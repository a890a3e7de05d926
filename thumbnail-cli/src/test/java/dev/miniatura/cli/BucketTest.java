package dev.miniatura.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.s3.TestServer;
import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.PngMaker;
import dev.miniatura.testing.TestImages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Buckets instead of folders. */
class BucketTest {

  private static TestServer server;

  @TempDir private Path folder;
  private BucketFixture fixture;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.s3proxy();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @BeforeEach
  void putPhotos() throws IOException {
    fixture = new BucketFixture(server);
    fixture.put("2024/a +&%.jpg", JpegMaker.of(TestImages.photo(400, 300)).bytes());
    fixture.put("2024/trip é/b.png", PngMaker.of(TestImages.marks(300, 300)).bytes());
    fixture.put("2025/c.jpg", JpegMaker.of(TestImages.photo(200, 100)).bytes());
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void make_bucketToBucket_keepsPlacesBelowTheFolder() throws IOException {
    int exitCode =
        fixture.run("make", "s3://{photos}/2024", "--out", "s3://{thumbs}/small", "--json");
    assertThat(exitCode).isZero();
    assertThat(fixture.keys(fixture.thumbs))
        .containsExactlyInAnyOrder("small/a +&%.jpg.small.jpg", "small/trip é/b.png.small.png");
    byte[] thumbnail = fixture.read(fixture.thumbs, "small/a +&%.jpg.small.jpg");
    assertThat(ImageIO.read(new ByteArrayInputStream(thumbnail)).getWidth()).isEqualTo(256);
    assertThat(fixture.out.toString())
        .contains("\"source\":\"s3://" + fixture.photos + "/2024/a +&%.jpg\"");
    assertThat(fixture.err.toString()).contains("2 written");
    assertThat(fixture.run("make", "s3://{photos}/2024/", "--out", "s3://{thumbs}/small/"))
        .isZero();
    assertThat(fixture.err.toString()).contains("2 unchanged");
  }

  @Test
  void make_bucketAndFolder_toFolder() throws IOException {
    Path photos = Files.createDirectories(folder.resolve("photos"));
    Files.write(photos.resolve("d.jpg"), JpegMaker.of(TestImages.photo(90, 60)).bytes());
    String thumbs = folder.resolve("thumbs").toString();
    int exitCode =
        fixture.run(
            "make", photos.toString(), "s3://{photos}/2025/c.jpg", "--out", thumbs, "--gallery");
    assertThat(exitCode).isZero();
    assertThat(folder.resolve("thumbs/d.jpg.small.jpg")).exists();
    // It used to be in a folder with the bucket's name, but only if there were other arguments.
    assertThat(folder.resolve("thumbs/c.jpg.small.jpg")).exists();
    assertThat(folder.resolve("thumbs/index.html"))
        .content()
        .contains("2 pictures", "<h2>s3://" + fixture.photos + "/2025</h2>", "<b>c.jpg</b>");
  }

  @Test
  void make_twoObjectsOfOneName_makesTheFirstAndFailsTheOther() throws IOException {
    fixture.put("2025/a +&%.jpg", JpegMaker.of(TestImages.photo(90, 60)).bytes());
    int exitCode =
        fixture.run("make", "s3://{photos}/2024", "s3://{photos}/2025", "--out", "s3://{thumbs}");
    assertThat(exitCode).isEqualTo(1);
    assertThat(fixture.err.toString()).contains("3 written, 1 failed: same name (1), ");
    assertThat(fixture.keys(fixture.thumbs))
        .containsExactlyInAnyOrder(
            "a +&%.jpg.small.jpg", "c.jpg.small.jpg", "trip é/b.png.small.png");
  }

  @Test
  void make_outputInsideInput_makesNoThumbnailsOfThumbnails() throws IOException {
    fixture.run("make", "s3://{photos}", "--out", "s3://{photos}/thumbs", "--gallery");
    fixture.run("make", "s3://{photos}", "--out", "s3://{photos}/thumbs", "--gallery");
    assertThat(fixture.err.toString()).contains("3 unchanged, ");
    assertThat(fixture.keys(fixture.photos)).hasSize(3 + 3 + 1);
    assertThat(new String(fixture.read(fixture.photos, "thumbs/index.html"), UTF_8))
        .contains("3 pictures", "src=\"./2024/a%20+&amp;%25.jpg.small.jpg\"");
    assertThat(fixture.store(fixture.photos).stat("thumbs/index.html").orElseThrow().attributes())
        .matches(attributes -> attributes.contentType().orElse("").startsWith("text/html"));
  }

  @Test
  void make_badObject_doesTheOthersAndExitsWithOne() throws IOException {
    fixture.put("2024/bad.jpg", new byte[] {(byte) 0xff, (byte) 0xd8, 1, 2});
    fixture.put("2024/notes.txt", "no picture".getBytes(UTF_8));
    assertThat(fixture.run("make", "s3://{photos}/2024", "--out", "s3://{thumbs}")).isEqualTo(1);
    assertThat(fixture.err.toString()).contains("2024/bad.jpg", "1 failed", "1 skipped");
    assertThat(fixture.keys(fixture.thumbs)).hasSize(2);
    assertThat(fixture.run("make", "s3://{photos}/2024/notes.txt", "--out", "s3://{thumbs}"))
        .isEqualTo(1);
  }

  @Test
  void info_objects_tellsTheirHeaders() {
    assertThat(fixture.run("info", "s3://{photos}/2025", "s3://{photos}/2024/trip é/b.png"))
        .isZero();
    assertThat(fixture.out.toString())
        .contains("/2025/c.jpg: JPEG 200 x 100", "/2024/trip é/b.png: PNG 300 x 300");
  }

  @Test
  void make_nothingThere_saysSo() {
    assertThat(fixture.run("make", "s3://{photos}/2023", "--out", "s3://{thumbs}")).isEqualTo(1);
    assertOneLine("nothing found at s3://" + fixture.photos + "/2023");
  }

  @Test
  void make_noSuchBucket_saysSo() {
    assertThat(fixture.run("make", "s3://no-such-bucket-1/", "--out", "s3://{thumbs}"))
        .isEqualTo(1);
    assertOneLine("not found: s3://no-such-bucket-1/", "NoSuchBucket");
    assertThat(fixture.run("make", "s3://{photos}", "--out", "s3://no-such-bucket-2")).isEqualTo(1);
    assertOneLine("not found: s3://no-such-bucket-2/", "NoSuchBucket");
  }

  @Test
  void make_wrongSecret_isDeniedAccess() {
    System.setProperty("aws.secretAccessKey", "guessed");
    assertThat(fixture.run("make", "s3://{photos}", "--out", "s3://{thumbs}")).isEqualTo(1);
    assertOneLine("access denied: s3://" + fixture.thumbs + "/");
  }

  @Test
  void make_noServer_saysSo() {
    assertThat(
            fixture.runWith(
                "http://127.0.0.1:1", "make", "s3://{photos}", "--out", "s3://{thumbs}"))
        .isEqualTo(1);
    assertOneLine("store not reached: s3://" + fixture.thumbs + "/");
  }

  @Test
  void make_unknownProfile_hasNoCredentials() {
    assertThat(
            fixture.run(
                "make", "s3://{photos}", "--out", "s3://{thumbs}", "--profile", "nobody-here"))
        .isEqualTo(2);
    assertOneLine("no AWS credentials", "nobody-here");
  }

  @Test
  void make_wrongEndpointOrUri_isRefused() {
    assertThat(fixture.runWith("localhost", "make", "s3://{photos}", "--out", "s3://{thumbs}"))
        .isEqualTo(2);
    assertOneLine("--endpoint");
    assertThat(fixture.run("make", "s3://", "--out", "s3://{thumbs}")).isEqualTo(2);
    assertOneLine("does not name a bucket");
  }

  private void assertOneLine(String... parts) {
    assertThat(fixture.err.toString().lines()).hasSize(1);
    assertThat(fixture.err.toString()).startsWith("miniatura: ").contains(parts);
  }
}
