package dev.miniatura.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.ThumbnailSpec;
import dev.miniatura.testing.ExifMaker;
import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.PngMaker;
import dev.miniatura.testing.TestImages;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MiniaturaTest {

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void makePhotos() throws IOException {
    Path photos = Files.createDirectories(folder.resolve("photos/trip one"));
    Files.write(photos.resolve("a.jpg"), JpegMaker.of(TestImages.photo(400, 300)).bytes());
    Files.write(
        photos.resolveSibling("ü&<b>.png"), PngMaker.of(TestImages.marks(300, 300)).bytes());
  }

  private int run(String... arguments) {
    CommandLine command = Miniatura.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = arguments[i].replace("{}", folder.toString());
    }
    return command.execute(arguments);
  }

  private List<String> files(String below) throws IOException {
    Path top = folder.resolve(below);
    try (Stream<Path> files = Files.walk(top)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> top.relativize(file).toString().replace('\\', '/'))
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  @Test
  void make_folder_writesOneThumbnailPerSpecAndPhoto() throws IOException {
    int exitCode =
        run("make", "{}/photos", "--out", "{}/thumbs", "--spec", "s=fit:50x50;m=cover:60x60");
    assertThat(exitCode).isZero();
    assertThat(files("thumbs"))
        .containsExactlyInAnyOrder(
            "trip one/a.jpg.s.jpg", "trip one/a.jpg.m.jpg", "ü&<b>.png.s.png", "ü&<b>.png.m.png");
    assertThat(ImageIO.read(folder.resolve("thumbs/trip one/a.jpg.s.jpg").toFile()).getWidth())
        .isEqualTo(50);
    assertThat(err.toString()).contains("2 written");
  }

  @Test
  void make_again_leavesWhatIsThere() {
    run("make", "{}/photos", "--out", "{}/thumbs");
    assertThat(run("make", "{}/photos", "--out", "{}/thumbs")).isZero();
    assertThat(err.toString()).contains("2 unchanged");
  }

  @Test
  void make_outputInsideInput_makesNoThumbnailsOfThumbnails() throws IOException {
    run("make", "{}/photos", "--out", "{}/photos/thumbs");
    run("make", "{}/photos", "--out", "{}/photos/thumbs");
    assertThat(files("photos/thumbs")).hasSize(2);
  }

  @Test
  void make_oneBadFile_doesTheOthersAndExitsWithOne() throws IOException {
    Files.write(folder.resolve("photos/bad.jpg"), new byte[] {(byte) 0xff, (byte) 0xd8, 1, 2});
    assertThat(run("make", "{}/photos", "--out", "{}/thumbs", "--json")).isEqualTo(1);
    assertThat(files("thumbs")).hasSize(2);
    assertThat(out.toString().lines().filter(line -> line.startsWith("{\"outcome\":")))
        .hasSize(3)
        .anyMatch(line -> line.contains("\"failure\":\"malformed\"") && line.contains("bad.jpg"));
  }

  @Test
  void make_otherFileInAFolder_isSkippedUnlessNamed() throws IOException {
    Files.writeString(folder.resolve("photos/notes.txt"), "no picture");
    assertThat(run("make", "{}/photos", "--out", "{}/thumbs")).isZero();
    assertThat(err.toString()).contains("1 skipped");
    assertThat(run("make", "{}/photos/notes.txt", "--out", "{}/thumbs")).isEqualTo(1);
    assertThat(err.toString()).contains("failed  notes.txt  not supported");
  }

  /** Two folders used to have keys relative to their common parent. */
  @Test
  void make_oneMoreArgument_makesNothingAgain() throws IOException {
    Path trip = Files.createDirectories(folder.resolve("trip/two"));
    Files.write(trip.resolve("c.jpg"), JpegMaker.of(TestImages.photo(90, 60)).bytes());
    assertThat(run("make", "{}/photos", "--out", "{}/thumbs")).isZero();
    assertThat(run("make", "{}/trip", "{}/photos", "{}/trip/two/c.jpg", "--out", "{}/thumbs"))
        .isZero();
    assertThat(err.toString()).contains("2 written, 2 unchanged, ");
    assertThat(files("thumbs"))
        .containsExactlyInAnyOrder(
            "trip one/a.jpg.small.jpg",
            "ü&<b>.png.small.png",
            "two/c.jpg.small.jpg",
            "c.jpg.small.jpg");
  }

  @Test
  void make_twoFilesOfOneName_makesTheFirstAndFailsTheOther() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other/trip one"));
    Files.write(other.resolve("a.jpg"), JpegMaker.of(TestImages.photo(90, 60)).bytes());
    assertThat(run("make", "{}/photos", "{}/other", "--out", "{}/thumbs")).isEqualTo(1);
    assertThat(err.toString())
        .contains("failed  trip one/a.jpg  ", "photos/trip one/a.jpg and ", "same thumbnails")
        .contains("2 written, 1 failed: same name (1), ");
    // As in rsync's arguments, the part after /./ is kept.
    assertThat(run("make", "{}/./photos", "{}/./other", "--out", "{}/both")).isZero();
    assertThat(files("both"))
        .contains("photos/trip one/a.jpg.small.jpg", "other/trip one/a.jpg.small.jpg");
  }

  @Test
  void make_folderOfWhatNobodyReads_isNotFine() throws IOException {
    Path heic = Files.createDirectories(folder.resolve("phone"));
    for (int i = 0; i < 3; i++) {
      Files.writeString(heic.resolve("IMG_" + i + ".HEIC"), "\0\0\0\24ftypqt  \0\0\0\0qt  ");
    }
    assertThat(run("make", "{}/phone", "--out", "{}/thumbs")).isEqualTo(1);
    assertThat(err.toString())
        .contains("3 skipped: HEIC (3), ", "no image could be read; HEIC: not supported: ");
    assertThat(run("make", "{}/phone", "{}/photos", "--out", "{}/thumbs")).isZero();
    assertThat(err.toString()).contains("2 written, 3 skipped: HEIC (3), ");
  }

  @Test
  void make_globsAndSingleFiles_areFound() throws IOException {
    assertThat(run("make", "{}/photos/**.jpg", "--out", "{}/one")).isZero();
    assertThat(files("one")).containsExactly("trip one/a.jpg.small.jpg");
    assertThat(run("make", "{}/photos/trip one/a.jpg", "--out", "{}/two")).isZero();
    assertThat(files("two")).containsExactly("a.jpg.small.jpg");
  }

  @Test
  void make_gallery_escapesNamesAndListsFailures() throws IOException {
    Files.writeString(folder.resolve("photos/<i>notes.txt"), "no picture");
    run("make", "{}/photos", "--out", "{}/thumbs", "--gallery");
    String page = Files.readString(folder.resolve("thumbs/index.html"));
    assertThat(page)
        .contains("2 pictures", "src=\"./%C3%BC&amp;%3Cb%3E.png.small.png\"", "Skipped: 1")
        .contains("&lt;i&gt;notes.txt")
        .doesNotContain("<i>", "<b>.png", "{{");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "make {}/photos",
        "make {}/photos --out {}/x --spec fit:0x0",
        "make {}/photos --out {}/x --spec a=fit:1x1;a=fit:2x2",
        "make {}/photos --out {}/x --template fixed",
        "make {}/photos --out {}/x --jobs 0",
        "make {}/photos --out {}/x --suffix _t",
        "make {}/photos --suffix a/b",
        "make {}/photos --suffix _t --gallery",
        "make {}/photos --suffix _t --spec a=fit:1x1;b=fit:2x2",
        "paint {}/photos",
      })
  void make_wrongCommandLine_exitsWithTwoAndSaysWhy(String line) throws IOException {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(err.toString()).isNotBlank();
    assertThat(Files.exists(folder.resolve("x/a"))).isFalse();
  }

  @Test
  void typo_suggestsTheCommand() {
    assertThat(run("mkae", "{}/photos", "--out", "{}/x")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("miniatura: 'mkae' is not a command; did you mean 'make'?");
    assertThat(run("backfil")).isEqualTo(2);
    assertThat(err.toString()).contains("did you mean 'backfill'?");
    assertThat(run("{}/photos")).isEqualTo(2);
    assertThat(err.toString()).contains("is not a command; the commands are make, info, ");
  }

  @Test
  void help_carriesTheGrammarThatParsingKnows() {
    assertThat(run("make", "--help")).isZero();
    assertThat(out.toString()).contains("cover:WxH", "strict");
    List<String> options =
        Specs.GRAMMAR
            .lines()
            .filter(line -> line.startsWith("  "))
            .map(line -> line.strip().split(" {2,}", 2)[0].replace("#rrggbb", "#102030"))
            .filter(option -> !option.contains("WxH"))
            .flatMap(MiniaturaTest::alternatives)
            .toList();
    assertThat(options).hasSizeGreaterThan(15);
    options.forEach(option -> ThumbnailSpec.parse("fit:9x9," + option));
  }

  private static Stream<String> alternatives(String option) {
    String[] parts = option.split(":", 2);
    return parts.length == 1
        ? Stream.of(option)
        : Stream.of(parts[1].split("\\||\\.\\.", -1)).map(value -> parts[0] + ":" + value);
  }

  @Test
  void make_strict_refusesWhatIsCutOff() throws IOException {
    byte[] photo = JpegMaker.of(TestImages.photo(400, 300)).bytes();
    Files.write(folder.resolve("cut.jpg"), Arrays.copyOf(photo, photo.length / 2));
    assertThat(run("make", "{}/cut.jpg", "--out", "{}/x")).isZero();
    assertThat(run("make", "{}/cut.jpg", "--out", "{}/y", "--strict")).isEqualTo(1);
    assertThat(err.toString()).contains("1 failed: malformed (1), ");
    assertThat(folder.resolve("y/cut.jpg.small.jpg")).doesNotExist();
  }

  @Test
  void make_limit_refusesWhatIsAboveIt() throws IOException {
    Files.write(folder.resolve("a.jpg"), JpegMaker.of(TestImages.photo(400, 300)).bytes());
    assertThat(run("make", "{}/a.jpg", "--out", "{}/x", "--limit", "pixels:100k")).isEqualTo(1);
    assertThat(err.toString()).contains("source pixels");
    assertThat(
            run(
                "make",
                "{}/a.jpg",
                "--out",
                "{}/y",
                "--limit",
                "pixels:120k",
                "--limit",
                "time:9s"))
        .isZero();
    assertThat(run("make", "{}/a.jpg", "--out", "{}/z", "--limit", "pixel:9")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--limit: 'pixel:9' is not a limit; the limits are source-bytes");
  }

  @Test
  void make_longestNames_areShortenedAndStayApart() throws IOException {
    Path photos = Files.createDirectories(folder.resolve("long"));
    for (String end : List.of("a", "b")) {
      Files.write(
          photos.resolve("x".repeat(250) + end + ".jpg"),
          JpegMaker.of(TestImages.photo(40, 30)).bytes());
    }
    assertThat(run("make", "{}/long", "--out", "{}/thumbs", "--gallery")).isZero();
    assertThat(files("thumbs"))
        .hasSize(3)
        .filteredOn(name -> name.endsWith("small.jpg"))
        .hasSize(2);
    assertThat(run("make", "{}/long", "--out", "{}/thumbs")).isZero();
    assertThat(err.toString()).contains("2 unchanged");
  }

  @Test
  void info_json_tellsCameraAndDate() throws IOException {
    byte[] exif = ExifMaker.bigEndian().taken("2024:05:06 07:08:09").bytes();
    Files.write(folder.resolve("e.jpg"), JpegMaker.of(TestImages.photo(40, 30)).exif(exif).bytes());
    assertThat(run("info", "{}/e.jpg", "--json")).isZero();
    assertThat(out.toString())
        .contains(
            "\"make\":\"Miniatura\",\"model\":\"Synthetic"
                + " camera\",\"taken\":\"2024-05-06T07:08:09\"");
  }

  @Test
  void make_suffix_putsThumbnailsBesideAndNeverMakesSomeOfThem() throws IOException {
    assertThat(run("make", "{}/photos", "--suffix", "_thumb")).isZero();
    List<String> all =
        List.of("trip one/a.jpg", "trip one/a_thumb.jpg", "ü&<b>.png", "ü&<b>_thumb.png");
    assertThat(originalsAndThumbnails()).isEqualTo(all);
    // Whatever argument leads to them
    assertThat(run("make", "{}/photos", "{}/photos/trip one", "--suffix", "_thumb")).isZero();
    assertThat(err.toString()).contains("2 unchanged, 2 skipped: thumbnail (2), ");
    // Nor if their metadata is lost
    deleteStores();
    assertThat(run("make", "{}/photos", "--suffix", "_thumb")).isEqualTo(1);
    assertThat(err.toString())
        .contains("2 skipped: thumbnail (2), 2 failed: collision (2), ")
        .contains("'a_thumb.jpg' exists and is not known to be a thumbnail");
    assertThat(run("make", "{}/photos", "--suffix", ".{spec}", "--spec", "s=fit:9x9;m=fit:20x20"))
        .isZero();
    assertThat(originalsAndThumbnails()).contains("trip one/a.s.jpg", "trip one/a.m.jpg");
  }

  private List<String> originalsAndThumbnails() throws IOException {
    return files("photos").stream().filter(name -> !name.contains(".miniatura")).toList();
  }

  private void deleteStores() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("photos"))) {
      for (Path file : files.filter(path -> path.toString().contains(".miniatura")).toList()) {
        if (Files.isRegularFile(file)) {
          Files.delete(file);
        }
      }
    }
  }

  @Test
  void make_suffix_neverWritesOverAnOriginal() throws IOException {
    Path original = folder.resolve("photos/trip one/a_thumb.jpg");
    Files.write(original, JpegMaker.of(TestImages.photo(90, 60)).bytes());
    assertThat(run("make", "{}/photos/trip one/a.jpg", "--suffix", "_thumb")).isEqualTo(1);
    assertThat(original).hasBinaryContent(JpegMaker.of(TestImages.photo(90, 60)).bytes());
  }

  @Test
  void make_missingInput_isNamed() {
    assertThat(run("make", "{}/nowhere", "--out", "{}/x")).isEqualTo(1);
    assertThat(err.toString()).contains("nowhere does not exist");
  }

  @Test
  void info_tellsHeadersAndPlans() {
    assertThat(run("info", "{}/photos", "--spec", "fit:40x40")).isZero();
    assertThat(out.toString()).contains("trip one/a.jpg: JPEG 400 x 300", "-> JPEG 40 x 30", "KiB");
    assertThat(run("info", "{}/photos", "--json")).isZero();
    assertThat(out.toString()).contains("{\"file\":\"trip one/a.jpg\",\"format\":\"JPEG\"");
  }

  @Test
  void completion_isGenerated() {
    assertThat(run("generate-completion")).isZero();
    assertThat(out.toString()).contains("--gallery");
  }
}
