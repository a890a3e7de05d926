package dev.miniatura.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.ThumbnailSpec;
import dev.miniatura.pipeline.ThumbnailPipeline;
import dev.miniatura.s3.FaultProxy;
import dev.miniatura.s3.TestServer;
import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.TestImages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackfillTest {

  private static final int PHOTOS = 12;
  private static final int JOBS = 4;

  private static TestServer server;

  @TempDir private Path folder;
  private BucketFixture fixture;
  private Path checkpoint;

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
    checkpoint = folder.resolve("checkpoint.json");
    putPhotos(PHOTOS, JpegMaker.of(TestImages.photo(120, 90)).bytes());
  }

  private void putPhotos(int count, byte[] photo) throws IOException {
    for (int i = 0; i < count; i++) {
      fixture.put("photos/%s %03d.jpg".formatted(i % 2 == 0 ? "a+b" : "é", i), photo);
    }
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private int backfill(String... options) {
    return backfillOver(server.endpoint().toString(), options);
  }

  private int backfillOver(String endpoint, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of("backfill", "s3://{photos}/photos", "--out", "s3://{thumbs}/small"));
    arguments.addAll(List.of(options));
    return fixture.runWith(endpoint, arguments.toArray(new String[0]));
  }

  private long lines(String outcome) {
    return fixture.out.toString().lines().filter(line -> line.startsWith(outcome + "  ")).count();
  }

  @Test
  void backfill_bucket_tellsWhatItTakesAndMakesAll() throws IOException {
    fixture.put("photos/bad.jpg", new byte[] {(byte) 0xff, (byte) 0xd8, 1, 2});
    fixture.put("photos/notes.txt", "no picture".getBytes(UTF_8));
    fixture.put("elsewhere/c.jpg", JpegMaker.of(TestImages.photo(120, 90)).bytes());
    // It used to be 1: a bad object that is named in the report is no reason to run again.
    assertThat(backfill("--checkpoint", checkpoint.toString(), "--rate", "500/s")).isZero();
    assertThat(fixture.err.toString())
        // One GET and a HEAD of the source, and one of each format: the toy of these tests too
        .contains(
            "objects   " + (PHOTOS + 2), "requests  at most 16 LIST + 14 PUT + 84 HEAD and GET")
        .contains(PHOTOS + " written, 1 skipped: TXT (1), 1 failed: malformed (1), ")
        .contains("objects without thumbnails: " + checkpoint + ".report")
        .doesNotContain("stopped");
    assertThat(Files.readAllLines(Path.of(checkpoint + ".report")))
        .hasSize(2)
        .anyMatch(line -> line.contains("/photos/bad.jpg\",") && line.contains("\"malformed\""))
        .anyMatch(line -> line.contains("/photos/notes.txt\",") && line.contains("no known"));
    assertThat(fixture.keys(fixture.thumbs))
        .hasSize(PHOTOS)
        .contains("small/a+b 000.jpg.small.jpg", "small/é 011.jpg.small.jpg");
    assertThat(checkpoint).doesNotExist();
  }

  @Test
  void backfill_badObjectAndNoReport_exitsWithOne() throws IOException {
    fixture.put("photos/bad.jpg", new byte[] {(byte) 0xff, (byte) 0xd8, 1, 2});
    assertThat(backfill()).isEqualTo(1);
    Path report = folder.resolve("report.jsonl");
    assertThat(backfill("--report", report.toString())).isZero();
    assertThat(report).content().contains("bad.jpg");
  }

  /** 900 of 1,000 objects used to be forgotten: the next run had nothing to do and exit code 0. */
  @Test
  @Tag("slow")
  void backfill_credentialsExpireHalfway_goesOnFromThere() throws IOException {
    putPhotos(300, JpegMaker.of(TestImages.photo(120, 90)).bytes());
    int made =
        fixture.runWhile(
            written -> {
              if (written == 100) {
                System.setProperty("aws.secretAccessKey", "expired");
              }
            },
            () ->
                assertThat(backfill("--checkpoint", checkpoint.toString(), "--jobs", "4"))
                    .isEqualTo(1));
    assertThat(made).isBetween(100, 104);
    assertThat(fixture.err.toString())
        .contains(
            "stopped: ",
            "access denied",
            "run the same command again to resume from " + checkpoint);
    Checkpoint left = Checkpoint.read(checkpoint).orElseThrow();
    if (!left.again().contains(left.after())) { // it is, if one before it ends later
      assertThat(fixture.keys(fixture.thumbs))
          .contains("small" + left.after().substring("photos".length()) + ".small.jpg");
    }

    // While they are wrong, nothing is lost.
    assertThat(backfill("--checkpoint", checkpoint.toString())).isEqualTo(1);
    assertThat(Checkpoint.read(checkpoint)).contains(left);

    System.setProperty("aws.secretAccessKey", TestServer.SECRET);
    assertThat(backfill("--checkpoint", checkpoint.toString())).isZero();
    assertThat(fixture.keys(fixture.thumbs)).hasSize(300);
    assertThat(checkpoint).doesNotExist();
    assertThat(lines("written")).isEqualTo(300 - made);
  }

  @Test
  void backfill_again_leavesWhatIsThereUnlessTheSpecChanged() {
    backfill();
    assertThat(backfill()).isZero();
    assertThat(fixture.err.toString()).contains(PHOTOS + " unchanged");
    assertThat(backfill("--spec", "small=fit:32x32")).isZero();
    assertThat(fixture.err.toString()).contains(PHOTOS + " written");
  }

  @Test
  void backfill_thumbnailsOfTheFunction_stayAsTheyAreKept() throws Exception {
    ThumbnailPipeline.builder(fixture.store(fixture.photos), fixture.store(fixture.thumbs))
        .specs(ThumbnailSpec.parseAll("small=fit:256x256"))
        .sourcePrefix("photos/")
        .destinationPrefix("small/")
        .cacheControl("max-age=60")
        .keptAs("STANDARD_IA")
        .build()
        .processAll(fixture.keys(fixture.photos).stream(), outcome -> {});
    Map<String, String> before = fixture.versions(fixture.thumbs);
    assertThat(before).hasSize(PHOTOS);
    assertThat(backfill()).isZero();
    assertThat(lines("unchanged")).isEqualTo(PHOTOS);
    assertThat(fixture.versions(fixture.thumbs)).isEqualTo(before);
  }

  @Test
  void dryRun_changesNothing() throws IOException {
    assertThat(backfill("--dry-run", "--checkpoint", checkpoint.toString())).isZero();
    assertThat(fixture.out.toString())
        .contains("from      s3://" + fixture.photos + "/photos/")
        .contains("to        s3://" + fixture.thumbs + "/small/")
        .contains("objects   " + PHOTOS, "cost", "time")
        .contains("with " + 4 * Runtime.getRuntime().availableProcessors() + " jobs")
        .doesNotContain("after  ", "again  ");
    assertThat(fixture.keys(fixture.thumbs)).isEmpty();
    assertThat(checkpoint).doesNotExist();
  }

  @Test
  void maxItems_severalRuns_endWithAllAndDoNothingTwice() throws IOException {
    long written = 0;
    for (int run = 1; run <= 3; run++) {
      // It used to be 0 each time, as if everything were done.
      assertThat(backfill("--max-items", "5", "--checkpoint", checkpoint.toString()))
          .isEqualTo(run < 3 ? 3 : 0);
      assertThat(lines("unchanged")).isZero();
      assertThat(fixture.err.toString().contains("after     s3://" + fixture.photos + "/photos/"))
          .isEqualTo(run > 1);
      assertThat(fixture.err.toString().contains("not finished")).isEqualTo(run < 3);
      written += lines("written");
      assertThat(fixture.keys(fixture.thumbs)).hasSize(Math.min(PHOTOS, 5 * run));
      assertThat(Files.exists(checkpoint)).isEqualTo(run < 3);
    }
    assertThat(written).isEqualTo(PHOTOS);
  }

  @Test
  void checkpoint_ofOtherSpecs_isRefused() throws IOException {
    backfill("--max-items", "5", "--checkpoint", checkpoint.toString());
    String before = Files.readString(checkpoint);
    assertThat(backfill("--spec", "other=fit:9x9", "--checkpoint", checkpoint.toString()))
        .isEqualTo(2);
    assertThat(fixture.err.toString()).contains("is the checkpoint of another backfill");
    assertThat(checkpoint).hasContent(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--jobs=0", "--jobs=-1", "--max-items=0", "--max-items=-1"})
  void backfill_numberBelowOne_isRefusedByName(String option) throws IOException {
    assertThat(backfill(option)).isEqualTo(2);
    assertThat(fixture.err.toString())
        .contains(option.substring(0, option.indexOf('=')) + ": must be at least 1");
    assertThat(fixture.keys(fixture.thumbs)).isEmpty();
  }

  @Test
  void checkpoint_thatCannotBeWritten_isNoticedBeforeAnythingIsMade() throws IOException {
    Path nowhere = folder.resolve("nowhere/checkpoint.json");
    Path report = folder.resolve("report.jsonl");
    assertThat(backfill("--checkpoint", nowhere.toString(), "--report", report.toString()))
        .isEqualTo(1);
    assertThat(fixture.err.toString()).contains("nowhere");
    assertThat(fixture.keys(fixture.thumbs)).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void backfill_ofAFolder_isRefused() {
    assertThat(fixture.run("backfill", "photos", "--out", "s3://{thumbs}")).isEqualTo(2);
    assertThat(fixture.err.toString()).contains("is not an s3:// URI");
  }

  @Test
  @Tag("slow")
  void backfill_overBrokenNetwork_endsWithTheSameThumbnails() throws IOException {
    int exitCode = 1;
    long written = 0;
    try (FaultProxy proxy = new FaultProxy(server.endpoint(), 0.15, 7)) {
      for (int run = 0; exitCode != 0 && run < 20; run++) {
        exitCode = backfillOver(proxy.endpoint().toString(), "--checkpoint", checkpoint.toString());
        written += lines("written");
      }
      assertThat(proxy.faults()).hasSizeGreaterThan(2);
    }
    assertThat(exitCode).isZero();
    assertThat(written).isBetween(1L, (long) PHOTOS);
    assertThat(checkpoint).doesNotExist();
    assertThat(fixture.run("make", "s3://{photos}/photos", "--out", "s3://{thumbs}/clean"))
        .isZero();
    assertThat(fixture.keys(fixture.thumbs)).hasSize(2 * PHOTOS);
    assertSameAsClean(fixture.keys(fixture.thumbs));
  }

  private void assertSameAsClean(Collection<String> keys) throws IOException {
    for (String key : keys) {
      assertThat(fixture.read(fixture.thumbs, key))
          .isEqualTo(fixture.read(fixture.thumbs, key.replace("small/", "clean/")));
    }
  }

  /** All objects begun at the same time may fail before the first success is seen. */
  @Test
  void backfill_denied_stopsAfterTenFailuresMoreThanJobs() throws IOException {
    fixture.runWhile(
        written -> System.setProperty("aws.secretAccessKey", "expired"),
        () -> assertThat(backfill("--jobs", "1")).isEqualTo(1));
    System.setProperty("aws.secretAccessKey", TestServer.SECRET);
    assertThat(fixture.err.toString())
        .contains("stopped: 11 objects in a row failed, the last with: access denied")
        .contains("not finished; run it again")
        .doesNotContain("objects without thumbnails");
    leaveTwoAndWhatFollows();
    assertThat(backfill("--checkpoint", checkpoint.toString())).isZero();
    assertThat(fixture.err.toString()).contains("again     2 that failed before");
    assertThat(fixture.keys(fixture.thumbs)).hasSize(2 + PHOTOS / 2); // é comes after a
  }

  /** Writes the checkpoint of a run that reached the eleventh photo, and failed for two. */
  private void leaveTwoAndWhatFollows() throws IOException {
    new Checkpoint(
            "s3://%s/photos/ -> s3://%s/small/, {small=fit:256x256} as {key}.{spec}.{ext}"
                .formatted(fixture.photos, fixture.thumbs),
            "photos/a+b 010.jpg",
            List.of("photos/a+b 000.jpg", "photos/a+b 002.jpg"),
            0)
        .write(checkpoint);
  }

  @Test
  void backfill_stopped_saysHowManyAreNotDone() throws IOException {
    putPhotos(30, JpegMaker.of(TestImages.photo(120, 90)).bytes());
    leaveTwoAndWhatFollows();
    fixture.runWhile(
        written -> System.setProperty("aws.secretAccessKey", "expired"),
        () ->
            assertThat(backfill("--jobs", "1", "--checkpoint", checkpoint.toString()))
                .isEqualTo(1));
    System.setProperty("aws.secretAccessKey", TestServer.SECRET);
    // Of the two, nine a+b and fifteen é
    assertThat(fixture.err.toString())
        .contains("stopped early, 14 not done: 1 written, 11 failed: access denied (11), ");
  }

  @Test
  void backfill_noServer_keepsItsCheckpoint() throws IOException {
    backfill("--max-items", "1", "--checkpoint", checkpoint.toString());
    assertThat(backfillOver("http://127.0.0.1:1", "--checkpoint", checkpoint.toString()))
        .isEqualTo(1);
    assertThat(fixture.err.toString()).contains("store not reached");
    assertThat(Checkpoint.read(checkpoint).orElseThrow().after()).isEqualTo("photos/a+b 000.jpg");
  }

  @Test
  @Tag("slow")
  void backfill_killed_goesOnFromItsCheckpoint() throws Exception {
    putPhotos(80, JpegMaker.of(TestImages.photo(640, 480)).bytes());
    Process first = process("--rate", "30/s");
    try (InputStream output = first.getInputStream()) {
      while (Checkpoint.read(checkpoint).filter(saved -> !saved.after().isEmpty()).isEmpty()) {
        assertThat(output.read()).isNotNegative();
      }
      first.destroyForcibly().waitFor();
    }
    Checkpoint saved = Checkpoint.read(checkpoint).orElseThrow();
    Map<String, String> before = fixture.versions(fixture.thumbs);
    assertThat(before).hasSizeBetween(2, 79);

    Process second = process();
    List<String> report =
        new String(second.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertThat(second.waitFor()).isZero();
    Map<String, String> after = fixture.versions(fixture.thumbs);
    assertThat(after).hasSize(80).containsAllEntriesOf(before);
    // Nothing before the checkpoint is examined again, and no existing thumbnail is made again.
    long left =
        fixture.keys(fixture.photos).stream()
            .filter(key -> key.compareTo(saved.after()) > 0)
            .count();
    assertThat(report).hasSize((int) left);
    // Writes in flight may have arrived after the examination.
    assertThat(report.stream().filter(line -> line.startsWith("written")).count())
        .isBetween(80L - before.size() - JOBS, 80L - before.size());
    assertThat(checkpoint).doesNotExist();
    assertThat(fixture.run("make", "s3://{photos}/photos", "--out", "s3://{thumbs}/clean"))
        .isZero();
    assertSameAsClean(after.keySet());
  }

  private Process process(String... options) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path")));
    BucketFixture.CREDENTIALS.forEach((name, value) -> line.add("-D" + name + "=" + value));
    Stream.of(
            Miniatura.class.getName(),
            "backfill",
            "s3://" + fixture.photos + "/photos",
            "--out",
            "s3://" + fixture.thumbs + "/small",
            "--checkpoint",
            checkpoint.toString(),
            "--jobs",
            Integer.toString(JOBS),
            "--endpoint",
            server.endpoint().toString())
        .forEach(line::add);
    line.addAll(List.of(options));
    return new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
