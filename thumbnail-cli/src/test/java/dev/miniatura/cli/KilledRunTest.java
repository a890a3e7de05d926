package dev.miniatura.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.TestImages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the command in the middle of a run, with a signal that no handler can catch. */
class KilledRunTest {

  private static final int PHOTOS = 60;

  @Test
  void make_killed_leavesNoPartialFileAndFinishesNextTime(@TempDir Path folder) throws Exception {
    Path photos = Files.createDirectories(folder.resolve("photos"));
    byte[] photo = JpegMaker.of(TestImages.photo(1200, 900)).bytes();
    for (int i = 0; i < PHOTOS; i++) {
      Files.write(photos.resolve("p" + i + ".jpg"), photo);
    }
    Path thumbs = folder.resolve("thumbs");
    Process first = start(photos, thumbs);
    try (InputStream output = first.getInputStream()) {
      for (int lines = 0; lines < 5; ) {
        lines += output.read() == '\n' ? 1 : 0;
      }
      first.destroyForcibly().waitFor();
    }
    List<Path> written = visible(thumbs);
    assertThat(written).hasSizeBetween(5, PHOTOS - 1);
    for (Path file : written) {
      assertThat(file.getFileName().toString()).endsWith(".small.jpg");
      assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(256);
    }
    Process second = start(photos, thumbs);
    String report = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(second.waitFor()).isZero();
    assertThat(visible(thumbs)).hasSize(PHOTOS);
    assertThat(report.lines().filter(line -> line.startsWith("unchanged")).count())
        .isBetween((long) written.size() - 1, (long) PHOTOS - 1);
  }

  /**
   * Ctrl-C used to end the command silently. TERM takes the same path, except on a terminal, and
   * unlike INT it is never ignored by a process that a script started in the background.
   */
  @Test
  void make_interrupted_tellsHowFarItCame(@TempDir Path folder) throws Exception {
    Path photos = Files.createDirectories(folder.resolve("photos"));
    byte[] photo = JpegMaker.of(TestImages.photo(1200, 900)).bytes();
    for (int i = 0; i < PHOTOS; i++) {
      Files.write(photos.resolve("p" + i + ".jpg"), photo);
    }
    Path errors = folder.resolve("errors");
    Process process =
        command(photos, folder.resolve("thumbs")).redirectError(errors.toFile()).start();
    try (InputStream output = process.getInputStream()) {
      for (int lines = 0; lines < 5; ) {
        lines += output.read() == '\n' ? 1 : 0;
      }
      String pid = Long.toString(process.pid());
      assertThat(new ProcessBuilder("kill", "-TERM", pid).start().waitFor()).isZero();
      output.readAllBytes();
    }
    assertThat(process.waitFor()).isNotZero();
    assertThat(Files.readString(errors))
        .matches("stopped early, \\d+ not done: \\d+ written, [\\d.]+ s\\R");
  }

  /** On a terminal there is a bar; what draws it must not take Ctrl-C from the command. */
  @Test
  void make_interruptedOnATerminal_tellsHowFarItCame(@TempDir Path folder) throws Exception {
    Path script = Path.of("/usr/bin/script"); // gives a command a terminal
    assumeThat(script).isExecutable();
    Path photos = Files.createDirectories(folder.resolve("photos"));
    byte[] photo = JpegMaker.of(TestImages.photo(1200, 900)).bytes();
    for (int i = 0; i < PHOTOS; i++) {
      Files.write(photos.resolve("p" + i + ".jpg"), photo);
    }
    Path thumbs = Files.createDirectories(folder.resolve("thumbs"));
    // A process that a script started in the background ignores INT, and so would its children
    String make =
        "exec env --default-signal=INT '"
            + String.join("' '", command(photos, thumbs).command())
            + "'";
    Process terminal =
        new ProcessBuilder(script.toString(), "-qec", make, "/dev/null")
            .redirectErrorStream(true)
            .start();
    while (visible(thumbs).size() < 5) {
      assertThat(terminal.isAlive()).isTrue();
      Thread.sleep(20);
    }
    terminal.getOutputStream().write(3); // Ctrl-C
    terminal.getOutputStream().flush();
    String screen = new String(terminal.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(screen).contains("thumbnails ").containsPattern("stopped early, \\d+ not done: ");
    assertThat(terminal.waitFor()).isEqualTo(130);
  }

  private static Process start(Path photos, Path thumbs) throws IOException {
    return command(photos, thumbs).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static ProcessBuilder command(Path photos, Path thumbs) {
    return new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("java.class.path"),
        Miniatura.class.getName(),
        "make",
        photos.toString(),
        "--out",
        thumbs.toString());
  }

  private static List<Path> visible(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).toList();
    }
  }
}
